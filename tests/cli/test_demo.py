"""`parchemin demo`: in a database of its own, the certifications are checked and each life is walked to its end."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.cli.running import Answer
from tests.samples import DEMO, FIXTURES, ID, ROOT, edited

LIFE = f"lives/{ID}-continuing.yaml"
TIMEOUT = 240


def demo(home: Path, *arguments: str, library: Path | None = FIXTURES, language: str = "fr") -> Answer:
    """The command as a person runs it, in a process and a home of its own, on the database of the tests' kind."""
    given = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PARCHEMIN_HOME")}
    given |= {"PARCHEMIN_CACHE": "", "COLUMNS": "160", "PYTHONPATH": str(ROOT / "src")}
    if library:
        given |= {"PARCHEMIN_LIBRARY": str(library), "PARCHEMIN_SCHEMES": str(library / "schemes")}
    command = [sys.executable, "-m", "parchemin", "--lang", language, "demo", "--no-serve", "--home", str(home)]
    done = subprocess.run(
        [*command, *arguments], env=given, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def test_a_life_from_its_beginning_to_its_end(tmp_path: Path) -> None:
    answer = demo(tmp_path / "home")
    assert answer.code == 0, answer.err
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
        "Se connecter (mot de passe de tous : parchemin-fictif)",
        "administration@parchemin.example",
    ]
    places = [told.index(moment) for moment in moments]
    assert places == sorted(places)


def test_in_english(tmp_path: Path) -> None:
    answer = demo(tmp_path / "home", language="en")
    assert answer.code == 0
    assert "Lives followed: 1. Decisions: 8" in answer.words
    assert "✓ Eligibility: every condition is met." in answer.words
    assert "Fictitious people and decisions." in answer.words


def test_in_json(tmp_path: Path) -> None:
    answer = demo(tmp_path / "home", "--json")
    assert answer.code == 0
    assert list(answer.json) == ["format", "lives"]
    assert answer.json["format"] == "parchemin/demo-1"
    life = answer.json["lives"][0]
    assert list(life) == ["scheme", "title", "who", "days"]
    assert [list(day) for day in life["days"]] == [["date", "title", "decisions", "surprises"]] * 5
    assert [[one["outcome"] for one in day["decisions"]] for day in life["days"]] == [
        ["met"], ["met"], ["met", "not_met"], ["met", "met", "met"], ["not_met"],
    ]  # fmt: skip


def test_of_a_certification_that_is_not_there_nothing_was_shown(tmp_path: Path) -> None:
    assert demo(tmp_path / "home", "--only", "cqp-autre").code == 1


def test_a_demonstration_replaces_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("kept")
    answer = demo(home)
    assert answer.code == 2
    assert "n'est pas vide" in answer.err.replace("’", "'")
    assert (home / "letter.txt").read_text() == "kept"
    shutil.rmtree(home)
    assert demo(home).code == 0
    assert demo(home).code == 0
    assert json.loads((home / "demonstration.json").read_text())["format"] == "parchemin/demonstration-1"


def test_a_surprise_ends_with_1(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES, tmp_path / "library")
    edited(tmp_path / "library" / "demo", LIFE, "{assessment: met}", "{assessment: not_met}")
    answer = demo(tmp_path / "home", library=tmp_path / "library")
    assert answer.code == 1
    assert "Ce jour ne s'est pas passé comme prévu : assessment: not_met → met" in answer.words


def test_every_life_of_the_checkout_goes_as_planned_in_the_records_too(tmp_path: Path) -> None:
    answer = demo(tmp_path / "home", "--json", library=None)
    assert [day["surprises"] for life in answer.json["lives"] for day in life["days"] if day["surprises"]] == []
    assert len(answer.json["lives"]) == len(list((DEMO / "lives").glob("*.yaml")))
    for life in answer.json["lives"]:
        assert len({one["stage"] for day in life["days"] for one in day["decisions"]}) >= 3
    assert answer.code == 0


def test_the_home_is_ready_to_be_served(tmp_path: Path) -> None:
    assert demo(tmp_path / "home").code == 0
    assert (tmp_path / "home" / "parchemin.sqlite3").is_file()
    assert oct((tmp_path / "home").stat().st_mode & 0o777) == oct(0o700)
    assert list((tmp_path / "home" / "cache" / "static").rglob("tokens*.css"))
