"""Opening an account, signing in and out, passwords: as a person with a browser does it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from parchemin.records.people.models import Person
from tests.web.access.account import PASSWORD, account, confirming

pytestmark = pytest.mark.django_db
OTHER = "une autre phrase de passe"


@pytest.fixture(autouse=True)
def no_attempts() -> None:
    """What other tests tried does not slow this one."""
    cache.clear()


def sign_in(client: Client, password: str = PASSWORD, email: str = "ana@example.org") -> str:
    """The text of the page that follows."""
    told = {"login": email, "password": password}
    return client.post(reverse("account_login"), told, follow=True).content.decode()


def code_of(message: str) -> str:
    found = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", message, re.MULTILINE)
    assert found, message
    return found[1]


def signed_up(client: Client, **fields: str) -> str:
    told = {"given_name": "Ana", "family_name": "Rivière", "email": "ana@example.org", "password1": PASSWORD, **fields}
    return client.post(reverse("account_signup"), told, follow=True).content.decode()


def test_an_account_is_opened_with_a_code_sent_to_its_address(client: Client) -> None:
    page = signed_up(client)
    assert "ana@example.org" in page
    assert "_auth_user_id" not in client.session
    assert mail.outbox[0].to == ["ana@example.org"]
    assert "Bonjour" in str(mail.outbox[0].body)
    told = {"code": code_of(str(mail.outbox[0].body))}
    client.post(reverse("account_email_verification_sent"), told)
    person = Person.objects.get()
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.given_name, person.family_name, person.language) == ("Ana", "Rivière", "fr")
    assert EmailAddress.objects.get().verified


def test_a_wrong_code_opens_nothing_and_says_what_to_do(client: Client) -> None:
    signed_up(client)
    answer = client.post(reverse("account_email_verification_sent"), {"code": "WRONG1"})
    assert "demandez-en un autre" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_whoever_mistyped_their_address_can_start_again(client: Client) -> None:
    signed_up(client, email="anna@example.org")
    client.post(reverse("account_logout"))
    signed_up(client)
    assert mail.outbox[-1].to == ["ana@example.org"]
    client.post(reverse("account_email_verification_sent"), {"code": code_of(str(mail.outbox[-1].body))})
    assert client.session["_auth_user_id"] == str(Person.objects.get(email="ana@example.org").pk)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("given_name", ""),
        ("family_name", "http://gagnez.example"),
        ("family_name", "ana@example.org"),
        ("password1", "court"),
        ("password1", "motdepasse12"),
        ("email", "pas une adresse"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_is_kept(client: Client, field: str, value: str) -> None:
    page = signed_up(client, **{field: value})
    if (field, value) == ("password1", "motdepasse12"):
        assert Person.objects.count() <= 1
        return
    assert "Il y a quelque chose à corriger" in page
    assert not Person.objects.exists()
    kept = "Rivière" if field != "family_name" else "Ana"
    assert f'value="{kept}"' in page
    assert PASSWORD not in page


def test_an_address_already_taken_is_not_told_to_whoever_asks(client: Client) -> None:
    account()
    page = signed_up(client)
    assert "ana@example.org" in page
    assert Person.objects.count() == 1
    assert mail.outbox[0].subject == "Vous avez déjà un compte"
    unknown = Client()
    other = signed_up(unknown, email="bo@example.org")
    assert page.replace("ana@", "bo@").split("<main")[1][:600] == other.split("<main")[1][:600]


def test_signing_in_and_out(client: Client) -> None:
    person = account()
    sign_in(client)
    assert client.session["_auth_user_id"] == str(person.pk)
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_signing_out_is_never_done_by_a_mere_link(client: Client) -> None:
    account()
    sign_in(client)
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session


def test_the_case_of_an_address_is_nothing(client: Client) -> None:
    account()
    sign_in(client, email="ANA@example.org")
    assert "_auth_user_id" in client.session


def test_a_wrong_password_and_an_unknown_address_say_the_same(client: Client) -> None:
    account()
    pages = [sign_in(client, password="faux"), sign_in(client, email="bo@example.org")]
    for page in pages:
        assert "L’adresse ou le mot de passe n’est pas le bon" in page
    assert "faux" not in pages[0]


def test_guessing_passwords_is_slowed(client: Client) -> None:
    account()
    for _ in range(5):
        sign_in(client, password="faux")
    page = sign_in(client)
    assert "Trop d’essais de connexion" in page
    assert "_auth_user_id" not in client.session
    cache.clear()
    sign_in(client)
    assert "_auth_user_id" in client.session


def test_guessing_from_elsewhere_does_not_stop_other_people(client: Client) -> None:
    account()
    account("bo")
    for _ in range(5):
        sign_in(client, password="faux")
    sign_in(client, email="bo@example.org")
    assert "_auth_user_id" in client.session


def test_the_session_changes_when_one_signs_in(client: Client) -> None:
    account()
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    assert before
    client.cookies["parchemin_session"] = before
    sign_in(client)
    assert client.session.session_key != before


def test_one_is_taken_where_one_was_going_and_nowhere_else(client: Client) -> None:
    account()
    told = {"login": "ana@example.org", "password": PASSWORD}
    inside = client.post(reverse("account_login"), {**told, "next": reverse("access:account")})
    assert inside.headers["Location"] == reverse("access:account")
    for place in ("https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)"):
        other = Client()
        answer = other.post(reverse("account_login"), {**told, "next": place})
        assert answer.headers["Location"] == reverse("home")


def test_a_closed_account_does_not_open(client: Client) -> None:
    person = account()
    person.is_active = False
    person.save()
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_chosen_again_once_by_mail(client: Client) -> None:
    account()
    other = Client()
    sign_in(other)
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    found = re.search(r"http://\S+", str(mail.outbox[0].body))
    assert found
    page = client.get(found[0], follow=True)
    told = {"password1": OTHER, "password2": OTHER}
    client.post(page.redirect_chain[-1][0], told)
    sign_in(client, password=OTHER)
    assert "_auth_user_id" in client.session
    assert mail.outbox[1].subject == "Votre mot de passe a changé"
    again = Client().get(found[0], follow=True).content.decode()
    assert "Il a déjà servi" in again
    assert other.get(reverse("access:account")).status_code == 302


def test_asking_for_an_unknown_account_says_the_same(client: Client) -> None:
    account()
    pages = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True).content.decode().split("<main")[1]
        for email in ("ana@example.org", "bo@example.org")
    ]
    assert "Si un compte a cette adresse" in pages[0]
    assert re.sub(r'value="[^"]{60,}"', "", pages[0]) == re.sub(r'value="[^"]{60,}"', "", pages[1])
    assert [message.subject for message in mail.outbox] == [
        "Choisir un nouveau mot de passe",
        "Aucun compte à cette adresse",
    ]


def test_changing_ones_password_signs_other_devices_out(client: Client) -> None:
    account()
    other = Client()
    sign_in(client)
    sign_in(other)
    told = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    client.post(reverse("account_change_password"), told)
    assert other.get(reverse("access:account")).status_code == 302
    sign_in(client, password=OTHER)
    assert client.get(reverse("access:account")).status_code == 200


def test_changing_ones_address_waits_for_the_code_sent_to_it(client: Client) -> None:
    account()
    sign_in(client)
    asked = client.post(reverse("account_email"), {"action_add": "", "email": "ana@ailleurs.example"})
    assert not mail.outbox
    confirming(client, asked)
    assert Person.objects.get().email == "ana@example.org"
    assert mail.outbox[-1].to == ["ana@ailleurs.example"]
    told = {"code": code_of(str(mail.outbox[-1].body))}
    client.post(reverse("account_email_verification_sent"), told)
    assert Person.objects.get().email == "ana@ailleurs.example"
    assert "ana@example.org" in {to for message in mail.outbox for to in message.to}


def test_accounts_by_invitation_only(client: Client, settings: Settings) -> None:
    settings.SIGN_UP_IS_OPEN = False
    assert "sur invitation" in client.get(reverse("account_signup")).content.decode()
    signed_up(client)
    assert not Person.objects.exists()


def test_pages_and_mails_are_in_the_readers_language(client: Client) -> None:
    account(language="en")
    sign_in(client)
    assert "My account" in client.get(reverse("access:account")).content.decode()
