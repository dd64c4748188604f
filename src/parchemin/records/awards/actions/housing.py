"""How a body signs the certificates of a certification, and how they look: said once, changed when either does."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from parchemin.records.awards.actions.taking import note_award
from parchemin.records.awards.errors import AwardError, StaleHouseError
from parchemin.records.awards.models import House, Logo
from parchemin.records.awards.models.houses import ACCENT, PRIMARY
from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Organisation, OrganisationKind, Person

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
WORDED = ("trade_name", "place", "signatory", "signatory_title", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Under which name a body issues, where, and who signs in which quality; then how its certificates look.

    ``words`` stand under the title; ``logo`` is a JPEG picture already written anew, None without one.
    """

    issuer: Organisation
    place: str
    signatory: str
    signatory_title: str
    trade_name: str = ""
    words: str = ""
    primary: str = PRIMARY
    accent: str = ACCENT
    logo: bytes | None = None


@transaction.atomic
def save_house(
    *,
    organisation: Organisation,
    certification: Certification,
    signing: Signing,
    by: Person,
    at: datetime,
    revision: int = 0,
) -> House:
    """The certificates that this body issues from now on bear that; those already issued stay as they are.

    ``revision`` is the one it was shown at, 0 before there is any. AwardError ``issuer`` when who issues is neither the
    body nor a joint committee, ``unsigned`` when the place or who signs is not said, ``colour`` for what is none.
    StaleHouseError when somebody else changed it meanwhile. Saying the same again writes nothing.
    """
    words = {name: getattr(signing, name).strip() for name in WORDED}
    colours = {"primary": signing.primary, "accent": signing.accent}
    told: dict[str, Any] = {"issuer": signing.issuer, **words, **colours}
    if signing.issuer.pk != organisation.pk and signing.issuer.kind != OrganisationKind.COMMITTEE:
        raise AwardError("issuer")
    if not (told["place"] and told["signatory"] and told["signatory_title"]):
        raise AwardError("unsigned")
    if not all(COLOUR.fullmatch(one) for one in colours.values()):
        raise AwardError("colour")
    told["logo_id"] = _digest(signing.logo)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    row = House.objects.filter(organisation=organisation, certification=certification).first()
    if row is None:
        changed, row = sorted(told), House(organisation=organisation, certification=certification)
    else:
        changed = sorted(name for name, value in told.items() if getattr(row, name) != value)
    if not changed:
        return row
    if row.pk is not None and row.revision != revision:
        raise StaleHouseError(row)
    if signing.logo:
        Logo.objects.get_or_create(digest=told["logo_id"], defaults={"content": signing.logo, "kept_at": at})
    row.revision = revision + 1
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    details = {
        "certification": certification.pk.hex,
        "issuer": signing.issuer.pk.hex,
        "fields": [name.removesuffix("_id") for name in changed],
    }
    note_award(organisation, "house_saved", at, by, details=details)
    return row


def _digest(logo: bytes | None) -> str | None:
    return sha256(logo).hexdigest() if logo else None
