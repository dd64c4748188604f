"""The pages that prepare juries, in a browser at 1280 and 375 pixels: no accessibility fault, no overflow."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.core.facts import Link
from parchemin.records.juries.actions import calling, listing, pooling
from parchemin.records.juries.models import PoolMember
from parchemin.records.people.models import Person
from tests.records.juries.bench import EMPLOYERS, PREPARED, SESSION, bench, seated, transmitted
from tests.web import cast as casting
from tests.web.cast import CQP, Cast
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def addresses(cast: Cast) -> dict[str, str]:
    """A session summoned, somebody added since who cannot come, ties declared; a file that waits, and one cut short."""
    made = bench(cast)
    first = made.hear(transmitted(cast))
    listing.set_time(hearing=first, starts_at=SESSION + timedelta(minutes=30), at=PREPARED, by=cast.secretary)
    made.declare(first, a=(Link.TRAINER,))
    calling.call(session=made.session, at=PREPARED, on=PREPARED.date(), by=cast.secretary)
    seated(made, casting.person("elsa", "Elsa", "Fictive"), EMPLOYERS)
    away = PoolMember.objects.get(person__given_name="Elsa")
    day = SESSION.date()
    pooling.tell_absence(member=away, from_on=day, until_on=day + timedelta(days=3), at=PREPARED, by=cast.secretary)
    short = transmitted(cast, who=cast.other_candidate)
    short.documents.filter(kind="vae_file").delete()
    pooling.add_to_pool(
        organisation=cast.organisation,
        scheme=CQP,
        person=cast.jury_member,
        profile=pooling.Profile(college=EMPLOYERS, employer="Atelier du port"),
        on=date(2026, 1, 5),
        at=PREPARED,
        by=cast.secretary,
    )
    session = made.session.pk
    named = {"seat": session, "nominate": session, "add_to_agenda": session, "order": session, "change": session}
    named |= {"session": session, "summon": session, "cancel": session, "pool_member": away.pk, "tell_absence": away.pk}
    return {
        "home": reverse("jury:home"),
        "pool": reverse("jury:pool"),
        "plan": reverse("jury:plan") + f"?jury={CQP}/joint",
        "pool_add": reverse("jury:add_to_pool") + f"?scheme={CQP}",
        **{name: reverse(f"jury:{name}", args=[id]) for name, id in named.items()},
    }


def test_pages_look_right(live_server: LiveServer, chromium: Browser, signed_in: Callable[[Person], Client]) -> None:
    with time_machine.travel(PREPARED, tick=True):
        cast = casting.cast()
        wanted = addresses(cast)
        clients = {"": signed_in(cast.secretary), "mine": signed_in(Person.objects.get(given_name="Cyriane"))}
        with page_of(chromium, live_server, clients[""]) as shown:
            for name, url in wanted.items():
                shown.goto(live_server.url + url)
                looked_at(shown, f"jury-{name}")
        with page_of(chromium, live_server, clients["mine"]) as shown:
            shown.goto(live_server.url + wanted["home"])
            looked_at(shown, "jury-mine")
