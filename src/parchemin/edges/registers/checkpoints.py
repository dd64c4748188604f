"""Checkpoints: the size and the root of the register at some moment, signed (C2SP tlog-checkpoint), and the proof that
an entry stands under one of them (C2SP tlog-proof, version 1).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from parchemin.edges.registers.merkle import HASH_LENGTH, is_included, leaf_hash
from parchemin.edges.registers.notes import (
    LONGEST,
    PublicKey,
    Signer,
    armoured,
    is_key_name,
    opened_note,
    signed_note,
    unarmoured,
)
from parchemin.edges.registers.problems import RegisterError

LARGEST = (1 << 63) - 1
NUMBER = re.compile("0|[1-9][0-9]{0,18}")
PROOF = "c2sp.org/tlog-proof@v1"
LONGEST_PATH = 64


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a register: its ``origin``, how many entries it has, and the root of their tree (32 bytes).

    ``origin`` names the register: a URL without its scheme, such as ``example.org/registre``. RegisterError
    ``bad_note`` when no checkpoint can say this.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        is_state = 0 <= self.size <= LARGEST and len(self.root) == HASH_LENGTH
        if not is_key_name(self.origin) or not is_state:
            raise RegisterError("bad_note", reason="checkpoint")

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{armoured(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """The checkpoint of the text of a note; extension lines, which bind nobody, are passed over."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() or not all(lines):
            raise RegisterError("bad_note", reason="lines")
        origin, size, root, *_ = lines
        hash = unarmoured(root)
        if not NUMBER.fullmatch(size) or hash is None:
            raise RegisterError("bad_note", reason="checkpoint")
        return cls(origin, int(size), hash)


def signed(checkpoint: Checkpoint, signer: Signer) -> bytes:
    """The checkpoint as a signed note; RegisterError ``other_register`` unless the key bears the register's name.

    Sign only what extends every checkpoint signed before: two that contradict each other prove a dishonest register.
    """
    if signer.name != checkpoint.origin:
        raise RegisterError("other_register", origin=checkpoint.origin, wanted=signer.name)
    return signed_note(checkpoint.text, signer)


def opened(note: bytes, keys: Iterable[PublicKey]) -> Checkpoint:
    """The checkpoint of a signed note, signed by one of the register's ``keys`` (several after a change of key).

    RegisterError ``bad_note``, ``unsigned``, ``bad_signature``, or ``other_register`` when the key that signed it is
    not of the register it is about.
    """
    text, signers = opened_note(note, keys)
    checkpoint = Checkpoint.parse(text)
    if all(key.name != checkpoint.origin for key in signers):
        raise RegisterError("other_register", origin=checkpoint.origin, wanted=signers[0].name)
    return checkpoint


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything it takes to verify offline, for ever, that an entry stands in the register: the entry and key apart.

    ``path`` is that of ``inclusion_path`` at the size of the signed ``checkpoint``, kept as the note it came as.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes

    @property
    def content(self) -> bytes:
        """The proof as a file (``.tlog-proof``)."""
        lines = [PROOF, f"index {self.index}", *(armoured(hash) for hash in self.path)]
        return "".join(f"{line}\n" for line in lines).encode() + b"\n" + self.checkpoint

    @classmethod
    def parse(cls, content: bytes) -> "Proof":
        """The proof of a file, unverified; RegisterError ``bad_proof`` when it is none."""
        head, blank, checkpoint = content[:LONGEST].partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise RegisterError("bad_proof", reason="form") from error
        if not blank or lines.pop(0) != PROOF or len(content) > LONGEST:
            raise RegisterError("bad_proof", reason="form")
        if lines and lines[0].startswith("extra "):
            del lines[0]
        index = lines.pop(0).removeprefix("index ") if lines and lines[0].startswith("index ") else ""
        path = [unarmoured(line) for line in lines]
        if not NUMBER.fullmatch(index) or len(path) > LONGEST_PATH:
            raise RegisterError("bad_proof", reason="index")
        kept = tuple(hash for hash in path if hash is not None and len(hash) == HASH_LENGTH)
        if len(kept) != len(path):
            raise RegisterError("bad_proof", reason="path")
        return cls(int(index), kept, checkpoint)

    def verified(self, entry: bytes, keys: Iterable[PublicKey]) -> Checkpoint:
        """The checkpoint under which the entry of these bytes stands at ``index``.

        RegisterError ``not_included`` when the proof does not hold, or as ``opened`` when the checkpoint does not.
        """
        checkpoint = opened(self.checkpoint, keys)
        if not is_included(leaf_hash(entry), self.index, checkpoint.size, self.path, checkpoint.root):
            raise RegisterError("not_included", index=self.index, size=checkpoint.size)
        return checkpoint
