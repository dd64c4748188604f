"""The application held of pages."""

from django.apps import AppConfig


class HeldConfig(AppConfig):
    """Registers ``parchemin.web.held``: its templates."""

    name = "parchemin.web.held"
    label = "held_pages"
