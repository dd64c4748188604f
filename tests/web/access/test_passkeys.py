"""Passkeys in a real browser, with an authenticator that answers as a phone would."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Browser, Page

from parchemin.records.people.models import Person
from tests.web.access.account import PASSWORD, account

PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ana(transactional_db: None) -> Person:
    cache.clear()
    return account()


@pytest.fixture
def page(ana: Person, chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A page of a browser that has a phone at hand, where nothing goes wrong."""
    context = chromium.new_context(base_url=live_server.url, locale="fr-FR")
    opened, wrong = context.new_page(), []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    session = context.new_cdp_session(opened)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    yield opened
    context.close()
    assert wrong == []


def give_password(page: Page) -> None:
    page.goto(reverse("account_login"))
    page.fill("[name=login]", "ana@example.org")
    page.fill("[name=password]", PASSWORD)
    page.click("main form .primary")


def add_key(page: Page, *, is_alone: bool) -> None:
    page.goto(reverse("mfa_add_webauthn"))
    page.fill("[name=password]", PASSWORD)
    page.click("main form .primary")
    page.fill("[name=name]", "téléphone")
    page.set_checked("[name=passwordless]", is_alone)
    page.click("form[data-passkey] .primary")
    page.wait_for_url("**" + reverse("mfa_view_recovery_codes"))


def leave(page: Page) -> None:
    page.goto(reverse("account_logout"))
    page.click("main form .primary")
    page.wait_for_url("**" + reverse("account_login"))


def is_in(page: Page) -> bool:
    page.goto(reverse("access:account"))
    return page.url.endswith(reverse("access:account"))


def test_a_key_replaces_the_password(page: Page, ana: Person) -> None:
    give_password(page)
    add_key(page, is_alone=True)
    assert Authenticator.objects.filter(user=ana, type=Authenticator.Type.WEBAUTHN).count() == 1
    leave(page)
    page.click("form[data-passkey] button")
    page.wait_for_url(lambda url: "login" not in url)
    assert is_in(page)


def test_a_key_is_a_second_factor(page: Page) -> None:
    give_password(page)
    add_key(page, is_alone=False)
    leave(page)
    give_password(page)
    page.wait_for_url("**" + reverse("mfa_authenticate"))
    page.click("form[data-passkey] button")
    page.wait_for_url(lambda url: "2fa" not in url)
    assert is_in(page)


def test_a_key_that_is_of_nobody_says_what_to_do(page: Page) -> None:
    page.goto(reverse("account_login"))
    page.route("**" + reverse("mfa_login_webauthn"), lambda route: route.fulfill(status=200, body="{}"))
    page.click("form[data-passkey] button")
    assert "prenez un autre moyen" in page.inner_text("[data-passkey-failed]:visible")
