"""What somebody of the body decides of a line: set aside with a reason or taken back, sent as it is, withdrawn."""

from datetime import datetime

from django.db import transaction

from parchemin.records.people.models import Person
from parchemin.records.transmissions.actions.taking import held_channel, held_line, hold, note_transmission
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import WAITING, Line, Release, State
from parchemin.records.transmissions.queries.refused import last_answers, refused


@transaction.atomic
def exclude(*, line: Line, reason: str, by: Person, at: datetime) -> Line:
    """It is not sent until somebody takes it back. TransmissionError ``reason``, ``state``.

    A file that is being made is waited for, then says whether the line went.
    """
    if not reason.strip():
        raise TransmissionError("reason")
    hold(line.organisation)
    row = _moved(held_line(line, *WAITING), State.EXCLUDED, reason.strip())
    note_transmission(row.organisation, "excluded", at, by, details=_about(row))
    return row


@transaction.atomic
def take_back(*, line: Line, by: Person, at: datetime) -> Line:
    """It may be sent again. TransmissionError ``state``."""
    hold(line.organisation)
    row = held_line(line, State.EXCLUDED)
    is_refused = refused(Line.objects.filter(pk=row.pk)).exists()
    _moved(row, State.REJECTED if is_refused else State.READY)
    note_transmission(row.organisation, "taken_back", at, by, details=_about(row))
    return row


@transaction.atomic
def release(*, line: Line, reason: str, by: Person, at: datetime) -> Release:
    """What was refused goes again as it is, in the next file: what had to be put right was, or was not ours to be.

    TransmissionError ``channel``, ``reason``, ``state``.
    """
    if not reason.strip():
        raise TransmissionError("reason")
    held_channel(line.organisation)
    row = held_line(line, State.REJECTED)
    made = Release.objects.create(answer=last_answers([row])[row.pk], reason=reason.strip(), at=at, by=by)
    _moved(row, State.READY)
    note_transmission(row.organisation, "released", at, by, (made,), _about(row))
    return made


@transaction.atomic
def note_withdrawn(*, line: Line, by: Person, at: datetime) -> Line:
    """Somebody had it withdrawn by the Caisse des Dépôts without a file. TransmissionError ``state``."""
    held_channel(line.organisation)
    row = _moved(held_line(line, State.TO_WITHDRAW), State.WITHDRAWN)
    note_transmission(row.organisation, "withdrawn_by_hand", at, by, details=_about(row))
    return row


def _moved(row: Line, state: State, reason: str = "") -> Line:
    row.state, row.reason = state, reason
    row.save(update_fields=["state", "reason"])
    return row


def _about(row: Line) -> dict[str, str]:
    return {"certificate": row.pk.hex}
