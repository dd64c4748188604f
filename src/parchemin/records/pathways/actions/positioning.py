"""The positioning interview: the candidate's own view, what the leader concludes with an example, then its close."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.pathways.asked import mark_done, positioning_due, to_position
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Positioning, PositioningLine
from parchemin.records.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Positioned:
    """One competence as it is typed, by the leader or by the candidate; no answer takes it back."""

    code: str
    answer: bool | None = None
    example: str = ""


def open_positioning(*, candidacy: Candidacy, leader: Person, held_on: date, by: Person, at: datetime) -> Positioning:
    """An interview led by that person, which the candidate may prepare until that day and on it.

    PathwayError ``own_file`` for the candidate, ``positioning_open`` with another, ``no_framework`` where the source
    names no competence. Whether the leader is accredited is for the rules of the stage: they only tell.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        if leader.pk == row.candidate_id:
            raise PathwayError("own_file")
        if row.positionings.filter(closed_at__isnull=True).exists():
            raise PathwayError("positioning_open")
        if not to_position(_scheme(row, at), row.blocks):
            raise PathwayError("no_framework")
        made = Positioning.objects.create(
            candidacy=row, number=row.positionings.count() + 1, leader=leader, held_on=held_on, opened_at=at
        )
        note(row, "positioning_opened", at, by, {"positioning": made.pk.hex, "leader": leader.pk.hex})
    return made


def lead_positioning(*, positioning: Positioning, by: Person, at: datetime) -> None:
    """That person leads the open interview from now on; what was concluded before stays.

    PathwayError ``own_file`` for the candidate, ``positioning_closed``.
    """
    with taken(positioning.candidacy, None, *ACTIVE) as row:
        found = _open(positioning)
        if by.pk == row.candidate_id:
            raise PathwayError("own_file")
        if found.leader_id != by.pk:
            found.leader = by
            found.revision += 1
            found.save(update_fields=["leader", "revision"])
            note(row, "positioning_taken_over", at, by, {"positioning": found.pk.hex})
    positioning.leader, positioning.revision = by, found.revision


def tell_own_view(
    *, positioning: Positioning, lines: Iterable[Positioned], by: Person, at: datetime, revision: int | None = None
) -> int:
    """The candidate's own view of these competences is kept; ``own_revision`` afterwards.

    PathwayError ``another`` for anybody else, ``positioning_closed``, ``no_competence``, ``not_assessed``;
    StalePathwayError.
    """
    with taken(positioning.candidacy, None, *ACTIVE) as row:
        if by.pk != row.candidate_id:
            raise PathwayError("another")
        found = _open(positioning)
        if revision is not None and found.own_revision != revision:
            raise StalePathwayError
        _write(found, _scheme(row, at), lines, "own_view", "own_example")
        found.own_revision += 1
        found.save(update_fields=["own_revision"])
    positioning.own_revision = found.own_revision
    return found.own_revision


def conclude(
    *,
    positioning: Positioning,
    lines: Iterable[Positioned],
    by: Person,
    at: datetime,
    held_on: date | None = None,
    revision: int | None = None,
) -> int:
    """What the leader concludes on these competences is kept, with the day of the interview if told; the revision then.

    PathwayError ``another`` for anybody but the leader, ``positioning_closed``, ``no_competence``, ``not_assessed``,
    ``example`` for an answer without one; StalePathwayError.
    """
    with taken(positioning.candidacy, None, *ACTIVE) as row:
        found = _open(positioning)
        if by.pk != found.leader_id:
            raise PathwayError("another")
        if revision is not None and found.revision != revision:
            raise StalePathwayError
        told = list(lines)
        bare = next((line for line in told if line.answer is not None and not line.example.strip()), None)
        if bare:
            raise PathwayError("example", line=bare.code)
        _write(found, _scheme(row, at), told, "is_acquired", "example")
        found.held_on = held_on or found.held_on
        found.revision += 1
        found.save(update_fields=["held_on", "revision"])
    positioning.held_on, positioning.revision = found.held_on, found.revision
    return found.revision


def close_positioning(*, positioning: Positioning, by: Person, at: datetime) -> None:
    """It is never changed afterwards, what it says stands until the next one, and the step it serves is done that day.

    PathwayError ``another`` for anybody but the leader, ``positioning_closed``, ``not_held`` when its day is to come,
    ``missing`` with the assessed competences that have no conclusion.
    """
    with taken(positioning.candidacy, None, *ACTIVE) as row:
        found = _open(positioning)
        if by.pk != found.leader_id:
            raise PathwayError("another")
        if found.held_on > timezone.localdate(at):
            raise PathwayError("not_held")
        scheme = _scheme(row, at)
        if missing := missing_from(found, scheme, row):
            raise PathwayError("missing", lines=", ".join(missing))
        found.closed_at = at
        found.save(update_fields=["closed_at"])
        note(row, "positioning_closed", at, by, {"positioning": found.pk.hex})
        if step := positioning_due(scheme, row):
            mark_done(row, step.id, found.held_on, by, at)
    positioning.closed_at = at


def missing_from(positioning: Positioning, scheme: Scheme, row: Candidacy) -> list[str]:
    """The competences that interview must still conclude on, in the order of the framework."""
    concluded = {line.code for line in positioning.lines.all() if line.is_acquired is not None}
    return [code for code in to_position(scheme, row.blocks) if code not in concluded]


def _open(positioning: Positioning) -> Positioning:
    found = Positioning.objects.select_for_update().get(pk=positioning.pk)
    if found.closed_at:
        raise PathwayError("positioning_closed")
    return found


def _write(found: Positioning, scheme: Scheme, lines: Iterable[Positioned], answer: str, example: str) -> None:
    """What changed, in two queries however many lines there are."""
    kept = {line.code: line for line in found.lines.all()}
    changed: dict[str, PositioningLine] = {}
    for told in lines:
        code = _code(scheme, told.code)
        line = kept.get(code) or PositioningLine(positioning=found, code=code)
        values = (told.answer, told.example.strip())
        if (getattr(line, answer), getattr(line, example)) != values:
            setattr(line, answer, values[0])
            setattr(line, example, values[1])
            changed[code] = line
    PositioningLine.objects.bulk_create([line for line in changed.values() if line.pk is None])
    PositioningLine.objects.bulk_update([line for code, line in changed.items() if code in kept], [answer, example])


def _scheme(row: Candidacy, at: datetime) -> Scheme:
    return Judged(row, timezone.localdate(at)).scheme


def _code(scheme: Scheme, code: str) -> str:
    if code not in scheme.competences:
        raise PathwayError("no_competence", line=code)
    if scheme.competences[code].is_assessed is False:
        raise PathwayError("not_assessed", line=code)
    return scheme.code_of(code)
