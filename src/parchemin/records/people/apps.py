"""The application people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers ``parchemin.records.people`` under the label ``people``."""

    name = "parchemin.records.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
