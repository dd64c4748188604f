"""What may stand on paper: text without controls, and only what the embedded fonts can draw."""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from parchemin.fonts import FONTS, MONO, SERIF

MISSING = "□"
BREAK = "\u200b"
LONGEST, LONGEST_ID = 40, 80
"""A longer word may be cut at the end of a line on paper; what is an id has lines that hold more."""
JOINERS = "\u200c\u200d"
LINES = re.compile("\r\n?|[\u0085\u2028\u2029\v\f]")
SPACES = re.compile("[ \t\n]+")


def cleaned(text: str) -> str:
    """The text composed (NFC), lines ended by a newline, without control, direction or broken characters."""
    kept = []
    for character in LINES.sub("\n", text).replace("\t", " "):
        category = unicodedata.category(character)
        if character == "\n" or character in JOINERS or category not in ("Cc", "Cf", "Cs"):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def on_one_line(text: str) -> str:
    """The cleaned text with one plain space wherever there were several or a line ended."""
    return SPACES.sub(" ", cleaned(text)).strip(" ")


def printable(text: str) -> str:
    """The text as the fonts can draw it: what they lack is decomposed or, at worst, shown as □."""
    drawn = drawable()
    if not all(character in drawn for character in text):
        text = "".join(_drawn(character, drawn) for character in text)
    return text


def unprintable(tree: Any) -> set[str]:
    """The characters that paper shows as □ in the texts of a tree of JSON values."""
    if isinstance(tree, str):
        return {one for one in set(tree) - drawable() if _drawn(one, drawable()) == MISSING}
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, list | tuple):
        return set().union(*map(unprintable, tree))
    return set()


def breakable(text: str, longest: int = LONGEST) -> str:
    """The text with places to break the line inside words of more than ``longest`` characters."""
    half = longest // 2
    return re.sub(rf"[^\s{BREAK}]{{{longest + 1},}}", lambda word: BREAK.join(_chunks(word[0], half)), text)


def for_paper(tree: Any, longest: int = LONGEST) -> Any:
    """Every text of a tree of JSON values, printable and breakable."""
    if isinstance(tree, str):
        return breakable(printable(tree), longest)
    if isinstance(tree, dict):
        return {key: for_paper(value, LONGEST_ID if key == "rule" else LONGEST) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [for_paper(value, longest) for value in tree]
    return tree


@cache
def drawable() -> frozenset[str]:
    """What paper can show: characters of all faces of the serif, and of the mono that stands in for it."""
    return in_serif() | frozenset(covered((FONTS / MONO).read_bytes())) | {"\n"}


@cache
def in_serif() -> frozenset[str]:
    """The characters that every face of the serif has."""
    return frozenset.intersection(*(frozenset(covered((FONTS / name).read_bytes())) for name in SERIF))


def covered(font: bytes) -> Iterator[str]:
    """The characters a font file has a glyph for, from its full Unicode table (cmap format 12)."""
    tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in _records(font, 4, 12, 16)}
    cmap = tables[b"cmap"]
    for at in _records(font, cmap + 2, cmap + 4, 8):
        subtable = cmap + struct.unpack_from(">I", font, at + 4)[0]
        if struct.unpack_from(">H", font, subtable)[0] == 12:
            (groups,) = struct.unpack_from(">I", font, subtable + 12)
            for index in range(groups):
                first, last, _ = struct.unpack_from(">III", font, subtable + 16 + 12 * index)
                yield from map(chr, range(first, last + 1))
            return


def _records(font: bytes, count_at: int, first: int, size: int) -> range:
    (count,) = struct.unpack_from(">H", font, count_at)
    return range(first, first + count * size, size)


def _drawn(character: str, drawn: frozenset[str]) -> str:
    if character in drawn:
        return character
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return ""
    plain = unicodedata.normalize("NFKD", character)
    kept = "".join(one for one in plain if one in drawn)
    return kept if kept.strip() and plain != character else MISSING


def _chunks(word: str, size: int) -> Iterator[str]:
    for start in range(0, len(word), size):
        yield word[start : start + size]
