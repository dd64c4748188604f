"""What a file is asked for, read from the rules themselves."""

import pytest

from parchemin.core.asking import asked, documents_of, leaves, wanted_by
from parchemin.core.checks.base import AllOf, AnyOf, Part, Silent
from parchemin.core.checks.completeness import DocumentPresent, DocumentsWanted, DocumentWithin
from parchemin.core.checks.eligibility import Admissible, ExperienceAtLeast, RouteOpen, Stated
from parchemin.core.decision import Stage
from parchemin.core.durations import Duration
from parchemin.core.scheme import Check, When
from tests.core.builders import SILENT, TODAY, facts, route, rule, ruled, step

YEARS = ExperienceAtLeast(lasts=Duration(0, 24))
ROUTE = route(
    "Parcours",
    steps=(
        step("admissibility", wants=("paper",)),
        step("assessment", wants=("booklet", "paper")),
        step("practice", wants=SILENT),
    ),
)


def part(check: Check) -> Part:
    return Part(says="x", source="x", check=check)


def test_each_document_and_statement_is_asked_once_in_the_order_of_the_rules() -> None:
    base = ruled(
        Stage.ELIGIBILITY,
        rule("eligibility.route", RouteOpen()),
        rule("eligibility.paper", DocumentPresent(document="paper")),
        rule("eligibility.pages", DocumentWithin(document="paper")),
        rule("eligibility.either", AnyOf(parts=(part(Stated(statement="b")), part(Stated(statement="a"))))),
        rule("eligibility.again", Stated(statement="b")),
    )
    found = asked(base, facts(route="training"), TODAY, Stage.ELIGIBILITY)
    assert found.documents == ("paper",)
    assert found.statements == ("b", "a")
    assert found.experience == ()
    assert not found.is_answered
    assert [one.id for one in found.rules][:2] == ["eligibility.route", "eligibility.paper"]


def test_a_rule_of_another_route_asks_nothing_and_one_that_may_apply_does() -> None:
    base = ruled(
        Stage.ELIGIBILITY,
        rule("eligibility.paper", DocumentPresent(document="paper"), when=When(route=("vae",))),
    )
    assert asked(base, facts(route="training"), TODAY, Stage.ELIGIBILITY).documents == ()
    assert asked(base, facts(), TODAY, Stage.ELIGIBILITY).documents == ("paper",)


def test_rules_that_count_activities_or_await_an_answer_are_known_wherever_they_are() -> None:
    both = AllOf(parts=(part(YEARS), part(AnyOf(parts=(part(Admissible()),)))))
    base = ruled(Stage.AWARD, rule("award.both", both), base=ruled(Stage.ELIGIBILITY))
    found = asked(base, facts(route="training"), TODAY, Stage.ELIGIBILITY, Stage.AWARD)
    assert [one.id for one in found.experience] == ["award.both"]
    assert found.is_answered


def test_a_check_is_taken_apart_to_its_named_checks() -> None:
    silent = Silent(of="document_present", missing=("document",))
    assert list(leaves(AllOf(parts=(part(YEARS), part(AnyOf(parts=(part(silent),))))))) == [YEARS, silent]
    assert documents_of(silent, ROUTE) == ()


@pytest.mark.parametrize(
    ("name", "expected"), [("assessment", ("booklet", "paper")), ("practice", ()), ("nowhere", ())]
)
def test_what_a_step_wants_is_asked(name: str, expected: tuple[str, ...]) -> None:
    assert documents_of(DocumentsWanted(step=name), ROUTE) == expected
    assert documents_of(DocumentsWanted(step=name), None) == ()


@pytest.mark.parametrize(
    ("until", "expected"),
    [("admissibility", ("paper",)), ("practice", ("paper", "booklet")), ("nowhere", ()), (None, ("paper", "booklet"))],
)
def test_what_steps_want_up_to_one_of_them(until: str | None, expected: tuple[str, ...]) -> None:
    assert wanted_by(ROUTE, until) == expected


def test_without_a_route_or_its_steps_nothing_is_wanted() -> None:
    assert wanted_by(None, "admissibility") == ()
    assert wanted_by(route("Inconnue", steps=SILENT)) == ()
