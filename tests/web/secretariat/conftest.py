"""The day of the tests of the secretariat's pages, and a secretary's browser."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from parchemin.records.people.models import Person
from tests.web.cast import Cast
from tests.web.secretariat.desk import NOW


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the same day."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def browser(cast: Cast, signed_in: Callable[[Person], Client]) -> Client:
    """The secretary's."""
    return signed_in(cast.secretary)
