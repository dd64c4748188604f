"""What documents have in common: who issues them, what they are about, who holds them, who signs, how to check them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from parchemin.core.scheme import Register
from parchemin.edges.parchments.house import House
from parchemin.edges.parchments.labels import BORN, REGISTERS, label, level_words
from parchemin.edges.parchments.parchment import (
    Award,
    Certification,
    Holder,
    Language,
    MinutesExtract,
    StatementOfResults,
)
from parchemin.edges.parchments.setting import day, exact, worded
from parchemin.edges.parchments.verification import shown
from parchemin.typography import NARROW


def shell(house: House, title: str, language: Language = "fr") -> dict[str, Any]:
    """What every document has: its title for readers of files, its language, its author and colours."""
    legal = worded(house.legal_name)
    return {
        "language": language,
        "title": title,
        "author": legal,
        "primary": house.primary,
        "accent": house.accent,
        "legal": legal,
        "trade": worded(house.trade_name),
        "logo_alt": label("logo", language, body=legal),
        "attachment": label("attachment", language),
    }


def mentions(certification: Certification) -> Iterator[str]:
    """The mandatory mentions about the certification itself, one to a line; what is not given is not invented."""
    if certification.level and (told := level_words(certification.level)):
        yield told
    yield registration(certification)
    if certification.decision:
        yield decision(certification)
    if certification.nsf:
        yield f"Nomenclature des spécialités de formation (NSF){NARROW}: {nsf(certification)}"


def registration(certification: Certification) -> str:
    """In which register it stands, and under which code."""
    told = REGISTERS[certification.register]
    if certification.code and certification.register is not Register.BRANCH:
        told += f" sous le code {exact(certification.code)}"
    return told


def decision(certification: Certification) -> str:
    """The text that registers it, and when it was published."""
    told = f"Texte d’enregistrement{NARROW}: {worded(certification.decision)}"
    return f"{told} (publication{NARROW}: {day(certification.published_on)})" if certification.published_on else told


def nsf(certification: Certification) -> str:
    """The specialities, each with its code."""
    return ", ".join(f"{exact(one.code)}\u00a0{worded(one.label)}".strip("\u00a0 ") for one in certification.nsf)


def holder_lines(holder: Holder) -> dict[str, str]:
    """The name as the proof of identity writes it, then what tells the person from others of that name."""
    born = BORN[holder.gender]
    parts = [f"le {day(holder.born_on)}"] if holder.born_on else []
    parts += [f"à {exact(holder.born_at)}"] if holder.born_at else []
    return {
        "name": exact(holder.full_name),
        "usage": f"nom d’usage{NARROW}: {exact(holder.usage_name)}" if holder.usage_name else "",
        "born": " ".join((born, *parts)) if parts else "",
    }


def signature(house: House, on: str, language: Language = "fr") -> dict[str, str]:
    """Where and when it was made, and who signs."""
    place, name = worded(house.place), exact(house.signatory.name)
    return {
        "dateline": label("dateline" if place else "dateline_nowhere", language, place=place, on=on),
        "title": worded(house.signatory.title),
        "name": name,
        "alt": label("scan", language, name=name),
    }


def proof(name: str, number: str, address: str, language: Language = "fr") -> dict[str, str]:
    """The number under its label, the address, and what the QR code is to who does not see it."""
    return {
        "number_label": label(name, language),
        "number": number,
        "check": label("check", language),
        "shown": shown(address),
        "alt": label("qr", language, address=address),
    }


def values_of(document: Award | StatementOfResults | MinutesExtract, number: str) -> dict[str, str]:
    """What the wordings of the body may ask for; empty where there is none."""
    dates: dict[str, date | None] = {
        "date": document.issued_on,
        "jury_date": document.jury_on,
        "valid_until": document.valid_until if isinstance(document, Award) else None,
    }
    return {
        "holder": document.holder.full_name,
        "title": document.certification.title,
        "code": document.certification.code,
        "body": document.house.legal_name,
        "place": document.house.place,
        "number": number,
        **{name: day(value) if value else "" for name, value in dates.items()},
    }
