"""The application recommendations."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """Registers ``parchemin.records.recommendations`` under the label ``recommendations``."""

    name = "parchemin.records.recommendations"
    label = "recommendations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What was recommended, answered and withdrawn is verified with the journal."""
        from parchemin.records.journal.witnessing import witness
        from parchemin.records.recommendations.sealing import rewritten

        witness(rewritten)
