"""A holder takes away every form of what they hold, and nobody else sees any."""

import base64
import io
import json
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.edges.credentials import Checked, carried, verify
from parchemin.edges.credentials.keeping import here, issuer_document, published_list
from parchemin.edges.registers import Proof, PublicKey
from parchemin.project.proving import prove
from parchemin.records.awards.actions.changing import revoke, suspend
from parchemin.records.awards.models import Certificate
from parchemin.records.people.models import Person
from parchemin.web.shared.clock import now
from tests.records.awards.bench import ISSUED_AT, decided, given, housed
from tests.web.cast import MASTER, Cast
from tests.web.secretariat.desk import words

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Person], Client]
SIGNED = ("credential", "token", "badge", "picture", "bundle", "chosen", "european")
FORMS = ("paper", *SIGNED)


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
    for name in ("paper", "badge", "picture"):
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
    assert statuses == [200, *(404 for _ in SIGNED)]


def test_the_menu_says_where_one_stands(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    def stands(who: Person, address: str) -> list[str]:
        nav = signed_in(who).get(address).context["page"].nav
        return [one.title for one in nav if one.is_current]

    holder, file = cast.candidate, issued.candidacy
    for address in (reverse("held:mine"), url("one", issued), reverse("held:shares", args=[issued.pk])):
        assert stands(holder, address) == ["Mes certificats"]
    for address in (
        reverse("candidate:home"),
        reverse("candidate:file", args=[file.pk]),
        reverse("pathway:home", args=[file.pk]),
    ):
        assert stands(holder, address) == ["Mes candidatures"]
    scheme = file.certification.scheme
    for address in (
        reverse("candidate:certification", args=[scheme]),
        reverse("schemes:certification", args=[scheme]),
    ):
        assert stands(holder, address) == ["Certifications"]
    assert stands(holder, reverse("access:account")) == stands(cast.manager, reverse("held:mine")) == []
    assert stands(cast.manager, reverse("candidate:home")) == ["Mes candidatures"]


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


def checked(content: bytes, row: Certificate) -> Checked:
    """What anybody finds with what is published."""
    document = issuer_document(row.issuer, here())
    lists = published_list(row.issuer, 0, here(), now())
    statuses = {lists["id"]: json.dumps(lists).encode()}
    return verify(content, keys={document["id"]: document}, statuses=statuses, at=now())


def test_what_is_signed_again_says_what_was_chosen_and_nothing_more(
    cast: Cast, issued: Certificate, signed_in: SignedIn
) -> None:
    prove(ISSUED_AT)
    client, kept = signed_in(cast.candidate), json.loads(Certificate.objects.get(pk=issued.pk).credential.text)
    minutes, deliberated = issued.told["decision"]["minutes"], issued.told["decision"]["deliberated_on"]
    assert minutes not in json.dumps(kept) and "evidence" not in kept
    for ticked, told in (
        ([], []),
        (["minutes"], [minutes]),
        (["decision", "results", "anything"], ["Date de la décision", "acquis"]),
    ):
        answer = client.get(url("chosen", issued), {"montrer": ticked})
        found = checked(answer.content, issued)
        assert (found.answer, found.reasons) == ("valid", ())
        made = json.loads(answer.content)
        shown = json.dumps(made.pop("evidence", []), ensure_ascii=False)
        assert {**made, "proof": 0} == {**kept, "proof": 0}
        assert all(one in shown for one in told) and (minutes in shown) == ("minutes" in ticked)
        assert (f"{deliberated[8:]}/{deliberated[5:7]}/{deliberated[:4]}" in shown) == ("decision" in ticked)


def test_the_token_says_the_same_as_the_credential(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    prove(ISSUED_AT)
    token = signed_in(cast.candidate).get(url("token", issued)).content
    found = checked(token, issued)
    kept = json.loads(Certificate.objects.get(pk=issued.pk).credential.text)
    assert (found.answer, found.reasons) == ("valid", ())
    assert found.credential == {name: value for name, value in kept.items() if name != "proof"}


def test_the_record_holds_every_certificate_of_the_body_that_is_not_over(
    cast: Cast, issued: Certificate, signed_in: SignedIn
) -> None:
    housed(cast, MASTER)
    others = given(decided(cast, MASTER, "student", "full", ("BC01",)), cast.manager)
    prove(ISSUED_AT)
    client, place = signed_in(cast.candidate), reverse("held:record", args=[issued.issuer_id])
    assert str(place) in client.get(reverse("held:mine")).content.decode()
    found = checked(client.get(place).content, issued)
    assert (found.answer, found.reasons) == ("valid", ())
    assert {one.answer for one in found.parts} == {"valid"}
    numbers = [one.credential["credentialSubject"]["licenseNumber"] for one in found.parts if one.credential]
    assert sorted(numbers) == sorted(one.number for one in (issued, *others))
    revoke(certificate=issued, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
    assert issued.number not in client.get(place).content.decode()
    for row in others:
        revoke(certificate=row, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
    assert client.get(place).status_code == 404
    for who in (cast.other_candidate, cast.manager):
        assert signed_in(who).get(place).status_code == 404


def test_the_european_file_has_the_page_and_the_blocks(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    prove(ISSUED_AT)
    made = json.loads(signed_in(cast.candidate).get(url("european", issued)).content)["credential"]
    (page,) = made["displayParameter"]["individualDisplay"]["displayDetail"]
    picture = base64.b64decode(page["image"]["content"])
    assert picture.startswith(b"\x89PNG") and len(picture) > 20_000
    achieved = made["credentialSubject"]["hasClaim"]
    assert achieved["title"]["fr"] == issued.told["title"] and achieved["identifier"]["notation"] == issued.number


def test_the_downloads_write_nothing(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    prove(ISSUED_AT)
    client = signed_in(cast.candidate)
    client.get(url("one", issued))
    for name in FORMS:
        with CaptureQueriesContext(connection) as questions:
            client.get(url(name, issued))
        assert not [one["sql"] for one in questions if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_nothing_is_held_yet(cast: Cast, signed_in: SignedIn) -> None:
    assert "Rien ne vous a encore été délivré" in words(signed_in(cast.candidate).get(reverse("held:mine")))
