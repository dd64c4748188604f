"""What a credential says, for whoever holds it already: read only once its signature is known to hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from parchemin.edges.credentials import CredentialError
from parchemin.edges.credentials.instants import read_instant

RECORD, BLOCK, RECOMMENDATION = "ClrCredential", "MicroCredential", "EndorsementCredential"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTold:
    """What the file itself bears; nothing of it comes from the records.

    ``recommended`` is the address of what a recommendation is about, and ``words`` what it says; both are empty for a
    certificate.
    """

    title: str
    code: str
    body: str
    holder: str
    number: str
    is_block: bool
    is_record: bool
    awarded_on: date | None
    valid_until: date | None
    evidence: tuple[tuple[str, str], ...]
    valid_from: date | None = None
    recommended: str = ""
    words: str = ""


def told_of(credential: dict[str, Any]) -> FileTold:
    """What that credential says; what it does not say is empty."""
    subject = _object(credential.get("credentialSubject"))
    achievement, issuer = _object(subject.get("achievement")), _object(credential.get("issuer"))
    awarded = _text(credential.get("awardedDate"))[:10]
    return FileTold(
        title=_text(achievement.get("name")) or _text(credential.get("name")),
        code=_text(achievement.get("humanCode")),
        body=_text(issuer.get("name")),
        holder=_holder(subject),
        number=_text(subject.get("licenseNumber")),
        is_block=achievement.get("achievementType") == BLOCK,
        is_record=RECORD in _list(credential.get("type")),
        awarded_on=date.fromisoformat(awarded) if awarded else None,
        valid_until=_day(credential.get("validUntil")),
        evidence=tuple(_evidence(credential)),
        valid_from=_day(credential.get("validFrom")),
        recommended=_text(subject.get("id")) if is_recommendation(credential) else "",
        words=_text(subject.get("endorsementComment")),
    )


def is_recommendation(credential: dict[str, Any]) -> bool:
    """Whether it says it is a recommendation, and no certificate."""
    return RECOMMENDATION in _list(credential.get("type"))


def _holder(subject: dict[str, Any]) -> str:
    """The name that can be read; not what is hashed."""
    named = (_object(one) for one in _list(subject.get("identifier")))
    return next((_text(one.get("identityHash")) for one in named if one.get("hashed") is False), "")


def _evidence(credential: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for one in map(_object, _list(credential.get("evidence"))):
        yield _text(one.get("name")), _text(one.get("description"))


def _day(value: object) -> date | None:
    try:
        return timezone.localdate(read_instant(value)) if value is not None else None
    except (CredentialError, OverflowError):
        return None


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
