"""Organisations and their names."""

from datetime import date

import pytest

from parchemin.core.errors import Misuse
from parchemin.records.people.actions import organising
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import OrganisationKind, Role
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.people import organisations_visible_to
from parchemin.records.people.standing import Standing
from tests.records.people.people import AT, DAY, ON, administrator, centre, kinds, organisation, person
from tests.records.people.test_granting import code

pytestmark = pytest.mark.django_db


def test_the_name_before_is_kept_as_an_alias_until_the_day_before() -> None:
    body, chief = organisation("Ancien nom"), administrator()
    for name, day in (("Nouveau nom", ON), ("Dernier nom", ON + 9 * DAY)):
        organising.rename_organisation(organisation=body, name=name, from_on=day, by=chief, at=AT)
    body.refresh_from_db()
    assert body.name == "Dernier nom"
    assert {(one.name, one.from_on, one.until_on) for one in body.names.all()} == {
        ("Ancien nom", None, ON - DAY),
        ("Nouveau nom", ON, ON + 8 * DAY),
        ("Dernier nom", ON + 9 * DAY, None),
    }
    assert kinds()[-1] == "organisation.renamed"


def test_another_name_still_borne_is_left_alone() -> None:
    body, chief = organisation("Institut"), administrator()
    organising.add_alias(organisation=body, name="Sigle", from_on=date(2010, 1, 1), until_on=None, by=chief, at=AT)
    organising.rename_organisation(organisation=body, name="École", from_on=ON, by=chief, at=AT)
    assert body.names.get(name="Sigle").until_on is None
    assert body.names.get(name="Institut").until_on == ON - DAY


@pytest.mark.parametrize(("name", "day", "expected"), [("B", ON + DAY, "name_taken"), ("C", ON, "dates")])
def test_a_name_is_new_and_comes_after_the_present_one(name: str, day: date, expected: str) -> None:
    body, chief = organisation("A"), administrator()
    organising.rename_organisation(organisation=body, name="B", from_on=ON, by=chief, at=AT)
    with pytest.raises(RefusalError) as refused:
        organising.rename_organisation(organisation=body, name=name, from_on=day, by=chief, at=AT)
    assert code(refused) == expected


@pytest.mark.parametrize(
    ("name", "until", "expected"), [("Sigle", ON - DAY, "dates"), ("Alias", None, "name_taken"), ("Autre", ON, None)]
)
def test_an_alias_is_dated_and_borne_once(name: str, until: date | None, expected: str | None) -> None:
    body, chief = organisation(), administrator()
    organising.add_alias(organisation=body, name="Alias", from_on=ON, until_on=None, by=chief, at=AT)
    if expected is None:
        organising.add_alias(organisation=body, name=name, from_on=ON, until_on=until, by=chief, at=AT)
        assert body.names.count() == 2
        return
    with pytest.raises(RefusalError) as refused:
        organising.add_alias(organisation=body, name=name, from_on=ON, until_on=until, by=chief, at=AT)
    assert code(refused) == expected


def test_a_siret_is_that_of_one_organisation() -> None:
    body, other, chief = organisation("A", siret="1" * 14), organisation("B"), administrator()
    with pytest.raises(RefusalError) as refused:
        organisation("C", siret="1" * 14)
    assert code(refused) == "siret_taken"
    assert "A" in refused.value.sentence
    with pytest.raises(RefusalError):
        organising.update_organisation(organisation=other, siret="1" * 14, by=chief, at=AT)
    organising.update_organisation(organisation=body, siret="1" * 14, town="Lyon", by=chief, at=AT)
    body.refresh_from_db()
    assert body.town == "Lyon"


def test_a_name_is_not_changed_without_a_date() -> None:
    with pytest.raises(Misuse):
        organising.update_organisation(organisation=organisation(), name="Autre", by=administrator(), at=AT)


def test_a_centre_belongs_to_an_organisation() -> None:
    with pytest.raises(RefusalError) as refused:
        organisation("Centre", kind=OrganisationKind.CENTRE)
    assert code(refused) == "parent"


def test_one_sees_the_organisations_one_manages_and_their_centres() -> None:
    own, other, who = organisation("A"), organisation("B"), person()
    inside = centre(own)
    centre(other, "Ailleurs")
    grant_role(person=who, role=Role.AWARDING_BODY, organisation=own, at=AT, from_on=ON)
    assert set(organisations_visible_to(Standing.of(who, ON))) == {own, inside}
    assert set(organisations_visible_to(Standing.of(who, ON), Action.SEE_JOURNAL)) == set()
    assert organisations_visible_to(Standing.of(administrator(), ON)).count() == 4
