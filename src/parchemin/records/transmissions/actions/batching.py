"""Files: what goes into one is kept with its technical ids, then the file with its digest; or it is given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from parchemin.records.people.models import Person
from parchemin.records.transmissions.actions.taking import held_channel, note_transmission
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import WAITING, Answer, Batch, Channel, Dropped, Line, Sending, State
from parchemin.records.transmissions.queries.refused import refused

ON_ITS_WAY = {Batch.Action.CREATE: State.SENT, Batch.Action.WITHDRAW: State.WITHDRAWING}
"""Where a line stands once it is in a file."""
TAKEN = {Batch.Action.CREATE: WAITING, Batch.Action.WITHDRAW: (State.TO_WITHDRAW,)}
"""Where a line stands when a file takes it."""
BACK = {Batch.Action.CREATE: State.READY, Batch.Action.WITHDRAW: State.TO_WITHDRAW}
"""Where it stands again when the file came to nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of writing a file: how many passages, how many bytes, their SHA-256."""

    count: int
    size: int
    digest: str


class Drawn(NamedTuple):
    """A line that goes, under a technical id, with the digest of whom it names."""

    line: Line
    technical_id: str
    holder: str


def add_sendings(*, batch: UUID, lines: Sequence[Drawn], is_withdrawal: bool) -> None:
    """These lines are in the file of that id, each under its technical id; in the transaction that keeps the file."""
    Sending.objects.bulk_create(
        Sending(
            batch_id=batch,
            line=one.line,
            technical_id=one.technical_id,
            holder=one.holder,
            is_withdrawal=is_withdrawal,
        )
        for one in lines
    )


@transaction.atomic
def keep_batch(
    *, id: UUID, channel: Channel, action: Batch.Action, written: Written, by: Person, at: datetime
) -> Batch:
    """The file of that id is kept as made, and its lines are on their way.

    TransmissionError ``nothing`` when it holds none, ``meanwhile`` when one is no longer where a file takes it.
    """
    if not written.count:
        raise TransmissionError("nothing")
    row = Batch.objects.create(
        id=id,
        organisation=channel.organisation,
        action=action,
        version=channel.version,
        emitter=channel.emitter,
        certifier=channel.certifier,
        contract=channel.contract,
        count=written.count,
        size=written.size,
        digest=written.digest,
        made_at=at,
        made_by=by,
    )
    sent = Sending.objects.filter(batch=row).order_by().values("line")
    if Line.objects.filter(pk__in=sent, state__in=TAKEN[action]).update(state=ON_ITS_WAY[action]) != row.count:
        raise TransmissionError("meanwhile")
    details = {"batch": row.pk.hex, "action": action.value, "count": row.count, "digest": row.digest}
    note_transmission(row.organisation, "batch_made", at, by, (row,), details)
    return row


@transaction.atomic
def drop_batch(*, batch: Batch, by: Person, at: datetime) -> Dropped:
    """The file was never deposited: its lines may go in another, under other technical ids.

    TransmissionError ``answered``, ``dropped``.
    """
    held_channel(batch.organisation)
    if Dropped.objects.filter(batch=batch).exists():
        raise TransmissionError("dropped")
    if batch.receipts.exists() or Answer.objects.filter(sending__batch=batch).exists():
        raise TransmissionError("answered")
    made = Dropped.objects.create(batch=batch, at=at, by=by)
    give_back(batch)
    note_transmission(batch.organisation, "batch_dropped", at, by, details={"batch": batch.pk.hex})
    return made


def give_back(batch: Batch) -> None:
    """The lines of that file stand where they stood, refused before it or not: it came to nothing."""
    action = Batch.Action(batch.action)
    rows = Line.objects.filter(sendings__batch=batch, state=ON_ITS_WAY[action])
    if action is Batch.Action.CREATE:
        Line.objects.filter(pk__in=refused(rows).order_by().values("pk")).update(state=State.REJECTED)
    rows.update(state=BACK[action])
