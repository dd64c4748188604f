"""The application assessments."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Registers ``parchemin.records.assessments`` under the label ``assessments``."""

    name = "parchemin.records.assessments"
    label = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Facts of a file hold what this app knows of it, and what it keeps is erased in its time."""
        from parchemin.records.assessments.erasing import ASSESSMENTS
        from parchemin.records.assessments.facts import facts_of
        from parchemin.records.candidacies.contributing import contribute, keep

        contribute(facts_of)
        keep(ASSESSMENTS)
