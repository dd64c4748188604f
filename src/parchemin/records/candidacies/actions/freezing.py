"""Freezing what was concluded, at the moment it was."""

from datetime import date, datetime

from parchemin.core.decision import Decision
from parchemin.core.plain import decision_to_plain
from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from parchemin.records.people.models import Person


def freeze(
    row: Candidacy, decision: Decision, answer: str, *, at: datetime, on: date, by: Person | None, reason: str = ""
) -> DecisionRecord:
    """The record of what the rules said and of what was answered; it is never changed."""
    return DecisionRecord.objects.create(
        candidacy=row,
        stage=decision.stage,
        answer=answer,
        outcome=decision.outcome,
        decision=decision_to_plain(decision),
        reason=reason,
        decided_on=on,
        decided_at=at,
        decided_by=by,
    )
