"""How an action takes what is sent: one at a time in a body, a line as it stands, journaled with its seals."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from parchemin.records.journal.actions import append
from parchemin.records.journal.sealing import SEALS, key
from parchemin.records.people.models import Organisation, Person
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Channel, Line, State
from parchemin.records.transmissions.sealing import KIND, seal


def held_channel(organisation: Organisation) -> Channel:
    """How the body sends, locked: files and receipts of a body are taken one after the other.

    TransmissionError ``channel`` while that is not said.
    """
    row = hold(organisation)
    if row is None:
        raise TransmissionError("channel")
    return row


def hold(organisation: Organisation) -> Channel | None:
    """How the body sends, locked; None while that is not said, and no file is made."""
    return Channel.objects.select_for_update().filter(organisation=organisation).first()


def held_line(line: Line, *states: State) -> Line:
    """The line as it stands, locked; TransmissionError ``state`` when it is in none of these."""
    row = Line.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=line.pk)
    if row.state not in states:
        raise TransmissionError("state")
    return row


def note_transmission(
    body: Organisation,
    kind: str,
    at: datetime,
    by: Person,
    written: tuple[Model, ...] = (),
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write it in the journal of that body, with the fingerprints of the rows written."""
    seals = {SEALS: {key(one): seal(one) for one in written}} if written else {}
    append(kind=f"{KIND}{kind}", at=at, actor=by.pk, subject=body.pk, details={**(details or {}), **seals})
