"""Looking through somebody's eyes: their pages, nothing else, and it is written."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import TimeMachineFixture

from parchemin.records.journal.models import Entry
from parchemin.records.people.actions.granting import grant_role, revoke_grant
from parchemin.records.people.models import Person, Role
from tests.records.people.people import AT, administrator, organisation
from tests.web.access.account import account, confirmed, signed_in

pytestmark = pytest.mark.django_db


def start(client: Client, who: Person, reason: str = "Aide au dépôt") -> Any:
    return client.post(reverse("access:start_view_as", args=[who.pk]), {"reason": reason})


def account_page(client: Client) -> str:
    return client.get(reverse("access:account")).content.decode()


@pytest.fixture
def chief() -> Person:
    return confirmed(administrator())


@pytest.fixture
def looked() -> Person:
    """A secretary."""
    who = account()
    grant_role(person=who, role=Role.SECRETARY, organisation=organisation(), at=AT, from_on=timezone.localdate())
    return who


def test_one_sees_the_pages_of_the_other_and_says_so_on_each(chief: Person, looked: Person) -> None:
    mine = signed_in(chief)
    assert "Ana Rivière" in mine.get(reverse("access:start_view_as", args=[looked.pk])).content.decode()
    assert start(mine, looked).headers["Location"] == reverse("home")
    text = account_page(mine)
    assert "par les yeux de Ana Rivière" in text
    home = mine.get(reverse("home"))
    assert home.headers["Location"] == reverse("secretariat:queue")
    started = Entry.objects.get(kind="view_as.started")
    assert (started.actor, started.subject) == (chief.pk, looked.pk)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed_meanwhile(chief: Person, looked: Person, method: str) -> None:
    mine = signed_in(chief)
    start(mine, looked)
    told = {"given_name": "Eve", "family_name": "Noire", "language": "fr"}
    answer = getattr(mine, method)(reverse("access:account"), told)
    assert answer.status_code == 403
    assert "Rien n’a été changé" in answer.content.decode()
    assert not Person.objects.filter(given_name="Eve").exists()


def test_one_comes_back_and_it_is_written(chief: Person, looked: Person) -> None:
    mine = signed_in(chief)
    start(mine, looked)
    mine.post(reverse("access:stop_view_as"))
    assert "par les yeux" not in account_page(mine)
    assert Entry.objects.filter(kind="view_as.stopped", actor=chief.pk, subject=looked.pk).count() == 1
    mine.post(reverse("access:stop_view_as"))
    assert Entry.objects.filter(kind="view_as.stopped").count() == 1


def test_signing_out_ends_it_too(chief: Person, looked: Person) -> None:
    mine = signed_in(chief)
    start(mine, looked)
    assert mine.post(reverse("account_logout")).status_code == 302
    assert Entry.objects.filter(kind="view_as.stopped").count() == 1


def test_it_lasts_an_hour(chief: Person, looked: Person, time_machine: TimeMachineFixture) -> None:
    mine = signed_in(chief)
    start(mine, looked)
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    assert "par les yeux" not in account_page(mine)
    assert Entry.objects.filter(kind="view_as.stopped").count() == 1


def test_it_ends_when_the_role_is_taken_back(chief: Person, looked: Person) -> None:
    other = administrator("other")
    mine = signed_in(chief)
    start(mine, looked)
    revoke_grant(grant=chief.grants.get(), by=other, at=timezone.now())
    assert "par les yeux" not in account_page(mine)


def test_a_reason_is_asked_and_names_nobody(chief: Person, looked: Person) -> None:
    mine = signed_in(chief)
    assert "Il y a quelque chose à corriger" in start(mine, looked, "").content.decode()
    assert "adresse e-mail" in start(mine, looked, "écrit par ana@example.org").content.decode()
    assert not Entry.objects.filter(kind="view_as.started").exists()


def test_nobody_else_may(looked: Person) -> None:
    mine = signed_in(looked)
    other = account("bo")
    assert mine.get(reverse("access:start_view_as", args=[other.pk])).status_code == 404
    assert start(mine, other).status_code == 404
    assert Client().get(reverse("access:start_view_as", args=[other.pk])).status_code == 302


def test_administrators_are_not_looked_at(chief: Person) -> None:
    mine = signed_in(chief)
    assert "une autre personne de l’administration" in start(mine, administrator("other")).content.decode()
    assert "vos propres yeux" in start(mine, chief).content.decode()
