"""How a body signs the certificates of a certification: said once, changed when who signs does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from parchemin.records.awards.actions.taking import note_award
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import House
from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Organisation, OrganisationKind, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Under which name a body issues, where, and who signs in which quality."""

    issuer: Organisation
    place: str
    signatory: str
    signatory_title: str
    trade_name: str = ""


@transaction.atomic
def save_house(
    *, organisation: Organisation, certification: Certification, signing: Signing, by: Person, at: datetime
) -> House:
    """The certificates that this body issues from now on bear that; those already issued stay as they are.

    AwardError ``issuer`` when who issues is neither the body nor a joint committee, ``unsigned`` when the place or who
    signs is not said. Saying the same again writes nothing.
    """
    words = {name: getattr(signing, name).strip() for name in ("trade_name", "place", "signatory", "signatory_title")}
    told: dict[str, Any] = {"issuer": signing.issuer, **words}
    if signing.issuer.pk != organisation.pk and signing.issuer.kind != OrganisationKind.COMMITTEE:
        raise AwardError("issuer")
    if not (told["place"] and told["signatory"] and told["signatory_title"]):
        raise AwardError("unsigned")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    row = House.objects.filter(organisation=organisation, certification=certification).first()
    if row is None:
        changed, row = sorted(told), House(organisation=organisation, certification=certification)
    else:
        changed = sorted(name for name, value in told.items() if getattr(row, name) != value)
    if not changed:
        return row
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    details = {"certification": certification.pk.hex, "issuer": signing.issuer.pk.hex, "fields": changed}
    note_award(organisation, "house_saved", at, by, details=details)
    return row
