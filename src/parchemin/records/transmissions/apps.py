"""The application transmissions."""

from django.apps import AppConfig


class TransmissionsConfig(AppConfig):
    """Registers ``parchemin.records.transmissions`` under the label ``transmissions``."""

    name = "parchemin.records.transmissions"
    label = "transmissions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What was sent and answered is verified with the journal; who is not sent yet keeps their identity."""
        from parchemin.records.candidacies.contributing import need_identity
        from parchemin.records.journal.witnessing import witness
        from parchemin.records.transmissions.queries.lines import still_owed
        from parchemin.records.transmissions.sealing import rewritten

        witness(rewritten)
        need_identity(still_owed)
