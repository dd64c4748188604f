"""What was settled after evaluators differed."""

from collections.abc import Iterable

from parchemin.core.grid import Kind
from parchemin.records.assessments.models import Evaluator, Result, Sitting


def settled_after_difference(sitting: Sitting, evaluators: Iterable[Evaluator]) -> list[Result]:
    """The results of the lines that they had rated differently, as first settled, in the order of the rows."""
    values: dict[tuple[str, str], set[tuple[object, object]]] = {}
    for one in evaluators:
        for rating in one.ratings.all():
            if rating.has_value and rating.kind != Kind.CRITERION:
                values.setdefault((rating.kind, rating.code), set()).add(rating.value)
    differed = {key for key, found in values.items() if len(found) > 1}
    rows = sitting.results.filter(corrects__isnull=True)
    return [row for row in rows if (row.kind, row.code) in differed]
