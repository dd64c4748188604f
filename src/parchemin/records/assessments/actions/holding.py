"""How a sitting went off is told, and told otherwise with why; an absence is not a failure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from parchemin.core.facts import Attendance
from parchemin.records.assessments.actions.planning import open_sitting
from parchemin.records.assessments.actions.welcoming import close_to, open_to
from parchemin.records.assessments.errors import AssessmentError, StaleSittingError
from parchemin.records.assessments.models import Evaluator, Sitting, Telling
from parchemin.records.assessments.queries.conflicts import links_known
from parchemin.records.assessments.queries.told import left_out
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.people.models import Person


def tell_attendance(
    *,
    sitting: Sitting,
    attendance: Attendance,
    by: Person,
    at: datetime,
    minutes: int | None = None,
    safeguards: Sequence[str] | None = None,
    incidents: str = "",
    away: Collection[UUID] = (),
    revision: int | None = None,
) -> None:
    """It was held, or why not; ``safeguards`` are those kept at a distance; evaluators who were ``away`` did not sit.

    AssessmentError ``told`` twice, ``cancelled``, ``no_day`` without a day, ``to_come`` before it, ``reason`` for a
    fraud or a void sitting without a word on it, ``nobody_present`` when it was held before nobody;
    StaleSittingError when somebody changed it since ``revision``.
    """
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = open_sitting(row, sitting, revision)
        _check(kept, attendance, incidents, at)
        gone = []
        if attendance is Attendance.HELD:
            gone = _leave_out(row, kept, kept.evaluators.filter(pk__in=away).select_related("person"), by, at)
            _renew_links(row, kept)
        _tell(kept, attendance, minutes, safeguards, incidents)
        _write(kept, by, at, away=gone)
        note(row, "sitting_told", at, by, {"sitting": kept.pk.hex, "attendance": attendance.value})


def tell_otherwise(
    *,
    sitting: Sitting,
    attendance: Attendance,
    reason: str,
    by: Person,
    at: datetime,
    minutes: int | None = None,
    safeguards: Sequence[str] | None = None,
    incidents: str = "",
    present: Collection[UUID] = (),
    revision: int | None = None,
) -> None:
    """It went off otherwise than was told, and why; what was told first stays written, with who told it.

    ``present`` are the persons who sat: one wrongly told away assesses again. AssessmentError as ``tell_attendance``,
    ``not_told`` before it was told, ``void`` for one that counts for nothing or should, ``rated`` when somebody who
    rated would no longer assess, ``settled`` when somebody would join once everything is settled.
    """
    if not reason.strip():
        raise AssessmentError("reason")
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = _told_sitting(row, sitting, revision)
        if Attendance.VOID in (attendance, kept.attendance):
            raise AssessmentError("void")
        _check(kept, attendance, incidents, at)
        gone: list[Evaluator] = []
        if attendance is Attendance.HELD:
            gone = _seat(row, kept, set(present), by, at)
            _renew_links(row, kept)
        elif kept.evaluators.filter(ratings__isnull=False).exists():
            raise AssessmentError("rated")
        _tell(kept, attendance, minutes, safeguards, incidents)
        _write(kept, by, at, away=gone, reason=reason)
        told = {"sitting": kept.pk.hex, "attendance": attendance.value}
        note(row, "sitting_told_otherwise", at, by, told)


def void_sitting(*, sitting: Sitting, reason: str, by: Person, at: datetime, revision: int | None = None) -> None:
    """A sitting held counts as if it had not been; what was settled from it is no longer a result.

    AssessmentError ``not_held``, ``reason``; StaleSittingError when somebody changed it since ``revision``.
    """
    if not reason.strip():
        raise AssessmentError("reason")
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = _told_sitting(row, sitting, revision)
        if kept.attendance != Attendance.HELD:
            raise AssessmentError("not_held")
        kept.attendance, kept.is_passed, kept.settled_at = Attendance.VOID, None, None
        kept.incidents = "\n".join(one for one in (kept.incidents, reason.strip()) if one)
        kept.revision += 1
        kept.save()
        _write(kept, by, at, reason=reason)
        note(row, "sitting_voided", at, by, {"sitting": kept.pk.hex})


def _told_sitting(row: Candidacy, sitting: Sitting, revision: int | None) -> Sitting:
    """The sitting, locked, once it was told how it went off."""
    kept = Sitting.objects.select_for_update().get(pk=sitting.pk, candidacy=row)
    if revision is not None and kept.revision != revision:
        raise StaleSittingError(kept)
    if not kept.attendance:
        raise AssessmentError("not_told")
    return kept


def _tell(
    kept: Sitting, attendance: Attendance, minutes: int | None, safeguards: Sequence[str] | None, incidents: str
) -> None:
    kept.attendance = attendance
    kept.minutes = kept.minutes if minutes is None else minutes
    kept.safeguards = None if safeguards is None else sorted(set(safeguards))
    kept.incidents = incidents.strip()
    kept.revision += 1
    kept.save()


def _write(kept: Sitting, by: Person, at: datetime, *, away: Iterable[Evaluator] = (), reason: str = "") -> None:
    """What was told, by whom: it stays whatever is told afterwards."""
    Telling.objects.create(
        sitting=kept,
        attendance=kept.attendance,
        minutes=kept.minutes,
        safeguards=kept.safeguards,
        incidents=kept.incidents,
        away=[{"person": one.person_id.hex, "actor": one.actor} for one in away],
        reason=reason.strip(),
        told_at=at,
        told_by=by,
    )


def _leave_out(row: Candidacy, kept: Sitting, away: Iterable[Evaluator], by: Person, at: datetime) -> list[Evaluator]:
    """Those who did not sit assess nothing: only those who did count, rate and sign."""
    missing = list(away)
    if missing and len(missing) == kept.evaluators.count():
        raise AssessmentError("nobody_present")
    for one in missing:
        person = one.person
        one.delete()
        close_to(row, person, by, at)
        note(row, "evaluator_away", at, by, {"sitting": kept.pk.hex, "person": person.pk.hex, "actor": one.actor})
    return missing


def _seat(row: Candidacy, kept: Sitting, present: set[UUID], by: Person, at: datetime) -> list[Evaluator]:
    """Those who sat assess it, whoever was told away; those who are told away now are given back."""
    coming = [one for one in left_out(kept) if one.person.pk in present]
    if coming and kept.settled_at:
        raise AssessmentError("settled")
    for one in coming:
        Evaluator.objects.create(sitting=kept, person=one.person, actor=one.actor)
        open_to(row, kept, one.person, one.actor, by, at)
        note(row, "evaluator_named", at, by, {"sitting": kept.pk.hex, "person": one.person.pk.hex, "actor": one.actor})
    leaving = kept.evaluators.exclude(person__in=present).select_related("person")
    if leaving.filter(ratings__isnull=False).exists():
        raise AssessmentError("rated")
    return _leave_out(row, kept, leaving, by, at)


def _renew_links(row: Candidacy, kept: Sitting) -> None:
    """What came to be known since they were named counts too."""
    rows = list(kept.evaluators.select_related("person"))
    known = links_known(row, [one.person for one in rows])
    for one in rows:
        one.known = list(dict.fromkeys((*one.known, *(tie.link.value for tie in known[one.person_id]))))
    Evaluator.objects.bulk_update(rows, ["known"])


def _check(kept: Sitting, attendance: Attendance, incidents: str, at: datetime) -> None:
    if attendance in (Attendance.FRAUD, Attendance.VOID) and not incidents.strip():
        raise AssessmentError("reason")
    if kept.starts_at is None:
        raise AssessmentError("no_day")
    if attendance is Attendance.HELD and kept.starts_at > at:
        raise AssessmentError("to_come")
