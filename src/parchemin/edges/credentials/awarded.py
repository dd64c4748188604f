"""What was awarded, in plain terms: the one source of every form of credential."""

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from parchemin.edges.credentials.problems import CredentialError

EQF_LEVELS = range(1, 9)
LINKED = re.compile(r"(?:https?://|urn:uuid:|did:)[^\s<>\"{}|\\^`]+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who awards: ``id`` is its did:web or the address of its profile, the controller of its keys.

    ``registration`` is its SIRET; ``country`` a code of three letters.
    """

    id: str
    name: str
    url: str | None = None
    registration: str | None = None
    country: str = "FRA"


@dataclass(frozen=True, slots=True, kw_only=True)
class HashedIdentifier:
    """An identifier that whoever knows it can recognise, such as an e-mail address; see ``hashed_identifier``."""

    kind: str
    digest: str
    salt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds the award, named as on the certificate."""

    given_name: str
    family_name: str
    identifier: HashedIdentifier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """A competence of the framework; ``url`` is the address of its item in the published framework."""

    code: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of competences that the holder has; ``id`` names it for all holders, ``result`` is theirs, in words.

    ``status_index`` is the place of the block's own credential in the status list of the award.
    """

    id: str
    code: str
    title: str
    competences: tuple[Competence, ...]
    result: str | None = None
    status_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """The certification awarded: ``code`` such as RNCP12345 or RS6789, ``level`` 1 to 8, or None for a RS."""

    id: str
    title: str
    code: str
    framework: str
    criteria: str
    language: str = "fr"
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of evidence that the holder chose to show."""

    name: str
    description: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A certification awarded to a person. ``id`` is ``urn:uuid:…`` or an address, ``number`` the certificate's.

    ``valid_from`` and ``valid_until`` have their time zone. Raises CredentialError when made of what no credential
    could say: incomplete, no_time_zone.
    """

    id: str
    number: str
    issuer: Issuer
    holder: Holder
    certification: Certification
    awarded_on: date
    valid_from: datetime
    valid_until: datetime | None = None
    blocks: tuple[Block, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    status_list: str | None = None
    status_index: int | None = None

    def __post_init__(self) -> None:
        for at in (self.valid_from, self.valid_until):
            if at is not None and at.tzinfo is None:
                raise CredentialError("no_time_zone", instant=at.isoformat())
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise CredentialError("incomplete", part="valid_until")
        level = self.certification.level
        if level is not None and level not in EQF_LEVELS:
            raise CredentialError("incomplete", part="level")
        if (self.status_list is None) != (self.status_index is None):
            raise CredentialError("incomplete", part="status_index")
        for part, address in _addresses(self):
            if not LINKED.fullmatch(address):
                raise CredentialError("incomplete", part=part)


def _addresses(award: Award) -> list[tuple[str, str]]:
    found = [("id", award.id), ("issuer.id", award.issuer.id), ("certification.id", award.certification.id)]
    found += [("issuer.url", award.issuer.url)] if award.issuer.url is not None else []
    found += [("status_list", award.status_list)] if award.status_list is not None else []
    found += [(f"blocks.{block.code}.id", block.id) for block in award.blocks]
    found += [(f"competences.{one.code}.url", one.url) for block in award.blocks for one in block.competences]
    return found + [("evidence.url", one.url) for one in award.evidence]


def hashed_identifier(identifier: str, salt: str, kind: str = "emailAddress") -> HashedIdentifier:
    """The identifier so that only whoever knows it can recognise it (Open Badges 3.0, IdentityObject).

    ``salt`` is random, of at least 16 characters: without it, addresses could be tried one after the other. Raises
    CredentialError incomplete.
    """
    if len(salt) < 16:
        raise CredentialError("incomplete", part="salt")
    return HashedIdentifier(kind=kind, digest=f"sha256${sha256((identifier + salt).encode()).hexdigest()}", salt=salt)


def derived_id(award: Award, name: str) -> str:
    """The identifier of a part of an award: the same each time, different for each name."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{award.id}#{name}')}"
