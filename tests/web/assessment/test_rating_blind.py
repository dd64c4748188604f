"""Until everybody has signed, no answer of any page tells anybody what an evaluator rated, nor how far they are."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product

import pytest
import time_machine
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.actions.settling import take_stand
from parchemin.records.journal.models import Entry
from parchemin.records.people.models import Person
from tests.records.assessments.sheets import LATER, Pair, sheet, signed
from tests.web.assessment import rated
from tests.web.cast import Cast

SECRET = "Zéphyrine confidentielle"
SEEN = "Chrysanthème observé"
SignedIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the day of the sitting."""
    with time_machine.travel(rated.NOW, tick=True):
        yield


def whispered(pair: Pair) -> None:
    """The professional rated everything, with words that nobody else says, and signed."""
    lines = [
        Rated(code=one.code, kind=one.kind, is_acquired=one.code != "C4", comment=SECRET, seen=SEEN) for one in sheet()
    ]
    rate(evaluator=pair.professional, lines=lines, by=pair.professional.person, at=LATER)
    sign_ratings(evaluator=pair.professional, by=pair.professional.person, at=LATER)


def names() -> Iterator[tuple[str, set[str]]]:
    """Every named address that takes nothing, or a file or a sitting alone, with the names of what it takes."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str, taken: set[str]) -> Iterator[tuple[str, set[str]]]:
        for one in patterns:
            takes = taken | set(one.pattern.converters) | set(one.pattern.regex.groupindex)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix, takes)
            elif one.name:
                yield f"{prefix}{one.name}", takes

    yield from walk(get_resolver().url_patterns, "", set())


def said(response: HttpResponseBase) -> str:
    """Everything of an answer, headers included."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return content.decode(errors="replace") + str(response.headers)


def pages(pair: Pair) -> list[str]:
    """Every page that could speak of that sitting: of the platform, of its file, of itself; never the way out."""
    ids = (pair.sitting.pk, pair.sitting.candidacy_id)
    found: dict[str, None] = {}
    for name, takes in names():
        for id, kind in product(ids, ("csv", "xlsx", "pdf")):
            with suppress(NoReverseMatch):
                found[reverse(name, kwargs={one: kind if one == "kind" else id for one in takes})] = None
    return [url for url in found if "deconne" not in url and "logout" not in url]


@pytest.mark.parametrize("who", ["evaluator", "candidate", "secretary", "administrator"])
def test_nothing_of_the_other_is_told_before_all_have_signed(cast: Cast, signed_in: SignedIn, who: str) -> None:
    pair = rated.held(cast)
    whispered(pair)
    client = signed_in(getattr(cast, who))
    client.raise_request_exception = False
    seen = 0
    for url in pages(pair):
        response = client.get(url)
        told = said(response)
        seen += response.status_code == 200
        assert response.status_code < 500, url
        assert SECRET not in told and SEEN not in told, url
    assert seen > 5


def test_what_an_evaluator_sends_tells_nothing_of_the_other(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.held(cast)
    client = signed_in(cast.evaluator)
    posts = [
        ("grid", dict(rated.values(C1="yes"))),
        ("grid", dict(rated.values(C1="no"))),
        ("sign", {"revision": "1"}),
        ("differences", {"line": "competence-C4", "value": "yes", "reason": "x"}),
    ]
    first = [said(client.post(rated.page(name, pair.sitting), sent)) for name, sent in posts]
    pages_before = [said(client.get(rated.page(name, pair.sitting))) for name in ("sitting", "grid", "sign")]
    whispered(pair)
    again = [said(client.post(rated.page(name, pair.sitting), sent)) for name, sent in posts]
    pages_after = [said(client.get(rated.page(name, pair.sitting))) for name in ("sitting", "grid", "sign")]
    for told in (*first, *again, *pages_after):
        assert SECRET not in told and SEEN not in told
    assert [len(one) for one in pages_before] == [len(one) for one in pages_after]


def test_the_journal_holds_nothing_of_a_rating(cast: Cast) -> None:
    pair = rated.held(cast)
    whispered(pair)
    told = [str(one.details) for one in Entry.objects.all()]
    assert not [one for one in told if SECRET in one or SEEN in one or "is_acquired" in one]


def test_the_candidate_never_reads_who_rated_what(cast: Cast, signed_in: SignedIn) -> None:
    pair = rated.held(cast)
    whispered(pair)
    signed(pair.outside)
    client = signed_in(cast.candidate)
    for url in pages(pair):
        assert SEEN not in said(client.get(url)), url
    take_stand(
        evaluator=pair.professional,
        kind=Kind.COMPETENCE,
        code="C4",
        is_acquired=True,
        reason="Revu ensemble.",
        by=pair.professional.person,
        at=LATER,
    )
    for url in pages(pair):
        assert SEEN not in said(client.get(url)), url
