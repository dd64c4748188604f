"""Was everything assessed that had to be, and only that, and is it acquired?"""

from fractions import Fraction
from typing import Any

import pytest

from parchemin.core.checks.results import AllAcquired, AllAssessed, BlockAcquired, EvidencePerResult, OnlyAssessed
from parchemin.core.facts import Facts, Opinion, Result
from parchemin.core.framework import Criterion
from parchemin.core.scheme import Check
from tests.core.builders import (
    SILENT,
    SOURCE,
    acquired,
    competence,
    facts,
    framed,
    learning,
    results,
    seen,
    told,
    unit,
)

UNITS = BlockAcquired(block="B1", by="units", threshold=Fraction(10))


@pytest.mark.parametrize("check", [OnlyAssessed(), AllAssessed(), AllAcquired(), EvidencePerResult(at_least=1), UNITS])
def test_results_not_known(check: Check) -> None:
    assert told(check) == ("unknown", "résultats non renseignés")


@pytest.mark.parametrize(
    ("codes", "outcome", "words"),
    [
        (("C1", "E2"), "met", "2 résultats sur des compétences évaluées"),
        (("B1",), "met", "1 résultat sur des compétences évaluées"),
        ((), "met", "aucun résultat"),
        (("C4",), "not_met", "C4 : ne fait pas partie des compétences évaluées"),
        (("Z9",), "not_met", "Z9 : inconnue du référentiel"),
        (
            ("Z9", "C1", "C4"),
            "not_met",
            "C4 : ne fait pas partie des compétences évaluées ; Z9 : inconnue du référentiel",
        ),
    ],
)
def test_only_assessed(codes: tuple[str, ...], outcome: str, words: str) -> None:
    assert told(OnlyAssessed(), results(*acquired(*codes))) == (outcome, words)


def test_only_assessed_where_the_framework_is_not_known() -> None:
    silent = framed(competences=(competence("C5", is_assessed=SILENT),))
    assert told(OnlyAssessed(), results(*acquired("C5")), silent) == (
        "unknown",
        "C5 : la source ne dit pas si elle est évaluée",
    )
    assert told(OnlyAssessed(), results(*acquired("Z9")), framed(competences=SILENT)) == (
        "unknown",
        "Z9 : inconnue du référentiel",
    )
    assert told(OnlyAssessed(), results(*acquired("Z9")), framed(criteria=SILENT))[0] == "not_met"


def test_criteria_learnings_and_units_bear_results_too() -> None:
    under = framed(
        criteria=(Criterion(id="K1", title="k", source=SOURCE),),
        learnings=(learning("L1", "B1"),),
        units=(unit("U1", "B1"),),
    )
    assert told(OnlyAssessed(), results(*acquired("K1", "L1", "U1")), under)[0] == "met"


def judged(**states: bool | None) -> Facts:
    return results(*(Result(code=code, is_acquired=state) for code, state in states.items()))


@pytest.mark.parametrize(
    ("known", "acquired_words", "assessed_words"),
    [
        (judged(C1=True, C2=True, C3=True), ("met", "3 acquises sur 3"), ("met", "3 évaluées sur 3")),
        (judged(C1=True, E2=True, C3=True), ("met", "3 acquises sur 3"), ("met", "3 évaluées sur 3")),
        (judged(C1=True, C2=True, C3=False), ("not_met", "2 acquises sur 3 ; manque C3"), ("met", "3 évaluées sur 3")),
        (judged(C1=True, C2=True), ("not_met", "2 acquises sur 3 ; manque C3"), ("not_met", "2 évaluées sur 3 ; sans résultat C3")),
        (judged(C1=True, C2=True, C3=None), ("unknown", "2 acquises sur 3 ; à établir C3"),
         ("not_met", "2 évaluées sur 3 ; sans résultat C3")),
        (judged(C1=True, C2=False, C3=None), ("not_met", "1 acquise sur 3 ; manque C2 ; à établir C3"),
         ("not_met", "2 évaluées sur 3 ; sans résultat C3")),
        (judged(), ("not_met", "0 acquise sur 3 ; manque C1, C2, C3"), ("not_met", "0 évaluée sur 3 ; sans résultat C1, C2, C3")),
        (judged(C1=True, C2=True, C3=True, C4=False), ("met", "3 acquises sur 3"), ("met", "3 évaluées sur 3")),
    ],
)  # fmt: skip
def test_all_acquired_and_all_assessed(
    known: Facts, acquired_words: tuple[str, str], assessed_words: tuple[str, str]
) -> None:
    assert told(AllAcquired(), known) == acquired_words
    assert told(AllAssessed(), known) == assessed_words


def test_what_is_missing_and_what_is_not_settled() -> None:
    assert seen(AllAcquired(), judged(C1=None, C2=False)).values == {"missing": ["C2", "C3"], "unsure": ["C1"]}


def test_a_competence_that_may_not_be_assessed() -> None:
    under = framed(competences=(competence("C1"), competence("C5", is_assessed=SILENT)))
    assert told(AllAcquired(), judged(C1=True), under) == ("unknown", "1 acquise sur 2 ; à établir C5")
    assert told(AllAcquired(), judged(C1=True, C5=True), under) == ("met", "2 acquises sur 2")
    assert told(AllAcquired(), judged(C1=False, C5=False), under) == (
        "not_met",
        "0 acquise sur 2 ; manque C1 ; à établir C5",
    )


def test_competences_not_known() -> None:
    assert told(AllAcquired(), judged(), framed(competences=SILENT)) == ("unknown", "compétences évaluées inconnues")


def evidenced(**counts: int | None) -> Facts:
    return results(*(Result(code=code, evidence=count) for code, count in counts.items()))


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        (evidenced(C1=2, C2=3), "met", "preuves : 2 résultats sur 2"),
        (evidenced(C1=2, C2=1), "not_met", "preuves : 1 résultat sur 2 ; manque C2"),
        (evidenced(C1=2, C2=None), "unknown", "preuves : 1 résultat sur 2 ; manque C2"),
        (evidenced(C2=0, C1=None), "not_met", "preuves : 0 résultat sur 2 ; manque C1, C2"),
        (evidenced(C1=2, C4=0, Z9=0), "met", "preuves : 1 résultat sur 1"),
        (evidenced(), "unknown", "aucun résultat"),
        (evidenced(C4=3), "unknown", "aucun résultat"),
    ],
)
def test_evidence_per_result(known: Facts, outcome: str, words: str) -> None:
    assert told(EvidencePerResult(at_least=2), known) == (outcome, words)


def marks(**given: Any) -> Facts:
    return results(*(Result(code=code, mark=None if mark is None else Fraction(mark)) for code, mark in given.items()))


PLAIN = framed(units=(unit("U1", "B1"), unit("U2", "B1", "B2"), unit("U3", "B2")))


@pytest.mark.parametrize(
    ("known", "outcome", "words", "missing"),
    [
        (marks(U1=12, U2=10), "met", "B1 : 2 sur 2", []),
        (marks(U1=12, U2="9.99"), "not_met", "B1 : 1 sur 2 ; manque U2", ["U2"]),
        (marks(U1=12), "not_met", "B1 : 1 sur 2 ; manque U2", ["U2"]),
        (marks(U1=12, U2=None), "unknown", "B1 : 1 sur 2 ; manque U2", ["U2"]),
        (results(*acquired("U1", "U2")), "met", "B1 : 2 sur 2", []),
        (results(Result(code="U1", is_acquired=False, mark=Fraction(20)), *acquired("U2")), "not_met", "B1 : 1 sur 2 ; manque U1", ["U1"]),
        (results(Result(code="U1", is_acquired=True, mark=Fraction(2)), *acquired("U2")), "met", "B1 : 2 sur 2", []),
    ],
)  # fmt: skip
def test_block_by_units(known: Facts, outcome: str, words: str, missing: list[str]) -> None:
    found = seen(UNITS, known, PLAIN)
    assert (found.outcome.value, found.words, found.values["missing"]) == (outcome, words, missing)


def test_a_unit_that_feeds_several_blocks_is_read_once() -> None:
    known = marks(U1=12, U2=9, U3=12)
    assert told(UNITS, known, PLAIN) == ("not_met", "B1 : 1 sur 2 ; manque U2")
    assert told(BlockAcquired(block="B2", by="units", threshold=Fraction(10)), known, PLAIN) == (
        "not_met",
        "B2 : 1 sur 2 ; manque U2",
    )


def test_marks_without_a_threshold() -> None:
    check = BlockAcquired(block="B1", by="units")
    assert told(check, marks(U1=12, U2=12), PLAIN) == ("unknown", "B1 : 0 sur 2 ; manque U1, U2")
    assert told(check, results(*acquired("U1", "U2")), PLAIN) == ("met", "B1 : 2 sur 2")


def test_a_block_nothing_leads_to() -> None:
    assert told(UNITS, marks()) == ("unknown", "B1 : aucun élément relié à ce bloc")
    assert told(BlockAcquired(block="B1", by="learnings"), marks()) == ("unknown", "B1 : aucun élément relié à ce bloc")


WEIGHED = framed(
    units=(
        unit("U1", "B1", coefficient=1),
        unit("U2", "B1", coefficient=3),
        unit("U3", "B2", coefficient=5),
    )
)
COMPENSATED = BlockAcquired(block="B1", by="units", threshold=Fraction(10), compensation="block")
NO_MEAN = "B1 : moyenne non calculable (note ou coefficient inconnu), seuil 10"


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        (marks(U1=12, U2=12), "met", "B1 : 2 sur 2"),
        (marks(U1=7, U2=11), "met", "B1 : moyenne 10, seuil 10"),
        (marks(U1="6.9", U2=11), "not_met", "B1 : moyenne 9,97, seuil 10"),
        (marks(U1=13, U2=9, U3=20), "met", "B1 : moyenne 10, seuil 10"),
        (marks(U1=9), "unknown", NO_MEAN),
        (marks(U1=9, U2=None), "unknown", NO_MEAN),
        (results(Result(code="U1", is_acquired=False), *acquired("U2")), "unknown", NO_MEAN),
        (marks(U1=12, U2=None), "unknown", "B1 : 1 sur 2 ; manque U2"),
    ],
)
def test_block_with_compensation(known: Facts, outcome: str, words: str) -> None:
    assert told(COMPENSATED, known, WEIGHED) == (outcome, words)


def test_a_mean_needs_coefficients() -> None:
    assert told(COMPENSATED, marks(U1=9, U2=12), PLAIN) == ("unknown", NO_MEAN)
    nil = framed(units=(unit("U1", "B1", coefficient=0), unit("U2", "B1", coefficient=0)))
    assert told(COMPENSATED, marks(U1=9, U2=12), nil) == ("unknown", NO_MEAN)
    bare = BlockAcquired(block="B1", by="units", compensation="block")
    known = results(Result(code="U1", is_acquired=False, mark=Fraction(9)), Result(code="U2", mark=Fraction(12)))
    assert told(bare, known, WEIGHED) == (
        "unknown",
        "B1 : moyenne non calculable (note ou coefficient inconnu), seuil 0",
    )


def test_a_part_of_a_unit_weighs_through_it() -> None:
    under = framed(
        units=(
            unit("U1", "B1", coefficient=1),
            unit("U11", "B1", coefficient=9, part_of="U1"),
            unit("U2", "B1", coefficient=1),
            unit("U31", "B1", coefficient=1, part_of="U3"),
        )
    )
    assert told(COMPENSATED, marks(U1=8, U11=1, U2=12, U31=13), under) == ("met", "B1 : moyenne 11, seuil 10")


LEARNT = framed(learnings=(learning("L1", "B1", "M1"), learning("L2", "B1", "M1", "M2"), learning("L3", "B2")))
BY_LEARNINGS = BlockAcquired(block="B1", by="learnings", threshold=Fraction(10), compensation="block")


def test_block_by_learnings() -> None:
    assert told(BY_LEARNINGS, results(*acquired("L1", "L2")), LEARNT) == ("met", "B1 : 2 sur 2")
    assert told(BlockAcquired(block="B1", by="learnings"), results(*acquired("L1")), LEARNT) == (
        "not_met",
        "B1 : 1 sur 2 ; manque L2",
    )
    assert told(BY_LEARNINGS, marks(L1=8, L2=12), LEARNT) == ("met", "B1 : moyenne 10, seuil 10")


def test_what_failed_is_told_apart_from_what_is_awaited() -> None:
    failed = Result(code="L1", is_acquired=False)
    assert seen(BY_LEARNINGS, marks(L1=8, L2=9), LEARNT).values == {"waiting": []}
    plain = BlockAcquired(block="B1", by="learnings", threshold=Fraction(10))
    assert seen(plain, results(failed), LEARNT).values == {"missing": ["L1", "L2"], "waiting": ["L2"]}
    whole = seen(plain, results(failed, *acquired("L2")), LEARNT)
    assert whole.values == {"missing": ["L1"], "waiting": []}
    unsure = seen(plain, results(failed, Result(code="L2", is_acquired=None)), LEARNT)
    assert unsure.values == {"missing": ["L1", "L2"], "waiting": ["L2"]}


def test_learnings_without_a_level_have_to_be_completed_first() -> None:
    found = seen(BlockAcquired(block="B2", by="learnings"), results(*acquired("L3")), LEARNT)
    assert found.outcome == "unknown"
    assert found.words == "niveau à compléter pour 1 apprentissage critique : L3"
    assert found.values == {"to_complete": ["L3"]}
    both = framed(learnings=(learning("L3", "B2"), learning("L4", "B2")))
    assert told(BlockAcquired(block="B2", by="learnings"), results(), both) == (
        "unknown",
        "niveau à compléter pour 2 apprentissages critiques : L3, L4",
    )


@pytest.mark.parametrize(
    ("opinions", "outcome", "words"),
    [
        (None, "unknown", "B1 : avis du jury non rendu"),
        ((), "unknown", "B1 : avis du jury non rendu"),
        ((Opinion(code="B2", is_granted=True),), "unknown", "B1 : avis du jury non rendu"),
        ((Opinion(code="B1", is_granted=True),), "met", "B1 : avis favorable du jury"),
        ((Opinion(code="B1", is_granted=False),), "not_met", "B1 : avis défavorable du jury"),
        (
            (Opinion(code="B1", is_granted=False), Opinion(code="B1", is_granted=True)),
            "met",
            "B1 : avis favorable du jury",
        ),
    ],
)
def test_block_by_the_jury(opinions: Any, outcome: str, words: str) -> None:
    assert told(BlockAcquired(block="B1", by="jury"), facts(opinions=opinions)) == (outcome, words)
