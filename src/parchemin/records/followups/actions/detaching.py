"""Answers are let go of by those who gave them: what is left counts, and names nobody."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from parchemin.records.followups.models import Answer, Followup
from parchemin.records.journal.actions import append

BATCH = 500


def detach(*, at: datetime, on: date) -> int:
    """Follow-ups past their time, or of an account that was erased, no longer lead to a file; how many.

    Their dates go, and the month of start of each answer: with a file, they would name its holder. One that was never
    asked of somebody erased counts as without an address.
    """
    count = 0
    while batch := _due(on):
        with transaction.atomic():
            Answer.objects.filter(followup__in=batch).update(started="")
            rows = Followup.objects.filter(pk__in=batch)
            rows.filter(state=Followup.State.WAITING).update(state=Followup.State.UNREACHABLE)
            rows.update(
                candidacy=None,
                due_on=None,
                closes_on=None,
                kept_until=None,
                asked_at=None,
                reminded_at=None,
                settled_at=None,
            )
            append(kind="insertion.detached", at=at, details={"count": len(batch)})
        count += len(batch)
    return count


def _due(on: date) -> list[UUID]:
    over = Q(kept_until__lt=on) | Q(candidacy__candidate__erased_at__isnull=False)
    return list(Followup.objects.filter(over).order_by().values_list("pk", flat=True)[:BATCH])
