"""Every sentence that may be shown has its English, and the English says the same variables."""

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.samples import ROOT

SOURCES = ROOT / "src/parchemin"
ENGLISH = SOURCES / "locale/en/LC_MESSAGES/django.po"
TEMPLATES = sorted(SOURCES.glob("web/**/templates/**/*.html"))
MODULES = sorted(path for path in SOURCES.rglob("*.py") if path.parent.name != "migrations")
CALLED = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
"""How sentences are marked: the names called, and which of their arguments are sentences."""
VARIABLE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


@cache
def english() -> Catalog:
    with ENGLISH.open("rb") as read:
        return read_po(read, locale="en")


def sentences(path: Path) -> Iterator[str]:
    """The sentences of a file that are looked up, singular ones of pairs first."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = templatize(text)
    for _line, found, _comments, _context in extract("python", io.BytesIO(text.encode()), CALLED):
        yield found if isinstance(found, str) else found[0]


def variables(text: str) -> set[str]:
    return {found.group() for found in VARIABLE.finditer(text)}


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(SOURCES)) for path in paths]


@pytest.mark.parametrize("name", named(TEMPLATES + MODULES))
def test_every_sentence_has_its_english(name: str) -> None:
    missing = []
    for sentence in sentences(SOURCES / name):
        entry = english().get(sentence)
        told = entry.string if entry else ""
        if not (all(told) if isinstance(told, tuple) else told):
            missing.append(sentence)
    assert missing == []


def test_each_sentence_is_translated_once() -> None:
    found = re.findall(r'^msgid ((?:".*"\n?)+)', ENGLISH.read_text(encoding="utf-8"), re.MULTILINE)
    ids = ["".join(re.findall(r'"(.*)"', one)) for one in found]
    assert [one for one in ids if ids.count(one) > 1] == []


def test_the_english_says_the_same_variables() -> None:
    wrong = []
    for message in english():
        pairs = zip(texts(message.id), texts(message.string), strict=True)
        wrong += [(said, told) for said, told in pairs if told and variables(said) != variables(told)]
    assert wrong == []


def test_nothing_is_marked_as_a_guess() -> None:
    assert [message.id for message in english() if message.id and message.fuzzy] == []


def texts(value: Message | str | tuple[str, ...] | list[str] | object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]


def test_sentences_are_found_in_templates_and_in_code() -> None:
    assert "Aller au contenu" in set(sentences(SOURCES / "web/shared/templates/base.html"))
    assert "%(n)s règle remplie" in set(sentences(SOURCES / "web/shared/decisions.py"))
