"""Were the assessments held by the right people, in the right way?"""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from parchemin.core.case import Case
from parchemin.core.checks.assessment import (
    AccreditedOn,
    AttemptsAtMost,
    EvaluatorsPresent,
    MethodsPassed,
    NoLink,
    PlaceAmong,
    SafeguardsKept,
    TimeAllowed,
    passed,
    unlinked,
)
from parchemin.core.decision import MET
from parchemin.core.facts import Accommodation, Attendance, Evaluator, Facts, Link
from parchemin.core.framework import Composition
from parchemin.core.scheme import Check
from parchemin.core.terms import Unknown
from tests.core.builders import (
    SCHEME,
    SILENT,
    TODAY,
    accredited,
    block,
    day,
    evaluator,
    facts,
    framed,
    method,
    sat,
    scheme,
    seen,
    sitting,
    told,
)


@pytest.mark.parametrize(
    "check",
    [
        MethodsPassed(),
        EvaluatorsPresent(),
        AccreditedOn(roles=("outside",)),
        NoLink(links=(Link.TRAINER,)),
        TimeAllowed(),
        PlaceAmong(),
        SafeguardsKept(place="remote", safeguards=("identité",)),
        AttemptsAtMost(max=2),
    ],
)
def test_assessments_not_known(check: Check) -> None:
    assert told(check) == ("unknown", "évaluations non renseignées")


def test_a_method_is_passed_by_one_sitting_passed() -> None:
    def of(*sittings: Any) -> tuple[str, str]:
        found = passed(Case(sat(*sittings), SCHEME, TODAY), "oral")
        return found.outcome.value, found.words

    fail = sitting("oral", passed=False)
    assert of() == ("not_met", "Entretien : à passer")
    assert of(sitting("written")) == ("not_met", "Entretien : à passer")
    assert of(fail) == ("not_met", "Entretien : échec")
    assert of(fail, sitting("oral")) == ("met", "Entretien : réussite")
    assert of(sitting("oral"), fail) == ("met", "Entretien : réussite")
    assert of(fail, sitting("oral", passed=None)) == ("unknown", "Entretien : résultat non établi")
    assert of(sitting("oral", attendance=Attendance.ABSENT)) == ("not_met", "Entretien : absence non excusée")
    assert of(fail, sitting("oral", attendance=Attendance.EXCUSED)) == ("not_met", "Entretien : absence excusée")
    assert of(sitting("oral", attendance=Attendance.VOID)) == ("not_met", "Entretien : annulation")
    assert of(sitting("oral", attendance=Attendance.FRAUD)) == ("not_met", "Entretien : fraude")
    assert of(sitting("oral", attendance=Attendance.ADJOURNED), fail) == ("not_met", "Entretien : échec")


def test_a_method_nobody_knows_is_named_by_its_identifier() -> None:
    assert passed(Case(sat(sitting("nowhere")), SCHEME, TODAY), "nowhere").words == "nowhere : réussite"
    assert passed(Case(facts(), SCHEME, TODAY), "nowhere").words == "nowhere : à passer"


ORAL, WRITTEN, PRACTICE = sitting("oral"), sitting("written"), sitting("practice")
UNDECIDED = sitting("written", passed=None)


@pytest.mark.parametrize(
    ("methods", "known", "outcome", "words"),
    [
        (Composition(all_of=("oral", "written")), sat(ORAL, WRITTEN), "met", "épreuves réussies pour B1"),
        (Composition(all_of=("oral", "written")), sat(ORAL), "not_met", "B1 : Écrit : à passer"),
        (Composition(all_of=("oral", "written")), sat(), "not_met", "B1 : Entretien : à passer, Écrit : à passer"),
        (Composition(all_of=("oral", "written")), sat(ORAL, UNDECIDED), "unknown", "B1 : Écrit : résultat non établi"),
        (Composition(any_of=("oral", "written")), sat(ORAL), "met", "épreuves réussies pour B1"),
        (Composition(any_of=("oral", "written")), sat(UNDECIDED), "unknown", "B1 : Entretien : à passer, Écrit : résultat non établi"),
        (Composition(any_of=("oral", "written")), sat(), "not_met", "B1 : Entretien : à passer, Écrit : à passer"),
        (Composition(of=("oral", "written", "practice"), at_least=2), sat(ORAL, PRACTICE), "met", "épreuves réussies pour B1"),
        (Composition(of=("oral", "written", "practice"), at_least=2), sat(ORAL), "not_met",
         "B1 : Écrit : à passer, Mise en situation : à passer"),
        (Composition(of=("oral", "written", "practice"), at_least=2), sat(ORAL, UNDECIDED), "unknown",
         "B1 : Écrit : résultat non établi, Mise en situation : à passer"),
        (Composition(of=("oral", "written")), sat(ORAL), "not_met", "B1 : Écrit : à passer"),
        (Composition(all_of=("oral",), any_of=("written", "practice")), sat(ORAL), "not_met",
         "B1 : Écrit : à passer, Mise en situation : à passer"),
        (Composition(all_of=("oral",), any_of=("written", "practice")), sat(WRITTEN), "not_met", "B1 : Entretien : à passer"),
        (Composition(all_of=("oral",), any_of=("written", "practice")), sat(ORAL, WRITTEN), "met", "épreuves réussies pour B1"),
        (Composition(all_of=("oral",), of=("written",), at_least=1), sat(), "not_met", "B1 : Entretien : à passer ; Écrit : à passer"),
        (Composition(), sat(ORAL), "unknown", "B1 : aucune épreuve indiquée"),
        (SILENT, sat(ORAL), "unknown", "B1 : la source ne dit pas quelles épreuves sont requises"),
    ],
)  # fmt: skip
def test_methods_passed(methods: Composition | Unknown, known: Facts, outcome: str, words: str) -> None:
    assert told(MethodsPassed(), known, framed(blocks=(block("B1", methods=methods),))) == (outcome, words)


def test_methods_passed_block_by_block() -> None:
    assert told(MethodsPassed(), sat(ORAL)) == (
        "not_met",
        "B1 : Écrit : à passer ; B2 : Écrit : à passer, Mise en situation : à passer",
    )
    assert told(MethodsPassed(), sat(ORAL, WRITTEN)) == ("met", "épreuves réussies pour B1, B2")
    assert told(MethodsPassed(), sat(WRITTEN, blocks=("B2",))) == ("met", "épreuves réussies pour B2")
    assert told(MethodsPassed(), sat(WRITTEN, blocks=("B9",))) == ("unknown", "B9 : bloc inconnu du référentiel")
    assert told(MethodsPassed(), sat(), framed(blocks=SILENT)) == ("unknown", "blocs inconnus")


FAILED, MISSED = sitting("oral", passed=False), sitting("oral", passed=None, attendance=Attendance.ABSENT)


@pytest.mark.parametrize(
    ("methods", "known", "waiting"),
    [
        (Composition(all_of=("oral", "written")), sat(FAILED), ["written"]),
        (Composition(all_of=("oral", "written")), sat(FAILED, WRITTEN), []),
        (Composition(all_of=("oral", "written")), sat(FAILED, UNDECIDED), ["written"]),
        (Composition(all_of=("oral",)), sat(MISSED), ["oral"]),
        (Composition(all_of=("oral",)), sat(FAILED, MISSED), []),
        (Composition(any_of=("oral", "written")), sat(FAILED), []),
        (Composition(any_of=("oral", "written")), sat(), ["oral", "written"]),
        (Composition(of=("oral", "written", "practice"), at_least=2), sat(FAILED), ["practice", "written"]),
        (Composition(of=("oral", "written", "practice"), at_least=2), sat(FAILED, WRITTEN), []),
        (Composition(all_of=("oral",), any_of=("written", "practice")), sat(FAILED), ["practice", "written"]),
    ],
)
def test_methods_failed_are_told_apart_from_those_awaited(
    methods: Composition, known: Facts, waiting: list[str]
) -> None:
    under = framed(blocks=(block("B1", methods=methods),))
    found = seen(MethodsPassed(), known, under)
    assert (found.outcome, found.values) == ("not_met", {"waiting": waiting})


def test_a_block_that_says_nothing_of_its_methods_is_awaited_beside_one_that_failed() -> None:
    blocks = (block("B1", methods=Composition(all_of=("oral",))), block("B2", methods=SILENT))
    found = seen(MethodsPassed(), sat(FAILED), framed(blocks=blocks))
    assert (found.outcome, found.values) == ("not_met", {"waiting": ["B2"]})


def test_methods_of_a_block_that_may_be_optional() -> None:
    under = framed(blocks=(block("B1", is_optional=SILENT, methods=Composition(all_of=("oral",))),))
    assert told(MethodsPassed(), sat(), under) == ("unknown", "B1 : Entretien : à passer")
    assert told(MethodsPassed(), sat(ORAL), under) == ("met", "épreuves réussies pour B1")


def pair(*people: Evaluator, method: str = "practice", **changes: Any) -> Facts:
    return sat(sitting(method, evaluators=people, **changes))


ANNE, BRUNO, CLARA = evaluator("Anne", "professional"), evaluator("Bruno", "outside"), evaluator("Clara", "outside")
NONE_SAID = sitting("practice")


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        (pair(ANNE, BRUNO, CLARA), "met", "1 évaluation avec les évaluateurs prévus"),
        (pair(ANNE, BRUNO), "not_met", "Mise en situation : Évaluateur externe 1 sur 2"),
        (pair(ANNE, BRUNO, BRUNO), "not_met", "Mise en situation : Évaluateur externe 1 sur 2"),
        (pair(BRUNO, CLARA, evaluator("Denis", "outside"), ANNE), "met", "1 évaluation avec les évaluateurs prévus"),
        (pair(), "not_met", "Mise en situation : Professionnel 0 sur 1 ; Mise en situation : Évaluateur externe 0 sur 2"),
        (sat(NONE_SAID), "unknown", "Mise en situation : évaluateurs non renseignés"),
        (sat(sitting("oral"), sitting("written")), "met", "2 évaluations avec les évaluateurs prévus"),
        (sat(sitting("silent")), "unknown", "Épreuve muette : la source ne dit pas qui évalue"),
        (sat(sitting("nowhere")), "unknown", "nowhere : épreuve inconnue de cette certification"),
        (sat(), "unknown", "aucune épreuve passée"),
        (sat(sitting("practice", attendance=Attendance.ABSENT)), "unknown", "aucune épreuve passée"),
        (sat(sitting("practice", passed=False, evaluators=()), sitting("practice", evaluators=(ANNE, BRUNO, CLARA))),
         "met", "1 évaluation avec les évaluateurs prévus"),
    ],
)  # fmt: skip
def test_evaluators_present(known: Facts, outcome: str, words: str) -> None:
    assert told(EvaluatorsPresent(), known) == (outcome, words)


def test_evaluators_of_one_method_only() -> None:
    known = sat(sitting("silent"), sitting("practice", evaluators=(ANNE, BRUNO, CLARA)))
    assert told(EvaluatorsPresent(), known)[0] == "unknown"
    assert told(EvaluatorsPresent(method="practice"), known) == ("met", "1 évaluation avec les évaluateurs prévus")
    assert told(EvaluatorsPresent(method="oral"), known) == ("unknown", "aucune épreuve passée")


def test_an_evaluator_nobody_knows_is_named_by_the_role() -> None:
    under = scheme(methods={"oral": method("Entretien", evaluators={"ghost": 1})})
    assert told(EvaluatorsPresent(), pair(method="oral"), under) == ("not_met", "Entretien : ghost 0 sur 1")


OUTSIDE = AccreditedOn(roles=("outside",))
TRAINED = AccreditedOn(roles=("outside",), trained=True)
FINE = ("met", "évaluateurs habilités le jour de l'évaluation")


def by(*accreditations: Any, on: str | None = "2025-10-06", role: str = "outside") -> Facts:
    return sat(sitting("oral", on=on, evaluators=(evaluator("Zoé", role, accreditations=accreditations),)))


@pytest.mark.parametrize(
    ("check", "known", "expected"),
    [
        (OUTSIDE, by(accredited("outside", "2020-01-01", "2025-10-06")), FINE),
        (OUTSIDE, by(accredited("outside", "2025-10-06")), FINE),
        (OUTSIDE, by(accredited("outside", "2020-01-01", "2025-09-30")),
         ("not_met", "Zoé (Évaluateur externe) : non habilité le 6 octobre 2025, habilitation finie le 30 septembre 2025")),
        (OUTSIDE, by(accredited("outside", "2020-01-01", "2025-10-05"), accredited("outside", "2025-10-07")),
         ("not_met", "Zoé (Évaluateur externe) : non habilité le 6 octobre 2025, habilitation finie le 5 octobre 2025")),
        (OUTSIDE, by(accredited("outside", "2018-01-01", "2019-01-01"), accredited("outside", "2020-01-01", "2024-01-01")),
         ("not_met", "Zoé (Évaluateur externe) : non habilité le 6 octobre 2025, habilitation finie le 1er janvier 2024")),
        (OUTSIDE, by(accredited("outside", "2025-10-07")), ("not_met", "Zoé (Évaluateur externe) : non habilité le 6 octobre 2025")),
        (OUTSIDE, by(accredited("trainer", "2020-01-01")), ("not_met", "Zoé (Évaluateur externe) : non habilité le 6 octobre 2025")),
        (OUTSIDE, by(), ("not_met", "Zoé (Évaluateur externe) : non habilité le 6 octobre 2025")),
        (OUTSIDE, by(accredited("outside", "2025-01-01", granted_on=day("2025-10-06"))), FINE),
        (OUTSIDE, by(accredited("outside", "2025-01-01", granted_on=day("2025-10-07"))),
         ("not_met", "Zoé (Évaluateur externe) : non habilité le 6 octobre 2025, habilitation décidée le 7 octobre 2025")),
        (OUTSIDE, by(*(accredited("outside", "2025-01-01", granted_on=day(on)) for on in ("2025-12-01", "2025-11-01"))),
         ("not_met", "Zoé (Évaluateur externe) : non habilité le 6 octobre 2025, habilitation décidée le 1er novembre 2025")),
        (OUTSIDE, by(accredited("outside", "2025-01-01", "2025-02-01", granted_on=day("2025-10-07"))),
         ("not_met", "Zoé (Évaluateur externe) : non habilité le 6 octobre 2025, habilitation finie le 1er février 2025")),
        (AccreditedOn(roles=("outside",), retroactive=True), by(accredited("outside", "2025-01-01", granted_on=day("2025-10-07"))), FINE),
        (AccreditedOn(roles=("outside",), retroactive=True), by(accredited("outside", "2025-10-07")),
         ("not_met", "Zoé (Évaluateur externe) : non habilité le 6 octobre 2025")),
        (OUTSIDE, by(on=None), ("unknown", "Zoé (Évaluateur externe) : date d'évaluation non renseignée")),
        (OUTSIDE, sat(sitting("oral", evaluators=(evaluator("Zoé", "outside"),))),
         ("unknown", "Zoé (Évaluateur externe) : habilitation non renseignée")),
        (OUTSIDE, by(role="trainer"), ("unknown", "aucun évaluateur renseigné pour ce rôle")),
        (OUTSIDE, sat(), ("unknown", "aucun évaluateur renseigné pour ce rôle")),
        (AccreditedOn(roles=("ghost",)), by(role="ghost"), ("not_met", "Zoé (ghost) : non habilité le 6 octobre 2025")),
        (TRAINED, by(accredited("outside", "2020-01-01", is_trained=True)), FINE),
        (TRAINED, by(accredited("outside", "2020-01-01", is_trained=False)),
         ("not_met", "Zoé (Évaluateur externe) : habilité le 6 octobre 2025, non formé aux outils")),
        (TRAINED, by(accredited("outside", "2020-01-01", is_trained=False, granted_on=day("2019-12-01"))),
         ("not_met", "Zoé (Évaluateur externe) : habilité le 6 octobre 2025, non formé aux outils")),
        (TRAINED, by(accredited("outside", "2020-01-01", is_trained=False), accredited("outside", "2020-01-01", granted_on=day("2025-12-01"))),
         ("not_met", "Zoé (Évaluateur externe) : habilité le 6 octobre 2025, non formé aux outils")),
        (TRAINED, by(accredited("outside", "2020-01-01")),
         ("unknown", "Zoé (Évaluateur externe) : formation aux outils non renseignée")),
        (TRAINED, by(accredited("outside", "2020-01-01", "2025-09-30")),
         ("not_met", "Zoé (Évaluateur externe) : non habilité le 6 octobre 2025, habilitation finie le 30 septembre 2025")),
        (TRAINED, by(accredited("outside", "2019-01-01", "2020-01-01"), accredited("outside", "2020-01-01")),
         ("unknown", "Zoé (Évaluateur externe) : formation aux outils non renseignée")),
    ],
)  # fmt: skip
def test_accredited_on(check: AccreditedOn, known: Facts, expected: tuple[str, str]) -> None:
    assert told(check, known) == expected


def test_evaluators_not_named_are_not_accredited() -> None:
    good = by(accredited("outside", "2020-01-01")).assessments or ()
    expected = ("unknown", "Entretien : évaluateurs non renseignés")
    assert told(OUTSIDE, sat(*good, sitting("oral", on="2025-10-07"))) == expected
    assert told(OUTSIDE, sat(*good, sitting("practice"))) == (
        "unknown",
        "Mise en situation : évaluateurs non renseignés",
    )
    assert told(AccreditedOn(roles=("trainer",)), sat(sitting("practice"))) == (
        "unknown",
        "aucun évaluateur renseigné pour ce rôle",
    )
    assert told(OUTSIDE, sat(*good, sitting("nowhere"))) == ("unknown", "nowhere : évaluateurs non renseignés")


def tied(*links: Link, role: str = "outside", declared: bool = True) -> Evaluator:
    return evaluator("Zoé", role, links=links if declared else None)


NOT_TRAINER = NoLink(links=(Link.TRAINER, Link.FAMILY), roles=("outside",))


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        (pair(tied()), "met", "aucun lien déclaré"),
        (pair(tied(Link.MANAGER)), "met", "aucun lien déclaré"),
        (pair(tied(Link.FAMILY, Link.TRAINER)), "not_met", "Zoé : famille ; Zoé : formateur"),
        (pair(tied(declared=False)), "unknown", "Zoé : liens non déclarés"),
        (
            pair(tied(Link.TRAINER), evaluator("Yan", "outside")),
            "not_met",
            "Zoé : formateur ; Yan : liens non déclarés",
        ),
        (pair(tied(Link.TRAINER, role="trainer")), "met", "aucun lien déclaré"),
        (sat(sitting("practice")), "unknown", "Mise en situation : évaluateurs non renseignés"),
        (pair(tied(Link.TRAINER), tied()), "not_met", "Zoé : formateur"),
        (pair(tied(Link.TRAINER), tied(Link.TRAINER)), "not_met", "Zoé : formateur"),
        (sat(), "unknown", "aucune épreuve passée"),
    ],
)
def test_no_link(known: Facts, outcome: str, words: str) -> None:
    assert told(NOT_TRAINER, known) == (outcome, words)


def test_no_link_for_anybody_when_no_role_is_given() -> None:
    check = NoLink(links=(Link.TRAINER,))
    assert told(check, pair(tied(Link.TRAINER, role="trainer"))) == ("not_met", "Zoé : formateur")
    assert told(check, sat(sitting("practice"))) == ("unknown", "Mise en situation : évaluateurs non renseignés")


def test_no_link_where_nobody_of_that_role_sits() -> None:
    assert told(NoLink(links=(Link.TRAINER,), roles=("trainer",)), sat(sitting("practice"))) == (
        "met",
        "aucun lien déclaré",
    )


def test_unlinked_without_anybody() -> None:
    assert unlinked([], (Link.FAMILY,)) == (MET, "aucun lien déclaré", {}, ())


def timed(
    minutes: int | None, *granted: Accommodation, method: str = "written", on: str | None = "2026-05-04"
) -> Facts:
    return sat(sitting(method, on=on, minutes=minutes), accommodations=granted)


def accommodation(time: str, on: str | None = "2026-05-04", *methods: str) -> Accommodation:
    return Accommodation(methods=methods or ("written",), time=Fraction(time), granted_on=day(on) if on else None)


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        (timed(45), "met", "Écrit : 45 minutes pour 45"),
        (timed(44), "not_met", "Écrit : 44 minutes pour 45"),
        (timed(46), "not_met", "Écrit : 46 minutes pour 45"),
        (timed(None), "unknown", "Écrit : durée inconnue"),
        (timed(30, method="silent"), "unknown", "Épreuve muette : durée inconnue"),
        (timed(30, method="practice"), "met", "aucune durée fixée"),
        (timed(30, method="nowhere"), "unknown", "nowhere : épreuve inconnue de cette certification"),
        (timed(60, accommodation("4/3")), "met", "Écrit : 60 minutes pour 60 (aménagement accordé)"),
        (timed(59, accommodation("4/3")), "not_met", "Écrit : 59 minutes pour 60 (aménagement accordé)"),
        (timed(60, accommodation("4/3", "2026-05-05")), "not_met", "Écrit : 60 minutes pour 45"),
        (timed(60, accommodation("4/3", None)), "not_met", "Écrit : 60 minutes pour 45"),
        (timed(60, accommodation("4/3", "2026-05-04", "oral")), "not_met", "Écrit : 60 minutes pour 45"),
        (timed(60, accommodation("4/3", "2026-05-04", "oral", "written")), "met", "Écrit : 60 minutes pour 60 (aménagement accordé)"),
        (timed(90, accommodation("4/3"), accommodation("2")), "met", "Écrit : 90 minutes pour 90 (aménagement accordé)"),
        (timed(56, accommodation("5/4")), "met", "Écrit : 56 minutes pour 56,25 (aménagement accordé)"),
        (timed(57, accommodation("5/4")), "met", "Écrit : 57 minutes pour 56,25 (aménagement accordé)"),
        (timed(55, accommodation("5/4")), "not_met", "Écrit : 55 minutes pour 56,25 (aménagement accordé)"),
        (timed(58, accommodation("5/4")), "not_met", "Écrit : 58 minutes pour 56,25 (aménagement accordé)"),
        (timed(60, accommodation("4/3"), on=None), "unknown", "Écrit : jour inconnu, aménagement accordé"),
        (timed(45, accommodation("4/3", None), on=None), "met", "Écrit : 45 minutes pour 45"),
        (timed(45, Accommodation(methods=("written",), granted_on=day("2026-05-01"))), "met",
         "Écrit : 45 minutes pour 45 (aménagement accordé)"),
        (sat(sitting("written", minutes=45), sitting("oral", minutes=31)), "not_met",
         "Écrit : 45 minutes pour 45 ; Entretien : 31 minutes pour 30"),
        (sat(), "unknown", "aucune épreuve passée"),
    ],
)  # fmt: skip
def test_time_allowed(known: Facts, outcome: str, words: str) -> None:
    assert told(TimeAllowed(), known) == (outcome, words)


def test_time_of_one_method_only() -> None:
    known = sat(sitting("written", minutes=45), sitting("oral", minutes=31))
    assert told(TimeAllowed(method="written"), known) == ("met", "Écrit : 45 minutes pour 45")
    assert told(TimeAllowed(method="practice"), known) == ("unknown", "aucune épreuve passée")


def placed(place: str | None, method: str = "oral", **changes: Any) -> Facts:
    return sat(sitting(method, place=place, **changes))


@pytest.mark.parametrize(
    ("check", "known", "outcome", "words"),
    [
        (PlaceAmong(), placed("centre"), "met", "lieux conformes"),
        (PlaceAmong(), placed("company"), "not_met", "Entretien : lieu « en entreprise » non prévu"),
        (PlaceAmong(), placed("moon"), "not_met", "Entretien : lieu « moon » non prévu"),
        (PlaceAmong(), placed(None), "unknown", "Entretien : lieu inconnu"),
        (PlaceAmong(), placed("moon", "written"), "met", "lieux conformes"),
        (PlaceAmong(), placed("centre", "silent"), "unknown", "Épreuve muette : lieu inconnu"),
        (PlaceAmong(), placed("centre", "nowhere"), "unknown", "nowhere : épreuve inconnue de cette certification"),
        (PlaceAmong(places=("company",)), placed("company"), "met", "lieux conformes"),
        (PlaceAmong(places=("company",)), placed("remote", "silent"), "not_met", "Épreuve muette : lieu « à distance » non prévu"),
        (PlaceAmong(places=("company",)), sat(), "unknown", "aucune épreuve passée"),
        (PlaceAmong(method="written"), placed("moon"), "unknown", "aucune épreuve passée"),
        (PlaceAmong(method="oral"), placed("centre"), "met", "lieux conformes"),
        (PlaceAmong(), sat(sitting("oral", place="moon"), sitting("silent", place="moon")), "not_met",
         "Entretien : lieu « moon » non prévu ; Épreuve muette : lieu inconnu"),
    ],
)  # fmt: skip
def test_place_among(check: PlaceAmong, known: Facts, outcome: str, words: str) -> None:
    assert told(check, known) == (outcome, words)


def test_a_place_has_the_title_the_certification_gives_it() -> None:
    under = scheme(places={"moon": "sur la lune", "company": "au bureau"})
    assert told(PlaceAmong(), placed("moon"), under)[1] == "Entretien : lieu « sur la lune » non prévu"
    assert told(PlaceAmong(), placed("company"), under)[1] == "Entretien : lieu « au bureau » non prévu"


REMOTE = SafeguardsKept(place="remote", safeguards=("identité", "surveillance"))


@pytest.mark.parametrize(
    ("known", "outcome", "words"),
    [
        (placed("remote", safeguards=("surveillance", "identité", "journal")), "met", "garanties tenues"),
        (placed("remote", safeguards=("identité",)), "not_met", "Entretien : manque surveillance"),
        (placed("remote", safeguards=()), "not_met", "Entretien : manque identité, surveillance"),
        (placed("remote"), "unknown", "Entretien : garanties non renseignées"),
        (placed("centre"), "met", "garanties tenues"),
        (placed(None), "unknown", "Entretien : lieu inconnu"),
        (placed(None, "silent"), "unknown", "Épreuve muette : lieu inconnu"),
        (placed(None, "nowhere"), "unknown", "nowhere : lieu inconnu"),
        (placed(None, "written"), "unknown", "Écrit : lieu inconnu"),
        (sat(), "met", "garanties tenues"),
    ],
)
def test_safeguards_kept(known: Facts, outcome: str, words: str) -> None:
    assert told(REMOTE, known) == (outcome, words)


def test_a_method_that_is_never_held_there_needs_no_safeguard() -> None:
    under = scheme(methods={"oral": method("Entretien", places=("centre",))})
    assert told(REMOTE, placed(None), under) == ("met", "garanties tenues")


HELD, EXCUSED, ABSENT = (
    sitting("oral"),
    *(sitting("oral", attendance=a) for a in (Attendance.EXCUSED, Attendance.ABSENT)),
)


@pytest.mark.parametrize(
    ("check", "known", "outcome", "words"),
    [
        (AttemptsAtMost(max=2), sat(HELD, HELD), "met", "2 passages au plus"),
        (AttemptsAtMost(max=2), sat(HELD, HELD, HELD), "not_met", "Entretien : 3 passages"),
        (AttemptsAtMost(max=2), sat(HELD, HELD, EXCUSED), "met", "2 passages au plus"),
        (AttemptsAtMost(max=2), sat(HELD, HELD, ABSENT), "not_met", "Entretien : 3 passages"),
        (
            AttemptsAtMost(max=2),
            sat(HELD, HELD, sitting("oral", attendance=Attendance.VOID)),
            "met",
            "2 passages au plus",
        ),
        (AttemptsAtMost(max=1), sat(HELD, sitting("written")), "met", "1 passage au plus"),
        (
            AttemptsAtMost(max=0),
            sat(HELD, sitting("nowhere")),
            "not_met",
            "Entretien : 1 passage ; nowhere : 1 passage",
        ),
        (AttemptsAtMost(max=0, method="oral"), sat(HELD, sitting("written")), "not_met", "Entretien : 1 passage"),
        (AttemptsAtMost(max=1, method="written"), sat(HELD, HELD), "met", "1 passage au plus"),
    ],
)
def test_attempts(check: AttemptsAtMost, known: Facts, outcome: str, words: str) -> None:
    assert told(check, known) == (outcome, words)


def test_what_is_told_twice_is_told_once() -> None:
    twice = replace(sitting("oral", place="moon"), minutes=30)
    assert seen(PlaceAmong(), sat(twice, twice)).words == "Entretien : lieu « moon » non prévu"
