"""Where a file stands, line by line: what stands on each, what stood before and why it changed, what is to retry."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from parchemin.core.facts import Attendance
from parchemin.core.framework import Competence
from parchemin.core.grid import Kind, Line, Refused, units_of
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown, listed
from parchemin.records.assessments.facts import read_with_assessments, standing
from parchemin.records.assessments.models import Result, Sitting
from parchemin.records.assessments.queries.planned import ToSit, groups_of
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy

ACQUIRED, TO_ACQUIRE, MARKED, TO_RATE = "acquired", "to_acquire", "marked", "to_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One line, the result that stands, and those that no longer count, the last first.

    ``blocks`` are those it feeds; ``levels`` those a critical learning is developed at.
    """

    line: Line
    result: Result | None
    earlier: tuple[Result, ...]
    blocks: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """Acquired, to acquire, marked without a word on it, or still to rate."""
        return state_of(self.result)


@dataclass(frozen=True, slots=True)
class Part:
    """Lines shown together: those of a block, or of one ledger."""

    code: str
    title: str
    lines: tuple[Held, ...]


@dataclass(frozen=True)
class Ledger:
    """The results of a file; a few queries, however many there are."""

    judged: Judged

    @property
    def scheme(self) -> Scheme:
        """The scheme of the file."""
        return self.judged.scheme

    @cached_property
    def sittings(self) -> tuple[Sitting, ...]:
        """Its sittings, those cancelled before they were held left out."""
        return tuple(one for one in self._read.sittings.all() if one.cancelled_at is None)

    @cached_property
    def competences(self) -> tuple[Part, ...]:
        """The competences by block, those of the blocks aimed at only; those not assessed say so."""
        targets = self.judged.candidacy.blocks
        blocks = [one for id, one in self.scheme.blocks.items() if not targets or id in targets]
        parts = [
            Part(one.id, one.title if isinstance(one.title, str) else "", self._competences(one.id)) for one in blocks
        ]
        return (*(part for part in parts if part.lines), *self._unplaced())

    @cached_property
    def units(self) -> tuple[Held, ...]:
        """The ledger of course units, each once however many blocks it feeds."""
        feeds = {one.id: one.blocks for one in self.scheme.framework.units}
        return tuple(self._held(line, feeds[line.code]) for line in units_of(self.scheme))

    @cached_property
    def learnings(self) -> tuple[Part, ...]:
        """The ledger of critical learnings, by block."""
        found = self.scheme.framework.learnings
        parts = []
        for id, block in self.scheme.blocks.items():
            lines = tuple(
                self._held(Line(code=one.id, kind=Kind.LEARNING, title=one.title, block=id), (id,), listed(one.levels))
                for one in found
                if one.block == id
            )
            parts.append(Part(id, block.title if isinstance(block.title, str) else "", lines))
        return tuple(part for part in parts if part.lines)

    @property
    def has_ledgers(self) -> bool:
        """Whether results are entered in ledgers, whatever sittings there are."""
        return bool(self.scheme.framework.units or self.scheme.framework.learnings)

    @property
    def counted(self) -> dict[str, int]:
        """How many competences that are assessed stand in each way."""
        states = [one.state for part in self.competences for one in part.lines if one.line.refused is None]
        return {state: states.count(state) for state in (ACQUIRED, TO_ACQUIRE, MARKED, TO_RATE)}

    @cached_property
    def to_retry(self) -> tuple[ToSit, ...]:
        """The methods sat already from which something is missing, with those lines only, each once."""
        sat = {one.method for one in self.sittings if one.attendance}
        known = {one.id: one for group in groups_of(self.judged) for one in group.methods if one.is_offered}
        return tuple(one for id, one in known.items() if id in sat)

    def _competences(self, block: str | None) -> tuple[Held, ...]:
        return tuple(
            self._held(_line(one), (block,) if block else ())
            for one in listed(self.scheme.framework.competences)
            if (one.block if isinstance(one.block, str) else None) == block
        )

    def _unplaced(self) -> Iterable[Part]:
        lines = self._competences(None)
        return [Part("", "", lines)] if lines else []

    def _held(self, line: Line, blocks: tuple[str, ...], levels: tuple[str, ...] = ()) -> Held:
        rows = self._rows.get((line.kind.value, line.code), [])
        stands = self._standing.get((line.kind.value, line.code))
        earlier = tuple(one for one in reversed(rows) if one != stands)
        return Held(line=line, result=stands, earlier=earlier, blocks=blocks, levels=levels)

    @cached_property
    def _read(self) -> Candidacy:
        return read_with_assessments(self.judged.candidacy)

    @cached_property
    def _rows(self) -> dict[tuple[str, str], list[Result]]:
        found: dict[tuple[str, str], list[Result]] = {}
        sittings = {one.pk: one for one in self._read.sittings.all()}
        for row in self._read.results.all():
            row.sitting = sittings.get(row.sitting_id) if row.sitting_id else None
            found.setdefault((row.kind, row.code), []).append(row)
        return found

    @cached_property
    def _standing(self) -> dict[tuple[str, str], Result]:
        rows = (one for line in self._rows.values() for one in line)
        valid = [one for one in rows if one.sitting is None or one.sitting.attendance != Attendance.VOID]
        return {(one.kind, one.code): one for one in standing(valid)}


def state_of(result: Result | None) -> str:
    """How that result leaves its line."""
    if result is None:
        return TO_RATE
    if result.is_acquired is None:
        return MARKED
    return ACQUIRED if result.is_acquired else TO_ACQUIRE


def _line(one: Competence) -> Line:
    refused = Refused.PERHAPS_NOT if isinstance(one.is_assessed, Unknown) else None
    return Line(
        code=one.id,
        kind=Kind.COMPETENCE,
        title=one.title if isinstance(one.title, str) else None,
        block=one.block if isinstance(one.block, str) else None,
        refused=refused or (None if one.is_assessed else Refused.NOT_ASSESSED),
    )
