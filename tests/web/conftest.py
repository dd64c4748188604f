"""What every test of pages starts from: the cast, a browser, and clients already signed in."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser

from parchemin.records.people.models import Person
from tests.web import cast as casting


@pytest.fixture
def cast(db: None) -> casting.Cast:
    """The cast of this test."""
    return casting.cast()


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """A client signed in as somebody."""

    def client(one: Person) -> Client:
        made = Client()
        made.force_login(one, backend="allauth.account.auth_backends.AuthenticationBackend")
        return made

    return client


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser, left as it was found."""
    yield chromium
    for context in chromium.contexts:
        context.close()
    connections.close_all()
