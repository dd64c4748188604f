"""Identifiers in facts that the certification does not declare are told where they stand."""

from pathlib import Path

import pytest

from parchemin.catalogue.cases import read_cases, run
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.problems import RefusedError
from tests.samples import ID, NEW, copied, written


def refused(root: Path, facts: str, more: str = "") -> list[tuple[str, str, str]]:
    text = f"- case: Un\n  date: 2027-06-15\n  facts: {facts}\n  expect: {{outcome: met}}\n{more}"
    path = written(root, f"{ID}/{NEW}/cases/jury.yaml", text)
    catalogue = Catalogue(root)
    try:
        for case in read_cases(catalogue.named(ID, NEW), path):
            run(catalogue, case)
    except RefusedError as caught:
        assert {problem.mark.line for problem in caught.problems} == {3}
        return [(p.code, str(p.values.get("name", "")), str(p.values.get("section", ""))) for p in caught.problems]
    return []


@pytest.mark.parametrize(
    ("facts", "name", "section"),
    [
        ("{blocks: [B1, B9]}", "B9", "blocks"),
        ("{blocks: B9}", "B9", "blocks"),
        ("{statements: {majeur: true}}", "majeur", "statements"),
        ("{steps: {positionning: 2027-01-01}}", "positionning", "steps"),
        ("{documents: [{id: booklet}]}", "booklet", "documents"),
        ("{assessments: [{method: M9}]}", "M9", "methods"),
        ("{accommodations: [{methods: [M9]}]}", "M9", "methods"),
        ("{members: [{name: Alix, college: patrons}]}", "patrons", "colleges"),
        ("{members: [{name: Alix, seat: chair}]}", "chair", "seats"),
        ("{previous_chair_college: patrons}", "patrons", "colleges"),
        ("{experiences: [{from: 2020-01-01, about: [tri]}]}", "tri", "experience_tags"),
        ("{positioning: {C9: true}}", "C9", "competences"),
        ("{pathway: [C9]}", "C9", "competences"),
        ("{overrides: [{rule: jury.quorom, author: a, reason: b, source: c, decided_on: 2027-01-01}]}",
         "jury.quorom", "rules"),
    ],
)  # fmt: skip
def test_an_identifier_that_is_not_declared_is_told(tmp_path: Path, facts: str, name: str, section: str) -> None:
    assert refused(copied(tmp_path), facts) == [("dangling", name, section)]


@pytest.mark.parametrize(
    "facts", ["{route: elsewhere}", "{results: [{code: C99}]}", "{holdings: [{code: X, dates: {}}]}"]
)
def test_what_rules_tell_themselves_stays_free(tmp_path: Path, facts: str) -> None:
    assert refused(copied(tmp_path), facts) == []


@pytest.mark.parametrize("names", ["[../secret]", "/etc/hostname", '["a.yaml"]', '["a\\0b"]', "[{a: b}]"])
def test_a_ruling_is_named_by_a_plain_name(tmp_path: Path, names: str) -> None:
    root = copied(tmp_path)
    text = f"- case: Un\n  date: 2027-06-15\n  rulings: {names}\n  expect: {{outcome: met}}\n"
    path = written(root, f"{ID}/{NEW}/cases/jury.yaml", text)
    with pytest.raises(RefusedError) as caught:
        read_cases(Catalogue(root).named(ID, NEW), path)
    assert {p.code for p in caught.value.problems} <= {"wrong_value", "control_character"}
