"""Civil identity, checking it, and erasing a person."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from parchemin.catalogue.birthplaces import birthplace_problems
from parchemin.records.journal.actions import append
from parchemin.records.people.errors import StaleIdentityError, UnfitIdentityError
from parchemin.records.people.models import CivilIdentity, Person

CIVIL = ("birth_name", "first_names", "sex", "born_on", "birth_commune", "birth_country", "used_name")


class Identity(NamedTuple):
    """What civil status says of a person; a commune code for those born in France, a country code for the others."""

    birth_name: str
    first_names: Sequence[str]
    sex: str
    born_on: date
    birth_commune: str = ""
    birth_country: str = ""
    birth_city: str = ""
    used_name: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""


@transaction.atomic
def set_identity(
    *, person: Person, identity: Identity, by: Person, at: datetime, revision: int | None = None
) -> CivilIdentity:
    """The identity as given; what was compared with a document must be compared again when it changed.

    StaleIdentityError when it is no longer at ``revision``; UnfitIdentityError when it says what cannot be, such as a
    commune that is none, or a name with digits.
    """
    told = {**identity._asdict(), "first_names": list(identity.first_names)}
    problems = birthplace_problems(**{name: told[name] for name in CIVIL}, on=at.date())
    if any(problem.is_refusal for problem in problems):
        raise UnfitIdentityError(problems)
    Person.objects.select_for_update().get(pk=person.pk)
    row = CivilIdentity.objects.filter(person=person).first() or CivilIdentity(person=person)
    if revision is not None and row.revision != revision:
        raise StaleIdentityError
    before = {name: getattr(row, name) for name in identity._fields}
    for name, value in told.items():
        setattr(row, name, value)
    civil = {name for name, value in told.items() if before[name] != value} - {"address", "postcode", "town", "phone"}
    if civil:
        row.checked_at, row.checked_by = None, None
    row.revision += 1
    row.save()
    append(kind="person.identified", at=at, actor=by.pk, subject=person.pk, details={"changed": sorted(civil)})
    return row


@transaction.atomic
def check_identity(
    *, identity: CivilIdentity, is_checked: bool, by: Person, at: datetime, revision: int | None = None
) -> None:
    """Somebody compared it with an identity document, or takes that back.

    StaleIdentityError when it is no longer at ``revision``, that of the page on which they compared it.
    """
    row = CivilIdentity.objects.select_for_update().get(pk=identity.pk)
    if revision is not None and row.revision != revision:
        raise StaleIdentityError
    row.checked_at, row.checked_by = (at, by) if is_checked else (None, None)
    row.save(update_fields=["checked_at", "checked_by"])
    identity.checked_at, identity.checked_by = row.checked_at, row.checked_by
    append(
        kind="person.identity_checked",
        at=at,
        actor=by.pk,
        subject=row.person_id,
        details={"is_checked": is_checked},
    )
