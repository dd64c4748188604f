"""Second factors: codes of an application, recovery codes, and their secrets at rest."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from parchemin.records.people.encrypted import opened
from parchemin.records.people.models import Person
from tests.web.access.account import PASSWORD, account, confirming, signed_in

pytestmark = pytest.mark.django_db


def code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return f"{hotp_value(secret, counter):06d}"


def activated(client: Client) -> str:
    """The secret of an application put in place through the pages."""
    confirming(client, client.get(reverse("mfa_activate_totp")))
    page = client.get(reverse("mfa_activate_totp"))
    secret: str = page.context["form"].secret
    assert secret in page.content.decode()
    assert "data:image/svg+xml" in page.content.decode()
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    return secret


@pytest.fixture
def who() -> Person:
    return account()


@pytest.fixture
def secret(who: Person) -> str:
    return activated(signed_in(who))


def half_way(**fields: Any) -> Client:
    """A browser whose password was right."""
    cache.clear()
    client = Client()
    answer = client.post(reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    return client


def test_with_an_application_the_password_is_not_enough(secret: str) -> None:
    client = half_way()
    assert "_auth_user_id" not in client.session
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Ce code n’est pas le bon" in page.content.decode()
    cache.clear()
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert "_auth_user_id" in client.session


def test_a_code_does_not_serve_twice(secret: str) -> None:
    cache.clear()
    once = code(secret)
    first, second = half_way(), Client()
    first.post(reverse("mfa_authenticate"), {"code": once})
    second.post(reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD})
    second.post(reverse("mfa_authenticate"), {"code": once})
    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_guessing_codes_is_slowed(secret: str) -> None:
    client = half_way()
    for _ in range(12):
        page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert "_auth_user_id" not in client.session
    assert "Trop d’essais" in page.content.decode()


def test_secrets_are_not_readable_in_the_tables(secret: str) -> None:
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in kept
    assert opened(kept, "mfa") == secret
    seed = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).data["seed"]
    assert opened(seed, "mfa")


def test_recovery_codes_serve_once(who: Person) -> None:
    mine = signed_in(who)
    activated(mine)
    page = mine.get(reverse("mfa_view_recovery_codes"))
    one = page.context["unused_codes"][0]
    assert one in page.content.decode()
    first, second = half_way(), half_way()
    first.post(reverse("mfa_authenticate"), {"code": one})
    second.post(reverse("mfa_authenticate"), {"code": one})
    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


@pytest.mark.django_db(transaction=True)
def test_the_owner_is_told_by_mail(who: Person) -> None:
    activated(signed_in(who))
    assert "Une application de codes protège votre compte" in [message.subject for message in mail.outbox]
    assert "Si ce n’était pas vous" in str(mail.outbox[0].body)


def test_the_application_is_taken_off(who: Person) -> None:
    mine = signed_in(who)
    activated(mine)
    assert mine.get(reverse("mfa_deactivate_totp")).status_code == 200
    mine.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert signed_in(who)


def test_putting_one_in_place_asks_who_one_is(who: Person) -> None:
    mine = signed_in(who)
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert mine.get(reverse(name)).headers["Location"].startswith(reverse("account_reauthenticate"))


def test_the_page_of_keys_holds_what_the_browser_needs_and_no_script(who: Person) -> None:
    mine = signed_in(who)
    confirming(mine, mine.get(reverse("mfa_add_webauthn")))
    page = mine.get(reverse("mfa_add_webauthn")).content.decode()
    assert "data-options=" in page
    assert "creation_options" in page
    assert "<script>" not in page
    options = Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["challenge"]


def test_a_key_that_is_none_opens_nothing(client: Client) -> None:
    account("bo")
    for told in ("", "{}", "[]", "null", '{"id": "x"}'):
        answer = client.post(reverse("mfa_login_webauthn"), {"credential": told})
        assert answer.status_code in (200, 302)
        assert "_auth_user_id" not in client.session
