"""Tables of pathways: positionings, the individual pathway, evidence, training in work situations and alternance."""

from parchemin.records.pathways.models.alternance import Contract, ContractState, Liaison, Visit
from parchemin.records.pathways.models.evidence import Evidence, EvidenceCode, EvidenceComment, EvidenceEndorsement
from parchemin.records.pathways.models.pathway import Approval, Pathway, Training
from parchemin.records.pathways.models.positioning import Handover, Positioning, PositioningLine
from parchemin.records.pathways.models.work import ColdDate, Moment, Observation, ObservationLine
from parchemin.records.pathways.models.works import Passage, Work

__all__ = [
    "Approval",
    "ColdDate",
    "Contract",
    "ContractState",
    "Evidence",
    "EvidenceCode",
    "EvidenceComment",
    "EvidenceEndorsement",
    "Handover",
    "Liaison",
    "Moment",
    "Observation",
    "ObservationLine",
    "Passage",
    "Pathway",
    "Positioning",
    "PositioningLine",
    "Training",
    "Visit",
    "Work",
]
