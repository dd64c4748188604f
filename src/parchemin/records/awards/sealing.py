"""Fingerprints of what was issued and decided of it, kept in the journal: a row changed behind its back is found."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from uuid import UUID

from django.db.models import Exists, Model, OuterRef

from parchemin.records.awards.models import Certificate, Change, Duplicate
from parchemin.records.journal.models import Entry
from parchemin.records.journal.sealing import SEALS, fingerprint, key
from parchemin.records.journal.witnessing import Rewritten

SEALED: Mapping[type[Model], tuple[str, ...]] = {
    Certificate: (
        "number", "kind", "candidacy_id", "conclusion_id", "code", "issuer_id", "digest", "text", "salt", "place",
        "corrects_id", "renews_id", "correction", "awarded_on", "valid_until", "issued_at", "issued_by_id",
    ),
    Change: ("certificate_id", "act", "reason", "at", "by_id"),
    Duplicate: ("certificate_id", "rank", "reason", "proof", "at", "by_id"),
}  # fmt: skip
"""The columns that say what was awarded, and what became of it."""
KIND = "award."
CHUNK = 200
"""Files looked at together."""


def seal(row: Model) -> str:
    """The fingerprint of what that row says."""
    return fingerprint(row, SEALED[type(row)])


def rewritten() -> Iterator[Rewritten]:
    """Each row that is no longer what the journal says, that it does not know, or that is gone.

    A few files at a time: what was ever awarded is never all in memory.
    """
    told = Entry.objects.filter(kind__startswith=KIND)
    files = told.values_list("subject", flat=True).distinct().order_by("subject").iterator(CHUNK)
    for chunk in _chunks(files):
        yield from _rewritten(chunk)
    noted = Exists(told.filter(subject=OuterRef("candidacy_id")))
    bare = Certificate.objects.exclude(noted).values_list("candidacy_id", flat=True).distinct().order_by("candidacy_id")
    for chunk in _chunks(bare.iterator(CHUNK)):
        yield from _rewritten(chunk)


def _rewritten(files: Sequence[UUID]) -> Iterator[Rewritten]:
    told: dict[str, tuple[str, int]] = {}
    for entry in Entry.objects.filter(subject__in=files, kind__startswith=KIND).order_by("number"):
        told |= {name: (found, entry.number) for name, found in entry.details.get(SEALS, {}).items()}
    for row in _rows(files):
        found, number = told.pop(key(row), ("", 0))
        if found != seal(row):
            yield Rewritten(_number(row), key(row), number)
    for name, (_found, number) in sorted(told.items()):
        yield Rewritten("", name, number)


def _rows(files: Sequence[UUID]) -> Iterator[Certificate | Change | Duplicate]:
    yield from Certificate.objects.filter(candidacy__in=files).order_by("pk").iterator(CHUNK)
    for model in (Change, Duplicate):
        rows = model._default_manager.filter(certificate__candidacy__in=files).select_related("certificate")
        yield from rows.order_by("pk").iterator(CHUNK)


def _number(row: Certificate | Change | Duplicate) -> str:
    return row.number if isinstance(row, Certificate) else row.certificate.number


def _chunks(files: Iterator[UUID | None]) -> Iterator[list[UUID]]:
    while chunk := [one for one in islice(files, CHUNK) if one is not None]:
        yield chunk
