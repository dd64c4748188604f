"""How a sitting went off is told; an absence is not a failure."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from parchemin.core.facts import Attendance
from parchemin.records.assessments.actions.planning import open_sitting
from parchemin.records.assessments.actions.welcoming import close_to
from parchemin.records.assessments.errors import AssessmentError, StaleSittingError
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.assessments.queries.conflicts import links_known
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
        if attendance is Attendance.HELD:
            _leave_out(row, kept, away, by, at)
            _renew_links(row, kept)
        kept.attendance = attendance
        kept.minutes = kept.minutes if minutes is None else minutes
        kept.safeguards = None if safeguards is None else sorted(set(safeguards))
        kept.incidents = incidents.strip()
        kept.revision += 1
        kept.save()
        note(row, "sitting_told", at, by, {"sitting": kept.pk.hex, "attendance": attendance.value})


def void_sitting(*, sitting: Sitting, reason: str, by: Person, at: datetime, revision: int | None = None) -> None:
    """A sitting held counts as if it had not been; what was settled from it is no longer a result.

    AssessmentError ``not_held``, ``reason``; StaleSittingError when somebody changed it since ``revision``.
    """
    if not reason.strip():
        raise AssessmentError("reason")
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = Sitting.objects.select_for_update().get(pk=sitting.pk, candidacy=row)
        if revision is not None and kept.revision != revision:
            raise StaleSittingError(kept)
        if kept.attendance != Attendance.HELD:
            raise AssessmentError("not_held")
        kept.attendance, kept.is_passed, kept.settled_at = Attendance.VOID, None, None
        kept.incidents = "\n".join(one for one in (kept.incidents, reason.strip()) if one)
        kept.revision += 1
        kept.save()
        note(row, "sitting_voided", at, by, {"sitting": kept.pk.hex})


def _leave_out(row: Candidacy, kept: Sitting, away: Collection[UUID], by: Person, at: datetime) -> None:
    """Those who did not sit assess nothing: only those who did count, rate and sign."""
    missing = list(kept.evaluators.filter(pk__in=away).select_related("person"))
    if missing and not kept.evaluators.exclude(pk__in=away).exists():
        raise AssessmentError("nobody_present")
    for one in missing:
        person = one.person
        one.delete()
        close_to(row, person, by, at)
        note(row, "evaluator_away", at, by, {"sitting": kept.pk.hex, "person": person.pk.hex, "actor": one.actor})


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
