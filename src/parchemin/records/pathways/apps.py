"""The application pathways."""

from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    """Registers ``parchemin.records.pathways`` under the label ``pathways``."""

    name = "parchemin.records.pathways"
    label = "pathways"
    default_auto_field = "django.db.models.BigAutoField"
