"""The public register: an append-only log of what was awarded and withdrawn, which nobody can rewrite quietly.

It holds no personal data: entries name certificates by opaque digests (``entries``). Its tree is that of Certificate
Transparency (``merkle``, ``log``), its states are signed (``checkpoints``), any entry can be proved offline
(``Proof``), and anyone can audit the whole (``verify_log``).
"""

from parchemin.edges.registers.auditing import Audit, verify_log
from parchemin.edges.registers.checkpoints import Checkpoint, Proof, opened, signed
from parchemin.edges.registers.entries import (
    Entry,
    EntryKind,
    Standing,
    ensure_follows,
    is_opened_by,
    new_salt,
    opaque_digest,
    standing,
)
from parchemin.edges.registers.log import (
    MemoryNodes,
    Node,
    Nodes,
    append,
    consistency_path,
    inclusion_path,
    root,
)
from parchemin.edges.registers.merkle import EMPTY_ROOT, is_consistent, is_included, leaf_hash
from parchemin.edges.registers.notes import PublicKey, Signer
from parchemin.edges.registers.problems import RegisterError

__all__ = [
    "EMPTY_ROOT",
    "Audit",
    "Checkpoint",
    "Entry",
    "EntryKind",
    "MemoryNodes",
    "Node",
    "Nodes",
    "Proof",
    "PublicKey",
    "RegisterError",
    "Signer",
    "Standing",
    "append",
    "consistency_path",
    "ensure_follows",
    "inclusion_path",
    "is_consistent",
    "is_included",
    "is_opened_by",
    "leaf_hash",
    "new_salt",
    "opaque_digest",
    "opened",
    "root",
    "signed",
    "standing",
    "verify_log",
]
