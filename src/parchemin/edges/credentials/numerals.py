"""Numbers as signed data writes them, sixteen digits at most: ``9.998999999999999E1`` (JSON-LD 1.1 API, section 8.6).

The reader of JSON-LD used here writes the shortest digits instead (``9.999E1``), which other verifiers would not sign.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import Json


def rewritten(document: Json, texts: set[str]) -> dict[str, str]:
    """For each fraction of a document, what the reader writes, and what must be written instead.

    Raises CredentialError bad_number when one of the ``texts`` of the document is what the reader writes, since the two
    could not be told apart.
    """
    found = {}
    for number in _fractions(document):
        written, wanted = _shortest(number), _sixteen_digits(number)
        if written != wanted:
            if written in texts:
                raise CredentialError("bad_number")
            found[written] = wanted
    return found


def _fractions(value: Any) -> Iterator[float]:
    if isinstance(value, float) and not value.is_integer():
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _fractions(one)


def _shortest(number: float) -> str:
    sign, digits, _ = Decimal(repr(number)).normalize().as_tuple()
    written = "".join(map(str, digits))
    return f"{'-' if sign else ''}{written[0]}.{written[1:] or '0'}E{Decimal(repr(number)).adjusted()}"


def _sixteen_digits(number: float) -> str:
    digits, _, exponent = f"{number:.15E}".partition("E")
    whole, _, rest = digits.partition(".")
    return f"{whole}.{rest.rstrip('0') or '0'}E{int(exponent)}"
