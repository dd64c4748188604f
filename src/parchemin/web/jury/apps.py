"""The application jury of pages."""

from django.apps import AppConfig


class JuryConfig(AppConfig):
    """Registers ``parchemin.web.jury``: its templates and static files."""

    name = "parchemin.web.jury"
    label = "jury_pages"
