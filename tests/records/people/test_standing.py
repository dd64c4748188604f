"""Where a person stands: lists and single checks give the same answer, on the same table."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import Invitation, Organisation, Role
from parchemin.records.people.permissions import GUESTS, PERMISSIONS, Action
from parchemin.records.people.standing import Held, Standing
from tests.records.people.people import AT, DAY, ON, centre, organisation, person

pytestmark = pytest.mark.django_db
ORGANISATIONS = [UUID(int=n) for n in (1, 2)]
CENTRES = {UUID(int=10 * n + m): UUID(int=n) for n in (1, 2) for m in (1, 2)}
SCHEMES = ["alternance", "fest"]
HELD = st.builds(
    Held,
    st.sampled_from(list(Role)),
    st.none() | st.sampled_from(ORGANISATIONS),
    st.sampled_from(["", *SCHEMES]),
    st.none() | st.sampled_from(list(CENTRES)),
)


@pytest.fixture
def rows() -> None:
    """Every place a file may be at: each organisation, certification and centre, and none of the last two."""
    for id in ORGANISATIONS:
        Organisation.objects.create(id=id, kind="awarding_body", name=str(id))
    for id, parent in CENTRES.items():
        Organisation.objects.create(id=id, kind="centre", name=str(id), parent_id=parent)
    places = [(o, s, c) for o in ORGANISATIONS for s in ["", *SCHEMES] for c in [None, *CENTRES]]
    Invitation.objects.bulk_create(
        Invitation(
            fingerprint=str(index),
            role="secretary",
            organisation_id=organisation,
            scheme=scheme,
            centre_id=centre,
            created_at=AT,
            expires_at=AT + DAY,
        )
        for index, (organisation, scheme, centre) in enumerate(places)
    )


@pytest.mark.usefixtures("rows")
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(HELD, max_size=5), action=st.sampled_from(list(Action)))
def test_a_list_shows_what_one_may_act_on(held: list[Held], action: Action) -> None:
    standing = Standing(UUID(int=9), tuple(held))
    shown = Invitation.objects.filter(standing.scope_filter(action, scheme_field="scheme", centre_field="centre"))
    single = [
        row
        for row in Invitation.objects.all()
        if standing.may(action, organisation=row.organisation_id, scheme=row.scheme, centre=row.centre_id)
    ]
    assert set(shown) == set(single)
    own = standing.organisations(action)
    assert own is None or {row.organisation_id for row in single} <= own
    assert not single or standing.has(action)


@pytest.mark.usefixtures("rows")
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(HELD, max_size=4), action=st.sampled_from(list(Action)))
def test_a_table_without_a_column_shows_no_more(held: list[Held], action: Action) -> None:
    standing = Standing(UUID(int=9), tuple(held))
    narrow = Invitation.objects.filter(standing.scope_filter(action))
    full = Invitation.objects.filter(standing.scope_filter(action, scheme_field="scheme", centre_field="centre"))
    assert set(narrow) <= set(full)


def test_a_role_for_an_organisation_holds_in_its_centres_and_not_elsewhere() -> None:
    own, other = organisation("A"), organisation("B")
    inside, who = centre(own), person()
    grant_role(person=who, role=Role.SECRETARY, organisation=own, at=AT, from_on=ON)
    standing = Standing.of(who, ON)
    assert standing.may(Action.SEE_FILE, organisation=own.pk, scheme="x", centre=inside.pk)
    assert not standing.may(Action.SEE_FILE, organisation=other.pk, scheme="x")
    assert not standing.may(Action.SEE_FILE)
    assert not standing.may(Action.MANAGE_PEOPLE, organisation=own.pk)
    assert standing.organisations(Action.SEE_FILE) == frozenset({own.pk})


@pytest.mark.parametrize(("on", "is_held"), [(ON - DAY, False), (ON, True), (ON + DAY, True), (ON + 2 * DAY, False)])
def test_a_role_holds_from_a_day_to_a_day_both_included(on: date, is_held: bool) -> None:
    who = person()
    grant_role(person=who, role=Role.ADMINISTRATOR, at=AT, from_on=ON, until_on=ON + DAY)
    assert Standing.of(who, on).has(Action.SEE_JOURNAL) is is_held


def test_standing_is_read_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    who = person()
    for name in "ABC":
        grant_role(person=who, role=Role.SECRETARY, organisation=organisation(name), at=AT, from_on=ON)
    with django_assert_num_queries(1):
        standing = Standing.of(who, ON)
        assert standing.roles == {Role.SECRETARY, Role.CANDIDATE}
        assert [standing.has(action) for action in Action].count(True) > 5


def test_nobody_may_do_nothing() -> None:
    nobody = Standing.nobody()
    assert nobody.roles == frozenset()
    assert not any(nobody.has(action) or nobody.may(action) for action in Action)


def test_the_table_says_something_of_every_action() -> None:
    assert set(PERMISSIONS) == set(Action)


REFUSED: list[tuple[Role, set[Action]]] = [
    (Role.CANDIDATE, {Action.SEE_FILE, Action.DECIDE_ADMISSIBILITY, Action.EXPORT_LIST, Action.SEE_ACCOMMODATION}),
    (Role.ADMINISTRATOR, {Action.SEE_FILE, Action.DOWNLOAD_DOCUMENT, Action.SEE_ACCOMMODATION, Action.MESSAGE}),
    (Role.SECRETARY, {Action.MANAGE_PEOPLE, Action.PUBLISH_SCHEMES, Action.SEE_JOURNAL, Action.VIEW_AS}),
    (Role.AWARDING_BODY, {Action.SEE_JOURNAL, Action.VIEW_AS, Action.SEE_OUTBOX, Action.MANAGE_SETTINGS}),
    *[(role, {Action.SEE_ACCOMMODATION, Action.SEE_FILE, Action.DECIDE_ADMISSIBILITY}) for role in sorted(GUESTS)],
    (Role.JURY_MEMBER, {Action.SEE_ACCOMMODATION, Action.SEE_FILE, Action.DECIDE_ADMISSIBILITY}),
]


@pytest.mark.parametrize(("role", "actions"), REFUSED)
def test_some_doors_stay_closed(role: Role, actions: Any) -> None:
    assert not {action for action in actions if role in PERMISSIONS[action]}


def test_what_is_withheld_is_refused_whatever_the_roles() -> None:
    held = (Held(Role.SECRETARY),)
    standing = Standing(UUID(int=9), held, withheld=frozenset({Action.SEE_ACCOMMODATION, Action.SEE_OWN_NEED}))
    assert standing.may(Action.SEE_FILE) and standing.has(Action.SEE_OWN_FILE)
    assert not standing.may(Action.SEE_ACCOMMODATION)
    assert not standing.has(Action.SEE_ACCOMMODATION) and not standing.has(Action.SEE_OWN_NEED)
