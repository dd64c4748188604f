"""The secretariat in a real browser: by keyboard from the list to the decision, the letter following what is typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from parchemin.records.people.models import Person
from tests.web import cast as casting
from tests.web.cast import Cast
from tests.web.looking import EVERY_RULE, faults_of
from tests.web.secretariat import desk
from tests.web.secretariat.desk import page

pytestmark = pytest.mark.django_db(transaction=True)


def opened(chromium: Browser, client: Client, url: str, width: int = 1280) -> tuple[Page, list[str]]:
    """A page of somebody signed in, and what its console complains of."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, locale="fr-FR")
    cookie = client.cookies["parchemin_session"].value
    context.add_cookies([{"name": "parchemin_session", "value": cookie, "url": url}])
    made, complaints = context.new_page(), list[str]()
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    return made, complaints


def test_from_the_list_to_the_decision_by_keyboard(
    cast: Cast, chromium: Browser, live_server: Any, signed_in: Callable[[Person], Client]
) -> None:
    first, second = desk.received(cast), desk.received(cast, cast.other_candidate)
    tab, complaints = opened(chromium, signed_in(cast.secretary), live_server.url)
    tab.goto(live_server.url + page("files") + "?status=waiting")
    tab.keyboard.press("j")
    tab.keyboard.press("x")
    expect(tab.locator("input[name=file]").first).to_be_checked()
    tab.keyboard.press("j")
    tab.keyboard.press("k")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Odile Fictive")
    tab.wait_for_load_state()
    tab.keyboard.press("c")  # complete
    expect(tab.get_by_role("heading", name="Décider")).to_be_visible()
    tab.wait_for_load_state()
    tab.keyboard.press("c")  # « Recevable… »
    letter = tab.locator("#letter")
    expect(letter).to_contain_text("Votre demande est recevable")
    tab.get_by_label("Non recevable").check()
    expect(letter).to_contain_text("n’est pas recevable")
    tab.get_by_label("Motif").fill("Le lien avec le métier manque.")
    expect(letter).to_contain_text("Le lien avec le métier manque.")
    tab.get_by_role("button", name="Envoyer la décision et passer au suivant").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Basile Exemple")
    first.refresh_from_db()
    assert (first.status, second.status) == ("refused", "received")
    assert complaints == []


def test_shortcuts_can_be_switched_off(
    cast: Cast, chromium: Browser, live_server: Any, signed_in: Callable[[Person], Client]
) -> None:
    """WCAG 2.2, 2.1.4: keys of a single character can be turned off."""
    desk.received(cast)
    tab, _complaints = opened(chromium, signed_in(cast.secretary), live_server.url)
    tab.goto(live_server.url + page("files"))
    tab.get_by_text("Raccourcis clavier").click()
    tab.get_by_role("button", name="Couper les raccourcis").click()
    tab.reload()
    tab.keyboard.press("j")
    assert tab.locator("tr.is-current").count() == 0
    tab.get_by_text("Raccourcis clavier").click()
    tab.get_by_role("button", name="Rétablir les raccourcis").click()
    tab.keyboard.press("j")
    assert tab.locator("tr.is-current").count() == 1


def test_a_word_to_several_survives_a_closed_tab_and_goes_once_sent(
    cast: Cast, chromium: Browser, live_server: Any, signed_in: Callable[[Person], Client]
) -> None:
    desk.received(cast)
    tab, _complaints = opened(chromium, signed_in(cast.secretary), live_server.url)

    def write_to_all() -> None:
        tab.goto(live_server.url + page("files"))
        tab.get_by_label("Tout cocher").check()
        tab.get_by_role("button", name="Écrire").click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("Écrire à plusieurs")
        tab.wait_for_load_state()

    write_to_all()
    tab.get_by_label("Message, le même pour chacun").fill("Le secrétariat ferme lundi.")
    expect(tab.get_by_text("Gardé dans ce navigateur")).to_be_visible()
    write_to_all()
    tab.get_by_role("button", name="Reprendre ce texte").click()
    expect(tab.get_by_label("Message, le même pour chacun")).to_have_value("Le secrétariat ferme lundi.")
    tab.get_by_role("button", name="Envoyer à tous").click()
    expect(tab.get_by_role("heading", name="1 dossier traité")).to_be_visible()
    tab.wait_for_load_state()
    assert tab.evaluate("Object.keys(localStorage)") == []


@pytest.mark.parametrize("width", [1280, 375])
def test_pages_are_clean_at_both_widths(
    cast: Cast, chromium: Browser, live_server: Any, signed_in: Callable[[Person], Client], width: int
) -> None:
    row, whole = desk.received(cast, is_whole=False), desk.complete(cast, cast.other_candidate)
    casting.written_to(row, cast.candidate)
    unsent = casting.opened(cast.outsider, cast.certification())
    casting.written_to(unsent, cast.outsider)
    tab, complaints = opened(chromium, signed_in(cast.manager), live_server.url, width)
    addresses = [
        *(page(name) for name in ("queue", "files", "reminders", "accreditations", "partners", "statistics")),
        *(page(name, row.pk) for name in ("file", "return", "transfer", "place", "history")),
        page("file", unsent.pk),
        page("files") + "?message=1",
        page("decide", whole.pk),
        page("new_accreditation"),
    ]
    for address in addresses:
        tab.goto(live_server.url + address)
        assert (address, faults_of(tab, EVERY_RULE)) == (address, [])
    assert complaints == []
