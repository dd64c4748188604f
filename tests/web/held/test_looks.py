"""The pages of a holder are looked at as they would."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.project.proving import prove
from parchemin.records.awards.models import Certificate
from parchemin.records.people.models import Person
from tests.records.awards.bench import ISSUED_AT
from tests.web.cast import Cast
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_held(
    cast: Cast, issued: Certificate, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    prove(ISSUED_AT)
    pages = {"mine": reverse("held:mine"), "one": reverse("held:one", args=[issued.pk])}
    with page_of(browser, live_server, signed_in(cast.candidate)) as tab:
        for name, place in pages.items():
            tab.goto(live_server.url + place)
            looked_at(tab, f"held-{name}")
        tab.goto(live_server.url + reverse("held:shares", args=[issued.pk]))
        looked_at(tab, "held-shares")
        tab.get_by_role("button", name="Créer le lien").click()
        looked_at(tab, "held-shared")
        address = tab.locator("#address").inner_text()
        tab.goto(live_server.url + urlsplit(address).path)
        looked_at(tab, "verification-shared")
