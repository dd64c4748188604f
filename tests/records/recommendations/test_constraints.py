"""What the database itself refuses of recommendations, whoever writes to it; and what verifying the journal finds."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from parchemin.records.awards.actions.keys import key_in_use
from parchemin.records.awards.models import PLACES
from parchemin.records.journal import queries as journal
from parchemin.records.journal.append_only import unguarded
from parchemin.records.recommendations.actions import accept, keep_proof, withdraw
from parchemin.records.recommendations.models import LONGEST, Proof, Recommendation, Reply, Withdrawal
from parchemin.records.recommendations.sealing import SEALED, rewritten
from tests.guards import lifted
from tests.records.recommendations.bench import MADE_AT, MADE_ON, neighbour, recommended, version
from tests.web.cast import CQP, Cast

REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("recommendation_of_another", Recommendation, {"endorser": "endorsed"}),
    ("recommendation_says_something", Recommendation, {"words": ""}),
    ("recommendation_says_something", Recommendation, {"words": "x" * (LONGEST + 1)}),
    ("recommendation_names_both", Recommendation, {"endorser_name": ""}),
    ("recommendation_names_both", Recommendation, {"subject_name": ""}),
    ("recommendation_ends_after_it_starts", Recommendation, {"until_on": MADE_ON - timedelta(days=1)}),
    ("recommendation_place_in_list", Recommendation, {"place": PLACES}),
    ("recommendation_place_once", Recommendation, {"version": None}),
    ("reply_act_known", Reply, {"act": "lost"}),
    ("withdrawal_with_reason", Withdrawal, {"reason": ""}),
    ("proof_digest_whole", Proof, {"digest": "0"}),
]
NEW = {"recommendation_place_once"}
"""Those that refuse another row, in place of a change."""
FROZEN: dict[type[models.Model], dict[str, Any]] = {
    Recommendation: {"words": "autre"},
    Reply: {"act": "hidden"},
    Withdrawal: {"reason": "autre"},
    Proof: {"text": "autre"},
}


@pytest.fixture
def said(cast: Cast) -> Recommendation:
    """One accepted, signed, then withdrawn."""
    row = recommended(cast)
    accept(recommendation=row, by=cast.manager, at=MADE_AT, on=MADE_ON)
    key = key_in_use(cast.other_organisation, lambda: ("z6MkFictive", "00"), MADE_AT)
    keep_proof(recommendation=row, key=key, text="{}", at=MADE_AT)
    withdraw(recommendation=row, reason="x", by=neighbour(cast), at=MADE_AT)
    assert list(rewritten()) == [] and journal.verify().is_whole
    return row


def test_every_constraint_is_tried() -> None:
    owned = apps.get_app_config("recommendations").get_models()
    assert {name for name, _model, _changes in REFUSED} == {one.name for row in owned for one in row._meta.constraints}


@pytest.mark.parametrize(("name", "model", "changes"), REFUSED, ids=[f"{one[0]} {list(one[2])}" for one in REFUSED])
def test_a_constraint_refuses(
    said: Recommendation, name: str, model: type[models.Model], changes: dict[str, Any]
) -> None:
    row = model._default_manager.get()
    is_new = name in NEW
    with pytest.raises(IntegrityError) as raised, lifted(connection):
        if is_new:
            row.pk, row._state.adding = uuid4(), True
        for field, value in changes.items():
            setattr(row, field, getattr(row, value) if field == "endorser" else value)
        with transaction.atomic():
            row.save(force_insert=is_new)
    told_of = str(raised.value)
    assert name in told_of or (is_new and connection.vendor == "sqlite" and "UNIQUE" in told_of)


def test_tables_keep_their_guards(db: None) -> None:
    assert unguarded(connection) == []


@pytest.mark.parametrize("model", FROZEN)
def test_nothing_is_changed_nor_deleted(said: Recommendation, model: type[models.Model]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        model._default_manager.update(**FROZEN[model])
    with pytest.raises(DatabaseError), transaction.atomic():
        model._default_manager.all()._raw_delete("default")


def again(row: Recommendation, **changes: Any) -> Recommendation:
    """The same, written past the actions."""
    row.pk, row.place, row._state.adding = uuid4(), row.place + 1, True
    for name, value in changes.items():
        setattr(row, name, value)
    with transaction.atomic():
        row.save(force_insert=True)
    return row


def test_two_about_one_thing_never_stand_on_one_day(cast: Cast) -> None:
    row = recommended(cast, from_on=MADE_ON + timedelta(days=5), until_on=MADE_ON + timedelta(days=9))
    for first, last in ((0, 5), (5, 9), (9, None), (0, None), (7, 7)):
        with pytest.raises(DatabaseError, match="guarded"):
            again(
                Recommendation.objects.get(pk=row.pk),
                from_on=MADE_ON + timedelta(days=first),
                until_on=None if last is None else MADE_ON + timedelta(days=last),
            )
    again(Recommendation.objects.get(pk=row.pk), from_on=MADE_ON, until_on=MADE_ON + timedelta(days=4))
    body = recommended(cast, version=None)
    with pytest.raises(DatabaseError, match="guarded"):
        again(Recommendation.objects.get(pk=body.pk))
    withdraw(recommendation=body, reason="x", by=neighbour(cast), at=MADE_AT)
    again(Recommendation.objects.get(pk=body.pk))


def test_a_version_is_recommended_to_whoever_answers_for_it(cast: Cast) -> None:
    row = recommended(cast)
    third = cast.other_organisation.pk
    changes = {"version": version(cast, CQP), "endorsed_id": third, "endorser": cast.organisation}
    with pytest.raises(DatabaseError, match="guarded"):
        again(row, **changes)


def test_nothing_is_answered_once_withdrawn(said: Recommendation, cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="guarded"), transaction.atomic():
        Reply.objects.create(recommendation=said, act="hidden", at=MADE_AT, by=cast.manager)


@pytest.mark.parametrize("model", SEALED)
def test_a_row_rewritten_or_gone_is_named(said: Recommendation, model: type[models.Model]) -> None:
    with lifted(connection):
        model._default_manager.update(**FROZEN[model])
    (found,) = rewritten()
    assert found.row.startswith(f"{model._meta.model_name}:") and found.entry > 0
    if model is not Recommendation:
        with lifted(connection):
            model._default_manager.all()._raw_delete("default")
        assert [one.row for one in rewritten()] == [found.row]
