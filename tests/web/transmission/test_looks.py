"""Transmissions in a browser, at 1280 and 375 pixels: no fault, no overflow."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.awards.actions.changing import revoke
from parchemin.records.people.models import CivilIdentity, Person
from parchemin.records.transmissions.actions.excluding import release
from parchemin.records.transmissions.models import Line
from tests.records.awards.bench import ISSUED_AT
from tests.records.transmissions.bench import (
    DUPLICATE,
    IDENTITY,
    accepted,
    answer,
    answered,
    awarded,
    batched,
    channelled,
    corrected,
    names,
    noticed,
)
from tests.web.cast import CQP, Cast
from tests.web.looking import looked_at, page_of
from tests.web.transmission.bench import convened

pytestmark = pytest.mark.django_db(transaction=True)
LATER = ISSUED_AT + timedelta(days=75)
"""Seventeen days before the last day of what was awarded."""


def test_from_the_award_to_the_receipt_and_what_it_refuses(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    by, body = cast.manager, cast.organisation.pk

    def url(name: str, *args: object) -> str:
        return reverse(f"transmission:{name}", args=[body, *args])

    def looked(**pages: str) -> None:
        with time_machine.travel(LATER, tick=True):
            client = signed_in(by)
        with time_machine.travel(LATER, tick=True), page_of(browser, live_server, client) as tab:
            for name, address in pages.items():
                tab.goto(live_server.url + address)
                looked_at(tab, f"transmission-{name}")

    looked(empty=url("home"), nofile=url("batches"), nobody=url("ahead"))
    certificates = awarded(cast, 5)
    awarded(cast, 1, CQP, "vae")
    noticed()
    lacking = certificates[4].candidacy.candidate_id
    CivilIdentity.objects.filter(person=lacking).update(checked_at=None, birth_name="Exemple  de\u200bNom")
    looked(unset=url("home"), settings=url("settings"))
    channelled(cast)
    first = batched(cast)
    looked(made=url("batch", first.pk))
    one, two, three, four = names(first)
    answered(cast, first, answer(first, refused={one: [DUPLICATE], two: [DUPLICATE]}))
    looked(repeated=url("batch", first.pk))
    answered(cast, first, answer(first, [one, two, three], {four: [IDENTITY]}))
    rejected = Line.objects.get(sendings__technical_id=four)
    gone = Line.objects.get(sendings__technical_id=one)
    revoke(certificate=gone.certificate, reason="Fraude.", by=by, at=ISSUED_AT)
    awarded(cast)
    noticed()
    second = batched(cast)
    accepted(cast, second)
    convened(cast)
    third = Line.objects.get(certificate__candidacy__candidate=lacking)
    looked(
        list=url("home"),
        late=url("home") + "?state=soon",
        batches=url("batches"),
        answered=url("batch", first.pk),
        line=url("line", rejected.pk),
        withdraw=url("line", gone.pk),
        lacking=url("line", third.pk),
        exclude=url("exclude", third.pk),
        release=url("release", rejected.pk),
        ahead=url("ahead"),
    )
    corrected(cast, rejected, birth_name="Véritable")
    looked(corrected=url("home") + "?state=rejected")
    CivilIdentity.objects.filter(person=rejected.certificate.candidacy.candidate).update(checked_at=None)
    looked(compare=url("home") + "?state=rejected")
    corrected(cast, rejected, birth_name=rejected.certificate.told["holder"]["birth_name"])
    release(line=rejected, reason="Erreur du portail, réparée le 3 mars selon l’assistance.", by=by, at=ISSUED_AT)
    looked(released=url("line", rejected.pk))
