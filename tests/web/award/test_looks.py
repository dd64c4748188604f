"""Certificates in a browser, at 1280 and 375 pixels: no fault, no overflow."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.awards.actions.changing import issue_duplicate, reinstate, revoke, suspend
from parchemin.records.awards.actions.issuing import correct_certificate, issue_statement
from parchemin.records.awards.models import House
from parchemin.records.people.models import CivilIdentity, Person
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, given, housed
from tests.records.awards.test_taken_back import corrected
from tests.web.award import bench
from tests.web.award.test_papers import refused
from tests.web.cast import ALTERNANCE, CQP, FEST, Cast
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_decision_to_the_certificate_and_its_acts(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    certification, by = cast.certification(ALTERNANCE), cast.manager
    cast.certification(CQP)

    def url(name: str, *args: object) -> str:
        return reverse(f"award:{name}", args=args)

    def looked(**pages: str) -> None:
        with time_machine.travel(ISSUED_AT, tick=True):
            client = signed_in(by)
        with time_machine.travel(ISSUED_AT, tick=True), page_of(browser, live_server, client) as tab:
            for name, address in pages.items():
                tab.goto(live_server.url + address)
                looked_at(tab, f"award-{name}")

    hearings = bench.judged(cast, 4)
    session = hearings[0].session_id
    looked(empty=url("home"), unhoused=url("session", session), houses=url("houses"))
    housed(cast, ALTERNANCE, trade_name="Branche fictive")
    bench.unchecked(hearings[3])
    House.objects.update(words="Une école de la branche depuis 1998.", primary="#5A1F79", accent="#A0331B")
    looked(session=url("session", session), house=url("house", certification.pk))
    first, second, third = (given(one, by)[0] for one in hearings[:3])
    signed: dict[str, Any] = {"by": by, "at": ISSUED_AT}
    suspend(certificate=first, reason="Un doute sur l’identité présentée le jour de l’entretien.", **signed)
    reinstate(certificate=first, reason="Le doute est levé : la pièce d’identité a été produite.", **signed)
    issue_duplicate(certificate=first, reason="Perdu lors d’un déménagement.", proof="Passeport présenté.", **signed)
    suspend(certificate=second, reason="Une plainte est examinée.", **signed)
    revoke(certificate=third, reason="Fraude reconnue.", **signed)
    House.objects.update(place="Lyon")
    newer = correct_certificate(certificate=first, reason="Le lieu était faux.", on=ISSUED_ON, **signed)
    looked(
        list=url("home"),
        partly=url("session", session),
        certificate=url("certificate", first.pk),
        corrected=url("certificate", newer.pk),
        revoke=url("revoke", newer.pk),
        duplicate=url("duplicate", newer.pk),
        reinstate=url("reinstate", second.pk),
        shut=url("suspend", third.pk),
    )
    corrected(cast, hearings[1], "partial", B1=False)
    looked(taken_back=url("home"))
    CivilIdentity.objects.update(birth_name="Véritable-Fictive")
    House.objects.update(signatory="Dominique Fictif", signatory_title="Président de la commission")
    looked(correct=url("correct", newer.pk))


def test_a_statement_of_results(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    housed(cast, FEST)
    first, second = refused(cast, 2)
    issue_statement(hearing=first, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    pages = {
        "statements": reverse("award:session", args=[first.session_id]),
        "statement": reverse("award:statement", args=[second.session_id, second.pk]),
        "stated": reverse("award:statement", args=[first.session_id, first.pk]),
    }
    with time_machine.travel(ISSUED_AT, tick=True):
        client = signed_in(cast.manager)
    with time_machine.travel(ISSUED_AT, tick=True), page_of(browser, live_server, client) as tab:
        for name, address in pages.items():
            tab.goto(live_server.url + address)
            looked_at(tab, f"award-{name}")
