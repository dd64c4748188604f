"""The application assessment of pages."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Registers ``parchemin.web.assessment``: its templates and static files."""

    name = "parchemin.web.assessment"
    label = "assessment_pages"
