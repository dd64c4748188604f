"""Each kind of mistake, made once in a sound certification: what is said, where, and in both languages."""

import string
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from parchemin.catalogue import editors
from parchemin.catalogue.cases import case_files, read_cases
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.problems import SENTENCES, Language, Problem, RefusedError, nearest
from tests.samples import (
    FRAMEWORK,
    ID,
    NEW,
    OLD,
    PACK_2020,
    PACK_2026,
    RULINGS,
    SCHEME,
    copied,
    edited,
    place_of,
    problems_of,
    ruling,
    written,
)

LANGUAGES: tuple[Language, ...] = ("fr", "en")
RULING = f"{RULINGS}/one.yaml"


class Mistake(NamedTuple):
    """One edit of the sound files, the problem it makes, where it stands after the edit, and what a sentence must say."""

    code: str
    file: str
    old: str
    new: str
    at: str
    says: str = ""


EQUAL = 'notes: []\nequivalences: [{{version: "{}", held: [{}], gives: [B1], source: "reglement"}}]'
MISTAKES = {
    # keys and values
    "mistyped key of the scheme": Mistake("unknown_key", SCHEME, "effect_until: null", "effect_untill: null", "effect_untill", "effect_until"),
    "mistyped key of a route": Mistake("unknown_key", SCHEME, "jury: joint", "jurry: joint", "jurry", "« jury »"),
    "mistyped key in a list": Mistake("unknown_key", SCHEME, "published_on", "publishd_on", "publishd_on", "published_on"),
    "mistyped key of the framework": Mistake("unknown_key", FRAMEWORK, "tasks:", "taskz:", "taskz", "tasks"),
    "mistyped key of a rule": Mistake("unknown_key", SCHEME, "roles: [external", "rolls: [external", "rolls", "roles"),
    "mistyped condition of a rule": Mistake("unknown_key", SCHEME, "when: {route: vae}", "when: {rout: vae}", "rout: vae", "route"),
    "mistyped stage": Mistake("unknown_key", SCHEME, "  award:\n    -", "  awards:\n    -", "awards", "award"),
    "mistyped key of a pack": Mistake("unknown_key", PACK_2026, "governs", "governes", "governes", "governs"),
    "missing key": Mistake("missing_key", SCHEME, "decided_by: jury, ", "", "award:\n  {title", "decided_by"),
    "missing key of a rule": Mistake("missing_key", SCHEME, 'check: route_open, source: "reglement, art. 6", says: "La voie est ouverte."', 'check: route_open, source: "reglement, art. 6"', "{id: eligibility.route", "says"),
    "missing parameter": Mistake("missing_key", SCHEME, "lasts: P2Y, at: requested", "at: requested", "{id: eligibility.vae.experience", "lasts"),
    "value without a source": Mistake("unsourced", SCHEME, 'professional: {title: "professionnel", source: "reglement, art. 4"}', 'professional: {title: "professionnel"}', "professional: {title", "source"),
    "rule without a source": Mistake("unsourced", SCHEME, 'mode: equal, source: "reglement, art. 18",', "mode: equal,", "{id: jury.colleges", "source"),
    "number for a text": Mistake("wrong_value", SCHEME, 'rome: [I1402]', 'rome: [1402]', "1402", "un texte"),
    "text for a number": Mistake("wrong_value", SCHEME, "minutes: 60", "minutes: une heure", "une heure", "un nombre entier"),
    "text for a truth": Mistake("wrong_value", SCHEME, "is_open: true", "is_open: yes", "yes", "true ou false"),
    "a date that is none": Mistake("wrong_value", SCHEME, "until: 2030-12-31", "until: 2030-02-30", "2030-02-30", "une date comme"),
    "a week for a date": Mistake("wrong_value", SCHEME, "until: 2030-12-31", "until: 2030-W10-1", "2030-W10-1", "une date comme"),
    "a duration that is none": Mistake("wrong_value", SCHEME, "lasts: P2Y", "lasts: 2 ans", "2 ans", "une durée comme P5Y"),
    "a mapping for a list": Mistake("wrong_value", SCHEME, "statistics: []", "statistics: {}", "{}\nstatements", "une liste"),
    "a list for a mapping": Mistake("wrong_value", SCHEME, "statements: {}", "statements: []", "[]\nexperience", "des clés et des valeurs"),
    "a word that is not allowed": Mistake("wrong_value", SCHEME, "status: draft", "status: drafted", "drafted", "« draft »"),
    "an unknown format": Mistake("wrong_value", SCHEME, "parchemin/scheme-1", "parchemin/scheme-2", "parchemin/scheme-2", "parchemin/scheme-1"),
    "a silence without a reason": Mistake("wrong_value", SCHEME, "naf: unknown", "naf: {unknown: 3}", "3}, source", "unknown"),
    "nothing where something is due": Mistake("wrong_value", SCHEME, "kind: cqp", "kind: null", "null\ntitle", "un texte"),
    # rules
    "mistyped check": Mistake("unknown_check", SCHEME, "check: accredited_on", "check: acredited_on", "acredited_on", "accredited_on"),
    "check that is no word": Mistake("unknown_check", SCHEME, "check: accredited_on", "check: [a]", "[a]", "Possibles"),
    "no check": Mistake("no_check", SCHEME, "check: route_open, ", "", "{id: eligibility.route"),
    "two ways to check": Mistake("no_check", SCHEME, "check: route_open,", "check: route_open, any_of: [],", "{id: eligibility.route"),
    "no part": Mistake("no_check", SCHEME, "check: route_open,", "any_of: [],", "{id: eligibility.route"),
    "a stage that is no list": Mistake("no_check", PACK_2020, '  eligibility:\n', '  jury: {a: b}\n  eligibility:\n', "{a: b}"),
    "wrong stage": Mistake("wrong_stage", SCHEME, "id: jury.colleges", "id: award.colleges", "award.colleges", "jury."),
    "wrong name of a conformity rule": Mistake("wrong_stage", PACK_2026, "conformity.blocks", "jury.blocks", "jury.blocks", "conformity."),
    "to be confirmed and blocking": Mistake("blocking_to_confirm", SCHEME, "check: route_open,", "check: route_open, confidence: to_confirm,", "{id: eligibility.route", "eligibility.route"),
    "a route with no blocking rule": Mistake("no_blocking_rule", SCHEME, "id: award.full, check", "id: award.full, when: {route: vae}, check", "continuing:\n", "award"),
    # references
    "step to no document": Mistake("dangling", SCHEME, "produces: [assessment_booklet]", "produces: [assesment_booklet]", "assesment_booklet", "assessment_booklet"),
    "step to no actor": Mistake("dangling", SCHEME, "owner: professional, ", "owner: profesional, ", "owner: profesional", "professional"),
    "route to no jury": Mistake("dangling", SCHEME, "jury: joint", "jury: joints", "jury: joints", "joint"),
    "route to no route": Mistake("dangling", SCHEME, "steps_as: continuing", "steps_as: continuous", "steps_as", "continuing"),
    "method to no block": Mistake("dangling", SCHEME, "kind: written_file, blocks: [B2]", "kind: written_file, blocks: [B3]", "B3", "B2"),
    "method to no actor": Mistake("dangling", SCHEME, "evaluators: {professional: 1", "evaluators: {professionel: 1", "professionel: 1", "professional"),
    "rule to no route": Mistake("dangling", SCHEME, "when: {route: vae}", "when: {route: vea}", "{id: eligibility.vae.experience", "vae"),
    "rule to no step": Mistake("dangling", SCHEME, "step: deliberation", "step: deliberations", "{id: completeness.file", "deliberation"),
    "rule to no actor": Mistake("dangling", SCHEME, "roles: [external_evaluator]", "roles: [external_evaluators]", "{id: assessment.accreditation", "external_evaluator"),
    "block to no activity": Mistake("dangling", FRAMEWORK, 'title: "Diagnostic", activities: [A1]', 'title: "Diagnostic", activities: [A2]', "A2", "A1"),
    "block to no method": Mistake("dangling", FRAMEWORK, "all_of: [M1]}", "all_of: [M3]}", "M3", "M1"),
    "competence to no block": Mistake("dangling", FRAMEWORK, 'title: "Trier les déchets", block: B2', 'title: "Trier les déchets", block: B22', "block: B22", "B2"),
    "equivalence with itself": Mistake("own_equivalence", SCHEME, "notes: []", EQUAL.format(NEW, "B1"), f'"{NEW}", held', NEW),
    "equivalence with no version": Mistake("no_version_named", SCHEME, "notes: []", EQUAL.format("2026-01-02", "B1"), '"2026-01-02"', OLD),
    "equivalence with no part": Mistake("no_such_part", SCHEME, "notes: []", EQUAL.format(OLD, "B9"), "B9", "B1"),
    # sources
    "value from no source": Mistake("unknown_source", SCHEME, 'level: {eqf: 4, source: "reglement', 'level: {eqf: 4, source: "reglemant', '"reglemant', "reglement"),
    "rule from no source": Mistake("unknown_source", SCHEME, '"reglement, art. 19"', '"reglemant, art. 19"', '"reglemant', "reglement"),
    "framework from no source": Mistake("unknown_source", FRAMEWORK, 'framework-1\nsource: "reglement', 'framework-1\nsource: "reglemant', '"reglemant', "reglement"),
    "pack rule from no source": Mistake("unknown_source", PACK_2020, '"loi, art. 1"', '"code, art. 1"', '"code, art. 1"', "loi"),
    "source never cited": Mistake("uncited_source", SCHEME, "sources:\n", 'sources:\n  arrete: {title: "Arrêté", read_on: 2026-01-05}\n', "arrete", "arrete"),
    # whole files
    "rule twice": Mistake("duplicate_id", SCHEME, "id: jury.quorum", "id: jury.colleges", "jury.colleges, check: quorum", "jury.colleges"),
    "competence twice": Mistake("duplicate_id", FRAMEWORK, "id: C5", "id: C1", 'C1, title: "Trier', "C1"),
    "block twice": Mistake("duplicate_id", FRAMEWORK, '- {id: B2, title: "Réparation"', '- {id: B1, title: "Diagnostics", source: "reglement"}\n  - {id: B2, title: "Réparation"', 'B1, title: "Diagnostics"', "B1"),
    "key twice": Mistake("duplicate_key", SCHEME, "kind: cqp", "kind: cqp\nkind: cqp", "kind: cqp\ntitle", "kind"),
    "a title in two blocks": Mistake("repeated_title", FRAMEWORK, "Trier les déchets", "identifier une panne", "{id: C5", "C1"),
    "identifier of another": Mistake("misplaced", SCHEME, f"id: {ID}", "id: cqp-autre", "cqp-autre", ID),
    "version of another": Mistake("misplaced", SCHEME, f'version: "{NEW}"', 'version: "2028-01-01"', '"2028-01-01"', NEW),
    "pack of another": Mistake("misplaced", PACK_2026, "pack: droit-essai", "pack: droit", "droit\n", "droit-essai"),
    "pack of another date": Mistake("misplaced", PACK_2026, "from: 2026-06-01", "from: 2026-06-02", "2026-06-02", "2026-06-01"),
    "no such pack": Mistake("unknown_pack", SCHEME, "[droit-essai]", "[droit-esai]", "droit-esai", "droit-essai"),
    "a pack that includes no pack": Mistake("unknown_pack", PACK_2026, "governs: began", "governs: began\nincludes: [droit]", "", "droit-essai"),
    "packs in a circle": Mistake("include_cycle", PACK_2026, "governs: began", "governs: began\nincludes: [droit-essai]", "", "droit-essai → droit-essai"),
    "published and not frozen": Mistake("not_frozen", SCHEME, "status: draft", "status: published", "", "scheme freeze"),
    # reading, through a whole certification
    "anchor": Mistake("anchor", SCHEME, "kind: cqp", "kind: &k cqp", "&k"),
    "tag": Mistake("tag", SCHEME, "kind: cqp", "kind: !k cqp", "!k", "!k"),
    "unreadable": Mistake("not_yaml", SCHEME, "kind: cqp", "kind: [cqp", ": \"CQP Technicien du réemploi\""),
    "a control character": Mistake("control_character", SCHEME, "kind: cqp", "kind: c\x07qp", "\x07", "U+0007"),
    "a list for a key": Mistake("key_not_text", SCHEME, "kind: cqp", "? [kind]\n: cqp", "[kind]"),
    "several documents": Mistake("several_documents", SCHEME, "kind: cqp", "kind: cqp\n---", "---"),
    "too deep": Mistake("too_deep", SCHEME, "notes: []", "notes: " + "[" * 24 + "]" * 24, "[" + "]" * 24, "24"),
    "too many values": Mistake("too_many", SCHEME, "notes: []", "notes: [" + "1," * 50_000 + "]", "", "50000"),
    "too large": Mistake("too_large", SCHEME, "notes: []", "notes: [] #" + "." * 1_000_000, "", "1000000"),
}  # fmt: skip

RULED = {
    "no such gap": Mistake("no_such_gap", RULING, "", ruling(more='fills:\n  - {gap: rules/jury.quorum/totl, value: 2, source: "decision"}\n'), "{gap", "rules/jury.quorum/total"),
    "no gap at all": Mistake("no_such_gap", RULING, "", ruling(more='fills:\n  - {gap: a/b/c/d, value: 2, source: "decision"}\n'), "{gap", "Possibles"),
    "not a gap": Mistake("not_a_gap", RULING, "", ruling(more='fills:\n  - {gap: level/eqf, value: 5, source: "decision"}\n'), "{gap", "level/eqf"),
    "fill that does not fit": Mistake("wrong_value", RULING, "", ruling(more='fills:\n  - {gap: rules/jury.quorum/total, value: deux, source: "decision"}\n'), "deux", "un nombre entier"),
    "fill without a source": Mistake("unsourced", RULING, "", ruling(more="fills:\n  - {gap: rules/jury.quorum/total, value: 2}\n"), "{gap", "source"),
    "fill from no source": Mistake("unknown_source", RULING, "", ruling(more='fills:\n  - {gap: rules/jury.quorum/total, value: 2, source: "decisions"}\n'), '"decisions"', "decision"),
    "no such rule": Mistake("no_such_rule", RULING, "", ruling(more='replaces:\n  - {rule: jury.quorom, transition: new_rule, says: "…", source: "decision", check: route_open}\n'), "jury.quorom", "jury.quorum"),
    "rule of no stage": Mistake("no_such_rule", RULING, "", ruling(more='replaces:\n  - {rule: quorum, transition: new_rule, says: "…", source: "decision", check: route_open}\n'), "quorum", "jury.quorum"),
    "no such transition": Mistake("wrong_value", RULING, "", ruling(more='replaces:\n  - {rule: jury.quorum, transition: former, says: "…", source: "decision", check: route_open}\n'), "former", "former_rule"),
    "no transition": Mistake("missing_key", RULING, "", ruling(more='replaces:\n  - {rule: jury.quorum, says: "…", source: "decision", check: route_open}\n'), "{rule", "transition"),
    "no rule to replace": Mistake("missing_key", RULING, "", ruling(more='replaces:\n  - {transition: new_rule, says: "…", source: "decision", check: route_open}\n'), "{transition", "rule"),
    "rule added under the wrong stage": Mistake("wrong_stage", RULING, "", ruling(more='adds:\n  jury:\n    - {id: award.more, says: "…", source: "decision", check: route_open}\n'), "award.more", "jury."),
    "mistyped key of a ruling": Mistake("unknown_key", RULING, "", ruling(more="fill: []\n"), "fill: []", "fills"),
}  # fmt: skip


def made(tmp_path: Path, mistake: Mistake) -> tuple[Path, list[Problem]]:
    root = copied(tmp_path)
    if mistake.old:
        edited(root, mistake.file, mistake.old, mistake.new)
    else:
        written(root, mistake.file, mistake.new)
    return root, problems_of(root)


@pytest.mark.parametrize("name", [*MISTAKES, *RULED])
def test_one_mistake_gives_one_problem_at_its_place(name: str, tmp_path: Path) -> None:
    mistake = {**MISTAKES, **RULED}[name]
    root, problems = made(tmp_path, mistake)
    assert [problem.code for problem in problems] == [mistake.code]
    problem = next(problem for problem in problems if problem.code == mistake.code)
    assert problem.mark.file == mistake.file
    if mistake.at:
        assert problem.mark == place_of(root, mistake.file, mistake.at)
    for language in LANGUAGES:
        told = problem.as_dict(language)
        assert told["message"]
        assert (told["code"], told["file"], told["line"], told["column"]) == (mistake.code, *problem.mark)
    assert mistake.says in problem.sentence("fr")
    assert problem.sentence("fr") != problem.sentence("en")


def cases_refused(root: Path, text: str) -> list[Problem]:
    """The problems of a case file of the new version."""
    written(root, f"{ID}/{NEW}/cases/jury.yaml", text)
    version, path = next(found for found in case_files(Catalogue(root), ID) if found[0].name == NEW)
    with pytest.raises(RefusedError) as caught:
        read_cases(version, path)
    return caught.value.problems


def refusal(call: Callable[[], object]) -> list[Problem]:
    with pytest.raises(RefusedError) as caught:
        call()
    return caught.value.problems


def overlap(root: Path) -> list[Problem]:
    edited(root, f"{ID}/{OLD}/scheme.yaml", "effect_until: null", "effect_until: 2027-01-01")
    (root / f"{ID}/{OLD}/frozen.sha256").unlink()
    edited(root, f"{ID}/{OLD}/scheme.yaml", "status: published", "status: draft")
    return problems_of(root)


def unfrozen(root: Path) -> list[Problem]:
    edited(root, f"{ID}/{OLD}/framework.yaml", "Identifier une panne", "Trouver une panne")
    return problems_of(root)


def frozen_gone(root: Path) -> list[Problem]:
    (root / f"{ID}/{OLD}/framework.yaml").unlink()
    return problems_of(root)


def not_utf8(root: Path) -> list[Problem]:
    (root / SCHEME).write_bytes((root / SCHEME).read_text(encoding="utf-8").encode("latin-1"))
    return problems_of(root)


def emptied(root: Path) -> list[Problem]:
    written(root, FRAMEWORK, "")
    return problems_of(root)


def stale(root: Path) -> list[Problem]:
    paths = editors.write(root)
    paths[0].write_text("{}", encoding="utf-8")
    return editors.stale(root)


def no_version(root: Path) -> list[Problem]:
    return refusal(lambda: Catalogue(root).named(ID, "2027-01-02"))


def no_scheme(root: Path) -> list[Problem]:
    return refusal(lambda: Catalogue(root).named("cqp-technicien-reemplois", NEW))


def no_such_case(root: Path) -> list[Problem]:
    return cases_refused(root, "- {case: Un, date: 2027-02-01, expect: {outcome: met}}\n- {case: Deux, like: Une, date: 2027-02-01, expect: {outcome: met}}\n")  # fmt: skip


def already_filled(root: Path) -> list[Problem]:
    fills = 'fills:\n  - {gap: rules/jury.quorum/total, value: 2, source: "decision"}\n'
    more = '  - {gap: rules/jury.quorum/total, value: 3, source: "decision"}\n'
    written(root, RULING, ruling(more=fills + more))
    return problems_of(root)


def bad_frozen(root: Path) -> list[Problem]:
    (root / f"{ID}/{OLD}/frozen.sha256").write_bytes(b"\xff")
    return problems_of(root)


def uneven_pack(root: Path) -> list[Problem]:
    edited(root, PACK_2026, "governs: began", "governs: decision")
    return problems_of(root)


OTHERS: dict[str, tuple[Callable[[Path], list[Problem]], list[tuple[str, str, int, int, str]]]] = {
    "versions overlap": (overlap, [("overlap", f"{ID}/{OLD}/scheme.yaml", 1, 1, "2027-01-01")]),
    "frozen file changed": (unfrozen, [("unfrozen_change", f"{ID}/{OLD}/framework.yaml", 1, 1, "")]),
    "frozen file gone": (
        frozen_gone,
        [
            ("not_found", f"{ID}/{OLD}/framework.yaml", 1, 1, ""),
            ("unfrozen_change", f"{ID}/{OLD}/framework.yaml", 1, 1, ""),
        ],
    ),
    "filled twice": (already_filled, [("already_filled", RULING, 11, 5, RULING)]),
    "fingerprints unreadable": (bad_frozen, [("bad_frozen", f"{ID}/{OLD}/frozen.sha256", 1, 1, "scheme freeze")]),
    "a pack that changes its clock": (uneven_pack, [("uneven_pack", PACK_2026, 5, 10, PACK_2020)]),
    "not in UTF-8": (not_utf8, [("not_utf8", SCHEME, 6, 1, "octet")]),
    "empty": (emptied, [("empty", FRAMEWORK, 1, 1, "format:")]),
    "editor schema not fresh": (stale, [("stale_schema", "_formats/scheme.schema.json", 1, 1, "scheme schema")]),
    "no such version": (no_version, [("no_version", ID, 1, 1, NEW)]),
    "no such case": (no_such_case, [("no_such_case", f"{ID}/{NEW}/cases/jury.yaml", 2, 22, "« Un »")]),
}


@pytest.mark.parametrize("name", OTHERS)
def test_problems_that_no_single_edit_makes(name: str, tmp_path: Path) -> None:
    make, expected = OTHERS[name]
    problems = make(copied(tmp_path))
    assert [(problem.code, *problem.mark) for problem in problems] == [row[:4] for row in expected]
    for problem, row in zip(problems, expected, strict=True):
        assert row[4] in problem.sentence("fr")
        assert problem.sentence("en") not in ("", problem.sentence("fr"))


def test_no_such_certification(tmp_path: Path) -> None:
    root = copied(tmp_path)
    found = no_scheme(root)
    assert [(problem.code, problem.mark.file) for problem in found] == [("no_scheme", str(root))]
    assert f"« {ID} »" in found[0].sentence("fr")
    assert f"“{ID}”" in found[0].sentence("en")


def test_every_kind_of_problem_is_shown_by_a_test() -> None:
    shown = {mistake.code for mistake in (*MISTAKES.values(), *RULED.values())}
    shown |= {row[0] for _, rows in OTHERS.values() for row in rows} | {"no_scheme"}
    assert shown == set(SENTENCES)


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_say_the_same_things(code: str) -> None:
    def holes(text: str) -> set[str]:
        return {
            name.removesuffix("_fr").removesuffix("_en") for _, name, _, _ in string.Formatter().parse(text) if name
        }

    french, english = SENTENCES[code]["fr"], SENTENCES[code]["en"]
    assert holes(french) == holes(english)
    assert "_en}" not in french
    assert "_fr}" not in english


def test_all_problems_of_the_files_are_told_at_once_in_order(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, SCHEME, "kind: cqp", "knd: cqp")
    edited(root, SCHEME, "minutes: 60", "minutes: une heure")
    edited(root, SCHEME, "check: accredited_on", "check: acredited_on")
    edited(root, SCHEME, 'mode: equal, source: "reglement, art. 18",', "mode: equal,")
    edited(root, FRAMEWORK, "tasks:", "taskz:")
    edited(root, PACK_2026, '"loi, art. 2"', '"code, art. 2"')
    problems = problems_of(root)
    assert [(problem.code, problem.mark.file) for problem in problems] == [
        ("unknown_source", PACK_2026),
        ("unknown_key", FRAMEWORK),
        ("unknown_key", SCHEME),
        ("wrong_value", SCHEME),
        ("unknown_check", SCHEME),
        ("unsourced", SCHEME),
    ]
    lines = [problem.mark.line for problem in problems if problem.mark.file == SCHEME]
    assert lines == sorted(lines)


def test_problems_of_both_files_of_a_version_are_told_together(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, SCHEME, "kind: cqp", "kind: &k cqp")
    edited(root, FRAMEWORK, "tasks:", "tasks: &t")
    assert [(problem.code, problem.mark.file) for problem in problems_of(root)] == [
        ("anchor", FRAMEWORK),
        ("anchor", SCHEME),
    ]


def test_problems_of_every_version_are_told_together(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, SCHEME, "kind: cqp", "kind: &k cqp")
    unfrozen(root)
    assert [(problem.code, problem.mark.file) for problem in problems_of(root)] == [
        ("unfrozen_change", f"{ID}/{OLD}/framework.yaml"),
        ("anchor", SCHEME),
    ]


def test_dangling_references_are_told_together(tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, SCHEME, "jury: joint", "jury: joints")
    edited(root, SCHEME, "step: deliberation", "step: deliberations")
    edited(root, FRAMEWORK, "all_of: [M1]}", "all_of: [M3]}")
    edited(root, SCHEME, '"reglement, art. 1"}\nactors', '"arrete, art. 1"}\nactors')
    assert [problem.code for problem in problems_of(root)] == ["dangling", "unknown_source", "dangling", "dangling"]


def test_composed_rules_are_checked_part_by_part(tmp_path: Path) -> None:
    root = copied(tmp_path)
    parts = (
        'any_of: [{says: "Un.", check: quorums}, {says: "Deux.", check: quorum, totl: 3}, {check: route_open},'
        ' {says: "Quatre.", check: route_open, source: "arrete"}],'
    )
    edited(root, SCHEME, "check: quorum, total: unknown,", parts)
    problems = problems_of(root)
    assert [problem.code for problem in problems] == ["unknown_check", "unknown_key", "missing_key"]
    assert [problem.mark for problem in problems] == [
        place_of(root, SCHEME, "quorums"),
        place_of(root, SCHEME, "totl"),
        place_of(root, SCHEME, "{check: route_open}"),
    ]
    edited(root, SCHEME, parts, 'any_of: [{says: "Un.", check: route_open, source: "arrete"}],')
    assert [problem.code for problem in problems_of(root)] == ["unknown_source"]


def test_the_nearest_name_or_all_of_them_or_none() -> None:
    assert nearest("quorom", ["quorum", "chaired"])["hint_fr"] == "Vouliez-vous dire « quorum » ?"
    assert nearest("xyz", ["b", "a"])["hint_en"] == "Possible: a, b."
    assert nearest("xyz", [])["hint_en"] == "None is declared."


def test_a_refusal_lists_each_problem_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    root, problems = made(tmp_path, MISTAKES["mistyped check"])
    doubled = RefusedError([*problems, *problems])
    assert doubled.problems == problems
    assert str(doubled) == f"{problems[0].mark} {problems[0].sentence('en')}"
    assert root.is_dir()
