"""Rule tests in YAML: inherited from one another, run on their version, and told when they differ."""

from pathlib import Path
from typing import Any

import pytest

from parchemin.catalogue.cases import Difference, Ran, case_files, read_cases, run
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.problems import RefusedError
from parchemin.core.decision import MET, Stage
from tests.samples import FIXTURES, ID, NEW, OLD, copied, ruling, written

BASE = """- case: "Deux membres"
  date: 2027-06-15
  fills: {rules/jury.quorum/total: 2}
  facts: {route: continuing, members: [{name: Alix, college: employers}, {name: Sacha, college: employees}]}
  expect: {outcome: met}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copied(tmp_path)


def ran(root: Path, text: str, stage: str = "jury", version: str = NEW) -> list[Ran]:
    path = written(root, f"{ID}/{version}/cases/{stage}.yaml", text)
    catalogue = Catalogue(root)
    return [run(catalogue, case) for case in read_cases(catalogue.named(ID, version), path)]


def differences(root: Path, expect: str) -> list[Difference]:
    return list(ran(root, BASE.replace("{outcome: met}", expect))[0].differences)


def test_the_cases_of_the_fixture_pass() -> None:
    catalogue = Catalogue(FIXTURES / "schemes")
    results = [
        run(catalogue, case) for version, path in case_files(catalogue, ID) for case in read_cases(version, path)
    ]
    assert len(results) == 4
    assert [one.case.title for one in results if one.differences] == []
    assert {one.decision.scheme.version for one in results} == {OLD}


def test_case_files_come_in_the_order_of_versions_and_stages(root: Path) -> None:
    for stage in ("award", "eligibility", "notes"):
        written(root, f"{ID}/{NEW}/cases/{stage}.yaml", BASE)
    found = [(version.name, path.stem) for version, path in case_files(Catalogue(root), ID)]
    assert found == [(OLD, "jury"), (NEW, "eligibility"), (NEW, "award")]
    assert list(case_files(Catalogue(root), "cqp-autre")) == []


def test_a_case_says_where_it_stands(root: Path) -> None:
    text = BASE + BASE.replace("Deux membres", "Encore")
    second = ran(root, text)[1].case
    assert (second.title, second.stage, second.mark.line) == ("Encore", Stage.JURY, 6)
    assert second.mark.file == f"{ID}/{NEW}/cases/jury.yaml"


def test_a_case_like_another_takes_its_date_fills_and_facts_with_its_own_laid_over(root: Path) -> None:
    results = ran(root, BASE + """- case: "Comme deux"
  like: "Deux membres"
  facts: {members: [{name: Alix, college: employers}]}
  expect: {outcome: not_met, not_met: [jury.colleges, jury.quorum]}
- case: "Comme un"
  like: "Comme deux"
  date: 2027-07-01
  fills: {}
  facts: {route: vae}
  expect: {outcome: not_met, not_met: [jury.colleges], unknown: [jury.quorum]}
""")  # fmt: skip
    assert [one.differences for one in results] == [(), (), ()]
    base, second, third = (one.case for one in results)
    assert (second.on, second.fills, second.facts.route) == (base.on, base.fills, "continuing")
    assert [member.name for member in second.facts.members or ()] == ["Alix"]
    assert [member.name for member in base.facts.members or ()] == ["Alix", "Sacha"], "the first one is left as it was"
    assert (third.on.month, third.fills, third.facts.route) == (7, {}, "vae")
    assert third.facts.members == second.facts.members


def test_a_case_like_another_keeps_its_rulings(root: Path) -> None:
    fills = 'fills:\n  - {gap: rules/jury.quorum/total, value: 2, source: "decision"}\n'
    written(root, f"{ID}/{NEW}/cases/rulings/quorum.yaml", ruling(more=fills))
    text = BASE.replace("fills: {rules/jury.quorum/total: 2}", "rulings: [quorum]")
    results = ran(root, text + "- {case: Même, like: Deux membres, expect: {outcome: met, met: [jury.quorum]}}\n")
    assert [one.differences for one in results] == [(), ()]
    assert [path.name for path in results[1].case.rulings] == ["quorum.yaml"]
    before = ran(root, text.replace("2027-06-15", "2027-01-31"))
    assert [one.decision.outcome.value for one in before] == ["unknown"], "a ruling has its date of effect"


def test_a_ruling_that_is_not_there_is_refused(root: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        ran(root, BASE.replace("fills: {rules/jury.quorum/total: 2}", "rulings: [quorum]"))
    assert [problem.code for problem in caught.value.problems] == ["not_found"]


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("{outcome: met, met: [jury.colleges, jury.quorum]}", []),
        ("{outcome: not_met}", [("outcome", "not_met", "met")]),
        ("{outcome: met, met: [jury.quorom]}", [("jury.quorom", "met", "—")]),
        ("{outcome: met, not_met: [jury.quorum]}", [("not_met", "jury.quorum", "")]),
        ("{outcome: met, unknown: [jury.quorum, jury.colleges]}", [("unknown", "jury.colleges, jury.quorum", "")]),
        ("{outcome: met, warns: [jury.law]}", [("warns", "jury.law", "")]),
        ("{outcome: met, not_met: [], unknown: [], warns: []}", []),
        ("{outcome: met, seen: {jury.colleges: 'employeurs : 1, salariés : 1'}}", []),
        ("{outcome: met, seen: {jury.colleges: non}}", [("seen jury.colleges", "non", "employeurs : 1, salariés : 1")]),
        ("{outcome: met, seen: {jury.autre: non}}", [("seen jury.autre", "non", "—")]),
    ],
)
def test_each_difference_is_told(root: Path, expect: str, told: list[tuple[str, str, str]]) -> None:
    assert [tuple(one) for one in differences(root, expect)] == told


def test_the_list_of_what_is_not_met_is_exact(root: Path) -> None:
    text = BASE.replace(", {name: Sacha, college: employees}", "").replace(
        "{outcome: met}", "{outcome: not_met, not_met: [jury.colleges], met: [jury.quorum]}"
    )
    assert [tuple(one) for one in ran(root, text)[0].differences] == [
        ("not_met", "jury.colleges", "jury.colleges, jury.quorum"),
        ("jury.quorum", "met", "not_met"),
    ]


def test_the_path_decides_which_law_applies_to_a_case(root: Path) -> None:
    text = """- case: "Ancienne voie"
  date: 2027-06-15
  facts: {route: vae, dates: {began: 2026-05-01, requested: 2027-06-01}, experiences: []}
  expect: {outcome: not_met}
"""
    laws = [f.says for f in ran(root, text, "eligibility")[0].decision.findings if ".law." in f.rule]
    assert laws == ["La loi demande trois ans au plus."]
    laws = [
        finding.says
        for finding in ran(root, text.replace("began: 2026-05-01, ", ""), "eligibility")[0].decision.findings
        if ".law." in finding.rule
    ]
    assert laws == ["La loi ne demande plus aucune durée."]


def test_a_case_runs_on_the_version_it_lies_in(root: Path) -> None:
    result = ran(root, BASE.replace("2027-06-15", "2028-06-15"), version=OLD)[0]
    assert result.decision.scheme.version == OLD
    assert result.decision.outcome is MET


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: b\n", [("wrong_value", 1, 1)]),
        ("[]\n", []),
        (BASE.replace("expect:", "expects:"), [("unknown_key", 5, 3)]),
        (BASE.replace("members:", "membres:"), [("unknown_key", 4, 30)]),
        (BASE.replace("college: employees", "colege: employees"), [("unknown_key", 4, 88)]),
        (BASE.replace("{outcome: met}", "{outcome: yes}"), [("wrong_value", 5, 21)]),
        (BASE.replace("2027-06-15", "15/06/2027"), [("wrong_value", 2, 9)]),
        (BASE + BASE, [("duplicate_id", 6, 3)]),
        (BASE + "- {case: Autre, like: Deux, expect: {outcome: met}}\n",
         [("missing_key", 6, 3), ("no_such_case", 6, 23)]),
    ],
)  # fmt: skip
def test_an_unfit_case_file_is_refused_with_its_places(
    root: Path, text: str, problems: list[tuple[str, int, int]]
) -> None:
    path = written(root, f"{ID}/{NEW}/cases/jury.yaml", text)
    version = Catalogue(root).named(ID, NEW)
    found: list[Any] = []
    try:
        assert read_cases(version, path) == []
    except RefusedError as refused:
        found = [(problem.code, problem.mark.line, problem.mark.column) for problem in refused.problems]
    assert found == problems
