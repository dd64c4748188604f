"""The session itself: convened, opened, who is there, what goes wrong, what the jury hears."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from parchemin.core.facts import Attendance, Milestone
from parchemin.core.grid import Kind
from parchemin.core.plain import decision_to_plain
from parchemin.records.assessments.models import Result, Sitting
from parchemin.records.candidacies.actions.taking import ask_letter, reach, taken
from parchemin.records.juries.actions.taking import BEFORE, hold_files, note_jury, taken_hearing, taken_session
from parchemin.records.juries.errors import JuryError, RuledOutError
from parchemin.records.juries.models import Hearing, Incident, JurySession, Member, Presence, State
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.juries.queries.sessions import Composed
from parchemin.records.people.models import Person

EARLY = timedelta(hours=12)
"""How long before its time a session may be opened."""


def summon_jury(*, session: JurySession, at: datetime, on: date, by: Person, revision: int | None = None) -> None:
    """The jury is called: a letter is due to each candidate; ``calling.call`` tells the members as well.

    JuryError ``nobody``, ``no_agenda``, ``state``. Called again, only those added since are told, or those whose day,
    hour or place changed.
    """
    with taken_session(session, revision, *BEFORE) as row:
        if not row.members.exists():
            raise JuryError("nobody")
        hearings = list(row.hearings.filter(removed_at__isnull=True).select_related("candidacy"))
        if not hearings:
            raise JuryError("no_agenda")
        row.summoned_at = row.summoned_at or at
        due = [hearing for hearing in hearings if hearing.summoned_at is None]
        hold_files(due)
        for hearing in due:
            hearing.summoned_at = at
            hearing.save(update_fields=["summoned_at"])
            with taken(hearing.candidacy, None) as file:
                reach(file, Milestone.SUMMONED, on)
                reach(file, Milestone.SESSION, timezone.localdate(row.starts_at))
                if row.nominated_on:
                    reach(file, Milestone.NOMINATED, row.nominated_on)
                ask_letter(file, "jury_summoned", at, on=on, by=by, values=values_of(row, hearing))
        note_jury(row, "summoned", at, by, {"candidates": len(due), "members": row.members.count()})


def values_of(session: JurySession, hearing: Hearing) -> dict[str, object]:
    """What the summons says; no hour for whoever is not expected at one."""
    starts = timezone.localtime(hearing.starts_at or session.starts_at)
    return {
        "session": session.pk.hex,
        "hearing": hearing.pk.hex,
        "number": session.number,
        "session_on": starts.date().isoformat(),
        "hour": f"{starts:%H:%M}" if hearing.starts_at else None,
        "where": session.room,
        "safeguards": ", ".join(session.safeguards or ()),
    }


def open_session(
    *,
    session: JurySession,
    presences: Mapping[Member, Presence],
    at: datetime,
    by: Person,
    reason: str = "",
    revision: int | None = None,
) -> None:
    """The session is open, with those present; nothing is decided before. What the rules say of them is frozen.

    JuryError ``to_come``, ``no_agenda``, ``no_chair`` when nobody who is there chairs. RuledOutError ``opening`` when
    the composition is not what the rules ask and no reason is given: each candidate is checked again before deciding.
    """
    with taken_session(session, revision, *BEFORE) as row:
        if at < row.starts_at - EARLY:
            raise JuryError("to_come")
        if not row.hearings.filter(removed_at__isnull=True).exists():
            raise JuryError("no_agenda")
        members = _told(row, presences, at)
        if not any(one.is_chair and one.is_present for one in members):
            raise JuryError("no_chair")
        composed = Composed(row, timezone.localdate(at))
        if composed.faults and not reason.strip():
            raise RuledOutError("opening", composed.opening)
        row.opened_at, row.opening_reason = at, reason.strip()
        row.opening = decision_to_plain(composed.opening)
        row.summoned_at = row.summoned_at or at
        note_jury(row, "opened", at, by, {"present": sum(one.is_present for one in members)}, written=tuple(members))


def tell_presence(
    *, session: JurySession, member: Member, presence: Presence, at: datetime, by: Person, revision: int | None = None
) -> None:
    """The member came, left, or is absent from now on; what was decided with them stands.

    Their voice on what is not decided yet is gone when they leave. JuryError ``not_a_member``, or ``no_chair`` when
    whoever chairs leaves before another member chairs.
    """
    with taken_session(session, revision, State.OPEN) as row:
        kept = row.members.select_for_update().filter(pk=member.pk).first()
        if kept is None:
            raise JuryError("not_a_member")
        if kept.is_chair and presence != Presence.PRESENT:
            raise JuryError("no_chair")
        kept.presence, kept.told_at = presence, at
        kept.save(update_fields=["presence", "told_at"])
        gone = tuple(kept.votes.filter(hearing__verdict="")) if presence != Presence.PRESENT else ()
        note_jury(row, "presence_told", at, by, {"person": kept.person_id.hex}, written=(kept,), gone=gone)
        for vote in gone:
            vote.delete()


def tell_incident(
    *,
    session: JurySession,
    words: str,
    at: datetime,
    by: Person,
    hearing: Hearing | None = None,
    is_fraud: bool = False,
) -> Incident:
    """What went wrong is kept for the minutes.

    JuryError ``reason`` without words, ``removed`` about a file that this session does not hear.
    """
    if not words.strip():
        raise JuryError("reason")
    with taken_session(session, None, State.OPEN) as row:
        if hearing and not row.hearings.filter(pk=hearing.pk, removed_at__isnull=True).exists():
            raise JuryError("removed")
        incident = Incident.objects.create(
            session=row, hearing=hearing, words=words.strip(), is_fraud=is_fraud, told_by=by, told_at=at
        )
        details = {"incident": incident.pk.hex, "hearing": hearing.pk.hex if hearing else None}
        note_jury(row, "incident_told", at, by, details, written=(incident,))
    return incident


def hold_method(
    *,
    hearing: Hearing,
    method: str,
    attendance: Attendance,
    at: datetime,
    by: Person,
    minutes: int | None = None,
    points: Mapping[int, bool] | None = None,
    is_passed: bool | None = None,
    revision: int | None = None,
) -> Sitting:
    """The jury itself held that method with the candidate, as the final interview: how it went, point by point.

    Unless told, it is passed when every point of the method is satisfied, failed when one is not, and not established
    while one is not told. JuryError ``no_method`` for a method that evaluators hold, ``no_part`` for a point it does
    not have, ``decided`` once the jury decided, ``invalid`` when it may not deliberate on this candidate.
    """
    with taken_hearing(hearing, revision, State.OPEN) as row, taken(row.candidacy, None) as file:
        if row.verdict:
            raise JuryError("decided")
        deliberation = Deliberation(row, timezone.localdate(at))
        if deliberation.faults:
            raise RuledOutError("invalid", deliberation.jury)
        if method not in methods_of(deliberation):
            raise JuryError("no_method")
        told, wanted = dict(points or {}), range(1, len(deliberation.judged.scheme.methods[method].points) + 1)
        if strange := [one for one in told if one not in wanted]:
            raise JuryError("no_part", part=strange[0])
        is_held = attendance is Attendance.HELD
        passed = (_passed(told, len(wanted)) if is_passed is None else is_passed) if is_held else None
        number = file.sittings.filter(method=method).count() + 1
        sitting = Sitting.objects.create(
            candidacy=file,
            method=method,
            number=number,
            starts_at=at,
            minutes=minutes,
            room=row.session.room,
            attendance=attendance.value,
            is_passed=passed,
            settled_at=at if is_held else None,
            planned_by=by,
            planned_at=at,
        )
        for code, value in told.items() if is_held else ():
            Result.objects.create(
                candidacy=file,
                sitting=sitting,
                code=str(code),
                kind=Kind.POINT.value,
                is_acquired=value,
                settled_at=at,
                settled_by=by,
            )
        note_jury(row.session, "method_held", at, by, {"hearing": row.pk.hex, "sitting": sitting.pk.hex})
    return sitting


def methods_of(deliberation: Deliberation) -> list[str]:
    """The methods that the jury itself holds: those without evaluators of their own."""
    methods = deliberation.judged.scheme.methods
    return [id for id, method in methods.items() if method.evaluators is None and (method.points or method.minutes)]


def _passed(points: Mapping[int, bool], wanted: int) -> bool | None:
    if not all(points.values()):
        return False
    return True if points and len(points) == wanted else None


def _told(row: JurySession, presences: Mapping[Member, Presence], at: datetime) -> list[Member]:
    """Everybody named, with whether they came; those nothing is said of did not."""
    told = {one.pk: presence for one, presence in presences.items()}
    members = list(row.members.select_for_update())
    for one in members:
        one.presence, one.told_at = told.get(one.pk, Presence.ABSENT), at
        one.save(update_fields=["presence", "told_at"])
    return members
