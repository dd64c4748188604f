"""The hashes of a Merkle tree and what proves something about it; no storage.

Source: RFC 9162, section 2.1 (the same hashes as RFC 6962, section 2.1). SHA-256; a leaf is hashed after the byte
0x00 and a pair of nodes after 0x01, so that neither can be taken for the other.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

HASH_LENGTH = 32
EMPTY_ROOT = sha256().digest()
"""The root of a tree without leaves (RFC 9162, section 2.1.1)."""


class Span(NamedTuple):
    """The leaves from ``begin`` to before ``end``, whose hash stands in a proof."""

    begin: int
    end: int


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf (RFC 9162, section 2.1.1)."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side (RFC 9162, section 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The spans whose hashes prove that a leaf is in a tree, from the leaf's neighbour up (RFC 9162, 2.1.3.1)."""
    begin, end, spans = 0, size, []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            spans.append(Span(middle, end))
            end = middle
        else:
            spans.append(Span(begin, middle))
            begin = middle
    return spans[::-1]


def consistency_spans(first: int, second: int) -> list[Span]:
    """The spans whose hashes prove that a tree extends a smaller one, 0 < first <= second (RFC 9162, 2.1.4.1)."""
    begin, end, spans, is_known = 0, second, [], True
    while first != end:
        middle = begin + _split(end - begin)
        if first <= middle:
            spans.append(Span(middle, end))
            end = middle
        else:
            spans.append(Span(begin, middle))
            begin, is_known = middle, False
    return [*([] if is_known else [Span(begin, end)]), *spans[::-1]]


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether ``path`` shows that the leaf of that hash is at ``index`` in the tree of ``size`` leaves and that root.

    Never raises on a hostile proof. Source: RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size or not _are_hashes(leaf, root, *path):
        return False
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether ``path`` shows that the second tree extends the first: same leaves, and more after them.

    An empty tree is extended by any, with an empty path. Never raises on a hostile proof. Source: RFC 9162, 2.1.4.2.
    """
    if not 0 <= first <= second or not _are_hashes(first_root, second_root, *path):
        return False
    if first in (0, second):
        return not path and first_root == (EMPTY_ROOT if first == 0 else second_root)
    hashes = iter(path)
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    start = next(hashes, None) if place else first_root
    if start is None:
        return False
    older = newer = start
    for sibling in hashes:
        if last == 0:
            return False
        if place & 1 or place == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            newer = node_hash(newer, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and older == first_root and newer == second_root


def peaks(span: Span) -> Iterator[tuple[int, int]]:
    """The complete subtrees a span of a proof is made of, as (level, index), from left to right."""
    begin, length = span.begin, span.end - span.begin
    for level in range(length.bit_length() - 1, -1, -1):
        if length >> level & 1:
            yield level, begin >> level
            begin += 1 << level


def folded(hashes: Sequence[bytes]) -> bytes:
    """The hash of neighbouring complete subtrees, given from left to right and from large to small."""
    whole = hashes[-1]
    for left in hashes[-2::-1]:
        whole = node_hash(left, whole)
    return whole


def _split(length: int) -> int:
    return 1 << (length - 1).bit_length() - 1


def _are_hashes(*hashes: bytes) -> bool:
    return all(len(one) == HASH_LENGTH for one in hashes)
