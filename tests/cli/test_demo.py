"""`parchemin demo`: the certifications are checked, then each life is followed to its end."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import Run, runner
from tests.samples import DEMO, FIXTURES, ID, edited

LIFE = f"lives/{ID}-continuing.yaml"


def test_a_life_from_its_beginning_to_its_end(run: Run) -> None:
    answer = run("demo")
    assert answer.code == 0
    told = answer.words
    moments = [
        "fichiers conformes",
        "Alix Essai — Alix, par le parcours de formation",
        "2 février 2026 — Entrée dans le parcours",
        "✓ Recevabilité : toutes les conditions sont remplies.",
        "✗ Jury : 2 conditions ne sont pas remplies.",
        "✓ Délivrance : toutes les conditions sont remplies.",
        "23 juin 2031 — Cinq ans plus tard",
        "✗ Validité : 1 condition n'est pas remplie.",
        "Vies suivies : 1. Décisions : 8",
        "Personnes et décisions fictives.",
    ]
    places = [told.index(moment) for moment in moments]
    assert places == sorted(places)


def test_in_english(run: Run) -> None:
    answer = run("--lang", "en", "demo")
    assert answer.code == 0
    assert "Lives followed: 1. Decisions: 8" in answer.words
    assert "✓ Eligibility: every condition is met." in answer.words
    assert "Fictitious people and decisions." in answer.words


def test_in_json(run: Run) -> None:
    answer = run("demo", "--json")
    assert answer.code == 0
    assert list(answer.json) == ["format", "lives"]
    assert answer.json["format"] == "parchemin/demo-1"
    life = answer.json["lives"][0]
    assert list(life) == ["scheme", "title", "who", "days"]
    assert [list(day) for day in life["days"]] == [["date", "title", "decisions", "surprises"]] * 5
    assert [[one["outcome"] for one in day["decisions"]] for day in life["days"]] == [
        ["met"], ["met"], ["met", "not_met"], ["met", "met", "met"], ["not_met"],
    ]  # fmt: skip


def test_one_certification_only(run: Run) -> None:
    assert run("demo", "--only", ID).code == 0
    assert run("demo", "--only", "cqp-autre").code != 0


def test_a_surprise_ends_with_1(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FIXTURES, tmp_path / "library")
    monkeypatch.setenv("PARCHEMIN_LIBRARY", str(tmp_path / "library"))
    edited(tmp_path / "library" / "demo", LIFE, "{assessment: met}", "{assessment: not_met}")
    answer = run("demo")
    assert answer.code == 1
    assert "Ce jour ne s'est pas passé comme prévu : assessment: not_met → met" in answer.words
    edited(tmp_path / "library" / "demo", LIFE, 'tells: "Alix commence."', "tell: x")
    assert run("demo").code == 1


def test_without_a_life_nothing_was_shown(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FIXTURES / "schemes", tmp_path / "schemes")
    monkeypatch.setenv("PARCHEMIN_LIBRARY", str(tmp_path))
    assert run("demo").code == 1


def test_the_demonstration_of_the_checkout(capsys: pytest.CaptureFixture[str]) -> None:
    """Every life of demo/ goes as planned, and tells decisions of several stages."""
    answer = runner(capsys)("demo", "--json")
    assert [day["surprises"] for life in answer.json["lives"] for day in life["days"] if day["surprises"]] == []
    assert len(answer.json["lives"]) == len(list((DEMO / "lives").glob("*.yaml")))
    for life in answer.json["lives"]:
        assert len({one["stage"] for day in life["days"] for one in day["decisions"]}) >= 3
    assert answer.code == 0
