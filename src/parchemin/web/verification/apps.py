"""The application verification."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """Registers ``parchemin.web.verification``: its templates and static files."""

    name = "parchemin.web.verification"
    label = "verification"
