"""Under which numbers a body sends: said once, changed when the Caisse des Dépôts gives others."""

import re
from datetime import datetime

from django.db import transaction

from parchemin.records.people.models import Organisation, Person
from parchemin.records.transmissions.actions.taking import note_transmission
from parchemin.records.transmissions.errors import TransmissionError
from parchemin.records.transmissions.models import Channel

CLIENT = re.compile("[0-9A-Za-z]{8}")
LONGEST = 20


@transaction.atomic
def save_channel(
    *,
    organisation: Organisation,
    emitter: str,
    certifier: str,
    contract: str,
    version: str,
    by: Person,
    at: datetime,
) -> Channel:
    """The files made from now on bear these numbers; those already made stay as they are.

    TransmissionError ``client``, ``contract``, ``version``. Saying the same again writes nothing.
    """
    told = {
        "emitter": emitter.strip(),
        "certifier": certifier.strip(),
        "contract": contract.strip(),
        "version": version,
    }
    if not CLIENT.fullmatch(told["emitter"]) or not CLIENT.fullmatch(told["certifier"]):
        raise TransmissionError("client")
    if not 0 < len(told["contract"]) <= LONGEST or not told["contract"].isprintable():
        raise TransmissionError("contract")
    if version not in Channel.Version.values:
        raise TransmissionError("version")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    row = Channel.objects.filter(organisation=organisation).first()
    changed = sorted(name for name, value in told.items() if row is None or getattr(row, name) != value)
    if row is not None and not changed:
        return row
    row = row or Channel(organisation=organisation)
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    note_transmission(organisation, "channel_saved", at, by, details={"fields": changed, "version": version})
    return row
