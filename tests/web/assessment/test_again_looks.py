"""Files that come back, what evaluators say of a sitting, and evidence in the grid, at 1280 and 375 pixels."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from parchemin.core.facts import Attendance, Milestone
from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.holding import tell_attendance, tell_otherwise
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.actions.returning import return_from_jury
from parchemin.records.assessments.models import Rating
from parchemin.records.candidacies.actions.dating import tell_year
from parchemin.records.people.models import Person
from tests.records.assessments import sending, sheets
from tests.records.assessments.sheets import LATER
from tests.records.pathways.kept import ZONE, evidence
from tests.web.assessment import planned as scene
from tests.web.assessment import rated
from tests.web.assessment.planned import NOW, page
from tests.web.assessment.test_ledger import shared
from tests.web.cast import Cast
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)
SignedIn = Callable[[Person], Client]
WHY = "La fiche de décision n’est pas datée, et deux signatures manquent : à reprendre avant la session de juin."


@time_machine.travel(NOW, tick=True)
def test_a_file_that_comes_back(cast: Cast, chromium: Browser, live_server: LiveServer, signed_in: SignedIn) -> None:
    row = shared(cast, scene.admissible(cast))
    kept = evidence(row, ZONE.SUBMITTED, "C1", title="Bilan de la séance du 12 mars")
    sending.documented(cast, row)
    sending.accredited(cast)
    pair = sheets.held(cast, row)
    words = {"comment": "Il hésite encore.", "advice": "Entraînez-vous à conclure.", "evidence": [kept.pk]}
    for one in (pair.professional, pair.outside):
        lines = [Rated(code="C1", is_acquired=True, **words), *sheets.sheet()[1:]]  # type: ignore[arg-type]
        rate(evaluator=one, lines=lines, by=one.person, at=LATER)
        sign_ratings(evaluator=one, by=one.person, at=LATER)
    sending.sent(cast, row)
    office = signed_in(cast.secretary)
    with page_of(chromium, live_server, office) as tab:
        for name in ("file", "transmit", "send_back"):
            tab.goto(live_server.url + page(name, row.pk))
            looked_at(tab, f"again-{name}-sent")
    return_from_jury(candidacy=row, reason=WHY, by=cast.secretary, at=NOW)
    cast.evaluator.accreditations.update(until_on=date(2026, 2, 23))
    for who, client in (("office", office), ("candidate", signed_in(cast.candidate))):
        with page_of(chromium, live_server, client) as tab:
            for name in ("file", "transmit") if who == "office" else ("file",):
                tab.goto(live_server.url + page(name, row.pk))
                looked_at(tab, f"again-{name}-back-{who}")


@time_machine.travel(NOW, tick=True)
def test_what_evaluators_say_of_a_sitting(
    cast: Cast, chromium: Browser, live_server: LiveServer, signed_in: SignedIn
) -> None:
    sitting = scene.with_pair(cast, scene.admissible(cast), starts_at=NOW - timedelta(hours=3))
    client = signed_in(cast.evaluator)
    with page_of(chromium, live_server, client) as tab:
        for name in ("mine", "sitting", "tell_sitting"):
            tab.goto(live_server.url + page(name, *([] if name == "mine" else [sitting.pk])))
            looked_at(tab, f"again-{name}-to-tell")
    away = [sitting.evaluators.get(person=cast.professional).pk]
    told = {"minutes": 170, "incidents": "Alarme de dix minutes, reprise ensuite.", "away": away}
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=cast.evaluator, at=NOW, **told)  # type: ignore[arg-type]
    tell_otherwise(
        sitting=sitting,
        attendance=Attendance.HELD,
        present=[cast.evaluator.pk, cast.professional.pk],
        minutes=160,
        reason="Il était arrivé après l’alarme.",
        by=cast.secretary,
        at=NOW,
    )
    with page_of(chromium, live_server, client) as tab:
        tab.goto(live_server.url + page("sitting", sitting.pk))
        looked_at(tab, "again-sitting-told")
    with page_of(chromium, live_server, signed_in(cast.secretary)) as tab:
        for name in ("planned", "correct_telling"):
            tab.goto(live_server.url + page(name, sitting.pk))
            looked_at(tab, f"again-{name}")


@time_machine.travel(rated.NOW, tick=True)
def test_evidence_is_ticked_in_the_grid_and_kept_by_itself(
    cast: Cast, chromium: Browser, live_server: LiveServer, signed_in: SignedIn
) -> None:
    pair = rated.held(cast)
    row = pair.sitting.candidacy
    titles = ("Bilan de la séance du 12 mars", "Grille d’observation remplie avec le tuteur", "Plan de séance")
    kept = [
        evidence(row, ZONE.SUBMITTED, code, title=title) for code, title in zip(("C1", "C1", "C2"), titles, strict=True)
    ]
    with page_of(chromium, live_server, signed_in(cast.evaluator)) as tab:
        tab.goto(live_server.url + rated.page("grid", pair.sitting))
        line = tab.locator("#l-competence-C1")
        line.locator(".sheet-words > summary").click()
        line.get_by_label(titles[0]).check()
        line.get_by_text("1 autre preuve du dossier").click()
        line.get_by_label(titles[2]).check()
        expect(tab.locator("[data-autosave-told]")).to_contain_text("enregistré")
        tab.wait_for_timeout(600)
        assert Rating.objects.get().evidence == sorted([kept[0].pk.hex, kept[2].pk.hex])
        looked_at(tab, "again-grid-evidence")
        line.get_by_label(titles[0]).uncheck()
        line.get_by_label(titles[2]).uncheck()
        tab.keyboard.press("1")
        expect(line.locator("input[value=yes]")).to_be_checked()
        tab.wait_for_timeout(1500)
        one = Rating.objects.get()
        assert (one.kind, one.is_acquired, one.evidence) == (Kind.COMPETENCE, True, [])


@time_machine.travel(NOW, tick=True)
def test_dates_of_the_year(cast: Cast, chromium: Browser, live_server: LiveServer, signed_in: SignedIn) -> None:
    row = sending.student(cast)
    sending.student(cast, cast.other_candidate)
    dates = {Milestone.YEAR_STARTED: date(2026, 1, 12)}
    tell_year(candidacy=row, dates=dates, by=cast.secretary, at=NOW, on=NOW.date())
    client = signed_in(cast.secretary)
    with page_of(chromium, live_server, client) as tab:
        tab.goto(live_server.url + page("year", row.pk))
        looked_at(tab, "again-year")
        tab.get_by_label("Modalités de contrôle modifiées le").fill("2026-03-16")
        tab.get_by_role("button", name="Noter").click()
        expect(tab.get_by_role("alert")).to_contain_text("une règle s’y oppose")
        looked_at(tab, "again-year-refused")
    assert reverse("assessment:year", args=[row.pk]) in client.get(page("file", row.pk)).content.decode()
