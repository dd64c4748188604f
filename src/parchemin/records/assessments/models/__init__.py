"""Tables of assessments: sittings and who assesses, what each rated alone, what was settled."""

from parchemin.records.assessments.models.ratings import Rating, Stand
from parchemin.records.assessments.models.results import Result
from parchemin.records.assessments.models.sittings import Evaluator, Sitting

__all__ = ["Evaluator", "Rating", "Result", "Sitting", "Stand"]
