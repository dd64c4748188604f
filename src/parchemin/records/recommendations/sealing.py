"""Fingerprints of recommendations and of what became of them, kept in the journal: a row changed since is found."""

from collections.abc import Iterator, Mapping

from django.db.models import Model

from parchemin.records.journal.models import Entry
from parchemin.records.journal.sealing import SEALS, fingerprint, key
from parchemin.records.journal.witnessing import Rewritten
from parchemin.records.recommendations.models import Recommendation, Reply, Withdrawal

KIND = "recommendation."
SEALED: Mapping[type[Model], tuple[str, ...]] = {
    Recommendation: (
        "endorser_id", "endorsed_id", "version_id", "endorser_name", "subject_name", "words", "place", "from_on",
        "until_on", "made_at", "made_by_id",
    ),
    Reply: ("recommendation_id", "act", "at", "by_id"),
    Withdrawal: ("recommendation_id", "reason", "at", "by_id"),
}  # fmt: skip
CHUNK = 500


def seal(row: Model) -> str:
    """The fingerprint of what that row says."""
    return fingerprint(row, SEALED[type(row)])


def rewritten() -> Iterator[Rewritten]:
    """Each row that is no longer what the journal says, that it does not know, or that is gone.

    Bodies recommend some things in a year, so that all of it is in memory.
    """
    known: dict[str, tuple[str, int]] = {}
    for entry in Entry.objects.filter(kind__startswith=KIND).order_by("number").iterator(CHUNK):
        known |= {name: (found, entry.number) for name, found in entry.details.get(SEALS, {}).items()}
    for model in SEALED:
        for row in model._default_manager.order_by("pk").iterator(CHUNK):
            found, number = known.pop(key(row), ("", 0))
            if found != seal(row):
                yield Rewritten(str(getattr(row, "recommendation_id", row.pk)), key(row), number)
    for name, (_found, number) in sorted(known.items()):
        yield Rewritten("", name, number)
