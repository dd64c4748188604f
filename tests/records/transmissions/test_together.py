"""A line is set aside, or taken back, while a file is being made: it went or it did not, never both."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from parchemin.edges.cpf import keeping, violations
from parchemin.records.journal import queries as journal
from parchemin.records.transmissions.actions.excluding import exclude, take_back
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Line, Sending, State
from tests.records.awards.bench import ISSUED_AT
from tests.records.transmissions.bench import batched, ready
from tests.web import cast as casting
from tests.web.cast import Cast


@pytest.fixture
def committed(transactional_db: None) -> Cast:
    """A cast that other threads see."""
    return casting.cast()


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """``act`` starts once the next file is written, before it is kept; what it gave or raised comes in the list."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(act())
        except Exception as error:
            found.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)

    def paused(file: Any) -> Iterator[Any]:
        yield from violations(file)
        thread.start()
        thread.join(1)

    monkeypatch.setattr(keeping, "violations", paused)
    return thread, found


@pytest.mark.django_db(transaction=True)
def test_what_goes_in_a_file_is_no_longer_set_aside(committed: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    line, _other = ready(committed, 2)
    said: dict[str, Any] = {"line": line, "by": committed.manager, "at": ISSUED_AT}
    thread, found = meanwhile(monkeypatch, lambda: exclude(reason="Attendre.", **said))
    row = batched(committed)
    thread.join(60)
    assert [getattr(one, "code", one) for one in found] == ["state"] and isinstance(found[0], TransmissionError)
    assert row.count == 2 and {one.state for one in Line.objects.all()} == {State.SENT}
    assert journal.verify().is_whole


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_meanwhile_waits_for_the_next(committed: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    line, other = ready(committed, 2)
    said: dict[str, Any] = {"line": line, "by": committed.manager, "at": ISSUED_AT}
    exclude(reason="Attendre.", **said)
    thread, found = meanwhile(monkeypatch, lambda: take_back(**said))
    batched(committed)
    thread.join(60)
    assert [type(one) for one in found] == [Line]
    assert [one.line_id for one in Sending.objects.all()] == [other.pk]
    assert Line.objects.get(pk=line.pk).state == State.READY and journal.verify().is_whole


def test_nothing_has_to_be_said_of_numbers_to_set_aside(cast: Cast) -> None:
    (line,) = ready(cast)
    cast.organisation.channel.delete()
    line = Line.objects.get(pk=line.pk)
    exclude(line=line, reason="Attendre.", by=cast.manager, at=ISSUED_AT)
    take_back(line=line, by=cast.manager, at=ISSUED_AT)
    assert Line.objects.get().state == State.READY
