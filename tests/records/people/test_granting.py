"""Roles given, offered and taken back, and the first administrator."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from parchemin.records.people.actions import granting
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Grant, Invitation, Role
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from tests.records.people.people import AT, DAY, ON, administrator, centre, kinds, organisation, person

pytestmark = pytest.mark.django_db


def code(refused: pytest.ExceptionInfo[RefusalError]) -> str:
    assert refused.value.sentence
    return refused.value.code


def test_a_role_is_given_once_and_told_by_opaque_ids() -> None:
    who, where = person(), organisation()
    granting.grant_role(person=who, role=Role.SECRETARY, organisation=where, at=AT, from_on=ON)
    assert Standing.of(who, ON).has(Action.SEE_FILE)
    with pytest.raises(RefusalError) as refused:
        granting.grant_role(person=who, role=Role.SECRETARY, organisation=where, at=AT, from_on=ON)
    assert code(refused) == "already_granted"
    assert kinds() == ["organisation.created", "role.granted"]


@pytest.mark.parametrize(
    ("role", "is_placed", "scheme"),
    [(Role.SECRETARY, False, ""), (Role.ADMINISTRATOR, True, ""), (Role.ADMINISTRATOR, False, "fest")],
)
def test_a_role_is_given_where_it_means_something(role: Role, is_placed: bool, scheme: str) -> None:
    place: dict[str, Any] = {"organisation": organisation() if is_placed else None, "scheme": scheme}
    with pytest.raises(RefusalError) as refused:
        granting.grant_role(person=person(), role=role, at=AT, from_on=ON, **place)
    assert code(refused) == "scope"
    with pytest.raises(RefusalError) as refused:
        granting.invite(email="b@example.org", role=role, at=AT, **place)
    assert code(refused) == "scope"


def test_a_centre_is_one_of_the_organisation() -> None:
    own, other = organisation("A"), organisation("B")
    with pytest.raises(RefusalError) as refused:
        granting.grant_role(
            person=person(), role=Role.SECRETARY, organisation=own, centre=centre(other), at=AT, from_on=ON
        )
    assert code(refused) == "centre"


def test_dates_are_in_order() -> None:
    with pytest.raises(RefusalError) as refused:
        granting.grant_role(person=person(), role=Role.ADMINISTRATOR, at=AT, from_on=ON, until_on=ON - DAY)
    assert code(refused) == "dates"
    assert not Grant.objects.exists()


def test_a_role_taken_back_allows_nothing() -> None:
    chief, who = administrator(), person()
    grant = granting.grant_role(person=who, role=Role.EVALUATOR, organisation=organisation(), at=AT, from_on=ON)
    granting.revoke_grant(grant=grant, by=chief, at=AT)
    granting.revoke_grant(grant=grant, by=chief, at=AT)
    assert Standing.of(who, ON).roles == {Role.CANDIDATE}
    assert kinds().count("role.revoked") == 1


def test_the_administration_is_never_left_empty() -> None:
    first, second = administrator("first"), administrator("second")
    leaving = administrator("third", until_on=ON + DAY)
    granting.revoke_grant(grant=first.grants.get(), by=second, at=AT)
    with pytest.raises(RefusalError) as refused:
        granting.revoke_grant(grant=second.grants.get(), by=second, at=AT)
    assert code(refused) == "last_administrator"
    granting.revoke_grant(grant=leaving.grants.get(), by=second, at=AT)
    assert granting.has_administrator(ON)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_leave_at_once() -> None:
    both = [administrator("first"), administrator("second")]
    start, refused = threading.Barrier(2), []

    def leave(index: int) -> None:
        grant = both[index].grants.get()
        start.wait()
        try:
            granting.revoke_grant(grant=grant, by=both[index], at=AT)
        except RefusalError as error:
            refused.append(error.code)
        finally:
            connection.close()

    run([threading.Thread(target=leave, args=(index,)) for index in (0, 1)])
    assert refused == ["last_administrator"]


def run(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_an_invitation_gives_the_role_to_the_account_one_already_has() -> None:
    who, where = person("Ana"), organisation()
    invitation, secret = granting.invite(email="ana@EXAMPLE.org", role=Role.SECRETARY, organisation=where, at=AT)
    assert secret not in str(vars(Invitation.objects.get()))
    granting.accept_invitation(secret=secret, person=who, at=AT, on=ON)
    assert Standing.of(who, ON).may(Action.SEE_FILE, organisation=where.pk)
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.accepted_by) == (AT, who)
    with pytest.raises(RefusalError) as refused:
        granting.accept_invitation(secret=secret, person=who, at=AT, on=ON)
    assert code(refused) == "used"


def test_an_invitation_to_a_role_already_held_changes_nothing_more() -> None:
    who, where = person(), organisation()
    granting.grant_role(person=who, role=Role.SECRETARY, organisation=where, at=AT, from_on=ON)
    _, secret = granting.invite(email=who.email, role=Role.SECRETARY, organisation=where, at=AT)
    granting.accept_invitation(secret=secret, person=who, at=AT, on=ON)
    assert Grant.objects.filter(revoked_at__isnull=True).count() == 1


def test_an_invitation_opens_again_a_role_whose_time_is_over() -> None:
    who, where = person(), organisation()
    granting.grant_role(
        person=who, role=Role.SECRETARY, organisation=where, at=AT, from_on=ON - 9 * DAY, until_on=ON - DAY
    )
    _, secret = granting.invite(email=who.email, role=Role.SECRETARY, organisation=where, at=AT)
    granting.accept_invitation(secret=secret, person=who, at=AT, on=ON)
    assert Standing.of(who, ON).may(Action.SEE_FILE, organisation=where.pk)


def test_an_invitation_is_for_its_own_address() -> None:
    _, secret = granting.invite(email="bo@example.org", role=Role.COMPANION, organisation=organisation(), at=AT)
    with pytest.raises(RefusalError) as refused:
        granting.accept_invitation(secret=secret, person=person("ana"), at=AT, on=ON)
    assert code(refused) == "other_address"


def test_an_invitation_lasts_fourteen_days() -> None:
    _, secret = granting.invite(email="bo@example.org", role=Role.COMPANION, organisation=organisation(), at=AT)
    end = AT + timedelta(days=14)
    assert granting.open_invitation(secret, end - timedelta(seconds=1))
    with pytest.raises(RefusalError) as refused:
        granting.open_invitation(secret, end)
    assert code(refused) == "expired"


def test_an_invitation_taken_back_no_longer_opens() -> None:
    chief = administrator()
    invitation, secret = granting.invite(
        email="bo@example.org", role=Role.COMPANION, organisation=organisation(), by=chief, at=AT
    )
    granting.revoke_invitation(invitation=invitation, by=chief, at=AT)
    granting.revoke_invitation(invitation=invitation, by=chief, at=AT)
    with pytest.raises(RefusalError) as refused:
        granting.open_invitation(secret, AT)
    assert code(refused) == "revoked"
    assert kinds().count("role.offer_revoked") == 1


@pytest.mark.parametrize("secret", ["", "nothing", "é" * 5000])
def test_a_secret_that_is_none_opens_nothing(secret: str) -> None:
    with pytest.raises(RefusalError) as refused:
        granting.open_invitation(secret, AT)
    assert code(refused) == "unknown"


def test_the_first_administrator_is_the_first_who_comes() -> None:
    earlier = granting.invite_first_administrator(at=AT)
    secret = granting.invite_first_administrator(at=AT)
    with pytest.raises(RefusalError) as refused:
        granting.accept_first_administrator(secret=earlier, person=person(), at=AT, on=ON)
    assert code(refused) == "revoked"
    who = person("bo")
    granting.accept_first_administrator(secret=secret, person=who, at=AT, on=ON)
    assert Standing.of(who, ON).has(Action.MANAGE_SETTINGS)
    with pytest.raises(RefusalError) as refused:
        granting.invite_first_administrator(at=AT)
    assert code(refused) == "not_first"


def test_the_first_link_no_longer_opens_when_somebody_is_administrator() -> None:
    secret = granting.invite_first_administrator(at=AT)
    administrator()
    with pytest.raises(RefusalError) as refused:
        granting.accept_first_administrator(secret=secret, person=person("late"), at=AT, on=ON)
    assert code(refused) == "not_first"


def test_an_ordinary_invitation_is_no_first_access() -> None:
    _, secret = granting.invite(email="bo@example.org", role=Role.ADMINISTRATOR, at=AT)
    with pytest.raises(RefusalError) as refused:
        granting.accept_first_administrator(secret=secret, person=person("bo"), at=AT, on=ON)
    assert code(refused) == "unknown"
