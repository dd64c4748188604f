"""Figures, their public page and the link of a holder in a browser, at 1280 and 375 pixels: no fault, no overflow."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.followups.actions.publishing import publish_figures
from parchemin.records.followups.tokens import token_of
from parchemin.records.people.models import Person
from tests.records.followups.bench import ASKED_AT, ELSEWHERE, NEXT_YEAR, PUBLISHED_AT, answered, asked, dated, judged
from tests.records.followups.bench import of_sex as told_of_sex
from tests.records.juries.bench import DAY
from tests.web.cast import ALTERNANCE, FEST, MASTER, Cast
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_figures_to_what_everybody_reads(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    certification = cast.certification(ALTERNANCE)
    for scheme in (FEST, MASTER):
        cast.certification(scheme)

    def looked(at: object, **pages: str) -> None:
        with time_machine.travel(at, tick=True):  # type: ignore[arg-type]
            client = signed_in(cast.manager)
            with page_of(browser, live_server, client) as tab:
                for name, address in pages.items():
                    tab.goto(live_server.url + address)
                    looked_at(tab, f"figures-{name}")

    year = reverse("figures:year", args=[certification.pk, DAY.year])
    publish = reverse("figures:publish", args=[certification.pk, DAY.year])
    public = reverse("schemes:certification", args=[ALTERNANCE])
    looked(PUBLISHED_AT, empty=year)
    rows = asked(cast, 12)
    for row in rows[:6]:
        answered(row)
    answered(rows[6], ELSEWHERE)
    for hearing in judged(cast, ["full", "partial", "partial", "none", "full", "full"], "vae", "valide"):
        told_of_sex(hearing, "M")
        dated(hearing.candidacy, requested=DAY.replace(month=1), answered=DAY.replace(month=2))
    survey = reverse("surveyed:answer", args=[token_of(rows[8].pk)])
    looked(ASKED_AT, survey=survey)
    looked(PUBLISHED_AT, home=reverse("figures:home"), year=year, publish=publish, unpublished=public)
    publish_figures(certification=certification, year=DAY.year, by=cast.manager, at=PUBLISHED_AT, on=NEXT_YEAR)
    looked(PUBLISHED_AT, published=year, public=public, master=reverse("schemes:certification", args=[MASTER]))
