"""Instants as credentials write them: with a time zone, always (VCDM 2.0 section 4.9, xsd:dateTimeStamp)."""

import re
from datetime import UTC, datetime

from parchemin.edges.credentials.problems import CredentialError

STAMP = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)", re.ASCII)


def instant(at: datetime) -> str:
    """The instant in UTC to the second, ``2026-06-15T12:00:00Z``; CredentialError no_time_zone for a naive one."""
    if at.tzinfo is None:
        raise CredentialError("no_time_zone", instant=at.isoformat())
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_instant(text: object) -> datetime:
    """The instant written in ``text``, with its zone; CredentialError bad_instant."""
    found = STAMP.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise CredentialError("bad_instant", instant=str(text)[:60])
    day, time, fraction, zone = found.groups()
    try:
        read = datetime.fromisoformat(f"{day}T{time}{(fraction or '')[:7]}{zone}")
        read.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise CredentialError("bad_instant", instant=str(text)[:60]) from error
    return read
