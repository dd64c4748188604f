"""The application recommendation of pages."""

from django.apps import AppConfig


class RecommendationConfig(AppConfig):
    """Registers ``parchemin.web.recommendation``: its templates."""

    name = "parchemin.web.recommendation"
    label = "recommendation_pages"
