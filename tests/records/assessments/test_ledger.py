"""Two ledgers: a unit once whatever it feeds, entries added and never changed, blocks proposed by the rules alone."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from parchemin.core.decision import Outcome, Stage
from parchemin.core.grid import Kind, Refused
from parchemin.records.assessments.actions.entering import Entered, codes_of, enter_results
from parchemin.records.assessments.actions.holding import void_sitting
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.models import Result
from parchemin.records.assessments.queries.ledger import Ledger
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.errors import StaleError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal import queries as journal
from tests.records.assessments import sending, sheets
from tests.records.assessments.sheets import LATER, SIX, Pair
from tests.web.cast import AT, FEST, ON, Cast, opened


def unit(code: str, mark: int | str | None = None, reason: str = "", **typed: Any) -> Entered:
    """A unit as it is typed."""
    return Entered(code=code, kind=Kind.UNIT, mark=None if mark is None else Decimal(mark), reason=reason, **typed)


def learning(code: str, **typed: Any) -> Entered:
    """A critical learning as it is typed."""
    return Entered(code=code, kind=Kind.LEARNING, **typed)


@pytest.fixture
def student(cast: Cast) -> Candidacy:
    """An admissible file of a certification with two ledgers."""
    return sending.student(cast)


def ledger(row: Candidacy) -> Ledger:
    return Ledger(Judged(Candidacy.objects.get(pk=row.pk), ON))


def test_a_unit_that_feeds_several_blocks_is_entered_and_counted_once(cast: Cast, student: Candidacy) -> None:
    enter_results(candidacy=student, lines=[unit("UE19", 12)], by=cast.secretary, at=AT)
    assert Result.objects.count() == 1
    held = [one for one in ledger(student).units if one.line.code == "UE19"]
    assert len(held) == 1 and held[0].blocks == ("BC01", "BC02", "BC03", "BC04")
    assert held[0].result and held[0].result.mark == 12
    results = Judged(Candidacy.objects.get(pk=student.pk), ON).whole.results or ()
    assert [one.code for one in results] == ["UE19"]


def test_blocks_are_proposed_by_the_rules_from_the_units(cast: Cast, student: Candidacy) -> None:
    scheme = Judged(student, ON).scheme
    feeding = [one.id for one in scheme.framework.units if "BC01" in one.blocks]
    lines = [unit(code, 10) for code in feeding[:-1]] + [unit(feeding[-1], "9.99")]
    enter_results(candidacy=student, lines=lines, by=cast.secretary, at=AT)

    def outcome(block: str) -> Outcome:
        found = Judged(Candidacy.objects.get(pk=student.pk), ON).decided(Stage.ASSESSMENT).findings
        return next(one.outcome for one in found if one.rule == f"assessment.{block}")

    assert outcome("bc01") is Outcome.NOT_MET
    enter_results(candidacy=student, lines=[unit(feeding[-1], 10, "Deuxième session.")], by=cast.secretary, at=LATER)
    assert outcome("bc01") is Outcome.MET
    assert outcome("bc02") is Outcome.NOT_MET


def test_a_change_is_another_entry_with_its_reason(cast: Cast, student: Candidacy) -> None:
    enter_results(candidacy=student, lines=[unit("UE04", 8)], by=cast.secretary, at=AT)
    refused("why", lambda: enter_results(candidacy=student, lines=[unit("UE04", 11)], by=cast.secretary, at=LATER))
    enter_results(candidacy=student, lines=[unit("UE04", 11, "Erreur de saisie.")], by=cast.manager, at=LATER)
    held = next(one for one in ledger(student).units if one.line.code == "UE04")
    assert held.result and held.result.reason == "Erreur de saisie."
    assert [one.mark for one in held.earlier] == [8]
    assert held.result.settled_by == cast.manager
    assert journal.verify().is_whole


def test_what_stands_already_adds_nothing(cast: Cast, student: Candidacy) -> None:
    lines = [unit("UE04", 8), learning("BC01-AC1", level="M1")]
    assert len(enter_results(candidacy=student, lines=lines, by=cast.secretary, at=AT)) == 2
    revision = student.revision
    assert enter_results(candidacy=student, lines=[*lines, unit("UE05")], by=cast.secretary, at=LATER) == []
    assert student.revision == revision


def test_a_learning_over_two_levels_is_acquired_at_the_last(cast: Cast, student: Candidacy) -> None:
    lines = [
        learning("BC01-AC4", level="M1"),
        learning("BC01-AC5", level="M2"),
        learning("BC01-AC6", is_acquired=False),
    ]
    enter_results(candidacy=student, lines=lines, by=cast.secretary, at=AT)
    found = {one.code: (one.is_acquired, one.level) for one in Result.objects.all()}
    assert found == {"BC01-AC4": (False, "M1"), "BC01-AC5": (True, "M2"), "BC01-AC6": (False, "")}


def refused(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(AssessmentError) as raised:
        act()
    assert raised.value.code == code
    assert sentence(raised.value)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (unit("UE99", 12), "no_entry"),
        (unit("BC01-AC1", 12), "no_entry"),
        (Entered(code="C.1.1", kind=Kind.COMPETENCE, is_acquired=True), "no_entry"),
        (unit("UE04", -1), "mark"),
        (unit("UE04", "100.5"), "mark"),
        (learning("BC01-AC1", level="M2"), "level"),
    ],
)
def test_one_bad_line_keeps_nothing_of_the_others(cast: Cast, student: Candidacy, line: Entered, code: str) -> None:
    lines = [unit("UE05", 12), line]
    refused(code, lambda: enter_results(candidacy=student, lines=lines, by=cast.secretary, at=AT))
    assert not Result.objects.exists()


def test_somebody_overtaken_enters_nothing(cast: Cast, student: Candidacy) -> None:
    enter_results(candidacy=student, lines=[unit("UE04", 8)], by=cast.secretary, at=AT)
    with pytest.raises(StaleError):
        enter_results(candidacy=student, lines=[unit("UE05", 8)], by=cast.manager, at=AT, revision=0)


def test_every_unit_is_there_once(student: Candidacy) -> None:
    found = [one.line.code for one in ledger(student).units]
    assert found == list(codes_of(Judged(student, ON).scheme, Kind.UNIT)) and len(found) == len(set(found)) == 22


def test_the_ledger_of_competences_and_what_is_to_retry(admissible: Candidacy, pair: Pair) -> None:
    found = ledger(admissible)
    assert [one.line.code for part in found.competences for one in part.lines] == list(SIX)
    assert found.counted == {"acquired": 0, "to_acquire": 0, "marked": 0, "to_rate": 6}
    assert found.to_retry == ()
    sheets.signed(pair.professional, "C3")
    sheets.signed(pair.outside, "C3")
    found = ledger(admissible)
    assert found.counted["acquired"] == 5
    assert [(one.id, [line.code for line in one.missing]) for one in found.to_retry] == [("assessment", ["C3"])]


def test_what_came_from_a_void_sitting_stays_to_be_read_and_counts_no_more(
    cast: Cast, admissible: Candidacy, pair: Pair
) -> None:
    sheets.signed(pair.professional)
    sheets.signed(pair.outside)
    void_sitting(sitting=pair.sitting, reason="Fraude.", by=cast.secretary, at=LATER)
    held = [one for part in ledger(admissible).competences for one in part.lines]
    assert {one.state for one in held} == {"to_rate"}
    assert all(len(one.earlier) == 1 for one in held)


def test_a_competence_that_is_not_assessed_says_so(cast: Cast) -> None:
    row = opened(cast.candidate, cast.certification(FEST))
    lines = {one.line.code: one.line.refused for part in ledger(row).competences for one in part.lines}
    assert lines["A2-C2"] is Refused.NOT_ASSESSED and lines["A2-C1"] is None


def test_the_ledger_asks_little_of_the_database(
    cast: Cast, student: Candidacy, django_assert_max_num_queries: Any
) -> None:
    scheme = Judged(student, ON).scheme
    lines = [unit(code, 12) for code in codes_of(scheme, Kind.UNIT)]
    enter_results(candidacy=student, lines=lines, by=cast.secretary, at=AT)
    row = Candidacy.objects.select_related("certification").get(pk=student.pk)
    found = Ledger(Judged(row, ON))
    with django_assert_max_num_queries(24):
        assert found.units and found.learnings and found.competences and found.to_retry == ()
