"""How every action takes a file: locked, at the revision it was shown, and journaled when it is done."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from django.db import transaction

from parchemin.core.decision import Decision
from parchemin.core.facts import Milestone
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.models import ACTIVE, Candidacy, CandidacyDate, DecisionRecord, Letter, Status
from parchemin.records.journal.actions import append
from parchemin.records.people.models import Person

FILE_REVISION = "file_revision"
"""What the details of an entry call the revision that the file came to with it; absent where it changed nothing."""
noted: ContextVar[bool] = ContextVar("noted", default=False)
"""Whether the action under way noted a change."""


@contextmanager
def taken(candidacy: Candidacy, revision: int | None, *statuses: Status) -> Iterator[Candidacy]:
    """The file as it is now, locked until the end, its revision one more at the end if something was noted.

    It is written then, if something of it changed. StaleError when it is no longer at ``revision`` (None does not
    look); UnfitError ``status`` when it is in none of ``statuses``, if any is given. Nothing is written in either case.
    """
    with transaction.atomic():
        found = Candidacy.objects.select_for_update(of=("self",))
        row = found.select_related("certification", "candidate", "organisation").get(pk=candidacy.pk)
        if revision is not None and row.revision != revision:
            raise StaleError(row)
        if statuses and row.status not in statuses:
            raise UnfitError("status", status=row.get_status_display())
        noted.set(False)
        before = _columns(row)
        yield row
        if noted.get():
            row.revision += 1
        if _columns(row) != before:
            row.save()
        refresh(candidacy, row)


def _columns(row: Candidacy) -> dict[str, Any]:
    return {field.attname: deepcopy(getattr(row, field.attname)) for field in Candidacy._meta.concrete_fields}


def refresh(candidacy: Candidacy, row: Candidacy) -> None:
    """Give the caller's object the columns of ``row``; what was prefetched is forgotten."""
    for field in Candidacy._meta.concrete_fields:
        setattr(candidacy, field.attname, getattr(row, field.attname))
    candidacy._prefetched_objects_cache = {}  # type: ignore[attr-defined]


def note(
    row: Candidacy,
    kind: str,
    at: datetime,
    by: Person | None,
    details: Mapping[str, Any] | None = None,
    decision: Decision | None = None,
    *,
    is_change: bool = True,
) -> None:
    """Write it in the journal, with the revision that the file comes to.

    ``is_change`` False when it changes nothing that somebody else may be typing: the revision then stays. Outside of
    ``taken`` it is never a change.
    """
    noted.set(noted.get() or is_change)
    reached = {FILE_REVISION: row.revision + 1} if is_change else {}
    append(
        kind=f"candidacy.{kind}",
        at=at,
        actor=by.pk if by else None,
        subject=row.pk,
        details={**(details or {}), **reached},
        decision=decision,
    )


def pass_on(row: Candidacy, status: Status, at: datetime) -> None:
    """The file is in that state from now on, and waits for whoever has it."""
    row.status = status
    row.waiting_since = at


def finish(row: Candidacy, at: datetime) -> None:
    """The certification is awarded: the file is closed, and nobody waits for anything any more."""
    pass_on(row, Status.AWARDED, at)
    row.closed_at, row.due_on = at, None


def resume(row: Candidacy, at: datetime) -> None:
    """What was awarded is taken back: the file goes on, unless another of that certification is under way."""
    for milestone in (Milestone.AWARDED, Milestone.ISSUED):
        leave(row, milestone)
    others = Candidacy.objects.filter(candidate_id=row.candidate_id, certification_id=row.certification_id)
    if not others.filter(status__in=ACTIVE).exclude(pk=row.pk).exists():
        pass_on(row, Status.ADMISSIBLE, at)
        row.closed_at = None


def reach(row: Candidacy, milestone: Milestone, on: date) -> None:
    """The milestone is reached that day; reached again, the last day stands."""
    CandidacyDate.objects.update_or_create(candidacy=row, milestone=milestone.value, defaults={"on": on})
    forget(row, "dates")


def leave(row: Candidacy, milestone: Milestone) -> None:
    """The milestone is no longer reached; the journal keeps that it was."""
    row.dates.filter(milestone=milestone.value).delete()
    forget(row, "dates")


def check_alone(row: Candidacy) -> None:
    """A closed file may go on again; UnfitError ``already_open`` when another of that certification is under way."""
    others = Candidacy.objects.filter(
        candidate_id=row.candidate_id, certification_id=row.certification_id, status__in=ACTIVE
    ).exclude(pk=row.pk)
    if other := others.first():
        raise UnfitError("already_open", number=other.number)


def forget(row: Candidacy, *names: str) -> None:
    """Read these related rows again next time."""
    kept = getattr(row, "_prefetched_objects_cache", {})
    for name in names:
        kept.pop(name, None)


def ask_letter(
    row: Candidacy,
    kind: str,
    at: datetime,
    *,
    on: date,
    by: Person | None = None,
    decision: DecisionRecord | None = None,
    values: Mapping[str, Any] | None = None,
) -> Letter:
    """A letter of that kind is due; the background writes and posts it."""
    number = row.letters.count() + 1
    return Letter.objects.create(
        candidacy=row,
        kind=kind,
        reference=f"{row.number}-L{number}",
        decision=decision,
        values=dict(values or {}),
        dated_on=on,
        asked_at=at,
        asked_by=by,
    )
