"""The application award of pages."""

from django.apps import AppConfig


class AwardConfig(AppConfig):
    """Registers ``parchemin.web.award``: its templates."""

    name = "parchemin.web.award"
    label = "award"
