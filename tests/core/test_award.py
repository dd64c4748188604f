"""What may be awarded: everything, the parts held, or nothing yet?"""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from parchemin.core.checks import AllOf, AnyOf, Part, Silent
from parchemin.core.checks.award import AllHeld, DifferencesReasoned, MethodPassed, PartialAllowed, RegisteredForAward
from parchemin.core.checks.eligibility import RouteOpen
from parchemin.core.checks.validity import Lasts
from parchemin.core.decision import Effect, Stage
from parchemin.core.durations import Duration
from parchemin.core.facts import Attendance, Facts, Holding, Milestone, Opinion, Result
from parchemin.core.scheme import Scheme, When
from tests.core.builders import (
    SCHEME,
    SILENT,
    acquired,
    block,
    competence,
    dated,
    day,
    facts,
    framed,
    holding,
    registration,
    rule,
    ruled,
    sat,
    scheme,
    seen,
    sitting,
    told,
    warning,
)

FIVE_YEARS = Lasts(subject="block", lasts=Duration(5), counted_from=Milestone.DELIBERATED)
FOREVER = Lasts(subject="block", lasts="unlimited", counted_from=Milestone.DELIBERATED)
BLOCKS = AllHeld(of="block")


def lasting(*checks: Any, base: Scheme = SCHEME) -> Scheme:
    rules = (rule(f"validity.{i}", check) for i, check in enumerate(checks))
    return ruled(Stage.VALIDITY, *rules, base=base)


LIMITED = lasting(FIVE_YEARS)


def held(*holdings: Holding, **known: Any) -> Facts:
    return facts(holdings=holdings, **known)


B1, B2 = holding("B1", "2026-01-10"), holding("B2", "2026-02-10")


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        (held(B1, B2), "met", "2 acquis sur 2"),
        (held(B1), "not_met", "1 acquis sur 2 ; manque B2"),
        (held(), "not_met", "0 acquis sur 2 ; manque B1, B2"),
        (facts(), "unknown", "acquis non renseignés"),
        (held(B1, holding("B2", "2021-06-15")), "met", "2 acquis sur 2"),
        (held(B1, holding("B2", "2021-06-14")), "not_met", "1 acquis sur 2 ; expiré B2"),
        (held(holding("B2", "2021-06-14")), "not_met", "0 acquis sur 2 ; manque B1 ; expiré B2"),
        (held(B1, holding("B2")), "unknown", "1 acquis sur 2 ; validité à établir B2"),
        (held(B1, holding("B2", signed="2026-01-01")), "unknown", "1 acquis sur 2 ; validité à établir B2"),
        (held(B1, holding("B2", "2026-06-16")), "not_met", "1 acquis sur 2 ; manque B2"),
        (held(B1, holding("B2", "2026-06-15")), "met", "2 acquis sur 2"),
        (held(B1, holding("B2", "2021-06-14"), holding("B2", "2026-01-01")), "met", "2 acquis sur 2"),
        (held(B1, holding("B2", "2026-01-01"), holding("B2", "2021-06-14")), "met", "2 acquis sur 2"),
        (held(B1, holding("B2"), holding("B2", "2026-01-01")), "met", "2 acquis sur 2"),
        (held(B1, holding("B2"), holding("B2", "2021-06-14")), "unknown", "1 acquis sur 2 ; validité à établir B2"),
        (held(B1, holding("B2", "2020-06-14"), holding("B2", "2021-06-14")), "not_met", "1 acquis sur 2 ; expiré B2"),
        (held(B2, blocks=("B2",)), "met", "1 acquis sur 1"),
        (held(B2, blocks=("B9",)), "not_met", "0 acquis sur 1 ; manque B9"),
        (held(B1, B2, holding("Z9", "2026-01-01")), "met", "2 acquis sur 2"),
    ],
)
def test_all_blocks_held(known: Facts, outcome: str, words: str) -> None:
    assert told(BLOCKS, known, LIMITED) == (outcome, words)


def test_what_is_not_held_is_not_held_even_on_the_first_day() -> None:
    assert told(BLOCKS, held(), LIMITED, date.min) == ("not_met", "0 acquis sur 2 ; manque B1, B2")


def test_what_is_held_missing_expired_and_in_doubt() -> None:
    under = lasting(FIVE_YEARS, base=framed(blocks=tuple(block(f"B{i}") for i in range(1, 5))))
    known = held(B1, holding("B2", "2021-06-14"), holding("B3"))
    assert seen(BLOCKS, known, under).values == {"held": ["B1"], "missing": ["B4"], "expired": ["B2"], "unsure": ["B3"]}


def test_parts_not_known() -> None:
    assert told(BLOCKS, held(B1), framed(blocks=SILENT)) == ("unknown", "parties de la certification inconnues")
    assert (
        told(AllHeld(of="competence"), held(), framed(competences=SILENT))[1] == "parties de la certification inconnues"
    )


def test_a_block_that_may_be_optional() -> None:
    under = framed(blocks=(block("B1"), block("B2", is_optional=SILENT), block("B3", is_optional=True)))
    assert told(BLOCKS, held(B1), under) == ("unknown", "1 acquis sur 2 ; exigé ou non B2")
    assert told(BLOCKS, held(B1, B2), under) == ("met", "2 acquis sur 2")
    assert told(BLOCKS, held(B1, blocks=("B1", "B2")), under) == ("not_met", "1 acquis sur 2 ; manque B2")
    assert told(BLOCKS, held(holding("B3"), blocks=("B3",)), under) == ("met", "1 acquis sur 1")
    assert told(PartialAllowed(unit="block"), held(B1), under) == (
        "met",
        "acquis : B1 ; reste : rien ; exigé ou non : B2",
    )


def test_all_competences_held_under_either_code() -> None:
    check, under = AllHeld(of="competence"), lasting(FIVE_YEARS)
    known = held(holding("C1"), holding("E2"), holding("C3", "2010-01-01"))
    assert told(check, known, under) == ("met", "3 acquis sur 3")
    assert told(check, held(holding("C1"), holding("C4")), under) == ("not_met", "1 acquis sur 3 ; manque C2, C3")


OLD = held(holding("B1", "2015-01-01"), B2)


@pytest.mark.parametrize(
    ("rules", "outcome"),
    [
        ((), "met"),
        ((FOREVER,), "met"),
        ((FOREVER, FIVE_YEARS), "not_met"),
        ((FIVE_YEARS, FOREVER), "not_met"),
        ((AnyOf(parts=tuple(Part(says="", source="", check=c) for c in (FIVE_YEARS, FOREVER))),), "met"),
        ((AllOf(parts=tuple(Part(says="", source="", check=c) for c in (FOREVER, FIVE_YEARS))),), "not_met"),
        ((AllOf(parts=tuple(Part(says="", source="", check=c) for c in (FOREVER, RouteOpen()))),), "unknown"),
        ((AnyOf(parts=tuple(Part(says="", source="", check=c) for c in (FIVE_YEARS, RouteOpen()))),), "unknown"),
        ((Silent(of="lasts", missing=("lasts",), known={"subject": "block"}),), "unknown"),
        ((Silent(of="lasts", missing=("lasts",), known={"subject": "competence"}),), "met"),
        ((Silent(of="expires_within", missing=("within",), known={"subject": "block"}),), "met"),
        ((Lasts(subject="certificate", lasts=Duration(1), counted_from=Milestone.DELIBERATED),), "met"),
        ((AnyOf(parts=(Part(says="", source="", check=RouteOpen()),)),), "met"),
    ],
)
def test_a_part_counts_as_long_as_validity_rules_say(rules: tuple[Any, ...], outcome: str) -> None:
    assert seen(BLOCKS, OLD, lasting(*rules)).outcome == outcome


def test_the_longest_of_durations_joined_by_any_of() -> None:
    three = Lasts(subject="block", lasts=Duration(3), counted_from=Milestone.DELIBERATED)
    either = AnyOf(parts=tuple(Part(says="", source="", check=c) for c in (three, FIVE_YEARS)))
    both = AllOf(parts=tuple(Part(says="", source="", check=c) for c in (three, FIVE_YEARS)))
    known = held(holding("B1", "2021-06-15"), B2)
    assert seen(BLOCKS, known, lasting(either)).outcome == "met"
    assert seen(BLOCKS, known, lasting(both)).outcome == "not_met"
    assert seen(BLOCKS, held(holding("B1", "2021-06-14"), B2), lasting(either)).outcome == "not_met"


def test_what_was_awarded_in_time_no_longer_lapses() -> None:
    stopped = Lasts(subject="block", lasts=Duration(5), counted_from=Milestone.DELIBERATED, ends_with=Milestone.AWARDED)
    parts = (Part(says="", source="", check=stopped),)
    known = held(holding("B1", "2015-01-01"), B2, dates=dated(awarded="2019-01-01"))
    for check in (stopped, AnyOf(parts=parts), AllOf(parts=parts)):
        assert seen(BLOCKS, known, lasting(check)).outcome == "met"
        assert seen(BLOCKS, OLD, lasting(check)).outcome == "not_met"


def test_only_blocking_rules_that_apply_end_what_is_held() -> None:
    def under(**changes: Any) -> Scheme:
        return ruled(Stage.VALIDITY, rule("validity.block", FIVE_YEARS, **changes))

    assert seen(BLOCKS, OLD, ruled(Stage.VALIDITY, warning("validity.block", FIVE_YEARS))).outcome == "met"
    assert seen(BLOCKS, OLD, under(effect=Effect.INFORMATION)).outcome == "met"
    assert seen(BLOCKS, OLD, under(when=When(decided_until=day("2026-06-14")))).outcome == "met"
    assert seen(BLOCKS, OLD, under(when=When(decided_until=day("2026-06-15")))).outcome == "not_met"
    assert seen(BLOCKS, OLD, under(when=When(began_until=day("2020-01-01")))).outcome == "unknown"


INTERVIEW = MethodPassed(method="oral")
BOTH = {"clair": True, "précis": True}


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        (facts(), "unknown", "évaluations non renseignées"),
        (sat(), "not_met", "Entretien : à passer"),
        (sat(sitting("written")), "not_met", "Entretien : à passer"),
        (sat(sitting("oral", points=BOTH)), "met", "Entretien : réussite"),
        (sat(sitting("oral", points=BOTH, passed=None)), "unknown", "Entretien : résultat non établi"),
        (sat(sitting("oral", points=BOTH, passed=False)), "not_met", "Entretien : échec"),
        (sat(sitting("oral", points=BOTH, attendance=Attendance.ABSENT)), "not_met", "Entretien : absence non excusée"),
        (sat(sitting("oral", points=BOTH, attendance=Attendance.FRAUD)), "not_met", "Entretien : fraude"),
        (sat(sitting("oral", points={"clair": True, "précis": False})), "not_met", "Entretien : réussite ; non satisfait : précis"),
        (sat(sitting("oral", points={"clair": True})), "unknown", "Entretien : réussite ; à établir : précis"),
        (sat(sitting("oral")), "unknown", "Entretien : réussite ; à établir : clair, précis"),
        (sat(sitting("oral", points={"clair": False, "autre": False})), "not_met",
         "Entretien : réussite ; non satisfait : clair ; à établir : précis"),
        (sat(sitting("oral", points={"clair": True}), sitting("oral", points=BOTH)), "met", "Entretien : réussite"),
        (sat(sitting("oral", points=BOTH), sitting("oral", passed=None)), "met", "Entretien : réussite"),
        (sat(sitting("oral", points={"clair": False}), sitting("oral", points={"clair": True})), "unknown",
         "Entretien : réussite ; à établir : précis"),
        (sat(sitting("oral", points={"clair": False}), sitting("oral", points={"précis": False})), "not_met",
         "Entretien : réussite ; non satisfait : précis ; à établir : clair"),
        (sat(sitting("oral", points=BOTH), sitting("oral", passed=False)), "met", "Entretien : réussite"),
    ],
)  # fmt: skip
def test_method_passed(known: Facts, outcome: str, words: str) -> None:
    assert told(INTERVIEW, known) == (outcome, words)


def test_a_method_nobody_knows_has_no_points() -> None:
    assert told(MethodPassed(method="nowhere"), sat(sitting("nowhere"))) == ("met", "nowhere : réussite")
    assert told(MethodPassed(method="nowhere"), sat()) == ("not_met", "nowhere : à passer")


AFTER = MethodPassed(method="oral", after="block")


@pytest.mark.parametrize(
    ("on", "holdings", "outcome", "words"),
    [
        ("2026-05-04", (B1, holding("B2", "2026-05-04")), "met", "Entretien : réussite"),
        ("2026-05-04", (B1, holding("B2", "2026-05-05")), "not_met", "Entretien : réussite ; avant le dernier acquis du 5 mai 2026"),
        ("2026-05-04", (holding("B1", "2026-06-01"), holding("B2", "2026-05-05")), "not_met",
         "Entretien : réussite ; avant le dernier acquis du 1er juin 2026"),
        ("2026-05-04", (B1,), "not_met", "Entretien : réussite ; avant que tous les acquis soient réunis"),
        ("2026-05-04", (B1, holding("B2", "2026-06-16")), "not_met", "Entretien : réussite ; avant que tous les acquis soient réunis"),
        ("2026-05-04", (B1, holding("B2")), "unknown", "Entretien : réussite ; dates non renseignées"),
        (None, (B1, B2), "unknown", "Entretien : réussite ; dates non renseignées"),
        ("2026-05-04", None, "unknown", "Entretien : réussite ; acquis non renseignés"),
        ("2026-05-04", (holding("B1", "2015-01-01"), B2), "met", "Entretien : réussite"),
        ("2026-05-04", (B1, B2, holding("B2", "2026-06-01")), "met", "Entretien : réussite"),
        ("2026-05-04", (B1, holding("B2"), holding("B2", "2026-06-01")), "unknown", "Entretien : réussite ; dates non renseignées"),
        ("2026-05-04", (holding("B1"), holding("B2", "2026-06-01")), "not_met",
         "Entretien : réussite ; avant le dernier acquis du 1er juin 2026"),
        ("2026-05-04", (B1, holding("B2", "2026-06-02"), holding("B2", "2026-06-01")), "not_met",
         "Entretien : réussite ; avant le dernier acquis du 1er juin 2026"),
    ],
)  # fmt: skip
def test_method_passed_after_every_part(
    on: str | None, holdings: tuple[Holding, ...] | None, outcome: str, words: str
) -> None:
    known = sat(sitting("oral", on=on, points=BOTH), holdings=holdings)
    assert told(AFTER, known, LIMITED) == (outcome, words)


def test_method_passed_after_parts_not_known() -> None:
    known = sat(sitting("oral", points=BOTH), holdings=())
    assert told(AFTER, known, framed(blocks=SILENT)) == (
        "unknown",
        "Entretien : réussite ; parties de la certification inconnues",
    )
    optional = framed(blocks=(block("B1", is_optional=SILENT),))
    assert told(AFTER, known, optional) == ("unknown", "Entretien : réussite ; avant que tous les acquis soient réunis")


def test_method_passed_after_every_competence() -> None:
    check = MethodPassed(method="oral", after="competence")
    known = [holding(code, "2026-05-01") for code in ("C1", "E2", "C3")]
    assert told(check, sat(sitting("oral", points=BOTH), holdings=tuple(known))) == ("met", "Entretien : réussite")
    assert told(check, sat(sitting("oral", points=BOTH), holdings=tuple(known[:2])))[0] == "not_met"


def test_a_doubtful_interview_too_early_is_refused() -> None:
    known = sat(sitting("oral", passed=None, points=BOTH), holdings=(B1,))
    assert told(AFTER, known) == (
        "not_met",
        "Entretien : résultat non établi ; avant que tous les acquis soient réunis",
    )


@pytest.mark.parametrize(
    ("known", "outcome", "words", "values"),
    [
        (held(B1), "met", "acquis : B1 ; reste : B2", {"held": ["B1"], "remains": ["B2"], "unsure": []}),
        (held(B1, B2), "met", "acquis : B1, B2 ; reste : rien", {"held": ["B1", "B2"], "remains": [], "unsure": []}),
        (held(), "not_met", "acquis : aucun ; reste : B1, B2", {"held": [], "remains": ["B1", "B2"], "unsure": []}),
        (held(holding("B1")), "unknown", "acquis : aucun ; reste : B2 ; validité à établir : B1",
         {"held": [], "remains": ["B2"], "unsure": ["B1"]}),
        (held(holding("B1"), B2), "met", "acquis : B2 ; reste : rien ; validité à établir : B1",
         {"held": ["B2"], "remains": [], "unsure": ["B1"]}),
        (held(holding("B1", "2021-06-14")), "not_met", "acquis : aucun ; reste : B1, B2",
         {"held": [], "remains": ["B1", "B2"], "unsure": []}),
    ],
)  # fmt: skip
def test_partial_allowed(known: Facts, outcome: str, words: str, values: dict[str, list[str]]) -> None:
    found = seen(PartialAllowed(unit="block"), known, LIMITED)
    assert (found.outcome.value, found.words, found.values) == (outcome, words, values)


def test_partial_forbidden_or_not_known() -> None:
    assert told(PartialAllowed(unit="none"), held(B1)) == (
        "not_met",
        "certification partielle interdite : un relevé de résultats ne vaut pas certification",
    )
    assert told(PartialAllowed(unit="block")) == ("unknown", "acquis non renseignés")
    assert told(PartialAllowed(unit="competence"), held(), framed(competences=SILENT)) == (
        "unknown",
        "parties de la certification inconnues",
    )
    assert told(PartialAllowed(unit="competence"), held(holding("E2"))) == ("met", "acquis : C2 ; reste : C1, C3")


THEN = registration("T1", "2020-01-01", "2024-12-31")
SINCE = "non enregistrée au 15 juin 2026"


@pytest.mark.parametrize(
    ("texts", "dates", "outcome", "words"),
    [
        ((registration("T1", "2020-01-01", "2026-06-15"),), {}, "met", "enregistrée au 15 juin 2026 (T1)"),
        ((THEN,), {"entered": "2024-12-31"}, "met", f"{SINCE}, entrée pendant l'enregistrement (31 décembre 2024)"),
        ((THEN,), {"entered": "2025-01-01"}, "not_met", f"{SINCE}, entrée hors enregistrement (1er janvier 2025)"),
        ((THEN,), {"answered": "2020-01-01"}, "met", f"{SINCE}, entrée pendant l'enregistrement (1er janvier 2020)"),
        ((THEN,), {"entered": "2019-12-31", "answered": "2020-01-02"}, "met", f"{SINCE}, entrée pendant l'enregistrement (2 janvier 2020)"),
        ((THEN,), {"entered": "2025-05-01", "answered": "2025-04-01"}, "not_met", f"{SINCE}, entrée hors enregistrement (1er avril 2025)"),
        ((THEN,), {}, "unknown", f"{SINCE}, date d'entrée non renseignée"),
        ((THEN,), {"began": "2024-01-01"}, "unknown", f"{SINCE}, date d'entrée non renseignée"),
        (SILENT, {}, "unknown", "enregistrement au 15 juin 2026 inconnu, date d'entrée non renseignée"),
        (SILENT, {"entered": "2025-05-01"}, "unknown", "enregistrement au 15 juin 2026 inconnu, entrée à établir (1er mai 2025)"),
        ((registration("T5", "2020-01-01", SILENT),), {"entered": "2019-05-01"}, "unknown",
         "enregistrement au 15 juin 2026 inconnu, entrée hors enregistrement (1er mai 2019)"),
        ((THEN, registration("T5", "2020-01-01", SILENT)), {"entered": "2024-05-01"}, "met",
         "enregistrement au 15 juin 2026 inconnu, entrée pendant l'enregistrement (1er mai 2024)"),
    ],
)  # fmt: skip
def test_registered_for_award(texts: Any, dates: dict[str, str], outcome: str, words: str) -> None:
    assert told(RegisteredForAward(), facts(dates=dated(**dates)), scheme(registrations=texts)) == (outcome, words)


def test_registered_for_award_by_other_entries() -> None:
    check, under = RegisteredForAward(entries=(Milestone.BEGAN,)), scheme(registrations=(THEN,))
    assert told(check, facts(dates=dated(began="2024-01-01", entered="2025-06-01")), under)[0] == "met"


def judged(*opinions: Opinion, **states: bool | None) -> Facts:
    known = tuple(Result(code=code, is_acquired=state, mark=Fraction(1)) for code, state in states.items())
    return facts(results=known, opinions=opinions)


def opinion(code: str, granted: bool, reason: str | None = None) -> Opinion:
    return Opinion(code=code, is_granted=granted, reason=reason)


NO_GAP = ("met", "aucun écart avec les résultats")


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        (judged(opinion("C1", True), C1=True), *NO_GAP),
        (judged(opinion("C1", False), C1=False), *NO_GAP),
        (judged(opinion("C1", False), C1=True), "not_met", "écart sans motif : C1"),
        (judged(opinion("C1", True), C1=False), "not_met", "écart sans motif : C1"),
        (judged(opinion("C1", True, ""), C1=False), "not_met", "écart sans motif : C1"),
        (judged(opinion("C1", True, "entretien"), C1=False), "met", "1 écart motivé avec les résultats"),
        (
            judged(opinion("C1", True, "a"), opinion("C3", False, "b"), C1=False, C3=True),
            "met",
            "2 écarts motivés avec les résultats",
        ),
        (judged(opinion("C1", True, "a"), opinion("C3", False), C1=False, C3=True), "not_met", "écart sans motif : C3"),
        (judged(opinion("E2", False), C2=True), "not_met", "écart sans motif : E2"),
        (judged(opinion("C1", True), C1=None), *NO_GAP),
        (judged(opinion("C1", True)), *NO_GAP),
        (judged(opinion("Z9", False), C1=True), *NO_GAP),
        # a block is proposed by its competences, or by its own result
        (judged(opinion("B1", False), C1=True, C2=True), "not_met", "écart sans motif : B1"),
        (judged(opinion("B1", True), C1=True, C2=True), *NO_GAP),
        (judged(opinion("B1", True), C1=True, C2=False), "not_met", "écart sans motif : B1"),
        (judged(opinion("B1", True), C2=False), "not_met", "écart sans motif : B1"),
        (judged(opinion("B1", False), C1=True), *NO_GAP),
        (judged(opinion("B1", False), C1=True, C2=None), *NO_GAP),
        (judged(opinion("B2", False), C3=True, C4=False), "not_met", "écart sans motif : B2"),
        (judged(opinion("B1", False), B1=False, C1=True, C2=True), *NO_GAP),
        (judged(), *NO_GAP),
    ],
)
def test_differences_reasoned(known: Facts, outcome: str, words: str) -> None:
    assert told(DifferencesReasoned(), known) == (outcome, words)


@pytest.mark.parametrize(
    ("on", "outcome"),
    [("2026-04-12", "met"), ("2026-04-13", "not_met"), (None, "met")],
    ids=["before", "since", "unknown"],
)
def test_what_was_assessed_before_it_expired_is_no_longer_departed_from(on: str | None, outcome: str) -> None:
    known = held(holding("B1", "2021-04-12"), results=acquired("C1", "C2", on=on), opinions=(opinion("B1", False),))
    assert told(DifferencesReasoned(), known, LIMITED)[0] == outcome


@pytest.mark.parametrize("known", [facts(), facts(results=()), facts(opinions=())])
def test_differences_not_known(known: Facts) -> None:
    assert told(DifferencesReasoned(), known) == ("unknown", "résultats ou avis du jury non renseignés")


def test_a_block_without_assessed_competence_is_not_proposed() -> None:
    under = framed(competences=(competence("C4", block="B2", is_assessed=False), competence("C5", block=SILENT)))
    assert told(DifferencesReasoned(), judged(opinion("B2", False), C4=True), under) == NO_GAP
