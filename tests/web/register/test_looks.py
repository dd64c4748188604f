"""The page of the register is looked at as anybody would."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.project.proving import prove
from parchemin.records.awards.actions.changing import suspend
from parchemin.records.awards.models import Certificate
from parchemin.records.people.models import Person
from tests.records.awards.bench import ISSUED_AT
from tests.web.cast import Cast
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_register(
    cast: Cast, issued: Certificate, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    suspend(certificate=issued, reason="Motif fictif.", by=cast.manager, at=ISSUED_AT)
    prove(ISSUED_AT)
    with page_of(browser, live_server, signed_in(cast.outsider)) as tab:
        tab.goto(live_server.url + reverse("register:home"))
        looked_at(tab, "register")
