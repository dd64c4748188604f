"""How every action takes a session or a hearing: locked, at the revision it was shown, and journaled with its seals.

Locks are taken in one order: the session, its hearings and members, files by key, then the journal. An action that
works on several files takes them all (``hold_files``) before it writes the first line of the journal.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.actions import append
from parchemin.records.journal.sealing import SEALS
from parchemin.records.juries.errors import JuryError, StaleHearingError, StaleSessionError
from parchemin.records.juries.models import Hearing, JurySession, SessionCounter, State
from parchemin.records.juries.sealing import seals
from parchemin.records.people.models import Person

BEFORE = (State.PREPARED, State.SUMMONED)
WRITTEN = (State.DRAWN, State.CLOSED, State.PUBLISHED)
noted: ContextVar[bool] = ContextVar("noted", default=False)
"""Whether the action under way noted a change."""


@contextmanager
def taken_session(session: JurySession, revision: int | None, *states: State) -> Iterator[JurySession]:
    """The session as it is now, locked until the end, its revision one more at the end if something was noted.

    StaleSessionError when it is no longer at ``revision`` (None does not look); JuryError ``state`` when it is in none
    of ``states``, if any is given. Nothing is written in either case.
    """
    with transaction.atomic():
        found = JurySession.objects.select_for_update(of=("self",)).select_related("certification", "organisation")
        row = found.get(pk=session.pk)
        if revision is not None and row.revision != revision:
            raise StaleSessionError(row)
        if states and row.state not in states:
            raise JuryError("state", state=row.state.label)
        noted.set(False)
        yield row
        if noted.get():
            row.revision += 1
        row.save()
        for field in JurySession._meta.concrete_fields:
            setattr(session, field.attname, getattr(row, field.attname))
        session._prefetched_objects_cache = {}  # type: ignore[attr-defined]


@contextmanager
def taken_hearing(hearing: Hearing, revision: int | None, *states: State, is_change: bool = True) -> Iterator[Hearing]:
    """The hearing as it is now, locked until the end, its session locked against what would close it.

    Its revision is one more at the end, unless it is no change of what is decided. StaleHearingError when it is no
    longer at ``revision``; JuryError ``state`` or ``removed``. Nothing is written in any of these cases.
    """
    with transaction.atomic():
        session = JurySession.objects.select_for_update(of=("self",)).get(pk=hearing.session_id)
        found = Hearing.objects.select_for_update(of=("self",))
        row = found.select_related("session__certification", "candidacy__certification", "candidacy__candidate").get(
            pk=hearing.pk
        )
        if revision is not None and row.revision != revision:
            raise StaleHearingError(row)
        if states and session.state not in states:
            raise JuryError("state", state=session.state.label)
        if row.removed_at:
            raise JuryError("removed")
        yield row
        if is_change:
            row.revision += 1
        row.save()
        for field in Hearing._meta.concrete_fields:
            setattr(hearing, field.attname, getattr(row, field.attname))
        hearing._prefetched_objects_cache = {}  # type: ignore[attr-defined]


def hold_files(hearings: Iterable[Hearing]) -> None:
    """Their files are locked until the end of the transaction, in the order of their keys."""
    hold_rows({one.candidacy_id for one in hearings})


def hold_rows(ids: Collection[UUID]) -> None:
    """The same, of these files."""
    list(Candidacy.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))


def note_jury(
    session: JurySession,
    kind: str,
    at: datetime,
    by: Person | None,
    details: Mapping[str, Any] | None = None,
    *,
    written: tuple[Model, ...] = (),
    gone: tuple[Model, ...] = (),
) -> None:
    """Write it in the journal, with the fingerprints of the session, of the rows written and of those deleted.

    What is noted is what they say then: an action changes them first, and notes last.
    """
    noted.set(True)
    told = {**(details or {}), SEALS: seals((session, *written), gone)}
    append(kind=f"jury.{kind}", at=at, actor=by.pk if by else None, subject=session.pk, details=told)


def numbered(kind: str, year: int) -> str:
    """The next number of that kind in that year, as ``J2026-0001``; numbers follow each other without a gap."""
    SessionCounter.objects.get_or_create(kind=kind, year=year)
    counter = SessionCounter.objects.select_for_update().get(kind=kind, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{kind}{year}-{counter.last:04d}"
