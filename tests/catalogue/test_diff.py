"""Two versions compared: what a candidate gains, loses, or must do as well."""

from datetime import date
from pathlib import Path

import pytest

from parchemin.catalogue.diff import Change, differences
from parchemin.catalogue.lookup import Catalogue
from tests.samples import FIXTURES, FRAMEWORK, ID, NEW, OLD, SCHEME, copied, edited

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
        (SCHEME, "id: jury.quorum, check", "effect: warning, id: jury.number, check", ("changes", "rule", "Le quorum", "")),
    ],
)  # fmt: skip
def test_one_edit_gives_one_kind_of_change(
    tmp_path: Path, file: str, old: str, new: str, change: tuple[str, str, str, str]
) -> None:
    """The edit makes the old version; the file as it is makes the new one."""
    before, after = copied(tmp_path / "before"), copied(tmp_path / "after")
    edited(before, file, old, new)
    schemes = [Catalogue(root).resolve(ID, on=date(2027, 6, 1)).scheme for root in (before, after)]
    found = list(differences(schemes[0], schemes[1]))
    kind, about, said, now = change
    matching = [one for one in found if (one.kind, one.about) == (kind, about)]
    assert any(one.before.startswith(said) and one.after.startswith(now) for one in matching), found
    assert len(found) <= 2
