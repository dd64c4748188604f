"""What is kept of the follow-up of one file, in plain values: nothing once it was let go of."""

from typing import Any

from parchemin.records.candidacies.models import Candidacy

ANSWER = ("situation", "is_target_job", "contract", "started")
FOLLOWUP = ("wave", "state", "due_on", "asked_at", "reminded_at", "settled_at")


def kept_of(row: Candidacy) -> list[dict[str, Any]]:
    """Each wave, with what was answered; one query."""
    found = []
    for one in row.followups.select_related("answer").order_by("wave"):
        answer = getattr(one, "answer", None)
        told = {name: getattr(answer, name) for name in ANSWER} if answer else None
        found.append({**{name: getattr(one, name) for name in FOLLOWUP}, "answer": told})
    return found
