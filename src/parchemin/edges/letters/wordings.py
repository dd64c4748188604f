"""The standard words of each kind of letter, filled with what is known of this one."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

from parchemin.core.errors import Misuse
from parchemin.edges.letters.labels import day
from parchemin.edges.letters.letter import Kind, Language, Paragraph, Said

TABLE = Path(__file__).with_name("wordings.toml")


class Words(NamedTuple):
    """The fields of a Letter that its kind gives: ``Letter(**standard(…)._asdict(), …)``."""

    subject: str
    opening: tuple[Paragraph, ...]
    next_steps: tuple[str, ...]
    closing: tuple[Paragraph, ...]


def standard(kind: Kind, *, language: Language, values: Mapping[str, object] | None = None) -> Words:
    """The standard words of that kind; a sentence whose value is not given (or is empty) is left out.

    ``values``: texts, and dates (a ``date`` or its ISO form) under names ending in ``_on``. Misuse ``missing_value``
    when this kind needs one, ``unknown_value`` when no letter has any use for one, ``not_a_date``.
    """
    entry = table()[kind]
    told = _told(values or {}, language)
    for name in entry.get("needs", ()):
        if name not in told:
            raise Misuse("missing_value", kind=kind.value, name=name)
    texts = entry[language]
    return Words(
        subject=_filled(texts["subject"], told) or "",
        opening=tuple(_paragraphs(texts.get("opening", ()), told)),
        next_steps=tuple(step for text in texts.get("next_steps", ()) if (step := _filled(text, told))),
        closing=tuple(_paragraphs(texts.get("closing", ()), told)),
    )


def standard_subject(kind: Kind, language: Language) -> str:
    """The subject of that kind of letter when nothing else is known."""
    return _filled(table()[kind][language]["subject"], {}) or ""


@cache
def table() -> dict[str, dict[str, Any]]:
    """The table of ``wordings.toml``, read once."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def known_values() -> frozenset[str]:
    """Every value that some sentence of the table can tell."""
    return frozenset(name for text in _texts(table()) for name in _names(text))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for inner in node.values():
            yield from _texts(inner)
    elif isinstance(node, Sequence):
        for inner in node:
            yield from _texts(inner)


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _told(values: Mapping[str, object], language: Language) -> dict[str, str]:
    told = {}
    for name, value in values.items():
        if name not in known_values():
            raise Misuse("unknown_value", name=name, known=", ".join(sorted(known_values())))
        if value is None or not str(value).strip():
            continue
        told[name] = day(_date(name, value), language) if name.endswith("_on") else str(value)
    return told


def _date(name: str, value: object) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise Misuse("not_a_date", name=name, value=value) from error


def _filled(text: str | Sequence[str], told: Mapping[str, str]) -> str | None:
    for choice in (text,) if isinstance(text, str) else text:
        if all(name in told for name in _names(choice)):
            return choice.format_map(told)
    return None


def _paragraphs(entries: Sequence[Any], told: Mapping[str, str]) -> Iterator[Paragraph]:
    for entry in entries:
        if isinstance(entry, Mapping):
            if words := _filled(entry["words"], told):
                yield Said(entry["label"], words)
        elif words := _filled(entry, told):
            yield words
