"""Compares what was counted in a document with the limits it is under, and says by how much it is over or short."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol

from parchemin.core.terms import Unknown
from parchemin.edges.documents.inspecting import Inspection

if TYPE_CHECKING:  # the reading process loads this package too, and has no use for a whole certification
    from parchemin.core.scheme import Bounds

Doubt = Literal["declared", "partial", "counting_said", "counting_unsaid"]


class Unit(StrEnum):
    """What a limit is counted in."""

    PAGES = "pages"
    CHARACTERS = "characters"
    MINUTES = "minutes"


class Verdict(StrEnum):
    """How a length stands to its limit."""

    WITHIN = "within"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    NOT_MEASURED = "not_measured"
    LIMIT_UNKNOWN = "limit_unknown"


class Bounded(Protocol):
    """What sets limits to a document: a kind of document of a certification, or ``Lengths``."""

    @property
    def pages(self) -> "Bounds | Unknown | None":
        """Least and greatest number of pages."""

    @property
    def characters(self) -> "Bounds | Unknown | None":
        """Least and greatest number of characters, spaces included."""

    @property
    def minutes(self) -> "Bounds | Unknown | None":
        """Least and greatest length in minutes."""


@dataclass(frozen=True, kw_only=True)
class Lengths:
    """Limits of a document that no certification describes. None: no limit; Unknown: the source does not say."""

    pages: "Bounds | Unknown | None" = None
    characters: "Bounds | Unknown | None" = None
    minutes: "Bounds | Unknown | None" = None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A length against its limit.

    ``measured``, ``min``, ``max`` and ``gap`` (what is too much or missing, else 0) are in pages, in characters, or in
    seconds when the unit is MINUTES. ``doubts`` say why the verdict might not hold; ``said`` is what the source says of
    the way to count, or of what it leaves unknown.
    """

    unit: Unit
    verdict: Verdict
    measured: int | None
    min: int | None = None
    max: int | None = None
    gap: int = 0
    doubts: tuple[Doubt, ...] = ()
    said: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether the verdict holds for sure: the length was counted whole, as the source wants it counted."""
        return self.verdict in {Verdict.WITHIN, Verdict.TOO_LONG, Verdict.TOO_SHORT} and not self.doubts

    def sentence(self, language: Literal["fr", "en"]) -> str:
        """The exact count against the limit, in plain words."""
        from parchemin.edges.documents.wording import worded

        return worded(self, language)


def against(inspection: Inspection, bounds: Bounded) -> tuple[Comparison, ...]:
    """Each limit of a document compared with what was counted, pages first; nothing where there is no limit.

    Bounds are inclusive. A length in minutes is compared to the second: 20 minutes and one second exceed 20 minutes.
    """
    measured = {
        Unit.PAGES: (inspection.pages, bounds.pages),
        Unit.CHARACTERS: (inspection.characters, bounds.characters),
        Unit.MINUTES: (inspection.seconds, bounds.minutes),
    }
    return tuple(
        _compared(inspection, unit, count, limit) for unit, (count, limit) in measured.items() if _is_limit(limit)
    )


def _is_limit(limit: "Bounds | Unknown | None") -> bool:
    return limit is not None and (isinstance(limit, Unknown) or limit.min is not None or limit.max is not None)


def _compared(inspection: Inspection, unit: Unit, count: int | None, limit: "Bounds | Unknown | None") -> Comparison:
    if limit is None or isinstance(limit, Unknown):
        why = limit.why if limit else ""
        doubts = _doubts(inspection, unit, Verdict.LIMIT_UNKNOWN) if count is not None else ()
        return Comparison(unit=unit, verdict=Verdict.LIMIT_UNKNOWN, measured=count, doubts=doubts, said=why)
    scale = 60 if unit is Unit.MINUTES else 1
    least = None if limit.min is None else limit.min * scale
    most = None if limit.max is None else limit.max * scale
    verdict, gap = _verdict(count, least, most)
    said: tuple[Doubt, ...] = ()
    if limit.counting is not None and verdict is not Verdict.NOT_MEASURED:
        said = ("counting_unsaid",) if isinstance(limit.counting, Unknown) else ("counting_said",)
    return Comparison(
        unit=unit,
        verdict=verdict,
        measured=count,
        min=least,
        max=most,
        gap=gap,
        doubts=(*_doubts(inspection, unit, verdict), *said),
        said=limit.counting if isinstance(limit.counting, str) else "",
    )


def _verdict(count: int | None, least: int | None, most: int | None) -> tuple[Verdict, int]:
    if count is None:
        return Verdict.NOT_MEASURED, 0
    if most is not None and count > most:
        return Verdict.TOO_LONG, count - most
    if least is not None and count < least:
        return Verdict.TOO_SHORT, least - count
    return Verdict.WITHIN, 0


def _doubts(inspection: Inspection, unit: Unit, verdict: Verdict) -> tuple[Doubt, ...]:
    """A declared number of pages may be stale; a partial count is a minimum, which is enough to be too long."""
    if verdict is Verdict.NOT_MEASURED:
        return ()
    if unit is Unit.PAGES and inspection.pages_are_declared:
        return ("declared",)
    is_partial = unit is Unit.CHARACTERS and inspection.characters_are_partial
    return ("partial",) if is_partial and verdict is not Verdict.TOO_LONG else ()
