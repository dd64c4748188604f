"""What a jury refuses is said in a sentence; no sentence waits for what is never refused."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from parchemin.records.juries import actions
from parchemin.records.juries.errors import JuryError
from parchemin.records.juries.wordings import _sentences, sentence

ACTIONS = Path(actions.__file__).parent
VALUES = {
    "jury": "j", "state": "s", "name": "n", "seat": "s", "college": "c", "capacity": 3, "number": "1", "blocks": "b",
    "part": "p", "parts": "p", "statements": "s", "numbers": "1", "names": "n", "status": "s",
}  # fmt: skip


def raised() -> Iterator[tuple[str, frozenset[str]]]:
    """Each code that an action refuses with, and the values that go with it."""
    for path in ACTIONS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in ("JuryError", "RuledOutError"):
                values = frozenset(one.arg for one in node.keywords if one.arg)
                for one in ast.walk(node.args[0]):
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield one.value, values


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal() -> None:
    assert {code for code, _ in raised()} == set(_sentences())


def test_every_sentence_finds_its_values() -> None:
    for code, values in raised():
        told = {name: VALUES[name] for name in values}
        assert sentence(JuryError(code, **told)), code


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_is_told_apart(language: str) -> None:
    with translation.override(language):
        told = [sentence(JuryError(code, **VALUES)) for code in _sentences()]
    assert len(set(told)) == len(told) and all(one.endswith((".", ")")) for one in told)


def documented() -> Iterator[tuple[str, set[str]]]:
    """What the docstring of each action says it refuses with."""
    known = set(_sentences())
    for path in ACTIONS.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (told := ast.get_docstring(node)):
                words = set(told.replace("``", " `` ").split())
                yield node.name, words & known if "Error" in told else set()


def test_what_docstrings_say_is_refused_is_refused() -> None:
    codes = {code for code, _ in raised()}
    assert not [name for name, told in documented() if told - codes]
