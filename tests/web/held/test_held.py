"""A holder takes away every form of what they hold, and nobody else sees any."""

import io
import json
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from parchemin.edges.credentials import carried, verify
from parchemin.edges.registers import Proof, PublicKey
from parchemin.project.proving import prove
from parchemin.records.awards.actions.changing import revoke, suspend
from parchemin.records.awards.models import Certificate
from parchemin.records.people.models import Person
from parchemin.web.shared.clock import now
from tests.records.awards.bench import ISSUED_AT
from tests.web.cast import Cast
from tests.web.secretariat.desk import words

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Person], Client]
FORMS = ("paper", "credential", "badge", "bundle")


def url(name: str, row: Certificate) -> str:
    return reverse(f"held:{name}", args=[row.pk])


def test_what_is_held_is_listed_and_taken_away(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    prove(ISSUED_AT)
    client = signed_in(cast.candidate)
    assert issued.told["title"] in words(client.get(reverse("held:mine")))
    page = words(client.get(url("one", issued)))
    for said in (str(issued), "Valable", "27 mars 2026", "linkedin.com", f"/verifier/{issued}/"):
        assert said in page, said
    answers = {name: client.get(url(name, issued)) for name in FORMS}
    credential = Certificate.objects.get(pk=issued.pk).credential.text
    assert {one.status_code for one in answers.values()} == {200}
    assert all("attachment" in one.headers["Content-Disposition"] for one in answers.values())
    assert all(one.headers["Content-Security-Policy"].startswith("sandbox") for one in answers.values())
    for name in ("paper", "badge"):
        assert carried(answers[name].content) == credential
    assert answers["credential"].content.decode() == credential


def test_the_bundle_verifies_alone(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    prove(ISSUED_AT)
    content = signed_in(cast.candidate).get(url("bundle", issued)).content
    with ZipFile(io.BytesIO(content)) as folder:
        files: dict[str, Any] = {name: folder.read(name) for name in folder.namelist()}
    document, status = json.loads(files["did.json"]), json.loads(files["liste-etat.json"])
    found = verify(
        files["preuve.json"],
        keys={document["id"]: document},
        statuses={status["id"]: files["liste-etat.json"]},
        at=now(),
    )
    assert (found.answer, found.reasons) == ("valid", ())
    keys = [PublicKey.parse(line) for line in files["registre-cles.txt"].decode().splitlines()]
    proof = Proof.parse(files["registre-preuve.tlog-proof"])
    assert proof.verified(files["registre-ligne.json"], keys).size == 1
    assert "parchemin credential verify" in files["LISEZMOI.txt"].decode()


def test_before_it_is_signed_only_the_paper_is_there(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    assert "arrive dans la minute" in words(client.get(url("one", issued)))
    statuses = [client.get(url(name, issued)).status_code for name in FORMS]
    assert statuses == [200, 404, 404, 404]


def test_nobody_else_reads_it(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    prove(ISSUED_AT)
    for who in (cast.other_candidate, cast.outsider, cast.secretary, cast.manager, cast.jury_member):
        client = signed_in(who)
        assert {client.get(url(name, issued)).status_code for name in ("one", *FORMS)} <= {403, 404}
        assert issued.number not in client.get(reverse("held:mine")).content.decode()
    assert {Client().get(url(name, issued)).status_code for name in ("one", *FORMS)} == {302}


def test_what_was_revoked_is_no_longer_taken_away(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    prove(ISSUED_AT)
    client, act = signed_in(cast.candidate), {"certificate": issued, "by": cast.manager, "at": ISSUED_AT}
    suspend(**act, reason="Motif fictif.")  # type: ignore[arg-type]
    page = words(client.get(url("one", issued)))
    assert "Suspendu" in page and "linkedin" not in page and client.get(url("paper", issued)).status_code == 200
    revoke(**act, reason="Fraude fictive.")  # type: ignore[arg-type]
    page = words(client.get(url("one", issued)))
    assert "Retiré" in page and "ne vaut plus" in page and "Fraude fictive" not in page
    assert {client.get(url(name, issued)).status_code for name in FORMS} == {404}


def test_nothing_is_held_yet(cast: Cast, signed_in: SignedIn) -> None:
    assert "Rien ne vous a encore été délivré" in words(signed_in(cast.candidate).get(reverse("held:mine")))
