"""Tables of pathways: positionings, the individual pathway, and the moments of training in work situations."""

from parchemin.records.pathways.models.pathway import Approval, Pathway, Training
from parchemin.records.pathways.models.positioning import Positioning, PositioningLine
from parchemin.records.pathways.models.work import Moment

__all__ = ["Approval", "Moment", "Pathway", "Positioning", "PositioningLine", "Training"]
