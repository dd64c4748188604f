"""Verifying that nobody rewrote the journal: every hash, every link, every number, the head, and a published anchor."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import DatabaseError

from parchemin.core.errors import Misuse
from parchemin.records.journal.chain import START, Content, hash_of
from parchemin.records.journal.models import Entry, Head

BATCH = 500
FIELDS = (
    "number", "recorded_at", "occurred_at", "kind", "actor", "subject",
    "details_text", "decision_text", "scheme_digest", "previous", "hash",
)  # fmt: skip
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, DatabaseError)


class Why(StrEnum):
    """What is wrong with the first broken entry."""

    UNREADABLE = "unreadable"  # a value is not of the type of its field
    HASH = "hash"  # its content does not give its hash
    LINK = "link"  # it does not hold the hash of the entry before: that one was rewritten, or this one
    MISSING = "missing"  # no entry has this number
    CUT = "cut"  # nor any from this number to the head
    STRAY = "stray"  # its number is below 1, or beyond the head
    HEAD = "head"  # the head does not hold the hash of this last entry, or there is no head
    ANCHOR = "anchor"  # it does not have the hash that was published for it, or does not exist


class Anchor(NamedTuple):
    """The number and the hash of an entry, to be published where nobody can change both; 0 for an empty journal."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first broken entry: its number, why, and the hash that was ``expected`` and ``found`` ("" when none)."""

    number: int
    why: Why
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were verified and found whole, the head as it was then, and the first fault, if any."""

    entries: int
    head: Anchor
    fault: Fault | None

    @property
    def is_whole(self) -> bool:
        """Whether no fault was found."""
        return self.fault is None


def head() -> Anchor:
    """The number and the hash of the last entry; 0 and 64 zeros when nothing was ever written."""
    return _head() or Anchor(0, START)


def verify(from_number: int = 1, *, anchor: Anchor | None = None) -> Verdict:
    """The first fault of the journal from a number on, read in batches: memory does not grow with the journal.

    The entry before ``from_number`` is trusted. ``anchor`` is one that ``head`` gave earlier: it alone shows a chain
    rewritten whole; verification starts there when it is earlier. Entries written meanwhile are left for next time.

    Misuse ``no_such_entry`` when ``from_number`` is below 1 or beyond the head, or the anchor's number below 0.
    """
    newest = _newest()  # before the head, which only moves on
    last = _head()
    bound = last.number if last else newest
    if not 1 <= from_number <= max(bound, 1):
        raise Misuse("no_such_entry", number=from_number)
    if anchor is not None and anchor.number < 0:
        raise Misuse("no_such_entry", number=anchor.number)
    walk = _Walk(min(from_number, max(anchor.number, 1)) if anchor else from_number, bound, anchor)
    fault = walk.fault() or _end(walk, last, newest)
    return Verdict(walk.verified, last or Anchor(0, START), fault)


def _end(walk: "_Walk", last: Anchor | None, newest: int) -> Fault | None:
    """What is wrong past the last entry, all entries up to the bound being whole."""
    if last is None:
        return Fault(newest, Why.HEAD, expected=walk.hash) if newest else walk.anchor_beyond()
    if walk.hash != last.hash:
        return Fault(last.number, Why.HEAD, expected=walk.hash, found=last.hash)
    if newest > last.number:
        return Fault(last.number + 1, Why.STRAY)
    return walk.anchor_beyond()


class _Walk:
    """One pass over the entries from a number to a bound, both included."""

    def __init__(self, first: int, bound: int, anchor: Anchor | None) -> None:
        self.first, self.bound, self.anchor = first, bound, anchor
        self.verified = 0
        self.hash = START

    def fault(self) -> Fault | None:
        """The first fault up to the bound; ``hash`` and ``verified`` tell how far the walk went."""
        if self.first > 1:
            before = Entry.objects.filter(number=self.first - 1).values_list("hash", flat=True).first()
            if before is None:
                return Fault(self.first - 1, Why.MISSING)
            self.hash = before
        expected = self.first
        for row in _rows(None if self.first == 1 else self.first - 1, self.bound):
            found = row if isinstance(row, Fault) else self._fault_of(row, expected)
            if found:
                return found
            expected += 1
            self.verified += 1
        return Fault(expected, Why.CUT) if expected <= self.bound else None

    def anchor_beyond(self) -> Fault | None:
        """The fault of an anchor that lies past the last entry, or of one taken on an empty journal."""
        if self.anchor is None or 1 <= self.anchor.number <= self.bound:
            return None
        expected = START if self.anchor.number == 0 else ""
        if self.anchor.hash == expected:
            return None
        return Fault(self.anchor.number, Why.ANCHOR, expected=self.anchor.hash, found=expected)

    def _fault_of(self, row: tuple[Any, ...], expected: int) -> Fault | None:
        content, stored = Content(*row[:-1]), row[-1]
        if content.number != expected:
            return Fault(expected, Why.MISSING) if content.number > expected else Fault(content.number, Why.STRAY)
        try:
            made = hash_of(content)
        except UNREADABLE:
            return Fault(expected, Why.UNREADABLE)
        if made != stored:
            return Fault(expected, Why.HASH, expected=made, found=str(stored))
        if content.previous != self.hash:
            return Fault(expected, Why.LINK, expected=self.hash, found=content.previous)
        if self.anchor and self.anchor.number == expected and self.anchor.hash != stored:
            return Fault(expected, Why.ANCHOR, expected=self.anchor.hash, found=stored)
        self.hash = stored
        return None


def _head() -> Anchor | None:
    row = Head.objects.values_list("number", "hash").first()
    return Anchor(*row) if row else None


def _newest() -> int:
    """The highest number, 0 without entries; beyond any other when SQLite holds something that is no number."""
    number: object = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return number if isinstance(number, int) else sys.maxsize


def _rows(after: int | None, bound: int) -> Iterator[tuple[Any, ...] | Fault]:
    """The entries after a number (all if None) up to the bound; a Fault in place of an unreadable one."""
    entries = Entry.objects.filter(number__lte=bound).order_by("number")
    while True:
        batch = entries if after is None else entries.filter(number__gt=after)
        numbers = list(batch.values_list("number", flat=True)[:BATCH])
        if not numbers:
            return
        try:
            rows = list(batch.filter(number__lte=numbers[-1]).values_list(*FIELDS))
        except UNREADABLE:
            yield from _one_by_one(numbers)
            return
        yield from rows
        after = numbers[-1]


def _one_by_one(numbers: list[int]) -> Iterator[tuple[Any, ...] | Fault]:
    for number in numbers:
        try:
            yield Entry.objects.values_list(*FIELDS).get(number=number)
        except UNREADABLE:
            yield Fault(number, Why.UNREADABLE)
