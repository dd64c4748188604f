"""Calendar files: one meeting that any calendar opens, as RFC 5545 writes it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.http import HttpResponse

from parchemin.web.shared.clock import now

WIDEST = 75
"""The octets of a line, its end apart (section 3.1)."""


def calendar_file(
    uid: str,
    title: str,
    starts_at: datetime,
    minutes: int,
    place: str,
    text: str,
    sequence: int = 0,
    *,
    is_cancelled: bool = False,
) -> bytes:
    """The file of one meeting; the same ``uid`` with a greater ``sequence`` moves it in the calendar that has it.

    ``is_cancelled`` strikes it out there (section 3.8.1.11). ``starts_at`` knows its time zone; times are in UTC.
    """
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Parchemin//Parchemin//FR",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        f"UID:{_escaped(uid)}",
        f"DTSTAMP:{_utc(now())}",
        f"SEQUENCE:{sequence}",
        *(["STATUS:CANCELLED"] if is_cancelled else ()),
        f"DTSTART:{_utc(starts_at)}",
        f"DTEND:{_utc(starts_at + timedelta(minutes=minutes))}",
        f"SUMMARY:{_escaped(title)}",
        *([f"LOCATION:{_escaped(place)}"] if place else ()),
        *([f"DESCRIPTION:{_escaped(text)}"] if text else ()),
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def calendar_sent(file: bytes, name: str) -> HttpResponse:
    """The answer that downloads that file; ``name`` is in ASCII, without its extension."""
    return HttpResponse(
        file,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )


def _utc(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("the time zone of a meeting must be known")
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    plain = "\n".join(text.splitlines()).replace("\t", " ")
    plain = "".join(char for char in plain if char == "\n" or char.isprintable() or char.isspace())
    for char in ("\\", ";", ","):
        plain = plain.replace(char, "\\" + char)
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """The line in parts of 75 octets at most, no character cut, each after the first beginning with a space."""
    part = b""
    for char in line:
        octets = char.encode("utf-8", errors="replace")
        if len(part) + len(octets) > WIDEST:
            yield part
            part = b" "
        part += octets
    yield part
