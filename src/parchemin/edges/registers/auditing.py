"""The audit of a whole register by anyone: its entries, the states it signed, and its key; nothing else is trusted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from parchemin.edges.registers.checkpoints import Checkpoint, opened
from parchemin.edges.registers.entries import Entry
from parchemin.edges.registers.log import Growth, Nodes
from parchemin.edges.registers.merkle import EMPTY_ROOT, leaf_hash
from parchemin.edges.registers.notes import PublicKey
from parchemin.edges.registers.problems import RegisterError

BATCH = 1024


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found: ``broken`` is the first place that does not hold, None when all of it holds.

    ``entries`` is how many were read, ``vouched`` how many of them stand under the latest signed state that holds,
    ``checkpoints`` how many signed states hold, ``root`` the one of the entries read.
    """

    entries: int
    vouched: int
    checkpoints: int
    root: bytes
    broken: RegisterError | None

    @property
    def holds(self) -> bool:
        """Whether every entry and every signed state holds."""
        return self.broken is None


def verify_log(
    leaves: Iterable[bytes],
    checkpoints: Iterable[bytes],
    key: PublicKey | Iterable[PublicKey],
    *,
    nodes: Nodes | None = None,
) -> Audit:
    """Recompute every signed state of a register from its entries, both in the order they were published.

    Reads the entries once, as a stream. An entry is held to its form (``not_an_entry``), so that nothing about
    anybody hides there; a state to its signature (``checkpoint_refused``), to a size that never shrinks
    (``went_backwards``), to entries that are there (``entries_missing``) and to their root (``root_differs``,
    ``two_roots``), which names the entries since the latest state that held. With ``nodes``, the hashes kept when
    entries were added, the first altered entry is named exactly (``entry_altered``).
    Whether an entry may follow the one it refers to is for whoever adds it: ``ensure_follows``.
    """
    audit = _Auditor(leaves, [key] if isinstance(key, PublicKey) else list(key), nodes)
    broken = None
    try:
        for note in checkpoints:
            audit.check(note)
        audit.read(None)
    except RegisterError as error:
        broken = error
    return Audit(audit.growth.size, audit.latest.size, audit.held, audit.growth.root, broken)


class _Auditor:
    def __init__(self, leaves: Iterable[bytes], keys: list[PublicKey], nodes: Nodes | None) -> None:
        self.leaves, self.keys, self.nodes = iter(leaves), keys, nodes
        self.growth = Growth()
        self.held = 0
        self.latest = Checkpoint("-", 0, EMPTY_ROOT)

    def check(self, note: bytes) -> None:
        number = self.held + 1
        try:
            checkpoint = opened(note, self.keys)
        except RegisterError as error:
            raise RegisterError("checkpoint_refused", checkpoint=number, reason=error) from error
        before = self.latest
        if checkpoint.size < before.size:
            raise RegisterError("went_backwards", checkpoint=number, size=checkpoint.size, before=before.size)
        self.read(checkpoint.size)
        if self.growth.size < checkpoint.size:
            raise RegisterError("entries_missing", checkpoint=number, size=checkpoint.size, found=self.growth.size)
        if checkpoint.root != self.growth.root:
            if checkpoint.size == before.size:
                raise RegisterError("two_roots", checkpoint=number, size=checkpoint.size)
            raise RegisterError("root_differs", checkpoint=number, after=before.size, last=checkpoint.size - 1)
        self.latest = checkpoint
        self.held = number

    def read(self, until: int | None) -> None:
        """Take entries until there are that many, or none is left."""
        while batch := list(islice(self.leaves, BATCH if until is None else min(BATCH, until - self.growth.size))):
            self._add(batch)

    def _add(self, batch: list[bytes]) -> None:
        start, hashes, broken = self.growth.size, [], None
        for index, (content, kept) in enumerate(zip(batch, self._kept(len(batch)), strict=True), start):
            hash = leaf_hash(content)
            try:
                Entry.parse(content, index)
            except RegisterError as error:
                broken = error
            if self.nodes is not None and kept != hash:
                broken = RegisterError("entry_altered", index=index)
            if broken:
                break
            hashes.append(hash)
        self.growth.add(hashes)
        if broken:
            raise broken

    def _kept(self, count: int) -> Iterator[bytes | None]:
        places = [(0, self.growth.size + rank) for rank in range(count)]
        found = self.nodes.read(places) if self.nodes is not None else {}
        return iter([found.get(place) for place in places])
