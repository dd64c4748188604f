"""What a credential must have to be one, beyond its signature.

Sources: Verifiable Credentials Data Model 2.0, section 4; Open Badges 3.0, sections B.1 and B.2.
"""

import re
from typing import Any

from parchemin.edges.credentials.instants import read_instant
from parchemin.edges.credentials.loading import CREDENTIALS
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import Json

FIRST_VERSION = "https://www.w3.org/2018/credentials/v1"
BADGE_TYPES = {"OpenBadgeCredential", "AchievementCredential"}
ENDORSEMENT = "EndorsementCredential"
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", re.ASCII)


def require_credential(credential: Json) -> None:
    """Refuse what is not a credential; CredentialError incomplete with the field at fault, bad_instant, no_issuer."""
    contexts = listed(credential.get("@context"))
    if not contexts or contexts[0] not in (CREDENTIALS, FIRST_VERSION):
        raise CredentialError("incomplete", part="@context")
    types = listed(credential.get("type"))
    if "VerifiableCredential" not in types:
        raise CredentialError("incomplete", part="type")
    if "id" in credential and not _is_address(credential["id"]):
        raise CredentialError("incomplete", part="id")
    if not _is_address(issuer_of(credential)):
        raise CredentialError("no_issuer")
    _require_dates(credential, is_first=contexts[0] == FIRST_VERSION)
    subjects = listed(credential.get("credentialSubject"))
    if not subjects or not all(isinstance(one, dict) and one for one in subjects):
        raise CredentialError("incomplete", part="credentialSubject")
    for part in ("credentialStatus", "credentialSchema", "evidence", "termsOfUse", "refreshService"):
        if not all(isinstance(one, dict) and "type" in one for one in listed(credential.get(part, []))):
            raise CredentialError("incomplete", part=part)
    if not all(_is_address(one.get("id")) for one in listed(credential.get("credentialSchema"))):
        raise CredentialError("incomplete", part="credentialSchema")
    if BADGE_TYPES & {one for one in types if isinstance(one, str)}:
        _require_badge(credential, subjects)
    if ENDORSEMENT in types:
        _require_endorsement(credential, subjects)


def issuer_of(credential: Json) -> object:
    """The address of the issuer of a credential, or whatever stands there."""
    issuer = credential.get("issuer")
    return issuer.get("id") if isinstance(issuer, dict) else issuer


def validity(credential: Json) -> tuple[Any, Any]:
    """From when and until when a credential says it is valid, in the words of either data model; None if unsaid."""
    since = credential.get("validFrom", credential.get("issuanceDate"))
    return since, credential.get("validUntil", credential.get("expirationDate"))


def listed(value: Any) -> list[Any]:
    """The value as a list: itself, or alone in one; nothing gives none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_address(value: object) -> bool:
    return isinstance(value, str) and ADDRESS.fullmatch(value) is not None


def _require_dates(credential: Json, *, is_first: bool) -> None:
    since, until = validity(credential)
    if is_first and "issuanceDate" not in credential:
        raise CredentialError("incomplete", part="issuanceDate")
    starts = read_instant(since) if since is not None else None
    ends = read_instant(until) if until is not None else None
    if starts and ends and ends < starts:
        raise CredentialError("incomplete", part="validUntil")


def _require_profile(credential: Json) -> None:
    issuer = credential["issuer"]
    if not isinstance(issuer, dict) or "Profile" not in listed(issuer.get("type")):
        raise CredentialError("incomplete", part="issuer.type")


def _require_endorsement(credential: Json, subjects: list[Json]) -> None:
    _require_profile(credential)
    for subject in subjects:
        if "EndorsementSubject" not in listed(subject.get("type")):
            raise CredentialError("incomplete", part="credentialSubject.type")
        if not _is_address(subject.get("id")):
            raise CredentialError("incomplete", part="credentialSubject.id")


def _require_badge(credential: Json, subjects: list[Json]) -> None:
    _require_profile(credential)
    for subject in subjects:
        achievement = subject.get("achievement")
        if "AchievementSubject" not in listed(subject.get("type")):
            raise CredentialError("incomplete", part="credentialSubject.type")
        if not isinstance(achievement, dict) or "Achievement" not in listed(achievement.get("type")):
            raise CredentialError("incomplete", part="achievement")
        for part in ("id", "name", "description", "criteria"):
            if part not in achievement:
                raise CredentialError("incomplete", part=f"achievement.{part}")
