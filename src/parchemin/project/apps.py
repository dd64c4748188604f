"""The application project."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Registers ``parchemin.project``: tasks of the worker and commands."""

    name = "parchemin.project"
    label = "project"
    default_auto_field = "django.db.models.BigAutoField"
