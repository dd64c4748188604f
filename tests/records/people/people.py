"""Persons and organisations that the tests of people start from."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from parchemin.records.journal.models import Entry
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.actions.organising import create_organisation
from parchemin.records.people.models import Organisation, OrganisationKind, Person, Role

AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
ON = date(2026, 3, 1)
DAY = timedelta(days=1)


def person(name: str = "ana", **fields: Any) -> Person:
    return Person.objects.create_user(f"{name}@example.org", given_name=name.title(), family_name="Rivière", **fields)


def organisation(name: str = "Certificateur", **fields: Any) -> Organisation:
    return create_organisation(**{"kind": OrganisationKind.AWARDING_BODY, "name": name, "at": AT, **fields})


def centre(parent: Organisation, name: str = "Centre") -> Organisation:
    return organisation(name, kind=OrganisationKind.CENTRE, parent=parent)


def administrator(name: str = "root", **fields: Any) -> Person:
    made = person(name)
    grant_role(person=made, role=Role.ADMINISTRATOR, at=AT, from_on=ON, **fields)
    return made


def kinds() -> list[str]:
    """What the journal says, in order."""
    return list(Entry.objects.order_by("number").values_list("kind", flat=True))
