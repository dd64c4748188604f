"""An alternance in a browser, at 1280 and 375 pixels, for each of its sides."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.people.models import Person
from tests.web import cast as casting
from tests.web.looking import looked_at, page_of
from tests.web.pathway import apprentices

pytestmark = pytest.mark.django_db(transaction=True)


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
    with page_of(browser, live_server, client) as page:
        for name, args in wanted.items():
            page.goto(live_server.url + reverse(f"pathway:{name}", args=[row.pk, *args]))
            looked_at(page, f"{role}-{name}")


def test_the_tutor_without_account_writes_on_a_phone(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    row = apprentices.apprenticed(cast)
    apprentices.signed(cast, row, tutor_person=None)
    apprentices.wrote(row, cast.candidate, "J’ai préparé l’accueil des alternants de septembre.", "B1")
    with page_of(browser, live_server, signed_in(cast.candidate)) as page:
        page.goto(live_server.url + reverse("pathway:ask_liaison", args=[row.pk]))
        looked_at(page, "ask_liaison")
        page.fill("[name=email]", "rose@example.net")
        page.click("main form .btn.primary")
        page.wait_for_selector("text=Un mot est demandé à")
        looked_at(page, "asked_liaison")
        page.goto(live_server.url + "/acte/" + mail.outbox[-1].body.split("/acte/")[1].split("/")[0] + "/")
        looked_at(page, "liaise")
        page.fill("[name=words]", "Elle a tenu l’accueil seule, puis a rendu compte à l’équipe.")
        page.click("details.fold summary")
        page.check("[name=about][value=B1]")
        page.check("[name=is_sincere]")
        looked_at(page, "liaise-filled")
        page.click("main .btn.primary")
        page.wait_for_selector("text=c’est enregistré")
        looked_at(page, "liaised")
        page.goto(live_server.url + reverse("pathway:alternance", args=[row.pk]))
        looked_at(page, "alternance-by-link")


def test_an_empty_alternance_teaches(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    row = apprentices.apprenticed(cast)
    for role in ("companion", "candidate"):
        with page_of(browser, live_server, signed_in(getattr(cast, role))) as page:
            page.goto(live_server.url + reverse("pathway:alternance", args=[row.pk]))
            looked_at(page, f"empty-{role}")
