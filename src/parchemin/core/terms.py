"""The words every part of a certification is written with: what is unknown, identifiers, titles."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, NamedTuple, Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unknown:
    """The source does not say; ``why`` tells what was looked for, or what was lost."""

    why: str = ""


SILENT = Unknown()
"""What a source that says nothing at all leaves: the default of what it may leave out."""


class Ref(NamedTuple):
    """Marks an identifier that must exist in a section of the scheme."""

    section: str


PARTS = "blocks, competences"
"""The two sections of what can be held."""
RouteId = Annotated[str, Ref("routes")]
StepId = Annotated[str, Ref("steps")]
DocumentId = Annotated[str, Ref("documents")]
MethodId = Annotated[str, Ref("methods")]
JuryId = Annotated[str, Ref("juries")]
ActorId = Annotated[str, Ref("actors")]
CollegeId = Annotated[str, Ref("colleges")]
BlockId = Annotated[str, Ref("blocks")]
ActivityId = Annotated[str, Ref("activities")]
CompetenceId = Annotated[str, Ref("competences")]
LearningId = Annotated[str, Ref("learnings")]
UnitId = Annotated[str, Ref("units")]
StatementId = Annotated[str, Ref("statements")]
PartId = Annotated[str, Ref(PARTS)]
TagId = Annotated[str, Ref("experience_tags")]
Cited = Annotated[str, Ref("cited")]


class Confidence(StrEnum):
    """How sure a value is: in the text, deduced from it (say why), or to be confirmed before it may block."""

    STATED = "stated"
    INFERRED = "inferred"
    TO_CONFIRM = "to_confirm"


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something the source says that no rule decides: a purpose, a sector, a place, a reference."""

    title: str
    source: Cited
    confidence: Confidence = Confidence.STATED


class Titled(Protocol):
    """What has a title to be shown by."""

    @property
    def title(self) -> str:
        """How readers know it."""


def title_of(items: Mapping[str, Titled], id: str) -> str:
    """The title of an item, or its identifier when there is no such item."""
    item = items.get(id)
    return item.title if item else id


def listed(values: tuple[T, ...] | Unknown) -> tuple[T, ...]:
    """The values, or none of them when they are not known."""
    return () if isinstance(values, Unknown) else values
