"""Fingerprints of rows, as later apps seal them in the journal: a row changed behind its back is found."""

from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Model

from parchemin.records.journal.canonical import canonical, plain

SEALS = "seals"
"""Where the details of an entry keep them, by the name of each row."""


def key(row: Model) -> str:
    """The name of that row in the journal."""
    return f"{row._meta.model_name}:{row.pk}"


def fingerprint(row: Model, columns: Iterable[str]) -> str:
    """The fingerprint of what these columns of a row say."""
    told = {name: getattr(row, name) for name in columns}
    return sha256(canonical(plain(told)).encode()).hexdigest()
