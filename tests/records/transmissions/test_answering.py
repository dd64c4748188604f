"""What is answered to a file: each passage stands as it says, and what it cannot say changes nothing."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from parchemin.edges.cpf import CpfError
from parchemin.edges.cpf.receiving import explained, explained_fault
from parchemin.records.candidacies.models import CandidacyDate
from parchemin.records.journal import queries as journal
from parchemin.records.journal.models import Entry
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Answer, Batch, Line, Receipt, State
from parchemin.records.transmissions.wordings import _sentences, sentence
from tests.records.transmissions.bench import (
    IDENTITY,
    MOST_BYTES,
    accepted,
    answer,
    answered,
    batched,
    names,
    ready,
)
from tests.web.cast import Cast

FAULTS = b"cvc-enumeration-valid: Value 'X' is not facet-valid.\ncvc-complex-type.2.4.b: incomplete."


def refusal(cast: Cast, batch: Batch, content: bytes) -> str:
    before = Entry.objects.count(), Answer.objects.count()
    with pytest.raises((TransmissionError, CpfError)) as raised, transaction.atomic():
        answered(cast, batch, content)
    assert (Entry.objects.count(), Answer.objects.count()) == before
    error: Any = raised.value
    assert str(sentence(error) if isinstance(error, TransmissionError) else error.sentence)
    return str(error.code)


def state(name: str) -> str:
    return Line.objects.get(sendings__technical_id=name).state


def test_only_what_was_refused_is_sent_again_under_another_id(cast: Cast) -> None:
    ready(cast, 3)
    batch = batched(cast)
    first, second, third = names(batch)
    row = answered(cast, batch, answer(batch, [first, third], {second: [IDENTITY, "Autre motif"]}))
    assert (row.accepted, row.refused, row.treatment) == (2, 1, "42")
    assert [state(one) for one in (first, second, third)] == ["accepted", "rejected", "accepted"]
    dated = CandidacyDate.objects.filter(milestone="submitted")
    assert {one.on for one in dated} == {timezone.localdate(batch.made_at)} and dated.count() == len({first, third})
    assert Answer.objects.get(sending__technical_id=second).reasons == [IDENTITY, "Autre motif"]
    assert "Comparez-les" in explained(IDENTITY)
    again = batched(cast)
    (other,) = names(again)
    assert other not in (first, second, third)
    accepted(cast, again)
    assert dated.all().count() == Line.objects.count()
    assert {one.state for one in Line.objects.all()} == {State.ACCEPTED} and journal.verify().is_whole


def test_a_second_receipt_completes_the_first(cast: Cast) -> None:
    ready(cast, 2)
    batch = batched(cast)
    first, second = names(batch)
    answered(cast, batch, answer(batch, [first]))
    assert state(second) == "sent"
    assert refusal(cast, batch, answer(batch, [first])) == "same_receipt"
    assert refusal(cast, batch, answer(batch, [second], {first: ["x"]})) == "contradictory"
    answered(cast, batch, answer(batch, [first, second]))
    assert state(second) == "accepted" and Receipt.objects.count() == 2


def test_a_receipt_of_another_file_changes_nothing(cast: Cast) -> None:
    ready(cast, 2)
    batch = batched(cast)
    first, _second = names(batch)
    assert refusal(cast, batch, answer(batch, [first], flow="11111111-1111-4111-8111-111111111111")) == "other_file"
    assert refusal(cast, batch, answer(batch, [first], flow="n'importe quoi")) == "other_file"
    assert refusal(cast, batch, answer(batch, [first, "inconnu"])) == "strangers"
    assert refusal(cast, batch, answer(batch, [first], {first: ["x"]})) == "contradictory"
    assert state(first) == "sent"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_receipt"),
        (b"<rapport>", "not_xml"),
        (b"<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>", "forbidden_xml"),
        (b"<a>" * 40 + b"</a>" * 40, "too_deep"),
        (b"%PDF-1.7 \x00\xff", "not_a_receipt"),
        (b"x" * (MOST_BYTES + 1), "file_too_large"),
    ],
)
def test_what_is_no_receipt_changes_nothing(cast: Cast, content: bytes, code: str) -> None:
    ready(cast)
    assert refusal(cast, batched(cast), content) == code


def test_a_file_refused_whole_goes_again(cast: Cast) -> None:
    ready(cast, 2)
    batch = batched(cast)
    row = answered(cast, batch, FAULTS)
    assert len(row.faults) == 2 and all(explained_fault(one) for one in row.faults)
    assert {one.state for one in Line.objects.all()} == {State.READY}
    assert not set(names(batched(cast))) & set(names(batch))


def test_every_error_has_a_sentence(cast: Cast) -> None:
    values = {"problem": "x", "id": "x", "count": 2}
    assert all(sentence(TransmissionError(code, **values)) for code in _sentences())
