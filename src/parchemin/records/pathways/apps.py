"""The application pathways."""

from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    """Registers ``parchemin.records.pathways`` under the label ``pathways``."""

    name = "parchemin.records.pathways"
    label = "pathways"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Facts of a file hold what this app knows of it, and what it keeps is erased in its time."""
        from parchemin.records.candidacies.contributing import contribute, keep
        from parchemin.records.pathways.erasing import PATHWAYS
        from parchemin.records.pathways.facts import facts_of

        contribute(facts_of)
        keep(PATHWAYS)
