"""Comprehensive Learner Record 2.0: an award in one credential, its parts and how they belong together; or many awards.

Source: 1EdTech Comprehensive Learner Record 2.0, sections on ClrCredential, ClrSubject and Association.
"""

from collections.abc import Sequence
from datetime import datetime

from parchemin.edges.credentials.awarded import Award, Holder, Issuer, derived_id
from parchemin.edges.credentials.badges import (
    block_achievement,
    certification_achievement,
    identifiers,
    midnight,
    profile,
    schema,
)
from parchemin.edges.credentials.instants import instant
from parchemin.edges.credentials.loading import BADGE_EXTENSIONS, BADGES, CREDENTIALS, RECORDS
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.status import status_entry
from parchemin.edges.credentials.strict import Json

CONTEXTS = [CREDENTIALS, RECORDS, BADGES, BADGE_EXTENSIONS]
SCHEMA = "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json"


def transcript(award: Award, badges: Sequence[Json]) -> Json:
    """The ClrCredential of the award, unsigned, around its ``badges``, each already signed.

    Raises CredentialError: not_signed for a badge without proof, incomplete without any badge.
    """
    _require_signed(badges)
    title = award.certification
    found: Json = {
        "@context": CONTEXTS,
        "id": derived_id(award, "transcript"),
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": f"{title.title} — {award.number}",
        "partial": False,
        "issuer": profile(award.issuer),
        "validFrom": instant(award.valid_from),
        "awardedDate": midnight(award.awarded_on),
        "credentialSubject": {
            "type": ["ClrSubject"],
            "identifier": identifiers(award.holder),
            "achievement": [
                certification_achievement(award),
                *(block_achievement(award, block) for block in award.blocks),
            ],
            "verifiableCredential": list(badges),
            "association": [
                {
                    "type": "Association",
                    "associationType": "isPartOf",
                    "sourceId": block.id,
                    "targetId": title.id,
                }
                for block in award.blocks
            ],
        },
    }
    if award.valid_until is not None:
        found["validUntil"] = instant(award.valid_until)
    if award.status_list is not None and award.status_index is not None:
        found["credentialStatus"] = status_entry(award.status_list, award.status_index)
    return found | schema(SCHEMA)


def learner_record(
    *, id: str, name: str, issuer: Issuer, holder: Holder, badges: Sequence[Json], valid_from: datetime
) -> Json:
    """The ClrCredential of all that a body awarded to somebody, unsigned, around its ``badges``, each already signed.

    It has no status of its own: each badge has. The errors of ``transcript``.
    """
    _require_signed(badges)
    found: Json = {
        "@context": CONTEXTS,
        "id": id,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": name,
        "partial": False,
        "issuer": profile(issuer),
        "validFrom": instant(valid_from),
        "credentialSubject": {
            "type": ["ClrSubject"],
            "identifier": identifiers(holder),
            "verifiableCredential": list(badges),
        },
    }
    return found | schema(SCHEMA)


def _require_signed(badges: Sequence[Json]) -> None:
    if not badges:
        raise CredentialError("incomplete", part="badges")
    if not all("proof" in badge for badge in badges):
        raise CredentialError("not_signed")
