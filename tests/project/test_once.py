"""An effect happens once: when it is tried again, when two try at once, and not at all when it fails."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from parchemin.project.models import Effect, Mail
from parchemin.project.once import once

pytestmark = pytest.mark.django_db(transaction=True)


def keep() -> None:
    Mail.objects.create(to="somebody@example.org", subject="one", text="")


def test_tried_again_it_does_nothing() -> None:
    assert once("a", keep)
    assert not once("a", keep)
    assert once("b", keep)
    assert Mail.objects.count() == 2


def test_an_effect_that_fails_may_be_tried_again() -> None:
    def fails() -> None:
        keep()
        raise OSError

    with pytest.raises(OSError):
        once("a", fails)
    assert not Mail.objects.exists()
    assert not Effect.objects.exists()
    assert once("a", keep)


def test_it_goes_with_the_transaction_it_is_in() -> None:
    with pytest.raises(OSError), transaction.atomic():
        once("a", keep)
        raise OSError
    assert not Effect.objects.exists()
    assert once("a", keep)


def test_of_many_at_once_one_takes_effect() -> None:
    def attempt(_: int) -> bool:
        try:
            return once("a", keep)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(attempt, range(12)))
    assert answers.count(True) == 1
    assert Mail.objects.count() == 1
