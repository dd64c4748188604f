"""The application candidacies."""

from django.apps import AppConfig


class CandidaciesConfig(AppConfig):
    """Registers ``parchemin.records.candidacies`` under the label ``candidacies``."""

    name = "parchemin.records.candidacies"
    label = "candidacies"
    default_auto_field = "django.db.models.BigAutoField"
