"""The application administration."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Registers ``parchemin.web.administration``: its templates and static files."""

    name = "parchemin.web.administration"
    label = "administration"
