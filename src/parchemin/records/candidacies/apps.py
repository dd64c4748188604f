"""The application candidacies."""

from django.apps import AppConfig


class CandidaciesConfig(AppConfig):
    """Registers ``parchemin.records.candidacies`` under the label ``candidacies``."""

    name = "parchemin.records.candidacies"
    label = "candidacies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Facts of a file hold the appeals made against what a jury decided, where a rule gives their levels."""
        from parchemin.core.checks.validity import AppealLevel
        from parchemin.records.candidacies.contributing import contribute
        from parchemin.records.candidacies.queries.appeals import appeals_of

        contribute(appeals_of, AppealLevel)
