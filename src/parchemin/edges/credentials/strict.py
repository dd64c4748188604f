"""JSON from outside, read so that it has one meaning: bounded, no repeated key, no number that readers round apart.

Rules: RFC 7493 (I-JSON), sections 2.1 (no lone surrogate), 2.2 (numbers), 2.3 (no duplicate names).
"""

import json
import math
from typing import Any

from parchemin.edges.credentials.problems import CredentialError

Json = dict[str, Any]

LARGEST_BYTES = 4_000_000
DEEPEST = 40
EXACT = 2**53 - 1


def read_object(content: bytes | str, largest: int = LARGEST_BYTES) -> Json:
    """The JSON object written in ``content``, at most ``largest`` bytes and 40 levels deep.

    Raises CredentialError: too_large, not_json, repeated_key, bad_number, bad_text, too_deep, not_an_object.
    """
    if len(content) > largest:
        raise CredentialError("too_large", limit=largest)
    try:
        found = json.loads(content, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise CredentialError("not_json") from error
    if not isinstance(found, dict):
        raise CredentialError("not_an_object")
    require_plain(found)
    return found


def require_plain(value: object, depth: int = DEEPEST) -> None:
    """Refuse what JSON readers do not all read alike: depth, inexact numbers, lone surrogates, other types."""
    if depth <= 0 and isinstance(value, list | dict):
        raise CredentialError("too_deep", limit=DEEPEST)
    match value:
        case str():
            _require_text(value)
        case bool() | None:
            return
        case int():
            if abs(value) > EXACT:
                raise CredentialError("bad_number")
        case float():
            if not math.isfinite(value) or (value.is_integer() and abs(value) > EXACT):
                raise CredentialError("bad_number")
        case list():
            for one in value:
                require_plain(one, depth - 1)
        case dict():
            for key, one in value.items():
                if not isinstance(key, str):
                    raise CredentialError("not_json")
                _require_text(key)
                require_plain(one, depth - 1)
        case _:
            raise CredentialError("not_json")


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise CredentialError("repeated_key", key=next(key for key in keys if keys.count(key) > 1)[:100])
    return found


def _no_constant(name: str) -> None:
    raise CredentialError("bad_number")


def _require_text(text: str) -> None:
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise CredentialError("bad_text")
