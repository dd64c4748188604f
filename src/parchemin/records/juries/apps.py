"""The application juries."""

from django.apps import AppConfig


class JuriesConfig(AppConfig):
    """Registers ``parchemin.records.juries`` under the label ``juries``."""

    name = "parchemin.records.juries"
    label = "juries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Facts of a file hold what juries granted; what juries wrote is verified with the journal."""
        from parchemin.records.candidacies.contributing import contribute
        from parchemin.records.journal.witnessing import witness
        from parchemin.records.juries.facts import facts_of
        from parchemin.records.juries.sealing import rewritten

        contribute(facts_of)
        witness(rewritten)
