"""The application pathway of pages."""

from django.apps import AppConfig


class PathwayConfig(AppConfig):
    """Registers ``parchemin.web.pathway``: its templates and static files."""

    name = "parchemin.web.pathway"
    label = "pathway_pages"
