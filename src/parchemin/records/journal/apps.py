"""The application journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Registers ``parchemin.records.journal`` under the label ``journal``."""

    name = "parchemin.records.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
