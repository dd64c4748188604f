"""The command line as a whole: help, language, misuse, and a real process."""

import json
import os
import subprocess
import sys
from itertools import product

import pytest

from parchemin.cli.main import chosen_language
from tests.cli.running import FACTS, SCHEMES, Run
from tests.samples import ID, ROOT

COMMANDS = [
    (), ("scheme",), ("case",), ("decide",), ("demo",), ("case", "test"),
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
    ("arguments", "environment", "language"),
    [
        ([], None, "fr"),
        ([], "en", "en"),
        ([], "fr_FR", "fr"),
        (["--lang", "en"], None, "en"),
        (["--lang=en"], None, "en"),
        (["--lang", "fr"], "en", "fr"),
        (["scheme", "--lang"], None, "fr"),
    ],
)
def test_the_language(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], environment: str | None, language: str
) -> None:
    if environment:
        monkeypatch.setenv("PARCHEMIN_LANG", environment)
    assert chosen_language(arguments) == language


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
