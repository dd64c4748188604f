"""Signing in with an OpenID Connect provider whose userinfo is a signed JWT, as ProConnect's is."""

import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey
from pytest_django import Settings

from parchemin.records.people.models import Assurance, Person
from parchemin.web.access.adapters import SocialAccountAdapter
from parchemin.web.access.assurance import assurance_of
from parchemin.web.access.federation.signed import verified_claims
from tests.web.access.account import PASSWORD, account, signed_in
from tests.web.access.provider import APP, CLIENT, ISSUER, KEY, OTHER_KEY, PERSON, Provider, Session
from tests.web.access.test_signing_in import code_of

pytestmark = pytest.mark.django_db
NAMES = {"given_name": "Ana", "family_name": "Rivière", "email": "ana@example.org"}


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Provider:
    cache.clear()
    made = Provider()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [APP]}
    }
    monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", lambda adapter: Session(made))
    return made


def there_and_back(client: Client, provider: Provider, process: str = "login", **spoilt: str) -> Any:
    """What follows once the provider recognised the person."""
    url = reverse("openid_connect_login", args=["proconnect"]) + f"?process={process}"
    asked = parse_qs(urlsplit(client.post(url).headers["Location"]).query)
    provider.nonce = spoilt.get("nonce", asked["nonce"][0])
    back = reverse("openid_connect_callback", args=["proconnect"])
    return client.get(back, {"code": "c", "state": spoilt.get("state", asked["state"][0])}, follow=True)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def known(provider: Provider) -> Person:
    """Somebody who already came through the provider."""
    who = account()
    SocialAccount.objects.create(user=who, provider="proconnect", uid="42", extra_data={})
    return who


def test_the_request_asks_what_the_settings_say_and_nothing_else(client: Client, provider: Provider) -> None:
    url = reverse("openid_connect_login", args=["proconnect"]) + "?scope=everything&auth_params=prompt%3Dnone"
    to = urlsplit(client.post(url).headers["Location"])
    asked = parse_qs(to.query)
    assert f"{to.scheme}://{to.netloc}{to.path}" == f"{ISSUER}/authorization"
    assert set(asked["scope"][0].split()) == {"openid", "given_name", "usual_name", "email", "siret"}
    assert asked["acr_values"] == ["eidas1"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 32
    assert len(asked["state"][0]) >= 16
    assert "prompt" not in asked


def test_a_new_person_is_named_by_the_provider_and_confirms_their_address(client: Client, provider: Provider) -> None:
    there_and_back(client, provider)
    assert not is_in(client)
    client.post(reverse("account_email_verification_sent"), {"code": code_of(str(mail.outbox[0].body))})
    assert is_in(client)
    who = Person.objects.get()
    assert (who.given_name, who.family_name, who.has_usable_password()) == ("Ana", "Rivière", False)
    assert EmailAddress.objects.get().verified
    assert "/jwks" in provider.asked
    assert "siret" not in str(SocialAccount.objects.get().extra_data)


def test_a_provider_that_does_not_say_the_name_lets_the_person_say_it(client: Client, provider: Provider) -> None:
    provider.claims = {"given_name": "", "usual_name": ""}
    page = there_and_back(client, provider)
    assert 'value="ana@example.org"' in page.content.decode()
    assert not Person.objects.exists()
    client.post(reverse("socialaccount_signup"), {**NAMES, "given_name": "Anaïs"})
    client.post(reverse("account_email_verification_sent"), {"code": code_of(str(mail.outbox[0].body))})
    assert is_in(client)
    assert Person.objects.get().given_name == "Anaïs"


def test_accounts_by_invitation_only_are_so_for_providers_too(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.SIGN_UP_IS_OPEN = False
    assert "sur invitation" in there_and_back(client, provider).content.decode()
    assert not Person.objects.exists()


def test_somebody_known_comes_in_and_the_level_is_told(client: Client, provider: Provider, rf: Any) -> None:
    who = known(provider)
    there_and_back(client, provider)
    assert is_in(client)
    request = rf.get("/")
    request.session, request.user = client.session, who
    assert assurance_of(request) is Assurance.FEDERATED


def test_the_identity_is_linked_to_the_account_one_has(provider: Provider) -> None:
    who = account()
    mine = signed_in(who)
    assert "Continuer avec ProConnect" in mine.get(reverse("socialaccount_connections")).content.decode()
    page = there_and_back(mine, provider, process="connect")
    assert not SocialAccount.objects.exists()
    mine.post(page.redirect_chain[-1][0], {"password": PASSWORD})
    assert SocialAccount.objects.get().user == who
    assert "ProConnect" in mine.get(reverse("access:account")).content.decode()


def test_an_address_is_not_enough_to_come_into_somebodys_account(client: Client, provider: Provider) -> None:
    account()
    there_and_back(client, provider)
    client.post(reverse("socialaccount_signup"), NAMES)
    assert not is_in(client)
    assert Person.objects.count() == 1
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "spoilt",
    [
        {"key": OTHER_KEY},
        {"claims": {"iss": "https://ailleurs.example"}},
        {"claims": {"aud": "another"}},
        {"claims": {"exp": int(time.time()) - 3600}},
        {"claims": {"sub": "43"}},
        {"id_claims": {"aud": "another"}},
        {"is_signed": False},
        {"token": "not.a.jwt"},
        {"token": ""},
    ],
    ids=lambda spoilt: next(iter(spoilt)),
)
def test_an_answer_that_is_not_sure_opens_nothing(client: Client, provider: Provider, spoilt: dict[str, Any]) -> None:
    known(provider)
    for name, value in spoilt.items():
        setattr(provider, name, value or " ")
    provider.is_signed = spoilt.get("is_signed", True)
    page = there_and_back(client, provider)
    assert not is_in(client)
    assert "La connexion n’a pas abouti" in page.content.decode()


@pytest.mark.parametrize("spoilt", [{"nonce": "another"}, {"state": "another"}])
def test_an_answer_to_another_request_opens_nothing(client: Client, provider: Provider, spoilt: dict[str, str]) -> None:
    known(provider)
    page = there_and_back(client, provider, **spoilt)
    assert not is_in(client)
    assert "La connexion n’a pas abouti" in page.content.decode()


def test_a_provider_that_is_not_in_the_settings_is_not_found(client: Client, provider: Provider) -> None:
    assert client.post(reverse("openid_connect_login", args=["another"])).status_code == 404


def test_without_a_provider_there_is_no_button(client: Client) -> None:
    assert "Par un autre service" not in client.get(reverse("account_login")).content.decode()


def test_with_one_there_is(client: Client, provider: Provider) -> None:
    assert "Continuer avec ProConnect" in client.get(reverse("account_login")).content.decode()


def claims(token: str, **changes: Any) -> dict[str, Any]:
    told = {"keys": KeySet([KEY]).as_dict(private=False), "issuer": ISSUER, "audience": CLIENT, **changes}
    return verified_claims(token, **told)


def test_the_claims_of_a_signed_userinfo_are_read() -> None:
    made = Provider()
    read = claims(made.signed(made.userinfo()))
    assert {name: read[name] for name in PERSON} == PERSON


def test_a_userinfo_signed_with_a_shared_secret_or_not_at_all_is_refused() -> None:
    shared = OctKey.import_key("s" * 32)
    told = Provider().userinfo()
    symmetric = jwt.encode({"alg": "HS256"}, told, shared)
    none = "eyJhbGciOiJub25lIn0." + symmetric.split(".")[1] + "."
    for token in (symmetric, none, json.dumps(told)):
        with pytest.raises(OAuth2Error):
            claims(token)


def test_two_clocks_may_differ_by_a_minute() -> None:
    told = Provider().userinfo()
    token = Provider().signed({**told, "exp": int(time.time()) - 30})
    assert claims(token)["sub"] == "42"
    with pytest.raises(OAuth2Error):
        claims(token, now=int(time.time()) + 120)
