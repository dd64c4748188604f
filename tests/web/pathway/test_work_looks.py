"""Evidence and training at work in a browser, at 1280 and 375 pixels; a tutor signs from a link on a phone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from parchemin.records.pathways.actions.evidencing import ask_vouching
from parchemin.records.pathways.actions.observing import ask_observation
from parchemin.records.pathways.models import Evidence, Moment, Observation
from parchemin.records.people.models import Person
from tests.web import cast as casting
from tests.web.looking import PHONE, looked_at, page_of
from tests.web.pathway import kept

pytestmark = pytest.mark.django_db(transaction=True)
ROSE: dict[str, Any] = {"bearer": "Rose Tutrice", "quality": "Tutrice", "email": "rose@example.org"}
TAPS_OF_A_TUTOR = 7
"""Five competences, the declaration, the signature: well under two minutes."""


@contextmanager
def phone(browser: Browser) -> Iterator[Page]:
    """A page of somebody who is not signed in, on a phone."""
    context = browser.new_context(viewport=PHONE, locale="fr-FR", has_touch=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("role", ["candidate", "companion", "evaluator"])
def test_evidence_and_work_look_right(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client], role: str
) -> None:
    cast = casting.cast()
    row = kept.full(cast)
    zones = {one.zone: one for one in row.evidences.all()}
    shared = zones["shared"] if role != "evaluator" else zones["submitted"]
    wanted: dict[str, tuple[object, ...]] = {
        "evidence": (), "work": (), "work_synthesis": (), "one_evidence": (shared.pk,),
    }  # fmt: skip
    if role == "candidate":
        mine = Moment.objects.filter(kind="situation").get()
        wanted |= {
            "add_evidence": ("document",),
            "change_evidence": (shared.pk,),
            "move_evidence": (shared.pk, "submitted"),
            "ask_vouching": (shared.pk,),
            "log_moment": ("situation",),
            "take_back_moment": (mine.pk,),
            "plan_cold": (),
            "ask_observation": (),
        }
    if role == "companion":
        wanted["observe"] = ()
    client = signed_in(getattr(cast, role))
    with page_of(browser, live_server, client) as page:
        for name, args in wanted.items():
            page.goto(live_server.url + reverse(f"pathway:{name}", args=[row.pk, *args]))
            looked_at(page, f"{role}-{name}")


def test_several_pieces_are_ticked_and_shared_by_keyboard_alone(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    row = kept.full(cast)
    with page_of(browser, live_server, signed_in(cast.candidate)) as page:
        page.goto(live_server.url + reverse("pathway:evidence", args=[row.pk]))
        page.focus("[data-tick-all]")
        page.keyboard.press("Space")
        page.wait_for_selector("[data-ticked] >> text=3")
        looked_at(page, "several-ticked")
        page.select_option("#several-act", "shared")
        page.focus("#several-act")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Celles-ci restent comme elles sont")
        looked_at(page, "several-sharing")
        page.go_back()
        page.select_option("#several-act", "attach")
        page.click("text=Continuer")
        page.wait_for_selector("#id_code")
        looked_at(page, "several-attaching")
        page.select_option("#id_code", "A2-C1")
        page.focus("main form .btn.primary")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=2 preuves de plus portent sur A2-C1.")
        looked_at(page, "several-attached")


def test_pages_without_anything_look_right(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    row = kept.followed(cast)
    with page_of(browser, live_server, signed_in(cast.candidate)) as page:
        for name in ("evidence", "work", "work_synthesis"):
            page.goto(live_server.url + reverse(f"pathway:{name}", args=[row.pk]))
            looked_at(page, f"empty-{name}")


def test_a_tutor_observes_and_signs_on_a_phone_in_a_few_taps(live_server: LiveServer, browser: Browser) -> None:
    cast = casting.cast()
    row = kept.full(cast)
    situation = Moment.objects.filter(kind="situation").get()
    codes = ["A1-C1", "A1-C2", "A3-C1", "A3-C2", "A4-C1"]
    _link, secret = ask_observation(
        candidacy=row, codes=codes, moment=situation, by=cast.candidate, at=timezone.now(), **ROSE
    )
    taps = 0
    with phone(browser) as page:
        page.goto(f"{live_server.url}/acte/{secret}/")
        looked_at(page, "link-observe")
        for number, code in enumerate(codes):
            mark = ("seen", "not_yet", "not_seen")[number % 3]
            page.tap(f"label:has([name='seen-{code}'][value={mark}])")
            taps += 1
        page.tap("label:has([name=is_sincere])")
        page.tap("main button.primary")
        taps += 2
        page.wait_for_selector("text=c’est enregistré")
        page.goto(f"{live_server.url}/acte/{secret}/")
        assert page.get_by_text("Ce lien ne peut pas servir").first.is_visible()
    assert taps == TAPS_OF_A_TUTOR
    made = Observation.objects.get(link__isnull=False)
    assert [one.mark for one in made.lines.all()] == ["seen", "not_yet", "not_seen", "seen", "not_yet"]
    assert made.signed_at


def test_a_situation_is_logged_on_a_phone_in_four_taps(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    cast = casting.cast()
    row = kept.followed(cast)
    with page_of(browser, live_server, signed_in(cast.candidate)) as page:
        page.goto(live_server.url + reverse("pathway:work", args=[row.pk]))
        page.click("a:has-text('Analyse de l’activité')")
        page.click("label:has([value='A1-C1'])")
        page.click("label:has([value='A1-C2'])")
        page.click("main button.primary")
        page.wait_for_selector("text=C’est noté")
    assert Moment.objects.get().codes == ["A1-C1", "A1-C2"]


def test_what_a_link_asks_looks_right(live_server: LiveServer, browser: Browser) -> None:
    cast = casting.cast()
    row = kept.full(cast)
    one = Evidence.objects.get(zone="shared")
    _link, secret = ask_vouching(evidence=one, by=cast.candidate, at=timezone.now(), **ROSE)
    _other, seen = ask_observation(candidacy=row, codes=["A1-C1"], by=cast.candidate, at=timezone.now(), **ROSE)
    with phone(browser) as page:
        for name, what in (("vouch", secret), ("observe", seen)):
            page.goto(f"{live_server.url}/acte/{what}/")
            looked_at(page, f"link-{name}")
