"""The command line as a whole: help, language, misuse, and a real process."""

import json
import os
import subprocess
import sys
from itertools import product

import pytest

from parchemin.cli.main import language_first
from tests.cli.running import FACTS, SCHEMES, Run
from tests.samples import ID, ROOT

COMMANDS = [
    (), ("scheme",), ("case",), ("decide",), ("demo",), ("case", "test"),
    ("journal",), ("journal", "verify"), ("journal", "anchor"),
    *(("scheme", name) for name in ("list", "show", "rules", "check", "gaps", "diff", "freeze", "schema")),
]  # fmt: skip


@pytest.mark.parametrize(("command", "language"), list(product(COMMANDS, ("fr", "en"))))
def test_every_command_explains_itself(run: Run, command: tuple[str, ...], language: str) -> None:
    answer = run("--lang", language, *command, "--help")
    assert answer.code == 0
    assert "parchemin" in answer.out
    other = run("--lang", "fr" if language == "en" else "en", *command, "--help")
    assert answer.words != other.words


@pytest.mark.parametrize(
    "arguments",
    [("nothing",), ("scheme", "nothing"), ("scheme", "show"), ("scheme", "list", "--nothing"), ("decide",),
     ("case", "tst"), ("scheme", "diff", f"{ID}@2026-01-01"), ("decide", FACTS, "--on")],
)  # fmt: skip
def test_misuse_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert answer.err


@pytest.mark.parametrize("arguments", [(), ("scheme",), ("case",)])
def test_nothing_asked_shows_what_can_be(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert "Usage" in answer.out + answer.err


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], None, ["--lang", "fr"]),
        ([], "en", ["--lang", "en"]),
        ([], "fr_FR", ["--lang", "fr"]),
        (["demo"], "en_GB.UTF-8", ["--lang", "en", "demo"]),
        (["scheme", "--lang", "en", "list"], None, ["--lang", "en", "scheme", "list"]),
        (["scheme", "--lang=en", "list"], None, ["--lang", "en", "scheme", "list"]),
        (["--lang", "fr"], "en", ["--lang", "fr"]),
        (["scheme", "--lang"], None, ["--lang", "fr", "scheme", "--lang"]),
    ],
)
def test_the_language(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], environment: str | None, expected: list[str]
) -> None:
    if environment:
        monkeypatch.setenv("PARCHEMIN_LANG", environment)
    assert language_first(arguments) == expected


def test_a_language_that_is_not_spoken_is_a_misuse(run: Run) -> None:
    answer = run("--lang", "de", "scheme", "list")
    assert answer.code == 2
    assert "de" in answer.err


def test_the_language_may_come_anywhere(run: Run) -> None:
    assert run("scheme", "check", "--lang", "en").words == run("--lang=en", "scheme", "check").words
    assert "files sound" in run("scheme", "--lang=en", "check").words


def test_a_real_process() -> None:
    """The exit code, UTF-8 whatever the surroundings, and nothing on standard error."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PARCHEMIN_SCHEMES": SCHEMES, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "parchemin", "decide", FACTS, "--json"]
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")
    assert json.loads(ended.stdout.decode("utf-8"))["outcome"] == "not_met"


def test_a_terminal_that_cannot_show_a_sign_shows_another() -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "PARCHEMIN_SCHEMES": SCHEMES,
        "PYTHONIOENCODING": "cp1252",
    }
    command = [sys.executable, "-m", "parchemin", "decide", FACTS]
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")
    assert "? Jury" in ended.stdout.decode("cp1252")
