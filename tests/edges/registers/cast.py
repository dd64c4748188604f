"""A small register, its keys, and its states as they were signed."""

from collections.abc import Sequence
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from parchemin.edges.registers import Checkpoint, Entry, EntryKind, MemoryNodes, Signer, append, root, signed

ORIGIN = "registre.example.org/parchemin"
SIGNER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
KEY = SIGNER.public
DAY = date(2026, 6, 15)


def entry(number: int, **changes: object) -> Entry:
    """An award of some day, or what is asked."""
    told: dict[str, object] = {
        "kind": EntryKind.ISSUED,
        "digest": f"{number:064x}",
        "on": DAY + timedelta(days=number % 300),
    }
    return Entry(**(told | changes))  # type: ignore[arg-type]


def leaves(count: int) -> list[bytes]:
    """That many entries, every seventh one the withdrawal of the one before."""
    return [
        entry(rank - 1, kind=EntryKind.REVOKED, previous=rank - 1).content if rank % 7 == 6 else entry(rank).content
        for rank in range(count)
    ]


def kept(contents: Sequence[bytes]) -> MemoryNodes:
    """The nodes of a register of those entries."""
    nodes = MemoryNodes()
    assert append(nodes, 0, contents) == len(contents)
    return nodes


def states(contents: Sequence[bytes], sizes: Sequence[int]) -> list[bytes]:
    """The states that were signed when the register had those sizes."""
    nodes = kept(contents)
    return [signed(Checkpoint(ORIGIN, size, root(nodes, size)), SIGNER) for size in sizes]
