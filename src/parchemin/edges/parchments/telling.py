"""A certificate of the records as it is printed: nothing is said that its frozen text does not say."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from parchemin.core.scheme import Register
from parchemin.edges.parchments.house import House, Signatory
from parchemin.edges.parchments.parchment import (
    Block,
    BlockCertificate,
    Certificate,
    Certification,
    Duplicate,
    Holder,
    Level,
    Nsf,
    Result,
    ResultLine,
    StatementOfResults,
)
from parchemin.edges.parchments.printing import parchment_pdf, parchment_picture

Printed = Certificate | BlockCertificate | StatementOfResults


def printed(
    told: Mapping[str, Any],
    *,
    address: str,
    at: datetime,
    credential: str = "",
    duplicate_on: date | None = None,
    logo: bytes | None = None,
) -> bytes:
    """The PDF of a certificate made ``at``, its credential attached; ``address`` is where anybody checks it.

    ``logo`` is the picture whose digest its text tells.
    Raises ParchmentRefusedError when it cannot be drawn, such as a name whose characters no font has.
    """
    page = parchment_of(told, address, duplicate_on, logo)
    return parchment_pdf(page, at, credential.encode() or None)


def picture(told: Mapping[str, Any], *, address: str, at: datetime, logo: bytes | None = None) -> bytes:
    """The page of a certificate of the whole or of a block, as a PNG picture; ParchmentRefusedError as ``printed``."""
    page = parchment_of(told, address, logo=logo)
    assert isinstance(page, Certificate | BlockCertificate)
    return parchment_picture(page, at)


def specimen_of(told: Mapping[str, Any], address: str, logo: bytes | None) -> Certificate | BlockCertificate:
    """What a certificate of nobody says on paper; ParchmentRefusedError for a colour or a logo that cannot be."""
    page = parchment_of(told, address, logo=logo)
    assert isinstance(page, Certificate | BlockCertificate)
    return replace(page, is_specimen=True)


def parchment_of(
    told: Mapping[str, Any], address: str, duplicate_on: date | None = None, logo: bytes | None = None
) -> Printed:
    """What a certificate says on paper; ``duplicate_on`` the day it is printed again, None for the first time."""
    said: dict[str, Any] = {
        "house": house_of(told, logo),
        "certification": certification_of(told),
        "holder": holder_of(told["holder"]),
        "number": told["number"],
        "address": address,
        "issued_on": date.fromisoformat(told["awarded_on"]),
        "jury_on": date.fromisoformat(told["decision"]["deliberated_on"]),
    }
    if told["kind"] == "statement":
        return StatementOfResults(**said, lines=tuple(map(_line, told["parts"])))
    said |= {
        "valid_until": _day(told["valid_until"]),
        "renews": told["renews"],
        "duplicate": Duplicate(issued_on=duplicate_on) if duplicate_on else None,
    }
    if told["kind"] == "block":
        return BlockCertificate(**said, block=Block(code=told["code"], title=told["title"]))
    return Certificate(**said)


def house_of(told: Mapping[str, Any], logo: bytes | None = None) -> House:
    """The body as a certificate shows it: whatever it looks like since."""
    body, signatory, look = told["body"], told["signatory"], told["look"]
    words = told["words"].replace("{", "{{").replace("}", "}}")
    return House(
        legal_name=body["name"],
        trade_name=body["trade_name"],
        signatory=Signatory(name=signatory["name"], title=signatory["title"]),
        place=told["made_at"],
        primary=look["primary"],
        accent=look["accent"],
        logo=logo,
        wording={"certificate_words": words, "block_words": words} if words else {},
    )


def certification_of(told: Mapping[str, Any]) -> Certification:
    """The certification as it was registered the day of the certificate."""
    text: Mapping[str, Any] = next(iter(told["registrations"]), {})
    level = told["level"]
    return Certification(
        title=told["certification"],
        register=Register(told["register"]) if told["register"] else Register.BRANCH,
        code=text.get("code") or "",
        decision=text.get("text") or "",
        published_on=_day(text.get("published_on")),
        level=Level(national=level["eqf"], eqf=level["eqf"], fr1969=level["fr1969"] or "") if level else None,
        nsf=tuple(Nsf(code=code) for code in told["nsf"]),
    )


def holder_of(told: Mapping[str, Any]) -> Holder:
    """Its holder."""
    return Holder(
        first_names=" ".join(told["first_names"]),
        name=told["birth_name"],
        usage_name=told["used_name"],
        born_on=_day(told["born_on"]),
        born_at=told["born_at"],
    )


def _line(part: Mapping[str, Any]) -> ResultLine:
    result = Result.ACQUIRED if part["is_held"] else Result.NOT_ACQUIRED
    return ResultLine(code=part["code"], title=part["title"] or part["code"], result=result)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
