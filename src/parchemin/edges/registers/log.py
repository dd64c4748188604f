"""An append-only log kept as the hashes of its complete subtrees; every question costs a number of reads that grows
with the logarithm of its size.

The tree of n leaves is the one of RFC 9162, section 2.1. The node (level, rank) is the hash of the leaves from
``rank << level`` to before ``(rank + 1) << level``; it is kept once all of them are there and never changes after.
n leaves make fewer than 2 n nodes.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from parchemin.edges.registers.merkle import (
    EMPTY_ROOT,
    HASH_LENGTH,
    Span,
    consistency_spans,
    folded,
    inclusion_spans,
    leaf_hash,
    node_hash,
    peaks,
)
from parchemin.edges.registers.problems import RegisterError

BATCH = 1 << 14
"""How many leaves are hashed before their nodes are handed over to be kept."""

Place = tuple[int, int]
"""A level, 0 for leaves, and a rank in this level."""


class Node(NamedTuple):
    """The hash of a complete subtree and where it stands: a row of the table that keeps them."""

    level: int
    rank: int
    hash: bytes


class Nodes(Protocol):
    """Where nodes are kept: one table (level, rank, hash), unique on (level, rank), rows added and never changed.

    Two appends must not run at once: the caller locks, or lets the unique constraint refuse the second.
    """

    def read(self, places: Sequence[Place]) -> Mapping[Place, bytes]:
        """The hashes kept at those places, in one query; places where nothing is kept are left out.

        There are at most 1024 of them, on at most 64 levels: ask for the ranks of each level together.
        """
        ...

    def append(self, nodes: Sequence[Node]) -> None:
        """Keep new nodes, in one bulk insertion."""
        ...


class MemoryNodes:
    """Nodes kept in memory, 32 bytes each: for tests, command lines and audits."""

    def __init__(self) -> None:
        self._levels: list[bytearray] = []

    def read(self, places: Sequence[Place]) -> Mapping[Place, bytes]:
        """The hashes at those places."""
        found = {}
        for level, rank in places:
            kept = self._levels[level] if level < len(self._levels) else b""
            if hash := bytes(kept[rank * HASH_LENGTH : (rank + 1) * HASH_LENGTH]):
                found[level, rank] = hash
        return found

    def append(self, nodes: Sequence[Node]) -> None:
        """Keep new nodes, each after those of its level; ValueError when one is not the next."""
        for level, rank, hash in nodes:
            while level >= len(self._levels):
                self._levels.append(bytearray())
            if len(self._levels[level]) != rank * HASH_LENGTH:
                raise ValueError(f"the next node of level {level} is not {rank}")
            self._levels[level] += hash


class Growth:
    """A tree that grows: only its size and the last complete node of each level are held."""

    def __init__(self, size: int = 0, last: Mapping[int, bytes] | None = None) -> None:
        self.size = size
        self._last = dict(last or {})

    def add(self, leaves: Sequence[bytes]) -> list[Node]:
        """Add leaves by their hashes; every node they complete, level by level."""
        first, level, hashes = self.size, 0, list(leaves)
        made: list[Node] = []
        self.size += len(hashes)
        while hashes:
            made += [Node(level, rank, hash) for rank, hash in enumerate(hashes, first)]
            paired = [self._last[level], *hashes] if first & 1 else hashes
            self._last[level] = hashes[-1]
            hashes = [node_hash(left, right) for left, right in zip(paired[::2], paired[1::2], strict=False)]
            first, level = first >> 1, level + 1
        return made

    @property
    def root(self) -> bytes:
        """The root of the tree at its present size."""
        levels = [level for level in range(self.size.bit_length() - 1, -1, -1) if self.size >> level & 1]
        return folded([self._last[level] for level in levels]) if levels else EMPTY_ROOT


def append(nodes: Nodes, size: int, contents: Iterable[bytes]) -> int:
    """Add leaves after the ``size`` that are there; the new size.

    Each batch costs one insertion, and the first one reading of at most one node a level. ``contents`` may be a
    stream of any length. RegisterError ``node_missing`` when ``nodes`` does not hold a tree of ``size`` leaves.
    """
    growth = resumed(nodes, size)
    stream = iter(contents)
    while batch := [leaf_hash(content) for content in islice(stream, BATCH)]:
        nodes.append(growth.add(batch))
    return growth.size


def resumed(nodes: Nodes, size: int) -> Growth:
    """The tree of the first ``size`` leaves, ready to grow."""
    places = list(peaks(Span(0, size)))
    found = _read(nodes, places)
    return Growth(size, {level: found[level, rank] for level, rank in places})


def root(nodes: Nodes, size: int) -> bytes:
    """The root of the tree of the first ``size`` leaves (RFC 9162, section 2.1.1)."""
    return resumed(nodes, size).root


def inclusion_path(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """What proves that the leaf at ``index`` is in the tree of the first ``size`` leaves (RFC 9162, section 2.1.3.1).

    One reading of at most two nodes a level. RegisterError ``no_such_entry`` when the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise RegisterError("no_such_entry", index=index, size=size)
    return _hashes(nodes, inclusion_spans(index, size))


def consistency_path(nodes: Nodes, first: int, second: int) -> list[bytes]:
    """What proves that the tree of ``second`` leaves extends that of ``first`` (RFC 9162, section 2.1.4.1).

    Empty when ``first`` is 0 or both are the same. RegisterError ``no_such_size`` when ``first`` is the greater.
    """
    if not 0 <= first <= second:
        raise RegisterError("no_such_size", first=first, second=second)
    return _hashes(nodes, consistency_spans(first, second)) if first else []


def _hashes(nodes: Nodes, spans: Sequence[Span]) -> list[bytes]:
    places = [list(peaks(span)) for span in spans]
    found = _read(nodes, [place for group in places for place in group])
    return [folded([found[place] for place in group]) for group in places]


def _read(nodes: Nodes, places: Sequence[Place]) -> Mapping[Place, bytes]:
    found = nodes.read(places) if places else {}
    for level, rank in places:
        if (level, rank) not in found:
            raise RegisterError("node_missing", level=level, rank=rank)
    return found
