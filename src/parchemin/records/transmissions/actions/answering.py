"""What the Caisse des Dépôts answered to a file: each passage accepted or refused, or the whole file refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from parchemin.core.facts import Milestone
from parchemin.records.candidacies.models import CandidacyDate
from parchemin.records.people.models import Person
from parchemin.records.transmissions.actions.batching import give_back
from parchemin.records.transmissions.actions.taking import held_channel, note_transmission
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Answer, Batch, Line, Receipt, Sending, State
from parchemin.records.transmissions.sealing import digest_of

BATCH = 500
LONGEST = 1000
MOST_FAULTS = 200
OUTCOME = {
    (Batch.Action.CREATE, True): State.ACCEPTED,
    (Batch.Action.CREATE, False): State.REJECTED,
    (Batch.Action.WITHDRAW, True): State.WITHDRAWN,
    (Batch.Action.WITHDRAW, False): State.TO_WITHDRAW,
}
"""Where a line stands once its passage was accepted or refused; a withdrawal that is refused is to do again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A receipt as it was read: the reasons of each passage refused, by its technical id, and those accepted.

    ``repeated`` are technical ids already taken: as each is drawn for one sending, an earlier deposit of the same file
    took them, and its receipt alone says what became of them.
    """

    digest: str
    treatment: str
    accepted: Sequence[str]
    refused: Mapping[str, Sequence[str]]
    repeated: Sequence[str] = ()
    faults: Sequence[str] = ()
    is_refused_whole: bool = False


@transaction.atomic
def keep_receipt(*, batch: Batch, told: Told, by: Person, at: datetime) -> Receipt:
    """Each passage stands as the receipt says, with every reason; those it is silent about wait for another.

    Those it says were repeated wait too, for the receipt of the deposit that took them: sent again under another
    technical id they would be there twice. That is no answer: in whatever order both come, they end the same.

    TransmissionError ``dropped``, ``same_receipt``, ``strangers``, ``contradictory``; nothing is then changed.
    """
    held_channel(batch.organisation)
    if hasattr(batch, "dropped"):
        raise TransmissionError("dropped")
    if batch.receipts.filter(digest=told.digest).exists():
        raise TransmissionError("same_receipt")
    if told.is_refused_whole and batch.receipts.filter(repeated__gt=0).exists():
        raise TransmissionError("contradictory", id=batch.pk)
    said, repeated = _answers(batch, told)
    row = Receipt.objects.create(
        batch=batch,
        digest=told.digest,
        treatment=told.treatment[:100],
        accepted=sum(is_accepted for _id, is_accepted, _reasons in said),
        refused=sum(not is_accepted for _id, is_accepted, _reasons in said),
        repeated=repeated,
        faults=[one[:LONGEST] for one in told.faults[:MOST_FAULTS]],
        answers_digest=digest_of(said),
        read_at=at,
        read_by=by,
    )
    Answer.objects.bulk_create(
        (
            Answer(sending_id=id, receipt=row, is_accepted=is_accepted, reasons=reasons)
            for id, is_accepted, reasons in said
        ),
        batch_size=BATCH,
    )
    _move(batch, row)
    if told.is_refused_whole:
        give_back(batch)
    details = {
        "batch": batch.pk.hex,
        "receipt": row.pk,
        "accepted": row.accepted,
        "refused": row.refused,
        "repeated": row.repeated,
    }
    note_transmission(batch.organisation, "receipt_read", at, by, (row,), details)
    return row


def _move(batch: Batch, row: Receipt) -> None:
    for is_accepted in (True, False):
        answered = Sending.objects.filter(answer__receipt=row, answer__is_accepted=is_accepted)
        lines = Line.objects.filter(pk__in=answered.order_by().values("line"))
        lines.update(state=OUTCOME[Batch.Action(batch.action), is_accepted])
    if batch.action == Batch.Action.CREATE:
        _date(batch, row)


def _date(batch: Batch, row: Receipt) -> None:
    """The files of what was accepted say that they were transmitted, the day that file was made."""
    on = timezone.localdate(batch.made_at)
    accepted = Sending.objects.filter(answer__receipt=row, answer__is_accepted=True).order_by("pk")
    files = accepted.values_list("line__certificate__candidacy", flat=True)
    dates = (CandidacyDate(candidacy_id=id, milestone=Milestone.SUBMITTED.value, on=on) for id in files.iterator(BATCH))
    while some := list(islice(dates, BATCH)):
        CandidacyDate.objects.bulk_create(
            some, update_conflicts=True, unique_fields=["candidacy", "milestone"], update_fields=["on"]
        )


def _answers(batch: Batch, told: Told) -> tuple[list[tuple[int, bool, list[str]]], int]:
    """What the receipt says of each sending that had no answer yet, in order; of how many, that it was repeated."""
    if both := sorted(set(told.accepted) & told.refused.keys()):
        raise TransmissionError("contradictory", id=both[0])
    said: dict[str, bool | None] = {
        **dict.fromkeys(told.repeated),
        **dict.fromkeys(told.refused, False),
        **dict.fromkeys(told.accepted, True),
    }
    found: list[tuple[int, bool, list[str]]] = []
    repeated = 0
    sent = batch.sendings.order_by("pk").values_list("pk", "technical_id", "answer__is_accepted")
    for pk, name, known in sent.iterator(BATCH):
        if name not in said:
            continue
        fresh = said.pop(name)
        if known is None and fresh is None:
            repeated += 1
        elif known is None:
            found.append((pk, bool(fresh), [] if fresh else [one[:LONGEST] for one in told.refused[name]]))
        elif known != fresh and not (known and fresh is None):
            raise TransmissionError("contradictory", id=name)
    if said:
        raise TransmissionError("strangers", count=len(said))
    return found, repeated
