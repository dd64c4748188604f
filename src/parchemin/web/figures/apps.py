"""The application figures of pages."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Registers ``parchemin.web.figures``: its templates."""

    name = "parchemin.web.figures"
    label = "figures"
