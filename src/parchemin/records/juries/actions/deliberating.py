"""Deciding on one candidate: what is granted, the voices, the decision; nothing of it has effect before the minutes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from parchemin.core.decision import MET, NOT_MET
from parchemin.core.facts import Ballot, Milestone, Sought
from parchemin.core.plain import decision_to_plain
from parchemin.core.proposing import Proposal
from parchemin.records.candidacies.models import Status
from parchemin.records.journal.canonical import plain
from parchemin.records.juries.actions.taking import note_jury, taken_hearing
from parchemin.records.juries.errors import JuryError, RuledOutError
from parchemin.records.juries.models import DECIDED, Hearing, Member, Opinion, State, Verdict, Vote
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.people.models import Person

PUT_OFF = (Verdict.DEFERRED, Verdict.VOID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What is said of one part; ``reason`` where it departs from what is proposed."""

    code: str
    is_granted: bool
    reason: str = ""


def tell_opinions(
    *,
    hearing: Hearing,
    opinions: Sequence[Granted],
    at: datetime,
    by: Person,
    attested: Collection[str] = (),
    revision: int | None = None,
) -> None:
    """What is about to be decided on each part is that, and the voices cast on anything else are gone.

    A part told twice is as told last. JuryError ``decided``, ``no_part`` for a part that is not to be decided.
    """
    with taken_hearing(hearing, revision, State.OPEN) as row:
        if row.verdict:
            raise JuryError("decided")
        deliberation = Deliberation(row, timezone.localdate(at))
        known = {part.code for part in deliberation.proposal.to_decide}
        if strange := [one.code for one in opinions if one.code not in known]:
            raise JuryError("no_part", part=strange[0])
        told = {one.code: one for one in opinions}
        former = tuple(row.opinions.all())
        is_same = {one.code: one.is_granted for one in former} == {one.code: one.is_granted for one in told.values()}
        gone = () if is_same else tuple(row.votes.all())
        row.opinions.all().delete()
        written = Opinion.objects.bulk_create(
            Opinion(hearing=row, code=one.code, is_granted=one.is_granted, reason=one.reason.strip())
            for one in told.values()
        )
        row.attested = sorted(set(attested) & (set(deliberation.to_attest) | set(row.attested)))
        details = {"hearing": row.pk.hex}
        note_jury(row.session, "opinions_told", at, by, details, written=(row, *written), gone=(*former, *gone))
        if gone:
            row.votes.all().delete()


def cast_vote(
    *, hearing: Hearing, member: Member, ballot: Ballot, at: datetime, by: Person, revision: int | None = None
) -> Vote:
    """The member's voice on what is about to be decided, as they saw it at ``revision``, in place of an earlier one.

    JuryError ``decided``, ``not_a_member``, ``not_present`` or ``recused`` for whoever does not deliberate on this
    candidate, ``undecided`` while nothing is proposed to the vote.
    """
    with taken_hearing(hearing, revision, State.OPEN, is_change=False) as row:
        if row.verdict:
            raise JuryError("decided")
        deliberation = Deliberation(row, timezone.localdate(at))
        _check_voter(deliberation, member)
        if not deliberation.opinions and (undecided := deliberation.undecided):
            raise JuryError("undecided", parts=", ".join(undecided))
        vote, _ = Vote.objects.update_or_create(
            hearing=row, member=member, defaults={"ballot": ballot.value, "cast_at": at}
        )
        note_jury(
            row.session, "voted", at, by, {"hearing": row.pk.hex, "person": member.person_id.hex}, written=(vote,)
        )
    return vote


def decide_hearing(
    *, hearing: Hearing, verdict: Verdict, at: datetime, by: Person, reason: str = "", revision: int | None = None
) -> None:
    """The jury decided so on this file; it takes effect with the minutes. Who sat and what the rules said is frozen.

    Four things are never let through: a jury that is not valid for this candidate, a vote that is not carried, words
    the rules want attested, and parts awarded where that is forbidden (RuledOutError ``invalid``, ``votes``,
    ``unattested``, ``partial``). Anything else that departs from the rules or the results is decided with a reason:
    RuledOutError ``award`` or JuryError ``differs`` without one. JuryError ``decided``, ``reason``, ``undecided``,
    ``whole`` or ``partly`` when the parts granted do not amount to that; ``inactive`` or ``not_transmitted`` for a file
    that the jury no longer has.
    """
    with taken_hearing(hearing, revision, State.OPEN) as row:
        if row.verdict:
            raise JuryError("decided")
        deliberation = Deliberation(row, timezone.localdate(at))
        if verdict in DECIDED:
            _check_file(deliberation)
            check_decision(deliberation, verdict, reason)
            row.proposed = plain_proposal(deliberation.proposal)
            row.ruled = plain_rules(deliberation, verdict)
        elif verdict in PUT_OFF and not reason.strip():
            raise JuryError("reason")
        row.sat = {str(member.pk): member.is_chair for member in deliberation.sitting}
        row.verdict, row.reason = verdict, reason.strip()
        row.decided_at, row.decided_by = at, by
        note_jury(row.session, "decided", at, by, {"hearing": row.pk.hex, "verdict": verdict.value}, written=(row,))


def reopen_hearing(*, hearing: Hearing, reason: str, at: datetime, by: Person, revision: int | None = None) -> None:
    """The jury deliberates again on this file before anything is signed; the voices cast are gone.

    What had been decided, and why it is taken up again, stay with the file and go into the minutes. JuryError
    ``reason`` without one, ``not_decided``.
    """
    if not reason.strip():
        raise JuryError("reason")
    with taken_hearing(hearing, revision, State.OPEN) as row:
        if not row.verdict:
            raise JuryError("not_decided")
        former = {"verdict": row.verdict, "reason": row.reason, "why": reason.strip()}
        row.reopened = [*row.reopened, plain({**former, "at": at, "by": by.pk})]
        row.verdict, row.reason, row.decided_at, row.decided_by = "", "", None, None
        row.proposed, row.ruled, row.sat = None, None, None
        votes = tuple(row.votes.all())
        note_jury(row.session, "reopened", at, by, {"hearing": row.pk.hex}, written=(row,), gone=votes)
        row.votes.all().delete()


def check_decision(deliberation: Deliberation, verdict: Verdict, reason: str) -> None:
    """RuledOutError or JuryError where that may not be decided, or not without a reason; nothing otherwise."""
    if deliberation.faults:
        raise RuledOutError("invalid", deliberation.jury)
    check_parts(deliberation, verdict, reason)
    if deliberation.to_attest:
        raise RuledOutError("unattested", deliberation.jury, statements=" ; ".join(deliberation.to_attest.values()))
    if deliberation.lacks_votes:
        raise RuledOutError("votes", deliberation.jury)
    if not deliberation.is_sound:
        raise RuledOutError("invalid", deliberation.jury)


def check_parts(deliberation: Deliberation, verdict: Verdict, reason: str) -> None:
    """The same of what is granted alone, whoever decides."""
    if undecided := deliberation.undecided:
        raise JuryError("undecided", parts=", ".join(undecided))
    if differing := deliberation.differing:
        raise JuryError("differs", parts=", ".join(differing))
    _check_amount(deliberation, verdict, is_reasoned=bool(reason.strip()))


def plain_proposal(proposal: Proposal) -> dict[str, Any]:
    """What was proposed, in JSON types, to be frozen with the decision."""
    parts = [
        {"code": one.code, "outcome": one.outcome.value, "ground": one.ground.value, "seen": one.seen}
        for one in proposal.parts
    ]
    return {"unit": proposal.unit, "award": proposal.award.value if proposal.award else None, "parts": parts}


def plain_rules(deliberation: Deliberation, verdict: Verdict) -> dict[str, Any]:
    """What the rules say of the jury and of that award, in JSON types, to be frozen with the decision."""
    award = deliberation.award(sought_by(verdict, deliberation.proposal))
    return {
        "jury": decision_to_plain(deliberation.jury),
        "award": decision_to_plain(award),
        "lacking": plain_lacking(deliberation, verdict),
    }


def plain_lacking(deliberation: Deliberation, verdict: Verdict) -> list[dict[str, str]]:
    """What everything still wants beside the parts, in JSON types; nothing where everything is awarded."""
    found = () if verdict is Verdict.FULL else deliberation.lacking
    return [{"rule": one.rule, "says": one.says, "seen": one.seen} for one in found]


def sought_by(verdict: Verdict, proposal: Proposal) -> Sought:
    """What the rules of award are asked about that decision: everything, or the parts acquired.

    Where parts are never awarded alone, awarding nothing is refusing everything.
    """
    is_whole = verdict is Verdict.NONE and proposal.may_be_partial is NOT_MET
    return Sought.FULL if is_whole or verdict is Verdict.FULL else Sought.PARTIAL


def _check_amount(deliberation: Deliberation, verdict: Verdict, *, is_reasoned: bool) -> None:
    """The decision is one that the parts granted make; where the rules would not have it so, it has a reason."""
    if verdict is Verdict.FULL and deliberation.amount is not Verdict.FULL:
        raise JuryError("whole")
    if verdict is Verdict.PARTIAL:
        if deliberation.proposal.may_be_partial is NOT_MET:
            raise RuledOutError("partial", deliberation.award(Sought.PARTIAL))
        if deliberation.amount is Verdict.NONE:
            raise JuryError("partly")
    if is_reasoned:
        return
    decision = deliberation.award(sought_by(verdict, deliberation.proposal))
    expected = deliberation.amount
    if verdict is Verdict.NONE:
        if expected is not Verdict.NONE:
            raise JuryError("reason")
    elif decision.outcome is not MET:
        raise RuledOutError("award", decision)
    elif verdict is Verdict.PARTIAL and expected is Verdict.FULL and deliberation.award(Sought.FULL).outcome is MET:
        raise JuryError("reason")


def _check_file(deliberation: Deliberation) -> None:
    """The jury still has the file, and its candidate still asks."""
    file = deliberation.hearing.candidacy
    if file.status != Status.ADMISSIBLE:
        raise JuryError("inactive", number=file.number, status=file.get_status_display())
    if Milestone.TRANSMITTED not in deliberation.facts.dates:
        raise JuryError("not_transmitted")


def _check_voter(deliberation: Deliberation, member: Member) -> None:
    if member.pk not in {one.pk for one in deliberation.members}:
        raise JuryError("not_a_member")
    if deliberation.hearing.ties.filter(member=member, is_recused=True).exists():
        raise JuryError("recused")
    if member.pk not in {one.pk for one in deliberation.sitting}:
        raise JuryError("not_present")
