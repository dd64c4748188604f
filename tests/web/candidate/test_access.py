"""Who reads one's file: opened by an address, told by e-mail, closed at once, within limits."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.actions import closing, sharing
from parchemin.records.candidacies.models import Candidacy, FileAccess
from parchemin.records.people.models import Grant, Invitation, Person, Role
from tests.web import cast as casting
from tests.web.candidate.paths import read
from tests.web.cast import AT, ON, Cast

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
END = ON + timedelta(days=60)


@pytest.fixture(autouse=True)
def that_day() -> object:
    """The day the file was opened."""
    with time_machine.travel(AT, tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    return casting.opened(cast.candidate, cast.certification())


@pytest.fixture
def browser(cast: Cast, signed_in: SignedIn) -> Client:
    return signed_in(cast.candidate)


def page(row: Candidacy) -> str:
    return reverse("candidate:access", args=[row.pk])


def sent(email: str = "lucie@example.org", end: date = END, **changes: str) -> dict[str, str]:
    return {"email": email, "until_on": end.isoformat(), "is_understood": "on", **changes}


def test_the_file_page_leads_to_it(row: Candidacy, browser: Client) -> None:
    assert page(row) in read(browser.get(reverse("candidate:file", args=[row.pk])))
    text = read(browser.get(page(row)))
    assert "Personne d’autre ne lit votre dossier" in text
    assert "même celles que vous n’avez pas encore envoyées" in text


def test_somebody_with_an_account_reads_it_at_once_and_is_told(
    cast: Cast, row: Candidacy, browser: Client, signed_in: SignedIn
) -> None:
    guest = signed_in(cast.outsider)
    answer = browser.post(page(row), sent("Lucie@Example.org"), follow=True)
    assert "ouvert à Lucie@Example.org jusqu’au 1er mai 2026" in read(answer)
    (letter,) = mail.outbox
    assert letter.to == ["lucie@example.org"]
    assert "Odile Fictive" in letter.body and "1er mai 2026" in letter.body.replace("\u00a0", " ")
    (address,) = re.findall(r"https?://[^/]+(/suivi/\S+)", str(letter.body))
    assert guest.get(address).status_code == 200


def test_somebody_without_an_account_is_invited_and_reads_it_once_they_accept(
    cast: Cast, row: Candidacy, browser: Client, signed_in: SignedIn
) -> None:
    browser.post(page(row), sent("rose@example.org"))
    (letter,) = mail.outbox
    (address,) = re.findall(r"https?://[^/]+(/compte/invitation/\S+)", str(letter.body))
    door = read(Client().get(address))
    assert "Un dossier vous est ouvert" in door and row.number in door and "Odile Fictive" in door
    rose = casting.person("rose", "Rose", "Invitée")
    client = signed_in(rose)
    assert "Accepter et lire le dossier" in read(client.get(address))
    answer = client.post(address, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("followed:file", args=[row.pk])
    assert "Odile Fictive" in read(answer)
    assert not Grant.objects.filter(person=rose).exists()
    assert client.post(address).status_code == 410


def test_another_account_does_not_accept_it(cast: Cast, row: Candidacy, browser: Client, signed_in: SignedIn) -> None:
    browser.post(page(row), sent("rose@example.org"))
    (address,) = re.findall(r"https?://[^/]+(/compte/invitation/\S+)", str(mail.outbox[0].body))
    client = signed_in(cast.outsider)
    assert "envoyée à" in read(client.post(address))
    assert client.get(reverse("followed:file", args=[row.pk])).status_code == 404


def test_it_is_not_told_whether_an_address_has_an_account(cast: Cast, row: Candidacy, browser: Client) -> None:
    known, unknown = cast.outsider.email, "personne@example.org"
    pages = []
    for email in (known, unknown):
        text = read(browser.post(page(row), sent(email), follow=True))
        pages.append(re.sub(r"acces/\d+/|csrf\S+|value=\"\w{64}\"", "", text).replace(email, "X"))
        sharing.revoke_access(access=row.accesses.get(closed_at=None), by=cast.candidate, at=AT)
        row.accesses.all().delete()
    assert pages[0] == pages[1]
    assert cast.outsider.name not in pages[0]


def test_the_name_is_told_once_they_read_it(cast: Cast, row: Candidacy, browser: Client, signed_in: SignedIn) -> None:
    guest = signed_in(cast.outsider)
    browser.post(page(row), sent())
    assert "N’a pas encore lu" in read(browser.get(page(row)))
    guest.get(reverse("followed:file", args=[row.pk]))
    text = read(browser.get(page(row)))
    assert "Lucie Dehors" in text and "A lu votre dossier pour la première fois le 2 mars 2026" in text


def test_it_is_closed_at_once(cast: Cast, row: Candidacy, browser: Client, signed_in: SignedIn) -> None:
    guest = signed_in(cast.outsider)
    browser.post(page(row), sent())
    assert guest.get(reverse("followed:file", args=[row.pk])).status_code == 200
    access = row.accesses.get()
    address = reverse("candidate:close_access", args=[row.pk, access.pk])
    assert browser.get(address).status_code == 405
    assert "L’accès est fermé" in read(browser.post(address, follow=True))
    assert guest.get(reverse("followed:file", args=[row.pk])).status_code == 404
    assert "Accès terminés" in read(browser.get(page(row)))


def test_what_the_organisation_opened_is_shown_and_not_the_candidates_to_close(
    cast: Cast, row: Candidacy, browser: Client
) -> None:
    told: dict[str, Any] = {"role": Role.EVALUATOR, "by": cast.secretary, "at": AT, "on": ON, "until_on": END}
    access = sharing.grant_access(candidacy=row, person=cast.evaluator, **told)
    sharing.offer_access(candidacy=row, email="rose@example.org", **told)
    text = read(browser.get(page(row)))
    assert "Esther Spécimen" in text and "Ouvert par Commission fictive" in text
    assert "Une personne invitée par l’organisme" in text and "rose@example.org" not in text
    assert "Fermer l’accès" not in text
    assert browser.post(reverse("candidate:close_access", args=[row.pk, access.pk])).status_code == 404
    access.refresh_from_db()
    assert access.closed_at is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "odile@example.org"}, "la personne dont c’est le dossier"),
        ({"email": "pas une adresse"}, "adresse"),
        ({"end": ON - timedelta(days=1)}, "changez sa fin"),
        ({"end": ON + timedelta(days=400)}, "changez sa fin"),
        ({"is_understood": ""}, "Cochez la case"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_sent(
    row: Candidacy, browser: Client, changes: dict[str, Any], said: str
) -> None:
    answer = browser.post(page(row), sent(**changes))
    assert answer.status_code == 422
    assert said in read(answer)
    assert not mail.outbox and not FileAccess.objects.exists() and not Invitation.objects.exists()


def test_no_more_e_mails_go_out_than_a_day_allows(row: Candidacy, browser: Client) -> None:
    for _ in range(sharing.MOST_A_DAY):
        browser.post(page(row), sent())
    answer = browser.post(page(row), sent())
    assert answer.status_code == 422
    assert "continuez demain" in read(answer)
    assert len(mail.outbox) == sharing.MOST_A_DAY


def test_a_file_that_is_over_is_opened_to_nobody_more(cast: Cast, row: Candidacy, browser: Client) -> None:
    browser.post(page(row), sent())
    closing.withdraw_candidacy(candidacy=row, reason="", by=cast.candidate, at=AT, on=ON)
    assert "Ouvrir mon dossier" not in read(browser.get(page(row)))
    assert browser.post(page(row), sent("rose@example.org")).status_code == 422
    assert len(mail.outbox) == 1
