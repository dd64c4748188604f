"""Rating in a real browser: by keyboard alone, through a lost connection, in two windows, at both widths."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from parchemin.records.assessments.actions.planning import declare_links
from parchemin.records.assessments.models import Evaluator, Rating, Sitting
from parchemin.records.people.models import Person
from tests.records.assessments.sheets import signed
from tests.web.assessment import rated
from tests.web.assessment.rated import page
from tests.web.cast import AT, FEST, TITLE, Cast
from tests.web.looking import EVERY_RULE, faults_of
from tests.web.secretariat.test_in_the_browser import opened

SignedIn = Callable[[Person], Client]
BLOCKS = (
    "simulation_b1",
    "simulation_b2",
    "offer_presentation",
    "professional_paper",
    "simulation_b5",
    "simulation_b6",
)
FOLDER = os.environ.get("PARCHEMIN_PICTURES", "")
"""Where pictures of the pages are put, to be looked at; nowhere unless asked."""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the day of the sitting."""
    with time_machine.travel(rated.NOW, tick=True):
        yield


class Keyboard:
    """Presses of keys, counted."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.presses = 0

    def press(self, *keys: str) -> None:
        """These keys, one after the other."""
        for key in keys:
            self.tab.keyboard.press(key)
            self.presses += 1


def test_thirty_seven_competences_by_keyboard_alone(
    cast: Cast, chromium: Browser, live_server: Any, signed_in: SignedIn, capsys: pytest.CaptureFixture[str]
) -> None:
    """One press a line, one to read again and one to sign each grid."""
    row = rated.elsewhere(cast, TITLE)
    named = [rated.alone(cast, row, method, "pedagogic_member") for method in BLOCKS]
    tab, complaints = opened(chromium, signed_in(cast.evaluator), live_server.url)
    keyboard = Keyboard(tab)
    lines = 0
    for one in named:
        tab.goto(live_server.url + page("grid", one.sitting))
        count = tab.locator("[data-line]").count()
        lines += count
        for index in range(count):
            keyboard.press("2" if index == 2 else "1")
        expect(tab.locator("[data-sheet-progress]")).to_have_text(re.compile(rf"{count} sur {count}$"))
        keyboard.press("s")
        expect(tab.get_by_role("heading", level=1)).to_have_text("Relire et signer")
        expect(tab.get_by_role("button", name="Signer ma grille")).to_be_focused()
        keyboard.press("Enter")
        expect(tab.get_by_text("Votre grille est signée")).to_be_visible()
    assert Evaluator.objects.filter(signed_at__isnull=True).count() == 0
    assert Rating.objects.filter(kind="competence").count() == 37
    assert Rating.objects.filter(is_acquired=False).count() == len(BLOCKS)
    with capsys.disabled():
        sys.stdout.write(f"\n37 competences and {lines - 37} methods as a whole: {keyboard.presses} key presses\n")
    assert keyboard.presses == lines + 2 * len(BLOCKS)
    assert complaints == []


def test_keys_move_comment_and_take_back(cast: Cast, chromium: Browser, live_server: Any, signed_in: SignedIn) -> None:
    pair = rated.held(cast)
    tab, complaints = opened(chromium, signed_in(cast.evaluator), live_server.url)
    tab.goto(live_server.url + page("grid", pair.sitting))
    current = tab.locator("[data-line].is-current legend")
    expect(current).to_contain_text("C1")
    tab.keyboard.press("ArrowDown")
    expect(current).to_contain_text("C2")
    tab.keyboard.press("k")
    expect(current).to_contain_text("C1")
    tab.keyboard.press("c")
    tab.keyboard.type("Vu au poste : 1 jour")
    tab.keyboard.press("Escape")
    tab.keyboard.press("n")
    expect(current).to_contain_text("C2")
    tab.keyboard.press("a")
    expect(tab.locator("[data-sheet-progress]")).to_have_text(re.compile(r"2 sur 7$"))
    tab.keyboard.press("k")
    tab.keyboard.press("0")
    expect(tab.locator("[data-sheet-progress]")).to_have_text(re.compile(r"1 sur 7$"))
    expect(tab.locator("[data-autosave-told]")).to_contain_text("enregistré")
    tab.wait_for_timeout(700)
    kept = Rating.objects.get()
    assert (kept.code, kept.is_acquired, kept.comment) == ("C1", False, "Vu au poste : 1 jour")
    tab.get_by_role("button", name="Couper les raccourcis").click()
    tab.locator("main").click()
    tab.keyboard.press("1")
    expect(tab.locator("[data-sheet-progress]")).to_have_text(re.compile(r"1 sur 7$"))
    assert complaints == []


def test_a_lost_connection_loses_nothing(cast: Cast, chromium: Browser, live_server: Any, signed_in: SignedIn) -> None:
    pair = rated.held(cast)
    tab, _complaints = opened(chromium, signed_in(cast.evaluator), live_server.url)
    url = live_server.url + page("grid", pair.sitting)
    tab.goto(url)
    told = tab.locator("[data-autosave-told]")
    tab.keyboard.press("1")
    expect(told).to_contain_text("enregistré")
    tab.context.set_offline(True)
    tab.keyboard.press("2")
    tab.keyboard.press("c")
    tab.keyboard.type("Écrit sans réseau")
    expect(told).to_contain_text("Le réseau ne répond pas")
    assert Rating.objects.count() == 1
    tab.context.set_offline(False)
    expect(told).to_contain_text("enregistré", timeout=15_000)
    assert dict(Rating.objects.values_list("code", "is_acquired")) == {"C1": True, "C2": False, "C3": None}
    assert Rating.objects.get(code="C3").comment == "Écrit sans réseau"
    assert tab.evaluate("Object.keys(localStorage).length") == 0


def test_what_was_typed_without_network_survives_a_closed_tab(
    cast: Cast, chromium: Browser, live_server: Any, signed_in: SignedIn
) -> None:
    pair = rated.held(cast)
    tab, _complaints = opened(chromium, signed_in(cast.evaluator), live_server.url)
    url = live_server.url + page("grid", pair.sitting)
    tab.goto(url)
    tab.context.set_offline(True)
    tab.keyboard.press("2")
    expect(tab.locator("[data-autosave-told]")).to_contain_text("Le réseau ne répond pas")
    tab.close(run_before_unload=False)
    again = chromium.contexts[-1].new_page()
    again.context.set_offline(False)
    again.goto(url)
    again.get_by_role("button", name="Reprendre ce texte").click()
    expect(again.locator("[data-autosave-told]")).to_contain_text("enregistré")
    assert Rating.objects.get().code == "C1"


def test_the_same_line_in_two_windows_is_told_and_kept(
    cast: Cast, chromium: Browser, live_server: Any, signed_in: SignedIn
) -> None:
    pair = rated.held(cast)
    tab, _complaints = opened(chromium, signed_in(cast.evaluator), live_server.url)
    other = tab.context.new_page()
    for one in (tab, other):
        one.goto(live_server.url + page("grid", pair.sitting))
    tab.keyboard.press("1")
    expect(tab.locator("[data-autosave-told]")).to_contain_text("enregistré")
    other.keyboard.press("2")
    expect(other.get_by_role("alert")).to_contain_text("autrement dans une autre fenêtre")
    assert Rating.objects.get().is_acquired is True
    expect(other.locator("#l-competence-C1 input[value=no]")).to_be_checked()
    other.get_by_role("button", name="Enregistrer").click()
    expect(other.get_by_text("Votre grille est enregistrée.")).to_be_visible()
    assert Rating.objects.get().is_acquired is False


@pytest.mark.parametrize("width", [1280, 375])
def test_pages_of_rating_are_clean_at_both_widths(
    cast: Cast, chromium: Browser, live_server: Any, signed_in: SignedIn, width: int
) -> None:
    client = signed_in(cast.evaluator)
    pair = rated.planned(cast)
    tab, complaints = opened(chromium, client, live_server.url, width)

    def look(name: str, sitting: Sitting | None, called: str) -> None:
        tab.goto(live_server.url + page(name, sitting))
        if FOLDER:
            tab.screenshot(path=f"{FOLDER}/rating-{called}-{width}.png", full_page=True)
        assert (called, faults_of(tab, EVERY_RULE)) == (called, [])

    look("sitting", pair.sitting, "prepare")
    look("grid", pair.sitting, "grid-before")
    for one in (pair.professional, pair.outside):
        declare_links(evaluator=one, links=[], at=AT, by=one.person)
    Sitting.objects.filter(pk=pair.sitting.pk).update(attendance="held")
    fest = rated.alone(cast, rated.elsewhere(cast, FEST), "tests", "evaluator")
    title = rated.alone(cast, rated.elsewhere(cast, TITLE), "simulation_b1", "pedagogic_member")
    client.post(page("grid", pair.sitting), {**rated.values(C1="yes", C2="no"), "comment-competence-C2": "À revoir."})
    for name, sitting, called in (
        ("mine", None, "mine"),
        ("sitting", pair.sitting, "sitting"),
        ("grid", pair.sitting, "grid"),
        ("grid", fest.sitting, "grid-refused"),
        ("grid", title.sitting, "grid-blocks"),
        ("sign", pair.sitting, "sign"),
    ):
        look(name, sitting, called)
    pair.outside.refresh_from_db()
    signed(pair.outside, "C4", "C5")
    look("sitting", pair.sitting, "signed")
    signed(pair.professional, "C2")
    look("differences", pair.sitting, "differences")
    assert complaints == []


def test_an_empty_list_is_clean(cast: Cast, chromium: Browser, live_server: Any, signed_in: SignedIn) -> None:
    tab, complaints = opened(chromium, signed_in(cast.evaluator), live_server.url, 375)
    tab.goto(live_server.url + page("mine"))
    assert faults_of(tab, EVERY_RULE) == []
    assert complaints == []
