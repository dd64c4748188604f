"""The pages that plan and tell sittings, in a browser at 1280 and 375 pixels: no accessibility fault, no overflow."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.core.facts import Attendance
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import name_evaluator, plan_sitting
from parchemin.records.assessments.actions.settling import correct_result
from parchemin.records.assessments.actions.summoning import summon
from parchemin.records.assessments.models import Result
from parchemin.records.candidacies.actions.sharing import grant_access
from parchemin.records.people.models import Person, Role
from tests.web import cast as casting
from tests.web.assessment import planned
from tests.web.assessment.planned import NOW, page
from tests.web.cast import FEST, TITLE, Cast
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def addresses(cast: Cast) -> dict[str, str]:
    """A sitting to come with two evaluators, one of them no longer accredited; one settled and corrected; others."""
    planned.accredited(cast, cast.professional, "sector_professional")
    planned.accredited(cast, cast.evaluator, "external_evaluator", until_on=date(2026, 3, 17))
    planned.accredited(cast, cast.companion, "external_evaluator")
    row = planned.admissible(cast)
    grant_access(
        candidacy=row, person=cast.companion, role=Role.COMPANION, by=cast.candidate, at=NOW, on=date(2026, 3, 16)
    )
    coming = planned.with_pair(cast, row)
    summon(sitting=coming, by=cast.secretary, at=NOW)
    other = planned.admissible(cast, cast.other_candidate)
    held = planned.settled(cast, other, "C3")
    first = Result.objects.get(code="C2")
    corrected = correct_result(
        result=first,
        reason="Erreur de saisie relevée avec les deux évaluateurs.",
        is_acquired=False,
        by=cast.manager,
        at=NOW,
    )
    remote = planned.of_scheme(cast, FEST, "vae", cast.outsider)
    start = NOW - timedelta(hours=3)
    values: dict[str, Any] = {"minutes": 90, "place": "remote", "room": "https://visio.example.org/salle-4"}
    today = plan_sitting(candidacy=remote, method="tests", by=cast.secretary, at=NOW, starts_at=start, **values)
    name_evaluator(sitting=today, person=cast.evaluator, actor="evaluator", by=cast.secretary, at=NOW)
    title = planned.of_scheme(cast, TITLE, "vae", cast.jury_member)
    absent = plan_sitting(candidacy=title, method="final_interview", by=cast.secretary, at=NOW, starts_at=start)
    tell_attendance(sitting=absent, attendance=Attendance.ABSENT, by=cast.secretary, at=NOW, incidents="Non excusé.")
    return {
        "calendar": page("calendar"),
        "plan_cqp": page("plan", other.pk),
        "plan_title": page("plan", title.pk) + "?epreuve=simulation_b1",
        "sitting_to_come": page("planned", coming.pk),
        "sitting_settled": page("planned", held.pk),
        "sitting_absent": page("planned", absent.pk),
        "evaluators": page("evaluators", coming.pk) + "?role=external_evaluator",
        "move": page("move_sitting", coming.pk),
        "cancel": page("cancel_sitting", coming.pk),
        "tell": page("tell_sitting", today.pk),
        "void": page("void_sitting", held.pk),
        "correct": page("correct", corrected.pk),
    }


def test_pages_look_right(live_server: LiveServer, chromium: Browser, signed_in: Callable[[Person], Client]) -> None:
    with time_machine.travel(NOW, tick=True):
        cast = casting.cast()
        wanted = addresses(cast)
        client = signed_in(cast.secretary)
        with page_of(chromium, live_server, client) as shown:
            for name, url in wanted.items():
                shown.goto(live_server.url + url)
                looked_at(shown, f"planning-{name}")
