"""`parchemin scheme`: list, show, rules, check, gaps, diff, freeze, schema; in both languages and in JSON."""

import re
from pathlib import Path

import pytest

from tests.cli.running import SCHEMES, Run
from tests.samples import ID, NEW, OLD, ROOT, SCHEME, copied, edited, place_of, written

SHA = re.compile(r"^[0-9a-f]{64}$")
ON = ("--on", "2026-03-01")


def test_list(run: Run) -> None:
    answer = run("scheme", "list")
    assert answer.code == 0
    assert [line.strip() for line in answer.out.splitlines()] == [
        f"{ID}@{OLD}",
        "CQP Technicien du réemploi",
        f"{ID}@{NEW}",
        "CQP Technicien du réemploi",
    ]


def test_list_in_json(run: Run) -> None:
    answer = run("scheme", "list", "--json")
    assert answer.code == 0
    assert answer.json == {
        "format": "parchemin/schemes-1",
        "schemes": [
            {"id": ID, "version": OLD, "title": "CQP Technicien du réemploi", "status": "published", "kind": "cqp"},
            {"id": ID, "version": NEW, "title": "CQP Technicien du réemploi", "status": "draft", "kind": "cqp"},
        ],
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Voies", "Compétences", "4, dont 3 évaluées", "continuing — Parcours de formation (ouverte)",
                "1. Repérage", "décidé par : jury", "certificat par bloc : ? la source ne le dit pas", "empreinte",
                "R1 — Décision du 12 décembre 2025 : 1er janvier 2026 → 31 décembre 2030",
                "joint — Jury paritaire : employeurs, salariés"]),
        ("en", ["Routes", "Competences", "4, 3 of them assessed", "continuing — Parcours de formation (open)",
                "1. Repérage", "decided by: jury", "certificate for each block: ? the source does not say", "digest"]),
    ],
)  # fmt: skip
def test_show(run: Run, language: str, words: list[str]) -> None:
    answer = run("--lang", language, "scheme", "show", ID, *ON)
    assert answer.code == 0
    for word in words:
        assert word in answer.words


def test_show_on_a_date(run: Run) -> None:
    assert f"{ID}@{OLD}" in run("scheme", "show", ID, "--on", "2026-12-31").out
    new = run("scheme", "show", f"{ID}@{NEW}", "--on", "2027-01-01")
    assert f"{ID}@{NEW}" in new.out
    assert "vae — Validation des acquis de l'expérience (fermée)" in new.words


def test_show_in_json(run: Run) -> None:
    answer = run("scheme", "show", ID, *ON, "--json")
    assert answer.code == 0
    shown = answer.json
    assert list(shown) == ["format", "id", "version", "digest", "scheme"]
    assert (shown["format"], shown["id"], shown["version"]) == ("parchemin/scheme-1", ID, OLD)
    assert SHA.match(shown["digest"])
    content = shown["scheme"]
    assert not {"ref", "rules", "conformity"} & set(content)
    assert content["award"]["block_certificates"] == {"unknown": ""}
    assert content["registrations"][0]["from"] == "2026-01-01"
    assert content["routes"]["continuing"]["steps"][0]["owner"] == ["professional"]
    assert [one["id"] for one in content["framework"]["competences"]] == ["C1", "C2", "C3", "C4"]


def test_rules(run: Run) -> None:
    answer = run("scheme", "rules", ID, *ON)
    assert answer.code == 0
    assert "Les deux collèges ont le même nombre de membres présents." in answer.words
    assert "jury.colleges — Règlement de certification, CPNEFP, 12 novembre 2025, art. 18" in answer.words
    assert f"{ID}/{OLD}/scheme.yaml:65" in answer.out
    assert "eligibility.law.experience (Avertissement) — Loi fictive de 2020, art. 1" in answer.words
    assert "(Warning)" in run("--lang", "en", "scheme", "rules", ID, *ON).out


def test_rules_in_json(run: Run) -> None:
    answer = run("scheme", "rules", ID, *ON, "--json")
    told = answer.json
    assert answer.code == 0
    assert list(told) == ["format", "scheme", "digest", "rules"]
    assert (told["format"], told["scheme"]) == ("parchemin/rules-1", f"{ID}@{OLD}")
    assert [rule["id"] for rule in told["rules"]] == [
        "eligibility.route",
        "eligibility.vae.experience",
        "eligibility.law.experience",
        "completeness.file",
        "assessment.accreditation",
        "jury.colleges",
        "jury.quorum",
        "award.full",
        "validity.block",
    ]
    assert told["rules"][0] == {
        "id": "eligibility.route",
        "says": "La voie est ouverte.",
        "effect": "blocking",
        "source": "Règlement de certification, CPNEFP, 12 novembre 2025, art. 6",
        "confidence": "stated",
        "file": f"{ID}/{OLD}/scheme.yaml",
        "line": 56,
    }


def test_conformity_rules_are_listed_too(run: Run) -> None:
    told = run("scheme", "rules", ID, "--on", "2026-06-01", "--json").json
    assert told["rules"][-1]["id"] == "conformity.blocks"


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "fichiers conformes, 9 règles, 6 silences des sources"), ("en", "files sound, 9 rules, 6 silences")],
)
@pytest.mark.parametrize("paths", [(), (ID,), (f"{SCHEMES}/{ID}",), (f"{SCHEMES}/{ID}/{OLD}",), (SCHEMES,)])
def test_check(run: Run, language: str, words: str, paths: tuple[str, ...]) -> None:
    answer = run("--lang", language, "scheme", "check", *paths)
    assert answer.code == 0
    assert words in answer.words


def test_check_tells_departures_from_the_law_without_failing(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, "_national/droit-essai/2026-06-01.yaml", "least: 2", "least: 3")
    answer = run("scheme", "check", "--schemes", str(root))
    assert answer.code == 0
    assert "écarts avec le droit" in answer.words
    assert "Un bloc compte au moins deux compétences." in answer.words


def test_check_of_unfit_files(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, SCHEME, "check: accredited_on", "check: acredited_on")
    edited(root, "_national/droit-essai/2020-01-01.yaml", '"loi, art. 1"', '"code, art. 1"')
    french = run("scheme", "check", "--schemes", str(root))
    assert french.code == 1
    mark = place_of(root, SCHEME, "acredited_on")
    assert str(mark) in french.out
    assert "Vouliez-vous dire « accredited_on » ?" in french.words
    assert french.words.endswith("2 problèmes")
    english = run("--lang", "en", "scheme", "check", "--schemes", str(root))
    assert english.code == 1
    assert "Did you mean “accredited_on”?" in english.words
    assert english.words.endswith("2 problems")
    told = run("scheme", "check", "--schemes", str(root), "--json")
    assert told.code == 1
    assert [list(one) for one in told.json["problems"]] == [["code", "file", "line", "column", "message"]] * 2
    assert told.json["problems"][1] == {
        "code": "unknown_check",
        "file": SCHEME,
        "line": mark.line,
        "column": mark.column,
        "message": "Le contrôle « acredited_on » n'existe pas. Vouliez-vous dire « accredited_on » ?",
    }


def test_a_problem_of_a_pack_is_told_once(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, "_national/droit-essai/2020-01-01.yaml", "pack: droit-essai", "pack: droit")
    answer = run("scheme", "check", "--schemes", str(root))
    assert answer.code == 1
    assert answer.words.endswith("1 problème")
    assert answer.words.count("2020-01-01.yaml:2:7") == 1


def test_check_in_json(run: Run) -> None:
    answer = run("scheme", "check", "--json")
    assert (answer.code, answer.json) == (0, {"format": "parchemin/check-1", "problems": [], "departures": []})


@pytest.mark.parametrize("path", ["cqp-technicien-remploi", "nulle-part/cqp-technicien-remploi", "/nowhere/at/all"])
def test_check_of_nothing_known(run: Run, path: str) -> None:
    answer = run("scheme", "check", path)
    assert answer.code == 2
    assert f"La certification « {Path(path).name} » n'existe pas." in answer.words
    assert ID in answer.words


def test_gaps(run: Run) -> None:
    answer = run("scheme", "gaps", ID, *ON)
    assert answer.code == 0
    assert "rules/jury.quorum/total" in answer.out
    assert f"{ID}/{OLD}/scheme.yaml:66:47" in answer.out
    told = run("scheme", "gaps", ID, *ON, "--json").json
    assert list(told) == ["format", "scheme", "gaps"]
    assert (told["format"], told["scheme"], len(told["gaps"])) == ("parchemin/gaps-1", f"{ID}@{OLD}", 6)
    assert told["gaps"][0] == {
        "address": "codes/naf",
        "why": "",
        "file": f"{ID}/{OLD}/scheme.yaml",
        "line": 11,
        "column": 58,
    }


@pytest.mark.parametrize(("language", "words"), [("fr", "Aucun silence."), ("en", "No silence.")])
def test_no_gap(run: Run, tmp_path: Path, language: str, words: str) -> None:
    root = copied(tmp_path)
    for path in (root / ID / NEW).glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for old, new in (("naf: unknown", "naf: []"), ("evaluators: unknown", "evaluators: {professional: 1}"),
                         ("certificates: unknown", "certificates: true"), ("certificate: unknown", "certificate: true"),
                         ("total: unknown", "total: 2")):  # fmt: skip
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    answer = run("--lang", language, "scheme", "gaps", f"{ID}@{NEW}", "--on", "2027-03-01", "--schemes", str(root))
    assert (answer.code, answer.words) == (0, words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Gagne", "Perd", "Doit faire en plus", "Change", "Validation des acquis de l'expérience : ouverte → fermée",
                "C5 : — → Trier les déchets"]),
        ("en", ["Gains", "Loses", "Must do as well", "Changes", "Validation des acquis de l'expérience: open → closed"]),
    ],
)  # fmt: skip
def test_diff(run: Run, language: str, words: list[str]) -> None:
    answer = run("--lang", language, "scheme", "diff", f"{ID}@{OLD}", f"{ID}@{NEW}")
    assert answer.code == 0
    for word in words:
        assert word in answer.words


def test_diff_in_json(run: Run) -> None:
    answer = run("scheme", "diff", f"{ID}@{OLD}", f"{ID}@{NEW}", "--json")
    assert answer.code == 0
    assert list(answer.json) == ["format", "changes"]
    assert answer.json["format"] == "parchemin/diff-1"
    assert answer.json["changes"][0] == {
        "kind": "loses",
        "about": "route",
        "name": "Validation des acquis de l'expérience",
        "before": "open",
        "after": "closed",
    }


@pytest.mark.parametrize(("language", "words"), [("fr", "Aucune différence."), ("en", "No difference.")])
def test_no_difference(run: Run, language: str, words: str) -> None:
    answer = run("--lang", language, "scheme", "diff", f"{ID}@{NEW}", f"{ID}@{NEW}")
    assert (answer.code, answer.words) == (0, words)


def test_diff_misused(run: Run, tmp_path: Path) -> None:
    assert run("scheme", "diff", ID, f"{ID}@{NEW}").code == 2
    assert "id@version" in run("scheme", "diff", ID, f"{ID}@{NEW}").err
    absent = run("scheme", "diff", f"{ID}@2026-01-02", f"{ID}@{NEW}")
    assert absent.code == 2
    assert f"« {OLD} »" in absent.words
    root = copied(tmp_path)
    (root / ID / NEW).rename(tmp_path / "moved")
    written(root, "cqp-autre/readme.txt", "")
    (tmp_path / "moved").rename(root / "cqp-autre" / NEW)
    edited(root, f"cqp-autre/{NEW}/scheme.yaml", f"id: {ID}", "id: cqp-autre")
    two = run("--lang", "en", "scheme", "diff", f"{ID}@{OLD}", f"cqp-autre@{NEW}", "--schemes", str(root))
    assert (two.code, two.err.strip()) == (2, "Only two versions of one certification are compared.")


def test_freeze(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path)
    first = run("scheme", "freeze", "--schemes", str(root), "--json")
    assert first.code == 0
    assert first.json == {
        "format": "parchemin/freeze-1",
        "folders": [
            {"folder": f"{ID}/{OLD}", "state": "already_frozen"},
            {"folder": "_national/droit-essai", "state": "frozen"},
        ],
    }
    again = run("scheme", "freeze", "--schemes", str(root))
    assert (again.code, again.out.count("Déjà figée")) == (0, 2)
    edited(root, f"{ID}/{OLD}/framework.yaml", "Identifier une panne", "Trouver une panne")
    changed = run("--lang", "en", "scheme", "freeze", "--schemes", str(root))
    assert changed.code == 1
    assert f"Changed since it was frozen, and not frozen again: {ID}/{OLD}" in changed.words
    assert run("scheme", "check", "--schemes", str(root)).code == 1


def test_a_new_file_of_law_is_frozen_beside_the_others(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path)
    run("scheme", "freeze", "--schemes", str(root))
    text = (root / "_national/droit-essai/2026-06-01.yaml").read_text(encoding="utf-8")
    written(root, "_national/droit-essai/2028-01-01.yaml", text.replace("from: 2026-06-01", "from: 2028-01-01"))
    states = {
        row["folder"]: row["state"] for row in run("scheme", "freeze", "--schemes", str(root), "--json").json["folders"]
    }
    assert states["_national/droit-essai"] == "frozen"
    assert len((root / "_national/droit-essai/frozen.sha256").read_text(encoding="utf-8").splitlines()) == 3


def test_schema(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path)
    stale = run("scheme", "schema", "--check", "--schemes", str(root))
    assert stale.code == 1
    assert "_formats/scheme.schema.json" in stale.out
    made = run("scheme", "schema", "--schemes", str(root), "--json")
    assert made.code == 0
    assert list(made.json) == ["format", "written", "problems"]
    assert made.json["format"] == "parchemin/schema-1"
    assert sorted(made.json["written"]) == sorted(path.name for path in (root / "_formats").glob("*"))
    fresh = run("--lang", "en", "scheme", "schema", "--check", "--schemes", str(root))
    assert (fresh.code, fresh.words) == (0, "Schemas up to date.")


@pytest.mark.parametrize("command", ["show", "rules", "gaps"])
def test_unknown_certification(run: Run, command: str) -> None:
    french = run("scheme", command, "cqp-technicien-remploi")
    assert french.code == 2
    assert f"Vouliez-vous dire « {ID} » ?" in french.words
    told = run("--lang", "en", "scheme", command, "cqp-technicien-remploi", "--json")
    assert (told.code, told.json["format"]) == (2, "parchemin/problems-1")
    assert [one["code"] for one in told.json["problems"]] == ["no_scheme"]
    assert "Did you mean" in told.json["problems"][0]["message"]


@pytest.mark.parametrize("command", ["show", "rules", "gaps"])
def test_before_the_first_version(run: Run, command: str) -> None:
    answer = run("scheme", command, ID, "--on", "2020-01-01")
    assert answer.code == 2
    assert "La première commence le 2026-01-01." in answer.words


@pytest.mark.parametrize("command", ["show", "rules", "gaps"])
@pytest.mark.parametrize("value", ["01/02/2026", "2026-02-30", "20260201", "2026-W05-6", "demain"])
def test_bad_date(run: Run, command: str, value: str) -> None:
    answer = run("scheme", command, ID, "--on", value)
    assert answer.code == 2
    assert f"« {value} » n'est pas une date" in answer.err
    told = run("--lang", "en", "scheme", command, ID, "--on", value, "--json")
    assert told.code == 2
    assert (told.json["format"], told.json["code"]) == ("parchemin/error-1", "bad_date")
    assert value in told.json["message"]


def test_unfit_files_end_with_1(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, SCHEME, "kind: cqp", "kind: &k cqp")
    for command in (("show", ID), ("rules", ID), ("gaps", ID), ("list",), ("freeze",)):
        answer = run("scheme", *command, *(("--on", "2027-03-01") if len(command) > 1 else ()), "--schemes", str(root))
        assert answer.code == 1
        assert "ancres" in answer.words


def test_check_in_json_tells_where_a_certification_departs_from_the_law(run: Run) -> None:
    answer = run("scheme", "check", "formateur-alternance", "--json", "--schemes", str(ROOT / "schemes"))
    assert answer.code == 0
    rules = {(one["scheme"], one["rule"], one["outcome"]) for one in answer.json["departures"]}
    assert ("formateur-alternance", "conformity.blocks_suffice", "not_met") in rules


def test_a_folder_that_is_not_there_is_a_misuse(run: Run, tmp_path: Path) -> None:
    answer = run("scheme", "list", "--schemes", str(tmp_path / "nowhere"), "--json")
    assert (answer.code, answer.json["code"]) == (2, "no_folder")
