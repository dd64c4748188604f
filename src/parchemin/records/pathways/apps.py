"""The application pathways."""

from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    """Registers ``parchemin.records.pathways`` under the label ``pathways``."""

    name = "parchemin.records.pathways"
    label = "pathways"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Facts of a file hold what this app knows of it, and what it keeps is erased in its time."""
        from parchemin.records.candidacies.contributing import contribute, join, keep
        from parchemin.records.candidacies.room import weigh
        from parchemin.records.pathways.erasing import PATHWAYS
        from parchemin.records.pathways.facts import LOOKED_AT_BY
        from parchemin.records.pathways.queries.evidence import weight_of_evidence

        for contributor, checks in LOOKED_AT_BY.items():
            contribute(contributor, *checks)
        join("pathway")
        keep(PATHWAYS)
        weigh(weight_of_evidence)
