"""What is answered to a file: each passage stands as it says, and what it cannot say changes nothing."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from parchemin.edges.cpf import CpfError
from parchemin.edges.cpf.receiving import explained, explained_fault
from parchemin.records.awards.actions.changing import revoke
from parchemin.records.candidacies.models import CandidacyDate
from parchemin.records.journal import queries as journal
from parchemin.records.journal.models import Entry
from parchemin.records.transmissions.actions.batching import drop_batch
from parchemin.records.transmissions.actions.excluding import release
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Answer, Batch, Line, Receipt, State
from parchemin.records.transmissions.wordings import _sentences, sentence
from tests.records.awards.bench import ISSUED_AT
from tests.records.transmissions.bench import (
    DUPLICATE,
    IDENTITY,
    MOST_BYTES,
    accepted,
    answer,
    answered,
    batched,
    corrected,
    names,
    noticed,
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
    corrected(cast, Line.objects.get(sendings__technical_id=second), birth_name="Véritable")
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


@pytest.mark.parametrize("is_first", [True, False])
def test_a_file_deposited_twice_ends_accepted_in_whatever_order_receipts_come(cast: Cast, is_first: bool) -> None:
    ready(cast, 2)
    batch = batched(cast)
    right, wrong = names(batch)
    there = answer(batch, refused={right: [DUPLICATE], wrong: [IDENTITY]})
    told = answer(batch, [right], {wrong: [IDENTITY]})
    rows = [answered(cast, batch, one) for one in ((there, told) if is_first else (told, there))]
    counted = [(one.accepted, one.refused, one.repeated) for one in rows]
    assert counted == ([(0, 1, 1), (1, 0, 0)] if is_first else [(1, 1, 0), (0, 0, 0)])
    assert (state(right), state(wrong)) == ("accepted", "rejected") and journal.verify().is_whole
    assert refusal(cast, batch, answer(batch, refused={wrong: [DUPLICATE]})) == "contradictory"


@pytest.mark.parametrize("reasons", [[DUPLICATE], [DUPLICATE, IDENTITY], [IDENTITY, DUPLICATE]])
def test_what_is_there_already_is_no_answer_and_never_goes_again(cast: Cast, reasons: list[str]) -> None:
    (line,) = ready(cast)
    batch = batched(cast)
    content = answer(batch, refused={names(batch)[0]: reasons})
    row = answered(cast, batch, content)
    assert (row.accepted, row.refused, row.repeated) == (0, 0, 1)
    assert not Answer.objects.exists() and state(names(batch)[0]) == "sent"
    corrected(cast, line, birth_name="Véritable")
    with pytest.raises(TransmissionError, match="nothing"), transaction.atomic():
        batched(cast)
    with pytest.raises(TransmissionError, match="answered"), transaction.atomic():
        drop_batch(batch=Batch.objects.get(), by=cast.manager, at=ISSUED_AT)
    with pytest.raises(TransmissionError, match="state"), transaction.atomic():
        release(line=line, reason="Retirée.", by=cast.manager, at=ISSUED_AT)
    assert refusal(cast, batch, content) == "same_receipt"
    assert refusal(cast, batch, FAULTS) == "contradictory"
    accepted(cast, batch)
    assert state(names(batch)[0]) == "accepted"


def test_what_is_there_already_and_stands_in_another_file_changes_nothing(cast: Cast) -> None:
    ready(cast)
    batch = batched(cast)
    assert refusal(cast, batch, answer(batch, refused={"inconnu": [DUPLICATE]})) == "strangers"


def test_a_withdrawal_refused_so_is_to_do_again(cast: Cast) -> None:
    (line,) = ready(cast, version="1.1.5")
    accepted(cast, batched(cast))
    revoke(certificate=line.certificate, reason="Fraude.", by=cast.manager, at=ISSUED_AT)
    noticed()
    batch = batched(cast, Batch.Action.WITHDRAW)
    answered(cast, batch, answer(batch, refused={names(batch)[0]: [DUPLICATE]}))
    assert Line.objects.get().state == State.TO_WITHDRAW


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
