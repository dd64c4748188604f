"""What is proposed to the jury, part by part, and what its decision amounts to."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.catalogue.lookup import Catalogue
from parchemin.core.case import Case
from parchemin.core.checks import Silent
from parchemin.core.checks.award import AllHeld, PartialAllowed
from parchemin.core.checks.results import AllAcquired, BlockAcquired
from parchemin.core.checks.validity import Lasts
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Outcome, Stage
from parchemin.core.durations import Duration
from parchemin.core.facts import Attendance, Facts, Holding, Milestone, Opinion, Result, Sought
from parchemin.core.proposing import Award, Ground, Part, Proposal, awarded, granting, propose, unit_of
from parchemin.core.scheme import Scheme, When
from tests.core.builders import (
    SCHEME,
    SILENT,
    TODAY,
    acquired,
    block,
    dated,
    day,
    facts,
    framed,
    framework,
    holding,
    learning,
    method,
    results,
    rule,
    ruled,
    sat,
    scheme,
    sitting,
    unit,
)
from tests.core.strategies import EVERYTHING, any_day, codes, files
from tests.samples import DEMO, SCHEMES

FULL = When(sought=Sought.FULL)
PARTIAL = When(sought=Sought.PARTIAL)


def awarding(of: Any = "block", partial: Any = "block", base: Scheme = SCHEME) -> Scheme:
    """The sample with its rules of award: everything held, and partial awards by that unit."""
    rules = [rule("award.full", AllHeld(of=of), when=FULL)]
    if partial:
        rules.append(rule("award.partial", PartialAllowed(unit=partial), when=PARTIAL))
    return ruled(Stage.AWARD, *rules, base=base)


BLOCKS = awarding()
COMPETENCES = awarding("competence", "competence")


def told(known: Facts, under: Scheme = BLOCKS, on: date = TODAY) -> dict[str, tuple[str, str, str]]:
    """Each part proposed: its outcome, on what ground, in which words."""
    parts = propose(known, under, on).parts
    return {part.code: (part.outcome.value, part.ground.value, part.seen) for part in parts}


def one(known: Facts, code: str, under: Scheme = BLOCKS, on: date = TODAY) -> tuple[str, str, str]:
    """One part proposed."""
    return told(known, under, on)[code]


NOTHING = ("unknown", "nothing", "aucun résultat")


def test_parts_are_what_the_rules_of_award_count() -> None:
    assert list(told(facts())) == ["B1", "B2"]
    assert list(told(facts(), COMPETENCES)) == ["C1", "C2", "C3"]
    assert list(told(facts(blocks=("B2",)))) == ["B2"]
    assert list(told(facts(blocks=("B2", "B2")))) == ["B2"]
    assert list(told(facts(sought=Sought.PARTIAL), COMPETENCES)) == ["C1", "C2", "C3"]


def test_without_a_rule_that_counts_parts_they_are_blocks_where_there_are_some() -> None:
    silent = ruled(Stage.AWARD, rule("award.all", AllAcquired()))
    assert unit_of(Case(facts(), silent, TODAY)) == "block"
    flat = ruled(Stage.AWARD, rule("award.all", AllAcquired()), base=framed(blocks=()))
    assert unit_of(Case(facts(), flat, TODAY)) == "competence"
    assert propose(facts(), framed(blocks=(), competences=SILENT), TODAY).award is None


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        (acquired("C1", "E2"), "met", "2 sur 2"),
        (acquired("C1"), "unknown", "1 sur 2 ; à établir : C2"),
        ((*acquired("C1"), Result(code="C2", is_acquired=False)), "not_met", "1 sur 2 ; non acquis : C2"),
        ((Result(code="C1"), Result(code="C2", is_acquired=False)), "not_met", "0 sur 2 ; non acquis : C2 ; à établir : C1"),
        ((Result(code="C1", mark=Fraction(12)), *acquired("C2")), "unknown", "1 sur 2 ; à établir : C1"),
        ((Result(code="B1", is_acquired=True),), "met", "1 sur 1"),
    ],
)  # fmt: skip
def test_by_results(known: tuple[Result, ...], outcome: str, words: str) -> None:
    assert one(results(*known), "B1") == (outcome, "results", words)


def test_results_of_other_parts_say_nothing() -> None:
    assert one(results(*acquired("C1", "C2", "C4", "Z9")), "B2") == NOTHING
    assert told(results(*acquired("E2")), COMPETENCES) == {
        "C1": NOTHING,
        "C2": ("met", "results", "1 sur 1"),
        "C3": NOTHING,
    }


def test_by_methods_as_the_source_joins_them() -> None:
    assert one(sat(sitting("oral"), sitting("written")), "B1") == ("met", "methods", "épreuves réussies pour B1")
    assert one(sat(sitting("oral")), "B1") == ("not_met", "methods", "B1 : Écrit : à passer")
    assert one(sat(sitting("practice")), "B2") == ("met", "methods", "épreuves réussies pour B2")
    assert one(sat(sitting("practice", passed=None)), "B2")[:2] == ("unknown", "methods")
    assert one(sat(sitting("oral", passed=False)), "B2") == NOTHING
    absent = sat(sitting("oral", attendance=Attendance.ABSENT), sitting("written"))
    assert one(absent, "B1") == ("not_met", "methods", "B1 : Entretien : absence non excusée")


def test_by_methods_whose_joining_is_not_known() -> None:
    methods = {**SCHEME.methods, "case": method("Étude de cas", blocks=("B1",))}
    under = awarding(base=replace(framed(blocks=(block("B1", methods=SILENT),)), methods=methods))
    told_ = one(sat(sitting("case")), "B1", under)
    assert told_ == ("unknown", "methods", "B1 : la source ne dit pas quelles épreuves sont requises")


def test_by_methods_for_a_competence() -> None:
    methods = {"a": method("A", competences=("C1", "C3")), "b": method("B", competences=("C1",))}
    under = awarding("competence", "competence", base=scheme(methods=methods))
    known = sat(sitting("a"), sitting("b", passed=False))
    assert one(known, "C1", under) == ("not_met", "methods", "A : réussite ; B : échec")
    assert one(known, "C3", under) == ("met", "methods", "A : réussite")
    assert one(known, "C2", under) == NOTHING


def test_a_sitting_to_come_proposes_nothing() -> None:
    assert one(sat(sitting("oral", "2026-06-16"), sitting("written", "2026-06-16")), "B1") == NOTHING


UNITS = framework(
    blocks=(block("B1"), block("B2")),
    competences=SCHEME.framework.competences,
    units=(unit("U1", "B1", coefficient=1), unit("U2", "B1", "B2", coefficient=2)),
    learnings=(learning("L1", "B1", "M1"), learning("L2", "B1", "M2")),
)


def by(how: str, **more: Any) -> Scheme:
    """The sample whose first block is acquired so."""
    check = BlockAcquired(block="B1", by=how, threshold=Fraction(10), **more)  # type: ignore[arg-type]
    return ruled(Stage.ASSESSMENT, rule("assessment.b1", check), base=awarding(base=scheme(framework=UNITS)))


def marks(**given: int) -> Facts:
    return results(*(Result(code=code, mark=Fraction(mark)) for code, mark in given.items()))


def test_by_the_rule_on_a_block() -> None:
    assert one(marks(U1=12, U2=10), "B1", by("units")) == ("met", "rule", "B1 : 2 sur 2")
    assert one(marks(U1=12, U2=9), "B1", by("units")) == ("not_met", "rule", "B1 : 1 sur 2 ; manque U2")
    assert one(marks(U1=12, U2=9), "B1", by("units", compensation="block")) == (
        "met",
        "rule",
        "B1 : moyenne 10, seuil 10",
    )
    assert one(results(*acquired("L1", "L2")), "B1", by("learnings")) == ("met", "rule", "B1 : 2 sur 2")
    assert one(results(*acquired("L1")), "B1", by("learnings"))[0] == "not_met"
    assert one(facts(), "B1", by("units")) == ("unknown", "rule", "résultats non renseignés")
    assert one(marks(U1=12, U2=10), "B2", by("units")) == NOTHING


def test_the_rule_comes_before_results_and_methods() -> None:
    known = replace(results(*acquired("C1", "C2")), assessments=(sitting("oral"), sitting("written")))
    assert one(known, "B1", by("units"))[:2] == ("not_met", "rule")


def test_a_rule_that_only_waits_for_the_jury_leaves_the_results_to_speak() -> None:
    assert one(results(*acquired("C1", "C2")), "B1", by("jury")) == ("met", "results", "2 sur 2")
    assert one(facts(), "B1", by("jury")) == NOTHING


def test_where_the_source_does_not_say_how_a_block_is_acquired_nothing_is_proposed() -> None:
    check = Silent(of="block_acquired", missing=("by",), known={"block": "B1"})
    under = ruled(Stage.ASSESSMENT, rule("assessment.b1", check), base=BLOCKS)
    outcome, ground, words = one(results(*acquired("C1", "C2")), "B1", under)
    assert (outcome, ground) == ("unknown", "rule") and words.startswith("la source ne le dit pas")
    waits = Silent(of="block_acquired", missing=("threshold",), known={"block": "B1", "by": "jury"})
    under = ruled(Stage.ASSESSMENT, rule("assessment.b1", waits), base=BLOCKS)
    assert one(results(*acquired("C1", "C2")), "B1", under)[1] == "results"


def test_a_rule_of_another_route_is_not_looked_at() -> None:
    rules = [rule("a", BlockAcquired(block="B1", by="units", threshold=Fraction(10)), when=When(route=("training",)))]
    under = ruled(Stage.ASSESSMENT, *rules, base=awarding(base=scheme(framework=UNITS)))
    known = replace(marks(U1=1, U2=1), route="vae")
    assert one(known, "B1", under) == NOTHING
    assert one(replace(known, route="training"), "B1", under)[:2] == ("not_met", "rule")


FIVE = Lasts(subject="block", lasts=Duration(5), counted_from=Milestone.DELIBERATED)
LIMITED = ruled(Stage.VALIDITY, rule("validity.block", FIVE), base=BLOCKS)


def held(*holdings: Holding, **known: Any) -> Facts:
    return facts(holdings=holdings, **known)


def test_held_and_still_counting_is_not_to_decide() -> None:
    known = held(holding("B1", "2026-01-10"), results=(Result(code="B1", is_acquired=False),))
    proposal = propose(known, LIMITED, TODAY)
    assert proposal.parts[0] == Part(code="B1", outcome=MET, ground=Ground.HELD, seen="déjà acquis")
    assert [part.code for part in proposal.to_decide] == ["B2"]


def test_held_under_its_assessed_code() -> None:
    assert told(held(holding("E2", "2026-01-10")), COMPETENCES)["C2"][1] == "held"


def test_five_years_to_the_day_and_one_day_after() -> None:
    known = held(holding("B1", "2021-04-12"))
    assert one(known, "B1", LIMITED, day("2026-04-12")) == ("met", "held", "déjà acquis")
    assert one(known, "B1", LIMITED, day("2026-04-13")) == (
        "not_met",
        "expired",
        "expiré depuis le 13 avril 2026, non acquis depuis",
    )


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"results": acquired("C1", "C2")}, ("unknown", "expired", "{} ; résultats peut-être antérieurs")),
        ({"results": acquired("C1", "C2"), "assessments": (sitting("silent", "2021-03-01"),)}, ("not_met", "expired", "{}, non acquis depuis")),
        ({"results": acquired("C1", "C2"), "assessments": (sitting("silent", "2026-05-01"),)},
         ("unknown", "expired", "{} ; résultats peut-être antérieurs")),
        ({"results": (Result(code="C1", is_acquired=False),)}, ("not_met", "expired", "{}, non acquis depuis")),
        ({"assessments": (sitting("oral", "2021-03-01"), sitting("written", "2021-03-01"))}, ("not_met", "expired", "{}, non acquis depuis")),
        ({"assessments": (sitting("oral", "2026-04-12"), sitting("written", "2026-04-13"))},
         ("not_met", "methods", "{} ; B1 : Entretien : à passer")),
        ({"assessments": (sitting("oral", "2026-04-13"), sitting("written", "2026-04-13"))},
         ("met", "methods", "{} ; épreuves réussies pour B1")),
        ({"results": acquired("C1", "C2", on="2021-03-01"), "assessments": (sitting("oral", "2026-05-01"), sitting("written", "2026-05-01"))},
         ("not_met", "expired", "{}, non acquis depuis")),
        ({"results": acquired("C1", "C2", on="2026-04-13")}, ("met", "results", "{} ; 2 sur 2")),
        ({"results": (*acquired("C1", on="2026-04-13"), *acquired("C2", on="2026-04-12"))},
         ("unknown", "results", "{} ; 1 sur 2 ; à établir : C2")),
    ],
)  # fmt: skip
def test_what_expired_is_not_acquired_again_by_what_was_assessed_before(
    known: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    found = one(held(holding("B1", "2021-04-12"), **known), "B1", LIMITED)
    assert found == (*expected[:2], expected[2].format("expiré depuis le 13 avril 2026"))


def test_what_is_held_since_an_unknown_day_is_decided_again() -> None:
    assert one(held(holding("B1")), "B1", LIMITED) == NOTHING
    assert one(held(holding("B1"), results=acquired("C1", "C2")), "B1", LIMITED)[:2] == ("met", "results")


def test_what_is_proposed_in_all() -> None:
    everything = results(*acquired("C1", "C2", "C3"))
    assert propose(everything, BLOCKS, TODAY).award is Award.FULL
    assert propose(results(*acquired("C1", "C2")), BLOCKS, TODAY).award is None
    some = replace(results(*acquired("C1", "C2"), Result(code="C3", is_acquired=False)))
    assert propose(some, BLOCKS, TODAY).award is Award.PARTIAL
    assert propose(some, awarding(partial="none"), TODAY).award is Award.NONE
    assert propose(some, awarding(partial=None), TODAY).award is Award.PARTIAL
    none = results(Result(code="B1", is_acquired=False), Result(code="B2", is_acquired=False))
    assert propose(none, BLOCKS, TODAY).award is Award.NONE
    assert propose(replace(some, blocks=("B1",)), BLOCKS, TODAY).award is Award.FULL


def test_whether_parts_may_be_awarded() -> None:
    assert propose(facts(), BLOCKS, TODAY).may_be_partial is MET
    assert propose(facts(), awarding(partial="none"), TODAY).may_be_partial is NOT_MET
    assert propose(facts(), awarding(partial=None), TODAY).may_be_partial is UNKNOWN


def proposal(partial: Outcome, *held_: str) -> Proposal:
    def part(code: str) -> Part:
        return Part(code=code, outcome=MET, ground=Ground.HELD if code in held_ else Ground.RESULTS, seen="")

    return Proposal(unit="block", parts=(part("B1"), part("B2"), part("B3")), may_be_partial=partial)


def test_what_granting_amounts_to() -> None:
    assert awarded(["B1", "B2", "B3"], proposal(MET)) is Award.FULL
    assert awarded(["B2", "B3"], proposal(NOT_MET, "B1")) is Award.FULL
    assert awarded(["B2"], proposal(MET)) is Award.PARTIAL
    assert awarded([], proposal(MET, "B1")) is Award.PARTIAL
    assert awarded(["B2"], proposal(UNKNOWN)) is Award.PARTIAL
    assert awarded(["B1", "B2"], proposal(NOT_MET)) is Award.NONE
    assert awarded([], proposal(MET)) is Award.NONE
    assert awarded(["Z9"], proposal(MET)) is Award.NONE
    assert awarded(["B1"], Proposal(unit="block", parts=(), may_be_partial=MET)) is Award.NONE


def given_to(known: Facts, *opinions: Opinion, sought: Sought = Sought.FULL, under: Scheme = BLOCKS) -> Outcome:
    return decide(Stage.AWARD, granting(known, opinions, sought, TODAY), under, TODAY).outcome


YES = {code: Opinion(code=code, is_granted=True) for code in ("B1", "B2", "C1", "E2", "C3")}
NO = {code: Opinion(code=code, is_granted=False, reason="x") for code in ("B1", "B2")}


def test_what_the_rules_say_once_the_jury_has_granted() -> None:
    assert given_to(facts(), YES["B1"], YES["B2"]) is MET
    assert given_to(facts(), YES["B1"], NO["B2"]) is NOT_MET
    assert given_to(facts(), YES["B1"], NO["B2"], sought=Sought.PARTIAL) is MET
    assert given_to(facts(), NO["B1"], NO["B2"], sought=Sought.PARTIAL) is NOT_MET
    assert given_to(held(holding("B2", "2026-01-01")), YES["B1"]) is MET
    assert given_to(facts(), YES["C1"], YES["E2"], YES["C3"], under=COMPETENCES) is MET
    forbidden = awarding(partial="none")
    assert given_to(facts(), YES["B1"], NO["B2"], sought=Sought.PARTIAL, under=forbidden) is NOT_MET


@pytest.mark.parametrize("since", [Milestone.DELIBERATED, Milestone.SIGNED, Milestone.NOTIFIED, Milestone.ASSESSED])
def test_what_is_granted_counts_from_that_day_whatever_its_time_is_counted_from(since: Milestone) -> None:
    check = Lasts(subject="block", lasts=Duration(5), counted_from=since)
    under = ruled(Stage.VALIDITY, rule("validity.block", check), base=BLOCKS)
    known = facts(dates=dated(assessed="2026-05-04"))
    assert given_to(known, YES["B1"], YES["B2"], under=under) is MET


def test_granting_again_what_expired() -> None:
    known = held(holding("B1", "2015-01-01"), holding("B2", "2026-01-01"))
    assert given_to(known, under=LIMITED) is NOT_MET
    assert given_to(known, YES["B1"], under=LIMITED) is MET


def test_granting_leaves_what_was_known() -> None:
    known = held(holding("B1", "2026-01-01"), dates=dated(assessed="2026-05-04"), results=acquired("C1"))
    given_ = granting(known, (YES["B2"], NO["B1"]), Sought.PARTIAL, TODAY)
    assert [one.code for one in given_.holdings or ()] == ["B1", "B2"]
    assert given_.opinions == (YES["B2"], NO["B1"]) and given_.sought is Sought.PARTIAL
    assert given_.dates == {Milestone.ASSESSED: day("2026-05-04"), Milestone.DELIBERATED: TODAY}
    assert given_.results == known.results and known.holdings is not None and len(known.holdings) == 1


@given(files, any_day)
def test_whatever_the_file_there_is_a_proposal(known: Facts, on: date) -> None:
    made = propose(known, EVERYTHING, on)
    assert all(part.seen and "None" not in part.seen for part in made.parts)
    assert len({part.code for part in made.parts}) == len(made.parts)
    assert {part.code for part in made.to_decide} == {part.code for part in made.parts if not part.is_held}
    is_settled = bool(made.parts) and all(part.outcome is not UNKNOWN for part in made.parts)
    assert (made.award is not None) == is_settled


RANKS = [Award.NONE, Award.PARTIAL, Award.FULL]


@given(files, any_day, st.sets(codes), st.sets(codes))
def test_granting_more_never_gives_less(known: Facts, on: date, some: set[str], more: set[str]) -> None:
    made = propose(known, EVERYTHING, on)
    assert RANKS.index(awarded(some, made)) <= RANKS.index(awarded(some | more, made))


@given(files, any_day, st.sets(codes))
def test_everything_is_awarded_if_and_only_if_every_part_is_held(known: Facts, on: date, some: set[str]) -> None:
    made = propose(known, EVERYTHING, on)
    is_whole = bool(made.parts) and all(part.is_held or part.code in some for part in made.parts)
    assert (awarded(some, made) is Award.FULL) == is_whole


@given(files, any_day, st.lists(st.booleans(), min_size=2, max_size=2), st.integers(0, 1))
def test_the_rules_of_award_never_ask_less_of_whoever_has_more(
    known: Facts, on: date, said: list[bool], index: int
) -> None:
    def outcome(granted: list[bool], sought: Sought) -> Outcome:
        opinions = tuple(Opinion(code=f"B{i}", is_granted=one) for i, one in enumerate(granted, 1))
        return decide(Stage.AWARD, granting(known, opinions, sought, on), BLOCKS, on).outcome

    more = [True if i == index else one for i, one in enumerate(said)]
    order = [NOT_MET, UNKNOWN, MET]
    for sought in Sought:
        assert order.index(outcome(said, sought)) <= order.index(outcome(more, sought))


@cache
def shelved(id: str, on: str, *, is_ruled: bool = True) -> Scheme:
    """A certification of the library as it applies that day, with its fictitious ruling."""
    rulings = [DEMO / "rulings" / f"{id}.yaml"] if is_ruled else []
    return Catalogue(SCHEMES).resolve(id, on=day(on), rulings=rulings).scheme


SIX = ("C1", "C2", "C3", "C4", "C5", "C6")


def test_the_branch_certificate_five_years_to_the_day() -> None:
    under = shelved("cqp-assistant-formation", "2026-04-12")
    assessed = (*acquired(*SIX[4:]), *acquired(*SIX[:4]))
    known = facts(
        route="vae",
        results=assessed,
        assessments=(sitting("assessment", "2021-03-01"), sitting("assessment", "2026-03-02")),
        holdings=tuple(holding(code, "2021-04-12") for code in SIX[:4]),
    )
    in_time = propose(known, under, day("2026-04-12"))
    assert [part.ground for part in in_time.parts] == [Ground.HELD] * 4 + [Ground.RESULTS] * 2
    assert in_time.award is Award.FULL
    late = propose(known, under, day("2026-04-13"))
    assert [part.outcome for part in late.parts] == [NOT_MET] * 4 + [MET] * 2
    assert late.award is Award.PARTIAL and len(late.to_decide) == 6


def test_a_certificate_that_is_not_awarded_by_parts() -> None:
    under = shelved("accompagnement-fest", "2019-03-01")
    known = facts(results=tuple(Result(code=code, is_acquired=code != under.assessed[-1]) for code in under.assessed))
    made = propose(known, under, day("2019-03-01"))
    assert made.unit == "competence" and len(made.parts) == 19
    assert made.may_be_partial is NOT_MET and made.award is Award.NONE
    assert awarded(under.assessed[:-1], made) is Award.NONE
    assert awarded(under.assessed, made) is Award.FULL


def test_a_master_by_units_and_before_anybody_said_how() -> None:
    ruled_ = shelved("master-meef-formation", "2025-03-01")
    assert propose(facts(route="student"), ruled_, day("2025-03-01")).unit == "block"
    silent = shelved("master-meef-formation", "2025-03-01", is_ruled=False)
    known = facts(route="student", results=tuple(Result(code=code, is_acquired=True) for code in silent.assessed))
    assert {part.ground for part in propose(known, silent, day("2025-03-01")).parts} == {Ground.RULE}
    assert propose(known, silent, day("2025-03-01")).award is None
    assert propose(replace(known, route="vae"), silent, day("2025-03-01")).award is Award.FULL
