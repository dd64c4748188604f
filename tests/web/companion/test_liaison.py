"""A workplace tutor who has no account writes once in the liaison book, from the link that was asked for them."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.queries import entries_of
from parchemin.records.pathways.models import Liaison
from parchemin.records.people.models import Assurance, Link, Person
from tests.web.candidate.paths import read
from tests.web.cast import AT, Cast
from tests.web.pathway import apprentices

SignedIn = Callable[[Person], Client]
ROSE = {"bearer": "Rose Tutrice", "quality": "Cheffe d’atelier", "email": "rose@example.net"}
TOLD: dict[str, Any] = {
    "words": "Elle a animé seule l’accueil de douze alternants.", "about": ["B1"], "on": "2026-03-01",
    "bearer": "Rose Tutrice", "quality": "Cheffe d’atelier", "is_sincere": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the same day."""
    with time_machine.travel(AT + timedelta(hours=1), tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file under a contract whose tutor reads nothing of it."""
    row = apprentices.apprenticed(cast)
    apprentices.signed(cast, row, tutor_person=None)
    return row


def url(name: str, *args: object) -> str:
    return reverse(f"pathway:{name}", args=args)


def asked(client: Client, row: Candidacy) -> str:
    """The address of the link that was asked for and sent."""
    assert client.post(url("ask_liaison", row.pk), ROSE).status_code == 302
    return "/acte/" + mail.outbox[-1].body.split("/acte/")[1].split("/")[0] + "/"


@pytest.mark.parametrize("role", ["companion", "candidate", "secretary"])
def test_the_centre_or_the_apprentice_asks_and_the_tutor_writes_once(
    cast: Cast, row: Candidacy, signed_in: SignedIn, client: Client, role: str
) -> None:
    asking = signed_in(getattr(cast, role))
    form = read(asking.get(url("ask_liaison", row.pk)))
    assert "Denis Échantillon" in form and "Responsable pédagogique" in form, "the contract says who the tutor is"
    address = asked(asking, row)
    assert mail.outbox[-1].to == ["rose@example.net"] and "carnet de liaison" in mail.outbox[-1].body
    page = read(asking.get(url("alternance", row.pk)))
    assert "Un mot est demandé à Rose Tutrice" in page and url("ask_liaison", row.pk) not in page
    shown = read(client.get(address))
    assert "Odile Fictive" in shown and "B1 Conception" in shown
    done = client.post(address, TOLD)
    assert "c’est enregistré" in read(done) and "Adresse e-mail contrôlée" in read(done)
    entry = Liaison.objects.get()
    assert (entry.side, entry.about, entry.assurance, entry.author) == ("tutor", ["B1"], Assurance.EMAIL, None)
    assert (client.get(address).status_code, client.post(address, TOLD).status_code) == (410, 410)
    assert Liaison.objects.count() == 1
    page = read(signed_in(cast.candidate).get(url("alternance", row.pk)))
    assert "Signé par lien : Rose Tutrice, Cheffe d’atelier" in page and "Adresse e-mail contrôlée" in page
    assert entries_of(row.pk).filter(kind="candidacy.liaison_written").get().actor is None


def test_what_is_refused_loses_nothing_and_uses_no_link(
    cast: Cast, row: Candidacy, signed_in: SignedIn, client: Client
) -> None:
    address = asked(signed_in(cast.candidate), row)
    for changes, said in (
        ({"words": " "}, "obligatoire"),
        ({"on": "2026-03-09"}, "pas encore venu"),
        ({"about": ["B9"]}, "B9"),
        ({"is_sincere": ""}, "obligatoire"),
    ):
        refused = client.post(address, {**TOLD, **changes})
        assert refused.status_code == 422 and said in read(refused)
        assert changes.get("words") or "douze alternants" in read(refused)
    assert client.get(address).status_code == 200
    assert not Liaison.objects.exists() and Link.objects.get().used_at is None


def test_a_link_taken_back_expired_or_of_a_closed_file_opens_nothing(
    cast: Cast, row: Candidacy, signed_in: SignedIn, client: Client
) -> None:
    companion = signed_in(cast.companion)
    address = asked(companion, row)
    revoke = url("revoke_link", row.pk, Link.objects.get().pk)
    assert signed_in(cast.professional).post(revoke).status_code == 404
    assert "Annuler ce lien" not in read(signed_in(cast.secretary).get(url("alternance", row.pk)))
    back = companion.post(revoke)
    assert back.status_code == 302 and back["Location"] == url("alternance", row.pk)
    assert client.post(address, TOLD).status_code == 410
    address = asked(companion, row)
    with time_machine.travel(AT + timedelta(days=22)):
        late = client.post(address, TOLD)
        assert late.status_code == 410 and "sa date est passée" in read(late)
    Candidacy.objects.filter(pk=row.pk).update(status="refused")
    gone = client.get(address)
    assert gone.status_code == 410 and "Odile" not in read(gone), "a dead link names nobody"
    assert not Liaison.objects.exists()


def test_who_may_not_ask(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    address = url("ask_liaison", row.pk)
    for role in ("evaluator", "other_candidate", "other_secretary", "outsider", "administrator"):
        client = signed_in(getattr(cast, role))
        assert (client.get(address).status_code, client.post(address, ROSE).status_code) == (404, 404)
    row.contracts.update(tutor_person=cast.professional)
    for person in (cast.professional, cast.companion):
        client = signed_in(person)
        assert client.post(address, ROSE).status_code == 404, "a tutor who has an account writes with it"
        assert "Demander un mot au tuteur" not in read(client.get(url("alternance", row.pk)))
    row.contracts.all().delete()
    assert signed_in(cast.companion).get(address).status_code == 404
    assert not Link.objects.exists()


def test_a_link_that_may_not_be_sent_says_why_and_keeps_what_was_typed(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    companion, address = signed_in(cast.companion), url("ask_liaison", row.pk)
    own = companion.post(address, {**ROSE, "email": cast.candidate.email})
    assert own.status_code == 422 and "adresse du candidat" in read(own) and "Rose Tutrice" in read(own)
    asked(companion, row)
    twice = companion.post(address, ROSE)
    assert twice.status_code == 422 and "attend déjà une réponse" in read(twice)
    assert Link.objects.count() == 1
