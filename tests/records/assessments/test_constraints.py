"""What the database itself refuses of assessments, whoever writes to it."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from parchemin.records.assessments.models import (
    Evaluator,
    JuryReturn,
    Rating,
    Result,
    Sitting,
    Stand,
    Telling,
    Transmission,
)
from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from tests.web.cast import AT, ON, Cast

REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("sitting_method_given", Sitting, {"method": ""}),
    ("sitting_attendance_known", Sitting, {"attendance": "late"}),
    ("sitting_told_has_a_day", Sitting, {"attendance": "held", "starts_at": None}),
    ("sitting_settled_was_held", Sitting, {"attendance": "absent", "settled_at": AT}),
    ("sitting_passed_is_settled", Sitting, {"attendance": "held", "is_passed": True}),
    ("sitting_void_has_reason", Sitting, {"attendance": "void"}),
    ("sitting_cancelled_before_it_with_reason", Sitting, {"cancelled_at": AT}),
    ("evaluator_has_role", Evaluator, {"actor": ""}),
    ("evaluator_signed_declared_links", Evaluator, {"signed_at": AT, "assurance": "password"}),
    ("evaluator_signed_with_assurance", Evaluator, {"signed_at": AT, "links": []}),
    ("rating_kind_known", Rating, {"kind": "mood"}),
    ("rating_says_something", Rating, {"is_acquired": None}),
    ("stand_has_a_reason", Stand, {"reason": ""}),
    ("stand_has_a_value", Stand, {"is_acquired": None}),
    ("result_kind_known", Result, {"kind": "mood"}),
    ("result_has_a_value", Result, {"is_acquired": None}),
    ("result_corrected_with_reason", Result, {"corrects": ...}),
    ("result_entered_by_somebody", Result, {"sitting": None, "settled_by": None}),
    ("telling_attendance_known", Telling, {"attendance": "late"}),
    ("transmission_numbered_from_one", Transmission, {"number": 0}),
    ("transmission_froze_a_decision_by_stage", Transmission, {"completed": "assessed"}),
    ("jury_return_with_reason", JuryReturn, {"reason": ""}),
]
TWICE: list[tuple[str, type[models.Model]]] = [
    ("sitting_number_once", Sitting),
    ("evaluator_once", Evaluator),
    ("rating_once", Rating),
    ("stand_once", Stand),
    ("result_once_a_sitting", Result),
    ("telling_again_says_why", Telling),
    ("transmission_number_once", Transmission),
]


class Rows:
    """A row of each table that stands, from which others are made."""

    def __init__(self, cast: Cast, file: Candidacy) -> None:
        self.usual: dict[type[models.Model], dict[str, Any]] = {
            Sitting: {"candidacy": file, "method": "assessment", "number": 1, "starts_at": AT, "planned_at": AT}
        }
        line = {"code": "C1", "kind": "competence", "is_acquired": True}
        self.usual[Evaluator] = {"person": cast.evaluator, "actor": "external_evaluator"}
        self.usual[Rating] = {**line, "saved_at": AT}
        self.usual[Stand] = {**line, "reason": "x", "taken_at": AT}
        self.usual[Result] = {**line, "candidacy": file, "settled_at": AT}
        self.usual[Telling] = {"attendance": "held", "told_at": AT, "told_by": cast.secretary}
        self.usual[Transmission] = {
            "candidacy": file,
            "number": 1,
            "sent_on": ON,
            "sent_at": AT,
            "sent_by": cast.evaluator,
        }
        returned = {"returned_on": ON, "returned_at": AT, "returned_by": cast.secretary}
        self.usual[JuryReturn] = {"reason": "x", **returned}
        self.known: dict[type[models.Model], models.Model] = {}

    def first(self, model: type[models.Model]) -> models.Model:
        """One row of that table, always the same."""
        if model not in self.known:
            self.known[model] = self.make(model)
        return self.known[model]

    def make(self, model: type[models.Model], **values: Any) -> models.Model:
        """Another row, on the same others."""
        given = dict(self.usual[model])
        if model in (Evaluator, Result, Telling):
            given["sitting"] = self.first(Sitting)
        if model is Transmission:
            given |= {name: self._frozen(given["candidacy"]) for name in ("assessed", "completed")}
            values = {name: given["assessed"] if value == "assessed" else value for name, value in values.items()}
        if model is JuryReturn:
            given["transmission"] = self.first(Transmission)
        if model in (Rating, Stand):
            given["evaluator"] = self.first(Evaluator)
        return model._default_manager.create(**{**given, **values})

    def _frozen(self, file: Candidacy) -> DecisionRecord:
        """What the rules said, frozen once more."""
        kept = file.decisions.all()[0]
        return DecisionRecord.objects.create(
            candidacy=file,
            stage=kept.stage,
            answer="complete",
            outcome=kept.outcome,
            decision=kept.decision,
            decided_on=ON,
            decided_at=AT,
            decided_by=kept.decided_by,
        )


@pytest.fixture
def rows(cast: Cast, admissible: Candidacy) -> Rows:
    return Rows(cast, admissible)


def is_named(name: str, error: BaseException, model: type[models.Model]) -> bool:
    constraint = next(one for one in model._meta.constraints if one.name == name)
    columns = [getattr(model._meta.get_field(one), "column", one) for one in getattr(constraint, "fields", ())]
    said = str(error)
    return name in said or (bool(columns) and all(f".{column}" in said for column in columns)) or "append only" in said


@pytest.mark.parametrize(("name", "model", "values"), REFUSED, ids=[f"{n}-{i}" for i, (n, *_) in enumerate(REFUSED)])
def test_refused(rows: Rows, name: str, model: type[models.Model], values: dict[str, Any]) -> None:
    values = {key: rows.first(model) if value is ... else value for key, value in values.items()}
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rows.make(model, **values)
    assert is_named(name, refused.value, model)


@pytest.mark.parametrize(("name", "model"), TWICE, ids=[name for name, _ in TWICE])
def test_refused_twice(rows: Rows, name: str, model: type[models.Model]) -> None:
    rows.first(model)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rows.make(model)
    assert is_named(name, refused.value, model)


def test_a_line_is_entered_once_without_a_sitting(cast: Cast, admissible: Candidacy) -> None:
    def entered() -> Result:
        return Result.objects.create(
            candidacy=admissible, code="UE", kind="unit", mark=12, settled_at=AT, settled_by=cast.secretary
        )

    entered()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        entered()
    assert is_named("result_entered_once", refused.value, Result)


def test_every_constraint_is_tested() -> None:
    known = {one.name for model in apps.get_app_config("assessments").get_models() for one in model._meta.constraints}
    assert known == {name for name, *_ in REFUSED} | {name for name, _ in TWICE} | {"result_entered_once"}
