"""What was refused waits until it is put right, or until somebody says that it may go as it is."""

from typing import Any

import pytest
from django.db import transaction

from parchemin.records.journal import queries as journal
from parchemin.records.journal.models import Entry
from parchemin.records.transmissions.actions.batching import drop_batch
from parchemin.records.transmissions.actions.excluding import exclude, release, take_back
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Batch, Line, Release, Sending, State
from tests.records.awards.bench import ISSUED_AT
from tests.records.transmissions.bench import (
    CODE_KO,
    IDENTITY,
    accepted,
    answer,
    answered,
    awarded,
    batched,
    corrected,
    names,
    noticed,
    rejected,
)
from tests.web.cast import Cast

UNKNOWN = "Motif jamais vu"


def refusal(act: Any, **values: Any) -> str:
    before = Entry.objects.count()
    with pytest.raises(TransmissionError) as raised, transaction.atomic():
        act(**values)
    assert Entry.objects.count() == before
    return raised.value.code


def state() -> str:
    return Line.objects.get().state


@pytest.mark.parametrize("reason", [IDENTITY, UNKNOWN, ""])
def test_nothing_goes_again_until_the_identity_is_another(cast: Cast, reason: str) -> None:
    line = rejected(cast, reason)
    (first,) = names(Batch.objects.get())
    assert refusal(batched, cast=cast) == "nothing"
    for same in ({"birth_name": "FICTÎVE"}, {"town": "Lyon"}):
        corrected(cast, line, **same)
        assert refusal(batched, cast=cast) == "nothing", same
    corrected(cast, line, birth_name="Véritable")
    (again,) = names(batched(cast))
    assert again != first and state() == State.SENT


@pytest.mark.parametrize(
    "changes",
    [
        {"first_names": ["Odile-Anne"]},
        {"sex": "M"},
        {"birth_commune": "69123"},
        {"used_name": "Mariée"},
    ],
)
def test_whatever_the_caisse_looks_for_counts(cast: Cast, changes: dict[str, Any]) -> None:
    line = rejected(cast, IDENTITY)
    corrected(cast, line, **changes)
    assert batched(cast).count == 1


@pytest.mark.parametrize("reasons", [[CODE_KO], [IDENTITY, CODE_KO]])
def test_an_identity_puts_nothing_else_right(cast: Cast, reasons: list[str]) -> None:
    line = rejected(cast, *reasons)
    corrected(cast, line, birth_name="Véritable")
    assert refusal(batched, cast=cast) == "nothing" and state() == State.REJECTED


def test_it_goes_as_it_is_once_somebody_says_why(cast: Cast) -> None:
    line = rejected(cast, IDENTITY)
    (first,) = names(Batch.objects.get())
    told: dict[str, Any] = {"line": line, "by": cast.manager, "at": ISSUED_AT}
    assert refusal(release, reason="  ", **told) == "reason"
    made = release(reason=" Erreur du portail, réparée. ", **told)
    assert (made.reason, made.by, state()) == ("Erreur du portail, réparée.", cast.manager, State.READY)
    entry = Entry.objects.latest("number")
    assert (entry.kind, entry.actor) == ("transmission.released", cast.manager.pk)
    assert refusal(release, reason="Encore.", **told) == "state"
    batch = batched(cast)
    assert names(batch) != [first]
    accepted(cast, batch)
    assert state() == State.ACCEPTED and journal.verify().is_whole


def test_refused_again_it_waits_again(cast: Cast) -> None:
    line = rejected(cast, IDENTITY)
    release(line=line, reason="Erreur du portail.", by=cast.manager, at=ISSUED_AT)
    batch = batched(cast)
    answered(cast, batch, answer(batch, refused={names(batch)[0]: [CODE_KO]}))
    assert state() == State.REJECTED and refusal(batched, cast=cast) == "nothing"
    release(line=line, reason="Retirée par la Caisse.", by=cast.manager, at=ISSUED_AT)
    assert batched(cast).count == 1 and Release.objects.count() == 2
    assert len(set(Sending.objects.values_list("technical_id", flat=True))) == 3


def test_given_up_it_waits_again_unless_it_was_let_go(cast: Cast) -> None:
    line = rejected(cast, IDENTITY)
    corrected(cast, line, birth_name="Véritable")
    drop_batch(batch=batched(cast), by=cast.manager, at=ISSUED_AT)
    assert state() == State.REJECTED
    corrected(cast, line, birth_name="Fictive")
    assert refusal(batched, cast=cast) == "nothing"
    release(line=line, reason="Erreur du portail.", by=cast.manager, at=ISSUED_AT)
    drop_batch(batch=batched(cast), by=cast.manager, at=ISSUED_AT)
    assert state() == State.READY and batched(cast).count == 1


def test_set_aside_then_taken_back_it_stays_let_go(cast: Cast) -> None:
    line = rejected(cast, CODE_KO)
    told: dict[str, Any] = {"line": line, "by": cast.manager, "at": ISSUED_AT}
    release(reason="Retirée par la Caisse.", **told)
    exclude(reason="Attendre.", **told)
    take_back(**told)
    assert state() == State.READY


def test_what_waits_keeps_nothing_else_from_going(cast: Cast) -> None:
    line = rejected(cast, IDENTITY)
    awarded(cast, 2)
    noticed()
    assert [batched(cast, most=1).count, batched(cast, most=1).count] == [1, 1]
    assert Line.objects.get(state=State.REJECTED) == line
