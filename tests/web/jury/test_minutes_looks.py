"""Minutes and results in a browser, at 1280 and 375 pixels: no fault, no overflow."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.juries.actions.publishing import publish_results
from parchemin.records.juries.actions.signing import ask_signature
from parchemin.records.juries.actions.sitting import tell_incident
from parchemin.records.juries.models import Verdict
from parchemin.records.people.models import Person
from parchemin.web.shared.letters import post
from tests.records.juries import bench as benches
from tests.records.juries.bench import AFTER, DAY, SESSION
from tests.web.cast import Cast
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)
LACKING = "Le bilan demandé pour C6 n’a pas été présenté, et l’entretien ne l’a pas établi."


def test_from_the_minutes_to_the_result(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    bench = benches.bench(cast)
    row, other = benches.transmitted(cast), benches.transmitted(cast, who=cast.other_candidate)
    first, second = (bench.hear(one) for one in (row, other))
    bench.declare(first)
    bench.declare(second)
    bench.open()
    tell_incident(session=bench.session, words="Coupure de courant de dix minutes.", at=SESSION, by=bench.chair)
    bench.settle(first, Verdict.PARTIAL, LACKING, C6=False)
    bench.settle(second)

    def looked(who: Person, **pages: str) -> None:
        with time_machine.travel(AFTER, tick=True):
            client = signed_in(who)
        with time_machine.travel(AFTER, tick=True), page_of(browser, live_server, client) as tab:
            for name, url in pages.items():
                tab.goto(live_server.url + url)
                tab.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
                looked_at(tab, f"jury-{name}")

    def url(name: str, *args: object) -> str:
        return reverse(f"jury:{name}", args=args)

    session = bench.session.pk
    looked(cast.secretary, draw=url("draw_minutes", session), closed_gate=url("results", session))
    minutes = bench.draw()
    bench.sign(minutes, without="b")
    looked(bench.chair, minutes=url("minutes", minutes.pk), close=url("close_minutes", minutes.pk))
    _link, secret = ask_signature(minutes=minutes, member=bench.members["b"], at=AFTER, by=cast.secretary)
    looked(cast.outsider, sign_by_link=url("sign_by_link", secret))
    looked(cast.secretary, drop=url("drop_minutes", minutes.pk))
    bench.close(minutes, "Parti avant la signature.")
    benches.again(bench)
    looked(
        cast.secretary,
        results=url("results", session),
        outcome=url("outcome", session, first.pk),
        again=url("present_again", session, first.pk),
        choose=url("correct_minutes", session),
        correct=url("correct_minutes", session) + f"?candidat={first.pk}",
    )
    publish_results(session=bench.session, at=AFTER, on=DAY, by=cast.secretary)
    for letter in row.letters.filter(kind__startswith="jury_"):
        post(letter.pk, at=AFTER)
    looked(cast.secretary, published=url("results", session))
    looked(row.candidate, result=url("result", first.pk), told_file=reverse("candidate:file", args=[row.pk]))
