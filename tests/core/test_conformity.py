"""How a certification stands to the rules on certifications."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from parchemin.core.checks import AllOf, AnyOf, Part, Silent
from parchemin.core.checks.award import AllHeld, MethodPassed
from parchemin.core.checks.conformity import (
    BlocksAllowed,
    BlocksSuffice,
    CodesAtMost,
    ComparedWithLaw,
    CompetencesPerBlock,
    EachBlockAssessed,
    LevelStated,
    PartsStated,
    RegistrationsAtMost,
)
from parchemin.core.checks.eligibility import ExperienceAtLeast, RouteOpen
from parchemin.core.checks.validity import Lasts
from parchemin.core.decision import Effect, Stage
from parchemin.core.durations import Duration
from parchemin.core.facts import Facts, Milestone
from parchemin.core.framework import Activity, Composition
from parchemin.core.scheme import Check, Codes, Level, Register, Registration, Scheme, When
from parchemin.core.terms import Note
from tests.core.builders import (
    SCHEME,
    SILENT,
    SOURCE,
    block,
    competence,
    day,
    facts,
    framed,
    method,
    registration,
    rule,
    ruled,
    scheme,
    told,
    warning,
)


def lasts(length: str, subject: Any = "block") -> Lasts:
    return Lasts(
        subject=subject,
        lasts="unlimited" if length == "unlimited" else Duration.parse(length),
        counted_from=Milestone.DELIBERATED,
    )


def experience_of(length: str) -> ExperienceAtLeast:
    return ExperienceAtLeast(lasts=Duration.parse(length))


def parts(*checks: Check) -> tuple[Part, ...]:
    return tuple(Part(says="", source="", check=check) for check in checks)


def silent(of: str, **known: Any) -> Silent:
    return Silent(of=of, missing=("counted_from",), known=known)


FOR_LIFE = ComparedWithLaw(of="lasts", subject="block", at_least="unlimited")
FIVE_AT_LEAST = ComparedWithLaw(of="lasts", at_least=Duration(5))
NO_EXPERIENCE = ComparedWithLaw(of="experience_at_least", at_most=Duration())
ONE_YEAR = ComparedWithLaw(of="experience_at_least", at_most=Duration(1))


@pytest.mark.parametrize(
    ("law", "stage", "check", "outcome", "words"),
    [
        (FOR_LIFE, "validity", lasts("unlimited"), "met", "dispositif : sans limite (x.y) ; droit : au moins sans limite"),
        (FOR_LIFE, "validity", lasts("P5Y"), "not_met", "dispositif : 5 ans (x.y) ; droit : au moins sans limite"),
        (FOR_LIFE, "validity", lasts("P5Y", "competence"), "met", "dispositif : aucune durée ; droit : au moins sans limite"),
        (FOR_LIFE, "award", lasts("P5Y"), "met", "dispositif : aucune durée ; droit : au moins sans limite"),
        (FOR_LIFE, "validity", silent("lasts", subject="block", lasts=Duration(5)), "not_met", "dispositif : 5 ans (x.y) ; droit : au moins sans limite"),
        (FOR_LIFE, "validity", silent("lasts", subject="block"), "unknown", "dispositif : durée inconnue (x.y) ; droit : au moins sans limite"),
        (FOR_LIFE, "validity", silent("lasts", subject="competence"), "met", "dispositif : aucune durée ; droit : au moins sans limite"),
        (FOR_LIFE, "validity", silent("lasts"), "met", "dispositif : aucune durée ; droit : au moins sans limite"),
        (FOR_LIFE, "validity", silent("expires_within", subject="block"), "met", "dispositif : aucune durée ; droit : au moins sans limite"),
        (FIVE_AT_LEAST, "validity", lasts("P5Y", "certificate"), "met", "dispositif : 5 ans (x.y) ; droit : au moins 5 ans"),
        (FIVE_AT_LEAST, "validity", lasts("P4Y11M", "competence"), "not_met", "dispositif : 4 ans 11 mois (x.y) ; droit : au moins 5 ans"),
        (FIVE_AT_LEAST, "validity", silent("lasts"), "unknown", "dispositif : durée inconnue (x.y) ; droit : au moins 5 ans"),
        (FIVE_AT_LEAST, "validity", AnyOf(parts=parts(lasts("P3Y"), lasts("unlimited"), RouteOpen())), "met",
         "dispositif : 3 ans ou sans limite (x.y) ; droit : au moins 5 ans"),
        (FIVE_AT_LEAST, "validity", AllOf(parts=parts(lasts("P3Y"), lasts("unlimited"))), "not_met",
         "dispositif : 3 ans et sans limite (x.y) ; droit : au moins 5 ans"),
        (FIVE_AT_LEAST, "validity", AnyOf(parts=parts(RouteOpen())), "met", "dispositif : aucune durée ; droit : au moins 5 ans"),
        (FIVE_AT_LEAST, "validity", experience_of("P1Y"), "met", "dispositif : aucune durée ; droit : au moins 5 ans"),
        (ONE_YEAR, "eligibility", experience_of("P1Y"), "met", "dispositif : 1 an (x.y) ; droit : au plus 1 an"),
        (ONE_YEAR, "eligibility", experience_of("P1Y1D"), "not_met", "dispositif : 1 an 1 jour (x.y) ; droit : au plus 1 an"),
        (ONE_YEAR, "eligibility", experience_of("P6M"), "met", "dispositif : 6 mois (x.y) ; droit : au plus 1 an"),
        (ONE_YEAR, "award", experience_of("P2Y"), "met", "dispositif : aucune durée ; droit : au plus 1 an"),
        (ONE_YEAR, "eligibility", lasts("P9Y"), "met", "dispositif : aucune durée ; droit : au plus 1 an"),
        (NO_EXPERIENCE, "eligibility", experience_of("P3Y"), "not_met", "dispositif : 3 ans (x.y) ; droit : aucune durée"),
        (NO_EXPERIENCE, "eligibility", experience_of("P0D"), "met", "dispositif : aucune durée (x.y) ; droit : aucune durée"),
        (NO_EXPERIENCE, "eligibility", RouteOpen(), "met", "dispositif : aucune durée ; droit : aucune durée"),
        (ComparedWithLaw(of="lasts", at_least=Duration(1), at_most=Duration(5)), "validity", lasts("P6Y"), "not_met",
         "dispositif : 6 ans (x.y) ; droit : au moins 1 an, au plus 5 ans"),
        (ComparedWithLaw(of="lasts", at_least=Duration(1), at_most=Duration(5)), "validity", lasts("P6M"), "not_met",
         "dispositif : 6 mois (x.y) ; droit : au moins 1 an, au plus 5 ans"),
    ],
)  # fmt: skip
def test_compared_with_law(law: ComparedWithLaw, stage: str, check: Check, outcome: str, words: str) -> None:
    assert told(law, None, ruled(Stage(stage), rule("x.y", check))) == (outcome, words)


def test_compared_rule_by_rule() -> None:
    under = ruled(Stage.VALIDITY, rule("validity.a", lasts("P5Y")), rule("validity.b", lasts("P6Y", "competence")))
    assert told(FIVE_AT_LEAST, None, under) == (
        "met",
        "dispositif : 5 ans (validity.a), 6 ans (validity.b) ; droit : au moins 5 ans",
    )


@pytest.mark.parametrize(
    ("changes", "known", "outcome"),
    [
        ({}, Facts(), "not_met"),
        ({"id": "eligibility.law.experience"}, Facts(), "met"),
        ({"id": "eligibility.lawful"}, Facts(), "not_met"),
        ({"effect": Effect.INFORMATION}, Facts(), "met"),
        ({"effect": Effect.WARNING}, Facts(), "not_met"),
        ({"when": When(route=("vae",))}, Facts(), "not_met"),
        ({"when": When(route=("vae",))}, facts(route="vae"), "not_met"),
        ({"when": When(route=("vae",))}, facts(route="training"), "met"),
    ],
)
def test_what_is_compared(changes: dict[str, Any], known: Facts, outcome: str) -> None:
    one = replace(rule("eligibility.experience", experience_of("P3Y")), **changes)
    assert told(ONE_YEAR, known, ruled(Stage.ELIGIBILITY, one))[0] == outcome


@pytest.mark.parametrize(
    ("under", "outcome", "words"),
    [
        (framed(competences=tuple(competence(f"C{i}", block=f"B{1 + i % 2}") for i in range(4))), "met", "2 au moins dans chaque bloc"),
        (SCHEME, "met", "2 au moins dans chaque bloc"),
        (framed(competences=(competence("C1", block="B1"),)), "not_met", "B1 : 1, B2 : 0"),
        (framed(competences=(competence("C1", block="B1"), competence("C2", block=SILENT))), "unknown",
         "la source ne relie pas les compétences aux blocs"),
        (framed(competences=()), "unknown", "compétences des blocs non numérotées dans la source"),
        (framed(competences=SILENT), "unknown", "compétences des blocs non numérotées dans la source"),
        (framed(blocks=SILENT), "unknown", "blocs non précisés par la source"),
        (framed(blocks=(), competences=()), "met", "2 au moins dans chaque bloc"),
        (framed(blocks=()), "met", "2 au moins dans chaque bloc"),
    ],
)  # fmt: skip
def test_competences_per_block(under: Scheme, outcome: str, words: str) -> None:
    assert told(CompetencesPerBlock(least=2), None, under) == (outcome, words)


@pytest.mark.parametrize(
    ("register", "blocks", "outcome", "words"),
    [
        (Register.RNCP, (block("B1"), block("B2")), "met", "2 blocs, répertoire rncp"),
        (Register.RNCP, (), "not_met", "0 bloc, répertoire rncp"),
        (Register.RS, (), "met", "0 bloc, répertoire rs"),
        (Register.RS, (block("B1"),), "not_met", "1 bloc, répertoire rs"),
        (Register.BRANCH, (block("B1"),), "met", "1 bloc, répertoire branch"),
        (Register.BRANCH, (), "met", "0 bloc, répertoire branch"),
        (SILENT, (), "unknown", "répertoire ou blocs non précisés par la source"),
        (Register.RS, SILENT, "unknown", "répertoire ou blocs non précisés par la source"),
    ],
)
def test_blocks_allowed(register: Any, blocks: Any, outcome: str, words: str) -> None:
    check = BlocksAllowed(without=(Register.RS,), having=(Register.RNCP,))
    under = replace(framed(blocks=blocks), register=register)
    assert told(check, None, under) == (outcome, words)


INTERVIEW = MethodPassed(method="oral")


@pytest.mark.parametrize(
    ("check", "changes", "outcome", "words"),
    [
        (AllHeld(of="block"), {}, "met", "conditions en plus des blocs : aucune"),
        (INTERVIEW, {}, "not_met", "conditions en plus des blocs : award.x"),
        (experience_of("P2Y"), {}, "not_met", "conditions en plus des blocs : award.x"),
        (INTERVIEW, {"effect": Effect.WARNING}, "met", "conditions en plus des blocs : aucune"),
        (AnyOf(parts=parts(AllHeld(of="block"), AllOf(parts=parts(INTERVIEW)))), {}, "not_met", "conditions en plus des blocs : award.x"),
        (AnyOf(parts=parts(AllHeld(of="block"))), {}, "met", "conditions en plus des blocs : aucune"),
        (silent("method_passed"), {}, "not_met", "conditions en plus des blocs : award.x"),
        (silent("experience_at_least"), {}, "not_met", "conditions en plus des blocs : award.x"),
        (silent("all_held"), {}, "met", "conditions en plus des blocs : aucune"),
    ],
)  # fmt: skip
def test_blocks_suffice(check: Check, changes: dict[str, Any], outcome: str, words: str) -> None:
    under = ruled(Stage.AWARD, replace(rule("award.x", check), **changes), warning("award.y", INTERVIEW))
    assert told(BlocksSuffice(), None, under) == (outcome, words)
    assert told(BlocksSuffice()) == ("met", "conditions en plus des blocs : aucune")


@pytest.mark.parametrize(
    ("blocks", "methods", "outcome", "words"),
    [
        ((block("B1"),), {"oral": method("Entretien", blocks=("B1",))}, "met", "chaque bloc a ses épreuves"),
        ((block("B1", methods=Composition(any_of=("oral",))),), {}, "met", "chaque bloc a ses épreuves"),
        ((block("B1", methods=Composition()),), {}, "not_met", "sans épreuve : B1"),
        ((block("B1"),), {}, "unknown", "épreuves non précisées : B1"),
        ((block("B1"), block("B2", methods=Composition())), {}, "not_met", "sans épreuve : B2 ; épreuves non précisées : B1"),
        ((block("B1"), block("B2")), {"oral": method("Entretien", blocks=("B1",))}, "unknown", "épreuves non précisées : B2"),
        (SILENT, {}, "unknown", "blocs non précisés par la source"),
        ((), {}, "met", "chaque bloc a ses épreuves"),
    ],
)  # fmt: skip
def test_each_block_assessed(blocks: Any, methods: Any, outcome: str, words: str) -> None:
    assert told(EachBlockAssessed(), None, replace(framed(blocks=blocks), methods=methods)) == (outcome, words)


@pytest.mark.parametrize(
    ("given", "outcome", "words"),
    [
        ({}, "met", "NSF : 0 sur 3, ROME : 0 sur 5, Formacode : 0 sur 4"),
        ({"nsf": ("1",) * 3, "rome": ("1",) * 5, "formacode": ("1",) * 4}, "met", "NSF : 3 sur 3, ROME : 5 sur 5, Formacode : 4 sur 4"),
        ({"nsf": ("1",) * 4}, "not_met", "NSF : 4 sur 3, ROME : 0 sur 5, Formacode : 0 sur 4"),
        ({"rome": ("1",) * 6}, "not_met", "NSF : 0 sur 3, ROME : 6 sur 5, Formacode : 0 sur 4"),
        ({"formacode": ("1",) * 5}, "not_met", "NSF : 0 sur 3, ROME : 0 sur 5, Formacode : 5 sur 4"),
        ({"nsf": SILENT}, "unknown", "NSF : ? sur 3, ROME : 0 sur 5, Formacode : 0 sur 4"),
        ({"nsf": SILENT, "rome": ("1",) * 6}, "not_met", "NSF : ? sur 3, ROME : 6 sur 5, Formacode : 0 sur 4"),
    ],
)  # fmt: skip
def test_codes_at_most(given: dict[str, Any], outcome: str, words: str) -> None:
    codes: Any = Codes(**{"nsf": (), "rome": (), "formacode": (), "naf": (), "source": SOURCE, **given})
    assert told(CodesAtMost(nsf=3, rome=5, formacode=4), None, scheme(codes=codes)) == (outcome, words)


@pytest.mark.parametrize(
    ("register", "level", "outcome", "words"),
    [
        (Register.RNCP, Level(eqf=6, source=SOURCE), "met", "niveau 6"),
        (Register.RNCP, Level(source=SOURCE), "not_met", "aucun niveau"),
        (Register.RS, Level(source=SOURCE), "met", "aucun niveau"),
        (Register.RS, Level(eqf=5, source=SOURCE), "met", "niveau 5"),
        (Register.RNCP, Level(eqf=SILENT, source=SOURCE), "unknown", "répertoire ou niveau non précisé par la source"),
        (Register.RNCP, SILENT, "unknown", "répertoire ou niveau non précisé par la source"),
        (SILENT, Level(eqf=5, source=SOURCE), "unknown", "répertoire ou niveau non précisé par la source"),
    ],
)
def test_level_stated(register: Any, level: Any, outcome: str, words: str) -> None:
    check = LevelStated(registers=(Register.RNCP,))
    assert told(check, None, scheme(register=register, level=level)) == (outcome, words)


ACTIVITY = (Activity(id="A1", title="Former", source=SOURCE),)
CAPABLE = (Note(title="Animer", source=SOURCE),)


@pytest.mark.parametrize(
    ("changes", "methods", "outcome", "words"),
    [
        ({"activities": ACTIVITY}, True, "met", "les trois parties y sont"),
        ({"activities": ()}, True, "not_met", "manque : activités"),
        ({"activities": SILENT}, True, "unknown", "non précisé : activités"),
        ({"activities": ACTIVITY, "competences": ()}, True, "not_met", "manque : compétences"),
        ({"activities": ACTIVITY, "competences": (), "capabilities": CAPABLE}, True, "met", "les trois parties y sont"),
        ({"activities": ACTIVITY, "competences": SILENT, "capabilities": CAPABLE}, True, "met", "les trois parties y sont"),
        ({"activities": SILENT, "competences": SILENT}, False, "not_met", "manque : évaluation ; non précisé : activités, compétences"),
        ({"activities": ACTIVITY}, False, "not_met", "manque : évaluation"),
    ],
)  # fmt: skip
def test_parts_stated(changes: dict[str, Any], methods: bool, outcome: str, words: str) -> None:
    under = replace(framed(**changes), methods=SCHEME.methods if methods else {})
    assert told(PartsStated(registers=(Register.RNCP,)), None, under) == (outcome, words)


def test_parts_are_stated_where_the_register_asks() -> None:
    check = PartsStated(registers=(Register.RNCP,))
    assert told(check, None, scheme(register=Register.RS)) == ("met", "non exigé pour ce répertoire")
    assert told(check, None, scheme(register=SILENT)) == ("unknown", "répertoire non précisé par la source")


FIVE_YEARS = RegistrationsAtMost(lasts=Duration(5))


@pytest.mark.parametrize(
    ("check", "texts", "outcome", "words"),
    [
        (FIVE_YEARS, (registration("T1", "2016-02-02", "2021-02-02"),), "met", "5 ans au plus"),
        (FIVE_YEARS, (registration("T1", "2016-02-02", "2021-02-03"),), "not_met", "T1 : 60 mois et 2 jours"),
        (FIVE_YEARS, (registration("T1", "2016-02-02", None),), "not_met", "T1 : sans fin"),
        (FIVE_YEARS, (registration("T1", SILENT, "2021-02-03"),), "unknown", "T1 : dates inconnues"),
        (FIVE_YEARS, (registration("T1", "2016-02-02", SILENT),), "unknown", "T1 : dates inconnues"),
        (FIVE_YEARS, (registration("T1", "2016-02-02", "2026-02-02"), registration("T2", SILENT, SILENT)), "not_met",
         "T1 : 120 mois et 1 jour, T2 : dates inconnues"),
        (FIVE_YEARS, (), "met", "5 ans au plus"),
        (FIVE_YEARS, SILENT, "unknown", "enregistrements non précisés par la source"),
        (RegistrationsAtMost(lasts=Duration(5), registers=(Register.RS,)), (registration("T1", "2016-02-02", None),), "met", "5 ans au plus"),
        (RegistrationsAtMost(lasts=Duration(5), registers=(Register.RNCP,)), (registration("T1", "2016-02-02", None),), "not_met",
         "T1 : sans fin"),
    ],
)  # fmt: skip
def test_registrations_at_most(
    check: RegistrationsAtMost, texts: tuple[Registration, ...], outcome: str, words: str
) -> None:
    assert told(check, None, scheme(registrations=texts), day("2026-01-01")) == (outcome, words)


def test_a_fraction_of_experience_is_not_compared() -> None:
    half = ExperienceAtLeast(lasts=Duration(1), fraction=Fraction(1, 2))
    assert told(ONE_YEAR, None, ruled(Stage.ELIGIBILITY, rule("x.y", half)))[0] == "met"
