"""No page asks more than twenty-five questions of the database, nor more of them the more a file holds."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.places import CHECKOUT
from parchemin.records.people.models import Person
from tests.web import cast as casting
from tests.web.assessment import rated
from tests.web.assessment.planned import of_scheme
from tests.web.cast import Cast
from tests.web.laden import add, laden
from tests.web.secretariat import desk
from tests.web.test_every_url import ROLES, TABLE, World, url_of, world

__all__ = ["world"]

MOST = 25
WHOLE = {"jury:hearing": 33}
"""The page that reads a whole file and the jury before it, and the most questions it asks."""
FILES = ("file", "received", "studied", "apprenticed")
"""What addresses are given, when it is a file."""
SignedIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(desk.NOW, tick=True):
        yield


def asked(client: Client, url: str) -> int | None:
    """How many questions that page asks; None when it is no page to them.

    What is noted of a first visit is not counted: a page over the bound is opened again.
    """
    for _visit in range(2):
        with CaptureQueriesContext(connection) as questions:
            answer = client.get(url)
        if not is_page(answer):
            return None
        if len(questions) <= MOST:
            break
    return len(questions)


def is_page(answer: Any) -> bool:
    if answer.streaming:
        answer.getvalue()
        return False
    return answer.status_code == 200 and b"<h1" in answer.content


def opened(client: Client, given: dict[str, object]) -> dict[str, int]:
    """The questions of each page that what is given leads to, by the name of its address."""
    found = {}
    for name, line in TABLE.items():
        if line.methods == "post" or not set(line.args.split()) <= set(given):
            continue
        if (count := asked(client, url_of(name, line, given))) is not None:
            found[name] = count
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_page_asks_little(world: World, signed_in: SignedIn, role: str) -> None:
    client = Client() if role == "anonymous" else signed_in(world.people[role])
    found = opened(client, world.given)
    assert len(found) > 5
    assert {name: count for name, count in found.items() if count > WHOLE.get(name, MOST)} == {}


@pytest.mark.parametrize("scheme", [*casting.FIVE, casting.SIXTH])
def test_the_pages_of_a_file_ask_little_whatever_the_certification(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    if scheme == casting.SIXTH:
        monkeypatch.setenv("PARCHEMIN_LIBRARY", str(CHECKOUT / "tests" / "fixtures"))
    route = "student" if scheme == casting.MASTER else "continuing" if scheme == casting.SIXTH else "vae"
    row = of_scheme(cast, scheme, route)
    for person in (cast.candidate, cast.secretary):
        found = opened(signed_in(person), dict.fromkeys(FILES, row.pk))
        assert len(found) > 20
        assert {name: count for name, count in found.items() if count > MOST} == {}


def test_acting_on_several_files_looks_at_them_together(cast: Cast, signed_in: SignedIn) -> None:
    client, counts = signed_in(cast.secretary), []
    rows = [desk.received(cast, is_whole=False)]
    for name in ("basile", "rose", "lise", ""):
        sent = {"act": "return", "file": [str(row.pk) for row in rows], "query": ""}
        with CaptureQueriesContext(connection) as questions:
            assert len(client.post(reverse("secretariat:several"), sent).context["rows"]) == len(rows)
        counts.append(len(questions))
        if name:
            rows.append(desk.received(cast, casting.person(name, name.title(), "Essai"), is_whole=False))
    assert counts[1:] == counts[1:2] * 3 and max(counts) <= MOST


def test_the_save_of_one_line_of_a_grid_asks_little(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.held(cast)
    client, url = signed_in(pair.professional.person), rated.page("grid", pair.sitting)
    headers = {"x-requested-with": "fetch"}
    for turn, value in enumerate(("yes", "no", "yes")):
        sent = {"revision": turn, "value-competence-C1": value}
        with CaptureQueriesContext(connection) as questions:
            assert client.post(url, sent, headers=headers).status_code == 204
    assert len(questions) <= 13
    assert not [one for one in questions if one["sql"].startswith('UPDATE "candidacies_candidacy"')]


@pytest.mark.parametrize("role", ["candidate", "companion", "professional", "evaluator", "secretary", "manager"])
def test_the_pages_of_a_file_ask_little_however_much_it_holds(cast: Cast, signed_in: SignedIn, role: str) -> None:
    row = laden(cast)
    given: dict[str, object] = {**dict.fromkeys(FILES, row.pk), "sitting": row.sittings.get().pk}
    client = signed_in(getattr(cast, role))
    opened(client, given)
    alone = opened(client, given)
    assert len(alone) > 10
    assert {name: count for name, count in alone.items() if count > MOST} == {}
    for _one in range(3):
        add(cast, row)
    crowded = opened(client, given)
    assert {name: (alone[name], count) for name, count in crowded.items() if count > alone[name]} == {}
