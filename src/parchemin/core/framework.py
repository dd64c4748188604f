"""The référentiel as frozen data: activities, blocks, competences, criteria, critical learnings, course units."""

from dataclasses import dataclass
from typing import Annotated

from parchemin.core.terms import (
    SILENT,
    ActivityId,
    BlockId,
    Cited,
    CompetenceId,
    Confidence,
    MethodId,
    Note,
    Ref,
    UnitId,
    Unknown,
)


@dataclass(frozen=True, kw_only=True)
class Composition:
    """How methods join: all of them, any of them, or at least so many."""

    all_of: tuple[MethodId, ...] = ()
    any_of: tuple[MethodId, ...] = ()
    at_least: int | None = None
    of: tuple[MethodId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Function:
    """A field of responsibility that groups activities."""

    id: str
    title: str
    source: Cited


@dataclass(frozen=True, kw_only=True)
class Activity:
    """What the holder does at work, and the tasks it is made of."""

    id: str
    title: str | Unknown
    function: Annotated[str, Ref("functions")] | None = None
    tasks: tuple[str, ...] = ()
    source: Cited
    confidence: Confidence = Confidence.STATED
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Block:
    """A homogeneous part of the certification that can be assessed and acquired on its own."""

    id: str
    title: str | Unknown
    activities: tuple[ActivityId, ...] = ()
    is_optional: bool | Unknown = False
    certificate: bool | Unknown = SILENT
    methods: Composition | Unknown = SILENT
    contents: tuple[str, ...] = ()
    source: Cited
    confidence: Confidence = Confidence.STATED
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Competence:
    """A competence; ``assessed_as`` is its assessed code, ``is_assessed`` false keeps it out of totals."""

    id: str
    title: str | Unknown
    block: BlockId | Unknown | None = None
    activity: ActivityId | None = None
    is_assessed: bool | Unknown = True
    assessed_as: str | None = None
    source: Cited
    confidence: Confidence = Confidence.STATED
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What is looked at to judge a block as a whole or some competences."""

    id: str
    title: str
    block: BlockId | None = None
    competences: tuple[CompetenceId, ...] = ()
    source: Cited


@dataclass(frozen=True, kw_only=True)
class Learning:
    """A critical learning of a block and the level it is developed at."""

    id: str
    title: str
    block: BlockId
    levels: tuple[str, ...] | Unknown
    source: Cited
    confidence: Confidence = Confidence.STATED


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A course unit; it may feed several blocks, and is validated once."""

    id: str
    blocks: tuple[BlockId, ...]
    part_of: UnitId | None = None
    credits: int | Unknown = SILENT
    coefficient: int | Unknown = SILENT
    source: Cited
    confidence: Confidence = Confidence.STATED


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A generic national dimension and the blocks it is used in."""

    id: str
    title: str
    blocks: tuple[BlockId, ...] = ()
    source: Cited


@dataclass(frozen=True, kw_only=True)
class Framework:
    """The référentiel: activities, blocks, competences, criteria, critical learnings, course units."""

    format: str
    source: Cited
    functions: tuple[Function, ...] = ()
    activities: tuple[Activity, ...] | Unknown = ()
    capabilities: tuple[Note, ...] = ()
    blocks: tuple[Block, ...] | Unknown = ()
    competences: tuple[Competence, ...] | Unknown = ()
    criteria: tuple[Criterion, ...] | Unknown = ()
    learnings: tuple[Learning, ...] = ()
    units: tuple[Unit, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    notes: tuple[Note, ...] = ()
