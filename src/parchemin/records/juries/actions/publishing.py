"""Results are told together, once the minutes are closed; from that day the time to contest runs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from parchemin.core.facts import Milestone
from parchemin.records.candidacies.actions.taking import ask_letter, reach, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.juries.actions.taking import hold_files, note_jury, taken_session
from parchemin.records.juries.errors import JuryError
from parchemin.records.juries.models import Conclusion, Hearing, JurySession, State
from parchemin.records.juries.queries.told import result_values
from parchemin.records.juries.queries.written import heard
from parchemin.records.people.models import Person


def publish_results(*, session: JurySession, at: datetime, on: date, by: Person, revision: int | None = None) -> int:
    """Every candidate of the session is told what was decided, by a letter; how many were.

    Called again, those alone are told whose decision other minutes put right since. JuryError ``state`` while the
    minutes are not closed, ``published`` when everybody knows.
    """
    with taken_session(session, revision, State.CLOSED, State.PUBLISHED) as row:
        hearings = {one.pk: one for one in heard(row)}
        concluded = Conclusion.objects.filter(minutes__session=row).select_related("award_record")
        stands = {one.hearing_id: one for one in concluded.order_by("pk")}
        due = [(hearings[pk], one) for pk, one in stands.items() if hearings[pk].told_id != one.pk]
        if not due:
            raise JuryError("published")
        hold_files(hearing for hearing, _ in due)
        minutes = row.all_minutes.filter(pk__in={one.minutes_id for _, one in due})
        lines = {(one.pk, line["hearing"]): line for one in minutes for line in one.told["candidates"]}
        for hearing, conclusion in due:
            line = lines[conclusion.minutes_id, str(hearing.pk)]
            _tell(row, hearing, conclusion, line, at, on, by)
        row.published_at = row.published_at or at
        details = {"candidates": len(due)}
        note_jury(row, "published", at, by, details, written=tuple(hearing for hearing, _ in due))
    return len(due)


def _tell(
    row: JurySession,
    hearing: Hearing,
    conclusion: Conclusion,
    line: Mapping[str, Any],
    at: datetime,
    on: date,
    by: Person,
) -> None:
    hearing.told, hearing.notified_on = conclusion, on
    hearing.save(update_fields=["told", "notified_on"])
    with taken(hearing.candidacy, None) as file:
        if conclusion.award_record:
            reach(file, Milestone.NOTIFIED, on)
        values = {
            "session": row.pk.hex,
            "hearing": hearing.pk.hex,
            "session_on": timezone.localdate(row.starts_at).isoformat(),
            **result_values(line, Judged(file, on, hearing.version).scheme, on),
        }
        record = conclusion.award_record
        ask_letter(file, f"jury_{conclusion.verdict}", at, on=on, by=by, decision=record, values=values)
