"""What the register says of an award: that something happened to a certificate, named by an opaque digest alone.

An entry is a leaf of the log: the RFC 8785 canonical JSON of an object with exactly these members, in UTF-8.

- ``digest``: 64 lower-case hexadecimal digits, the opaque digest of the certificate (``opaque_digest``);
- ``format``: ``parchemin/register-1``;
- ``kind``: ``issued``, ``revoked``, ``suspended``, ``reinstated`` or ``corrected``;
- ``on``: the day it takes effect, ``YYYY-MM-DD``;
- ``previous``: in every kind but ``issued``, the index in the register of the entry that said the latest thing about
  this certificate; for ``corrected``, which announces a new certificate with a new digest in place of another, about
  the one replaced.

Nothing else may stand there: no name, no number of a file, no free text, so that what is public tells nothing of
anybody and nothing has ever to be taken out. The holder shows the certificate and its salt; whoever holds both finds
the digest again. Without them it can neither be guessed nor linked to another certificate of the same person, but for
the one that a corrected certificate replaces.
"""

import hmac
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

import rfc8785

from parchemin.edges.registers.problems import RegisterError

FORMAT = "parchemin/register-1"
SALT_LENGTH = DIGEST_LENGTH = 32
LONGEST = 512
"""More bytes than any entry has."""
HIGHEST = (1 << 53) - 1
"""The greatest integer that canonical JSON writes exactly (RFC 8785, section 3.2.2.3)."""


class EntryKind(StrEnum):
    """What happened to a certificate."""

    ISSUED = "issued"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    CORRECTED = "corrected"


VALID = frozenset({EntryKind.ISSUED, EntryKind.REINSTATED, EntryKind.CORRECTED})
"""The latest entry about a certificate is one of these when the certificate stands."""

FOLLOWS: dict[EntryKind, frozenset[EntryKind]] = {
    EntryKind.REVOKED: VALID | {EntryKind.SUSPENDED},
    EntryKind.SUSPENDED: VALID,
    EntryKind.REINSTATED: frozenset({EntryKind.REVOKED, EntryKind.SUSPENDED}),
    EntryKind.CORRECTED: VALID | {EntryKind.SUSPENDED},
}
"""What each kind may come after; ``issued`` comes after nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One leaf of the register; RegisterError ``bad_entry`` when it cannot be one."""

    kind: EntryKind
    digest: str
    on: date
    previous: int | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch("[0-9a-f]{64}", self.digest):
            raise RegisterError("bad_entry", reason="digest")
        if (self.previous is None) != (self.kind is EntryKind.ISSUED):
            raise RegisterError("bad_entry", reason="previous")
        if self.previous is not None and not 0 <= self.previous <= HIGHEST:
            raise RegisterError("bad_entry", reason="previous")

    @property
    def content(self) -> bytes:
        """The canonical JSON of the entry, as it is hashed."""
        told: dict[str, str | int] = {
            "digest": self.digest,
            "format": FORMAT,
            "kind": str(self.kind),
            "on": self.on.isoformat(),
        }
        return rfc8785.dumps(told if self.previous is None else told | {"previous": self.previous})

    @classmethod
    def parse(cls, content: bytes, index: int) -> "Entry":
        """The entry at ``index`` of the register, from its bytes.

        RegisterError ``not_an_entry`` unless they are the canonical form of an entry that refers to an earlier one.
        """
        try:
            entry = cls._read(content)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise RegisterError("not_an_entry", index=index, reason="json") from error
        if entry.content != content:
            raise RegisterError("not_an_entry", index=index, reason="canonical")
        if entry.previous is not None and entry.previous >= index:
            raise RegisterError("not_an_entry", index=index, reason="previous")
        return entry

    @classmethod
    def _read(cls, content: bytes) -> "Entry":
        if len(content) > LONGEST:
            raise ValueError(len(content))
        told = json.loads(content)
        previous = told.get("previous") if isinstance(told, dict) else None
        if previous is not None and type(previous) is not int:
            raise TypeError(previous)
        return cls(
            kind=EntryKind(told["kind"]), digest=told["digest"], on=date.fromisoformat(told["on"]), previous=previous
        )


def ensure_follows(entry: Entry, before: Entry | None) -> None:
    """Check that an entry may come after the latest one about the certificate, the one it names as ``previous``.

    RegisterError ``out_of_turn`` when it may not: a second issue, something after a revocation other than a
    reinstatement, a change of another certificate than its own.
    """
    told = "nothing" if before is None else str(before.kind)
    if before is None or entry.kind is EntryKind.ISSUED:
        is_right = before is None and entry.kind is EntryKind.ISSUED
    else:
        is_same = entry.digest == before.digest
        is_right = before.kind in FOLLOWS[entry.kind] and is_same != (entry.kind is EntryKind.CORRECTED)
    if not is_right:
        raise RegisterError("out_of_turn", kind=str(entry.kind), before=told)


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest entry about a certificate, its index, and the digest of the certificate that replaced it, if any."""

    index: int
    entry: Entry
    replaced_by: str | None = None

    @property
    def is_valid(self) -> bool:
        """Whether the certificate stands: neither revoked, nor suspended, nor replaced."""
        return self.entry.kind in VALID and self.replaced_by is None


def standing(digest: str, leaves: Iterable[bytes]) -> Standing | None:
    """What the register says of a certificate after all of those entries, from the first; None when it says nothing.

    For whoever holds a copy of the register. RegisterError ``not_an_entry`` at the first leaf that is none.
    """
    found: Standing | None = None
    for index, content in enumerate(leaves):
        entry = Entry.parse(content, index)
        if entry.digest == digest:
            found = Standing(index, entry)
        elif found and entry.kind is EntryKind.CORRECTED and entry.previous == found.index:
            found = replace(found, replaced_by=entry.digest)
    return found


def new_salt() -> bytes:
    """32 random bytes, for one certificate only; kept with it and printed on it, never in the register."""
    return secrets.token_bytes(SALT_LENGTH)


def opaque_digest(salt: bytes, credential_digest: bytes) -> str:
    """The SHA-256 of the salt followed by the SHA-256 of the certificate's credential, in hexadecimal.

    RegisterError ``bad_entry`` unless both are 32 bytes: with a shorter salt the digest could be guessed.
    """
    for name, value, length in (("salt", salt, SALT_LENGTH), ("digest", credential_digest, DIGEST_LENGTH)):
        if len(value) != length:
            raise RegisterError("bad_entry", reason=name)
    return sha256(salt + credential_digest).hexdigest()


def is_opened_by(digest: str, salt: bytes, credential_digest: bytes) -> bool:
    """Whether an opaque digest of the register is that of this certificate."""
    return hmac.compare_digest(digest.encode(), opaque_digest(salt, credential_digest).encode())
