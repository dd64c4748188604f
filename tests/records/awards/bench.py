"""Files of the cast that a jury decided and whose candidates know, ready to be given their certificates."""

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from parchemin.records.awards.actions.issuing import issue
from parchemin.records.awards.models import Certificate, House
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from parchemin.records.juries.actions import composing
from parchemin.records.juries.actions.composing import Planned
from parchemin.records.juries.actions.publishing import publish_results
from parchemin.records.juries.models import (
    Conclusion,
    Hearing,
    Holding,
    JurySession,
    Minutes,
    Opinion,
    Signature,
)
from parchemin.records.people.actions.identifying import check_identity
from parchemin.records.people.models import Assurance, CivilIdentity, Person
from tests.records.juries.bench import AFTER, DAY, PREPARED, SESSION, Bench, transmitted
from tests.web.cast import FEST, Cast, identified, opened

ISSUED_ON = date(2026, 3, 27)
ISSUED_AT = AFTER + timedelta(days=7)
AGAIN_ON = date(2031, 2, 14)
AGAIN_AT = datetime(2031, 2, 14, 10, tzinfo=UTC)
"""A month and a half before the end of what was issued for five years."""


def housed(cast: Cast, scheme: str, **changes: Any) -> House:
    """How the cast's body signs the certificates of that certification."""
    told = {"place": "Paris", "signatory": "Camille Fictive", "signatory_title": "Présidente", **changes}
    certification = cast.certification(scheme)
    return House.objects.create(
        organisation=cast.organisation, certification=certification, **{"issuer": cast.organisation, **told}
    )


def checked(cast: Cast, person: Person) -> None:
    """Somebody compared that identity with a document."""
    identity = CivilIdentity.objects.get(person=person)
    check_identity(identity=identity, is_checked=True, by=cast.secretary, at=AFTER)


def told(bench: Bench, **decided: Any) -> Hearing:
    """A file of the CQP heard to its end, its candidate told and their identity checked."""
    row = transmitted(bench.cast)
    (hearing,) = bench.closed(row, **decided)
    publish_results(session=bench.session, at=AFTER, on=DAY, by=bench.cast.secretary)
    checked(bench.cast, row.candidate)
    return Hearing.objects.get(pk=hearing.pk)


def given(hearing: Hearing, by: Person, awarded_on: date = ISSUED_ON) -> tuple[Certificate, ...]:
    """What it gives right to, issued a week after the session."""
    return issue(hearing=hearing, awarded_on=awarded_on, by=by, at=ISSUED_AT, on=ISSUED_ON)


def temporary(cast: Cast, who: Person | None = None) -> Certificate:
    """A certificate for five years, to 27 March 2031."""
    if not House.objects.filter(certification=cast.certification(FEST)).exists():
        housed(cast, FEST)
    (made,) = given(decided(cast, FEST, "continuing", "full", ("A1-C1",), who=who), cast.manager)
    return made


def again(cast: Cast, who: Person | None = None) -> Certificate:
    """Another of the same, on a new file judged anew, a month and a half before the end of the first."""
    hearing = decided(cast, FEST, "continuing", "full", ("A1-C1",), who=who)
    (made,) = issue(hearing=hearing, awarded_on=AGAIN_ON, by=cast.manager, at=AGAIN_AT, on=AGAIN_ON)
    return made


def decided(
    cast: Cast,
    scheme: str,
    route: str,
    verdict: str,
    held: tuple[str, ...],
    *others: str,
    who: Person | None = None,
    session: JurySession | None = None,
    row: Candidacy | None = None,
) -> Hearing:
    """A file of any certification as if its jury had decided so and everybody knew; no rule was asked anything.

    ``held`` are the parts granted, ``others`` those that were not; the candidate of the cast applies unless ``who``
    does, before a session of its own unless there is one. ``row`` is the file, if it is open already.
    """
    names = {"birth_name": who.family_name, "first_names": [who.given_name]} if who else {}
    candidate = identified(who or cast.candidate, **names)
    row = row or opened(candidate, cast.certification(scheme), route)
    checked(cast, row.candidate)
    Candidacy.objects.filter(pk=row.pk).update(status="admissible", identity={})
    session = session or composing.plan_session(
        organisation=cast.organisation,
        certification=row.certification,
        jury=next(iter(Judged(row, DAY).scheme.juries)),
        planned=Planned(starts_at=SESSION),
        at=PREPARED,
        by=cast.secretary,
    )
    chair, _new = session.members.get_or_create(person=cast.jury_member, is_chair=True, presence="present")
    said = {"decided_at": SESSION, "decided_by": cast.secretary, "sat": {}, "proposed": {}, "ruled": {}}
    position = session.hearings.count() + 1
    hearing = Hearing.objects.create(session=session, candidacy=row, position=position, verdict=verdict, **said)
    Opinion.objects.bulk_create(
        Opinion(hearing=hearing, code=code, is_granted=code in held) for code in (*held, *others)
    )
    conclusion = _concluded(cast, hearing, chair)
    Holding.objects.bulk_create(
        Holding(
            candidacy=row,
            hearing=hearing,
            minutes=conclusion.minutes,
            code=code,
            deliberated_on=DAY,
            signed_on=DAY,
        )
        for code in held
    )
    Hearing.objects.filter(pk=hearing.pk).update(told=conclusion, notified_on=DAY)
    return Hearing.objects.select_related("session", "candidacy").get(pk=hearing.pk)


def _concluded(cast: Cast, hearing: Hearing, chair: Any) -> Conclusion:
    minutes = hearing.session.all_minutes.first() or _minuted(cast, hearing.session, chair)
    records = {name: _record(hearing, stage) for name, stage in (("jury_record", "jury"), ("award_record", "award"))}
    return Conclusion.objects.create(
        minutes=minutes, hearing=hearing, verdict=hearing.verdict, concluded_on=DAY, **records
    )


def _minuted(cast: Cast, session: JurySession, chair: Any) -> Minutes:
    text = json.dumps({"candidates": []})
    minutes = Minutes.objects.create(
        session=session,
        number=f"PV2026-{9001 + Minutes.objects.count()}",
        text=text,
        digest=sha256(text.encode()).hexdigest(),
        drawn_at=AFTER,
        drawn_by=cast.secretary,
    )
    Signature.objects.create(minutes=minutes, member=chair, assurance=Assurance.PASSWORD, signed_at=AFTER)
    minutes.closed_at, minutes.closed_by = AFTER, chair.person
    minutes.save(update_fields=["closed_at", "closed_by"])
    return minutes


def _record(hearing: Hearing, stage: str) -> DecisionRecord:
    return DecisionRecord.objects.create(
        candidacy=hearing.candidacy,
        stage=stage,
        answer=hearing.verdict,
        outcome="met",
        decision={},
        decided_on=DAY,
        decided_at=AFTER,
    )
