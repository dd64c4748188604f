"""French communes since 1943, by code and by name, from the official geographic code (INSEE)."""

import gzip
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from heapq import merge
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

from parchemin.catalogue.birthplaces.folding import folded, plain

OVERSEAS = ("97", "98")
ARTICLES = ("le", "la", "les", "l")
ARTICLE = re.compile(rf"({'|'.join(ARTICLES)}) (?=.)")
"""Set apart in the text that is searched (« le|havre »), so that « havre » finds Le Havre too."""
NUMBERED = re.compile(r"(.+) (\d\d|2[ab]|9[78]\d)")
"""A name followed by the number of a department or overseas territory."""
CODE = re.compile(r"\d[\dab]\d{3}", re.ASCII)
DISTRICTS = {"75": (75100, 20), "69": (69380, 9), "13": (13200, 16)}
"""Before the first district of Paris, Lyon and Marseille, and how many: 75011 is written for the eleventh, 75111."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune under one of its names; ``from_`` None: before 1943, ``until`` None: still there, both included.

    ``inhabitants`` are those of the same place today, 0 when it is no commune any more: they serve to rank.
    """

    code: str
    name: str
    from_: date | None = None
    until: date | None = None
    inhabitants: int = 0

    @property
    def department(self) -> str:
        """The number of its department or overseas territory."""
        return self.code[:3] if self.code.startswith(OVERSEAS) else self.code[:2]

    @property
    def label(self) -> str:
        """How it is told apart from others of the same name: « Nantes (44) »."""
        return f"{self.name} ({self.department})"

    def existed(self, on: date) -> bool:
        """Whether it bore that name and code that day."""
        return (self.from_ is None or self.from_ <= on) and (self.until is None or on <= self.until)


class Register(NamedTuple):
    """The file in memory: its lines, the largest commune first, and the same in one text, folded."""

    lines: list[str]
    text: str
    starts: "array[int]"


def commune(code: str, on: date | None = None) -> Commune | None:
    """The commune of that code as it was that day; as it was last, without a day or when none was known that day."""
    known = _coded(code.strip().upper())
    then = [one for one in known if one.existed(on)] if on else []
    return (then or known or (None,))[-1]


def commune_then(one: Commune, on: date) -> Commune | None:
    """The same place under the code that it had that day, when only its department changed since; None otherwise.

    Antony is 92002 since 1968 and was 75002 before.
    """
    near = communes_like(one.name, limit=50, on=on)
    same = [
        other
        for other in near
        if other.existed(on) and other.name == one.name and 0 < other.inhabitants == one.inhabitants
    ]
    return same[0] if len(same) == 1 else None


def communes_like(text: str, *, limit: int = 8, on: date | None = None) -> list[Commune]:
    """At most ``limit`` communes of that name, then beginning so, then with a word beginning so, the largest first.

    Of equal rank, those that existed ``on`` that day come first, or those still there without a day. Case, accents,
    hyphens, articles and « St » do not matter. « paris 75 » keeps to a department; a code finds its commune.
    """
    wanted = folded(text)
    if CODE.fullmatch(wanted):
        return _numbered(wanted.upper(), on)[:limit]
    numbered = NUMBERED.fullmatch(wanted)
    found = _found(numbered[1], numbered[2], limit, on) if numbered else []
    return found or _found(wanted, "", limit, on)


def _numbered(code: str, on: date | None) -> list[Commune]:
    """The commune of that code; and the district of a large town when it is its postcode."""
    first, count = DISTRICTS.get(code[:2], (0, 0))
    rank = int(code[2:])
    district = commune(str(first + rank)) if 1 <= rank <= count else None
    return [one for one in (commune(code, on), district) if one]


def _found(wanted: str, department: str, limit: int, on: date | None) -> list[Commune]:
    if not wanted or limit < 1:
        return []
    article = ARTICLE.match(wanted)
    begun = [f"\n{article[1]}|{wanted[article.end() :]}" if article else f"|{wanted}"]
    open_ = [f"\n{wanted}"] if wanted in ARTICLES else []
    found: dict[tuple[str, str], Commune] = {}
    for needles in ([f"{one};" for one in begun], begun + open_, [f" {wanted}"]):
        rest: dict[tuple[str, str], Commune] = {}
        for one in _holding(needles, department):
            key = (one.code, one.name)
            if one.existed(on) if on else one.until is None:
                found.setdefault(key, one)
            elif len(rest) < limit:
                rest.setdefault(key, one)
            if len(found) >= limit:
                return list(found.values())
        for key, one in rest.items():
            found.setdefault(key, one)
    return list(found.values())[:limit]


def _holding(needles: Iterable[str], department: str) -> Iterator[Commune]:
    """The communes whose line holds one of these, in the order of the file."""
    register, last = _register(), -1
    for at in merge(*(_places(register.text, needle, department and f";{department}") for needle in needles)):
        line_at = bisect_right(register.starts, at) - 1
        if line_at != last:
            last = line_at
            yield _read(register.lines[line_at])


def _places(text: str, needle: str, code: str = "") -> Iterator[int]:
    """Where it is, in the lines whose code begins so."""
    at = text.find(needle)
    while at >= 0:
        if not code or text.startswith(code, text.find(";", at)):
            yield at
        at = text.find(needle, at + 1)


@lru_cache(maxsize=1024)
def _coded(code: str) -> tuple[Commune, ...]:
    """Every name of that code, the last one last."""
    if not CODE.fullmatch(code.lower()):
        return ()
    register = _register()
    at_lines = (bisect_right(register.starts, at) - 1 for at in _places(register.text, f";{code.lower()};"))
    return tuple(sorted((_read(register.lines[at]) for at in at_lines), key=lambda one: one.from_ or date.min))


def _read(line: str) -> Commune:
    name, code, first, last, count = line.split(";")
    return Commune(code, name, _day(first), _day(last), int(count or 0))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _register() -> Register:
    packed = (files(__package__) / "communes.csv.gz").read_bytes()
    content = gzip.decompress(packed).decode()
    text = plain(f"\n{content}").replace("  ", " ").replace("  ", " ").replace("\n", "\n|")
    for article in ARTICLES:
        text = text.replace(f"\n|{article} ", f"\n{article}|")
    starts = array("I", accumulate((len(one) + 1 for one in text[1:].splitlines()), initial=0))
    return Register(content.splitlines(), text, starts)
