"""The register as the records keep it: what was awarded and decided since is added, then the whole is signed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

import base58
from django.db.models import Q
from django.utils import timezone

from parchemin.edges.registers.auditing import Audit, verify_log
from parchemin.edges.registers.checkpoints import Checkpoint, Proof, signed
from parchemin.edges.registers.entries import Entry, EntryKind, ensure_follows, opaque_digest
from parchemin.edges.registers.log import Node, Place, append, inclusion_path, root
from parchemin.edges.registers.notes import PublicKey, Signer
from parchemin.edges.registers.problems import RegisterError
from parchemin.records.awards.actions.proving import keep_checkpoint, keep_entries
from parchemin.records.awards.models import Certificate, Change, IssuerKey, RegisterEntry, RegisterNode
from parchemin.records.awards.models import Checkpoint as KeptCheckpoint
from parchemin.records.awards.queries.proving import last_entry, register_size, unwritten, unwritten_changes

BATCH = 500
"""Certificates written at once."""
CHUNK = 2_000


class KeptNodes:
    """The nodes of the tree, in their table."""

    def read(self, places: Sequence[Place]) -> Mapping[Place, bytes]:
        """The hashes kept at those places, in one query."""
        wanted = Q()
        for level, ranks in groupby(sorted(places), key=lambda place: place[0]):
            wanted |= Q(level=level, rank__in=[rank for _level, rank in ranks])
        rows = RegisterNode.objects.filter(wanted).values_list("level", "rank", "hash") if places else ()
        return {(level, rank): bytes(hash) for level, rank, hash in rows}

    def append(self, nodes: Sequence[Node]) -> None:
        """Keep new nodes, in one bulk insertion."""
        RegisterNode.objects.bulk_create(RegisterNode(level=one.level, rank=one.rank, hash=one.hash) for one in nodes)


@dataclass(frozen=True, slots=True)
class Written:
    """What the register says since, and its size now."""

    entries: tuple[RegisterEntry, ...]
    size: int


def write_register(at: datetime) -> Written:
    """What was signed or decided and not said yet is, in the order it happened.

    In the caller's transaction. IntegrityError when another worker wrote meanwhile: nothing was, try again.
    """
    kept: list[RegisterEntry] = []
    for is_new, events in groupby(_waiting(), key=_is_new):
        if is_new:
            kept += _written([_issued(one) for one in events if isinstance(one, Certificate)], at)
        else:  # one after the other: each names what was said just before
            for one in events:
                kept += _written(_follows(one), at)
    return Written(tuple(kept), register_size())


def sign_register(signer: Signer, at: datetime) -> KeptCheckpoint | None:
    """The register is signed as it stands; None while it says nothing."""
    size = register_size()
    if not size:
        return None
    note = signed(Checkpoint(signer.name, size, root(KeptNodes(), size)), signer)
    return keep_checkpoint(size=size, note=note.decode(), at=at)


def proof_of(certificate: Certificate) -> Proof | None:
    """What proves offline the last thing that the register says of it, under its last checkpoint; None before one."""
    entry = last_entry(certificate)
    last = KeptCheckpoint.objects.order_by("size").last()
    if entry is None or last is None or entry.index >= last.size:
        return None
    path = inclusion_path(KeptNodes(), entry.index, last.size)
    return Proof(entry.index, tuple(path), last.note.encode())


def leaves(start: int = 0) -> Iterator[bytes]:
    """The entries from ``start`` on, as they are hashed; read a page at a time: stopping leaves nothing open."""
    rows = RegisterEntry.objects.order_by("index").values_list("index", "content")
    while page := list(rows.filter(index__gte=start)[:CHUNK]):
        yield from (content.encode() for _index, content in page)
        start = page[-1][0] + 1


def notes() -> Iterator[bytes]:
    """Every signed state of the register, the smallest first; a page at a time."""
    rows, size = KeptCheckpoint.objects.order_by("size").values_list("size", "note"), 0
    while page := list(rows.filter(size__gt=size)[:CHUNK]):
        yield from (note.encode() for _size, note in page)
        size = page[-1][0]


def digest_of(certificate: Certificate) -> str:
    """The name of a certificate in the register; its credential must be signed."""
    return opaque_digest(bytes.fromhex(certificate.salt), bytes.fromhex(certificate.credential.digest))


Line = tuple[Entry, Certificate, Change | None]


def _written(lines: Sequence[Line], at: datetime) -> Iterable[RegisterEntry]:
    if not lines:
        return ()
    first = register_size()
    contents = [entry.content for entry, _certificate, _change in lines]
    told = [(entry.content.decode(), certificate, change) for entry, certificate, change in lines]
    kept = keep_entries(lines=told, first=first, at=at)
    append(KeptNodes(), first, contents)
    return kept


def _waiting() -> list[Certificate | Change]:
    """What is not said yet, in the order it happened; what comes after a full batch waits for the next."""
    certificates = list(unwritten()[:BATCH])
    changes = list(unwritten_changes()[:BATCH])
    if len(certificates) == BATCH:
        changes = [one for one in changes if one.at <= certificates[-1].issued_at]
    return sorted([*certificates, *changes], key=_moment)


def _moment(event: Certificate | Change) -> tuple[datetime, bool]:
    return (event.issued_at, False) if isinstance(event, Certificate) else (event.at, True)


def _is_new(event: Certificate | Change) -> bool:
    return isinstance(event, Certificate) and event.corrects_id is None


def _issued(row: Certificate) -> Line:
    return Entry(kind=EntryKind.ISSUED, digest=digest_of(row), on=_day(row.issued_at)), row, None


def _follows(event: Certificate | Change) -> list[Line]:
    """The line of what comes after another; none yet while the register does not say that other."""
    if isinstance(event, Certificate):
        row, about, kind, change, at = event, event.corrects, EntryKind.CORRECTED, None, event.issued_at
    else:
        row, about, kind, change, at = event.certificate, event.certificate, EntryKind(event.act), event, event.at
    former = last_entry(about) if about else None
    if former is None:
        return []
    entry = Entry(kind=kind, digest=digest_of(row), on=_day(at), previous=former.index)
    ensure_follows(entry, Entry.parse(former.content.encode(), former.index))
    return [(entry, row, change)]


def _day(at: datetime) -> date:
    return timezone.localdate(at)


def register_keys(origin: str) -> list[PublicKey]:
    """The keys that sign and signed the register of that name, the first made first."""
    rows = IssuerKey.objects.filter(organisation=None).order_by("made_at").values_list("public", flat=True)
    return [PublicKey(origin, base58.b58decode(public[1:])[2:]) for public in rows]


def audited(origin: str) -> Audit:
    """The whole register against its keys, from its first entry: what anybody with a copy would find."""
    return verify_log(leaves(), notes(), register_keys(origin), nodes=KeptNodes())


def is_said(certificate: Certificate, origin: str) -> bool | None:
    """Whether the register of that name proves that it says this certificate; None while it does not say it yet.

    False when what is kept does not prove it: the register or the credential was rewritten.
    """
    entry, proof = last_entry(certificate), proof_of(certificate)
    if entry is None or proof is None:
        return None
    return holds(entry.content.encode(), proof, certificate, origin)


def holds(line: bytes, proof: Proof, certificate: Certificate, origin: str) -> bool:
    """Whether a line and its proof are of that certificate, under a state that the register of that name signed."""
    try:
        proof.verified(line, register_keys(origin))
        return Entry.parse(line, proof.index).digest == digest_of(certificate)
    except RegisterError:
        return False
