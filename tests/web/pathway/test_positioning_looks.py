"""Positioning in a browser, at 1280 and 375 pixels: no accessibility fault, no overflow, and by keyboard alone."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.handing import hand_on
from parchemin.records.pathways.actions.positioning import Positioned, conclude
from parchemin.records.people.models import Person
from parchemin.records.people.models.roles import Role
from tests.web import cast as casting
from tests.web.looking import looked_at, page_of
from tests.web.pathway.test_positioning import closed, concluded, interview, shared

pytestmark = pytest.mark.django_db(transaction=True)


def page(name: str, row: Candidacy, *args: object) -> str:
    return reverse(f"pathway:{name}", args=[row.pk, *args])


def test_an_interview_from_its_opening_to_its_close(
    cast: casting.Cast,
    browser: Browser,
    live_server: LiveServer,
    signed_in: Callable[[Person], Client],
) -> None:
    row = shared(cast, casting.opened(cast.candidate, cast.certification(), "pathway"))
    with page_of(browser, live_server, signed_in(cast.professional)) as tab:
        tab.goto(live_server.url + page("positionings", row))
        looked_at(tab, "positioning-none")
        tab.get_by_role("link", name="Ouvrir un entretien").click()
        looked_at(tab, "positioning-open")
        tab.get_by_role("button", name="Ouvrir l’entretien").click()
        tab.wait_for_selector(".sheet-row")
        looked_at(tab, "positioning-sheet")
        for code in ("C1", "C2", "C3", "C4", "C5", "C6"):
            tab.locator(f"input[name='answer-{code}'][value='yes']").focus()
            tab.keyboard.press("Space" if code != "C2" else "ArrowDown")
            tab.keyboard.press("Tab")
            tab.keyboard.type(f"Vue le matin, pour {code}.")
        tab.wait_for_selector("text=Brouillon enregistré")
        tab.get_by_role("button", name="Enregistrer et terminer").click()
        tab.wait_for_selector("text=Un autre entretien pourra")
        looked_at(tab, "positioning-closing")
        tab.get_by_role("button", name="Terminer l’entretien").click()
        tab.wait_for_selector("text=5 compétences acquises, 1 à acquérir")
        looked_at(tab, "positioning-closed")
        tab.get_by_role("link", name="Vers le parcours").click()
        tab.wait_for_selector("text=Aucune action")
        assert row.positionings.get().lines.filter(is_acquired=True).count() == 5


def test_what_the_candidate_sees(
    cast: casting.Cast,
    browser: Browser,
    live_server: LiveServer,
    signed_in: Callable[[Person], Client],
) -> None:
    row = shared(cast, casting.opened(cast.candidate, cast.certification(), "pathway"))
    closed(cast, row, "C1", "C2")
    closed(cast, row, "C1", "C2", "C5")
    hand_on(
        candidacy=row, document="positioning_booklet", actor="external_evaluator", name="Esther Spécimen",
        handed_on=casting.ON, by=cast.candidate, at=casting.AT,
    )  # fmt: skip
    one = interview(cast, row)
    with page_of(browser, live_server, signed_in(cast.candidate)) as tab:
        tab.goto(live_server.url + page("positionings", row))
        looked_at(tab, "positioning-list")
        tab.goto(live_server.url + page("positioning", row, one.pk))
        looked_at(tab, "positioning-own")
        tab.goto(live_server.url + page("hand_on", row, "positioning_booklet"))
        looked_at(tab, "positioning-hand")


def test_competences_that_are_not_assessed_are_shown_and_not_filled(
    cast: casting.Cast,
    browser: Browser,
    live_server: LiveServer,
    signed_in: Callable[[Person], Client],
) -> None:
    row = shared(cast, casting.opened(cast.candidate, cast.certification(casting.FEST), "continuing"))
    one = concluded(cast, row)
    with page_of(browser, live_server, signed_in(cast.professional)) as tab:
        tab.goto(live_server.url + page("positioning", row, one.pk))
        looked_at(tab, "positioning-fest")
        tab.goto(live_server.url + page("lead_positioning", row, one.pk))
        tab.click("text=Enregistrer et terminer")
        tab.wait_for_selector("text=Terminer l’entretien")
    shared(cast, row, cast.companion, Role.COMPANION)
    with page_of(browser, live_server, signed_in(cast.companion)) as tab:
        tab.goto(live_server.url + page("positioning", row, one.pk))
        looked_at(tab, "positioning-read")
        tab.click("text=Reprendre cet entretien")
        looked_at(tab, "positioning-lead")


def test_what_is_told_when_a_sheet_is_not_saved(
    cast: casting.Cast,
    browser: Browser,
    live_server: LiveServer,
    signed_in: Callable[[Person], Client],
) -> None:
    row = shared(cast, casting.opened(cast.candidate, cast.certification(), "pathway"))
    one = interview(cast, row)
    with page_of(browser, live_server, signed_in(cast.professional)) as tab:
        tab.goto(live_server.url + page("positioning", row, one.pk))
        tab.check("input[name='answer-C4'][value='no']")
        tab.get_by_role("button", name="Enregistrer", exact=True).click()
        tab.wait_for_selector("text=C4 : donnez un exemple")
        looked_at(tab, "positioning-refused")
        lines = [Positioned(code="C4", answer=True, example="Vue de l’autre ordinateur")]
        conclude(positioning=one, lines=lines, by=cast.professional, at=casting.AT)
        tab.fill("textarea[name='example-C4']", "Jamais vue")
        tab.get_by_role("button", name="Enregistrer", exact=True).click()
        tab.wait_for_selector("text=Vue de l’autre ordinateur")
        looked_at(tab, "positioning-overtaken")
        tab.get_by_role("button", name="Enregistrer", exact=True).click()
        tab.wait_for_selector("text=C’est enregistré.")
        assert one.lines.get(code="C4").example == "Jamais vue"
