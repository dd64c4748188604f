"""The day of the tests of the administration's pages, and the browsers of those who keep it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from parchemin.records.people.models import Person
from tests.web.cast import Cast

NOW = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the same day."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def keeper(cast: Cast, signed_in: Callable[[Person], Client]) -> Client:
    """The browser of the administrator."""
    return signed_in(cast.administrator)


@pytest.fixture
def manager(cast: Cast, signed_in: Callable[[Person], Client]) -> Client:
    """The browser of whoever answers for the first organisation."""
    return signed_in(cast.manager)
