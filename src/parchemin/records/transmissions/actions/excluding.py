"""What somebody of the body decides of a line: it is set aside with a reason, taken back, or withdrawn by hand."""

from datetime import datetime

from django.db import transaction

from parchemin.records.people.models import Person
from parchemin.records.transmissions.actions.taking import held_channel, held_line, note_transmission
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import WAITING, Answer, Line, State


@transaction.atomic
def exclude(*, line: Line, reason: str, by: Person, at: datetime) -> Line:
    """It is not sent until somebody takes it back. TransmissionError ``reason``, ``state``."""
    if not reason.strip():
        raise TransmissionError("reason")
    row = _moved(held_line(line, *WAITING), State.EXCLUDED, reason.strip())
    note_transmission(row.organisation, "excluded", at, by, details=_about(row))
    return row


@transaction.atomic
def take_back(*, line: Line, by: Person, at: datetime) -> Line:
    """It may be sent again. TransmissionError ``state``."""
    row = held_line(line, State.EXCLUDED)
    last = Answer.objects.filter(sending__line=row).order_by("sending").last()
    state = State.REJECTED if last and not last.is_accepted else State.READY
    _moved(row, state)
    note_transmission(row.organisation, "taken_back", at, by, details=_about(row))
    return row


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
