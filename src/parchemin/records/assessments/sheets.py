"""The sheet of a sitting: the lines of its grid, and the method as a whole; what each evaluator must rate."""

from parchemin.core.grid import RESULTS, Kind, Line, grid_of
from parchemin.core.scheme import Scheme

MANDATORY = (*RESULTS, Kind.POINT, Kind.WHOLE)
"""What must be rated before signing; a criterion only helps to judge."""


def sheet_of(scheme: Scheme, method: str) -> tuple[Line, ...]:
    """The lines of the method's grid, then the method as a whole, which each evaluator says passed or not."""
    lines = grid_of(scheme, method)
    whole = Line(code=method, kind=Kind.WHOLE, title=scheme.methods[method].title)
    return lines if whole in lines else (*lines, whole)


def mandatory(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Those that must have a value before an evaluator signs."""
    return tuple(line for line in lines if line.kind in MANDATORY and line.refused is None)
