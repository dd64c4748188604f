"""A certification as frozen data: what its files say, resolved for one date. Nothing here decides.

``Unknown`` stands wherever the sources are silent. Identifiers marked with ``Ref`` must exist in the named section;
the catalogue checks that, and editors offer them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, Protocol

from parchemin.core.decision import Effect, SchemeRef, Seen, Stage
from parchemin.core.facts import Sought
from parchemin.core.framework import Block, Competence, Framework
from parchemin.core.terms import (
    SILENT,
    ActorId,
    BlockId,
    Cited,
    CollegeId,
    CompetenceId,
    Confidence,
    DocumentId,
    JuryId,
    Note,
    PartId,
    RouteId,
    Unknown,
    listed,
)


class Status(StrEnum):
    """Life of a version: being written, in use and frozen, or closed to newcomers."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Register(StrEnum):
    """Where a certification is registered; BRANCH when only its branch knows it."""

    RNCP = "rncp"
    RS = "rs"
    INVENTAIRE = "inventaire"
    HOMOLOGATION = "homologation"
    BRANCH = "branch"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A text that values come from, and when it was last read."""

    title: str
    read_on: date
    url: str | None = None
    note: str | None = None
    fictitious: bool = False


@dataclass(frozen=True, kw_only=True)
class Registration:
    """One legal text and the period it opens, both ends included; it is known from ``published_on``.

    Where a bound is unknown, ``from_at_earliest`` and ``until_at_latest`` say what it cannot be before or after.
    """

    id: str
    text: str
    register: Register | Unknown
    from_: date | Unknown
    until: date | Unknown | None
    published_on: date | Unknown
    title: str | None = None
    code: str | None = None
    level: str | None = None
    issuer: str | None = None
    prolongs: str | None = None
    from_at_earliest: date | None = None
    until_at_latest: date | None = None
    source: Cited
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Level:
    """The level in both nomenclatures, or none at all."""

    fr1969: str | Unknown | None = None
    eqf: int | Unknown | None = None
    source: Cited
    confidence: Confidence = Confidence.STATED
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Codes:
    """Nomenclature codes; an empty list when the source leaves the place empty."""

    nsf: tuple[str, ...] | Unknown
    rome: tuple[str, ...] | Unknown
    formacode: tuple[str, ...] | Unknown
    naf: tuple[str, ...] | Unknown
    source: Cited


@dataclass(frozen=True, kw_only=True)
class Body:
    """An organisation and the names it bears in the sources."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    source: Cited
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A role somebody plays, what it may do, and the accreditation it needs."""

    title: str
    may: tuple[str, ...] | Unknown = ()
    accredited_by: str | Unknown | None = None
    requires: tuple[str, ...] | Unknown = ()
    lasts: str | Unknown | None = None
    source: Cited
    confidence: Confidence = Confidence.STATED
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """A least and a greatest number, both included, with how it is counted."""

    min: int | None = None
    max: int | None = None
    counting: str | Unknown | None = None


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    """A document the scheme wants or produces, its limits and who signs or keeps it."""

    title: str
    aliases: tuple[str, ...] = ()
    pages: Bounds | Unknown | None = None
    characters: Bounds | Unknown | None = None
    minutes: Bounds | Unknown | None = None
    signed_by: tuple[ActorId, ...] | Unknown = ()
    holder: ActorId | Unknown | None = None
    handed_to: tuple[ActorId, ...] = ()
    contents: tuple[str, ...] = ()
    source: Cited
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """What an actor does on a route: who owns it, what it wants and what it produces."""

    id: str
    title: str
    owner: tuple[ActorId, ...] | Unknown
    wants: tuple[DocumentId, ...] | Unknown = ()
    produces: tuple[DocumentId, ...] = ()
    place: str | Unknown | None = None
    is_optional: bool = False
    source: Cited | None = None
    confidence: Confidence = Confidence.STATED
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Route:
    """A way in: open or closed, its ordered steps, and its jury (its own, or that of another route)."""

    title: str
    is_open: bool | Unknown
    steps: tuple[Step, ...] | Unknown = ()
    steps_as: RouteId | None = None
    jury: JuryId | Unknown | None = None
    jury_as: RouteId | None = None
    accompaniment: str | None = None
    source: Cited
    confidence: Confidence = Confidence.STATED
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Method:
    """A way of assessing: its limits, its evaluators by profile, where it may be held."""

    title: str
    kind: str
    blocks: tuple[BlockId, ...] = ()
    competences: tuple[CompetenceId, ...] = ()
    minutes: int | Unknown | None = None
    document: DocumentId | None = None
    evaluators: Mapping[ActorId, int] | Unknown | None = None
    places: tuple[str, ...] | Unknown | None = None
    points: tuple[str, ...] = ()
    needs_mission: bool = False
    source: Cited
    confidence: Confidence = Confidence.STATED
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A named place in a jury; ``min`` members must fill it."""

    id: str
    title: str
    college: CollegeId | None = None
    is_external: bool | Unknown | None = None
    min: int = 1
    substitute: bool | Unknown = SILENT
    source: Cited | None = None
    confidence: Confidence = Confidence.STATED


@dataclass(frozen=True, kw_only=True)
class College:
    """A group represented in a jury, and the least number of its members."""

    title: str
    min: int | Unknown = 1


class JuryMode(StrEnum):
    """What the jury judges."""

    ASSESSES = "assesses"
    INTERVIEWS = "interviews"
    VERIFIES = "verifies"


@dataclass(frozen=True, kw_only=True)
class Jury:
    """A composition; every silence is kept as such."""

    title: str
    mode: JuryMode | Unknown
    seats: tuple[Seat, ...] | Unknown = ()
    colleges: Mapping[str, College] | Unknown = field(default_factory=dict)
    source: Cited
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Award:
    """What is delivered, by whom it is decided and issued, what a partial success gives, and what may follow each.

    ``continuation`` is how to go on after a partial success, ``renewal`` how a certificate that ends is renewed; the
    second means nothing where the certificate is without limit.
    """

    title: str
    decided_by: str | Unknown
    issued_by: str | Unknown
    certificate: str | Unknown
    block_certificates: bool | Unknown
    partial: str | Unknown
    continuation: tuple[str, ...] | Unknown = ()
    renewal: tuple[str, ...] | Unknown = SILENT
    source: Cited
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Statistic:
    """A figure the source gives, and whether it is a fact or a forecast."""

    title: str
    nature: str
    min: int | None = None
    max: int | None = None
    period: str
    source: Cited


@dataclass(frozen=True, kw_only=True)
class When:
    """Which files a rule applies to; every condition given must hold. Dates are inclusive.

    ``blocks``: one of these is aimed at, or the whole certification is.
    """

    route: tuple[RouteId, ...] = ()
    target: Literal["certification", "blocks"] | None = None
    blocks: tuple[BlockId, ...] = ()
    sought: Sought | None = None
    registers: tuple[Register, ...] = ()
    began_from: date | None = None
    began_until: date | None = None
    decided_from: date | None = None
    decided_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Equivalence:
    """What parts held under another version give in this one, ``until`` the last day it may be used.

    All of ``held`` together give each of ``gives``; with ``same``, each of them gives the part of the same code.
    """

    version: str
    held: tuple[str, ...]
    gives: Literal["same"] | tuple[PartId, ...] | Unknown
    until: date | None = None
    source: Cited
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Transition:
    """Which version a file opened under another one follows: that one, this one, or the more favourable of the two."""

    rule: Literal["former_rule", "new_rule", "more_favourable"] | Unknown
    source: Cited
    note: str | None = None


class Check(Protocol):
    """A small pure function with typed parameters: it looks at a case and says what it saw.

    A case holds a scheme, which holds rules, which hold checks: the case is left untyped here, and typed in each check.
    """

    def look(self, case: Any) -> Seen:
        """The answer, the observation in French and its figures."""
        ...


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule as a manager reads it, and the named check that applies it."""

    id: str
    says: str
    source: str
    check: Check
    effect: Effect = Effect.BLOCKING
    when: When = When()
    is_firm: bool = False
    confidence: Confidence = Confidence.STATED
    file: str = ""
    line: int = 0
    column: int = 1


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """One version of a certification with the national packs and rulings that apply on a date."""

    ref: SchemeRef
    kind: str
    title: str
    status: Status
    register: Register | Unknown
    version_label: str | Unknown | None
    effect_until: date | None
    level: Level | Unknown
    codes: Codes
    sources: Mapping[str, Source]
    registrations: tuple[Registration, ...] | Unknown
    bodies: tuple[Body, ...] | Unknown
    actors: Mapping[str, Actor]
    documents: Mapping[str, DocumentKind]
    methods: Mapping[str, Method]
    juries: Mapping[str, Jury | Unknown]
    routes: Mapping[str, Route]
    award: Award
    statistics: tuple[Statistic, ...] | Unknown
    statements: Mapping[str, str]
    experience_tags: Mapping[str, str]
    notes: tuple[Note, ...]
    framework: Framework
    rules: Mapping[Stage, tuple[Rule, ...]]
    conformity: tuple[Rule, ...]
    places: Mapping[str, str] = field(default_factory=dict)
    equivalences: tuple[Equivalence, ...] | Unknown = SILENT
    transition: Transition | Unknown = SILENT

    @cached_property
    def blocks(self) -> Mapping[str, Block]:
        """The blocks by code; empty when there are none or they are not known."""
        return {block.id: block for block in listed(self.framework.blocks)}

    @cached_property
    def required_blocks(self) -> tuple[str, ...]:
        """The codes of the blocks the whole certification asks for, those that may be optional included."""
        return tuple(block.id for block in self.blocks.values() if block.is_optional is not True)

    @cached_property
    def competences(self) -> Mapping[str, Competence]:
        """The competences by code, under their assessed code too."""
        known = listed(self.framework.competences)
        return {c.assessed_as: c for c in known if c.assessed_as} | {c.id: c for c in known}

    @cached_property
    def assessed(self) -> tuple[str, ...]:
        """The codes of the competences that are assessed, or may be, in order."""
        return tuple(c.id for c in listed(self.framework.competences) if c.is_assessed is not False)

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The codes of the blocks and competences of which the source does not say whether they are asked for."""
        blocks = {block.id for block in self.blocks.values() if isinstance(block.is_optional, Unknown)}
        return frozenset(blocks | {c.id for c in self.competences.values() if isinstance(c.is_assessed, Unknown)})

    @cached_property
    def codes_known(self) -> frozenset[str]:
        """Every code a result may bear."""
        frame = self.framework
        others = (listed(frame.criteria), frame.learnings, frame.units, listed(frame.blocks))
        return frozenset(self.competences).union(*({item.id for item in items} for items in others))

    @cached_property
    def paths(self) -> Mapping[str, Route]:
        """The routes, each with the steps and the jury of the route it refers to."""
        return {
            id: replace(route, steps=self._lent(id, "steps_as").steps, jury=self._lent(id, "jury_as").jury)
            for id, route in self.routes.items()
        }

    def _lent(self, id: str, reference: str) -> Route:
        passed = {id}
        while (lender := getattr(self.routes[id], reference)) in self.routes and lender not in passed:
            passed.add(lender)
            id = lender
        return self.routes[id]

    def route_of(self, id: str | None) -> Route | None:
        """The route, with the steps and jury of the route it refers to; None when there is no such route."""
        return self.paths.get(id) if id else None

    def cited(self, source: str) -> str:
        """A source as readers see it: the titles of what it cites, each with its place."""
        parts = [
            (id.strip(), comma + where) for id, comma, where in (one.partition(",") for one in source.split(" ; "))
        ]
        return " ; ".join((self.sources[id].title if id in self.sources else id) + where for id, where in parts)

    def code_of(self, code: str) -> str:
        """The code in the framework: an assessed code leads to its competence."""
        return self.canonical.get(code, code)

    @cached_property
    def canonical(self) -> Mapping[str, str]:
        """The code in the framework of each competence, by every code it bears."""
        return {code: competence.id for code, competence in self.competences.items()}

    @cached_property
    def assessed_of(self) -> Mapping[str, tuple[str, ...]]:
        """The assessed competences of each block that the source gives some to."""
        found: dict[str, list[str]] = {}
        for code in self.assessed:
            block = self.competences[code].block
            if isinstance(block, str):
                found.setdefault(block, []).append(code)
        return {block: tuple(codes) for block, codes in found.items()}
