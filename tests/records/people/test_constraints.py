"""What the database refuses about people, whatever the code: each constraint has its spoilt row."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from parchemin.records.people.models import (
    Accreditation,
    CivilIdentity,
    Grant,
    Invitation,
    Link,
    Organisation,
    OrganisationName,
    PartnerAuthorisation,
    Person,
)
from tests.records.people.people import AT, DAY, ON, organisation, person

pytestmark = pytest.mark.django_db


def two() -> tuple[Person, Organisation]:
    return person(), organisation()


def accreditation(**fields: Any) -> Callable[[], object]:
    def make() -> object:
        who, where = two()
        told = {"scheme": "s", "actor": "evaluator", "granted_on": ON, "from_on": ON, **fields}
        return Accreditation.objects.create(person=who, organisation=where, **told)

    return make


def partner(**fields: Any) -> Callable[[], object]:
    def make() -> object:
        told = {"scheme": "s", "scope": "both", "from_on": ON, **fields}
        return PartnerAuthorisation.objects.create(
            provider=organisation("Organisme"), awarding_body=organisation(), **told
        )

    return make


def identity(**fields: Any) -> Callable[[], object]:
    told = {"birth_name": "Rivière", "first_names": ["Ana"], "sex": "F", "born_on": "1990-01-01"}
    return lambda: CivilIdentity.objects.create(person=person(), **{**told, "birth_commune": "75056", **fields})


def invitation(**fields: Any) -> Callable[[], object]:
    told = {"fingerprint": "f", "email": "a@example.org", "role": "administrator", "created_at": AT}
    return lambda: Invitation.objects.create(**{**told, "expires_at": AT + DAY, **fields})


def link(**fields: Any) -> Callable[[], object]:
    told = {"fingerprint": "f", "act": "attest", "subject": "0" * 32, "email": "a@example.org", "created_at": AT}
    return lambda: Link.objects.create(**{**told, "expires_at": AT + DAY, **fields})


def grant(**fields: Any) -> Callable[[], object]:
    told = {"role": "administrator", "from_on": ON, **fields}
    return lambda: Grant.objects.create(**{"person": fields.get("person") or person(), **told})


def twice(make: Callable[[Any], object], prepared: Callable[[], Any]) -> Callable[[], object]:
    def both() -> object:
        given = prepared()
        return make(given), make(given)

    return both


def renamed(who: Organisation, **fields: Any) -> object:
    return OrganisationName.objects.create(organisation=who, name="Ancien", **fields)


SPOILT: dict[str, Callable[[], object]] = {
    "person_email_unique": lambda: [Person.objects.create(email=text) for text in ("a@example.org", "A@example.org")],
    "person_email_given": lambda: Person.objects.create(email=""),
    "person_language_known": lambda: person(language="de"),
    "identity_birth_name_given": identity(birth_name=""),
    "identity_sex_known": identity(sex="X"),
    "identity_commune_or_country": identity(birth_country="99109"),
    "identity_birth_plausible": identity(born_on="1899-12-31"),
    "organisation_kind_known": lambda: Organisation.objects.create(name="x", kind="club"),
    "organisation_name_given": lambda: Organisation.objects.create(name="", kind="company"),
    "organisation_siret_unique": lambda: [
        Organisation.objects.create(name=name, kind="company", siret="1" * 14) for name in "xy"
    ],
    "organisation_centre_has_parent": lambda: Organisation.objects.create(name="x", kind="centre"),
    "organisation_not_its_own_parent": lambda: Organisation.objects.update(
        parent=models.F("id"), name=str(organisation())
    ),
    "organisation_name_ends_after_start": lambda: renamed(organisation(), from_on=ON, until_on=ON - DAY),
    "organisation_name_once": twice(lambda who: renamed(who, from_on=ON), organisation),
    "grant_role_known": lambda: grant(role="king", organisation=organisation())(),
    "grant_ends_after_start": grant(until_on=ON - DAY),
    "grant_has_its_scope": grant(role="secretary"),
    "grant_once": twice(lambda who: grant(person=who)(), person),
    "invitation_role_known": lambda: invitation(role="king", organisation=organisation())(),
    "invitation_has_its_scope": invitation(role="secretary"),
    "invitation_expires_later": invitation(expires_at=AT),
    "invitation_one_end": invitation(accepted_at=AT, revoked_at=AT),
    "link_act_given": link(act=""),
    "link_expires_later": link(expires_at=AT),
    "link_used_or_revoked": link(used_at=AT, revoked_at=AT),
    "link_assurance_known": link(assurance="sure"),
    "link_waits_once": lambda: [link(fingerprint=text)() for text in "xy"],
    "accreditation_ends_after_start": accreditation(until_on=ON - DAY),
    "accreditation_withdrawn_with_reason": accreditation(withdrawn_on=ON),
    "accreditation_once": twice(
        lambda given: Accreditation.objects.create(
            person=given[0], organisation=given[1], scheme="s", actor="a", granted_on=ON, from_on=ON
        ),
        two,
    ),
    "partner_scope_known": partner(scope="teach"),
    "partner_ends_after_start": partner(until_on=ON - DAY),
    "partner_suspended_with_reason": partner(suspended_on=ON),
    "partner_is_another": twice(
        lambda who: PartnerAuthorisation.objects.create(
            provider=who, awarding_body=who, scheme="s", scope="both", from_on=ON
        ),
        organisation,
    ),
    "partner_authorised_once": twice(
        lambda both: PartnerAuthorisation.objects.create(
            provider=both[0], awarding_body=both[1], scheme="s", scope="both", from_on=ON
        ),
        lambda: (organisation("Organisme"), organisation()),
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_row_is_refused(name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        SPOILT[name]()
    assert name in str(refused.value) or "UNIQUE" in str(refused.value)  # SQLite names the columns of unique ones


@pytest.mark.parametrize(
    "make", [identity(), invitation(), link(), grant(), accreditation(until_on=ON), partner(until_on=ON)]
)
def test_a_whole_row_is_taken(make: Callable[[], object]) -> None:
    assert make()


def test_every_constraint_is_tried() -> None:
    found = {one.name for model in apps.get_app_config("people").get_models() for one in model._meta.constraints}
    assert found == set(SPOILT)


@pytest.mark.parametrize("role", ["administrator", "candidate", "secretary"])
def test_a_role_can_be_held_again_once_revoked(role: str) -> None:
    who, where = person(), organisation() if role == "secretary" else None
    Grant.objects.create(person=who, role=role, organisation=where, from_on=ON, revoked_at=AT)
    Grant.objects.create(person=who, role=role, organisation=where, from_on=ON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(person=who, role=role, organisation=where, from_on=ON)
