"""The one JSON text of what an entry tells, and what no entry may tell.

The journal survives the erasure of a person, so it names persons by opaque id only (GDPR, articles 5 and 17).
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from parchemin.core.errors import Misuse
from parchemin.records.journal.chain import instant

DEEPEST = 32
EMAIL = re.compile(r"[\w.+-]@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
SOCIAL_SECURITY = re.compile(
    r"(?<!\w)([1-478]) ?(\d\d) ?(\d\d) ?(\d\d|2[AB]) ?(\d{3}) ?(\d{3}) ?(\d\d)(?!\w)".replace(" ", r"[\s.]")
)
PERSONAL = frozenset({
    "email", "emails", "mail", "courriel", "name", "names", "full_name", "display_name", "bearer", "surname",
    "last_name", "family_name", "birth_name", "usage_name", "first_name", "first_names", "given_name", "given_names",
    "nom", "prenom", "prenoms", "born_on", "birth_date", "birthdate", "date_of_birth", "birthplace", "birth_place",
    "birth_commune", "birth_country", "born_in", "address", "addresses", "address_lines", "street", "postcode",
    "postal_code", "phone", "phones", "phone_number", "telephone", "mobile", "nir", "ssn", "social_security_number",
    "sex", "gender", "nationality", "iban", "diagnosis", "disability", "password", "secret", "token", "ip",
    "ip_address",
})  # fmt: skip
"""Keys that announce a person's own particulars, or a secret."""


def plain(value: Any) -> Any:
    """The value in JSON types; dates, instants (in UTC), UUIDs and decimals become text, enumerations their value.

    Misuse ``not_plain`` for anything that JSON cannot say exactly: NaN and infinities, keys that are not text, naive
    instants, bytes, sets, objects, translations that wait for a language, lone surrogates.
    """
    return _plain(value, 0)


def canonical(value: Any) -> str:
    """The JSON text of a value that ``plain`` gave: keys sorted, no spaces, no escape that JSON does not require."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def refuse_personal(value: Any) -> None:
    """Misuse ``personal`` when a value that ``plain`` gave holds a person's particulars.

    That is a key of ``PERSONAL``, an e-mail address, or a social security number with its right control key.
    """
    for path, key, text in _texts(value, ""):
        if key is not None and key.casefold().replace("-", "_") in PERSONAL:
            raise Misuse("personal", at=path, found="key")
        if EMAIL.search(text):
            raise Misuse("personal", at=path, found="e-mail")
        if any(_is_social_security(*match.groups()) for match in SOCIAL_SECURITY.finditer(text)):
            raise Misuse("personal", at=path, found="social security number")


def _is_social_security(*parts: str) -> bool:
    *number, key = parts
    digits = "".join(number).replace("2A", "19").replace("2B", "18")
    return 97 - int(digits) % 97 == int(key)


def _texts(value: Any, path: str) -> Iterator[tuple[str, str | None, str]]:
    """Every key and every text of a plain value, each with its place."""
    if isinstance(value, str):
        yield path, None, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            below = f"{path}.{key}" if path else key
            yield below, key, key
            yield from _texts(item, below)


def _plain(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise Misuse("not_plain", found="nesting too deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float) and math.isfinite(value):
        return float(value)
    if isinstance(value, Mapping):
        return {_key(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in value]
    return _told(value)


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise Misuse("not_plain", found=f"a key of type {type(key).__name__}")
    return _text(key)


def _text(value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Misuse("not_plain", found="a lone surrogate") from error
    return str.__str__(value)


def _told(value: Any) -> str:
    """Dates, UUIDs and decimals as text."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise Misuse("not_plain", found="an instant without a time zone")
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    raise Misuse("not_plain", found=type(value).__name__)
