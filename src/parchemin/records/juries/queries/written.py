"""What the minutes of a session say, as data: the same rows always give the same text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from parchemin.core import facts as core
from parchemin.records.journal.canonical import canonical, plain
from parchemin.records.juries.facts import opinions_of
from parchemin.records.juries.models import DECIDED, Hearing, JurySession, Member, Minutes, Verdict
from parchemin.records.juries.queries.sessions import Composed, members_of

FORMAT = "parchemin/minutes-1"
DECISION = (
    "hearing", "candidacy", "blocks", "prior", "verdict", "reason", "deliberated_on", "recused", "sat", "reopened",
    "proposed", "parts", "granted", "lacking", "votes", "attested", "jury", "award",
)  # fmt: skip
"""What minutes say of a candidate that is the decision itself; the rest only tells who they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What minutes say of one file: taken from what was decided, or put right afterwards.

    ``on`` is the day of the deliberation; ``jury`` and ``award`` are what the rules said then, in JSON types, None
    where nothing was decided of what is acquired; ``lacking`` is what everything still wanted beside the parts.
    """

    hearing: Hearing
    verdict: Verdict
    reason: str
    on: date
    opinions: tuple[core.Opinion, ...] = ()
    jury: Mapping[str, Any] | None = None
    award: Mapping[str, Any] | None = None
    lacking: Sequence[Mapping[str, str]] = ()

    @property
    def granted(self) -> tuple[str, ...]:
        """The parts newly held once this has effect."""
        is_awarded = self.verdict in (Verdict.FULL, Verdict.PARTIAL)
        return tuple(one.code for one in self.opinions if one.is_granted and is_awarded)


def ruled(hearings: Sequence[Hearing]) -> list[Ruled]:
    """What was decided on each of these, in their order, as it was frozen; nothing is worked out again."""
    return [_ruled(row) for row in hearings]


def _ruled(row: Hearing) -> Ruled:
    said = row.ruled if row.verdict in DECIDED and row.ruled else {}
    return Ruled(
        hearing=row,
        verdict=Verdict(row.verdict),
        reason=row.reason,
        on=day_of(row),
        opinions=opinions_of(row.opinions.all()) if said else (),
        jury=said.get("jury"),
        award=said.get("award"),
        lacking=said.get("lacking", ()),
    )


def day_of(row: Hearing) -> date:
    """The day the jury decided, or the day of the session while it has not."""
    return timezone.localdate(row.decided_at or row.session.starts_at)


def heard(session: JurySession) -> list[Hearing]:
    """The files of the agenda, each with what its deliberation reads, in a number of queries that does not grow.

    Their session is one object, read with its members.
    """
    members = Prefetch("members", Member.objects.select_related("person"))
    shared = JurySession.objects.select_related("certification", "organisation").prefetch_related(members)
    found = shared.get(pk=session.pk)
    rows = (
        session.hearings.filter(removed_at__isnull=True)
        .select_related("candidacy__certification", "candidacy__candidate")
        .prefetch_related("ties", "opinions", "votes", "incidents", "candidacy__accommodations")
    )
    hearings = list(rows.order_by("position", "pk"))
    for row in hearings:
        row.session = found
    return hearings


def text_of(session: JurySession, lines: Sequence[Ruled], at: datetime, corrects: Minutes | None, reason: str) -> str:
    """The JSON text of minutes: who sat, what was checked, and for each candidate what was decided and why."""
    composed = Composed(session, timezone.localdate(session.opened_at or session.starts_at))
    told = {
        "format": FORMAT,
        "session": _session(session),
        "scheme": str(composed.scheme.ref),
        "digest": composed.scheme.ref.digest,
        "title": composed.scheme.title,
        "drawn_at": at,
        "corrects": corrects.number if corrects else None,
        "reason": reason,
        "members": [_member(one) for one in members_of(session)],
        "opening": session.opening,
        "incidents": [
            {"words": one.words, "is_fraud": one.is_fraud, "hearing": one.hearing_id, "told_at": one.told_at}
            for one in session.incidents.all()
        ],
        "candidates": [line_of(one) for one in lines],
    }
    return canonical(plain(told))


def digest_of(text: str) -> str:
    """The SHA-256 of the text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def is_still(minutes: Minutes, session: JurySession) -> bool:
    """Whether the text is whole, and what was decided is what it says; those that correct others say it alone."""
    if digest_of(minutes.text) != minutes.digest:
        return False
    told = [_decision(line) for line in minutes.told["candidates"]]
    return minutes.corrects_id is not None or told == [_decision(plain(line_of(one))) for one in ruled(heard(session))]


def line_of(one: Ruled) -> Mapping[str, Any]:
    """What minutes say of one candidate."""
    row, file = one.hearing, one.hearing.candidacy
    told: dict[str, Any] = {
        "hearing": row.pk,
        "candidacy": file.pk,
        "number": file.number,
        "called": file.candidate.name,
        "route": file.route,
        "blocks": row.blocks,
        "prior": row.prior_id,
        "verdict": one.verdict.value,
        "reason": one.reason,
        "deliberated_on": one.on,
        "recused": [{"member": tie.member_id, "reason": tie.reason} for tie in row.ties.all() if tie.is_recused],
        "sat": sorted(row.sat or ()),
        "reopened": row.reopened,
        "accommodated": any(accommodation.state == "granted" for accommodation in file.accommodations.all()),
    }
    if one.verdict not in DECIDED:
        return told
    return told | {
        "proposed": row.proposed,
        "parts": [
            {"code": part.code, "is_granted": part.is_granted, "reason": part.reason or ""} for part in one.opinions
        ],
        "granted": list(one.granted),
        "lacking": list(one.lacking),
        "votes": dict(sorted(Counter(vote.ballot for vote in row.votes.all()).items())),
        "attested": row.attested,
        "jury": one.jury,
        "award": one.award,
    }


def _decision(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in DECISION if name in line}


def _session(session: JurySession) -> Mapping[str, Any]:
    return {
        "id": session.pk,
        "number": session.number,
        "body": session.organisation.name,
        "jury": session.jury,
        "starts_at": session.starts_at,
        "opened_at": session.opened_at,
        "opening_reason": session.opening_reason,
        "place": session.place,
        "room": session.room,
        "nominated_on": session.nominated_on,
        "nominated_by": session.nominated_by,
        "nomination_digest": session.nomination_digest,
    }


def _member(row: Member) -> Mapping[str, Any]:
    return {
        "id": row.pk,
        "person": row.person_id,
        "called": row.person.name,
        "seat": row.seat,
        "college": row.college,
        "is_chair": row.is_chair,
        "is_external": row.is_external,
        "is_qualified": row.is_qualified,
        "presence": row.presence,
        "told_at": row.told_at,
        "substitutes": row.substitutes_id,
    }
