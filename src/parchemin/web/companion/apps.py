"""The application companion."""

from django.apps import AppConfig


class CompanionConfig(AppConfig):
    """Registers ``parchemin.web.companion``: its templates and static files."""

    name = "parchemin.web.companion"
    label = "companion"
