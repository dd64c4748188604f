"""Accounts that can sign in, and what people do to get in."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from parchemin.records.people.models import Person
from tests.records.people.people import person

PASSWORD = "une longue phrase de passe"


def account(name: str = "ana", **fields: Any) -> Person:
    """Somebody with a password, whose address is confirmed."""
    return confirmed(person(name, password=PASSWORD, **fields))


def confirmed(who: Person) -> Person:
    """The person, with a password and a confirmed address."""
    who.set_password(PASSWORD)
    who.save()
    EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    return who


def signed_in(who: Person, **headers: str) -> Client:
    """A browser in which that person signed in with their password."""
    cache.clear()
    client = Client(headers=headers)
    answer = client.post(reverse("account_login"), {"login": who.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def confirming(client: Client, asked: Any) -> Any:
    """What follows once the password was given again, as was asked."""
    place = urlsplit(asked.headers["Location"])
    assert place.path == reverse("account_reauthenticate")
    told = {"password": PASSWORD, "next": parse_qs(place.query)["next"][0]}
    return client.post(place.path, told)
