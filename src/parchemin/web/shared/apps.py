"""The application shared."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Registers ``parchemin.web.shared``: its templates and static files."""

    name = "parchemin.web.shared"
    label = "shared"
