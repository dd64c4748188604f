"""Who holds which role where, and who is found by a name."""

import pytest

from parchemin.records.people.actions.granting import grant_role, invite, revoke_grant
from parchemin.records.people.models import Role
from parchemin.records.people.queries import people as queries
from parchemin.records.people.standing import Standing
from tests.records.people.people import AT, DAY, ON, administrator, organisation, person

pytestmark = pytest.mark.django_db


def test_one_sees_the_roles_and_invitations_where_one_manages_people() -> None:
    own, other, chief, root = organisation("A"), organisation("B"), person("chief"), administrator()
    mine = grant_role(person=chief, role=Role.AWARDING_BODY, organisation=own, at=AT, from_on=ON)
    helper = grant_role(person=person("ana"), role=Role.SECRETARY, organisation=own, at=AT, from_on=ON)
    grant_role(person=person("bo"), role=Role.SECRETARY, organisation=other, at=AT, from_on=ON)
    here, _ = invite(email="x@example.org", role=Role.SECRETARY, organisation=own, at=AT)
    invite(email="y@example.org", role=Role.SECRETARY, organisation=other, at=AT)
    standing = Standing.of(chief, ON)
    assert set(queries.grants_visible_to(standing, ON)) == {mine, helper}
    assert list(queries.invitations_visible_to(standing)) == [here]
    assert queries.grants_visible_to(Standing.of(root, ON), ON).count() == 4
    revoke_grant(grant=helper, by=chief, at=AT)
    assert set(queries.grants_visible_to(standing, ON)) == {mine}
    assert set(queries.people_in(own, standing, ON)) == {chief}
    assert not queries.people_in(other, standing, ON)


def test_a_role_that_is_over_is_not_shown() -> None:
    root = administrator()
    over = grant_role(person=person(), role=Role.COMPANION, organisation=organisation(), at=AT, from_on=ON, until_on=ON)
    standing = Standing.of(root, ON)
    assert over in queries.grants_visible_to(standing, ON)
    assert over not in queries.grants_visible_to(standing, ON + DAY)


def test_people_are_found_by_the_start_of_their_names_or_address() -> None:
    ana, bo = person("ana"), person("bo")
    assert list(queries.people_like("riv ANA")) == [ana]
    assert list(queries.people_like("bo@exa")) == [bo]
    assert list(queries.people_like("%")) == []
    assert set(queries.people_like("")) == {ana, bo}


def test_grants_of_a_person_tell_where_they_hold() -> None:
    who, where = person(), organisation()
    grant_role(person=who, role=Role.SECRETARY, organisation=where, at=AT, from_on=ON)
    assert [(one.role, one.organisation) for one in queries.grants_of(who, ON)] == [("secretary", where)]
    assert list(queries.grants_of(who, ON - DAY)) == []
