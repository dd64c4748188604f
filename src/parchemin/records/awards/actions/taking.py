"""How an action takes a certificate: its file locked, what became of it read anew, and journaled with its seals."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, Change
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.sealing import KIND, seal
from parchemin.records.candidacies.actions.taking import ask_letter
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.actions import append
from parchemin.records.journal.sealing import SEALS, key
from parchemin.records.people.models import Organisation, Person


def held_certificate(certificate: Certificate) -> Certificate:
    """The certificate as it stands, its file being locked; AwardError ``revoked`` or ``replaced``."""
    row = Certificate.objects.select_related("candidacy", "issuer").get(pk=certificate.pk)
    if row.changes.filter(act=Change.Act.REVOKED).exists():
        raise AwardError("revoked", number=grouped(row.number))
    other = Certificate.objects.filter(corrects=row).first()
    if other is not None:
        raise AwardError("replaced", number=grouped(row.number), other=grouped(other.number))
    return row


def tell_holder(
    row: Candidacy, kind: str, certificates: Sequence[Certificate], at: datetime, by: Person, on: date, **values: str
) -> None:
    """A letter of that kind names these certificates to their holder."""
    numbers = ", ".join(grouped(one.number) for one in certificates)
    ask_letter(row, f"certificate_{kind}", at, on=on, by=by, values={"number": numbers, **values})


def note_award(
    row: Candidacy | Organisation,
    kind: str,
    at: datetime,
    by: Person,
    written: tuple[Model, ...] = (),
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write it in the journal of that file, or of that body, with the fingerprints of the rows written."""
    seals = {SEALS: {key(one): seal(one) for one in written}} if written else {}
    told = {**(details or {}), **seals}
    append(kind=f"{KIND}{kind}", at=at, actor=by.pk, subject=row.pk, details=told)
