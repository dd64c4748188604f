"""Looking through somebody's eyes, to help them: journaled, and never to act."""

from datetime import date, datetime

from django.db import transaction

from parchemin.core.errors import Misuse
from parchemin.records.journal.actions import append
from parchemin.records.journal.canonical import refuse_personal
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Person, Role
from parchemin.records.people.standing import Standing


@transaction.atomic
def start_view_as(*, viewed: Person, reason: str, by: Person, at: datetime, on: date) -> None:
    """It is written that ``by`` looks through the eyes of ``viewed``, and why.

    RefusalError ``reasons`` without one, ``addresses`` when it names somebody by an address, ``self_view``, or
    ``administrator_view``.
    """
    if not reason.strip():
        raise RefusalError("reasons")
    if viewed.pk == by.pk:
        raise RefusalError("self_view")
    if Role.ADMINISTRATOR in Standing.of(viewed, on).roles:
        raise RefusalError("administrator_view")
    told = {"reason": reason.strip()}
    try:
        refuse_personal(told)
    except Misuse as misuse:
        raise RefusalError("addresses") from misuse
    append(kind="view_as.started", at=at, actor=by.pk, subject=viewed.pk, details=told)


@transaction.atomic
def stop_view_as(*, viewed: Person, by: Person, at: datetime) -> None:
    """It is written that they look through their own eyes again."""
    append(kind="view_as.stopped", at=at, actor=by.pk, subject=viewed.pk)
