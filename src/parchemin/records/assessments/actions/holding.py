"""How a sitting went off is told; an absence is not a failure."""

from collections.abc import Sequence
from datetime import datetime

from parchemin.core.facts import Attendance
from parchemin.records.assessments.actions.planning import open_sitting
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.models import Sitting
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.models import Status
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
) -> None:
    """It was held, or why not; ``safeguards`` are those kept at a distance.

    AssessmentError ``told`` twice, ``no_day`` without a day, ``to_come`` before it, ``reason`` for a fraud or a void
    sitting without a word on it.
    """
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = open_sitting(row, sitting)
        _check(kept, attendance, incidents, at)
        kept.attendance = attendance
        kept.minutes = kept.minutes if minutes is None else minutes
        kept.safeguards = None if safeguards is None else sorted(set(safeguards))
        kept.incidents = incidents.strip()
        kept.revision += 1
        kept.save()
        note(row, "sitting_told", at, by, {"sitting": kept.pk.hex, "attendance": attendance.value})


def void_sitting(*, sitting: Sitting, reason: str, by: Person, at: datetime) -> None:
    """A sitting held counts as if it had not been; what was settled from it is no longer a result.

    AssessmentError ``not_held``, ``reason``.
    """
    if not reason.strip():
        raise AssessmentError("reason")
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = Sitting.objects.select_for_update().get(pk=sitting.pk, candidacy=row)
        if kept.attendance != Attendance.HELD:
            raise AssessmentError("not_held")
        kept.attendance, kept.is_passed, kept.settled_at = Attendance.VOID, None, None
        kept.incidents = "\n".join(one for one in (kept.incidents, reason.strip()) if one)
        kept.revision += 1
        kept.save()
        note(row, "sitting_voided", at, by, {"sitting": kept.pk.hex})


def _check(kept: Sitting, attendance: Attendance, incidents: str, at: datetime) -> None:
    if attendance in (Attendance.FRAUD, Attendance.VOID) and not incidents.strip():
        raise AssessmentError("reason")
    if kept.starts_at is None:
        raise AssessmentError("no_day")
    if attendance is Attendance.HELD and kept.starts_at > at:
        raise AssessmentError("to_come")
