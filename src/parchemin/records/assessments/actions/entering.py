"""Results entered in the ledgers of a file: course units and critical learnings, each once whatever it feeds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from parchemin.core.facts import Attendance
from parchemin.core.framework import Learning
from parchemin.core.grid import Kind
from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.facts import standing
from parchemin.records.assessments.models import Result
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.people.models import Person

LEDGERS = (Kind.UNIT, Kind.LEARNING)
MOST = Decimal(100)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """One line as it is typed: a mark, whether it is acquired, or both; ``reason`` when it takes another's place.

    A critical learning developed over several levels is acquired at the last one: ``level`` says how far it is.
    """

    code: str
    kind: Kind
    is_acquired: bool | None = None
    mark: Decimal | None = None
    level: str = ""
    reason: str = ""

    @property
    def key(self) -> Key:
        """What it is a result on."""
        return self.kind.value, self.code

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return self.is_acquired is None and self.mark is None and not self.level


def enter_results(
    *, candidacy: Candidacy, lines: Iterable[Entered], by: Person, at: datetime, revision: int | None = None
) -> list[Result]:
    """What was typed is added to the ledgers, all of it or nothing; a line that says what already stands adds nothing.

    AssessmentError as ``fault`` says; StaleError when the file is no longer at ``revision``.
    """
    with taken(candidacy, revision, Status.ADMISSIBLE) as row:
        scheme = Judged(row, at.date()).scheme
        known = standing_of(row)
        made = []
        for line in lines:
            if found := fault(line, scheme, known):
                raise found
            before = known.get(line.key)
            if line.is_empty or says_the_same(line, before, scheme):
                continue
            known[line.key] = _added(row, line, before, scheme, by, at)
            made.append(known[line.key])
        if made:
            note(row, "results_entered", at, by, {"results": [one.pk.hex for one in made]})
    return made


def fault(line: Entered, scheme: Scheme, known: Mapping[Key, Result]) -> AssessmentError | None:
    """Why that line cannot be entered.

    ``no_entry`` when neither ledger has it, ``mark``, ``level``, ``why`` when it changes what stands without a reason.
    """
    if line.kind not in LEDGERS or line.code not in codes_of(scheme, line.kind):
        return AssessmentError("no_entry", line=line.code)
    if line.mark is not None and not 0 <= line.mark <= MOST:
        return AssessmentError("mark", line=line.code)
    if line.level and line.level not in levels_of(scheme, line):
        return AssessmentError("level", line=line.code, levels=", ".join(levels_of(scheme, line)))
    before = known.get(line.key)
    is_changed = before is not None and not line.is_empty and not says_the_same(line, before, scheme)
    return AssessmentError("why", line=line.code) if is_changed and not line.reason.strip() else None


def standing_of(row: Candidacy) -> dict[Key, Result]:
    """What stands on each line of the ledgers, leaving out what came from a void sitting; one query."""
    rows = row.results.filter(kind__in=[kind.value for kind in LEDGERS]).exclude(sitting__attendance=Attendance.VOID)
    return {(one.kind, one.code): one for one in standing(rows)}


def codes_of(scheme: Scheme, kind: Kind) -> tuple[str, ...]:
    """The codes of one ledger, in the order of the framework."""
    found = scheme.framework.units if kind is Kind.UNIT else scheme.framework.learnings
    return tuple(one.id for one in found)


def levels_of(scheme: Scheme, line: Entered) -> tuple[str, ...]:
    """The levels that line is developed at; none for a unit, nor where the source is silent."""
    if line.kind is not Kind.LEARNING:
        return ()
    known: dict[str, Learning] = {one.id: one for one in scheme.framework.learnings}
    return tuple(listed(known[line.code].levels)) if line.code in known else ()


def is_reached(line: Entered, scheme: Scheme) -> bool | None:
    """Whether it is acquired: what was typed, or whether the level it is at is the last one."""
    if not line.level:
        return line.is_acquired
    return line.level == levels_of(scheme, line)[-1]


def says_the_same(line: Entered, before: Result | None, scheme: Scheme) -> bool:
    """Whether what stands already says that."""
    typed = (is_reached(line, scheme), line.mark, line.level)
    return before is not None and (before.is_acquired, before.mark, before.level) == typed


def _added(row: Candidacy, line: Entered, before: Result | None, scheme: Scheme, by: Person, at: datetime) -> Result:
    return Result.objects.create(
        candidacy=row,
        code=line.code,
        kind=line.kind.value,
        is_acquired=is_reached(line, scheme),
        mark=line.mark,
        level=line.level,
        reason=line.reason.strip() if before else "",
        corrects=before,
        settled_at=at,
        settled_by=by,
    )
