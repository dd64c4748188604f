"""What a document holds once read, the limits it is read within, and what stops a reading."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from parchemin.edges.documents.kinds import MEDIA, Family, Kind
from parchemin.edges.documents.problems import SENTENCES, UploadProblem, Value

MEGA = 1024 * 1024
UNREADABLE = frozenset({"empty", "truncated", "broken", "crashed", "too_slow", "encrypted", "blank_document"})
"""The refusals after which nobody could have read the document."""

REWRITE = "rewrite"
"""The task of writing a picture anew; those that look are named after a kind or a family."""
ATTACHED = "attached"
"""The task of reading the texts attached to a PDF."""
REFUSED = 3
"""The exit code of a refusal by the tasks whose answer is not a reading."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What is accepted, and how much work a document may ask for. Sizes in bytes, times in seconds."""

    kinds: frozenset[Kind] = frozenset(Kind)
    max_bytes: int = 25 * MEGA
    max_media_bytes: int = 300 * MEGA
    max_pages: int = 1_000
    max_characters: int = 5_000_000
    max_pixels: int = 64_000_000
    max_entries: int = 5_000
    max_unpacked_bytes: int = 400 * MEGA
    max_ratio: int = 150
    free_ratio_bytes: int = 20 * MEGA
    seconds: int = 10
    memory_bytes: int = 1024 * MEGA

    def bytes_for(self, found: Kind | Family) -> int:
        """The greatest size of a file that begins like that."""
        return self.max_media_bytes if found in MEDIA or found is Family.MOVIE else self.max_bytes

    def to_json(self) -> str:
        """The limits a reader applies, as text."""
        return json.dumps({key: value for key, value in asdict(self).items() if key != "kinds"})

    @classmethod
    def from_json(cls, text: str) -> "Limits":
        """The limits from ``to_json``, whatever kinds were accepted."""
        return cls(**json.loads(text))


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a reader found; None for what it cannot know. ``seconds`` is to the nearest second."""

    kind: Kind | None
    pages: int | None = None
    pages_are_declared: bool = False
    characters: int | None = None
    characters_are_partial: bool = False
    seconds: int | None = None
    is_readable: bool | None = None
    problems: tuple[UploadProblem, ...] = ()

    def to_json(self) -> str:
        """The reading as text."""
        found = {key: getattr(self, key) for key in self.__dataclass_fields__ if key != "problems"}
        return json.dumps({**found, "problems": [[p.code, dict(p.values)] for p in self.problems]})

    @classmethod
    def from_json(cls, text: bytes) -> "Reading":
        """The reading from ``to_json``; ValueError when the text is not one: its writer met a hostile file."""
        found = json.loads(text)
        if not isinstance(found, dict) or set(found) != set(cls.__dataclass_fields__):
            raise ValueError("not a reading")
        kind = found["kind"]
        return cls(
            kind=None if kind is None else Kind(kind),
            pages=_count(found["pages"]),
            pages_are_declared=found["pages_are_declared"] is True,
            characters=_count(found["characters"]),
            characters_are_partial=found["characters_are_partial"] is True,
            seconds=_count(found["seconds"]),
            is_readable=None if found["is_readable"] is None else found["is_readable"] is True,
            problems=tuple(_problem(*pair) for pair in found["problems"]),
        )


def _count(value: Any) -> int | None:
    if value is None or (type(value) is int and value >= 0):
        return value
    raise ValueError("not a count")


def _problem(code: Any, values: Any) -> UploadProblem:
    if code not in SENTENCES or not isinstance(values, dict):
        raise ValueError("not a problem")
    kept: dict[str, Value] = {str(key): value for key, value in values.items() if type(value) in (str, int)}
    found = UploadProblem(code, kept)
    try:
        found.sentence("fr"), found.sentence("en")
    except KeyError as missing:
        raise ValueError("a problem without its values") from missing
    return found


def shown(text: str, longest: int = 60) -> str:
    """A name found in a document, fit to stand in a sentence: printable and short."""
    kept = "".join(character for character in text if character.isprintable())
    return kept if len(kept) <= longest else f"{kept[: longest - 1]}…"
