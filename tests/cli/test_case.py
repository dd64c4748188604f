"""`parchemin case test`: which rule tests pass, and how the others differ."""

from pathlib import Path

import pytest

from tests.cli.running import SCHEMES, Run
from tests.samples import ID, OLD, copied, edited, written

CASES = f"{ID}/{OLD}/cases/jury.yaml"


@pytest.mark.parametrize(("language", "words"), [("fr", "4 cas réussis sur 4"), ("en", "4 cases passed out of 4")])
@pytest.mark.parametrize(
    "paths", [(), (ID,), (f"{SCHEMES}/{ID}",), (f"{SCHEMES}/{CASES}",), (f"{ID}/{OLD}",), (SCHEMES,)]
)
def test_all_pass(run: Run, language: str, words: str, paths: tuple[str, ...]) -> None:
    answer = run("--lang", language, "case", "test", *paths)
    assert (answer.code, answer.words) == (0, words)


def test_in_json(run: Run) -> None:
    answer = run("case", "test", "--json")
    assert (answer.code, answer.json) == (0, {"format": "parchemin/cases-1", "passed": 4, "failed": []})


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ["attendu : met", "trouvé : unknown"]), ("en", ["expected: met", "found: unknown"])],
)
def test_a_failure_is_told(run: Run, tmp_path: Path, language: str, words: list[str]) -> None:
    root = copied(tmp_path)
    edited(root, CASES, "{outcome: unknown, unknown: [jury.quorum]}", "{outcome: met}")
    answer = run("--lang", language, "case", "test", "--schemes", str(root))
    assert answer.code == 1
    assert "✗ Quorum non fixé par le règlement : à établir" in answer.words
    assert f"{CASES}:14:3" in answer.out
    for word in words:
        assert word in answer.words


def test_a_failure_in_json(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, CASES, "{outcome: unknown, unknown: [jury.quorum]}", "{outcome: met}")
    answer = run("case", "test", "--schemes", str(root), "--json")
    assert answer.code == 1
    assert answer.json == {
        "format": "parchemin/cases-1",
        "passed": 3,
        "failed": [
            {
                "case": "Quorum non fixé par le règlement : à établir",
                "file": CASES,
                "line": 14,
                "differences": [{"what": "outcome", "expected": "met", "found": "unknown"}],
            }
        ],
    }


def test_an_unfit_case_file(run: Run, tmp_path: Path) -> None:
    root = copied(tmp_path)
    edited(root, CASES, '- case: "Collège', '- cas: "Collège')
    answer = run("case", "test", "--schemes", str(root))
    assert answer.code == 1
    assert f"{CASES}:10:3" in answer.out
    assert "« case »" in answer.words
    told = run("case", "test", "--schemes", str(root), "--json").json
    assert told["format"] == "parchemin/problems-1"


def test_an_unknown_certification(run: Run) -> None:
    answer = run("case", "test", "cqp-technicien-remploi")
    assert answer.code == 2
    assert f"« {ID} »" in answer.words


@pytest.mark.parametrize(("language", "words"), [("fr", "Aucun cas trouvé."), ("en", "No case found.")])
def test_no_case_is_no_success(run: Run, tmp_path: Path, language: str, words: str) -> None:
    root = copied(tmp_path)
    (root / CASES).unlink()
    answer = run("--lang", language, "case", "test", "--schemes", str(root))
    assert (answer.code, answer.words) == (1, words)
    written(tmp_path, "elsewhere/a.yaml", "")
    assert run("case", "test", str(tmp_path / "elsewhere")).code == 1
