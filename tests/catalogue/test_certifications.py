"""The five founding certifications: sound files, every rule test passing, and the figures of their documents."""

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from parchemin.catalogue.cases import read_cases, run
from parchemin.catalogue.lives import live, read_life
from parchemin.catalogue.loading import Loaded
from parchemin.catalogue.lookup import Catalogue
from parchemin.core.decision import Stage
from parchemin.core.framework import Competence
from parchemin.core.scheme import Jury, Scheme
from parchemin.core.terms import Unknown, listed
from tests.samples import DEMO, ROOT, SCHEMES

S0, S1, S2 = "formateur-alternance", "accompagnement-fest", "titre-ingenierie-formation"
S3, S4 = "master-meef-formation", "cqp-assistant-formation"
FIVE = (S0, S1, S2, S3, S4)
VERSIONS = sorted(path.parent for path in SCHEMES.glob("*/*/scheme.yaml"))
CASES = sorted(SCHEMES.glob("*/*/cases/*.yaml"))
LIVES = sorted((DEMO / "lives").glob("*.yaml"))
SCENARIOS = (
    "S0-1", "S0-2", "S0-4", "S0-5", "S0-7", "S1-1", "S1-2", "S1-3", "S1-7", "S1-8", "S2-1", "S2-2", "S2-4",
    "S2-6", "S2-8", "S3-1", "S3-3", "S3-4", "S3-5", "S3-7", "S4-1", "S4-2", "S4-3", "S4-4", "S4-6",
)  # fmt: skip


@cache
def catalogue() -> Catalogue:
    return Catalogue(SCHEMES)


@cache
def loaded(id: str) -> Loaded:
    newest = catalogue().versions[id][-1]
    return catalogue().resolve(id, on=max(newest.from_, date(2026, 9, 1)), version=newest)


def scheme(id: str) -> Scheme:
    return loaded(id).scheme


def competences(id: str) -> tuple[Competence, ...]:
    return listed(scheme(id).framework.competences)


def test_there_are_five_certifications() -> None:
    assert sorted(catalogue().versions) == sorted(FIVE)
    assert [problem.sentence("en") for problem in catalogue().check_packs()] == []


@pytest.mark.parametrize("id", FIVE)
def test_the_files_have_no_problem(id: str) -> None:
    assert [f"{problem.mark} {problem.sentence('en')}" for problem in catalogue().check(id)] == []


@pytest.mark.parametrize("path", CASES, ids=[f"{path.parts[-4]}-{path.stem}" for path in CASES])
def test_every_rule_test_passes(path: Path) -> None:
    version = catalogue().named(path.parts[-4], path.parts[-3])
    told = [
        f"{case.mark} {case.title}: {one.what}: {one.expected} / {one.found}"
        for case in read_cases(version, path)
        for one in run(catalogue(), case).differences
    ]
    assert told == []


def test_there_are_enough_rule_tests() -> None:
    counts = Counter({path: len(read_cases(catalogue().named(path.parts[-4], path.parts[-3]), path)) for path in CASES})
    assert counts.total() >= 200
    assert min(counts.values()) >= 2


@pytest.mark.parametrize("id", FIVE)
@pytest.mark.parametrize("stage", Stage)
def test_each_stage_of_each_certification_has_its_rule_tests(id: str, stage: Stage) -> None:
    newest = catalogue().versions[id][-1]
    path = newest.folder / "cases" / f"{stage.value}.yaml"
    outcomes = {case.expect.outcome for case in read_cases(newest, path)}
    assert len(outcomes) >= 2, "a stage is tested both ways"


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_each_scenario_is_played_by_a_rule_test(scenario: str) -> None:
    id = FIVE[int(scenario[1])]
    texts = [path.read_text(encoding="utf-8") for path in CASES if path.parts[-4] == id]
    assert any(re.search(rf"\b{scenario}\b", text) for text in texts)


@pytest.mark.parametrize("path", LIVES, ids=[path.stem for path in LIVES])
def test_each_life_goes_as_planned_to_its_end(path: Path) -> None:
    life = read_life(path)
    days = list(live(life, catalogue()))
    assert [surprise for day in days for surprise in day.surprises] == []
    assert len(days) == len(life.file.steps) >= 3
    assert {decision.stage for day in days for decision in day.decisions} >= {Stage.ELIGIBILITY, Stage.AWARD}


def test_each_certification_has_a_life() -> None:
    assert {read_life(path).file.scheme for path in LIVES} == set(FIVE)


@pytest.mark.parametrize("id", FIVE)
def test_every_rule_is_found_at_its_place(id: str) -> None:
    rules = [rule for rules in scheme(id).rules.values() for rule in rules]
    assert rules
    for rule in rules:
        lines = (SCHEMES / rule.file).read_text(encoding="utf-8").splitlines()
        near = "\n".join(lines[rule.line - 1 : rule.line + 3])
        assert rule.id in near, f"{rule.id} is not at {rule.file}:{rule.line}"
        assert rule.source


@pytest.mark.parametrize("id", FIVE)
def test_sentences_are_short_french_sentences(id: str) -> None:
    for rules in scheme(id).rules.values():
        for rule in rules:
            assert rule.says[0].isupper(), rule.id
            assert rule.says.rstrip().endswith((".", "!")), rule.id
            assert len(rule.says) <= 300, rule.id


# What each document says, counted.


def test_s0_has_four_blocks_eight_legal_texts_six_routes_and_juries_of_five_and_six() -> None:
    one = scheme(S0)
    assert len(one.blocks) == 4
    assert len(listed(one.registrations)) == 8
    assert len(one.routes) == 6
    seats = sorted(
        sum(seat.min for seat in listed(jury.seats)) for jury in one.juries.values() if isinstance(jury, Jury)
    )
    assert seats == [5, 6]
    assert {id for id, route in one.routes.items() if route.is_open is False} == {"student", "individual"}


def test_s1_has_23_competences_of_which_19_are_assessed() -> None:
    assert len(competences(S1)) == 23
    assert len(scheme(S1).assessed) == 19
    activities = Counter(one.activity for one in competences(S1))
    assert sorted(activities.values()) == [3, 4, 4, 6, 6]


def test_s2_has_3_functions_6_activities_6_blocks_30_tasks_37_competences_and_39_criteria() -> None:
    frame = scheme(S2).framework
    activities = listed(frame.activities)
    assert len(frame.functions) == 3
    assert len(activities) == 6
    assert len(scheme(S2).blocks) == 6
    assert sum(len(activity.tasks) for activity in activities) == 30
    assert len(competences(S2)) == len(scheme(S2).assessed) == 37
    criteria = Counter(one.block for one in listed(frame.criteria))
    assert [criteria[block] for block in scheme(S2).blocks] == [8, 6, 7, 7, 6, 5]


def test_s3_has_4_blocks_14_competences_36_learnings_and_22_units_in_37_links() -> None:
    frame = scheme(S3).framework
    assert len(scheme(S3).blocks) == 4
    assert len(competences(S3)) == 14
    learnings = Counter(one.block for one in frame.learnings)
    assert [learnings[block] for block in scheme(S3).blocks] == [8, 9, 9, 10]
    assert len(frame.units) == 22
    assert sum(len(unit.blocks) for unit in frame.units) == 37
    links = {unit.id: unit.blocks for unit in frame.units}
    assert set(links["UE19"]) == set(scheme(S3).blocks)
    assert len(links["UE08"]) == 3
    assert not {"UE20", "UE21"} & set(links)


def test_s3_keeps_lost_levels_unknown() -> None:
    unknown = Counter(one.block for one in scheme(S3).framework.learnings if isinstance(one.levels, Unknown))
    assert [unknown[block] for block in scheme(S3).blocks] == [0, 0, 9, 10]


def test_s4_has_6_competences_and_2_routes() -> None:
    assert len(competences(S4)) == len(scheme(S4).assessed) == 6
    assert len(scheme(S4).routes) == 2


@pytest.mark.parametrize("id", FIVE)
def test_what_the_documents_do_not_say_is_listed(id: str) -> None:
    gaps = loaded(id).gaps
    assert gaps
    assert len({gap.address for gap in gaps}) == len(gaps)


@pytest.mark.parametrize("path", VERSIONS, ids=[path.parent.name for path in VERSIONS])
def test_a_rule_file_stays_readable(path: Path) -> None:
    for name in ("scheme.yaml", "framework.yaml"):
        lines = (path / name).read_text(encoding="utf-8").splitlines()
        assert max(len(line) for line in lines) <= 400, f"{path.relative_to(ROOT)}/{name}"
