"""Results, ledgers, transmission and figures in a browser, at 1280 and 375 pixels: no fault, no overflow."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.entering import Entered, enter_results
from parchemin.records.assessments.actions.settling import correct_result
from parchemin.records.assessments.models import Result
from parchemin.records.people.models import Person
from tests.records.assessments import sending
from tests.records.assessments.sheets import LATER
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.assessment.test_ledger import shared
from tests.web.assessment.test_numbers import many
from tests.web.cast import AT, TITLE, Cast
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_results_to_the_jury(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    row = shared(cast, files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification()))))
    row = sending.ready(cast, row, "C4")
    first = Result.objects.get(code="C2")
    correct_result(result=first, reason="Grille mal reportée.", is_acquired=False, by=cast.secretary, at=LATER)
    row.documents.get(kind="decision_form").versions.update(removed_at=LATER)
    for person, names in ((cast.candidate, ("file", "missing")), (cast.evaluator, ("file", "transmit"))):
        with page_of(browser, live_server, signed_in(person)) as tab:
            for name in names:
                tab.goto(live_server.url + reverse(f"assessment:{name}", args=[row.pk]))
                looked_at(tab, f"assessment-{name}-{person.given_name}")
            if name == "transmit":
                tab.get_by_role("link", name="Joindre").first.click()
                looked_at(tab, "assessment-join")


def test_what_is_refused(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    row = files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification())))
    other = sending.student(cast)
    with page_of(browser, live_server, signed_in(cast.secretary)) as tab:
        tab.goto(live_server.url + reverse("assessment:transmit", args=[row.pk]))
        tab.get_by_role("button", name="Transmettre au jury").click()
        tab.get_by_text("Le dossier n’est pas parti").wait_for()
        looked_at(tab, "assessment-not-sent")
        tab.goto(live_server.url + reverse("assessment:enter", args=[other.pk]))
        tab.get_by_label("Note de UE02").fill("douze")
        tab.get_by_role("button", name="Porter au registre").click()
        tab.get_by_text("Il y a quelque chose à corriger").wait_for()
        looked_at(tab, "assessment-enter-refused")


def test_two_ledgers(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    row = sending.student(cast)
    lines = [Entered(code=f"UE{n:02}", kind=Kind.UNIT, mark=Decimal(n) / 2 + 6) for n in range(1, 18)]
    lines += [Entered(code="BC01-AC4", kind=Kind.LEARNING, level="M1")]
    enter_results(candidacy=row, lines=lines, by=cast.secretary, at=AT)
    changed = [Entered(code="UE01", kind=Kind.UNIT, mark=Decimal(12), reason="Deuxième session.")]
    enter_results(candidacy=row, lines=changed, by=cast.secretary, at=LATER)
    with page_of(browser, live_server, signed_in(cast.secretary)) as tab:
        for name in ("file", "enter"):
            tab.goto(live_server.url + reverse(f"assessment:{name}", args=[row.pk]))
            looked_at(tab, f"assessment-{name}-ledgers")


def test_figures(cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]) -> None:
    row = files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification())))
    sending.sent(cast, sending.ready(cast, row, "C4"))
    many(cast, 60)
    pages = {
        "assessment-numbers": reverse("assessment:numbers"),
        "assessment-cohort": reverse("assessment:cohort"),
        "assessment-cohort-many": reverse("assessment:cohort", query={"scheme": TITLE}),
    }
    with page_of(browser, live_server, signed_in(cast.secretary)) as tab:
        for name, address in pages.items():
            tab.goto(live_server.url + address)
            looked_at(tab, name)
