"""The application awards."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Registers ``parchemin.records.awards`` under the label ``awards``."""

    name = "parchemin.records.awards"
    label = "awards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What was issued and revoked is verified with the journal."""
        from parchemin.records.awards.sealing import rewritten
        from parchemin.records.journal.witnessing import witness

        witness(rewritten)
