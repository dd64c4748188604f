"""Every kind of entry that the records write in the journal is told in words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import parchemin
from parchemin.web.shared import events

SOURCES = Path(parchemin.__file__).parent
WRITERS = {
    "append": "",
    "note": "candidacy.",
    "_note": "candidacy.",
    "note_file": "candidacy.",
    "note_jury": "jury.",
    "note_award": "award.",
    "note_transmission": "transmission.",
    "note_recommendation": "recommendation.",
    "_note_pool": "jury.",
    "_noted": "reminder.",
}
"""What writes in the journal, and what the kind it is given is preceded by."""


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def said(value: ast.expr, inside: ast.FunctionDef) -> Iterator[str]:
    """The patterns of the kinds that an expression may give; nothing for what the function itself was given."""
    if isinstance(value, ast.Constant):
        yield re.escape(str(value.value))
    elif isinstance(value, ast.IfExp):
        yield from said(value.body, inside)
        yield from said(value.orelse, inside)
    elif isinstance(value, ast.JoinedStr):
        parts = [re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"\w+" for one in value.values]
        yield "".join(parts)
    elif isinstance(value, ast.Name):
        for one in ast.walk(inside):
            if isinstance(one, ast.Assign) and any(isinstance(t, ast.Name) and t.id == value.id for t in one.targets):
                yield from said(one.value, inside)


def written() -> Iterator[tuple[str, str]]:
    """Where something is written in the journal, and the pattern of its kind."""
    for path in SOURCES.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef) or function.name in WRITERS:
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and (writer := called(call)) in WRITERS:
                    named = [one.value for one in call.keywords if one.arg == "kind"]
                    place = 0 if writer == "_noted" else 1
                    for value in named or call.args[place : place + 1]:
                        for pattern in said(value, function):
                            yield f"{path.name}:{call.lineno}", WRITERS[writer] + pattern


def test_every_kind_that_is_written_has_its_words() -> None:
    known = events.kinds()
    found = list(written())
    assert len(found) > 80
    untold = {where: pattern for where, pattern in found if not any(re.fullmatch(pattern, kind) for kind in known)}
    assert not untold


def test_every_word_is_of_a_kind_that_is_written() -> None:
    patterns = [pattern for _where, pattern in written()]
    assert not [kind for kind in events.kinds() if not any(re.fullmatch(pattern, kind) for pattern in patterns)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_are_words_and_tell_kinds_apart(language: str) -> None:
    with translation.override(language):
        told = list(events.kinds().values())
    assert len(set(told)) == len(told)
    assert not [one for one in told if "." in one or "_" in one]


def test_what_was_found_is_said() -> None:
    assert events.words("candidacy.statement_verified", {"is_true": False}) == "Déclaration reconnue inexacte"
    assert events.words("candidacy.admissibility_decided", {"is_favourable": True}) == "Recevabilité accordée"
    assert events.words("candidacy.experience_saved", {"attestations_lost": 1}).startswith("Activité modifiée")
    assert events.words("something.else", {}) == "something.else"
