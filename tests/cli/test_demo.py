"""`parchemin demo`: in a database of its own, the certifications are checked and each life is walked to its end."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.running import Answer
from tests.ready import lent
from tests.samples import DEMO, FIXTURES, ID, ROOT, edited

LIFE = f"lives/{ID}-continuing.yaml"
TIMEOUT = 900


class Walked(NamedTuple):
    """A demonstration as a person makes it: what it wrote, and the home it left."""

    answer: Answer
    home: Path


def demo(home: Path, *arguments: str, library: Path | None = FIXTURES, language: str = "fr") -> Answer:
    """The command as a person runs it, in a process and a home of its own."""
    return _run(home, {}, arguments, library, language)


def quick(
    tmp_path: Path, *arguments: str, home: Path | None = None, library: Path | None = FIXTURES, language: str = "fr"
) -> Answer:
    """The same on a database that has its tables already, which is what takes longest."""
    tables = lent(tmp_path / "tables" / f"{len(arguments)}-{language}.sqlite3")
    return _run(home or tmp_path / "home", {"DATABASE_URL": f"sqlite:///{tables}"}, arguments, library, language)


def _run(home: Path, more: dict[str, str], arguments: Sequence[str], library: Path | None, language: str) -> Answer:
    given = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PARCHEMIN_HOME")}
    given |= {"PARCHEMIN_CACHE": "", "COLUMNS": "160", "PYTHONPATH": str(ROOT / "src"), **more}
    if library:
        given |= {"PARCHEMIN_LIBRARY": str(library), "PARCHEMIN_SCHEMES": str(library / "schemes")}
    command = [sys.executable, "-m", "parchemin", "--lang", language, "demo", "--no-serve", "--home", str(home)]
    done = subprocess.run(
        [*command, *arguments], env=given, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """One demonstration of the fictional certification, from an empty folder; read, and left as it is."""
    home = tmp_path_factory.mktemp("demo") / "home"
    return Walked(demo(home), home)


def test_a_life_from_its_beginning_to_its_end(walked: Walked) -> None:
    answer = walked.answer
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
        "Un certificat à vérifier sans compte : http://127.0.0.1:8000/verifier/",
        "Personnes et décisions fictives.",
        "Se connecter (mot de passe de tous : parchemin-fictif)",
        "administration@parchemin.example",
    ]
    places = [told.index(moment) for moment in moments]
    assert places == sorted(places)


def test_in_english(tmp_path: Path) -> None:
    answer = quick(tmp_path, language="en")
    assert answer.code == 0
    assert "Lives followed: 1. Decisions: 8" in answer.words
    assert "✓ Eligibility: every condition is met." in answer.words
    assert "Fictitious people and decisions." in answer.words


def test_in_json(tmp_path: Path) -> None:
    answer = quick(tmp_path, "--json")
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
    assert quick(tmp_path, "--only", "cqp-autre").code == 1


def test_a_demonstration_replaces_the_one_before_and_nothing_else(tmp_path: Path, walked: Walked) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("kept")
    answer = demo(home)
    assert answer.code == 2
    assert "n'est pas vide" in answer.err.replace("’", "'")
    assert (home / "letter.txt").read_text() == "kept"
    shutil.rmtree(home)
    shutil.copytree(walked.home, home)
    (home / "of-before.txt").write_text("replaced")
    assert quick(tmp_path, home=home).code == 0
    assert not (home / "of-before.txt").exists()
    assert json.loads((home / "demonstration.json").read_text())["format"] == "parchemin/demonstration-1"


def test_a_surprise_ends_with_1(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES, tmp_path / "library")
    edited(tmp_path / "library" / "demo", LIFE, "{assessment: met}", "{assessment: not_met}")
    answer = quick(tmp_path, library=tmp_path / "library")
    assert answer.code == 1
    assert "Ce jour ne s'est pas passé comme prévu : assessment: not_met → met" in answer.words


def test_every_life_of_the_checkout_goes_as_planned_in_the_records_too(tmp_path: Path) -> None:
    answer = quick(tmp_path, "--json", library=None)
    assert [day["surprises"] for life in answer.json["lives"] for day in life["days"] if day["surprises"]] == []
    assert len(answer.json["lives"]) == len(list((DEMO / "lives").glob("*.yaml")))
    for life in answer.json["lives"]:
        assert len({one["stage"] for day in life["days"] for one in day["decisions"]}) >= 3
    assert answer.code == 0


def test_the_home_is_ready_to_be_served(walked: Walked) -> None:
    assert walked.answer.code == 0
    assert (walked.home / "parchemin.sqlite3").is_file()
    assert oct(walked.home.stat().st_mode & 0o777) == oct(0o700)
    assert list((walked.home / "cache" / "static").rglob("tokens*.css"))
