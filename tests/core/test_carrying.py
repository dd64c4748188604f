"""What is held under another version counts here by the equivalences that say so, and by nothing else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from parchemin.core.carrying import Carried, counted, elsewhere, unsettled
from parchemin.core.case import Case
from parchemin.core.checks.award import AllHeld, MethodPassed, PartialAllowed
from parchemin.core.checks.validity import Lasts
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, UNKNOWN, Stage
from parchemin.core.durations import Duration
from parchemin.core.facts import Facts, Holding, Milestone
from parchemin.core.proposing import Award, propose
from parchemin.core.scheme import Equivalence, Scheme, Source
from parchemin.core.terms import Unknown
from tests.core.builders import SCHEME, TODAY, day, facts, holding, rule, ruled, scheme, sitting, told
from tests.core.strategies import EVERYTHING, files, near

BEFORE = "2016-01-01"
ORDER = {"arrete": Source(title="Arrêté du 3 mai 2026", read_on=date(2026, 5, 3))}
LAST = (AllHeld(of="block"), PartialAllowed(unit="block"), MethodPassed(method="oral", after="block"))
FIVE = Lasts(subject="block", lasts=Duration(5), counted_from=Milestone.DELIBERATED)


def equal(*held: str, gives: Any = "same", until: str | None = None, version: str = BEFORE) -> Equivalence:
    end = day(until) if until else None
    return Equivalence(version=version, held=held, gives=gives, until=end, source="arrete, art. 4")


def under(*equivalences: Equivalence, base: Scheme = SCHEME) -> Scheme:
    return replace(base, sources=ORDER, equivalences=equivalences)


def formerly(code: str, deliberated: str = "2020-03-01", version: str = BEFORE, **dates: str) -> Holding:
    return replace(holding(code, deliberated, **dates), version=version, minutes="PV2020-0001")


def given_by(*holdings: Holding, by: Scheme, on: date = TODAY) -> list[str]:
    return [one.code for one in counted(holdings, by, on)]


@pytest.mark.parametrize(
    ("equivalence", "given"),
    [
        (equal("A"), ["A"]),
        (equal("A", "C"), ["A"]),
        (equal("A", gives=("B1",)), ["B1"]),
        (equal("A", gives=("B1", "B2")), ["B1", "B2"]),
        (equal("A", "C", gives=("B1",)), []),
        (equal("A", gives=()), []),
        (equal(gives=("B1",)), []),
        (equal("A", gives=("B1",), version="2010-01-01"), []),
        (equal("A", gives=("B1",), until="2026-06-15"), ["B1"]),
        (equal("A", gives=("B1",), until="2026-06-14"), []),
        (equal("A", gives=Unknown()), []),
    ],
)
def test_what_a_part_of_another_version_gives(equivalence: Equivalence, given: list[str]) -> None:
    assert given_by(formerly("A"), by=under(equivalence)) == given


def test_the_same_code_is_not_the_same_part() -> None:
    assert given_by(formerly("B1"), by=under()) == []
    assert given_by(formerly("B1", version="2026-01-01"), by=under()) == ["B1"]
    assert given_by(holding("B1"), by=under(equal("B1", gives=("B2",)))) == ["B1"]


def test_an_equivalence_is_not_one_of_an_equivalence() -> None:
    by = under(equal("A", gives=("B1",)), equal("B1", gives=("B2",)))
    assert given_by(formerly("A"), by=by) == ["B1"]


def test_parts_that_count_together_are_dated_by_the_last_and_count_as_long_as_the_first() -> None:
    by = ruled(Stage.VALIDITY, rule("validity.block", FIVE), base=under(equal("A", "C", gives=("B1",))))
    first, last = formerly("A", "2020-03-01", signed="2020-03-02"), formerly("C", "2022-03-01")
    (made,) = counted((last, first), by, TODAY)
    assert isinstance(made, Carried)
    assert made.dates == {Milestone.DELIBERATED: day("2022-03-01")}
    assert FIVE.until(made, Case(facts(), by, TODAY)) == day("2025-03-01")
    assert told(AllHeld(of="block"), facts(holdings=(first, last), blocks=("B1",)), by, day("2025-03-01"))[0] == "met"
    late = told(AllHeld(of="block"), facts(holdings=(first, last), blocks=("B1",)), by, day("2025-03-02"))
    assert late == (
        "not_met",
        "0 acquis sur 1 ; expiré B1 ; B1 par équivalence avec A (PV2020-0001), C (PV2020-0001) de la version 2016-01-01 "
        "; Arrêté du 3 mai 2026, art. 4",
    )


def test_held_twice_counts_as_long_as_either() -> None:
    by = ruled(Stage.VALIDITY, rule("validity.block", FIVE), base=under(equal("A", gives=("B1",))))
    known = facts(holdings=(formerly("A", "2020-03-01"), formerly("A", "2024-03-01")), blocks=("B1",))
    assert told(AllHeld(of="block"), known, by)[0] == "met"


def test_what_is_deliberated_later_gives_nothing_yet() -> None:
    assert given_by(formerly("A", "2026-06-16"), by=under(equal("A", gives=("B1",)))) == []
    assert unsettled((formerly("A", "2026-06-16"),), SCHEME, TODAY) == ()


ORIGIN = "par équivalence avec A (PV2020-0001) de la version 2016-01-01 ; Arrêté du 3 mai 2026, art. 4"


def test_the_ground_says_which_version_which_minutes_and_who_says_so() -> None:
    by = under(equal("A", gives=("B1",)))
    known = facts(holdings=(formerly("A"),))
    assert told(AllHeld(of="block"), known, by) == ("not_met", f"1 acquis sur 2 ; manque B2 ; B1 {ORIGIN}")
    assert told(PartialAllowed(unit="block"), known, by) == ("met", f"acquis : B1 ; reste : B2 ; B1 {ORIGIN}")
    proposal = propose(known, by, TODAY)
    assert [(part.code, part.is_held, part.seen) for part in proposal.parts] == [
        ("B1", True, f"déjà acquis, {ORIGIN}"),
        ("B2", False, "aucun résultat"),
    ]
    expired = ruled(Stage.VALIDITY, rule("validity.block", FIVE), base=by)
    assert propose(known, expired, TODAY).parts[0].seen == f"expiré depuis le 2 mars 2025, {ORIGIN}, non acquis depuis"
    here = facts(holdings=(formerly("A"), holding("B1", "2026-01-01")))
    assert propose(here, by, TODAY).parts[0].seen == "déjà acquis"
    assert told(AllHeld(of="block"), here, by)[1] == "1 acquis sur 2 ; manque B2"


def test_minutes_and_sources_that_are_not_known_are_not_told() -> None:
    by = replace(under(equal("A", gives=("B1",))), sources={})
    known = facts(holdings=(replace(formerly("A"), minutes=None),), blocks=("B1",))
    words = "1 acquis sur 1 ; B1 par équivalence avec A de la version 2016-01-01 ; arrete, art. 4"
    assert told(AllHeld(of="block"), known, by) == ("met", words)


@pytest.mark.parametrize("by", [scheme(), under(equal("A", gives=Unknown("art. 4 illisible")))])
def test_a_silence_is_no_yes_and_no_silent_no(by: Scheme) -> None:
    known = facts(holdings=(formerly("A"), holding("B1", "2026-01-01")))
    doubt = "équivalence avec la version 2016-01-01 à établir"
    assert told(AllHeld(of="block"), known, by) == ("unknown", f"1 acquis sur 2 ; {doubt} B2")
    assert told(PartialAllowed(unit="block"), known, by) == ("met", f"acquis : B1 ; reste : rien ; {doubt} : B2")
    assert propose(known, by, TODAY).parts[1].seen == f"aucun résultat ; {doubt}"
    after = MethodPassed(method="oral", after="block")
    sat = replace(known, assessments=(sitting("oral", points={"clair": True, "précis": True}),))
    assert told(after, sat, by)[0] == "unknown"
    assert told(after, sat, under())[0] == "not_met"


def test_a_silence_on_other_parts_leaves_no_doubt() -> None:
    by = under(equal("A", "C", gives=Unknown()), equal("A", gives=("B1",)))
    assert unsettled((formerly("A"),), by, TODAY) == ()
    assert unsettled((formerly("A"), formerly("C")), by, TODAY) == (BEFORE,)
    assert (
        unsettled((formerly("A"), formerly("C")), under(equal("A", "C", gives=Unknown(), until="2026-06-14")), TODAY)
        == ()
    )


def test_parts_without_equivalence_stay_acquired_under_their_own_version() -> None:
    known = (formerly("A"), formerly("C"), holding("B2"), formerly("D", "2026-06-16"))
    by = under(equal("A", gives=("B1",)), equal("A", "C", gives=("B1", "B2")))
    assert [(one.code, codes) for one, codes in elsewhere(known, by, TODAY)] == [
        ("A", ("B1", "B2")),
        ("C", ("B1", "B2")),
    ]
    by = under(equal("A", gives=("B1",)))
    assert [(one.code, codes) for one, codes in elsewhere(known, by, TODAY)] == [("A", ("B1",)), ("C", ())]


def test_a_method_may_be_sat_once_what_is_carried_was_all_acquired() -> None:
    by = under(equal("A", "C", gives=("B1", "B2")))
    known = facts(
        holdings=(formerly("A", "2026-01-10"), formerly("C", "2026-05-10")),
        assessments=(sitting("oral", "2026-05-04", points={"clair": True, "précis": True}),),
    )
    assert told(MethodPassed(method="oral", after="block"), known, by)[0] == "not_met"
    later = replace(known, assessments=(sitting("oral", "2026-05-11", points={"clair": True, "précis": True}),))
    assert told(MethodPassed(method="oral", after="block"), later, by)[0] == "met"
    assert propose(known, by, TODAY).award is Award.FULL


@settings(max_examples=100)
@given(files, near)
def test_no_equivalence_changes_nothing_for_who_holds_parts_of_this_version_only(known: Facts, on: date) -> None:
    own = tuple(one for one in known.holdings or () if one.version in (None, EVERYTHING.ref.version))
    known = replace(known, holdings=own if known.holdings is not None else None)
    for stage in Stage:
        silent, none, some = (
            decide(stage, known, replace(EVERYTHING, equivalences=said), on).findings
            for said in (Unknown(), (), (equal("B1", gives=("B2",)), equal("C1", "C2")))
        )
        assert silent == none == some


@settings(max_examples=100)
@given(files, near)
def test_nothing_is_granted_that_no_rule_names(known: Facts, on: date) -> None:
    by = replace(EVERYTHING, equivalences=(equal("B1", gives=("B2",)), equal("C1"), equal("C1", "C2", gives=("B1",))))
    held = known.holdings or ()
    own = {one.code for one in held if one.version in (None, by.ref.version)}
    assert {one.code for one in counted(held, by, on)} - own <= {"B2", "C1", "B1"}
    assert {one.code for one in counted(held, replace(by, equivalences=()), on)} <= own
    assert all(one.parts for one in counted(held, by, on) if isinstance(one, Carried))


@settings(max_examples=100)
@given(files, near)
def test_one_more_equivalence_never_refuses(known: Facts, on: date) -> None:
    without, one_more = (replace(EVERYTHING, equivalences=said) for said in ((), (equal("C1", gives=("B1",)),)))
    for check in LAST:
        if told(check, known, without, on)[0] == MET:
            assert told(check, known, one_more, on)[0] == MET


@settings(max_examples=100)
@given(files, near)
def test_settling_a_silence_never_turns_a_yes_over(known: Facts, on: date) -> None:
    silent, settled = (replace(EVERYTHING, equivalences=said) for said in (Unknown(), (equal("C1", gives=("B1",)),)))
    for check in LAST:
        if (before := told(check, known, silent, on)[0]) != UNKNOWN:
            assert told(check, known, settled, on)[0] == before
