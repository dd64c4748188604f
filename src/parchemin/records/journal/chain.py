"""How an entry of the journal is hashed, so that another program can check it.

Format ``parchemin/journal-1``. The hash of an entry is the SHA-256, in 64 lower-case hexadecimal digits, of these
bytes. First the line ``parchemin/journal-1``. Then one line for each field, in this order: ``number``,
``recorded_at``, ``occurred_at``, ``kind``, ``actor``, ``subject``, ``details``, ``decision``, ``scheme_digest``,
``previous``. Every line ends with one line feed, the last one too. A field is written ``name:length:value``, where
the length is the number of bytes of the value in UTF-8, in decimal; a field without a value is written ``name:-``.

Values: the number in decimal; instants in UTC as ``2026-01-31T08:05:09.000123Z``, always with six digits of
microseconds; ``actor`` and ``subject`` as ``8-4-4-4-12`` lower-case hexadecimal UUIDs; ``details`` and ``decision`` as
the JSON text that is stored, byte for byte; ``previous`` the hash of the entry before, and 64 zeros for entry 1.
"""

import hashlib
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

FORMAT = "parchemin/journal-1"
START = "0" * 64
"""What the first entry carries as the hash of the entry before it."""


class Content(NamedTuple):
    """All of an entry but its hash, in the order in which it is hashed."""

    number: int
    recorded_at: datetime
    occurred_at: datetime
    kind: str
    actor: UUID | None
    subject: UUID | None
    details: str
    decision: str | None
    scheme_digest: str
    previous: str


def serialised(content: Content) -> bytes:
    """The bytes that are hashed; ValueError, TypeError or AttributeError for a value of another type than its field."""
    lines = [FORMAT.encode()]
    for name, value in zip(Content._fields, _written(content), strict=True):
        if value is None:
            lines.append(f"{name}:-".encode())
        else:
            spelt = value.encode("utf-8")
            lines.append(b"%s:%d:%s" % (name.encode(), len(spelt), spelt))
    return b"\n".join([*lines, b""])


def hash_of(content: Content) -> str:
    """The hash of an entry: 64 lower-case hexadecimal digits."""
    return hashlib.sha256(serialised(content)).hexdigest()


def instant(at: datetime) -> str:
    """The instant in UTC, to the microsecond, as it is hashed; ValueError without a time zone."""
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _written(content: Content) -> tuple[str | None, ...]:
    return (
        str(content.number),
        instant(content.recorded_at),
        instant(content.occurred_at),
        content.kind,
        None if content.actor is None else str(content.actor),
        None if content.subject is None else str(content.subject),
        content.details,
        content.decision,
        content.scheme_digest,
        content.previous,
    )
