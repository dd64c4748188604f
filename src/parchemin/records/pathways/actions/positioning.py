"""The positioning interview: the candidate's own view, what the leader concludes with an example, then its close."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy
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
    """An interview led by that person; PathwayError ``own_file`` for the candidate, ``positioning_open`` with another.

    Whether the leader is accredited is for the rules of the stage: they only tell.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        if leader.pk == row.candidate_id:
            raise PathwayError("own_file")
        if row.positionings.filter(closed_at__isnull=True).exists():
            raise PathwayError("positioning_open")
        made = Positioning.objects.create(
            candidacy=row, number=row.positionings.count() + 1, leader=leader, held_on=held_on, opened_at=at
        )
        note(row, "positioning_opened", at, by, {"positioning": made.pk.hex, "leader": leader.pk.hex})
    return made


def tell_own_view(
    *, positioning: Positioning, lines: Iterable[Positioned], by: Person, at: datetime, revision: int | None = None
) -> int:
    """The candidate's own view of these competences is kept; the revision afterwards.

    PathwayError ``another`` for anybody else, ``positioning_closed``, ``no_competence``; StalePathwayError.
    """
    with taken(positioning.candidacy, None, *ACTIVE) as row:
        if by.pk != row.candidate_id:
            raise PathwayError("another")
        found = _open(positioning, revision)
        for line in lines:
            kept = _line(found, _code(row, line.code, at))
            kept.own_view, kept.own_example = line.answer, line.example.strip()
            kept.save(update_fields=["own_view", "own_example"])
        return _saved(positioning, found)


def conclude(
    *, positioning: Positioning, lines: Iterable[Positioned], by: Person, at: datetime, revision: int | None = None
) -> int:
    """What the leader concludes on these competences is kept; the revision afterwards.

    PathwayError ``another`` for anybody but the leader, ``positioning_closed``, ``no_competence``, ``example`` for an
    answer without one; StalePathwayError.
    """
    with taken(positioning.candidacy, None, *ACTIVE) as row:
        found = _open(positioning, revision)
        if by.pk != found.leader_id:
            raise PathwayError("another")
        for line in lines:
            code = _code(row, line.code, at)
            if line.answer is not None and not line.example.strip():
                raise PathwayError("example", line=code)
            kept = _line(found, code)
            kept.is_acquired, kept.example = line.answer, line.example.strip()
            kept.save(update_fields=["is_acquired", "example"])
        return _saved(positioning, found)


def close_positioning(*, positioning: Positioning, by: Person, at: datetime) -> None:
    """It is never changed afterwards, and what it says stands until the next one.

    PathwayError ``another`` for anybody but the leader, ``positioning_closed``, ``missing`` with the assessed
    competences that have no conclusion.
    """
    with taken(positioning.candidacy, None, *ACTIVE) as row:
        found = _open(positioning, None)
        if by.pk != found.leader_id:
            raise PathwayError("another")
        concluded = {line.code for line in found.lines.all() if line.is_acquired is not None}
        missing = [code for code in _scheme(row, at).assessed if code not in concluded]
        if missing:
            raise PathwayError("missing", lines=", ".join(missing))
        found.closed_at = at
        found.save(update_fields=["closed_at"])
        note(row, "positioning_closed", at, by, {"positioning": found.pk.hex})
    positioning.closed_at = at


def _open(positioning: Positioning, revision: int | None) -> Positioning:
    found = Positioning.objects.select_for_update().get(pk=positioning.pk)
    if found.closed_at:
        raise PathwayError("positioning_closed")
    if revision is not None and found.revision != revision:
        raise StalePathwayError
    return found


def _line(found: Positioning, code: str) -> PositioningLine:
    return PositioningLine.objects.get_or_create(positioning=found, code=code)[0]


def _saved(positioning: Positioning, found: Positioning) -> int:
    found.revision += 1
    found.save(update_fields=["revision"])
    positioning.revision = found.revision
    return found.revision


def _scheme(row: Candidacy, at: datetime) -> Scheme:
    return Judged(row, at.date()).scheme


def _code(row: Candidacy, code: str, at: datetime) -> str:
    scheme = _scheme(row, at)
    if code not in scheme.competences:
        raise PathwayError("no_competence", line=code)
    return scheme.code_of(code)
