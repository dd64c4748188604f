"""The application access."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class AccessConfig(AppConfig):
    """Registers ``parchemin.web.access``: its templates and static files."""

    name = "parchemin.web.access"
    label = "access"

    def ready(self) -> None:
        """Signing out while looking through somebody's eyes ends that first, and it is written."""
        user_logged_out.connect(end_view_as, dispatch_uid="end_view_as")


def end_view_as(*, request: Any, user: Any, **kwargs: Any) -> None:
    """Whoever signs out looks through nobody's eyes any more."""
    from parchemin.web.access import viewing  # the models it needs are not loaded when this module is

    if request is not None and user is not None:
        viewing.stop(request, user)
