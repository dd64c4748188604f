"""The application candidate."""

from django.apps import AppConfig


class CandidateConfig(AppConfig):
    """Registers ``parchemin.web.candidate``: its templates and static files."""

    name = "parchemin.web.candidate"
    label = "candidate"
