"""The tree: the known answers of Certificate Transparency, and the laws of its proofs."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.edges.registers import (
    EMPTY_ROOT,
    MemoryNodes,
    Node,
    RegisterError,
    append,
    consistency_path,
    inclusion_path,
    is_consistent,
    is_included,
    leaf_hash,
    root,
)
from parchemin.edges.registers.log import BATCH, Place
from tests.edges.registers.cast import kept

INPUTS = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The roots of the first 0 to 8 inputs (the reference tree of Certificate Transparency, RFC 6962)."""

INCLUSIONS = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
]
CONSISTENCIES = [
    (1, 1, []),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
]


def plain_root(contents: Sequence[bytes]) -> bytes:
    """The root by the definition itself (RFC 9162, section 2.1.1), recursively and without any storage."""
    if len(contents) < 2:
        return sha256(b"\x00" + contents[0]).digest() if contents else sha256(b"").digest()
    middle = 1
    while 2 * middle < len(contents):
        middle *= 2
    return sha256(b"\x01" + plain_root(contents[:middle]) + plain_root(contents[middle:])).digest()


def hexed(path: Sequence[bytes]) -> list[str]:
    return [hash.hex() for hash in path]


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size: int) -> None:
    assert root(kept(INPUTS), size).hex() == ROOTS[size]
    assert root(kept(INPUTS[:size]), size).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSIONS)
def test_known_proofs_of_inclusion(index: int, size: int, path: list[str]) -> None:
    found = inclusion_path(kept(INPUTS), index, size)
    assert hexed(found) == path
    assert is_included(leaf_hash(INPUTS[index]), index, size, found, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("first", "second", "path"), CONSISTENCIES)
def test_known_proofs_of_consistency(first: int, second: int, path: list[str]) -> None:
    found = consistency_path(kept(INPUTS), first, second)
    assert hexed(found) == path
    assert is_consistent(first, bytes.fromhex(ROOTS[first]), second, bytes.fromhex(ROOTS[second]), found)


def numbered(count: int) -> list[bytes]:
    return [str(rank).encode() for rank in range(count)]


@pytest.mark.parametrize("size", range(1, 40))
def test_every_proof_of_every_small_tree_verifies(size: int) -> None:
    contents = numbered(size)
    nodes, whole = kept(contents), plain_root(contents)
    for index, content in enumerate(contents):
        path = inclusion_path(nodes, index, size)
        assert is_included(leaf_hash(content), index, size, path, whole)
        assert not is_included(leaf_hash(content + b"!"), index, size, path, whole)
        if size > 1:
            assert not is_included(leaf_hash(content), (index + 1) % size, size, path, whole)
    for first in range(size + 1):
        path = consistency_path(nodes, first, size)
        assert is_consistent(first, plain_root(contents[:first]), size, whole, path)


@given(st.integers(1, 5000), st.data())
def test_proofs_verify_and_no_altered_bit_does(size: int, data: st.DataObject) -> None:
    nodes = kept(numbered(size))
    whole = root(nodes, size)
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(nodes, index, size)
    leaf = leaf_hash(str(index).encode())
    assert is_included(leaf, index, size, path, whole)
    parts = [leaf, whole, *path]
    spoilt = flipped(parts, data)
    assert not is_included(spoilt[0], index, size, spoilt[2:], spoilt[1])
    assert not is_included(leaf, index, size, [*path, leaf], whole)
    assert not path or not is_included(leaf, index, size, path[:-1], whole)


@given(st.integers(1, 5000), st.data())
def test_extensions_verify_and_no_altered_bit_does(second: int, data: st.DataObject) -> None:
    nodes = kept(numbered(second))
    first = data.draw(st.integers(1, second))
    older, newer = root(nodes, first), root(nodes, second)
    path = consistency_path(nodes, first, second)
    assert is_consistent(first, older, second, newer, path)
    spoilt = flipped([older, newer, *path], data)
    assert not is_consistent(first, spoilt[0], second, spoilt[1], spoilt[2:])
    assert not is_consistent(first, older, second, newer, [*path, older])
    assert not path or not is_consistent(first, older, second, newer, path[:-1])
    assert first == second or not is_consistent(second, newer, first, older, path)


def flipped(parts: Sequence[bytes], data: st.DataObject) -> list[bytes]:
    """The same hashes but for one bit."""
    which = data.draw(st.integers(0, len(parts) - 1))
    bit = data.draw(st.integers(0, 255))
    number = int.from_bytes(parts[which], "big") ^ 1 << bit
    return [*parts[:which], number.to_bytes(32, "big"), *parts[which + 1 :]]


@given(st.lists(st.binary(max_size=40), max_size=60), st.data())
def test_replay_gives_the_same_root_however_entries_arrive(contents: list[bytes], data: st.DataObject) -> None:
    nodes, size = MemoryNodes(), 0
    while size < len(contents):
        count = data.draw(st.integers(1, len(contents) - size))
        size = append(nodes, size, contents[size : size + count])
    assert root(nodes, size) == plain_root(contents)
    for smaller in range(size + 1):
        assert root(nodes, smaller) == plain_root(contents[:smaller])


@given(
    st.integers(-2, 70),
    st.integers(-2, 70),
    st.lists(st.binary(max_size=33), max_size=8),
    st.binary(max_size=33),
    st.binary(max_size=33),
)
def test_no_hostile_proof_holds_or_raises(one: int, other: int, path: list[bytes], first: bytes, second: bytes) -> None:
    assert not is_included(first, one, other, path, second) or (one, other, path) == (0, 1, [])
    held = is_consistent(one, first, other, second, path)
    assert not held or (path == [] and (one == other or (one == 0 and first == EMPTY_ROOT)))


def test_an_empty_proof_proves_no_extension() -> None:
    nodes = kept(INPUTS)
    for first, second in ((1, 2), (3, 5), (4, 8), (7, 8)):
        assert not is_consistent(first, root(nodes, first), second, root(nodes, second), [])


def test_a_batch_is_no_border() -> None:
    count = BATCH + 3
    nodes = kept(numbered(count))
    assert root(nodes, count) == plain_root(numbered(count))
    path = consistency_path(nodes, BATCH - 1, count)
    assert is_consistent(BATCH - 1, root(nodes, BATCH - 1), count, root(nodes, count), path)


class CountedNodes(MemoryNodes):
    """Nodes that count what is asked of them."""

    def __init__(self) -> None:
        super().__init__()
        self.queries: list[int] = []
        self.insertions: list[int] = []

    def read(self, places: Sequence[Place]) -> Mapping[Place, bytes]:
        self.queries.append(len(places))
        return super().read(places)

    def append(self, nodes: Sequence[Node]) -> None:
        self.insertions.append(len(nodes))
        super().append(nodes)


def test_each_question_costs_one_query_of_a_few_nodes() -> None:
    nodes = CountedNodes()
    append(nodes, 0, numbered(5000))
    assert (nodes.queries, len(nodes.insertions)) == ([], 1)
    assert nodes.insertions[0] == 2 * 5000 - (5000).bit_count()
    append(nodes, 5000, [b"un de plus"])
    inclusion_path(nodes, 1234, 5001)
    consistency_path(nodes, 1234, 5001)
    root(nodes, 5001)
    assert len(nodes.queries) == 4
    assert max(nodes.queries) <= 2 * (5001).bit_length()
    assert len(nodes.insertions) == 2


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_an_entry_that_is_not_there_is_told(index: int, size: int) -> None:
    with pytest.raises(RegisterError) as refused:
        inclusion_path(kept(INPUTS), index, size)
    assert refused.value == RegisterError("no_such_entry", index=index, size=size)


@pytest.mark.parametrize(("first", "second"), [(6, 5), (-1, 5)])
def test_a_register_never_extends_a_larger_one(first: int, second: int) -> None:
    with pytest.raises(RegisterError) as refused:
        consistency_path(kept(INPUTS), first, second)
    assert refused.value.code == "no_such_size"


ASKED: dict[str, Callable[[MemoryNodes], object]] = {
    "root": lambda nodes: root(nodes, 6),
    "append": lambda nodes: append(nodes, 6, [b"x"]),
    "inclusion": lambda nodes: inclusion_path(nodes, 0, 6),
    "consistency": lambda nodes: consistency_path(nodes, 3, 6),
}


@pytest.mark.parametrize("question", ASKED)
def test_a_missing_node_is_told(question: str) -> None:
    with pytest.raises(RegisterError) as refused:
        ASKED[question](kept(INPUTS[:5]))
    assert refused.value == RegisterError("node_missing", level=1, rank=2)
    assert "niveau 1, rang 2" in refused.value.sentence("fr")


def test_memory_refuses_a_node_out_of_place() -> None:
    nodes = kept(INPUTS[:2])
    for level, index in ((0, 1), (0, 3), (1, 2), (3, 1)):
        with pytest.raises(ValueError, match=f"level {level} is not {index}"):
            nodes.append([Node(level, index, bytes(32))])
