"""The bundle that a holder keeps to verify a certificate offline, read as a stranger's: by name, each file bounded."""

import io
import zlib
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import LARGEST_BYTES, Json, read_object

SIGNATURE = b"PK\x03\x04"
CREDENTIAL, KEYS, STATUSES, TEXT = "preuve.json", "did.json", "liste-etat.json", "texte.json"
LINE, PROOF = "registre-ligne.json", "registre-preuve.tlog-proof"
MOST_FILES = 50
FLAWS = (BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError, OSError, EOFError, KeyError)
"""What the library raises on damaged, protected or unusual archives."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle holds: the credential, the keys and the status list that came with it, and the rest as it is."""

    credential: str
    keys: dict[str, Json]
    statuses: dict[str, bytes]
    text: bytes
    line: bytes
    proof: bytes


def is_bundle(content: bytes) -> bool:
    """Whether the file is an archive."""
    return content.startswith(SIGNATURE)


def opened(content: bytes) -> Bundle:
    """The bundle; nothing of an archive is unpacked but what a bundle holds, and no more than a credential may weigh.

    Raises CredentialError: bad_bundle, nothing_inside for another archive, too_large, and what reading JSON raises.
    """
    try:
        with ZipFile(io.BytesIO(content)) as folder:
            if len(folder.infolist()) > MOST_FILES:
                raise CredentialError("bad_bundle")
            files = {name: _read(folder, name) for name in (CREDENTIAL, KEYS, STATUSES, TEXT, LINE, PROOF)}
    except FLAWS as error:
        raise CredentialError("bad_bundle") from error
    if not files[CREDENTIAL]:
        raise CredentialError("nothing_inside")
    try:
        credential = files[CREDENTIAL].decode().strip()
    except UnicodeDecodeError as error:
        raise CredentialError("not_json") from error
    keys, statuses = _named(files[KEYS]), _named(files[STATUSES])
    return Bundle(
        credential=credential,
        keys=keys,
        statuses=dict.fromkeys(statuses, files[STATUSES]),
        text=files[TEXT],
        line=files[LINE],
        proof=files[PROOF],
    )


def _read(folder: ZipFile, name: str) -> bytes:
    """The file of that name, nothing when there is none."""
    if name not in folder.NameToInfo:
        return b""
    info = folder.NameToInfo[name]
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise CredentialError("bad_bundle")
    with folder.open(info) as file:
        found = file.read(LARGEST_BYTES + 1)
    if len(found) > LARGEST_BYTES:
        raise CredentialError("too_large", limit=LARGEST_BYTES)
    return found


def _named(content: bytes) -> dict[str, Json]:
    """A JSON object under its own ``id``; nothing where there is none."""
    found = read_object(content) if content else {}
    return {found["id"]: found} if isinstance(found.get("id"), str) else {}
