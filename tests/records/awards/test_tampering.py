"""Whoever holds the keys of the database changes what was awarded: verifying the journal names the row."""

from typing import Any

import pytest
from django.db import connection, models

from parchemin.records.awards.actions.changing import issue_duplicate, revoke
from parchemin.records.awards.models import Certificate, Change, Duplicate
from parchemin.records.awards.sealing import SEALED
from parchemin.records.journal import queries as journal
from parchemin.records.journal.witnessing import rewritten
from tests.guards import lifted
from tests.records.awards.bench import ISSUED_AT, given, told
from tests.records.juries.bench import Bench
from tests.web.cast import Cast

CHANGED: list[tuple[type[models.Model], dict[str, Any]]] = [
    (Certificate, {"text": "{}"}),
    (Certificate, {"valid_until": "2099-01-01"}),
    (Certificate, {"salt": "0" * 64}),
    (Change, {"act": "suspended"}),
    (Change, {"reason": "Autre motif."}),
    (Duplicate, {"proof": "Autre pièce."}),
]


@pytest.fixture
def issued(cast: Cast, bench: Bench) -> Certificate:
    (made,) = given(told(bench), cast.manager)
    said: dict[str, Any] = {"certificate": made, "reason": "x", "by": cast.manager, "at": ISSUED_AT}
    issue_duplicate(**said, proof="x")
    revoke(**said)
    assert list(rewritten()) == [] and journal.verify().is_whole
    return made


def test_every_table_that_says_what_was_awarded_is_sealed() -> None:
    assert {model for model, _changes in CHANGED} == set(SEALED)


@pytest.mark.parametrize(
    ("model", "changes"), CHANGED, ids=[f"{one[0].__name__} {next(iter(one[1]))}" for one in CHANGED]
)
def test_a_row_rewritten_is_named(issued: Certificate, model: type[models.Model], changes: dict[str, Any]) -> None:
    row = model._default_manager.get()
    with lifted(connection):
        model._default_manager.update(**changes)
    (found,) = rewritten()
    assert (found.where, found.row) == (issued.number, f"{model._meta.model_name}:{row.pk}") and found.entry > 0


def test_a_row_that_is_gone_or_that_nobody_wrote_is_named(issued: Certificate, cast: Cast) -> None:
    with lifted(connection):
        Duplicate.objects.all()._raw_delete("default")
        Change.objects.update(reason="x")
    gone = list(rewritten())
    assert [one.row.partition(":")[0] for one in gone] == ["duplicate"]
    with lifted(connection):
        Duplicate.objects.create(certificate=issued, rank=3, reason="x", proof="x", at=ISSUED_AT, by=cast.manager)
    assert {one.row.partition(":")[0] for one in rewritten()} == {"duplicate"} and len(list(rewritten())) == 2
