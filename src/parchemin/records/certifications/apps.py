"""The application certifications."""

from django.apps import AppConfig


class CertificationsConfig(AppConfig):
    """Registers ``parchemin.records.certifications`` under the label ``certifications``."""

    name = "parchemin.records.certifications"
    label = "certifications"
    default_auto_field = "django.db.models.BigAutoField"
