"""A jury that departs from the methods passed says why, as it does when it departs from results."""

import pytest

from parchemin.core.checks.award import DifferencesReasoned
from parchemin.core.facts import Assessment, Facts, Opinion
from tests.core.builders import SILENT, block, facts, framed, sitting, told

ORAL, WRITTEN = sitting("oral"), sitting("written")
NO_GAP = ("met", "aucun écart avec les résultats")


def judged(*sittings: Assessment, reason: str | None = None, is_granted: bool = True, code: str = "B1") -> Facts:
    return facts(assessments=sittings, opinions=(Opinion(code=code, is_granted=is_granted, reason=reason),))


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        (judged(ORAL, WRITTEN), *NO_GAP),
        (judged(ORAL, WRITTEN, is_granted=False), "not_met", "écart sans motif : B1"),
        (judged(ORAL, WRITTEN, is_granted=False, reason="rien"), "met", "1 écart motivé avec les résultats"),
        (judged(ORAL), "not_met", "écart sans motif : B1"),
        (judged(ORAL, is_granted=False), *NO_GAP),
        (judged(ORAL, reason="entretien"), "met", "1 écart motivé avec les résultats"),
        (judged(ORAL, sitting("written", passed=None), is_granted=False), *NO_GAP),
        (judged(sitting("practice"), is_granted=False), *NO_GAP),  # B1 is not assessed by it
        (judged(), *NO_GAP),
        (judged(ORAL, code="Z9"), *NO_GAP),
        (judged(ORAL, code="C1"), *NO_GAP),
    ],
)
def test_methods_propose_where_there_is_no_result(known: Facts, outcome: str, words: str) -> None:
    assert told(DifferencesReasoned(), known) == (outcome, words)


def test_methods_whose_joining_is_not_known_propose_nothing() -> None:
    under = framed(blocks=(block("B1", methods=SILENT),))
    for is_granted in (True, False):
        assert told(DifferencesReasoned(), judged(ORAL, is_granted=is_granted), under) == NO_GAP
