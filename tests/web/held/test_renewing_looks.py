"""A renewal as its holder, whoever may apply, the body and anybody who verifies see it, at 1280 and 375 pixels."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.models import PublishedRuling
from parchemin.records.people.models import Person
from tests.guards import lifted
from tests.records.awards.bench import AGAIN_AT, again, decided, temporary
from tests.web.award.bench import published
from tests.web.cast import FEST, Cast, opened
from tests.web.held.test_renewing import PAST
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)
SignedIn = Callable[[Person], Client]


def test_from_the_end_of_one_to_the_other(
    cast: Cast, browser: Browser, live_server: LiveServer, signed_in: SignedIn
) -> None:
    def looked(who: Person, at: datetime = AGAIN_AT, **pages: str) -> None:
        with time_machine.travel(at, tick=True), page_of(browser, live_server, signed_in(who)) as tab:
            for name, address in pages.items():
                tab.goto(live_server.url + address)
                looked_at(tab, f"renewing-{name}")

    def url(name: str, *args: object) -> str:
        return reverse(name, args=args)

    first = temporary(cast)
    mine, body = url("held:one", first.pk), url("award:certificate", first.pk)
    looked(cast.candidate, near=mine, door=url("candidate:certification", FEST))
    looked(cast.candidate, start=url("candidate:start", FEST, "continuing"))
    row = opened(cast.candidate, cast.certification(FEST), "continuing")
    files = Candidacy.objects.filter(pk=row.pk)
    looked(cast.candidate, under_way=mine, file=url("candidate:file", row.pk))
    files.update(status="received", identity={})
    looked(cast.secretary, desk=url("secretariat:file", row.pk))
    files.update(status="withdrawn", closed_at=AGAIN_AT)
    hearing = decided(cast, FEST, "continuing", "full", ("A1-C1",))
    looked(cast.manager, session=url("award:session", published(hearing.session).pk))
    Candidacy.objects.filter(pk=hearing.candidacy_id).update(status="withdrawn", closed_at=AGAIN_AT)
    second = again(cast)
    looked(cast.manager, list=url("award:home"), earlier=body, later=url("award:certificate", second.pk))
    looked(cast.candidate, mine=url("held:mine"), renewed=mine, renews=url("held:one", second.pk))
    looked(cast.candidate, PAST, verified=url("verification:answer", first))
    with lifted(connection):
        PublishedRuling.objects.all()._raw_delete("default")
    looked(cast.candidate, unsaid=url("held:one", second.pk))
    looked(cast.manager, unsaid_body=url("award:certificate", second.pk))
