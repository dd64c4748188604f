"""The application secretariat."""

from django.apps import AppConfig


class SecretariatConfig(AppConfig):
    """Registers ``parchemin.web.secretariat``: its templates and static files."""

    name = "parchemin.web.secretariat"
    label = "secretariat"
