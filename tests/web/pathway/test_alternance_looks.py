"""An alternance in a browser, at 1280 and 375 pixels, for each of its sides."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.people.models import Person
from tests.web import cast as casting
from tests.web.candidate.test_looks import WIDTHS, looked_at, page_of
from tests.web.pathway import apprentices

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser, left as it was found."""
    yield chromium
    for context in chromium.contexts:
        context.close()
    connections.close_all()


@pytest.mark.parametrize("role", ["companion", "professional", "candidate"])
def test_an_alternance_looks_right(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client], role: str
) -> None:
    cast = casting.cast()
    row = apprentices.full(cast)
    entry = row.liaisons.filter(answered__isnull=True).last()
    contract, visit = row.contracts.get(), row.visits.last()
    assert entry and visit
    wanted = {"alternance": (), "write_liaison": (), "liaison": (entry.pk,)}
    if role == "companion":
        wanted |= {
            "contract": (contract.pk,),
            "contract_state": (contract.pk,),
            "plan_visit": (),
            "cancel_visit": (visit.pk,),
            "report_visit": (visit.pk,),
        }
    client = signed_in(getattr(cast, role))
    for width in WIDTHS:
        with page_of(browser, live_server, client, width) as page:
            for name, args in wanted.items():
                page.goto(live_server.url + reverse(f"pathway:{name}", args=[row.pk, *args]))
                looked_at(page, f"{role}-{name}", width)


def test_an_empty_alternance_teaches(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    row = apprentices.apprenticed(cast)
    for role in ("companion", "candidate"):
        for width in WIDTHS:
            with page_of(browser, live_server, signed_in(getattr(cast, role)), width) as page:
                page.goto(live_server.url + reverse("pathway:alternance", args=[row.pk]))
                looked_at(page, f"empty-{role}", width)
