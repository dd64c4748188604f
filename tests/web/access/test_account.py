"""One's own account: names, language, devices, what is kept, closing it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from parchemin.records.people.actions.accrediting import accredit
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import Assurance, Person, Role
from parchemin.web.access.assurance import assurance_of
from parchemin.web.access.devices import title
from tests.records.people.people import AT, ON, administrator, organisation
from tests.records.people.test_identifying import told
from tests.web.access.account import account, confirmed, confirming, signed_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
HOME = "access:account"


def page(client: Client) -> str:
    return client.get(reverse(HOME)).content.decode()


def test_names_and_language_are_changed(client: Client) -> None:
    mine = signed_in(account())
    answer = mine.post(reverse(HOME), {"given_name": "Anaïs", "family_name": "Lac", "language": "en"})
    assert answer.status_code == 302
    who = Person.objects.get()
    assert (who.given_name, who.family_name, who.language) == ("Anaïs", "Lac", "en")
    assert 'lang="en"' in page(mine)


@pytest.mark.parametrize(("field", "value"), [("given_name", ""), ("family_name", "www.a.fr"), ("language", "xx")])
def test_what_cannot_be_kept_changes_nothing(field: str, value: str) -> None:
    mine = signed_in(account())
    told = {"given_name": "Anaïs", "family_name": "Lac", "language": "en", field: value}
    answer = mine.post(reverse(HOME), told)
    assert "Il y a quelque chose à corriger" in answer.content.decode()
    who = Person.objects.get()
    assert (who.given_name, who.language) == ("Ana", "fr")


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox sur Linux"),
        (IPHONE, "Safari sur iPhone"),
        (EDGE, "Edge sur Windows"),
        ("curl/8", "Navigateur inconnu"),
        ("", "Navigateur inconnu"),
    ],
)
def test_a_device_is_called_by_what_people_know(agent: str, words: str) -> None:
    assert title(agent) == words


def test_one_sees_ones_devices_and_signs_the_others_out() -> None:
    who = account()
    first, second, third = (signed_in(who, user_agent=agent) for agent in (FIREFOX, IPHONE, EDGE))
    for client in (first, second, third):
        page(client)
    text = page(first)
    assert text.index("Firefox sur Linux") < text.index("celui-ci") < text.index("Safari sur iPhone")
    gone = UserSession.objects.get(user_agent=IPHONE)
    first.post(reverse("access:end_device", args=[gone.pk]))
    assert second.get(reverse(HOME)).status_code == 302
    assert third.get(reverse(HOME)).status_code == 200
    first.post(reverse("access:end_devices"))
    assert third.get(reverse(HOME)).status_code == 302
    assert first.get(reverse(HOME)).status_code == 200


def test_nobody_ends_the_device_of_another() -> None:
    mine, other = signed_in(account()), signed_in(account("bo"))
    page(mine)
    page(other)
    theirs = UserSession.objects.get(user__email="bo@example.org")
    mine.post(reverse("access:end_device", args=[theirs.pk]))
    assert other.get(reverse(HOME)).status_code == 200
    own = UserSession.objects.get(user__email="ana@example.org")
    mine.post(reverse("access:end_device", args=[own.pk]))
    assert mine.get(reverse(HOME)).status_code == 200


def test_a_device_is_noted_every_five_minutes_at_most(
    django_assert_num_queries: DjangoAssertNumQueries, time_machine: TimeMachineFixture
) -> None:
    mine = signed_in(account())
    page(mine)
    before = UserSession.objects.get().last_seen_at
    page(mine)
    assert UserSession.objects.get().last_seen_at == before
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    page(mine)
    assert UserSession.objects.get().last_seen_at > before


def test_one_sees_ones_roles_and_what_would_protect_the_account() -> None:
    who, body = account(), organisation("Institut")
    text = page(signed_in(who))
    assert "Aucun rôle particulier" in text
    assert "Un mot de passe seul" not in text
    grant_role(person=who, role=Role.SECRETARY, organisation=body, at=AT, from_on=timezone.localdate())
    text = page(signed_in(who))
    assert "Institut" in text
    assert "Un mot de passe seul" in text


def test_the_page_asks_few_questions(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    who = account()
    for index in range(20):
        body = organisation(f"Institut {index}")
        grant_role(person=who, role=Role.SECRETARY, organisation=body, at=AT, from_on=timezone.localdate())
    mine = signed_in(who)
    page(mine)
    with django_assert_max_num_queries(25):
        page(mine)


def test_what_is_kept_can_be_taken_away_once_it_is_sure_who_asks() -> None:
    who = account()
    told(who, town="Lyon")
    mine = signed_in(who)
    asked = mine.get(reverse("access:portable"))
    assert asked.status_code == 302
    confirming(mine, asked)
    answer = mine.get(reverse("access:portable"))
    assert "attachment" in answer.headers["Content-Disposition"]
    kept = json.loads(answer.content)
    assert kept["account"]["email"] == "ana@example.org"
    assert kept["identity"]["town"] == "Lyon"
    assert kept["devices"][0]["device"]


def test_an_account_that_nothing_needs_is_closed_for_good() -> None:
    who = account()
    mine = signed_in(who)
    asked = mine.get(reverse("access:leave"))
    confirming(mine, asked)
    assert "Je comprends" in mine.get(reverse("access:leave")).content.decode()
    mine.post(reverse("access:leave"))
    assert Person.objects.get().erased_at is None
    assert "Il y a quelque chose" in mine.post(reverse("access:leave"), {"is_sure": ""}).content.decode()
    answer = mine.post(reverse("access:leave"), {"is_sure": "on"})
    assert "Votre compte est fermé" in answer.content.decode()
    kept = Person.objects.get()
    assert kept.erased_at
    assert "example.org" not in kept.email
    assert mine.get(reverse(HOME)).status_code == 302


def test_an_account_that_is_needed_says_what_for_and_stays() -> None:
    who = account()
    accredit(person=who, organisation=organisation(), scheme="fest", actor="evaluator", from_on=ON, at=AT)
    mine = signed_in(who)
    confirming(mine, mine.get(reverse("access:leave")))
    assert "une habilitation" in mine.get(reverse("access:leave")).content.decode()
    mine.post(reverse("access:leave"), {"is_sure": "on"})
    assert Person.objects.get().erased_at is None


def test_the_last_administrator_does_not_leave() -> None:
    mine = signed_in(confirmed(administrator()))
    confirming(mine, mine.get(reverse("access:leave")))
    answer = mine.post(reverse("access:leave"), {"is_sure": "on"})
    assert "au moins une personne à l’administration" in answer.content.decode()
    assert Person.objects.get().erased_at is None


def test_how_sure_one_is_of_who_acts(rf: Any) -> None:
    who = account()
    mine = signed_in(who)
    request = rf.get("/")
    request.session, request.user = mine.session, who
    assert assurance_of(request) is Assurance.PASSWORD
    session = mine.session
    session["account_authentication_methods"].append({"method": "mfa", "at": 1})
    request.session = session
    assert assurance_of(request) is Assurance.SECOND_FACTOR
    session["account_authentication_methods"].append({"method": "socialaccount", "at": 1})
    assert assurance_of(request) is Assurance.FEDERATED
    session["account_authentication_methods"] = []
    assert assurance_of(request) is Assurance.EMAIL
