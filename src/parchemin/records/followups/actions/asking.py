"""Waves of follow-up: who is to be asked is written down, asked once and reminded once."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from parchemin.core.durations import Duration
from parchemin.records.awards.models import Certificate, Kind
from parchemin.records.awards.queries.standing import revoked
from parchemin.records.followups.models import Followup, Wave
from parchemin.records.journal.actions import append

OPEN = Duration(months=6)
"""How long a wave takes answers; beyond, what somebody became is another figure."""
REMINDED_AFTER = timedelta(days=21)
BATCH = 500
State = Followup.State


def open_waves(*, on: date) -> int:
    """Every holder whose moment has come by that day and is not over is to be asked, once a wave; how many are new.

    Those whose certificate was revoked, who refused an earlier wave, or whose account was erased are left alone.
    """
    return sum(_opened(wave, on) for wave in Wave)


def to_ask(on: date) -> QuerySet[Followup]:
    """Those to be asked for the first time, on that day."""
    return Followup.objects.filter(state=State.WAITING, due_on__lte=on, closes_on__gte=on).order_by("due_on", "pk")


def to_remind(on: date, at: datetime) -> QuerySet[Followup]:
    """Those asked three weeks ago who said nothing, and were not reminded."""
    found = Followup.objects.filter(state=State.ASKED, closes_on__gte=on, reminded_at__isnull=True)
    return found.filter(asked_at__lte=at - REMINDED_AFTER).order_by("due_on", "pk")


@transaction.atomic
def note_asked(*, followup: Followup, is_sent: bool, at: datetime) -> None:
    """They were asked, or reminded when they had been; without an address, they never will be."""
    row = Followup.objects.select_for_update(of=("self",)).get(pk=followup.pk)
    if row.state == State.ASKED:
        row.reminded_at = at
        row.save(update_fields=["reminded_at"])
        append(kind="insertion.reminded", at=at, subject=row.candidacy_id, details={"wave": row.wave})
        return
    row.state, row.asked_at = (State.ASKED, at) if is_sent else (State.UNREACHABLE, None)
    row.save(update_fields=["state", "asked_at"])
    append(kind="insertion.asked", at=at, subject=row.candidacy_id, details={"wave": row.wave, "is_sent": is_sent})


def _opened(wave: Wave, on: date) -> int:
    due = list(_due(wave, on).values_list("candidacy", "candidacy__certification", "conclusion__concluded_on"))
    made = (_followup(*one, wave) for one in due)
    Followup.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    return len(due)


def _due(wave: Wave, on: date) -> QuerySet[Certificate]:
    """The certificates of the whole that stand, decided so many months before, of holders not written down yet."""
    length = Duration(months=wave.value)
    known = Followup.objects.filter(candidacy=OuterRef("candidacy")).filter(Q(wave=wave) | Q(state=State.REFUSED))
    rows = Certificate.objects.filter(kind=Kind.WHOLE, corrected_by__isnull=True).filter(~revoked())
    since = OPEN.before(length.before(on))
    return (
        rows.filter(conclusion__concluded_on__lte=length.before(on), conclusion__concluded_on__gte=since)
        .filter(~Exists(known), candidacy__candidate__erased_at__isnull=True)
        .order_by("conclusion__concluded_on", "pk")
    )


def _followup(candidacy: UUID, certification: UUID, decided: date, wave: Wave) -> Followup:
    due = Duration(months=wave.value).after(decided)
    last = OPEN.after(Duration(months=Wave.TWO_YEARS.value).after(decided))
    return Followup(
        certification_id=certification,
        candidacy_id=candidacy,
        wave=wave.value,
        year=decided.year,
        due_on=due,
        closes_on=OPEN.after(due),
        kept_until=last,
    )
