"""Who voted on what is about to be decided, and how once all have."""

from dataclasses import dataclass
from typing import Any

from parchemin.core.facts import Ballot
from parchemin.records.juries.models import Member
from parchemin.records.juries.queries.sessions import voted_by
from parchemin.web.jury.deliberating.facing import Facing, leads
from parchemin.web.jury.deliberating.wording import BALLOTS
from parchemin.web.shared.decisions import DrawnFinding, drawn_findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A member who sits, whether they voted, and how once that is told."""

    member: Member
    has_voted: bool
    ballot: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """The vote as whoever looks may know it.

    ``rows`` is for those who lead; ``own`` is the reader's voice, ``is_told`` once everybody voted or it was decided.
    """

    rows: list[Voice]
    cast: int
    total: int
    is_told: bool
    own: Any
    findings: tuple[DrawnFinding, ...]


def voices_of(facing: Facing) -> Voices:
    """The voices on this candidate; no query."""
    deliberation, seat = facing.deliberation, facing.found.member
    votes = {one.member_id: Ballot(one.ballot) for one in deliberation.votes}
    sitting = deliberation.sitting
    cast = sum(one.pk in votes for one in sitting)
    is_told = bool(facing.hearing.verdict) or (bool(sitting) and cast == len(sitting))
    wanted = voted_by(facing.scheme)
    found = [one for one in deliberation.jury.findings if one.rule in wanted] if is_told else []
    shown = sitting if leads(facing.found) or facing.hearing.verdict else ()
    return Voices(
        rows=[
            Voice(
                member=one,
                has_voted=one.pk in votes,
                ballot=BALLOTS[votes[one.pk]] if is_told and one.pk in votes else "",
            )
            for one in shown
        ],
        cast=cast,
        total=len(sitting),
        is_told=is_told,
        own=BALLOTS[votes[seat.pk]] if seat and seat.pk in votes else "",
        findings=drawn_findings(found),
    )
