"""Signed notes: a text, and below it lines of Ed25519 signatures (C2SP signed-note, version 1)."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from parchemin.edges.registers.problems import RegisterError

ED25519 = b"\x01"
KEY_LENGTH, ID_LENGTH = 32, 4
LONGEST = 1 << 18
MOST_SIGNATURES = 64
"""Bounds of what is read: any note of the specification's 16 signatures, post-quantum ones included, fits."""
SIGNATURE_LINE = re.compile("— ([^ ]+) ([^ ]+)")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The name of who signs and their Ed25519 public key (32 bytes); RegisterError ``bad_key`` when it is none.

    Written ``name+id+key`` as the ``vkey`` of the Go checksum database, which is how keys of logs are published.
    """

    name: str
    raw: bytes

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise RegisterError("bad_key", reason="name")
        if len(self.raw) != KEY_LENGTH:
            raise RegisterError("bad_key", reason="length")

    @classmethod
    def parse(cls, text: str) -> "PublicKey":
        """The key that ``text`` writes as ``name+id+key``."""
        name, *rest = text.split("+", 2)
        if len(rest) != 2 or not (key := unarmoured(rest[1])) or not key.startswith(ED25519):
            raise RegisterError("bad_key", reason="form")
        made = cls(name, key[1:])
        if made.id.hex() != rest[0]:
            raise RegisterError("bad_key", reason="id")
        return made

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{armoured(ED25519 + self.raw)}"

    @property
    def id(self) -> bytes:
        """The four bytes that tell this key from others of the same name (C2SP signed-note, section Signatures)."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:ID_LENGTH]

    def has_signed(self, text: str, signature: bytes) -> bool:
        """Whether the signature is this key's over the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs; the private key never leaves this object's use."""

    name: str
    key: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        """What others need to verify."""
        return PublicKey(self.name, self.key.public_key().public_bytes_raw())

    def line(self, text: str) -> str:
        """The line of signature over ``text``, with its newline."""
        return f"— {self.name} {armoured(self.public.id + self.key.sign(text.encode()))}\n"


class Signature(NamedTuple):
    """One line of signature: who says to have signed, which of their keys, and the bytes."""

    name: str
    key_id: bytes
    signature: bytes


def signed_note(text: str, signer: Signer) -> bytes:
    """The text and the signature under it; RegisterError ``bad_note`` for a text that no note can carry."""
    if not text.endswith("\n") or not _is_clean(text):
        raise RegisterError("bad_note", reason="text")
    return f"{text}\n{signer.line(text)}".encode()


def opened_note(note: bytes, keys: Iterable[PublicKey]) -> tuple[str, list[PublicKey]]:
    """The text of a note, and the known keys that signed it, at least one.

    Signatures of unknown keys are ignored, as the specification wants. RegisterError ``bad_note`` when it is no note,
    ``unsigned`` when no known key signed it, ``bad_signature`` when one is said to have and did not.
    """
    text, signatures = parsed_note(note)
    known = {(key.name, key.id): key for key in keys}
    found = []
    for name, key_id, signature in signatures:
        key = known.get((name, key_id))
        if key is None:
            continue
        if not key.has_signed(text, signature):
            raise RegisterError("bad_signature", name=name)
        found.append(key)
    if not found:
        raise RegisterError("unsigned")
    return text, found


def parsed_note(note: bytes) -> tuple[str, list[Signature]]:
    """The text of a note and its signatures, unverified; RegisterError ``bad_note`` when it is no note."""
    if len(note) > LONGEST:
        raise RegisterError("bad_note", reason="size")
    try:
        whole = note.decode()
    except UnicodeDecodeError as error:
        raise RegisterError("bad_note", reason="utf-8") from error
    text, blank, signatures = whole.rpartition("\n\n")
    if not blank or not signatures.endswith("\n") or not _is_clean(whole):
        raise RegisterError("bad_note", reason="form")
    lines = signatures[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise RegisterError("bad_note", reason="signatures")
    return f"{text}\n", list(_parsed(lines))


def _parsed(lines: Iterable[str]) -> Iterator[Signature]:
    for line in lines:
        found = SIGNATURE_LINE.fullmatch(line)
        decoded = unarmoured(found[2]) if found else None
        if not found or not is_key_name(found[1]) or not decoded or len(decoded) <= ID_LENGTH:
            raise RegisterError("bad_note", reason="signature")
        yield Signature(found[1], decoded[:ID_LENGTH], decoded[ID_LENGTH:])


def is_key_name(name: str) -> bool:
    """Whether a key may have that name: something, without spaces, plus signs or controls."""
    return bool(name) and "+" not in name and not any(one.isspace() or ord(one) < ord(" ") for one in name)


def armoured(data: bytes) -> str:
    """The standard Base 64 of some bytes (RFC 4648, section 4)."""
    return base64.b64encode(data).decode()


def unarmoured(text: str) -> bytes | None:
    """The bytes whose standard Base 64 is exactly ``text``, or None."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return data if armoured(data) == text else None


def _is_clean(text: str) -> bool:
    return all(one >= " " or one == "\n" for one in text)
