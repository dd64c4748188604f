"""Tables of juries: the pool, sessions and members, hearings, minutes and what is held."""

from parchemin.records.juries.models.hearings import DECIDED, Hearing, Opinion, Tie, Verdict, Vote
from parchemin.records.juries.models.minutes import Conclusion, Holding, Minutes, SessionCounter, Signature
from parchemin.records.juries.models.pool import Absence, PoolMember
from parchemin.records.juries.models.sessions import (
    Expenses,
    Incident,
    JurySession,
    Member,
    Place,
    Presence,
    State,
)

__all__ = [
    "DECIDED",
    "Absence",
    "Conclusion",
    "Expenses",
    "Hearing",
    "Holding",
    "Incident",
    "JurySession",
    "Member",
    "Minutes",
    "Opinion",
    "Place",
    "PoolMember",
    "Presence",
    "SessionCounter",
    "Signature",
    "State",
    "Tie",
    "Verdict",
    "Vote",
]
