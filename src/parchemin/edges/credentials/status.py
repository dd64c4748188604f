"""Bitstring status lists: one bit says whether a credential is revoked or suspended, among many so none stands out.

Source: Bitstring Status List 1.0 (W3C Recommendation, 15 May 2025), sections 2, 3.2 and 3.3.
"""

import base64
import binascii
import gzip
import re
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Literal, get_args

from parchemin.edges.credentials.instants import instant
from parchemin.edges.credentials.loading import CREDENTIALS
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import Json

Purpose = Literal["revocation", "suspension"]

FEWEST = 131_072
"""Entries in a list, at least: 16 KiB, so that asking for a list does not tell which credential is looked at."""
MOST = 2**27
ENTRY = "BitstringStatusListEntry"
LIST = "BitstringStatusList"
LIST_CREDENTIAL = "BitstringStatusListCredential"
INDEX = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)


def status_entry(url: str, index: int, purpose: Purpose = "revocation") -> Json:
    """The ``credentialStatus`` of the credential whose bit stands at ``index`` of the list published at ``url``."""
    _require_purpose(purpose)
    if not 0 <= index < MOST:
        raise CredentialError("status_out_of_range", index=index)
    return {
        "id": f"{url}#{index}",
        "type": ENTRY,
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": url,
    }


def encoded_list(flagged: Iterable[int], length: int = FEWEST) -> str:
    """The bits of a list of ``length`` entries where those ``flagged`` are 1, as it is published.

    Raises CredentialError: status_list_too_short under 131,072 entries, status_out_of_range.
    """
    if length < FEWEST:
        raise CredentialError("status_list_too_short", limit=FEWEST)
    bits = bytearray((length + 7) // 8)
    for index in flagged:
        if not 0 <= index < length:
            raise CredentialError("status_out_of_range", index=index)
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()


def decoded_list(text: str) -> bytes:
    """The bits of a published list, the first entry being the highest bit of the first byte.

    Raises CredentialError: bad_status_list, status_list_too_short; too_large beyond 16 MiB unpacked.
    """
    if not text.startswith("u"):
        raise CredentialError("bad_status_list")
    try:
        packed = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj(wbits=31)
        bits = unpacking.decompress(packed, MOST // 8 + 1)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise CredentialError("bad_status_list") from error
    if len(bits) > MOST // 8:
        raise CredentialError("too_large", limit=MOST // 8)
    if not unpacking.eof:
        raise CredentialError("bad_status_list")
    if len(bits) < FEWEST // 8:
        raise CredentialError("status_list_too_short", limit=FEWEST)
    return bits


def status_list(
    *,
    url: str,
    issuer: str,
    flagged: Iterable[int],
    valid_from: datetime,
    valid_until: datetime | None = None,
    purpose: Purpose = "revocation",
    length: int = FEWEST,
) -> Json:
    """The credential, to be signed and published at ``url``, that says which entries of its list are ``flagged``.

    Raises the errors of ``encoded_list``, and no_time_zone.
    """
    _require_purpose(purpose)
    found = {
        "@context": [CREDENTIALS],
        "id": url,
        "type": ["VerifiableCredential", LIST_CREDENTIAL],
        "issuer": issuer,
        "validFrom": instant(valid_from),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": LIST,
            "statusPurpose": purpose,
            "encodedList": encoded_list(flagged, length),
        },
    }
    return found | ({"validUntil": instant(valid_until)} if valid_until else {})


def is_flagged(entry: Json, published: Json) -> bool:
    """Whether the bit of a ``credentialStatus`` is 1 in a list whose own proof has been checked.

    Raises CredentialError: bad_status_entry, bad_status_list, status_list_too_short, status_out_of_range,
    status_purpose_differs, unsupported_status_size.
    """
    subject = published.get("credentialSubject")
    if LIST_CREDENTIAL not in _listed(published.get("type")) or not isinstance(subject, dict):
        raise CredentialError("bad_status_list")
    if LIST not in _listed(subject.get("type")) or not isinstance(subject.get("encodedList"), str):
        raise CredentialError("bad_status_list")
    if entry.get("statusPurpose") not in _listed(subject.get("statusPurpose")):
        raise CredentialError("status_purpose_differs", purpose=str(entry.get("statusPurpose"))[:50])
    if entry.get("statusSize", 1) != 1:
        raise CredentialError("unsupported_status_size")
    index = entry_index(entry)
    bits = decoded_list(subject["encodedList"])
    if index >= len(bits) * 8:
        raise CredentialError("status_out_of_range", index=index)
    return bool(bits[index // 8] & (0x80 >> index % 8))


def entry_index(entry: Json) -> int:
    """The index of a ``credentialStatus``; CredentialError bad_status_entry if it is not a whole number.

    The specification wants a text; a number is read too, as some issuers write one.
    """
    given = entry.get("statusListIndex")
    text = str(given) if isinstance(given, str | int) and not isinstance(given, bool) else ""
    if not INDEX.fullmatch(text):
        raise CredentialError("bad_status_entry")
    return int(text)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _require_purpose(purpose: str) -> None:
    if purpose not in get_args(Purpose):
        raise CredentialError("bad_purpose", purpose=purpose[:50])
