"""Candidate and evaluators are told of a sitting: a letter to the first, a short e-mail to the others, a calendar."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.models import Sitting
from parchemin.records.assessments.queries.planned import places_of, safeguards_of
from parchemin.records.candidacies.actions.noticing import tell_of_sitting
from parchemin.records.candidacies.actions.taking import ask_letter, note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.people.models import Person


def summon(*, sitting: Sitting, by: Person, at: datetime) -> None:
    """Everybody concerned is told when and where: from then on, they are told of each change.

    AssessmentError ``told`` once it was held or not, ``cancelled``, ``no_day``, ``past``, ``summoned`` twice.
    """
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = Sitting.objects.select_for_update().get(pk=sitting.pk, candidacy=row)
        if kept.attendance:
            raise AssessmentError("told", state=kept.get_attendance_display())
        if kept.cancelled_at:
            raise AssessmentError("cancelled")
        if kept.starts_at is None:
            raise AssessmentError("no_day")
        if kept.starts_at <= at:
            raise AssessmentError("past")
        if kept.summoned_at:
            raise AssessmentError("summoned")
        kept.summoned_at = at
        kept.save(update_fields=["summoned_at"])
        note(row, "sitting_summoned", at, by, {"sitting": kept.pk.hex}, is_change=False)
        tell_everybody(row, kept, "summoned", by, at)


def tell_everybody(
    row: Candidacy, sitting: Sitting, kind: str, by: Person, at: datetime, was: datetime | None = None
) -> None:
    """A letter of that kind is due to the candidate, an e-mail to each of those who assess. For other actions.

    ``was`` is when it was to begin, where it has no day any more: calendars have it there.
    """
    day = timezone.localdate(at)
    ask_letter(row, kind, at, on=day, by=by, values={**_values(row, sitting, at), **_was(sitting, was)})
    for one in sitting.evaluators.select_related("person"):
        tell_evaluator(row, sitting, one.person, kind, at, was)


def tell_evaluator(
    row: Candidacy, sitting: Sitting, person: Person, kind: str, at: datetime, was: datetime | None = None
) -> None:
    """An e-mail is due to that person: it tells the sitting as it stands when it goes. For other actions."""
    tell_of_sitting(row, person, {"sitting": sitting.pk.hex, "about": kind, **_was(sitting, was)}, at)


def _was(sitting: Sitting, was: datetime | None) -> dict[str, str]:
    return {"was": was.isoformat()} if was and sitting.starts_at is None else {}


def _values(row: Candidacy, sitting: Sitting, at: datetime) -> dict[str, Any]:
    """What the letter says, in the candidate's language; ``sitting`` finds its calendar."""
    judged = Judged(row, timezone.localdate(at))
    known = judged.scheme.methods.get(sitting.method)
    starts = timezone.localtime(sitting.starts_at) if sitting.starts_at else None
    place = places_of(judged, sitting.method).get(sitting.place, "") if known else ""
    with override(row.candidate.language):
        return {
            "sitting": sitting.pk.hex,
            "method": known.title if known else sitting.method,
            "sitting_on": starts.date().isoformat() if starts else None,
            "hour": f"{starts:%H:%M}" if starts else None,
            "duration": duration(sitting.minutes),
            "where": " — ".join(one for one in (place, sitting.room) if one),
            "safeguards": ", ".join(safeguards_of(judged, sitting.place)) if sitting.place else "",
            "reasons": sitting.cancellation,
        }


def duration(minutes: int | None) -> str:
    """« 45 minutes », « 1 h 30 »; nothing when it is not known."""
    if not minutes:
        return ""
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    return _("%(hours)s h %(rest)02d") % {"hours": hours, "rest": rest} if rest else _("%(hours)s h") % {"hours": hours}
