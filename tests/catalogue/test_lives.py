"""Whole lives: what becomes known is laid over day after day, and each day may be decided."""

from pathlib import Path

import pytest

from parchemin.catalogue.lives import Lived, live, read_life
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.problems import RefusedError
from tests.samples import ID, NEW, OLD, copied, published, ruling, written

HEAD = f"""format: parchemin/life-1
scheme: {ID}
title: "Une vie d'essai"
who: "Alix Essai"
"""
LIFE = (
    HEAD
    + """rulings: [quorum]
facts: {route: continuing, dates: {began: 2027-02-03}, members: [{name: Alix, college: employers}]}
steps:
  - title: "Début"
    date: 2027-02-03
    tells: "Alix commence."
    decides: {eligibility: met}
  - title: "Un collège manque"
    date: 2027-03-01
    tells: "Le jury est incomplet."
    facts: {dates: {deposited: 2027-02-20}}
    decides: {jury: not_met}
    not_met: [jury.colleges, jury.quorum]
  - title: "Le jury se tient"
    date: 2027-03-02
    tells: "Sacha arrive."
    adds: {members: [{name: Sacha, college: employees}]}
    decides: {eligibility: met, jury: met}
    not_met: []
  - title: "Le jury change"
    date: 2027-03-03
    tells: "La liste est remplacée."
    facts: {members: [{name: Noa, college: employees}], dates: {deliberated: 2027-03-03}}
    decides: {jury: not_met}
"""
)


def lived(tmp_path: Path, text: str) -> list[Lived]:
    root = published(copied(tmp_path))
    fills = 'fills:\n  - {gap: rules/jury.quorum/total, value: 2, source: "decision"}\n'
    written(tmp_path, "demo/rulings/quorum.yaml", ruling(more=fills))
    path = written(tmp_path, "demo/lives/essai.yaml", text)
    return list(live(read_life(path), Catalogue(root)))


def test_a_life_goes_as_planned(tmp_path: Path) -> None:
    days = lived(tmp_path, LIFE)
    assert [day.surprises for day in days] == [(), (), (), ()]
    assert [len(day.decisions) for day in days] == [1, 1, 2, 1]
    assert [day.decisions[-1].decided_on for day in days] == [day.step.date for day in days]


def test_lists_are_replaced_by_facts_and_lengthened_by_adds(tmp_path: Path) -> None:
    days = lived(tmp_path, LIFE)
    seen = [{finding.rule: finding.seen for finding in day.decisions[-1].findings} for day in days[1:]]
    assert [one["jury.colleges"] for one in seen] == [
        "employeurs : 1, salariés : 0",
        "employeurs : 1, salariés : 1",
        "employeurs : 0, salariés : 1",
    ]


def test_mappings_are_merged(tmp_path: Path) -> None:
    """Were the dates replaced, the beginning would be lost and the former version would not apply any more."""
    text = LIFE.replace("began: 2027-02-03", "began: 2026-12-31").replace("rulings: [quorum]", "rulings: []")
    days = lived(tmp_path, text)
    assert [day.scheme.ref.version for day in days] == [OLD, OLD, OLD, OLD]
    assert [day.scheme.ref.version for day in lived(tmp_path / "new", LIFE)] == [NEW, NEW, NEW, NEW]


def test_a_ruling_counts_from_its_date_of_effect_within_a_life(tmp_path: Path) -> None:
    text = LIFE.replace("date: 2027-02-03\n", "date: 2027-01-20\n").replace("{eligibility: met}\n", "{jury: not_met}\n")
    first = lived(tmp_path, text.replace("began: 2027-02-03", "began: 2027-01-20"))[0]
    assert [f.outcome.value for f in first.decisions[0].findings if f.rule == "jury.quorum"] == ["unknown"]


@pytest.mark.parametrize(
    ("old", "new", "surprises"),
    [
        ("{eligibility: met}", "{eligibility: not_met}", ("eligibility: not_met → met",)),
        ("{jury: not_met}\n    not", "{jury: met}\n    not", ("jury: met → not_met",)),
        (
            "[jury.colleges, jury.quorum]",
            "[jury.quorum]",
            ("not_met: jury.quorum → jury.colleges, jury.quorum",),
        ),
        ("not_met: []", "not_met: [jury.quorum]", ("not_met: jury.quorum → ",)),
    ],
)
def test_a_surprise_is_told(tmp_path: Path, old: str, new: str, surprises: tuple[str, ...]) -> None:
    days = lived(tmp_path, LIFE.replace(old, new, 1))
    assert [day.surprises for day in days if day.surprises] == [surprises]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (LIFE.replace("who:", "whose:"), "unknown_key", 4),
        (LIFE.replace("tells: \"Alix commence.\"", "tell: x"), "unknown_key", 10),
        (LIFE.replace("eligibility: met", "eligible: met"), "wrong_value", 11),
        (LIFE.replace("rulings: [quorum]", "rulings: [absent]"), "not_found", 1),
        (LIFE.replace("{dates: {deposited:", "{dats: {deposited:"), "unknown_key", 15),
        (LIFE.replace("adds: {members:", "adds: {membres:"), "unknown_key", 1),
        (HEAD, "missing_key", 1),
    ],
)  # fmt: skip
def test_an_unfit_life_is_refused(tmp_path: Path, text: str, code: str, line: int) -> None:
    with pytest.raises(RefusedError) as caught:
        lived(tmp_path, text)
    assert code in [problem.code for problem in caught.value.problems]
    if line > 1:
        assert line in [problem.mark.line for problem in caught.value.problems]
