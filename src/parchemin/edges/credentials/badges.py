"""Open Badges 3.0: the credential of an award, of each of its blocks, and endorsements, all unsigned.

Source: 1EdTech Open Badges 3.0, document 1.2 of 23 December 2024, sections B.1 and B.2.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from parchemin.edges.credentials.awarded import Award, Block, Holder, Issuer, derived_id
from parchemin.edges.credentials.instants import instant
from parchemin.edges.credentials.loading import BADGE_EXTENSIONS, BADGES, CREDENTIALS
from parchemin.edges.credentials.status import status_entry
from parchemin.edges.credentials.strict import Json

CONTEXTS = [CREDENTIALS, BADGES, BADGE_EXTENSIONS]
SCHEMAS = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_"
EQF = "http://data.europa.eu/snb/eqf/"
EQF_NAME = "Cadre européen des certifications"


def award_badge(award: Award) -> Json:
    """The AchievementCredential of the whole award."""
    found = _credential(award, award.id, award.certification.title)
    found["credentialSubject"] |= {
        "achievement": certification_achievement(award),
        "result": [_result(award, block) for block in award.blocks],
    }
    return found | _status(award, award.status_index)


def block_badges(award: Award) -> tuple[Json, ...]:
    """The AchievementCredential of each block, in their order, for holders who show one without the others."""
    return tuple(_block_badge(award, block) for block in award.blocks)


def endorsement(
    *,
    id: str,
    name: str,
    endorser: Issuer,
    endorsed: str,
    comment: str,
    valid_from: datetime,
    valid_until: datetime | None = None,
) -> Json:
    """The EndorsementCredential by which ``endorser`` stands for what has the address ``endorsed``."""
    found = {
        "@context": CONTEXTS,
        "id": id,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": name,
        "issuer": profile(endorser),
        **_validity(valid_from, valid_until),
        "credentialSubject": {"id": endorsed, "type": ["EndorsementSubject"], "endorsementComment": comment},
    }
    return found | schema(f"{SCHEMAS}endorsementcredential_schema.json")


def certification_achievement(award: Award) -> Json:
    """The certification as an Achievement: its blocks are related to it and described as its results."""
    title = award.certification
    return {
        "id": title.id,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": title.title,
        "description": f"{title.title} ({title.code})",
        "humanCode": title.code,
        "inLanguage": title.language,
        "creator": profile(award.issuer),
        "criteria": {"narrative": title.criteria},
        "alignment": [*_level(title.level), *_competences(award, award.blocks)],
        "related": [{"id": block.id, "type": ["Related"], "inLanguage": title.language} for block in award.blocks],
        "resultDescription": [
            {
                "id": _result_id(award, block),
                "type": ["ResultDescription"],
                "name": f"{block.code} {block.title}",
                "resultType": "Status" if block.result is None else "Result",
            }
            for block in award.blocks
        ],
    }


def block_achievement(award: Award, block: Block) -> Json:
    """A block as an Achievement, related to its certification and aligned with its competences."""
    title = award.certification
    return {
        "id": block.id,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": block.title,
        "description": f"Bloc de compétences {block.code} — {title.title} ({title.code})",
        "humanCode": block.code,
        "inLanguage": title.language,
        "creator": profile(award.issuer),
        "criteria": {"narrative": title.criteria},
        "alignment": [*_level(title.level), *_competences(award, (block,))],
        "related": [{"id": title.id, "type": ["Related"], "inLanguage": title.language}],
    }


def profile(issuer: Issuer) -> Json:
    """An issuer as a Profile."""
    found: Json = {"id": issuer.id, "type": ["Profile"], "name": issuer.name}
    return found | ({"url": issuer.url} if issuer.url else {})


def identifiers(holder: Holder) -> list[Json]:
    """The holder as identity objects: the name, readable, and the identifier that only its owner knows."""
    name = f"{holder.given_name} {holder.family_name}"
    found = [{"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"}]
    if (known := holder.identifier) is not None:
        hashed = {"hashed": True, "identityHash": known.digest, "identityType": known.kind, "salt": known.salt}
        found.append({"type": "IdentityObject", **hashed})
    return found


def schema(url: str) -> Json:
    """The field by which a credential names its JSON Schema."""
    return {"credentialSchema": [{"id": url, "type": "1EdTechJsonSchemaValidator2019"}]}


def midnight(day: date) -> str:
    """A day where the standard wants an instant: its beginning, in UTC."""
    return instant(datetime.combine(day, time(), UTC))


def _credential(award: Award, id: str, name: str) -> Json:
    found = {
        "@context": CONTEXTS,
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "issuer": profile(award.issuer),
        **_validity(award.valid_from, award.valid_until),
        "awardedDate": midnight(award.awarded_on),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": identifiers(award.holder),
            "licenseNumber": award.number,
        },
    }
    if award.evidence:
        found["evidence"] = [
            {"id": one.url, "type": ["Evidence"], "name": one.name, "description": one.description}
            for one in award.evidence
        ]
    return found | schema(f"{SCHEMAS}achievementcredential_schema.json")


def _block_badge(award: Award, block: Block) -> Json:
    found = _credential(award, derived_id(award, block.code), f"{block.code} — {block.title}")
    found["credentialSubject"]["achievement"] = block_achievement(award, block)
    return found | _status(award, block.status_index)


def _validity(since: datetime, until: datetime | None) -> Json:
    return {"validFrom": instant(since)} | ({"validUntil": instant(until)} if until else {})


def _status(award: Award, index: int | None) -> Json:
    if award.status_list is None or index is None:
        return {}
    return {"credentialStatus": status_entry(award.status_list, index)}


def _result_id(award: Award, block: Block) -> str:
    return derived_id(award, f"{block.code}/result")


def _result(award: Award, block: Block) -> Json:
    found: Json = {"type": ["Result"], "resultDescription": _result_id(award, block), "status": "Completed"}
    return found | ({"value": block.result} if block.result is not None else {})


def _level(level: int | None) -> list[Json]:
    if level is None:
        return []
    return [
        {
            "type": ["Alignment"],
            "targetName": f"Niveau {level}",
            "targetUrl": f"{EQF}{level}",
            "targetCode": str(level),
            "targetFramework": EQF_NAME,
        }
    ]


def _competences(award: Award, blocks: Sequence[Block]) -> list[Json]:
    return [
        {
            "type": ["Alignment"],
            "targetName": one.title,
            "targetUrl": one.url,
            "targetCode": one.code,
            "targetFramework": award.certification.framework,
            "targetType": "CFItem",
        }
        for block in blocks
        for one in block.competences
    ]
