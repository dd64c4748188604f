"""The two faces of a letter, written from one page."""

from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import NamedTuple

from parchemin.core.errors import Misuse
from parchemin.edges.letters.composing import composed, subject_of
from parchemin.edges.letters.letter import Letter
from parchemin.edges.letters.paper import laid_out
from parchemin.edges.letters.plain import typed
from parchemin.fonts.characters import unprintable


class Written(NamedTuple):
    """A letter in both faces; ``unprintable`` are its characters that paper shows as □, in code point order."""

    subject: str
    text: str
    pdf: bytes
    unprintable: str


def written(letter: Letter, *, at: datetime | None = None) -> Written:
    """The letter as paper and as e-mail; ``at`` as in ``pdf``."""
    page = composed(letter)
    missing = "".join(sorted(unprintable(asdict(page))))
    return Written(subject_of(letter), typed(page), laid_out(page, _instant(letter, at)), missing)


def pdf(letter: Letter, *, at: datetime | None = None) -> bytes:
    """The letter as a tagged, archivable PDF (PDF/UA-1, PDF/A-3a).

    ``at`` is when it is written, aware of its time zone (noon UTC of the day the letter is dated when None): the same
    letter and the same instant give the same bytes. Misuse ``naive_instant`` when it has no time zone.
    """
    return laid_out(composed(letter), _instant(letter, at))


def text(letter: Letter) -> str:
    """The letter as plain text, 72 columns, with the same words as on paper."""
    return typed(composed(letter))


def subject(letter: Letter) -> str:
    """The subject of the e-mail, on one line."""
    return subject_of(letter)


def _instant(letter: Letter, at: datetime | None) -> datetime:
    if at and at.tzinfo is None:
        raise Misuse("naive_instant", at=at.isoformat())
    return at or datetime.combine(letter.dated_on, time(12), UTC)
