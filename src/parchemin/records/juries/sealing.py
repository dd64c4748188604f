"""Fingerprints of what juries write, kept in the journal: a row changed behind its back is found."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from parchemin.records.candidacies.models import DecisionRecord
from parchemin.records.journal.models import Entry
from parchemin.records.journal.sealing import SEALS, fingerprint, key
from parchemin.records.journal.witnessing import Rewritten
from parchemin.records.juries.models import (
    Conclusion,
    Hearing,
    Holding,
    Incident,
    JurySession,
    Member,
    Minutes,
    Opinion,
    Signature,
    Tie,
    Vote,
)

SEALED: Mapping[type[Model], tuple[str, ...]] = {
    JurySession: (
        "number",
        "organisation_id",
        "certification_id",
        "jury",
        "starts_at",
        "place",
        "safeguards",
        "nomination_digest",
        "nominated_on",
        "nominated_by",
        "previous_college",
        "opened_at",
        "opening",
        "opening_reason",
        "drawn_at",
        "closed_at",
        "published_at",
        "cancelled_at",
        "cancellation",
    ),
    Member: (
        "session_id",
        "person_id",
        "seat",
        "college",
        "profiles",
        "is_external",
        "is_qualified",
        "gender",
        "substitutes_id",
        "is_chair",
        "presence",
    ),
    Incident: ("session_id", "hearing_id", "words", "is_fraud", "told_by_id", "told_at"),
    Hearing: (
        "session_id",
        "candidacy_id",
        "blocks",
        "prior_id",
        "appeal_id",
        "removed_at",
        "removal",
        "attested",
        "proposed",
        "ruled",
        "sat",
        "reopened",
        "verdict",
        "reason",
        "decided_at",
        "decided_by_id",
        "told_id",
        "notified_on",
    ),
    Tie: ("hearing_id", "member_id", "links", "known", "is_recused", "reason"),
    Opinion: ("hearing_id", "code", "is_granted", "reason"),
    Vote: ("hearing_id", "member_id", "ballot"),
    Minutes: (
        "session_id",
        "number",
        "corrects_id",
        "reason",
        "digest",
        "text",
        "drawn_at",
        "drawn_by_id",
        "dropped_at",
        "dropping_reason",
        "closed_at",
        "closed_by_id",
        "closing_reason",
    ),
    Signature: ("minutes_id", "member_id", "assurance", "signed_at"),
    Conclusion: (
        "minutes_id",
        "hearing_id",
        "verdict",
        "reason",
        "jury_record_id",
        "award_record_id",
        "concluded_on",
        "notify_until",
    ),
    Holding: (
        "candidacy_id",
        "hearing_id",
        "minutes_id",
        "code",
        "is_held",
        "assessed_on",
        "deliberated_on",
        "signed_on",
    ),
    DecisionRecord: (
        "candidacy_id",
        "stage",
        "answer",
        "outcome",
        "decision",
        "reason",
        "decided_on",
        "decided_at",
        "decided_by_id",
    ),
}
"""The columns that say what was decided, by whom, and on what."""
GONE = ""
CHUNK = 200
"""Rows read at once: those of one session are never all in memory, only their fingerprints are."""


def seal(row: Model) -> str:
    """The fingerprint of what that row says."""
    return fingerprint(row, SEALED[type(row)])


def seals(written: "tuple[Model, ...]", gone: "tuple[Model, ...]" = ()) -> dict[str, str]:
    """What the journal keeps of rows just written, and of those just deleted."""
    return {key(row): seal(row) for row in written} | dict.fromkeys(map(key, gone), GONE)


def rewritten() -> Iterator[Rewritten]:
    """Each row of a jury that is no longer what the journal says, that it does not know, or that is gone.

    One session after the other, those that the database no longer has included.
    """
    for session, number in JurySession.objects.order_by("number").values_list("pk", "number").iterator(CHUNK):
        yield from _rewritten(session, number)
    planned = Entry.objects.filter(kind="jury.session_planned").order_by("number").values_list("subject", "number")
    for subject, entry in planned.iterator(CHUNK):
        if subject is not None and not JurySession.objects.filter(pk=subject).exists():
            yield Rewritten("", f"jurysession:{subject}", entry)


def _rewritten(session: UUID, number: str) -> Iterator[Rewritten]:
    told: dict[str, tuple[str, int]] = {}
    entries = Entry.objects.filter(subject=session, kind__startswith="jury.").order_by("number")
    for entry in entries.iterator(CHUNK):
        told |= {name: (found, entry.number) for name, found in entry.details.get(SEALS, {}).items()}
    for rows in _rows(session):
        for row in rows.iterator(CHUNK):
            found, last = told.pop(key(row), (GONE, 0))
            if found != seal(row):
                yield Rewritten(number, key(row), last)
    for name, (found, last) in sorted(told.items()):
        if found != GONE:
            yield Rewritten(number, name, last)


def _rows(session: UUID) -> "tuple[QuerySet[Any], ...]":
    """The rows of a session, in an order that stays."""
    decisions = Q(concludes__minutes__session=session) | Q(awards__minutes__session=session)
    found = (
        JurySession.objects.filter(pk=session),
        Member.objects.filter(session=session),
        Incident.objects.filter(session=session),
        Hearing.objects.filter(session=session),
        Tie.objects.filter(hearing__session=session),
        Opinion.objects.filter(hearing__session=session),
        Vote.objects.filter(hearing__session=session),
        Minutes.objects.filter(session=session),
        Signature.objects.filter(minutes__session=session),
        Conclusion.objects.filter(minutes__session=session),
        Holding.objects.filter(minutes__session=session),
        DecisionRecord.objects.filter(decisions),
    )
    return tuple(rows.order_by("pk") for rows in found)
