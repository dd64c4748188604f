"""Fingerprints of files and of what was answered, kept in the journal: a row changed behind its back is found."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from uuid import UUID

from django.db.models import Model

from parchemin.records.journal.canonical import canonical
from parchemin.records.journal.models import Entry
from parchemin.records.journal.sealing import SEALS, fingerprint, key
from parchemin.records.journal.witnessing import Rewritten
from parchemin.records.transmissions.models import Answer, Batch, Receipt, Release

KIND = "transmission."
SEALED: Mapping[type[Model], tuple[str, ...]] = {
    Batch: (
        "organisation_id", "action", "version", "emitter", "certifier", "contract", "count", "size", "digest",
        "made_at", "made_by_id",
    ),
    Receipt: (
        "batch_id", "digest", "treatment", "accepted", "refused", "repeated", "faults", "answers_digest", "read_at",
        "read_by_id",
    ),
    Release: ("answer_id", "reason", "at", "by_id"),
}  # fmt: skip
CHUNK = 500


def seal(row: Model) -> str:
    """The fingerprint of what that row says."""
    return fingerprint(row, SEALED[type(row)])


def digest_of(answers: Iterable[tuple[int, bool, list[str]]]) -> str:
    """The digest of answers, each told by its sending, in the order of sendings."""
    found = sha256()
    for one in answers:
        found.update(canonical(list(one)).encode() + b"\n")
    return found.hexdigest()


def rewritten() -> Iterator[Rewritten]:
    """Each file, receipt or release that is no longer what the journal says, that it does not know, or that is gone."""
    bodies = list(Batch.objects.order_by().values_list("organisation", flat=True).distinct())
    told = Entry.objects.filter(kind__startswith=KIND).values_list("subject", flat=True).distinct()
    for body in sorted({*bodies, *(one for one in told.order_by() if one)}, key=str):
        yield from _rewritten(body)


def _rewritten(body: UUID) -> Iterator[Rewritten]:
    known: dict[str, tuple[str, int]] = {}
    for entry in Entry.objects.filter(subject=body, kind__startswith=KIND).order_by("number").iterator(CHUNK):
        known |= {name: (found, entry.number) for name, found in entry.details.get(SEALS, {}).items()}
    for row in _rows(body):
        found, number = known.pop(key(row), ("", 0))
        if found != seal(row) or (isinstance(row, Receipt) and row.answers_digest != digest_of(_answers(row))):
            yield Rewritten(_about(row), key(row), number)
    for name, (_found, number) in sorted(known.items()):
        yield Rewritten("", name, number)


def _rows(body: UUID) -> Iterator[Batch | Receipt | Release]:
    yield from Batch.objects.filter(organisation=body).order_by("pk").iterator(CHUNK)
    yield from Receipt.objects.filter(batch__organisation=body).order_by("pk").iterator(CHUNK)
    released = Release.objects.filter(answer__receipt__batch__organisation=body)
    yield from released.select_related("answer__receipt").order_by("pk").iterator(CHUNK)


def _about(row: Batch | Receipt | Release) -> str:
    """The file that a row is about."""
    if isinstance(row, Batch):
        return str(row.pk)
    return str(row.batch_id if isinstance(row, Receipt) else row.answer.receipt.batch_id)


def _answers(row: Receipt) -> Iterator[tuple[int, bool, list[str]]]:
    told = Answer.objects.filter(receipt=row).order_by("sending")
    yield from told.values_list("sending", "is_accepted", "reasons").iterator(CHUNK)
