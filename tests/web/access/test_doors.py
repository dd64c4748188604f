"""Doors that open with a secret: invitations, and the first administrator's."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from parchemin.records.people.actions.granting import invite, invite_first_administrator, revoke_invitation
from parchemin.records.people.models import Grant, Organisation, Person, Role
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.access.invitations import send_invitation
from tests.records.people.people import administrator, organisation
from tests.web.access.account import PASSWORD, account, signed_in

pytestmark = pytest.mark.django_db
FIRST = {"given_name": "Ana", "family_name": "Rivière", "email": "ana@example.org", "password": PASSWORD}


@pytest.fixture
def body() -> Organisation:
    cache.clear()
    return organisation("Institut des métiers")


def offered(body: Organisation, **fields: Any) -> str:
    """The address of an invitation to ana."""
    told = {"email": "ana@example.org", "role": Role.SECRETARY, "organisation": body, "at": timezone.now(), **fields}
    return reverse("access:invitation", args=[invite(**told)[1]])


def test_an_invitation_says_what_is_offered(body: Organisation, client: Client) -> None:
    page = client.get(offered(body, scheme="fest"))
    text = page.content.decode()
    assert "Secrétariat" in text
    assert "Institut des métiers" in text
    assert "fest" in text
    assert "Créer mon compte" in text
    assert "no-store" in page.headers["Cache-Control"]


def test_whoever_was_invited_opens_an_account_without_another_code(
    body: Organisation, client: Client, settings: Settings
) -> None:
    settings.SIGN_UP_IS_OPEN = False
    place = offered(body)
    page = client.get(place).content.decode()
    told = {"given_name": "Ana", "family_name": "Rivière", "email": "ana@example.org", "password1": PASSWORD}
    form = client.get(reverse("account_signup") + f"?next={place}").content.decode()
    assert 'value="ana@example.org"' in form
    assert f"next={place}" in page
    answer = client.post(reverse("account_signup"), {**told, "next": place})
    assert answer.headers["Location"] == place
    assert EmailAddress.objects.get().verified
    assert not Grant.objects.exists()
    assert client.post(place).headers["Location"] == reverse("home")
    standing = Standing.of(Person.objects.get(), timezone.localdate())
    assert standing.may(Action.SEE_FILE, organisation=body.pk)


def test_the_secret_of_one_address_confirms_no_other(body: Organisation, client: Client) -> None:
    place = offered(body)
    client.get(place)
    told = {"given_name": "Eve", "family_name": "Noire", "email": "eve@example.org", "password1": PASSWORD}
    client.post(reverse("account_signup"), {**told, "next": place})
    assert Person.objects.get().email == "ana@example.org"
    assert list(EmailAddress.objects.filter(verified=True).values_list("email", flat=True)) == ["ana@example.org"]


def test_an_account_one_has_takes_the_role_and_there_is_no_second(body: Organisation, client: Client) -> None:
    who, place = account(), offered(body)
    assert "Vous avez déjà un compte" in client.get(place).content.decode()
    mine = signed_in(who)
    assert "Accepter ce rôle" in mine.get(place).content.decode()
    assert mine.post(place).status_code == 302
    assert Person.objects.count() == 1
    assert Grant.objects.get().person == who
    assert mine.get(place).status_code == 410


def test_another_account_cannot_take_it_and_is_told_how(body: Organisation) -> None:
    place = offered(body)
    other = signed_in(account("bo"))
    for answer in (other.get(place), other.post(place)):
        assert answer.status_code == 200
        assert "ana@example.org" in answer.content.decode()
        assert "Se déconnecter pour prendre l’autre compte" in answer.content.decode()
    assert not Grant.objects.exists()


def test_nobody_takes_a_role_without_an_account(body: Organisation, client: Client) -> None:
    assert client.post(offered(body)).status_code == 200
    assert not Grant.objects.exists()


def test_a_link_that_no_longer_opens_says_why_and_names_nobody(body: Organisation, client: Client) -> None:
    late = offered(body, at=timezone.now() - timedelta(days=20))
    chief = administrator()
    invitation, secret = invite(email="ana@example.org", role=Role.COMPANION, organisation=body, at=timezone.now())
    revoke_invitation(invitation=invitation, by=chief, at=timezone.now())
    revoked = reverse("access:invitation", args=[secret])
    unknown = reverse("access:invitation", args=["nothing"])
    for place, words in ((late, "sa date est passée"), (revoked, "a été annulé"), (unknown, "n’existe pas")):
        answer = client.get(place)
        assert answer.status_code == 410
        assert words in answer.content.decode()
        assert "ana@" not in answer.content.decode()


@pytest.mark.parametrize(("language", "words"), [("fr", "Ouvrez ce lien"), ("en", "Open this link")])
def test_the_invitation_is_sent_in_the_readers_language(body: Organisation, language: str, words: str) -> None:
    who = account(language=language)
    invitation, secret = invite(
        email=who.email, role=Role.SECRETARY, organisation=body, by=administrator(), at=timezone.now()
    )
    send_invitation(invitation, secret)
    (message,) = mail.outbox
    assert message.to == ["ana@example.org"]
    assert words in message.body
    found = re.search(r"https?://\S+", str(message.body))
    assert found
    assert found[0].endswith(reverse("access:invitation", args=[secret]))


def test_the_first_administrator_needs_no_mail(client: Client) -> None:
    secret = invite_first_administrator(at=timezone.now())
    place = reverse("access:first_access", args=[secret])
    assert client.get(place).status_code == 200
    assert client.post(place, FIRST).headers["Location"] == reverse("home")
    person = Person.objects.get()
    assert client.session["_auth_user_id"] == str(person.pk)
    assert Standing.of(person, timezone.localdate()).has(Action.MANAGE_SETTINGS)
    assert signed_in(person).get(reverse("access:account")).status_code == 200
    assert Client().get(place).status_code == 410


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "bo@example.org"), ("email", "non"), ("password", "court"), ("given_name", ""), ("family_name", "a@b")],
)
def test_what_the_first_cannot_give_is_said_and_the_link_still_opens(client: Client, field: str, value: str) -> None:
    account("bo")
    place = reverse("access:first_access", args=[invite_first_administrator(at=timezone.now())])
    answer = client.post(place, {**FIRST, field: value})
    assert "Il y a quelque chose à corriger" in answer.content.decode()
    assert Person.objects.count() == 1
    assert client.post(place, FIRST).status_code == 302


def test_an_account_one_has_can_be_the_first_administrators() -> None:
    mine = signed_in(account())
    place = reverse("access:first_access", args=[invite_first_administrator(at=timezone.now())])
    assert "Prendre l’administration" in mine.get(place).content.decode()
    mine.post(place)
    assert Standing.of(Person.objects.get(), timezone.localdate()).has(Action.MANAGE_SETTINGS)


def test_the_first_door_closes_after_a_day_and_once_somebody_came(client: Client) -> None:
    late = invite_first_administrator(at=timezone.now() - timedelta(hours=25))
    answer = client.post(reverse("access:first_access", args=[late]), FIRST)
    assert answer.status_code == 410
    secret = invite_first_administrator(at=timezone.now())
    administrator()
    answer = client.post(reverse("access:first_access", args=[secret]), FIRST)
    assert "déjà ouverte" in answer.content.decode()
    assert Person.objects.count() == 1


def test_the_first_link_opened_as_an_invitation_leads_to_its_own_page(client: Client) -> None:
    secret = invite_first_administrator(at=timezone.now())
    answer = client.get(reverse("access:invitation", args=[secret]))
    assert answer.headers["Location"] == reverse("access:first_access", args=[secret])
