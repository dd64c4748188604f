"""Which version, which packs: the date decides, and the date the path began."""

from datetime import date
from pathlib import Path

import pytest

from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.problems import RefusedError
from parchemin.core.decision import Stage
from parchemin.core.scheme import Scheme
from tests.samples import FIXTURES, ID, NEW, OLD, PACK_2020, SCHEME, copied, edited, loaded, published, written

LAW = "eligibility.law.experience"


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(published(copied(tmp_path / "published")))


def says_of(scheme: Scheme, rule: str) -> list[str]:
    return [one.says for rules in scheme.rules.values() for one in rules if one.id == rule]


@pytest.mark.parametrize(
    ("on", "name"),
    [("2026-01-01", OLD), ("2026-12-31", OLD), ("2027-01-01", NEW), ("2999-12-31", NEW)],
)
def test_the_version_in_force_on_a_day(catalogue: Catalogue, on: str, name: str) -> None:
    assert catalogue.version(ID, date.fromisoformat(on)).name == name


def test_no_version_before_the_first_one(catalogue: Catalogue) -> None:
    with pytest.raises(RefusedError) as caught:
        catalogue.version(ID, date(2025, 12, 31))
    problem = caught.value.problems[0]
    assert problem.code == "no_version"
    assert "2025-12-31" in problem.sentence("en")
    assert "La première commence le 2026-01-01." in problem.sentence("fr")


def test_a_path_keeps_the_version_of_the_day_it_began(catalogue: Catalogue) -> None:
    kept = catalogue.resolve(ID, on=date(2028, 1, 1), began=date(2026, 12, 31)).scheme
    assert kept.ref.version == OLD
    assert kept.routes["vae"].is_open is True
    moved = catalogue.resolve(ID, on=date(2028, 1, 1), began=date(2027, 1, 1)).scheme
    assert moved.ref.version == NEW
    assert moved.routes["vae"].is_open is False


def test_without_a_beginning_the_day_of_the_decision_counts(catalogue: Catalogue) -> None:
    assert catalogue.resolve(ID, on=date(2026, 3, 1)).scheme.ref.version == OLD
    assert catalogue.resolve(ID, on=date(2027, 3, 1)).scheme.ref.version == NEW


def test_a_version_may_be_named(catalogue: Catalogue) -> None:
    new = catalogue.named(ID, NEW)
    assert catalogue.resolve(ID, on=date(2026, 3, 1), version=new).scheme.ref.version == NEW


def test_an_undated_version_is_in_force_from_the_start(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / ID / OLD).rename(root / ID / "undated")
    published(root)
    edited(root, f"{ID}/undated/scheme.yaml", f'version: "{OLD}"', "version: undated")
    (root / ID / "undated/frozen.sha256").unlink()
    catalogue = Catalogue(root)
    assert [version.name for version in catalogue.versions[ID]] == ["undated", NEW]
    assert catalogue.version(ID, date.min).name == "undated"
    assert catalogue.version(ID, date(2026, 12, 31)).name == "undated"
    assert catalogue.version(ID, date(2027, 1, 1)).name == NEW
    assert str(catalogue.resolve(ID, on=date(1999, 1, 1)).scheme.ref) == f"{ID}@undated"


def test_folders_that_are_no_certification_are_left_alone(tmp_path: Path) -> None:
    root = copied(tmp_path)
    written(root, "_formats/x/scheme.yaml", "a: b\n")
    written(root, "notes/2026-01-01/readme.txt", "a\n")
    written(root, "README.md", "a\n")
    assert list(Catalogue(root).versions) == [ID]
    assert Catalogue(tmp_path / "absent").versions == {}


@pytest.mark.parametrize("name", ["20280101", "2028-W01-1", "2028-02-30", "demain"])
def test_a_version_folder_is_named_by_a_date(tmp_path: Path, name: str) -> None:
    root = copied(tmp_path)
    written(root, f"{ID}/{name}/scheme.yaml", "a: b\n")
    written(root, f"cqp-autre/{name}/scheme.yaml", "a: b\n")
    catalogue = Catalogue(root)
    problems = catalogue.check(ID)
    assert [(p.code, p.mark.file) for p in problems] == [("wrong_value", f"{ID}/{name}")]
    assert "undated" in problems[0].sentence("fr")
    assert catalogue.resolve(ID, on=date(2026, 6, 1)).scheme.ref.version == OLD
    assert [p.mark.file for p in catalogue.check("cqp-autre")] == [f"cqp-autre/{name}"]
    with pytest.raises(RefusedError, match="in force"):
        catalogue.version("cqp-autre", date(2026, 6, 1))


def test_unknown_certifications_and_versions_name_the_nearest(catalogue: Catalogue) -> None:
    for call in (lambda: catalogue.named("cqp-technicien-remploi", NEW), lambda: catalogue.check("cqp-technicien")):
        with pytest.raises(RefusedError) as caught:
            call()
        assert [p.code for p in caught.value.problems] == ["no_scheme"]
        assert ID in caught.value.problems[0].sentence("en")


def test_a_pack_follows_the_day_the_path_began(catalogue: Catalogue) -> None:
    version = catalogue.named(ID, OLD)

    def law(on: date, began: date) -> list[str]:
        return says_of(catalogue.resolve(ID, on=on, began=began, version=version).scheme, LAW)

    before, after = date(2026, 5, 31), date(2026, 6, 1)
    assert law(before, before) == ["La loi demande trois ans au plus."]
    assert law(after, before) == ["La loi demande trois ans au plus."]
    assert law(after, after) == ["La loi ne demande plus aucune durée."]
    assert law(before, date(2019, 12, 31)) == []


def test_a_pack_may_follow_the_day_of_the_decision(tmp_path: Path) -> None:
    root = copied(tmp_path)
    for name in ("2020-01-01", "2026-06-01"):
        edited(root, f"_national/droit-essai/{name}.yaml", "governs: began", "governs: decision")
    catalogue = Catalogue(root)
    version = catalogue.named(ID, OLD)

    def law(on: date, began: date) -> list[str]:
        return says_of(catalogue.resolve(ID, on=on, began=began, version=version).scheme, LAW)

    before, after = date(2026, 5, 31), date(2026, 6, 1)
    assert law(before, before) == ["La loi demande trois ans au plus."]
    assert law(after, before) == ["La loi ne demande plus aucune durée."]


def test_conformity_rules_come_with_the_pack(catalogue: Catalogue) -> None:
    assert [rule.id for rule in catalogue.resolve(ID, on=date(2026, 6, 1)).scheme.conformity] == ["conformity.blocks"]
    assert catalogue.resolve(ID, on=date(2026, 5, 31)).scheme.conformity == ()


def test_a_pack_may_include_another_which_comes_first(tmp_path: Path) -> None:
    root = copied(tmp_path)
    text = (root / PACK_2020).read_text(encoding="utf-8")
    text = text.replace("pack: droit-essai", "pack: socle").replace("law.experience", "law.base")
    written(root, "_national/socle/2020-01-01.yaml", text)
    edited(root, "_national/droit-essai/2026-06-01.yaml", "governs: began", "governs: began\nincludes: [socle]")
    laws = [rule.id for rule in loaded(root).scheme.rules[Stage.ELIGIBILITY] if ".law." in rule.id]
    assert laws == ["eligibility.law.base", "eligibility.law.experience"]
    edited(root, SCHEME, "[droit-essai]", "[droit-essai, socle]")
    laws = [rule.id for rule in loaded(root).scheme.rules[Stage.ELIGIBILITY] if ".law." in rule.id]
    assert laws == ["eligibility.law.base", "eligibility.law.experience"], "a pack included twice comes once"


def test_pack_rules_on_a_route_the_certification_has_not_are_left_out(tmp_path: Path) -> None:
    root = copied(tmp_path)
    for name in ("2020-01-01", "2026-06-01"):
        edited(root, f"_national/droit-essai/{name}.yaml", "route: vae", "route: apprenticeship")
    scheme = loaded(root).scheme
    assert says_of(scheme, LAW) == []
    assert [rule.id for rule in scheme.conformity] == ["conformity.blocks"]
    assert Catalogue(root).check(ID) == []


def test_the_same_files_give_the_same_scheme_and_digest(catalogue: Catalogue, tmp_path: Path) -> None:
    day = date(2027, 6, 1)
    here = catalogue.resolve(ID, on=day)
    assert catalogue.resolve(ID, on=day) is here
    there = loaded(published(copied(tmp_path)), on=day)
    assert there.scheme == here.scheme
    assert there.scheme.ref.digest == here.scheme.ref.digest


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        (SCHEME, True),
        (f"{ID}/{NEW}/framework.yaml", True),
        ("_national/droit-essai/2026-06-01.yaml", True),
        (PACK_2020, False),
        (f"{ID}/{OLD}/scheme.yaml", False),
        (f"{ID}/{OLD}/cases/jury.yaml", False),
    ],
)
def test_the_digest_changes_when_and_only_when_a_file_that_applies_changes(
    tmp_path: Path, file: str, counts: bool
) -> None:
    root = copied(tmp_path)
    before = loaded(root).scheme.ref.digest
    path = root / file
    path.write_text(path.read_text(encoding="utf-8") + "\n# un mot\n", encoding="utf-8")
    assert (loaded(root).scheme.ref.digest != before) is counts


def test_a_sound_certification_has_no_problem() -> None:
    catalogue = Catalogue(FIXTURES / "schemes")
    assert catalogue.check(ID) == []
    assert catalogue.check_packs() == []


def test_versions_may_touch_without_overlapping(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, f"{ID}/{OLD}/scheme.yaml", "effect_until: null", "effect_until: 2026-12-31")
    edited(root, f"{ID}/{OLD}/scheme.yaml", "status: published", "status: draft")
    (root / f"{ID}/{OLD}/frozen.sha256").unlink()
    assert Catalogue(root).check(ID) == []


def test_a_check_looks_at_every_date_something_changes(tmp_path: Path) -> None:
    """The pack in force since 2026 is sound; the former one, which applies to older paths, is not."""
    root = copied(tmp_path)
    edited(root, PACK_2020, "check: compared_with_law", "check: compare_with_law")
    assert [(p.code, p.mark.file) for p in Catalogue(root).check(ID)] == [("unknown_check", PACK_2020)]


def test_a_draft_is_in_force_on_no_day() -> None:
    catalogue = Catalogue(FIXTURES / "schemes")
    assert catalogue.version(ID, date(2028, 1, 1)).name == OLD
    assert catalogue.named(ID, NEW).name == NEW


def test_a_version_takes_no_new_path_after_its_last_day(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, f"{ID}/{OLD}/scheme.yaml", "effect_until: null", "effect_until: 2026-06-30")
    catalogue = Catalogue(root)
    assert catalogue.resolve(ID, on=date(2027, 6, 1), began=date(2026, 6, 30)).scheme.ref.version == OLD
    for on, began in ((date(2026, 7, 1), None), (date(2026, 8, 1), date(2026, 7, 1))):
        with pytest.raises(RefusedError, match="runs to 2026-06-30") as caught:
            catalogue.resolve(ID, on=on, began=began)
        assert [problem.code for problem in caught.value.problems] == ["no_version"]


def test_one_word_is_a_list_of_one_pack(tmp_path: Path) -> None:
    root = copied(tmp_path)
    whole = loaded(root).scheme.conformity
    edited(root, SCHEME, "[droit-essai]", "droit-essai")
    assert loaded(root).scheme.conformity == whole
    edited(root, SCHEME, "includes: droit-essai", "includes: droit")
    with pytest.raises(RefusedError) as caught:
        loaded(root)
    assert [(p.code, p.mark.column) for p in caught.value.problems] == [("unknown_pack", 11)]


def test_packs_that_include_the_next_ones_twice_are_met_once_each(tmp_path: Path) -> None:
    root = copied(tmp_path)
    for n in range(60):
        following = f"includes: [p{n + 1}, q{n + 1}]\n" if n < 59 else ""
        for name in (f"p{n}", f"q{n}"):
            head = (
                f"format: parchemin/pack-1\npack: {name}\ntitle: x\nfrom: 2020-01-01\ngoverns: began\nsources: {{}}\n"
            )
            written(root, f"_national/{name}/2020-01-01.yaml", head + following)
    edited(root, SCHEME, "[droit-essai]", "[droit-essai, p0]")
    assert loaded(root).scheme.conformity
    assert Catalogue(root).check(ID) == []


def test_the_dates_of_packs_within_packs_are_looked_at(tmp_path: Path) -> None:
    root = copied(tmp_path)
    bad = (root / PACK_2020).read_text(encoding="utf-8").replace("pack: droit-essai", "pack: socle")
    bad = bad.replace("2020-01-01", "2029-01-01").replace("route: vae", "decided_from: 2029-01-01")
    written(root, "_national/socle/2029-01-01.yaml", bad)
    edited(root, "_national/droit-essai/2026-06-01.yaml", "governs: began", "governs: began\nincludes: [socle]")
    assert [p.code for p in Catalogue(root).check(ID)] == ["duplicate_id"]


def test_the_rules_of_a_pack_that_nobody_includes_are_read(tmp_path: Path) -> None:
    root = copied(tmp_path)
    text = (root / PACK_2020).read_text(encoding="utf-8").replace("pack: droit-essai", "pack: autre")
    written(
        root, "_national/autre/2020-01-01.yaml", text.replace("check: compared_with_law", "check: compare_with_law")
    )
    written(root, "_national/autre/demain.yaml", text)
    assert [(p.code, p.mark.file) for p in Catalogue(root).check_packs()] == [
        ("unknown_check", "_national/autre/2020-01-01.yaml"),
        ("wrong_value", "_national/autre/demain.yaml"),
    ]


def test_undated_and_the_first_day_of_the_calendar_overlap(tmp_path: Path) -> None:
    root = copied(tmp_path)
    for name in ("0001-01-01", "undated"):
        written(root, f"{ID}/{name}/framework.yaml", (root / ID / NEW / "framework.yaml").read_text(encoding="utf-8"))
        text = (root / SCHEME).read_text(encoding="utf-8").replace(f'version: "{NEW}"', f'version: "{name}"')
        written(root, f"{ID}/{name}/scheme.yaml", text)
    assert "overlap" in [p.code for p in Catalogue(root).check(ID)]


def test_a_check_goes_on_after_the_first_date_that_fails(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, PACK_2020, "check: compared_with_law", "check: compare_with_law")
    edited(root, "_national/droit-essai/2026-06-01.yaml", "check: competences_per_block", "check: competence_per_block")
    assert [p.code for p in Catalogue(root).check(ID)] == ["unknown_check", "unknown_check"]


def test_a_case_file_of_no_stage_is_told(tmp_path: Path) -> None:
    root = copied(tmp_path)
    written(root, f"{ID}/{NEW}/cases/awards.yaml", "[]\n")
    problems = Catalogue(root).check(ID)
    assert [(p.code, p.mark.file) for p in problems] == [("wrong_value", f"{ID}/{NEW}/cases/awards.yaml")]
    assert "« award »" in problems[0].sentence("fr")
