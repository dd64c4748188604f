"""The application followups."""

from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    """Registers ``parchemin.records.followups`` under the label ``followups``."""

    name = "parchemin.records.followups"
    label = "followups"
    default_auto_field = "django.db.models.BigAutoField"
