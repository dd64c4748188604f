"""The pages of evidence by role: no reader finds what they may not read, and what is typed is never lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.evidencing import ask_vouching
from parchemin.records.pathways.models import Evidence
from parchemin.records.people.models import Link, Person
from tests.records.pathways.kept import KIND, ZONE, evidence, filed
from tests.web.candidate.paths import fake, pdf, read
from tests.web.cast import AT, Cast
from tests.web.pathway import kept

SignedIn = Callable[[Person], Client]
READS: dict[str, tuple[Evidence.Zone, ...]] = {
    "candidate": (ZONE.PRIVATE, ZONE.SHARED, ZONE.SUBMITTED),
    "companion": (ZONE.SHARED, ZONE.SUBMITTED),
    "professional": (ZONE.SHARED, ZONE.SUBMITTED),
    "evaluator": (ZONE.SUBMITTED,),
    "secretary": (ZONE.SUBMITTED,),
    "manager": (ZONE.SUBMITTED,),
    "jury_member": (),
    "administrator": (),
    "outsider": (),
    "other_candidate": (),
    "other_secretary": (),
}
PAGES = ("evidence", "work", "work_synthesis", "home")


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the same day."""
    with time_machine.travel(kept.NOW, tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file followed and judged."""
    return kept.followed(cast)


def url(name: str, *args: object) -> str:
    return reverse(f"pathway:{name}", args=args)


def typed(**changes: Any) -> dict[str, Any]:
    told = {
        "title": "Bilan de séance", "words": "J’ai animé seule.", "codes": ["A1-C1"], "made_on": "2026-03-01",
        "author": "Odile Fictive",
    }  # fmt: skip
    return {**told, **changes}


@pytest.mark.parametrize("role", READS)
def test_no_answer_to_a_reader_holds_what_they_may_not_read(
    cast: Cast, row: Candidacy, signed_in: SignedIn, role: str
) -> None:
    found = kept.proved(row)
    client = signed_in(getattr(cast, role))
    for name in PAGES:
        response = client.get(url(name, row.pk))
        assert response.status_code == (200 if READS[role] else 404)
        text = read(response)
        for zone, one in found.items():
            is_told = one.title.replace("’", "'") in text.replace("’", "'")
            if zone not in READS[role]:
                assert not is_told, f"{name} tells {role} what is {zone}"
            elif name == "evidence":
                assert is_told, f"{name} hides from {role} what is {zone}"
    for zone, one in found.items():
        status = 200 if zone in READS[role] else 404
        assert client.get(url("one_evidence", row.pk, one.pk)).status_code == status
        asked = client.get(url("evidence", row.pk), {"zone": "private", "code": "A1-C1"})
        if ZONE.PRIVATE not in READS[role]:
            assert kept.SECRET not in asked.content.decode()


@pytest.mark.parametrize("role", [name for name in READS if name != "candidate"])
def test_nobody_else_does_anything_with_it(cast: Cast, row: Candidacy, signed_in: SignedIn, role: str) -> None:
    one = kept.proved(row)[ZONE.SHARED]
    client = signed_in(getattr(cast, role))
    addresses = [url("add_evidence", row.pk, "account")]
    addresses += [url(name, row.pk, one.pk) for name in ("change_evidence", "remove_evidence", "ask_vouching")]
    for address in (*addresses, url("move_evidence", row.pk, one.pk, "submitted")):
        assert client.get(address).status_code == 404
        assert client.post(address, typed(revision=one.revision)).status_code == 404


def test_the_candidate_adds_shares_and_submits(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    response = client.post(url("add_evidence", row.pk, "account"), typed(codes=["A1-C1", "A3-C1"]))
    one = Evidence.objects.get()
    assert response.headers["Location"] == url("one_evidence", row.pk, one.pk)
    for zone in ("shared", "submitted"):
        address = url("move_evidence", row.pk, one.pk, zone)
        assert client.get(address).status_code == 200
        revision = Evidence.objects.get().revision
        assert client.post(address, {"revision": revision}).status_code == 302
    assert Evidence.objects.get().zone == ZONE.SUBMITTED
    page = read(client.get(url("one_evidence", row.pk, one.pk)))
    assert "Elle ne change plus" in page
    assert client.get(url("change_evidence", row.pk, one.pk)).status_code == 404
    assert "2 compétences sur 19" in read(client.get(url("evidence", row.pk)))


def test_a_file_is_kept_with_its_fingerprint_and_downloaded(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    told = typed(file=pdf(name="bilan.pdf"))
    assert client.post(url("add_evidence", row.pk, "document"), told).status_code == 302
    one = Evidence.objects.get()
    assert (one.media_type, one.name) == ("application/pdf", "bilan.pdf")
    page = client.get(url("evidence_file", row.pk, one.pk))
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(page.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert signed_in(cast.companion).get(url("evidence_file", row.pk, one.pk)).status_code == 404


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("account", {"words": " "}, "Votre récit"),
        ("account", {"codes": []}, "sur quelles compétences"),
        ("account", {"made_on": "2027-01-01"}, "pas encore venue"),
        ("link", {"url": "pas une adresse"}, "n’est pas complète"),
        ("document", {}, "Choisissez un fichier"),
        ("document", {"file": fake}, "n’a pas été gardé"),
        ("photo", {"file": pdf}, "pas de la nature"),
    ],
)
def test_what_cannot_be_kept_says_why_and_loses_nothing(
    cast: Cast, row: Candidacy, signed_in: SignedIn, kind: str, changes: dict[str, Any], words: str
) -> None:
    told = {name: value() if callable(value) else value for name, value in changes.items()}
    response = signed_in(cast.candidate).post(url("add_evidence", row.pk, kind), typed(**told))
    assert response.status_code == 422
    assert words in read(response)
    assert "Bilan de séance" in read(response)
    assert not Evidence.objects.exists()


def test_what_was_changed_elsewhere_is_told_and_nothing_typed_is_lost(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    one, client = evidence(row, ZONE.PRIVATE, "A1-C1"), signed_in(cast.candidate)
    address = url("change_evidence", row.pk, one.pk)
    assert client.post(address, typed(revision=0, title="D’une fenêtre")).status_code == 302
    response = client.post(address, typed(revision=0, title="De l’autre fenêtre"))
    assert response.status_code == 409
    assert "De l’autre fenêtre" in read(response)
    assert client.post(address, typed(revision=1, title="De l’autre fenêtre")).status_code == 302
    assert Evidence.objects.get().title == "De l’autre fenêtre"


def test_a_companion_comments_and_the_judges_do_not_read_it(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    one = kept.proved(row)[ZONE.SHARED]
    address = url("one_evidence", row.pk, one.pk)
    client = signed_in(cast.companion)
    assert client.post(address, {"words": " "}).status_code == 422
    assert client.post(address, {"words": "Précisez le jour."}).status_code == 302
    assert "Précisez le jour." in read(signed_in(cast.candidate).get(address))
    assert signed_in(cast.candidate).post(address, {"words": "x"}).status_code == 404
    Evidence.objects.filter(pk=one.pk).update(zone=ZONE.SUBMITTED, submitted_at=AT)
    assert "Précisez le jour." not in read(signed_in(cast.evaluator).get(address))
    assert client.post(address, {"words": "Encore."}).status_code == 404


def test_somebody_vouches_for_it_by_a_link(cast: Cast, row: Candidacy, signed_in: SignedIn, client: Client) -> None:
    one, own = kept.proved(row)[ZONE.SHARED], signed_in(cast.candidate)
    address = url("ask_vouching", row.pk, one.pk)
    asked = {"bearer": "Rose Tutrice", "quality": "Tutrice", "email": "rose@example.org"}
    assert own.post(address, {**asked, "email": cast.candidate.email}).status_code == 422
    assert own.post(address, asked).status_code == 302
    secret = next(line for line in mail.outbox[-1].body.splitlines() if "/acte/" in line).split("/acte/")[1].strip("/")
    page = client.get(f"/acte/{secret}/")
    assert "Grille d’analyse partagée" in read(page)
    answer = {"words": "J’y étais.", "bearer": "Rose", "quality": "Tutrice", "is_sincere": "on"}
    assert client.post(f"/acte/{secret}/", {**answer, "fingerprint": "0" * 64}).status_code == 409
    assert client.post(f"/acte/{secret}/", {**answer, "fingerprint": one.sha256}).status_code == 200
    assert client.get(f"/acte/{secret}/").status_code == 410
    shown = read(own.get(url("one_evidence", row.pk, one.pk)))
    assert "J’y étais." in shown
    assert "Adresse e-mail contrôlée" in shown


def test_the_file_of_evidence_is_read_by_its_link_as_long_as_it_is_shared(
    cast: Cast, row: Candidacy, signed_in: SignedIn, client: Client
) -> None:
    one = filed(row, "A1-C1")
    own = signed_in(cast.candidate)
    own.post(url("move_evidence", row.pk, one.pk, "shared"), {"revision": 0})
    one.refresh_from_db()
    rose = {"email": "rose@example.org", "bearer": "Rose", "by": cast.candidate, "at": kept.NOW}
    _link, secret = ask_vouching(evidence=one, **rose)  # type: ignore[arg-type]
    given = client.get(f"/acte/{secret}/document/")
    assert b"".join(given.streaming_content) == b"%PDF"  # type: ignore[attr-defined]
    own.post(url("move_evidence", row.pk, one.pk, "private"), {"revision": 1})
    assert client.get(f"/acte/{secret}/document/").status_code == 410
    assert client.get(f"/acte/{secret}/").status_code == 410


def test_a_link_is_taken_back_by_its_candidate(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    one = kept.proved(row)[ZONE.SHARED]
    rose = {"email": "rose@example.org", "bearer": "Rose", "by": cast.candidate, "at": kept.NOW}
    link, _secret = ask_vouching(evidence=one, **rose)  # type: ignore[arg-type]
    address = url("revoke_link", row.pk, link.pk)
    assert signed_in(cast.companion).post(address).status_code == 404
    assert "Annuler ce lien" in read(signed_in(cast.candidate).get(url("one_evidence", row.pk, one.pk)))
    assert signed_in(cast.candidate).post(address).status_code == 302
    assert Link.objects.get(pk=link.pk).revoked_at


def test_five_hundred_pieces_ask_no_more_of_the_database_than_two(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    client, address = signed_in(cast.candidate), url("evidence", row.pk)
    for _n in range(2):
        evidence(row, ZONE.SHARED, "A1-C1", "A1-C2")

    def asked() -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get(address).status_code == 200
        return len(context)

    asked()
    few = asked()
    first = Evidence.objects.all()[0]
    made = Evidence.objects.bulk_create(
        Evidence(candidacy=row, title=f"Preuve {n}", kind=KIND.ACCOUNT, author="O", made_on=first.made_on, words="x",
                 sha256="0", added_at=AT)
        for n in range(498)
    )  # fmt: skip
    codes = first.codes.model
    codes.objects.bulk_create(codes(evidence=one, code="A2-C1") for one in made)
    assert asked() == few <= 25
    page = read(client.get(address))
    assert "1 à 50 sur 500" in page
