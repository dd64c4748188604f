"""Tables of assessments: sittings and who assesses, what each rated alone, what was settled, what went to the jury."""

from parchemin.records.assessments.models.ratings import Rating, Stand
from parchemin.records.assessments.models.results import Result
from parchemin.records.assessments.models.sittings import Evaluator, Sitting, Telling
from parchemin.records.assessments.models.transmissions import JuryReturn, Transmission

__all__ = ["Evaluator", "JuryReturn", "Rating", "Result", "Sitting", "Stand", "Telling", "Transmission"]
