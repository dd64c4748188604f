"""Anybody takes what it needs to verify by themselves, without a word about anybody."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from parchemin.edges.credentials import verify
from parchemin.edges.credentials.keeping import here
from parchemin.edges.registers import PublicKey, opened, verify_log
from parchemin.edges.registers.keeping import register_keys
from parchemin.project.proving import prove
from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.models import Certificate, RegisterEntry
from parchemin.web.shared.clock import now
from tests.records.awards.bench import ISSUED_AT
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db


def got(name: str, *given: Any) -> Any:
    return Client().get(reverse(f"register:{name}", args=given))


def taken(certificate: Certificate) -> Any:
    """What a stranger answers with only what is published."""
    badge = json.loads(certificate.credential.text)
    site = here()
    assert badge["issuer"]["id"] == site.issuer(certificate.issuer_id)
    document = got("issuer", certificate.issuer_id)
    assert document.headers["Content-Type"] == "application/did+json"
    place = badge["credentialStatus"]["statusListCredential"]
    path = place.removeprefix(site.address)
    status = Client().get(path)
    assert status.headers["Content-Type"] == "application/vc" and "max-age=300" in status.headers["Cache-Control"]
    return verify(
        certificate.credential.text.encode(),
        keys={badge["issuer"]["id"]: json.loads(document.content)},
        statuses={place: status.content},
        at=now(),
    )


def test_a_stranger_verifies_with_what_is_published_and_sees_a_revocation(cast: Cast, issued: Certificate) -> None:
    assert taken(issued).answer == "valid"
    revoke(certificate=issued, reason="Motif fictif.", by=cast.manager, at=ISSUED_AT)
    found = taken(issued)
    assert found.answer == "not_valid" and [one.code for one in found.reasons] == ["revoked"]


def test_the_whole_register_is_audited_from_outside(issued: Certificate) -> None:
    note = got("checkpoint").content
    (key,) = register_keys(here().register)
    lines = got("entries", 0).content.split(b"\n")[:-1]
    assert opened(note, [key]).size == len(lines) == 1
    assert verify_log(lines, [note], PublicKey.parse(str(key))).holds
    assert got("entries", 1).content == b""


def test_the_page_says_what_happened_and_names_nobody(cast: Cast, issued: Certificate) -> None:
    revoke(certificate=issued, reason="Motif fictif.", by=cast.manager, at=ISSUED_AT)
    prove(ISSUED_AT)
    page = got("home")
    text = page.content.decode()
    assert page.status_code == 200 and "Délivrance" in text and "Retrait" in text
    assert str(register_keys(here().register)[0]) in text.replace("&#x2B;", "+")
    secret = [issued.number, str(issued.pk), issued.candidacy.number, issued.candidacy.candidate.family_name, "Motif"]
    assert not [one for one in secret if one in text]


def test_so_many_lines_at_once_at_most(cast: Cast, issued: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    revoke(certificate=issued, reason="Motif fictif.", by=cast.manager, at=ISSUED_AT)
    prove(ISSUED_AT)
    monkeypatch.setattr("parchemin.web.register.views.MOST", 1)
    first, second = RegisterEntry.objects.values_list("content", flat=True)
    assert got("entries", 0).content.decode() == first + "\n"
    assert got("entries", 1).content.decode() == second + "\n"


def test_before_anything_is_awarded(cast: Cast) -> None:
    assert "Le registre est vide" in got("home").content.decode()
    assert got("checkpoint").status_code == 404
    assert got("issuer", cast.organisation.pk).status_code == 404
    assert got("statuses", cast.organisation.pk, 0).status_code == 404
    assert got("entries", 2**63).status_code == 404
