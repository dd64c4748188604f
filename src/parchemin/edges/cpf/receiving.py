"""Receipts that somebody brings, kept as the answer to the file they name."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from parchemin.edges.cpf.receipts import Receipt, read_receipt
from parchemin.edges.cpf.refusals import RefusalKind, advice, fault_kind, refusal_kind
from parchemin.records.people.models import Person
from parchemin.records.transmissions.actions.answering import Told, keep_receipt
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Batch
from parchemin.records.transmissions.models import Receipt as Kept


def take_receipt(*, batch: Batch, content: bytes, most_bytes: int, by: Person, at: datetime) -> Kept:
    """Each passage of the file stands as the receipt says.

    CpfError when it cannot be read, as ``read_receipt``; TransmissionError ``other_file``, ``contradictory`` and as
    ``keep_receipt``. Nothing is then changed.
    """
    found = read_receipt(content, most_bytes=most_bytes)
    if found.flow_id and not _is_same(found.flow_id, batch.pk):
        raise TransmissionError("other_file", id=found.flow_id[:60])
    return keep_receipt(batch=batch, told=_told(found, content, Batch.Action(batch.action)), by=by, at=at)


def explained(reason: str) -> str:
    """What a reason given for one passage means, and the fix to make, in French."""
    return advice(refusal_kind(reason))


def explained_fault(reason: str) -> str:
    """What a reason given for a whole file means, and the fix to make, in French."""
    kind = fault_kind(reason)
    return advice(kind) if kind else ""


def _told(found: Receipt, content: bytes, action: Batch.Action) -> Told:
    """What the receipt says; a passage to create that is there already was repeated, whatever else is said of it.

    A technical id is drawn for one sending: only an earlier deposit of the same file can have taken it. Source: guide
    to receipts V3, p. 3.
    """
    repeated: set[str] = set()
    if action is Batch.Action.CREATE:
        repeated = {one.technical_id for one in found.refused if one.kind is RefusalKind.DUPLICATE}
    refused: dict[str, list[str]] = {}
    for one in found.refused:
        if one.technical_id not in repeated:
            refused.setdefault(one.technical_id, []).append(one.reason)
    return Told(
        digest=sha256(content).hexdigest(),
        treatment=found.treatment_id,
        accepted=found.accepted,
        refused=refused,
        repeated=sorted(repeated),
        faults=[one.reason for one in found.faults],
        is_refused_whole=found.is_refused_whole,
    )


def _is_same(told: str, id: UUID) -> bool:
    try:
        return UUID(told) == id
    except ValueError:
        return False
