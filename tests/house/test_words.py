"""No certification is named in Python: its words live in its files alone."""

import re
from functools import cache
from pathlib import Path

import pytest

from parchemin.catalogue.reading import Node, read_file
from tests.samples import FIXTURES, ROOT, SCHEMES

SOURCES = sorted((ROOT / "src/parchemin").rglob("*.py"))
ORDINARY = {
    "vae",
    "jury",
    "candidat",
    "formation",
    "certification",
    "formateur",
    "code du travail",
    "règles respectées",
}
"""Everybody's words: the law's and the trade's, which the five documents use too."""
BORROWED = ("RS256", "RNCP1", "A1", "A2", "B1", "B2", "C1", "C2")
"""Words of outside parties that look like codes of parts: an algorithm, any code, the European levels of languages."""


def titles(node: Node | None, *keys: str) -> set[str]:
    """The texts under those keys, of each item of a list or of a mapping."""
    items = [] if node is None else [*node.items, *node.mapping.values()]
    found: set[str] = set()
    for item in items:
        for key in keys:
            value = item.get(key)
            texts = [] if value is None else [value, *value.items]
            found |= {text.value for text in texts if isinstance(text.value, str)}
    return found - {"unknown"}


@cache
def words() -> frozenset[str]:
    """What would give a certification away: ids, titles, codes, bodies and their other names."""
    found: set[str] = set()
    for root in (SCHEMES, FIXTURES / "schemes"):
        for path in root.glob("*/*/scheme.yaml"):
            scheme = read_file(path, path.name)[0]
            frame = read_file(path.with_name("framework.yaml"), "framework.yaml")[0]
            found |= {path.parts[-3], str(scheme.mapping["title"].value)}
            found |= titles(scheme.get("registrations"), "code", "text", "title")
            found |= titles(scheme.get("bodies"), "title", "aliases")
            found |= titles(scheme.get("routes"), "title") | titles(scheme.get("juries"), "title")
            found |= titles(scheme.get("methods"), "title") | titles(scheme.get("documents"), "title", "aliases")
            found |= titles(scheme.get("sources"), "title")
            for section in (
                "activities",
                "blocks",
                "competences",
                "criteria",
                "learnings",
                "capabilities",
                "functions",
            ):
                found |= titles(frame.get(section), "title")
    return frozenset(word.strip() for word in found if len(word.strip()) >= 4 and word.strip().lower() not in ORDINARY)


def named_in(text: str) -> list[str]:
    """The names of certifications, bodies, parts or texts in a text.

    A single ordinary word, such as the title of a document, is everybody's; a name of several words or a code is not.
    """
    folded = text.casefold()
    found = [word for word in words() if word.casefold() in folded]
    whole = [word for word in found if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)]
    return [word for word in whole if re.search(r"[ \-\d]", word) or word.isupper()]


def test_there_are_words_to_look_for() -> None:
    assert len(words()) > 300
    ids = {path.name for path in SCHEMES.iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert len(ids) == 5
    for id in ids:
        assert named_in(f'if scheme.id == "{id}":') == [id]


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_no_python_file_names_a_certification(path: Path) -> None:
    assert named_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_no_python_file_compares_with_the_code_of_a_part(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for word in BORROWED if "edges" in path.parts else ():
        text = text.replace(f'"{word}"', "")
    assert not re.findall(r"[\"'](?:RNCP\d+\w*|RS\d+|BC\d\d|UE\d\d|[ABC]\d{1,2}(?:-C\d)?)[\"']", text)
