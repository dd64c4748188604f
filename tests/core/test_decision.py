"""Three-valued outcomes, verdicts, overrides and what a decision tells."""

import pytest

from parchemin.core.decision import (
    MET,
    NOT_MET,
    UNKNOWN,
    Decision,
    Effect,
    Finding,
    Outcome,
    Override,
    SchemeRef,
    Stage,
    all_of,
    any_of,
    enough,
    truth,
    verdict,
)
from tests.core.builders import TODAY, day


@pytest.mark.parametrize(
    ("outcomes", "every", "some"),
    [
        ([], MET, NOT_MET),
        ([MET], MET, MET),
        ([UNKNOWN], UNKNOWN, UNKNOWN),
        ([NOT_MET], NOT_MET, NOT_MET),
        ([MET, UNKNOWN], UNKNOWN, MET),
        ([UNKNOWN, MET], UNKNOWN, MET),
        ([MET, NOT_MET], NOT_MET, MET),
        ([NOT_MET, MET], NOT_MET, MET),
        ([UNKNOWN, NOT_MET], NOT_MET, UNKNOWN),
        ([NOT_MET, UNKNOWN], NOT_MET, UNKNOWN),
        ([UNKNOWN, MET, NOT_MET], NOT_MET, MET),
    ],
)
def test_all_and_any(outcomes: list[Outcome], every: Outcome, some: Outcome) -> None:
    assert all_of(outcomes) is every
    assert any_of(outcomes) is some


def test_truth() -> None:
    assert (truth(True), truth(False), truth(None)) == (MET, NOT_MET, UNKNOWN)


@pytest.mark.parametrize(
    ("sure", "maybe", "least", "outcome"),
    [(2, 0, 2, MET), (1, 1, 2, UNKNOWN), (1, 0, 2, NOT_MET), (0, 1, 2, NOT_MET), (0, 0, 0, MET), (3, 5, 2, MET)],
)
def test_enough(sure: int, maybe: int, least: int, outcome: Outcome) -> None:
    assert enough(sure, maybe, least) is outcome


OVERRIDE = Override(
    rule="r", author="CPNE", reason="cas de force majeure", source="décision", decided_on=day("2026-01-01")
)


def finding(outcome: Outcome, effect: Effect = Effect.BLOCKING, override: Override | None = None) -> Finding:
    return Finding("r", effect, outcome, "Règle", "vu", "source", override=override)


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ([], UNKNOWN),
        ([finding(MET)], MET),
        ([finding(NOT_MET, Effect.WARNING)], UNKNOWN),
        ([finding(MET), finding(NOT_MET, Effect.WARNING), finding(NOT_MET, Effect.INFORMATION)], MET),
        ([finding(MET), finding(UNKNOWN)], UNKNOWN),
        ([finding(MET), finding(UNKNOWN), finding(NOT_MET)], NOT_MET),
        ([finding(MET), finding(NOT_MET, override=OVERRIDE)], MET),
    ],
)
def test_silence_is_not_consent(findings: list[Finding], outcome: Outcome) -> None:
    assert verdict(findings) is outcome


def test_a_lifted_finding_keeps_its_outcome_and_counts_as_met() -> None:
    lifted = finding(NOT_MET, override=OVERRIDE)
    assert lifted.outcome is NOT_MET
    assert lifted.counts_as is MET
    assert finding(NOT_MET).counts_as is NOT_MET


def test_a_decision_tells_its_findings_by_outcome_and_effect() -> None:
    blocking, warned, lifted = finding(NOT_MET), finding(NOT_MET, Effect.WARNING), finding(NOT_MET, override=OVERRIDE)
    made = Decision(Stage.AWARD, SchemeRef("s", "v", "d"), TODAY, NOT_MET, (blocking, warned, lifted))
    assert made.those(NOT_MET) == (blocking,)
    assert made.those(NOT_MET, Effect.WARNING) == (warned,)
    assert made.those(MET) == (lifted,)
    assert made.those(UNKNOWN) == ()


def test_a_reference_reads_as_id_at_version() -> None:
    assert str(SchemeRef("cqp", "undated", "d")) == "cqp@undated"


def test_names_are_those_of_the_files() -> None:
    assert [stage.value for stage in Stage] == [
        "eligibility",
        "completeness",
        "assessment",
        "jury",
        "award",
        "validity",
    ]
    assert [outcome.value for outcome in Outcome] == ["met", "unknown", "not_met"]
    assert [effect.value for effect in Effect] == ["blocking", "warning", "information"]
