"""What checks are given, and which rules apply."""

from typing import Any

import pytest

from parchemin.core.case import Case, applies
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome
from parchemin.core.facts import Attendance, Facts, Milestone, Result, Sought
from parchemin.core.scheme import Register, Scheme, When
from parchemin.core.terms import title_of
from tests.core.builders import (
    SCHEME,
    SILENT,
    TODAY,
    block,
    competence,
    dated,
    day,
    facts,
    framed,
    holding,
    jury,
    member,
    results,
    route,
    sat,
    scheme,
    sitting,
    step,
)


def case(known: Facts | None = None, under: Scheme = SCHEME) -> Case:
    return Case(known or Facts(), under, TODAY)


@pytest.mark.parametrize(
    ("when", "known", "outcome"),
    [
        (When(), Facts(), MET),
        (When(route=("vae",)), facts(route="vae"), MET),
        (When(route=("vae", "training")), facts(route="training"), MET),
        (When(route=("vae",)), facts(route="training"), NOT_MET),
        (When(route=("vae",)), facts(route="nowhere"), NOT_MET),
        (When(route=("vae",)), Facts(), UNKNOWN),
        (When(target="blocks"), facts(blocks=("B1",)), MET),
        (When(target="blocks"), Facts(), NOT_MET),
        (When(target="certification"), Facts(), MET),
        (When(target="certification"), facts(blocks=("B1",)), NOT_MET),
        (When(blocks=("B1",)), facts(blocks=("B1", "B2")), MET),
        (When(blocks=("B1",)), facts(blocks=("B2",)), NOT_MET),
        (When(blocks=("B1",)), Facts(), MET),
        (When(sought=Sought.FULL), Facts(), MET),
        (When(sought=Sought.PARTIAL), Facts(), NOT_MET),
        (When(sought=Sought.PARTIAL), facts(sought=Sought.PARTIAL), MET),
        (When(registers=(Register.RNCP,)), Facts(), MET),
        (When(registers=(Register.RS,)), Facts(), NOT_MET),
        (When(decided_from=day("2026-06-15")), Facts(), MET),
        (When(decided_from=day("2026-06-16")), Facts(), NOT_MET),
        (When(decided_until=day("2026-06-15")), Facts(), MET),
        (When(decided_until=day("2026-06-14")), Facts(), NOT_MET),
        (When(began_from=day("2024-01-01")), Facts(), UNKNOWN),
        (When(began_until=day("2024-01-01")), Facts(), UNKNOWN),
        (When(began_from=day("2024-01-01")), facts(dates=dated(began="2024-01-01")), MET),
        (When(began_from=day("2024-01-01")), facts(dates=dated(began="2023-12-31")), NOT_MET),
        (When(began_until=day("2024-01-01")), facts(dates=dated(began="2024-01-01")), MET),
        (When(began_until=day("2024-01-01")), facts(dates=dated(began="2024-01-02")), NOT_MET),
        (When(route=("vae",), began_from=day("2024-01-01")), facts(route="training"), NOT_MET),
        (When(route=("vae",), began_from=day("2024-01-01")), facts(route="vae"), UNKNOWN),
    ],
)
def test_a_rule_applies_when_every_condition_holds(when: When, known: Facts, outcome: Outcome) -> None:
    assert applies(when, case(known)) is outcome


def test_a_register_not_known_leaves_the_rule_in_doubt() -> None:
    assert applies(When(registers=(Register.RS,)), case(under=scheme(register=SILENT))) is UNKNOWN


def test_today_is_the_milestone_of_the_decision() -> None:
    known = facts(dates=dated(began="2026-01-01"))
    assert case(known).day(Milestone.DECISION) == TODAY
    assert case(known).day(Milestone.BEGAN) == day("2026-01-01")
    assert case(known).day(Milestone.SIGNED) is None


def test_what_is_dated_later_has_not_happened_yet() -> None:
    known = facts(dates=dated(signed="2026-06-15", notified="2026-06-16"))
    assert case(known).day(Milestone.SIGNED) == TODAY
    assert case(known).day(Milestone.NOTIFIED) is None
    today, tomorrow, someday = (sitting("oral", on=on) for on in ("2026-06-15", "2026-06-16", None))
    assert case(sat(today, tomorrow, someday)).assessments == {"oral": [today, someday]}
    assert case(sat(tomorrow)).assessments == {}
    assert case(sat(today, tomorrow)).sat == (today,)


def test_a_route_borrows_steps_and_jury_from_the_one_it_refers_to() -> None:
    routes = {
        "first": route("Première", steps=(step("apply"),), jury="small"),
        "second": route("Deuxième", steps_as="first", jury_as="first"),
        "third": route("Troisième", steps_as="second", jury_as="second"),
        "alone": route("Seule", steps=(step("meet"),), jury=SILENT),
        "bare": route("Nue"),
        "lost": route("Perdue", jury="nowhere"),
        "loop": route("Boucle", jury_as="pool"),
        "pool": route("Elcuob", jury_as="loop", jury="small"),
        "into": route("Vers la boucle", jury_as="loop"),
    }
    small = jury()
    under = scheme(routes=routes, juries={"small": small, "silent": SILENT})

    def of(id: str | None) -> Case:
        return case(facts(route=id), under)

    third = of("third").route
    assert third is not None
    assert third.title == "Troisième"
    assert third.steps == (step("apply"),)
    assert of("third").jury is small
    assert of("alone").jury is None
    assert of("bare").jury is None
    assert of("lost").jury is None
    assert of("loop").jury is small
    assert of("into").jury is small
    assert of(None).route is None
    assert of(None).jury is None
    assert of("nowhere").route is None
    assert under.route_of("first") == routes["first"]
    assert (
        case(facts(route="r"), scheme(routes={"r": route("R", jury="silent")}, juries={"silent": SILENT})).jury is None
    )


def test_who_sits_is_present_and_not_recused() -> None:
    here, away, out = member("A"), member("B", is_present=False), member("C", is_recused=True)
    assert case(facts(members=(here, away, out))).sitting == (here,)
    assert case().sitting is None
    assert case().members is None


def test_each_person_is_named_once_to_a_jury() -> None:
    first, other, last = member("A", seat="s1"), member("B"), member("A", seat="s2")
    assert case(facts(members=(first, other, last))).members == (last, other)
    assert case(facts(members=(first, member("A", is_recused=True)))).sitting == ()


def test_sittings_a_result_may_rest_on() -> None:
    failed, passed, pending = sitting("oral", passed=False), sitting("oral"), sitting("written", passed=None)
    absent = sitting("practice", attendance=Attendance.ABSENT)
    assert case(sat(failed)).sat == (failed,)
    assert case(sat(failed, passed, pending, absent)).sat == (passed, pending)
    assert case(sat(failed, sitting("written"))).sat == (failed, sitting("written"))
    assert case(sat(failed, sitting("oral", passed=None))).sat == (sitting("oral", passed=None),)
    assert case().sat == ()


def test_sittings_by_method() -> None:
    first, second, other = sitting("oral", passed=False), sitting("oral"), sitting("written")
    assert case(sat(first, other, second)).assessments == {"oral": [first, second], "written": [other]}
    assert case().assessments is None


def test_results_by_code_the_last_one_counts() -> None:
    first, last, other = Result(code="E2", is_acquired=False), Result(code="C2", is_acquired=True), Result(code="X")
    assert case(results(first, other, last)).results == {"C2": last, "X": other}
    assert case().results is None


def test_holdings_by_code_without_those_deliberated_later() -> None:
    kept, twice, later = holding("E2", "2026-06-15"), holding("C2"), holding("B1", "2026-06-16")
    assert case(facts(holdings=(kept, twice, later))).holdings == {"C2": [kept, twice]}
    assert case().holdings is None


def test_targets_are_the_blocks_named_or_all_but_optional_ones() -> None:
    under = framed(blocks=(block("B1"), block("B2", is_optional=True), block("B3", is_optional=SILENT)))
    assert case(under=under).targets == ("B1", "B3")
    assert case(facts(blocks=("B2",)), under).targets == ("B2",)
    assert case(under=framed(blocks=SILENT)).targets == ()


def test_lacking_what_may_not_be_asked_for_is_in_doubt() -> None:
    under = framed(
        blocks=(block("B1"), block("B3", is_optional=SILENT)),
        competences=(competence("C1"), competence("C5", is_assessed=SILENT, assessed_as="E5")),
    )
    assert case(under=under).asked("B1", NOT_MET) is NOT_MET
    assert case(under=under).asked("B3", NOT_MET) is UNKNOWN
    assert case(under=under).asked("B3", MET) is MET
    assert case(under=under).asked("C5", NOT_MET) is UNKNOWN
    assert case(facts(blocks=("B3",)), under).asked("B3", NOT_MET) is NOT_MET


def test_a_scheme_knows_its_parts() -> None:
    assert list(SCHEME.blocks) == ["B1", "B2"]
    assert SCHEME.required_blocks == ("B1", "B2")
    assert SCHEME.assessed == ("C1", "C2", "C3")
    assert SCHEME.assessed_of == {"B1": ("C1", "C2"), "B2": ("C3",)}
    assert SCHEME.competences["E2"] is SCHEME.competences["C2"]
    assert SCHEME.code_of("E2") == "C2"
    assert SCHEME.code_of("nowhere") == "nowhere"
    assert SCHEME.doubtful == frozenset()
    assert SCHEME.codes_known == {"C1", "C2", "E2", "C3", "C4", "B1", "B2"}


def test_a_competence_keeps_its_code_when_another_is_assessed_under_it() -> None:
    under = framed(competences=(competence("C1"), competence("C2", assessed_as="C1")))
    assert under.code_of("C1") == "C1"


def test_parts_not_known_are_none() -> None:
    under = framed(blocks=SILENT, competences=SILENT, criteria=SILENT)
    assert (dict(under.blocks), under.assessed, under.codes_known) == ({}, (), frozenset())
    assert framed(competences=(competence("C1", block=SILENT), competence("C2"))).assessed_of == {}


def test_title_of() -> None:
    extra: dict[str, Any] = {"oral": SCHEME.methods["oral"]}
    assert title_of(extra, "oral") == "Entretien"
    assert title_of(extra, "nowhere") == "nowhere"
