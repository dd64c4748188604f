"""From a certificate that a body issued to what a stranger verifies, and what becomes of it since."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from parchemin.edges.credentials import verify
from parchemin.edges.credentials.keeping import drawn_pair, issuer_document
from parchemin.records.awards.actions.changing import reinstate, revoke, suspend
from parchemin.records.awards.actions.issuing import correct_certificate, issue_statement
from parchemin.records.awards.actions.keys import replace_key
from parchemin.records.awards.models import Certificate, Credential, IssuerKey
from parchemin.records.journal.models import Entry
from tests.edges.awarding import SITE, keys_of, signed, statuses_of
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, checked, decided, given, housed, told
from tests.records.juries.bench import Bench
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, FEST, Cast

LATER = ISSUED_AT + timedelta(days=30)


@pytest.fixture
def issued(cast: Cast, bench: Bench) -> Certificate:
    (made,) = given(told(bench), cast.manager)
    return made


def said(certificate: Certificate, at: datetime = LATER, **known: Any) -> tuple[str, list[str]]:
    """What a stranger is answered, with the reasons."""
    content = Credential.objects.get(certificate=certificate).text.encode()
    told_by = {"keys": keys_of(certificate), "statuses": statuses_of(certificate, LATER), **known}
    found = verify(content, at=at, **told_by)
    return found.answer.value, [one.code for one in found.reasons]


def test_a_certificate_is_signed_once_and_verified_by_a_stranger(issued: Certificate) -> None:
    assert (signed(), signed()) == (1, 0)
    assert said(issued) == ("valid", [])
    badge = json.loads(issued.credential.text)
    assert badge["credentialSubject"]["achievement"]["name"] == issued.told["title"]
    assert badge["id"] == f"urn:uuid:{issued.pk}" and badge["issuer"]["name"] == issued.issuer.name
    assert issued.candidacy.candidate.email not in issued.credential.text
    assert said(issued, keys={})[0] == said(issued, statuses={})[0] == "unchecked"


def test_altered_by_a_letter_it_is_not_valid(issued: Certificate) -> None:
    signed()
    title = issued.told["title"]
    content = issued.credential.text.replace(title, title[:-1] + "é").encode()
    found = verify(content, keys=keys_of(issued), statuses=statuses_of(issued), at=LATER)
    assert found.answer == "not_valid" and "altered" in [one.code for one in found.reasons]


def test_revoked_suspended_reinstated_and_replaced_are_seen(cast: Cast, issued: Certificate) -> None:
    signed()
    act: dict[str, Any] = {"certificate": issued, "reason": "Motif fictif.", "by": cast.manager, "at": LATER}
    suspend(**act)
    assert said(issued)[0] == "not_valid"
    reinstate(**act)
    assert said(issued) == ("valid", [])
    casting.identified(cast.candidate, birth_name="Fictive-Exacte")
    checked(cast, cast.candidate)
    other = correct_certificate(**act, on=LATER.date())
    signed(LATER)
    assert said(issued)[0] == "not_valid" and said(other) == ("valid", [])
    revoke(**{**act, "certificate": other})
    assert said(other)[0] == "not_valid"


def test_a_block_has_its_own_credential(cast: Cast) -> None:
    housed(cast, ALTERNANCE)
    made = given(decided(cast, ALTERNANCE, "apprenticeship", "partial", ("B1", "B3"), "B2"), cast.manager)
    assert signed() == 2
    for one in made:
        assert said(one) == ("valid", [])
        achievement = json.loads(one.credential.text)["credentialSubject"]["achievement"]
        assert (achievement["name"], achievement["humanCode"]) == (one.told["title"], one.code)
    revoke(certificate=made[0], reason="Motif fictif.", by=cast.manager, at=LATER)
    assert (said(made[0])[0], said(made[1])[0]) == ("not_valid", "valid")


def test_a_temporary_one_ends_on_its_last_day(cast: Cast) -> None:
    housed(cast, FEST)
    (made,) = given(decided(cast, FEST, "continuing", "full", ("A1-C1",)), cast.manager)
    signed()
    ends = datetime.fromisoformat("2031-03-27T23:00:00+02:00")
    assert said(made, at=ends)[0] == "valid"
    assert said(made, at=ends + timedelta(hours=2))[0] == "not_valid"


def test_a_statement_certifies_nothing_and_has_none(cast: Cast) -> None:
    housed(cast, FEST)
    hearing = decided(cast, FEST, "continuing", "none", (), "A1-C1")
    issue_statement(hearing=hearing, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    assert signed() == 0 and not Credential.objects.exists()


def test_what_a_retired_key_signed_stays_good_and_what_a_lost_one_did_is_not_known(cast: Cast, bench: Bench) -> None:
    (issued,) = given(told(bench), cast.manager)
    signed()
    former = IssuerKey.objects.get()
    replaced: dict[str, Any] = {"organisation": issued.issuer, "draw": drawn_pair, "by": cast.manager}
    replace_key(**replaced, at=ISSUED_AT + timedelta(days=1))
    assert said(issued) == ("valid", [])
    replace_key(**replaced, at=ISSUED_AT + timedelta(days=2), is_lost=True)
    assert said(issued) == ("valid", [])
    IssuerKey.objects.filter(pk=former.pk).update(revoked_at=LATER)
    assert said(issued)[0] == "unchecked"
    document: Mapping[str, Any] = issuer_document(issued.issuer, SITE)
    assert len(document["verificationMethod"]) == 3 and len(document["assertionMethod"]) == 1
    told_of = [one.kind for one in Entry.objects.filter(kind__startswith="key.").order_by("number")]
    assert told_of == ["key.made", "key.retired", "key.made", "key.retired", "key.made"]


def test_seeds_are_sealed_at_rest(issued: Certificate) -> None:
    signed()
    with connection.cursor() as cursor:
        cursor.execute("SELECT seed FROM awards_issuerkey")
        (kept,) = cursor.fetchone()
    assert kept.startswith("v1:") and IssuerKey.objects.get().seed not in kept
