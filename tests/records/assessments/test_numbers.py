"""Figures: what agreement means and when it means nothing, who has what to do, how long steps take, the matrix."""

from datetime import date
from typing import Any

import pytest

from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.entering import Entered, enter_results
from parchemin.records.assessments.actions.holding import void_sitting
from parchemin.records.assessments.actions.settling import take_stand
from parchemin.records.assessments.queries.cohort import cohort, columns_of
from parchemin.records.assessments.queries.numbers import agreements, counted_files, kappa, loads, spans, step_titles
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.standing import Standing
from tests.records.assessments import sending, sheets
from tests.records.assessments.sheets import LATER, SIX, Pair
from tests.web.cast import AT, CQP, MASTER, ON, Cast


def seen(cast: Cast, scheme: str = CQP, year: int | None = None) -> Any:
    """The files whose figures the secretary sees."""
    return counted_files(Standing.of(cast.secretary, ON), scheme, year)


def test_kappa_of_a_published_table() -> None:
    """Cohen's own kind of example: 20 + 15 alike out of 50, 5 and 10 not; 0.4 once chance is taken out."""
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    assert kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize(
    "pairs", [[], [(True, False)] * 19, [(True, True)] * 50], ids=["nothing", "too few", "one value only"]
)
def test_kappa_means_nothing(pairs: list[tuple[bool, bool]]) -> None:
    assert kappa(pairs) is None


def test_two_opposite_raters_are_worse_than_chance() -> None:
    assert kappa([(True, False)] * 15 + [(False, True)] * 15) == pytest.approx(-1)


def test_agreement_is_told_of_settled_sittings_only(cast: Cast, admissible: Candidacy, pair: Pair) -> None:
    sheets.signed(pair.professional, "C4")
    assert agreements(seen(cast)) == ([], [])
    sheets.signed(pair.outside)
    assert agreements(seen(cast)) == ([], []), "one line still differs"
    _settled(pair)
    (method,), lines = agreements(seen(cast))
    assert (method.method, method.lines, method.alike, method.share, method.kappa) == ("assessment", 7, 6, 86, None)
    assert {one.code: one.share for one in lines} == {**dict.fromkeys([*SIX, "assessment"], 100), "C4": 0}


def _settled(pair: Pair) -> None:
    take_stand(
        evaluator=pair.professional,
        kind=Kind.COMPETENCE,
        code="C4",
        is_acquired=True,
        reason="Revu.",
        by=pair.professional.person,
        at=LATER,
    )


def test_the_load_of_each_evaluator(cast: Cast, admissible: Candidacy, pair: Pair) -> None:
    sheets.signed(pair.outside)
    found = {one.name: (one.to_come, one.to_sign, one.signed, one.lines) for one in loads(seen(cast))}
    assert found == {"Denis Échantillon": (0, 1, 0, 0), "Esther Spécimen": (0, 0, 1, 7)}
    sheets.planned(cast, admissible)
    assert {one.name: one.to_come for one in loads(seen(cast))} == {"Denis Échantillon": 1, "Esther Spécimen": 1}


def test_the_days_between_steps(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    sending.sent(cast, row)
    scheme = Judged(row, ON).scheme
    found = {one.step: (one.files, one.days) for one in spans(seen(cast), scheme)}
    assert found["transmitted"] == (1, 1) and found["step:assessment"] == (1, 0)
    assert set(step_titles(scheme)) >= {"step:assessment", "step:deliberation"}


def test_figures_are_of_ones_own_files(cast: Cast, admissible: Candidacy) -> None:
    assert seen(cast).count() == 1
    assert seen(cast, year=2026).count() == 1 and seen(cast, year=2025).count() == 0
    assert counted_files(Standing.of(cast.other_secretary, ON), CQP, None).count() == 0
    assert counted_files(Standing.of(cast.evaluator, ON), CQP, None).count() == 0


def test_the_matrix_tells_what_each_has(cast: Cast, admissible: Candidacy, pair: Pair) -> None:
    columns = columns_of(Judged(admissible, ON).scheme)[Kind.COMPETENCE]
    (row,) = cohort(seen(cast), columns).rows
    assert set(row.states) == {"to_rate"}
    sheets.signed(pair.professional, "C2")
    sheets.signed(pair.outside, "C2")
    (row,) = cohort(seen(cast), columns).rows
    assert row.states == ("acquired", "to_acquire", "acquired", "acquired", "acquired", "acquired")
    assert row.name == "Fictive Odile"
    void_sitting(sitting=pair.sitting, reason="x", by=cast.secretary, at=LATER)
    assert set(cohort(seen(cast), columns).rows[0].states) == {"to_rate"}


def test_the_matrix_of_units(cast: Cast) -> None:
    row = sending.student(cast)
    lines = [
        Entered(code="UE01", kind=Kind.UNIT, mark=12),  # type: ignore[arg-type]
        Entered(code="UE02", kind=Kind.UNIT, is_acquired=False),
    ]
    enter_results(candidacy=row, lines=lines, by=cast.secretary, at=AT)
    columns = columns_of(Judged(row, date(2026, 3, 2)).scheme)
    assert list(columns) == [Kind.COMPETENCE, Kind.UNIT, Kind.LEARNING]
    (found,) = cohort(seen(cast, MASTER), columns[Kind.UNIT]).rows
    assert found.states[:3] == ("marked", "to_acquire", "to_rate")
