"""The sheet of a sitting: the lines of its grid, and the method as a whole; what each evaluator must rate."""

from parchemin.core.asking import leaves
from parchemin.core.checks.results import BlockAcquired
from parchemin.core.facts import Attendance
from parchemin.core.grid import RESULTS, Kind, Line, grid_of
from parchemin.core.scheme import Scheme
from parchemin.records.assessments.facts import standing
from parchemin.records.assessments.models import Result, Sitting

MANDATORY = (*RESULTS, Kind.POINT, Kind.WHOLE)
"""What must be rated before signing; a criterion only helps to judge."""


def sheet_of(scheme: Scheme, method: str) -> tuple[Line, ...]:
    """The lines of the method's grid, then the method as a whole, which each evaluator says passed or not."""
    lines = grid_of(scheme, method)
    whole = Line(code=method, kind=Kind.WHOLE, title=scheme.methods[method].title)
    return lines if whole in lines else (*lines, whole)


def sheet_of_sitting(scheme: Scheme, sitting: Sitting) -> tuple[Line, ...]:
    """The same for one sitting: the method sat again, what an earlier sitting acquired is not rated once more."""
    lines = sheet_of(scheme, sitting.method)
    if sitting.number == 1:
        return lines
    others = Result.objects.filter(
        candidacy=sitting.candidacy_id, sitting__method=sitting.method, sitting__attendance=Attendance.HELD
    ).exclude(sitting=sitting)
    acquired = {(row.kind, row.code) for row in standing(others) if row.kind in RESULTS and row.is_acquired}
    return tuple(line for line in lines if (line.kind, line.code) not in acquired)


def is_marked(scheme: Scheme, line: Line) -> bool:
    """Whether that line takes a mark: the scheme holds the results of its block against a threshold."""
    if line.kind not in (Kind.LEARNING, Kind.UNIT):
        return False
    return any(
        isinstance(leaf, BlockAcquired)
        and leaf.block == line.block
        and leaf.by == f"{line.kind.value}s"
        and leaf.threshold is not None
        for rules in scheme.rules.values()
        for rule in rules
        for leaf in leaves(rule.check)
    )


def mandatory(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Those that must have a value before an evaluator signs."""
    return tuple(line for line in lines if line.kind in MANDATORY and line.refused is None)
