"""The application register of pages."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Registers ``parchemin.web.register``: its templates."""

    name = "parchemin.web.register"
    label = "register_pages"
