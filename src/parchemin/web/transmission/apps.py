"""The application transmission of pages."""

from django.apps import AppConfig


class TransmissionConfig(AppConfig):
    """Registers ``parchemin.web.transmission``: its templates."""

    name = "parchemin.web.transmission"
    label = "transmission"
