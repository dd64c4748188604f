"""A session as it is held, in a browser, at 1280 and 375 pixels: no fault, no overflow; by keyboard, live."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from parchemin.core.facts import Ballot, Link
from parchemin.records.candidacies.actions.talking import ask_accommodation, decide_accommodation
from parchemin.records.juries.actions import sitting
from parchemin.records.juries.models import Hearing
from parchemin.records.people.models import Person
from tests.records.juries.bench import PREPARED, SESSION, Bench, transmitted
from tests.records.juries.bench import bench as prepared
from tests.records.juries.test_sitting import titled
from tests.web.cast import Cast
from tests.web.jury.test_deliberating import of, page
from tests.web.looking import WIDE, looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)
SignedIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(SESSION + timedelta(minutes=5), tick=True):
        yield


def _live(tab: Page, name: str) -> None:
    tab.wait_for_load_state("networkidle")
    looked_at(tab, name)


def test_a_session_from_ties_to_the_decision(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: SignedIn
) -> None:
    bench = prepared(cast)
    first = bench.hear(transmitted(cast))
    second = bench.hear(transmitted(cast, "C3", who=cast.other_candidate))
    _granted(cast, first)
    bench.declare(second, a=(Link.TRAINER,))
    at = live_server.url
    member, chair = signed_in(bench.members["a"].person), signed_in(bench.chair)
    with page_of(browser, live_server, member) as tab:
        tab.goto(at + page("ties", bench.session))
        _live(tab, "jury-ties")
    with page_of(browser, live_server, chair) as tab:
        tab.goto(at + page("live", bench.session))
        _live(tab, "jury-live-opening")
    bench.declare(first)
    bench.open()
    sitting.tell_incident(session=bench.session, words="Une alarme a sonné.", at=SESSION, by=bench.chair)
    with page_of(browser, live_server, chair) as tab:
        tab.goto(at + page("live", bench.session))
        tab.get_by_text("Jury valide").first.wait_for()
        _live(tab, "jury-live")
        tab.goto(at + of("hearing", second))
        tab.get_by_text("Le dossier :").click()
        tab.get_by_text("Désaccords").or_(tab.get_by_text("Ce qui a été décidé jusqu’ici")).first.wait_for()
        _live(tab, "jury-hearing")
    _by_keyboard(bench, first, browser, live_server, chair)
    bench.vote(first, {"a": Ballot.AGAINST})
    with page_of(browser, live_server, member) as tab:
        tab.goto(at + of("hearing", first))
        _live(tab, "jury-hearing-member")
    bench.say(first)
    bench.vote(first)
    bench.decide(first)
    with page_of(browser, live_server, chair) as tab:
        tab.goto(at + of("hearing", first))
        _live(tab, "jury-hearing-decided")


def test_a_jury_that_holds_an_interview(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: SignedIn
) -> None:
    made, hearing = titled(cast)
    with page_of(browser, live_server, signed_in(made.chair)) as tab:
        tab.goto(live_server.url + of("hearing", hearing))
        _live(tab, "jury-interview")


def _by_keyboard(bench: Bench, row: Hearing, browser: Browser, server: LiveServer, chair: Client) -> None:
    """Refused C1, alone at the keyboard: what is amounted to is told at once, and the opinions are kept."""
    with page_of(browser, server, chair, WIDE) as tab:
        tab.goto(server.url + of("hearing", row))
        tab.wait_for_load_state("networkidle")
        tab.keyboard.press("n")
        tab.get_by_text("motif demandé pour").wait_for()
        assert tab.locator("[name=verdict]:checked").get_attribute("value") == "partial"
        tab.keyboard.press("k")
        tab.keyboard.press("c")
        tab.keyboard.type("Rien ne le montre.")
        tab.get_by_text("motif demandé pour").wait_for(state="hidden")
        looked_at(tab, "jury-hearing-typed")
        tab.get_by_role("button", name="Noter les avis").press("Enter")
        tab.get_by_text("Les avis sont notés.").wait_for()
    told = row.opinions.get(code="C1")
    assert not told.is_granted and told.reason == "Rien ne le montre."


def _granted(cast: Cast, row: Hearing) -> None:
    asked = ask_accommodation(candidacy=row.candidacy, need="Secret", by=row.candidacy.candidate, at=PREPARED)
    decide_accommodation(
        accommodation=asked,
        is_granted=True,
        measures="Un tiers-temps.",
        at=PREPARED,
        on=PREPARED.date(),
        by=cast.secretary,
    )
