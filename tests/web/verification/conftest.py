"""A certificate of the cast's candidate, a month after it was issued; what other tests tried counts for nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from parchemin.records.awards.models import Certificate
from tests.records.awards.bench import ISSUED_AT, decided, given, housed
from tests.web.cast import FEST, Cast

LATER = ISSUED_AT + timedelta(days=30)


@pytest.fixture(autouse=True)
def that_day(db: None) -> Iterator[None]:
    """A month after certificates were issued."""
    cache.clear()
    with time_machine.travel(LATER, tick=True):
        yield


@pytest.fixture
def issued(cast: Cast) -> Certificate:
    """A certificate valid for five years."""
    return issued_to(cast)


def issued_to(cast: Cast) -> Certificate:
    """One is issued, temporary, to the candidate of that cast."""
    housed(cast, FEST)
    (made,) = given(decided(cast, FEST, "continuing", "full", ("A1-C1",)), cast.manager)
    return made
