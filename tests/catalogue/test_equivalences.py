"""What a version says that others give in it: read from its files, checked against theirs, filled by rulings, tried."""

from datetime import date
from pathlib import Path

import pytest

from parchemin.catalogue.cases import read_cases, run
from parchemin.catalogue.diff import differences
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.rulings import gaps_of
from parchemin.core.scheme import Equivalence, Transition
from parchemin.core.terms import Unknown
from tests.samples import FRAMEWORK, ID, NEW, OLD, RULINGS, SCHEME, copied, edited, loaded, problems_of, ruling, written

NOTES = "notes: []\n"
SOURCE = 'source: "reglement, art. 30"'
ONE = f'  - {{version: "{OLD}", held: [B1], gives: [B1], {SOURCE}}}\n'


def saying(root: Path, *equivalences: str, more: str = "") -> Path:
    """The new version with these equivalences."""
    edited(root, SCHEME, NOTES, NOTES + "equivalences:\n" + "".join(equivalences) + more)
    return root


def line(version: str = OLD, held: str = "[B1]", gives: str = "[B1]", more: str = "") -> str:
    return f'  - {{version: "{version}", held: {held}, gives: {gives}, {more}{SOURCE}}}\n'


def decided(code: str) -> str:
    return f'{{version: "{OLD}", held: [{code}], gives: [B2], source: "decision"}}'


def test_what_the_files_say(tmp_path: Path) -> None:
    root = saying(
        copied(tmp_path),
        line(held="[B1, C3]", more="until: 2030-12-31, "),
        line(held="[C1, C2]", gives="same"),
        line(gives="unknown"),
        more=f"transition: {{rule: more_favourable, {SOURCE}}}\n",
    )
    assert problems_of(root) == []
    said = loaded(root).scheme
    source = "reglement, art. 30"
    assert said.equivalences == (
        Equivalence(version=OLD, held=("B1", "C3"), gives=("B1",), until=date(2030, 12, 31), source=source),
        Equivalence(version=OLD, held=("C1", "C2"), gives="same", source=source),
        Equivalence(version=OLD, held=("B1",), gives=Unknown(), source=source),
    )
    assert said.transition == Transition(rule="more_favourable", source=source)


def test_a_version_that_says_nothing_is_silent(tmp_path: Path) -> None:
    said = loaded(copied(tmp_path)).scheme
    assert isinstance(said.equivalences, Unknown)
    assert isinstance(said.transition, Unknown)


@pytest.mark.parametrize(
    ("said", "code", "at", "hint"),
    [
        (line(version=NEW), "own_equivalence", f'"{NEW}", held', "cette version-ci"),
        (line(version="2026-01-02"), "no_version_named", '"2026-01-02"', f"« {OLD} »"),
        (line(held="[B1, C9]"), "no_such_part", "C9", "Possibles : B1, B2"),
        (line(held="[C5]"), "no_such_part", "C5", "ni bloc ni compétence « C5 »"),
        (line(held="[C5]", gives="same"), "no_such_part", "C5", OLD),
        (line(gives="[B3]"), "dangling", "B3", "dans « blocks, competences »"),
        (line(held="[B3]", gives="same"), "dangling", "B3", "dans « blocks, competences »"),
        (line(held="[]"), "wrong_value", "[], gives", "au moins une partie"),
        (line(gives="[]"), "wrong_value", "[], source", "au moins une partie"),
        (line().replace(f", {SOURCE}", ""), "unsourced", '{version: "2026', "source"),
        (line().replace("reglement", "reglemant"), "unknown_source", '"reglemant', "reglement"),
        (line(more="til: 2035-01-01, "), "unknown_key", "til: 2035", "until"),
        (line().replace("held", "helds"), "unknown_key", "helds", "held"),
    ],
)
def test_mistakes_are_told_where_they_are(tmp_path: Path, said: str, code: str, at: str, hint: str) -> None:
    root = saying(copied(tmp_path), said)
    found = [one for one in problems_of(root) if one.code == code]
    assert found, problems_of(root)
    text = (root / SCHEME).read_text(encoding="utf-8")
    before = text[: text.index(at)]
    assert (found[0].mark.line, found[0].mark.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert hint in found[0].sentence("fr")
    assert found[0].sentence("en")


def test_parts_of_a_version_whose_framework_is_not_known_are_taken_as_they_are(tmp_path: Path) -> None:
    root = saying(copied(tmp_path), line(held="[Z9]"))
    (root / ID / OLD / "frozen.sha256").unlink()
    path = root / ID / OLD / "framework.yaml"
    head = path.read_text(encoding="utf-8").partition("blocks:")[0]
    path.write_text(head + "blocks: unknown\ncompetences: unknown\n", encoding="utf-8")
    assert "no_such_part" not in {one.code for one in problems_of(root)}


def test_a_silence_is_a_gap_that_a_ruling_fills(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, SCHEME, NOTES, NOTES + "equivalences: unknown\ntransition: unknown\n")
    addresses = [gap.address for gap in gaps_of(Catalogue(root)._version(Catalogue(root).named(ID, NEW)).root)]
    assert {"equivalences", "transition"} <= set(addresses)
    fills = (
        "fills:\n"
        f'  - {{gap: equivalences, source: "decision", value: [{decided("B1")}]}}\n'
        '  - {gap: transition, source: "decision", value: {rule: new_rule, source: "decision"}}\n'
    )
    written(root, f"{RULINGS}/one.yaml", ruling(more=fills))
    assert problems_of(root) == []
    assert isinstance(loaded(root, on=date(2027, 1, 31)).scheme.equivalences, Unknown)
    said = loaded(root, on=date(2027, 2, 1)).scheme
    assert not isinstance(said.equivalences, Unknown)
    assert [(one.held, one.gives) for one in said.equivalences] == [(("B1",), ("B2",))]
    assert said.cited("decision, p. 2") == "Décision fictive, p. 2"


def test_what_a_ruling_says_is_checked_against_the_other_version_too(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, SCHEME, NOTES, NOTES + "equivalences: unknown\n")
    fills = f'fills:\n  - {{gap: equivalences, source: "decision", value: [{decided("C5")}]}}\n'
    written(root, f"{RULINGS}/one.yaml", ruling(more=fills))
    assert [one.code for one in problems_of(root)] == ["no_such_part"]


SEEN = (
    f"1 acquis sur 1 ; B1 par équivalence avec B1 (PV2026-0001) de la version {OLD} ; "
    "Règlement de certification, CPNEFP, 12 novembre 2025"
)
CASE = f"""- case: "Un bloc de l'ancienne version donne son équivalent"
  date: 2027-06-15
  facts:
    route: continuing
    holdings: [{{code: B1, version: "{OLD}", minutes: PV2026-0001, dates: {{deliberated: 2026-06-01}}}}]
    blocks: [B1]
  expect:
    outcome: met
    seen: {{award.full: "{SEEN}, art. 30"}}
- case: "Sans équivalence, le même code ne suffit pas"
  like: "Un bloc de l'ancienne version donne son équivalent"
  facts: {{holdings: [{{code: B2, version: "{OLD}", dates: {{deliberated: 2026-06-01}}}}], blocks: [B2]}}
  expect: {{outcome: not_met, not_met: [award.full]}}
"""


def test_a_case_tries_what_was_held_under_another_version(tmp_path: Path) -> None:
    root = saying(copied(tmp_path), ONE)
    path = written(root, f"{ID}/{NEW}/cases/award.yaml", CASE)
    catalogue = Catalogue(root)
    tried = [run(catalogue, case) for case in read_cases(catalogue.named(ID, NEW), path)]
    assert [one.case.title for one in tried] == [
        "Un bloc de l'ancienne version donne son équivalent",
        "Sans équivalence, le même code ne suffit pas",
    ]
    assert [list(one.differences) for one in tried] == [[], []]


def test_what_is_given_more_is_a_gain_and_what_is_given_no_more_a_loss(tmp_path: Path) -> None:
    plain, said = copied(tmp_path / "plain"), copied(tmp_path / "said")
    saying(
        said,
        line(gives="[B1, B2]", more="until: 2030-12-31, "),
        line(held="[C1, C2]", gives="same"),
        line(gives="unknown"),
    )
    both = [loaded(root).scheme for root in (plain, said)]
    changes = [tuple(one) for one in differences(both[0], both[1]) if one.about == "equivalence"]
    assert changes == [
        ("gains", "equivalence", f"B1 de la version {OLD}", "", "B1, B2, jusqu'au 31 décembre 2030"),
        ("gains", "equivalence", f"C1, C2 de la version {OLD}", "", "les mêmes"),
        ("changes", "equivalence", f"B1 de la version {OLD}", "", "not_said"),
    ]
    back = [tuple(one) for one in differences(both[1], both[0]) if one.about == "equivalence"]
    assert [one[0] for one in back] == ["loses", "loses", "loses"]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("former_rule", "elles gardent leur version"),
        ("new_rule", "elles passent à cette version"),
        ("more_favourable", "elles suivent la version la plus favorable"),
        ("unknown", None),
    ],
)
def test_which_version_open_files_follow_is_told(tmp_path: Path, rule: str, told: str | None) -> None:
    plain, said = copied(tmp_path / "plain"), copied(tmp_path / "said")
    edited(said, SCHEME, NOTES, NOTES + f"transition: {{rule: {rule}, {SOURCE}}}\n")
    both = [loaded(root).scheme for root in (plain, said)]
    changes = [one.after for one in differences(both[0], both[1]) if one.about == "transition"]
    assert changes == ([told] if told else [])


def test_the_framework_may_rename_what_is_given(tmp_path: Path) -> None:
    root = saying(copied(tmp_path), line(gives="[B1]"))
    edited(root, FRAMEWORK, "- {id: B1, ", "- {id: B7, ")
    assert "dangling" in {one.code for one in problems_of(root)}
