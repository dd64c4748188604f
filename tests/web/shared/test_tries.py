"""A few tries in a while, all counted, those that come together too."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parchemin.web.shared.tries import Limit

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LIMIT = Limit("essai", most=3, seconds=600)


@pytest.fixture(autouse=True)
def that_day(db: None) -> Iterator[None]:
    cache.clear()
    with time_machine.travel(START, tick=False):
        yield


def test_no_more_than_so_many_and_each_name_has_its_own() -> None:
    assert not LIMIT.is_spent("a")
    assert [LIMIT.take("a") for _turn in range(5)] == [True] * 3 + [False] * 2
    assert LIMIT.is_spent("a") and not LIMIT.is_spent("b") and LIMIT.take("b")
    assert Limit("autre", most=3, seconds=600).take("a")


def test_the_next_period_starts_anew() -> None:
    for _turn in range(3):
        LIMIT.take("a")
    assert LIMIT.wait() == 600
    with time_machine.travel(START + timedelta(seconds=599), tick=False):
        assert LIMIT.is_spent("a") and LIMIT.wait() == 1
    with time_machine.travel(START + timedelta(seconds=600), tick=False):
        assert not LIMIT.is_spent("a") and LIMIT.take("a")


def test_two_that_come_at_the_same_moment_are_both_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither saw the place that the other took."""
    assert LIMIT.take("a")
    monkeypatch.setattr(Limit, "_taken", lambda *_args: {})
    assert [LIMIT.take("a") for _turn in range(3)] == [True, True, False]


def test_a_try_asks_little() -> None:
    limit = Limit("long", most=50, seconds=600)
    for _turn in range(40):
        limit.take("a")
    with CaptureQueriesContext(connection) as questions:
        limit.take("a")
    assert len(questions) <= 6
