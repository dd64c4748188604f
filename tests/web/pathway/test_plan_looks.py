"""The pathway in a browser, at 1280 and 375 pixels: no accessibility fault, no overflow."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.planning import (
    Planned,
    approve_pathway,
    finish_step,
    justify_hours,
    save_training,
    tell_hours,
)
from parchemin.records.pathways.models import Pathway, Training
from parchemin.records.people.models import Assurance, Person, Role
from tests.web import cast as casting
from tests.web.cast import AT, FEST, ON, Cast
from tests.web.looking import looked_at, page_of
from tests.web.pathway.test_positioning import closed, shared, url

pytestmark = pytest.mark.django_db(transaction=True)


def followed(cast: Cast, row: Candidacy, codes: tuple[str, ...]) -> Training:
    """A pathway of three actions, two of them begun, approved before it was changed."""
    kinds = (Training.Kind.COURSE, Training.Kind.WORK, Training.Kind.REMOTE)
    titles = ("Accueillir et orienter", "Tenir un dossier d’un bout à l’autre, avec la responsable", "Réglementation")
    for number, (kind, title) in enumerate(zip(kinds, titles, strict=True)):
        planned = Planned(
            kind=kind, title=title, codes=codes[: number + 2], hours_planned=Decimal("10.5") * (number + 1),
            host="Organisme fictif, Nantes", from_on=ON, until_on=date(2026, 4, 30) if number else None,
        )  # fmt: skip
        one = save_training(candidacy=row, planned=planned, by=cast.companion, at=AT)
        tell_hours(training=one, hours=Decimal(7), by=cast.companion, at=AT)
        if number == 1:
            revision = Pathway.objects.get(candidacy=row).revision
            approve_pathway(
                candidacy=row, actor="candidate", by=row.candidate, at=AT, revision=revision,
                assurance=Assurance.PASSWORD,
            )  # fmt: skip
    return one


def test_a_pathway_followed_by_a_companion(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    row = shared(cast, casting.deposited(casting.opened(cast.candidate, cast.certification(), "pathway")))
    shared(cast, row, cast.companion, Role.COMPANION)
    with page_of(browser, live_server, signed_in(cast.companion)) as tab:
        tab.goto(live_server.url + url("home", row))
        looked_at(tab, "plan-home")
        tab.goto(live_server.url + url("plan", row))
        looked_at(tab, "plan-empty")
        closed(cast, row, "C1", "C4")
        one = followed(cast, row, ("C2", "C3", "C5"))
        finish_step(candidacy=row, step="practice", done_on=ON, by=cast.companion, at=AT)
        tab.goto(live_server.url + url("plan", row))
        looked_at(tab, "plan-full")
        tab.goto(live_server.url + url("training", row, one.pk))
        looked_at(tab, "plan-training")
        for name, args in (("remove_training", [one.pk]), ("finish_step", ["pathway"]), ("plan_history", [])):
            tab.goto(live_server.url + url(name, row, *args))
            looked_at(tab, f"plan-{name}")
        tab.goto(live_server.url + url("plan", row))
        tab.fill(f"#hours-{one.pk}", "12,5")
        tab.keyboard.press("Enter")
        tab.wait_for_selector("text=Les heures faites sont notées")
        one.refresh_from_db()
        assert one.hours_done == Decimal("12.5")


def test_hours_outside_the_bounds_and_what_the_candidate_sees(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    row = casting.opened(cast.candidate, cast.certification(FEST), "continuing")
    shared(cast, row, cast.companion, Role.COMPANION)
    followed(cast, row, ("A1-C1", "A1-C2", "A3-C6"))
    with page_of(browser, live_server, signed_in(cast.companion)) as tab:
        tab.goto(live_server.url + url("justify_hours", row))
        looked_at(tab, "plan-justify")
    justify_hours(candidacy=row, words="Vingt heures suivies ailleurs.", by=cast.companion, at=AT)
    with page_of(browser, live_server, signed_in(cast.candidate)) as tab:
        tab.goto(live_server.url + url("home", row))
        looked_at(tab, "plan-home-asked")
        tab.get_by_role("link", name="Relire et approuver").click()
        tab.wait_for_selector("text=Approbations")
        looked_at(tab, "plan-own")
        tab.get_by_role("button", name="Approuver le parcours").click()
        tab.wait_for_selector("text=Vous approuvez le parcours")
        looked_at(tab, "plan-approved")
        tab.goto(live_server.url + url("home", row))
        looked_at(tab, "plan-home-own")
