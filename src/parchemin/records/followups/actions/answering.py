"""What a holder does of the link sent to them: answers, or refuses for good."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from parchemin.records.followups.errors import FollowupError
from parchemin.records.followups.models import AT_WORK, Answer, Followup
from parchemin.records.followups.tokens import read
from parchemin.records.journal.actions import append
from parchemin.records.people.errors import RefusalError

OLDEST = date(1950, 1, 1)
State = Followup.State
OVER = {State.ANSWERED: "used", State.REFUSED: "used", State.WAITING: "unknown", State.UNREACHABLE: "gone"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is answered; ``started_on`` is any day of the month of start."""

    situation: str
    is_target_job: bool | None = None
    contract: str = ""
    started_on: date | None = None


def opened(token: str, on: date) -> Followup:
    """The follow-up of that link, which may still be answered that day.

    RefusalError ``unknown``, ``used`` once it was answered or refused, ``expired``, or ``gone`` when its file no
    longer is known.
    """
    id = read(token)
    row = Followup.objects.select_related("certification__awarding_body").filter(pk=id).first() if id else None
    if row is None:
        raise RefusalError("unknown")
    if row.candidacy_id is None:
        raise RefusalError("gone")
    if row.state in OVER:
        raise RefusalError(OVER[State(row.state)])
    if row.closes_on is None or row.closes_on < on:
        raise RefusalError("expired")
    return row


@transaction.atomic
def answer(*, token: str, said: Said, at: datetime, on: date) -> Answer:
    """It is kept, once, without their name. RefusalError as ``opened``.

    FollowupError ``job`` for work of which they do not say whether it is the one aimed at, ``not_job`` and
    ``contract`` for what is said of no work or no employment, ``month`` for a month to come.
    """
    row = _held(token, on)
    _check(said, on)
    made = Answer.objects.create(
        followup=row,
        situation=said.situation,
        is_target_job=said.is_target_job,
        contract=said.contract,
        started=f"{said.started_on:%Y-%m}" if said.started_on else "",
    )
    _settle(row, State.ANSWERED, at)
    append(kind="insertion.answered", at=at, subject=row.certification_id, details=_named(row))
    return made


@transaction.atomic
def refuse(*, token: str, at: datetime, on: date) -> None:
    """They are asked nothing more, at this wave or at another. RefusalError as ``opened``."""
    row = _held(token, on)
    _settle(row, State.REFUSED, at)
    others = Followup.objects.filter(candidacy=row.candidacy_id, state__in=[State.WAITING, State.ASKED])
    others.update(state=State.REFUSED, settled_at=at)
    append(kind="insertion.refused", at=at, subject=row.certification_id, details=_named(row))


def _held(token: str, on: date) -> Followup:
    """The same, locked: of two answers at once, one only is kept."""
    found = opened(token, on)
    Followup.objects.select_for_update(of=("self",)).get(pk=found.pk)
    return opened(token, on)


def _settle(row: Followup, state: State, at: datetime) -> None:
    row.state, row.settled_at = state, at
    row.save(update_fields=["state", "settled_at"])


def _named(row: Followup) -> dict[str, Any]:
    """What the journal keeps: the follow-up alone, so that it names nobody once the link with the file is cut."""
    return {"wave": row.wave, "followup": row.pk.hex}


def _check(said: Said, on: date) -> None:
    is_at_work = said.situation in AT_WORK
    if is_at_work and said.is_target_job is None:
        raise FollowupError("job")
    if not is_at_work and (said.is_target_job is not None or said.started_on):
        raise FollowupError("not_job")
    if said.contract and said.situation != Answer.Situation.EMPLOYED:
        raise FollowupError("contract")
    if said.started_on and not OLDEST <= said.started_on <= on:
        raise FollowupError("month")
