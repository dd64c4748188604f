"""Recommendations in a browser, at 1280 and 375 pixels: no fault, no overflow."""

import json
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, FilePayload, Page
from pytest_django.live_server_helper import LiveServer

from parchemin.edges.credentials.keeping import here
from parchemin.edges.credentials.recommending import sign_recommendations
from parchemin.records.awards.numbers import grouped
from parchemin.records.people.models import Person
from parchemin.records.recommendations.actions import accept, hide, withdraw
from tests.records.awards.bench import decided, given, housed
from tests.records.recommendations.bench import MADE_AT, MADE_ON, WORDS, neighbour, recommended, version
from tests.web.cast import CQP, FEST, MASTER, Cast
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)
LONG = (
    "Depuis trois ans, nos adhérents recrutent ses titulaires : ils savent préparer une situation de travail, la "
    "conduire avec l’équipe et en faire parler celui qui apprend.\n\nLes épreuves se passent chez l’employeur, devant "
    "des gens du métier. C’est ce que notre branche attend d’une certification."
)


def test_from_the_words_to_what_everybody_reads(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    def url(name: str, *args: object) -> str:
        return reverse(f"recommendation:{name}", args=args)

    def looked(who: Person, do: Callable[[Page], None]) -> None:
        with time_machine.travel(MADE_AT, tick=True):
            client = signed_in(who)
            with page_of(browser, live_server, client) as tab:
                do(tab)

    def opened(**pages: str) -> Callable[[Page], None]:
        def do(tab: Page) -> None:
            for name, address in pages.items():
                tab.goto(live_server.url + address)
                looked_at(tab, f"recommendation-{name}")

        return do

    def typed(tab: Page) -> None:
        tab.goto(live_server.url + url("make"))
        tab.select_option("select[name=subject]", f"version:{version(cast).pk}")
        tab.fill("textarea[name=words]", LONG)
        tab.fill("input[name=until_on]", "2029-03-31")
        tab.click("form[data-autosave] button")
        tab.wait_for_selector("#apercu")
        looked_at(tab, "recommendation-preview")

    def dropped(text: str, name: str) -> Callable[[Page], None]:
        def do(tab: Page) -> None:
            tab.goto(live_server.url + reverse("verification:ask"))
            file: FilePayload = {"name": "recommandation.json", "mimeType": "application/json", "buffer": text.encode()}
            tab.get_by_label("Le fichier du certificat").set_input_files(file)
            tab.get_by_role("button", name="Contrôler ce fichier").click()
            tab.wait_for_selector(".answer")
            looked_at(tab, f"recommendation-{name}")

        return do

    theirs, ours = neighbour(cast), cast.manager
    for scheme in (CQP, FEST, MASTER):
        cast.certification(scheme)
    looked(theirs, opened(nothing=url("given"), make=url("make")))
    looked(theirs, typed)
    row = recommended(cast, words=LONG)
    looked(ours, opened(waiting=url("home"), unsigned=url("one", row.pk)))
    body = recommended(cast, version=None, words="Un certificateur qui répond, et qui corrige ce qu’on lui signale.")
    hidden = recommended(cast, version=version(cast, CQP), until_on=MADE_ON.replace(month=9))
    gone = recommended(cast, version=version(cast, MASTER), words=WORDS)
    with time_machine.travel(MADE_AT):
        sign_recommendations(here(), MADE_AT)
    for one in (row, body, gone):
        accept(recommendation=one, by=ours, at=MADE_AT, on=MADE_ON)
    hide(recommendation=hidden, by=ours, at=MADE_AT)
    withdraw(recommendation=gone, reason="Le nouveau référentiel ne répond plus au besoin.", by=theirs, at=MADE_AT)
    housed(cast, FEST)
    (made,) = given(decided(cast, FEST, "continuing", "full", ("A1-C1",)), ours)
    looked(ours, opened(received=url("home"), accepted=url("one", row.pk), hidden=url("one", hidden.pk)))
    looked(theirs, opened(given=url("given"), withdraw=url("withdraw", row.pk), withdrawn=url("one", gone.pk)))
    everybody = {
        "public": reverse("schemes:version", args=[FEST, version(cast).name]),
        "number": reverse("verification:answer", args=[grouped(made.number)]),
    }
    looked(cast.outsider, opened(**everybody))
    looked(cast.outsider, dropped(row.proof.text, "file"))
    looked(cast.outsider, dropped(json.dumps(json.loads(gone.proof.text)), "file-withdrawn"))
