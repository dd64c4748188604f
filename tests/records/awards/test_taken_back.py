"""Corrected minutes that come after a certificate: it is found, with what is to be done of it, until it is done."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.actions.issuing import correct_certificate, issue_statement
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.queries.taken_back import taken_back
from parchemin.records.candidacies.models import DecisionRecord
from parchemin.records.juries.models import Conclusion, Hearing, Holding, Minutes, Signature
from parchemin.records.people.models import Assurance
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, decided, given, housed
from tests.records.juries.bench import AFTER, DAY
from tests.web.cast import ALTERNANCE, FEST, Cast, person


def corrected(cast: Cast, hearing: Hearing, verdict: str, *, is_told: bool = True, **held: bool) -> Minutes:
    """Other minutes that correct the first ones of that file: its verdict, and the parts it then holds or not."""
    first, text = hearing.session.all_minutes.get(), json.dumps({"candidates": []})
    minutes = Minutes.objects.create(
        session=hearing.session,
        number=f"{first.number}-R",
        corrects=first,
        reason="Erreur fictive.",
        text=text,
        digest=sha256(text.encode()).hexdigest(),
        drawn_at=AFTER,
        drawn_by=cast.secretary,
    )
    member = hearing.session.members.get()
    Signature.objects.create(minutes=minutes, member=member, assurance=Assurance.PASSWORD, signed_at=AFTER)
    minutes.closed_at, minutes.closed_by = AFTER + timedelta(days=20), member.person
    minutes.save(update_fields=["closed_at", "closed_by"])
    said: dict[str, Any] = {"candidacy": hearing.candidacy, "answer": verdict, "outcome": "met", "decision": {}}
    records = {
        f"{stage}_record": DecisionRecord.objects.create(**said, stage=stage, decided_on=DAY, decided_at=AFTER)
        for stage in ("jury", "award")
    }
    made = Conclusion.objects.create(minutes=minutes, hearing=hearing, verdict=verdict, concluded_on=DAY, **records)
    for code, is_held in held.items():
        told = {"candidacy": hearing.candidacy, "hearing": hearing, "minutes": minutes, "code": code}
        Holding.objects.create(**told, is_held=is_held, deliberated_on=DAY, signed_on=DAY)
    if is_told:
        Hearing.objects.filter(pk=hearing.pk).update(told=made)
    return minutes


def found() -> list[tuple[str, str, bool]]:
    return [(one.certificate.code, one.minutes, one.is_over) for one in taken_back(Certificate.objects.all(), 20)]


def blocks(cast: Cast, *held: str) -> Hearing:
    housed(cast, ALTERNANCE)
    return decided(cast, ALTERNANCE, "apprenticeship", "partial", held, "B2")


def test_a_block_that_is_taken_back_is_to_be_revoked_and_the_other_corrected(cast: Cast) -> None:
    hearing = blocks(cast, "B1", "B3")
    first, third = given(hearing, cast.manager)
    assert found() == []
    minutes = corrected(cast, hearing, "partial", B3=False)
    assert sorted(found()) == [("B1", minutes.number, False), ("B3", minutes.number, True)]
    with pytest.raises(AwardError) as raised:
        correct_certificate(certificate=third, reason="x", by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    assert raised.value.code == "taken_back"
    newer = correct_certificate(certificate=first, reason="PV", by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    assert newer.told["decision"]["minutes"] == minutes.number
    revoke(certificate=third, reason="Bloc repris.", by=cast.manager, at=ISSUED_AT)
    assert found() == []


def test_a_whole_that_is_refused_in_the_end_is_to_be_revoked(cast: Cast) -> None:
    housed(cast, FEST)
    hearing = decided(cast, FEST, "continuing", "full", ("A1-C1",))
    given(hearing, cast.manager)
    minutes = corrected(cast, hearing, "none")
    assert found() == [("", minutes.number, True)]


def test_a_statement_after_which_everything_is_awarded_is_to_be_revoked(cast: Cast) -> None:
    housed(cast, FEST)
    hearing = decided(cast, FEST, "continuing", "none", ("A1-C1",), "A1-C2")
    issue_statement(hearing=hearing, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    minutes = corrected(cast, hearing, "full")
    assert found() == [("", minutes.number, True)]


def test_nothing_is_corrected_before_the_minutes_are_published(cast: Cast) -> None:
    hearing = blocks(cast, "B1")
    (made,) = given(hearing, cast.manager)
    corrected(cast, hearing, "partial", is_told=False)
    with pytest.raises(AwardError) as raised:
        correct_certificate(certificate=made, reason="x", by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    assert raised.value.code == "untold" and len(found()) == 1


def test_one_query_however_many_there_are(cast: Cast) -> None:
    housed(cast, ALTERNANCE)
    for name in ("rose", "lise", "igor"):
        who = person(name, name.title(), "Exemple")
        hearing = decided(cast, ALTERNANCE, "apprenticeship", "partial", ("B1",), "B2", who=who)
        given(hearing, cast.manager)
        corrected(cast, hearing, "none", B1=False)
    with CaptureQueriesContext(connection) as asked:
        assert len(found()) == 3
    assert len(asked) == 1
