"""Organisations, and the names they bear."""

from datetime import date, datetime, timedelta

from django.db import transaction

from parchemin.core.errors import Misuse
from parchemin.records.journal.actions import append
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Organisation, OrganisationKind, OrganisationName, Person

EDITABLE = frozenset({"siret", "email", "address", "postcode", "town", "is_public"})
"""What may be corrected without a trace of what it was before: the name has its own action."""


@transaction.atomic
def create_organisation(
    *,
    kind: OrganisationKind,
    name: str,
    at: datetime,
    by: Person | None = None,
    parent: Organisation | None = None,
    siret: str = "",
    email: str = "",
    address: str = "",
    postcode: str = "",
    town: str = "",
    is_public: bool = False,
) -> Organisation:
    """The organisation, known here from now on; RefusalError ``siret_taken``, or ``parent`` for a centre of nobody."""
    if kind is OrganisationKind.CENTRE and parent is None:
        raise RefusalError("parent")
    _check_siret(siret, None)
    organisation = Organisation.objects.create(
        kind=kind,
        name=name.strip(),
        parent=parent,
        siret=siret,
        email=email,
        address=address,
        postcode=postcode,
        town=town,
        is_public=is_public,
    )
    append(
        kind="organisation.created",
        at=at,
        actor=by.pk if by else None,
        subject=organisation.pk,
        details={"kind": kind.value},
    )
    return organisation


@transaction.atomic
def update_organisation(*, organisation: Organisation, by: Person, at: datetime, **fields: str | bool) -> None:
    """Its address, contact and SIRET as given; its name is changed by ``rename_organisation``.

    Misuse ``not_editable`` for another field, RefusalError ``siret_taken``.
    """
    if others := sorted(set(fields) - EDITABLE):
        raise Misuse("not_editable", fields=others)
    _check_siret(str(fields.get("siret", "")), organisation)
    for name, value in fields.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(fields))
    append(kind="organisation.updated", at=at, actor=by.pk, subject=organisation.pk, details={"fields": sorted(fields)})


@transaction.atomic
def rename_organisation(*, organisation: Organisation, name: str, from_on: date, by: Person, at: datetime) -> None:
    """It bears that name from a day on; the name before it is kept as an alias until the day before.

    RefusalError ``name_taken`` when it bears it already, ``dates`` when it took its present name that day or later.
    """
    name = name.strip()
    before = Organisation.objects.select_for_update().get(pk=organisation.pk).name
    if before == name:
        raise RefusalError("name_taken")
    eve = from_on - timedelta(days=1)
    borne = organisation.names.filter(name=before, until_on__isnull=True)
    if borne.filter(from_on__gte=from_on).exists():
        raise RefusalError("dates")
    if not borne.update(until_on=eve):
        OrganisationName.objects.create(organisation=organisation, name=before, until_on=eve)
    OrganisationName.objects.create(organisation=organisation, name=name, from_on=from_on)
    organisation.name = name
    organisation.save(update_fields=["name"])
    append(
        kind="organisation.renamed",
        at=at,
        actor=by.pk,
        subject=organisation.pk,
        details={"from": from_on.isoformat()},
    )


def add_alias(
    *, organisation: Organisation, name: str, by: Person, at: datetime, from_on: date | None, until_on: date | None
) -> OrganisationName:
    """Another name it bears or bore; RefusalError ``dates`` or ``name_taken``."""
    if from_on and until_on and until_on < from_on:
        raise RefusalError("dates")
    with transaction.atomic():
        if organisation.names.filter(name=name.strip(), from_on=from_on).exists():
            raise RefusalError("name_taken")
        alias = OrganisationName.objects.create(
            organisation=organisation, name=name.strip(), from_on=from_on, until_on=until_on
        )
        append(kind="organisation.alias", at=at, actor=by.pk, subject=organisation.pk)
    return alias


def _check_siret(siret: str, but: Organisation | None) -> None:
    if siret:
        other = Organisation.objects.filter(siret=siret).first()
        if other and other != but:
            raise RefusalError("siret_taken", name=other.name)
