"""What evaluators rate in a method, and what the framework names without assessing it."""

from dataclasses import replace
from typing import Any

import pytest

from parchemin.core.framework import Criterion
from parchemin.core.grid import Kind, Line, Refused, grid_of, line_of, units_of
from parchemin.core.scheme import Scheme
from tests.core.builders import SILENT, SOURCE, block, competence, framework, learning, method, scheme, unit

FRAMEWORK = framework(
    blocks=(block("B1"), block("B2"), block("B3")),
    competences=(
        competence("C1", block="B1", assessed_as="E1"),
        competence("C2", block="B1", is_assessed=False),
        competence("C3", block="B2", is_assessed=SILENT),
        competence("C4", block="B2"),
    ),
    criteria=(
        Criterion(id="K1", title="Critère 1", block="B1", source=SOURCE),
        Criterion(id="K2", title="Critère 2", competences=("C4",), source=SOURCE),
    ),
    learnings=(learning("AC1", "B2", "M1"),),
    units=(unit("UE1", "B1"), unit("UE2", "B1", "B2")),
)


def under(**named: Any) -> Scheme:
    return scheme(framework=FRAMEWORK, methods={"it": replace(method("Entretien"), **named)})


def told(lines: tuple[Line, ...]) -> list[tuple[str, str, str]]:
    return [(line.code, line.kind.value, line.refused.value if line.refused else "") for line in lines]


def test_the_block_of_a_method_gives_its_lines_and_says_what_is_not_assessed() -> None:
    assert told(grid_of(under(blocks=("B1",)), "it")) == [
        ("C1", "competence", ""),
        ("C2", "competence", "not_assessed"),
        ("K1", "criterion", ""),
    ]
    assert told(grid_of(under(blocks=("B2",)), "it")) == [
        ("C3", "competence", "perhaps_not"),
        ("C4", "competence", ""),
        ("AC1", "learning", ""),
    ]


def test_a_method_that_names_competences_shows_them_by_their_own_code_beside_those_not_assessed() -> None:
    assert told(grid_of(under(competences=("E1", "C4")), "it")) == [
        ("C1", "competence", ""),
        ("C2", "competence", "not_assessed"),
        ("C4", "competence", ""),
        ("K2", "criterion", ""),
    ]


def test_a_method_of_a_block_that_names_one_competence_shows_that_one() -> None:
    assert told(grid_of(under(blocks=("B2",), competences=("C4",)), "it")) == [
        ("C4", "competence", ""),
        ("K2", "criterion", ""),
    ]


def test_points_are_numbered_in_order() -> None:
    lines = grid_of(under(points=("situe son rôle", "analyse ses pratiques")), "it")
    assert told(lines) == [("1", "point", ""), ("2", "point", "")]
    assert lines[1].title == "analyse ses pratiques"


@pytest.mark.parametrize("named", [{}, {"blocks": ("B3",)}])
def test_where_the_source_details_nothing_the_method_is_rated_as_a_whole(named: dict[str, Any]) -> None:
    assert grid_of(under(**named), "it") == (Line(code="it", kind=Kind.WHOLE, title="Entretien"),)


def test_lines_that_cannot_be_rated_leave_the_whole() -> None:
    alone = replace(FRAMEWORK, competences=(competence("C2", block="B1", is_assessed=False),), criteria=())
    lines = grid_of(replace(under(blocks=("B1",)), framework=alone), "it")
    assert told(lines) == [("C2", "competence", "not_assessed"), ("it", "whole", "")]


def test_a_title_that_is_not_known_is_none() -> None:
    nameless = replace(FRAMEWORK, competences=(competence("C1", block="B1", title=SILENT),), criteria=())
    assert grid_of(replace(under(blocks=("B1",)), framework=nameless), "it")[0].title is None


def test_an_unknown_method_is_a_misuse() -> None:
    with pytest.raises(KeyError):
        grid_of(under(), "other")


def test_a_unit_is_listed_once_however_many_blocks_it_feeds() -> None:
    assert [(line.code, line.block) for line in units_of(under())] == [("UE1", "B1"), ("UE2", None)]


def test_a_line_is_found_by_either_code() -> None:
    known = under(blocks=("B1",))
    lines = grid_of(known, "it")
    assert line_of(lines, known, "E1") == line_of(lines, known, "C1") == lines[0]
    refused = line_of(lines, known, "C2")
    assert refused is not None and refused.refused is Refused.NOT_ASSESSED
    assert line_of(lines, known, "C4") is None
