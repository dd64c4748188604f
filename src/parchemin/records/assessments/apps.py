"""The application assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Registers ``parchemin.records.assessments`` under the label ``assessments``."""

    name = "parchemin.records.assessments"
    label = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
