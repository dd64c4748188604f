"""The application transmissions."""

from django.apps import AppConfig


class TransmissionsConfig(AppConfig):
    """Registers ``parchemin.records.transmissions`` under the label ``transmissions``."""

    name = "parchemin.records.transmissions"
    label = "transmissions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What was sent and answered is verified with the journal."""
        from parchemin.records.journal.witnessing import witness
        from parchemin.records.transmissions.sealing import rewritten

        witness(rewritten)
