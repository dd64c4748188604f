"""What the database itself refuses of what is sent, whoever writes to it; and what verifying the journal finds."""

from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from parchemin.records.awards.actions.changing import revoke
from parchemin.records.journal import queries as journal
from parchemin.records.journal.append_only import unguarded
from parchemin.records.transmissions.actions.batching import drop_batch
from parchemin.records.transmissions.actions.excluding import release
from parchemin.records.transmissions.models import Answer, Batch, Channel, Dropped, Line, Receipt, Release, Sending
from parchemin.records.transmissions.sealing import SEALED, rewritten
from tests.guards import lifted
from tests.records.awards.bench import ISSUED_AT, decided, given
from tests.records.transmissions.bench import (
    IDENTITY,
    accepted,
    answer,
    answered,
    awarded,
    batched,
    channelled,
    names,
    noticed,
)
from tests.web.cast import MASTER, Cast

REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("channel_numbers_whole", Channel, {"emitter": "x"}),
    ("channel_contract_given", Channel, {"contract": ""}),
    ("channel_version_known", Channel, {"version": "2.0"}),
    ("line_state_known", Line, {"state": "lost"}),
    ("line_bar_known", Line, {"bar": "other", "state": "barred", "code": ""}),
    ("line_barred_for_a_reason", Line, {"bar": "code"}),
    ("line_coded_or_barred", Line, {"code": ""}),
    ("line_excluded_with_reason", Line, {"state": "excluded"}),
    ("batch_action_known", Batch, {"action": "other", "version": "1.1.5"}),
    ("batch_withdraws_from_1_1_5_on", Batch, {"action": "withdraw"}),
    ("batch_digest_whole", Batch, {"digest": "0"}),
    ("batch_not_empty", Batch, {"count": 0}),
    ("technical_id_never_again", Sending, {"batch": lambda: Batch.objects.get(sendings__answer__is_accepted=True)}),
    ("sending_once_a_file", Sending, {"is_withdrawal": True}),
    ("line_once_a_file", Sending, {"technical_id": str(uuid4())}),
    ("technical_id_whole", Sending, {"technical_id": "court"}),
    ("sending_holder_whole", Sending, {"holder": "court"}),
    ("receipt_read_once", Receipt, {}),
    ("receipt_digest_whole", Receipt, {"digest": "0"}),
    ("release_for_a_reason", Release, {"reason": ""}),
]
NEW = {"technical_id_never_again", "sending_once_a_file", "line_once_a_file", "receipt_read_once"}
"""Those that refuse another row, in place of a change."""
FROZEN: dict[type[models.Model], dict[str, Any]] = {
    Batch: {"count": 9},
    Dropped: {"at": "2026-01-01T00:00:00Z"},
    Sending: {"technical_id": str(uuid4())},
    Receipt: {"accepted": 9},
    Answer: {"is_accepted": False},
    Release: {"reason": "x"},
}
REWRITTEN: list[tuple[type[models.Model], dict[str, Any], str]] = [
    (Batch, {"digest": "0" * 64}, "batch"),
    (Batch, {"count": 9}, "batch"),
    (Receipt, {"accepted": 9}, "receipt"),
    (Answer, {"reasons": ["x"]}, "receipt"),
    (Answer, {"is_accepted": False}, "receipt"),
    (Release, {"reason": "x"}, "release"),
]


@pytest.fixture
def sent(cast: Cast) -> Line:
    """One line accepted, and another refused, let go as it is, then in a file that was given up."""
    channelled(cast)
    (made,) = awarded(cast)
    noticed()
    accepted(cast, batched(cast))
    awarded(cast)
    noticed()
    batch = batched(cast)
    answered(cast, batch, answer(batch, refused={names(batch)[0]: [IDENTITY]}))
    release(line=Line.objects.get(state="rejected"), reason="Réparé.", by=cast.manager, at=ISSUED_AT)
    drop_batch(batch=batched(cast), by=cast.manager, at=ISSUED_AT)
    assert list(rewritten()) == [] and journal.verify().is_whole
    return Line.objects.get(certificate=made)


def test_every_constraint_is_tried() -> None:
    named = {one.name for model in apps.get_app_config("transmissions").get_models() for one in model._meta.constraints}
    assert {name for name, _model, _changes in REFUSED} == named


@pytest.mark.parametrize(("name", "model", "changes"), REFUSED, ids=[f"{one[0]} {list(one[2])}" for one in REFUSED])
def test_a_constraint_refuses(sent: Line, name: str, model: type[models.Model], changes: dict[str, Any]) -> None:
    row = model._default_manager.order_by("pk").last() if model is not Line else sent
    assert row is not None
    is_new = name in NEW
    with pytest.raises(IntegrityError) as raised, lifted(connection):
        if is_new:
            row.pk, row._state.adding = None, True
        for field, value in changes.items():
            setattr(row, field, value() if callable(value) else value)
        with transaction.atomic():
            row.save(force_insert=is_new)
    told_of = str(raised.value)
    assert name in told_of or (is_new and connection.vendor == "sqlite" and "UNIQUE" in told_of)


def test_tables_keep_their_guards(db: None) -> None:
    assert unguarded(connection) == []


@pytest.mark.parametrize("model", FROZEN)
def test_nothing_is_changed_nor_deleted(sent: Line, model: type[models.Model]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        model._default_manager.update(**FROZEN[model])
    with pytest.raises(DatabaseError), transaction.atomic():
        model._default_manager.all()._raw_delete("default")


def test_only_a_whole_certification_is_sent_whoever_asks(sent: Line, cast: Cast) -> None:
    hearing = decided(cast, MASTER, "student", "full", ("BC01",), who=cast.other_candidate)
    block = next(one for one in given(hearing, cast.manager) if one.kind == "block")
    noticed()
    batch = Batch.objects.earliest("made_at")
    forced = Line.objects.get(certificate=block)
    for changes in ({}, {"bar": "", "state": "ready", "code": "RNCP1"}):
        Line.objects.filter(pk=forced.pk).update(**changes)
        with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
            Sending.objects.create(line=forced, batch=batch, technical_id=str(uuid4()), holder="0" * 64)


def test_a_technical_id_is_taken_again_to_withdraw_what_was_accepted_alone(sent: Line) -> None:
    accepted_one = Sending.objects.get(line=sent)
    refused, other = Sending.objects.exclude(line=sent).order_by("pk")
    revoke(certificate=sent.certificate, reason="Fraude.", by=sent.certificate.issued_by, at=ISSUED_AT)
    for line, name in (
        (sent, str(uuid4())),
        (other.line, accepted_one.technical_id),
        (other.line, other.technical_id),
        (refused.line, refused.technical_id),
    ):
        with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
            batch = other.batch if line == sent else accepted_one.batch
            _withdrawn(line, batch, name)
    made = _withdrawn(sent, other.batch, accepted_one.technical_id)
    assert made.pk


def _withdrawn(line: Line, batch: Batch, name: str) -> Sending:
    return Sending.objects.create(line=line, batch=batch, technical_id=name, holder="0" * 64, is_withdrawal=True)


def test_every_table_that_is_sealed_is_tried() -> None:
    assert {model for model, _changes, _row in REWRITTEN} - {Answer} == set(SEALED)


@pytest.mark.parametrize(("model", "changes", "row"), REWRITTEN)
def test_a_row_rewritten_is_named(sent: Line, model: type[models.Model], changes: dict[str, Any], row: str) -> None:
    first = model._default_manager.order_by("pk").first()
    assert first is not None
    with lifted(connection):
        model._default_manager.filter(pk=first.pk).update(**changes)
    (found,) = rewritten()
    assert found.row.startswith(f"{row}:") and found.entry > 0


def test_a_row_that_is_gone_is_named(sent: Line) -> None:
    with lifted(connection):
        for model in (Release, Answer, Receipt):
            model._default_manager.all()._raw_delete("default")
    assert [one.row.partition(":")[0] for one in rewritten()] == ["receipt", "receipt", "release"]
