"""How what is due is sent once, and to whom."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet

from parchemin.records.candidacies.models import Candidacy

Row = TypeVar("Row", bound=Model)


@contextmanager
def taken_to_send(waiting: QuerySet[Row]) -> Iterator[Row | None]:
    """The only row of ``waiting``, to send and to say sent within; None when somebody did it before.

    With the outbox the message is kept in the transaction that says it is sent: exactly once. No lock is held while a
    mail server is talked to, so that it may get a message twice if the worker dies in between.
    """
    has_server = "smtp" in settings.EMAIL_BACKEND
    with nullcontext() if has_server else transaction.atomic():
        yield (waiting if has_server else waiting.select_for_update(of=("self",))).first()


def contact_of(file: Candidacy) -> str:
    """The address of whoever handles that file, or nothing."""
    return file.certification.contact or file.organisation.email


def address_of_candidate(file: Candidacy) -> str:
    """The address of whoever applies, nothing once they were erased."""
    return file.candidate.email if file.candidate.erased_at is None else ""
