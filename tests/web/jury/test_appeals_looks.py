"""Appeals looked at: what the candidate reads, what the secretariat answers, what waits."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.people.models import Person
from tests.records.juries import bench as benches
from tests.records.juries.bench import AFTER
from tests.web.candidate import paths
from tests.web.cast import Cast
from tests.web.jury.test_appeals import answered, contested
from tests.web.jury.test_results import partial, published, url
from tests.web.looking import looked_at, page_of

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("public_body")
def test_each_page_of_an_appeal(cast: Cast, browser: Browser, live_server: LiveServer, signed_in: SignedIn) -> None:
    with time_machine.travel(AFTER, tick=True):
        bench, row = benches.bench(cast), benches.transmitted(cast)
        hearing = published(bench, partial(bench, row))
        record = row.decisions.get(stage="award")
        client, office = signed_in(row.candidate), signed_in(cast.secretary)
        appeal = contested(client, record, file=[paths.pdf(name="bilan-signe.pdf")])
        own = {
            "decision": reverse("candidate:decision", args=[row.pk, record.pk]),
            "result": url("result", hearing.pk),
            "exhibits": reverse("candidate:exhibits", args=[row.pk, appeal.pk]),
        }
        desk = {
            "answer": reverse("secretariat:appeal", args=[row.pk, appeal.pk]),
            "queue": reverse("secretariat:queue"),
            "file": reverse("secretariat:file", args=[row.pk]),
            "record": reverse("secretariat:record_appeal", args=[row.pk, record.pk]),
        }
        for who, pages in ((client, own), (office, desk)):
            with page_of(browser, live_server, who) as page:
                for name, place in pages.items():
                    page.goto(live_server.url + place)
                    looked_at(page, f"appeal-{name}")
        answered(office, appeal, answer="other_jury")
        benches.again(bench)
        place = url("present_again", bench.session.pk, hearing.pk)
        with page_of(browser, live_server, office) as page:
            page.goto(live_server.url + place)
            looked_at(page, "appeal-again")
