"""Two versions compared: what a candidate gains, loses, or must do as well."""

from datetime import date
from pathlib import Path

import pytest

from parchemin.catalogue.diff import Change, differences
from parchemin.catalogue.lookup import Catalogue
from tests.samples import FIXTURES, FRAMEWORK, ID, NEW, OLD, SCHEME, copied, edited, loaded

DAY = date(2027, 1, 1)


def between(root: Path, old: str = OLD, new: str = NEW) -> list[Change]:
    catalogue = Catalogue(root)
    both = [catalogue.resolve(ID, on=DAY, version=catalogue.named(ID, name)).scheme for name in (old, new)]
    return list(differences(both[0], both[1]))


def test_the_reform_of_the_fixture_in_words() -> None:
    assert [(one.kind, one.about, one.name) for one in between(FIXTURES / "schemes")] == [
        ("loses", "route", "Validation des acquis de l'expérience"),
        ("changes", "competence", "C2"),
        ("redoes", "competence", "C5"),
        ("loses", "rule", "eligibility.vae.experience"),
        ("gains", "rule", "validity.block"),
    ]


def test_the_other_way_round_gains_and_losses_change_sides() -> None:
    assert [(one.kind, one.about, one.name) for one in between(FIXTURES / "schemes", NEW, OLD)] == [
        ("gains", "route", "Validation des acquis de l'expérience"),
        ("changes", "competence", "C2"),
        ("loses", "competence", "C5"),
        ("gains", "rule", "eligibility.vae.experience"),
        ("loses", "rule", "validity.block"),
    ]


def test_a_version_does_not_differ_from_itself() -> None:
    assert between(FIXTURES / "schemes", NEW, NEW) == []


def test_both_values_are_shown() -> None:
    told = {one.name: (one.before, one.after) for one in between(FIXTURES / "schemes")}
    assert told["C2"] == ("Estimer une remise en état", "Chiffrer une remise en état")
    assert told["C5"] == ("", "Trier les déchets")
    assert told["Validation des acquis de l'expérience"] == ("open", "closed")
    assert told["validity.block"][1] == "Un bloc validé reste acquis sans limite."


@pytest.mark.parametrize(
    ("file", "old", "new", "change"),
    [
        (SCHEME, "is_open: false", "is_open: unknown", ("changes", "route", "not_said", "closed")),
        (FRAMEWORK, '  - {id: C5, title: "Trier les déchets", block: B2, source: "reglement, annexe 1"}\n', "", ("redoes", "competence", "", "Trier les déchets")),
        (FRAMEWORK, 'title: "Réparation"', 'title: "Remise en état"', ("changes", "block", "Remise en état", "Réparation")),
        (FRAMEWORK, 'client", block: B2, is_assessed: false', 'client", block: B2', ("loses", "competence", "Conseiller un client", "")),
        (SCHEME, "lasts: P2Y", "lasts: P30M", ("gains", "rule", "Le candidat", "Le candidat")),
        (SCHEME, "lasts: P2Y", "lasts: P18M", ("loses", "rule", "Le candidat", "Le candidat")),
        (SCHEME, "lasts: unlimited", "lasts: P5Y", ("gains", "rule", "Un bloc", "Un bloc")),
        (SCHEME, "mode: equal", "mode: each", ("changes", "rule", "Les deux collèges", "Les deux collèges")),
        (SCHEME, "check: colleges_balanced", "effect: warning, check: colleges_balanced", ("changes", "rule", "Les deux", "Les deux")),
        (SCHEME, "id: jury.quorum", "id: jury.number", ("gains", "rule", "Le quorum", "")),
        (SCHEME, "minutes: 60", "minutes: 45", ("loses", "method", "45", "60")),
        (SCHEME, "minutes: 60", "minutes: 90", ("gains", "method", "90", "60")),
        (SCHEME, "minutes: 60", "minutes: unknown", ("changes", "method", "not_said", "60")),
        (SCHEME, "evaluators: {professional: 1, external_evaluator: 1}", "evaluators: {professional: 2}", ("changes", "method", "professionnel : 2", "professionnel : 1, évaluateur externe : 1")),
        (SCHEME, "minutes: 60,", "minutes: 60, places: [company],", ("changes", "method", "en entreprise", "")),
        (SCHEME, "minutes: 60,", "minutes: 60, points: [accueil],", ("changes", "method", "demandé", "")),
        (SCHEME, "  M2: {", '  M3: {title: "Oral", kind: oral, source: "reglement"}\n  M2: {', ("changes", "method", "Oral", "")),
        (SCHEME, "min: 2, max: 20", "min: 1, max: 20", ("loses", "document", "au moins 1, au plus 20", "au moins 2, au plus 20")),
        (SCHEME, "min: 2, max: 20", "min: 2", ("loses", "document", "au moins 2", "au moins 2, au plus 20")),
        (SCHEME, "min: 2, max: 20", "min: 2, max: 10", ("gains", "document", "au moins 2, au plus 10", "au moins 2, au plus 20")),
        (SCHEME, "signed_by: [professional, external_evaluator]", "signed_by: [professional]", ("changes", "document", "professionnel", "professionnel, évaluateur externe")),
        (SCHEME, 'employees: {title: "salariés"}', 'employees: {title: "salariés", min: 2}', ("changes", "jury", "au moins 2", "au moins 1")),
        (SCHEME, "mode: verifies", "mode: interviews", ("changes", "jury", "il s'entretient", "il vérifie")),
        (SCHEME, "mode: verifies", 'mode: verifies\n    seats: [{id: chair, title: "président"}]', ("changes", "jury", "au moins 1", "")),
        (SCHEME, "issued_by: cpnefp", "issued_by: unknown", ("changes", "award", "not_said", "cpnefp")),
        (FRAMEWORK, "{all_of: [M1]}", "{any_of: [M1, M2]}", ("changes", "block", "l'une : Mise en situation, Dossier", "toutes : Mise en situation")),
        (SCHEME, "statements: {}", "statements: {majeur: Être majeur}", ("changes", "statement", "Être majeur", "")),
        (SCHEME, "until: 2030-12-31", "until: 2029-12-31", ("changes", "registration", "Décision du 12 décembre 2025, RNCP99999, du 1er janvier 2026 au 31 décembre 2029", "Décision")),
        (SCHEME, "eqf: 4", "eqf: 5", ("changes", "level", "CEC : 5", "CEC : 4")),
        (SCHEME, "id: jury.quorum, check", "effect: warning, id: jury.number, check", ("changes", "rule", "Le quorum", "")),
    ],
)  # fmt: skip
def test_one_edit_gives_one_kind_of_change(
    tmp_path: Path, file: str, old: str, new: str, change: tuple[str, str, str, str]
) -> None:
    """The edit makes the old version; the file as it is makes the new one."""
    before, after = copied(tmp_path / "before"), copied(tmp_path / "after")
    edited(before, file, old, new)
    schemes = [loaded(root).scheme for root in (before, after)]
    found = list(differences(schemes[0], schemes[1]))
    kind, about, said, now = change
    matching = [one for one in found if (one.kind, one.about) == (kind, about)]
    assert any(one.before.startswith(said) and one.after.startswith(now) for one in matching), found
    assert len(found) <= 2


def test_something_more_to_do_is_to_do_again(tmp_path: Path) -> None:
    before, after = copied(tmp_path / "before"), copied(tmp_path / "after")
    edited(
        after, SCHEME, "  M2: {", '  M3: {title: "Oral", kind: oral, points: [accueil], source: "reglement"}\n  M2: {'
    )
    edited(after, SCHEME, "statements: {}", "statements: {majeur: Être majeur}")
    edited(after, SCHEME, "documents:\n", 'documents:\n  cv: {title: "CV", source: "reglement"}\n')
    found = list(differences(loaded(before).scheme, loaded(after).scheme))
    assert [(one.kind, one.about, one.name) for one in found if one.kind == "redoes"] == [
        ("redoes", "document", "cv"),
        ("redoes", "method", "M3"),
        ("redoes", "method", "Oral, point accueil"),
        ("redoes", "statement", "majeur"),
    ]
    assert "Unknown(" not in str(found)
