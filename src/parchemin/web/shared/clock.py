"""The only place where pages read the clock."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This instant."""
    return timezone.now()


def today() -> date:
    """This day, in the time zone of the server."""
    return timezone.localdate()
