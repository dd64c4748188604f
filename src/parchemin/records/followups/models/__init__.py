"""Tables of what follows an award: what holders become, and the figures that are published."""

from parchemin.records.followups.models.insertion import AT_WORK, NEUTRAL, Answer, Followup, Wave
from parchemin.records.followups.models.published import PublishedFigures

__all__ = ["AT_WORK", "NEUTRAL", "Answer", "Followup", "PublishedFigures", "Wave"]
