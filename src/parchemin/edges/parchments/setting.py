"""How each text is set on paper: what is exact, what is French, dates in words; and which characters cannot be set."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from parchemin.core import words
from parchemin.edges.parchments.parchment import Language
from parchemin.edges.parchments.problems import ParchmentRefusedError
from parchemin.fonts.characters import breakable, in_serif, on_one_line
from parchemin.typography import APOSTROPHE, french

NO_BREAK = "\u00a0"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
KEPT_WHOLE = frozenset({"title", "author", "language", "alt", "logo_alt", "primary", "accent", "shown"})
NAMES = {
    "legal_name": "nom légal du certificateur",
    "trade_name": "nom commercial du certificateur",
    "place": "lieu de délivrance",
    "first_names": "prénoms",
    "name": "nom",
    "usage_name": "nom d'usage",
    "born_at": "lieu de naissance",
    "title": "intitulé",
    "decision": "texte d'enregistrement ou décision",
    "label": "libellé de spécialité",
    "number": "numéro",
    "address": "adresse de vérification",
    "chair": "présidence du jury",
    "subject": "objet d'une ligne",
    "words": "termes d'une ligne",
    "note": "observation",
    "skills": "compétences",
    "occupations": "emplois accessibles",
    "description": "voie d'accès",
    "wording": "formules de l'organisme",
}
"""How the texts of a document are called where they cannot be printed."""


@lru_cache(maxsize=4096)
def exact(text: str) -> str:
    """A name or a number on one line, without controls, otherwise as given."""
    return text if text.isascii() and text.isprintable() and "  " not in text else on_one_line(text)


@lru_cache(maxsize=4096)
def worded(text: str, language: Language = "fr") -> str:
    """A text on one line with ’ inside words, and in French with its narrow spaces; no word is changed."""
    return french(on_one_line(text)) if language == "fr" else APOSTROPHE.sub("’", on_one_line(text))


@lru_cache(maxsize=1024)
def day(value: date, language: Language = "fr") -> str:
    """The date in words, on one line: « 1er octobre 2025 », “1 October 2025”."""
    told = words.day(value) if language == "fr" else f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return told.replace(" ", NO_BREAK)


def broken(page: Any) -> Any:
    """The tree of a page with places to break the line inside its very long words; what only machines read is kept."""
    if isinstance(page, str):
        return breakable(page)
    if isinstance(page, dict):
        return {key: value if key in KEPT_WHOLE else broken(value) for key, value in page.items()}
    if isinstance(page, list | tuple):
        return [broken(value) for value in page]
    return page


def missing_characters(parchment: object) -> dict[str, str]:
    """The characters that the fonts cannot draw, by the French name of the text they stand in; empty when all can be.

    Nothing is replaced: a document with such characters is not printed.
    """
    found: dict[str, str] = {}
    for where, text in _texts(parchment, ""):
        if lacking := sorted(set(exact(text)) - in_serif()):
            name = NAMES.get(where, where)
            found[name] = "".join(sorted({*found.get(name, ""), *lacking}))
    return found


def check_characters(parchment: object) -> None:
    """Raises ParchmentRefusedError ``missing_characters`` unless every character can be drawn."""
    for where, lacking in missing_characters(parchment).items():
        told = ", ".join(f"{one} (U+{ord(one):04X})" for one in lacking)
        raise ParchmentRefusedError("missing_characters", where=where, characters=told)


def _texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one, where)
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one, where)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name), one.name)
