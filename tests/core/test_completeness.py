"""Is the file whole: documents, steps, pathway, proofs of training in work situations?"""

from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest

from parchemin.core.checks.completeness import (
    DocumentPresent,
    DocumentsWanted,
    DocumentWithin,
    HotAndCold,
    PathwayCovers,
    ReflectionsApart,
    StepsInOrder,
    TrainingHours,
    WorkTrainingOrder,
    WorkTrainingProofs,
)
from parchemin.core.durations import Duration
from parchemin.core.facts import Document, Facts, Period, WorkTraining
from parchemin.core.scheme import Bounds, Scheme
from tests.core.builders import (
    SCHEME,
    SILENT,
    competence,
    day,
    document,
    document_kind,
    facts,
    framed,
    route,
    scheme,
    seen,
    step,
    told,
)

NOT_KNOWN = ("unknown", "pièces du dossier non renseignées")


def deposited(*documents: Document, **known: Any) -> Facts:
    return facts(documents=documents, **known)


@pytest.mark.parametrize(
    ("check", "known", "outcome", "words"),
    [
        (DocumentPresent(document="paper"), deposited(), "not_met", "Mémoire : manque"),
        (DocumentPresent(document="paper"), deposited(document("paper")), "met", "Mémoire : au dossier"),
        (DocumentPresent(document="paper"), deposited(document("booklet")), "not_met", "Mémoire : manque"),
        (DocumentPresent(document="booklet"), deposited(document("booklet", signed_by=("trainer", "outside", "boss"))),
         "met", "Livret : au dossier, avec ses signatures"),
        (DocumentPresent(document="booklet"), deposited(document("booklet", signed_by=("trainer",))),
         "not_met", "Livret : signature manquante (Évaluateur externe)"),
        (DocumentPresent(document="booklet"), deposited(document("booklet", signed_by=())),
         "not_met", "Livret : signature manquante (Formateur, Évaluateur externe)"),
        (DocumentPresent(document="booklet"), deposited(document("booklet")), "unknown", "Livret : signatures non renseignées"),
        (DocumentPresent(document="booklet", signed_by=("professional",)), deposited(document("booklet", signed_by=("professional",))),
         "met", "Livret : au dossier, avec ses signatures"),
        (DocumentPresent(document="form"), deposited(document("form", signed_by=("trainer",))),
         "unknown", "Formulaire : la source ne dit pas qui signe"),
        (DocumentPresent(document="form", signed_by=("nobody",)), deposited(document("form", signed_by=())),
         "not_met", "Formulaire : signature manquante (nobody)"),
        (DocumentPresent(document="nowhere"), deposited(), "not_met", "nowhere : manque"),
        (DocumentPresent(document="nowhere"), deposited(document("nowhere")), "met", "nowhere : au dossier"),
        # what is deposited last replaces what was there
        (DocumentPresent(document="booklet"),
         deposited(document("booklet", signed_by=()), document("booklet", signed_by=("trainer", "outside"))),
         "met", "Livret : au dossier, avec ses signatures"),
    ],
)  # fmt: skip
def test_document_present(check: DocumentPresent, known: Facts, outcome: str, words: str) -> None:
    assert told(check, known) == (outcome, words)


def test_documents_not_known() -> None:
    assert told(DocumentPresent(document="paper")) == NOT_KNOWN
    assert told(DocumentsWanted(step="transmit")) == NOT_KNOWN


def wanting(*steps: Any) -> Scheme:
    return scheme(routes={"training": route("Formation", steps=steps), "silent": route("Muette", steps=SILENT)})


WANTED = wanting(
    step("apply", wants=("form",)),
    step("transmit", wants=("booklet", "paper")),
    step("silent", wants=SILENT),
    step("nothing"),
)
SIGNED = document("booklet", signed_by=("trainer", "outside"))


@pytest.mark.parametrize(
    ("step", "route", "documents", "outcome", "words", "lacking"),
    [
        ("transmit", "training", (SIGNED, document("paper")), "met", "2 pièces sur 2", []),
        ("transmit", "training", (SIGNED,), "not_met", "1 pièce sur 2 ; Mémoire : manque", ["paper"]),
        ("transmit", "training", (document("booklet"), document("paper")), "unknown",
         "1 pièce sur 2 ; Livret : signatures non renseignées", ["booklet"]),
        ("transmit", "training", (document("booklet"),), "not_met",
         "0 pièce sur 2 ; Livret : signatures non renseignées ; Mémoire : manque", ["booklet", "paper"]),
        ("nothing", "training", (), "met", "0 pièce sur 0", []),
    ],
)  # fmt: skip
def test_documents_wanted(
    step: str, route: str, documents: tuple[Document, ...], outcome: str, words: str, lacking: list[str]
) -> None:
    found = seen(DocumentsWanted(step=step), deposited(*documents, route=route), WANTED)
    assert (found.outcome.value, found.words, found.values) == (outcome, words, {"lacking": lacking})


@pytest.mark.parametrize(
    ("step", "route", "words"),
    [
        ("transmit", None, "étapes de la voie inconnues"),
        ("transmit", "nowhere", "étapes de la voie inconnues"),
        ("transmit", "silent", "étapes de la voie inconnues"),
        ("silent", "training", "la source ne dit pas quelles pièces sont demandées"),
        ("nowhere", "training", "la source ne dit pas quelles pièces sont demandées"),
    ],
)
def test_documents_wanted_not_known(step: str, route: str | None, words: str) -> None:
    assert told(DocumentsWanted(step=step), deposited(route=route), WANTED) == ("unknown", words)


PAGES = Bounds(min=15, max=20)


@pytest.mark.parametrize(
    ("limits", "measured", "outcome", "words"),
    [
        ({"pages": PAGES}, {"pages": 15}, "met", "15 pages (15 à 20)"),
        ({"pages": PAGES}, {"pages": 14}, "not_met", "14 pages (15 à 20)"),
        ({"pages": PAGES}, {"pages": 20}, "met", "20 pages (15 à 20)"),
        ({"pages": PAGES}, {"pages": 21}, "not_met", "21 pages (15 à 20)"),
        ({"pages": PAGES}, {}, "unknown", "pages : non mesuré (15 à 20)"),
        ({"pages": SILENT}, {"pages": 3}, "unknown", "limite en pages inconnue"),
        ({"pages": Bounds(min=4, max=4)}, {"pages": 4}, "met", "4 pages (4)"),
        ({"pages": Bounds(min=4, max=4)}, {"pages": 5}, "not_met", "5 pages (4)"),
        ({"characters": Bounds(max=140000)}, {"characters": 140000}, "met", "140000 caractères espaces compris (140000 au plus)"),
        ({"characters": Bounds(max=140000)}, {"characters": 140001}, "not_met", "140001 caractères espaces compris (140000 au plus)"),
        ({"characters": Bounds(max=9, counting=SILENT)}, {"characters": 9}, "met", "9 caractères espaces compris (9 au plus)"),
        ({"characters": Bounds(max=9, counting=SILENT)}, {"characters": 10}, "unknown",
         "10 caractères espaces compris (9 au plus), façon de compter à fixer"),
        ({"characters": Bounds(max=9, counting="tout")}, {"characters": 10}, "not_met", "10 caractères espaces compris (9 au plus)"),
        ({"minutes": Bounds(min=10)}, {"minutes": 10}, "met", "10 minutes (10 au moins)"),
        ({"minutes": Bounds(min=10)}, {"minutes": 9}, "not_met", "9 minutes (10 au moins)"),
        ({"minutes": Bounds(min=0, max=0)}, {"minutes": 0}, "met", "0 minutes (0)"),
        ({"minutes": Bounds()}, {}, "met", "aucune limite"),
        ({}, {"pages": 900}, "met", "aucune limite"),
        ({"pages": PAGES, "minutes": Bounds(max=5)}, {"pages": 16, "minutes": 6}, "not_met", "16 pages (15 à 20), 6 minutes (5 au plus)"),
    ],
)  # fmt: skip
def test_document_within(limits: dict[str, Any], measured: dict[str, int], outcome: str, words: str) -> None:
    under = scheme(documents={"paper": document_kind("Mémoire", **limits)})
    assert told(DocumentWithin(document="paper"), deposited(document("paper", **measured)), under) == (outcome, words)


def test_nothing_to_measure() -> None:
    assert told(DocumentWithin(document="paper")) == ("unknown", "Mémoire : rien à mesurer")
    assert told(DocumentWithin(document="nowhere"), deposited(document("nowhere"))) == (
        "unknown",
        "nowhere : rien à mesurer",
    )


ORDERED = wanting(step("apply"), step("position", is_optional=True), step("train"), step("assess"), step("award"))


@pytest.mark.parametrize(
    ("before", "done", "outcome", "words"),
    [
        ("assess", {"apply": "2026-01-05", "position": "2026-01-05", "train": "2026-03-01"}, "met", "3 étapes dans l'ordre"),
        ("assess", {"apply": "2026-01-05", "train": "2026-03-01"}, "met", "2 étapes dans l'ordre"),
        ("assess", {"apply": "2026-01-05", "train": "2026-06-15"}, "met", "2 étapes dans l'ordre"),
        ("assess", {"apply": "2026-01-05", "train": "2026-06-16"}, "not_met", "étape non faite : Train"),
        ("assess", {"apply": "2026-01-05"}, "not_met", "étape non faite : Train"),
        ("assess", {}, "not_met", "étape non faite : Apply, étape non faite : Train"),
        ("assess", {"apply": "2026-03-02", "train": "2026-03-01"}, "not_met", "Train avant Apply"),
        ("assess", {"apply": "2026-01-05", "train": "2026-03-01", "assess": "2026-02-01"}, "not_met", "Assess avant Train"),
        ("assess", {"apply": "2026-01-05", "train": "2026-03-01", "assess": "2026-03-01"}, "met", "3 étapes dans l'ordre"),
        ("apply", {}, "met", "0 étape dans l'ordre"),
        ("apply", {"apply": "2026-01-05"}, "met", "1 étape dans l'ordre"),
        ("nowhere", {"apply": "2026-01-05", "train": "2026-03-01", "assess": "2026-04-01", "award": "2026-05-01"},
         "met", "4 étapes dans l'ordre"),
        ("nowhere", {"apply": "2026-01-05", "train": "2026-03-01", "assess": "2026-04-01", "award": "2026-05-01", "nowhere": "2026-04-30"},
         "not_met", "nowhere avant Award"),
    ],
)  # fmt: skip
def test_steps_in_order(before: str, done: dict[str, str], outcome: str, words: str) -> None:
    known = facts(route="training", steps={id: day(on) for id, on in done.items()})
    assert told(StepsInOrder(before=before), known, ORDERED) == (outcome, words)


def test_steps_not_known() -> None:
    check = StepsInOrder(before="assess")
    assert told(check, facts(route="training"), ORDERED) == ("unknown", "étapes faites non renseignées")
    assert told(check, facts(steps={}), ORDERED) == ("unknown", "étapes de la voie inconnues")
    assert told(check, facts(steps={}, route="silent"), ORDERED) == ("unknown", "étapes de la voie inconnues")


@pytest.mark.parametrize(
    ("positioning", "pathway", "outcome", "words"),
    [
        ({}, ("C1", "C2", "C3"), "met", "3 compétences à acquérir, toutes au parcours"),
        ({"C1": False, "C3": True}, ("C1", "E2"), "met", "2 compétences à acquérir, toutes au parcours"),
        ({"C1": True, "E2": True}, ("C3",), "met", "1 compétence à acquérir, toutes au parcours"),
        ({"C1": True}, ("C2",), "not_met", "manque C3"),
        ({"C1": True, "C2": True}, ("C1", "C3", "C4"), "not_met", "en trop C1, C4"),
        ({"C1": True}, ("C1", "C1"), "not_met", "manque C2, C3 ; en trop C1"),
        ({"C1": True, "C2": True, "C3": True}, (), "met", "rien à acquérir"),
    ],
)
def test_pathway_covers(positioning: dict[str, bool], pathway: tuple[str, ...], outcome: str, words: str) -> None:
    assert told(PathwayCovers(), facts(positioning=positioning, pathway=pathway)) == (outcome, words)


def test_pathway_not_known() -> None:
    expected = ("unknown", "parcours ou repérage non renseigné")
    assert told(PathwayCovers(), facts(pathway=())) == expected
    assert told(PathwayCovers(), facts(positioning={})) == expected
    under = framed(competences=SILENT)
    assert told(PathwayCovers(), facts(positioning={}, pathway=()), under) == (
        "unknown",
        "compétences évaluées inconnues",
    )


def test_pathway_where_a_competence_may_not_be_assessed() -> None:
    under = framed(competences=(competence("C1"), competence("C5", is_assessed=SILENT)))
    assert told(PathwayCovers(), facts(positioning={}, pathway=("C1",)), under) == ("unknown", "manque C5")
    assert told(PathwayCovers(), facts(positioning={}, pathway=("C5",)), under) == ("not_met", "manque C1")


@pytest.mark.parametrize(
    ("hours", "outcome", "words"),
    [
        (None, "unknown", "heures de formation non renseignées"),
        (Fraction(40), "met", "40 heures (40 à 70)"),
        (Fraction(399, 10), "not_met", "39,9 heures (40 à 70)"),
        (Fraction(70), "met", "70 heures (40 à 70)"),
        (Fraction(141, 2), "not_met", "70,5 heures (40 à 70)"),
    ],
)
def test_training_hours(hours: Fraction | None, outcome: str, words: str) -> None:
    assert told(TrainingHours(min=40, max=70), facts(training_hours=hours)) == (outcome, words)


def period(from_: str, until: str) -> Period:
    return Period(from_=datetime.fromisoformat(from_), until=datetime.fromisoformat(until))


WORK = period("2026-02-02T09:00", "2026-02-02T12:00")
REFLECTION = period("2026-02-02T12:00", "2026-02-02T12:30")
WHOLE: dict[str, Any] = {
    "analysed_on": day("2026-01-10"),
    "trainer_designated_on": day("2026-01-20"),
    "reflections": (REFLECTION,),
    "assessed_hot_on": (day("2026-03-01"),),
}


@pytest.mark.parametrize(
    ("changes", "outcome", "words"),
    [
        ({}, "met", "4 preuves sur 4"),
        ({"analysed_on": None}, "unknown", "3 preuves sur 4 ; à établir : analyse de l'activité"),
        ({"trainer_designated_on": None}, "unknown", "3 preuves sur 4 ; à établir : désignation du formateur"),
        ({"reflections": ()}, "not_met", "3 preuves sur 4 ; manque : phases réflexives"),
        ({"reflections": None}, "unknown", "3 preuves sur 4 ; à établir : phases réflexives"),
        ({"assessed_hot_on": None}, "unknown", "3 preuves sur 4 ; à établir : évaluations"),
        ({"assessed_hot_on": ()}, "unknown", "3 preuves sur 4 ; à établir : évaluations"),
        ({"assessed_hot_on": (), "assessed_cold_on": ()}, "not_met", "3 preuves sur 4 ; manque : évaluations"),
        ({"assessed_hot_on": (), "assessed_cold_on": (day("2026-05-01"),)}, "met", "4 preuves sur 4"),
        ({"analysed_on": None, "trainer_designated_on": None, "reflections": ()}, "not_met",
         "1 preuve sur 4 ; à établir : analyse de l'activité ; à établir : désignation du formateur ; manque : phases réflexives"),
    ],
)  # fmt: skip
def test_work_training_proofs(changes: dict[str, Any], outcome: str, words: str) -> None:
    work = WorkTraining(**{**WHOLE, **changes})
    assert told(WorkTrainingProofs(), facts(work_training=work)) == (outcome, words)


def test_work_training_not_known() -> None:
    assert told(WorkTrainingProofs()) == ("unknown", "formation en situation de travail non renseignée")
    assert told(WorkTrainingOrder()) == ("unknown", "situations de travail non renseignées")
    assert told(ReflectionsApart()) == ("unknown", "situations ou phases réflexives non renseignées")
    assert told(HotAndCold(gap=Duration())) == ("unknown", "évaluations à chaud et à froid non renseignées")


@pytest.mark.parametrize(
    ("analysed", "designated", "outcome", "words"),
    [
        ("2026-01-10", "2026-02-01", "met",
         "analyse de l'activité le 10 janvier 2026, avant la première situation du 2 février 2026"
         " ; désignation du formateur le 1er février 2026, avant la première situation du 2 février 2026"),
        ("2026-01-10", "2026-02-02", "met",
         "analyse de l'activité le 10 janvier 2026, avant la première situation du 2 février 2026"
         " ; désignation du formateur le 2 février 2026, le jour de la première situation du 2 février 2026"),
        ("2026-01-10", "2026-02-03", "not_met",
         "analyse de l'activité le 10 janvier 2026, avant la première situation du 2 février 2026"
         " ; désignation du formateur le 3 février 2026, après la première situation du 2 février 2026"),
        (None, "2026-02-02", "unknown",
         "analyse de l'activité : date non renseignée"
         " ; désignation du formateur le 2 février 2026, le jour de la première situation du 2 février 2026"),
        ("2026-02-03", None, "not_met",
         "analyse de l'activité le 3 février 2026, après la première situation du 2 février 2026"
         " ; désignation du formateur : date non renseignée"),
    ],
)  # fmt: skip
def test_work_training_order(analysed: str | None, designated: str | None, outcome: str, words: str) -> None:
    work = WorkTraining(
        analysed_on=day(analysed) if analysed else None,
        trainer_designated_on=day(designated) if designated else None,
        situations=(period("2026-02-09T09:00", "2026-02-09T12:00"), WORK),
    )
    assert told(WorkTrainingOrder(), facts(work_training=work)) == (outcome, words)


def test_where_no_work_situation_took_place() -> None:
    nothing = ("met", "sans objet : aucune situation de travail")
    assert told(WorkTrainingOrder(), facts(work_training=WorkTraining(situations=()))) == nothing
    assert told(WorkTrainingProofs(), facts(work_training=WorkTraining(situations=()))) == nothing
    assert told(WorkTrainingOrder(), facts(work_training=WorkTraining())) == (
        "unknown",
        "situations de travail non renseignées",
    )


@pytest.mark.parametrize(
    ("reflections", "outcome", "words"),
    [
        ((REFLECTION,), "met", "1 phase hors des situations de travail"),
        ((REFLECTION, period("2026-02-02T08:00", "2026-02-02T09:00")), "met", "2 phases hors des situations de travail"),
        ((period("2026-02-02T10:00", "2026-02-02T10:30"),), "not_met",
         "phase réflexive du 2 février 2026 de 10:00 à 10:30 pendant la situation de 09:00 à 12:00"),
        ((period("2026-02-02T11:59", "2026-02-02T12:30"), period("2026-02-02T08:30", "2026-02-02T09:01")), "not_met",
         "phase réflexive du 2 février 2026 de 11:59 à 12:30 pendant la situation de 09:00 à 12:00"
         " ; phase réflexive du 2 février 2026 de 08:30 à 09:01 pendant la situation de 09:00 à 12:00"),
    ],
)  # fmt: skip
def test_reflections_apart(reflections: tuple[Period, ...], outcome: str, words: str) -> None:
    work = WorkTraining(situations=(WORK,), reflections=reflections)
    assert told(ReflectionsApart(), facts(work_training=work)) == (outcome, words)


@pytest.mark.parametrize("known", [{"situations": (WORK,)}, {"reflections": (REFLECTION,)}])
def test_reflections_or_situations_not_known(known: dict[str, Any]) -> None:
    expected = ("unknown", "situations ou phases réflexives non renseignées")
    assert told(ReflectionsApart(), facts(work_training=WorkTraining(**known))) == expected


@pytest.mark.parametrize(
    ("hot", "cold", "outcome", "words"),
    [
        (("2026-03-01",), ("2026-05-01",), "met", "à chaud le 1er mars 2026, à froid le 1er mai 2026 (délai 2 mois)"),
        (("2026-03-01",), ("2026-04-30",), "not_met", "à chaud le 1er mars 2026, à froid le 30 avril 2026 (délai 2 mois)"),
        (("2026-04-01", "2026-03-01"), ("2026-05-01", "2026-04-01"), "met",
         "à chaud le 1er mars 2026, à froid le 1er mai 2026 (délai 2 mois)"),
        ((), ("2026-05-01",), "not_met", "il manque l'évaluation à chaud"),
        (("2026-03-01",), (), "not_met", "il manque l'évaluation à froid"),
        ((), (), "not_met", "il manque l'évaluation à chaud"),
        (None, ("2026-05-01",), "unknown", "évaluations à chaud et à froid non renseignées"),
        (("2026-03-01",), None, "unknown", "évaluations à chaud et à froid non renseignées"),
    ],
)  # fmt: skip
def test_hot_and_cold(hot: Any, cold: Any, outcome: str, words: str) -> None:
    work = WorkTraining(
        assessed_hot_on=None if hot is None else tuple(map(day, hot)),
        assessed_cold_on=None if cold is None else tuple(map(day, cold)),
    )
    assert told(HotAndCold(gap=Duration(0, 2)), facts(work_training=work)) == (outcome, words)


def test_hot_and_cold_are_two_acts_even_without_a_gap() -> None:
    one = WorkTraining(assessed_hot_on=(day("2026-03-01"),), assessed_cold_on=(day("2026-03-01"),))
    two = WorkTraining(assessed_hot_on=(day("2026-03-01"),), assessed_cold_on=(day("2026-03-02"),))
    assert seen(HotAndCold(gap=Duration()), facts(work_training=one)).outcome == "not_met"
    assert seen(HotAndCold(gap=Duration()), facts(work_training=two)).outcome == "met"


def test_the_sample_has_its_documents() -> None:
    assert list(SCHEME.documents) == ["booklet", "paper", "form"]
