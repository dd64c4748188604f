"""Accreditations of persons and authorisations of providers, and what the core is told of them."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from parchemin.records.people.actions import accrediting
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Accreditation, PartnerAuthorisation, Person, Role
from parchemin.records.people.queries import accreditations as queries
from parchemin.records.people.standing import Standing
from tests.records.people.people import AT, DAY, ON, kinds, organisation, person
from tests.records.people.test_granting import code

pytestmark = pytest.mark.django_db


def accredited(until: date | None = None, who: Person | None = None) -> Accreditation:
    return accrediting.accredit(
        person=who or person(),
        organisation=organisation(),
        scheme="fest",
        actor="evaluator",
        training="Évaluer",
        trained_on=ON - DAY,
        from_on=ON,
        until_on=until,
        at=AT,
    )


def test_the_core_is_told_of_an_accreditation() -> None:
    told = queries.core_accreditation(accredited(ON + 9 * DAY))
    assert (told.role, told.from_, told.until, told.granted_on) == ("evaluator", ON, ON + 9 * DAY, ON)
    assert told.is_trained is True
    assert kinds()[-1] == "accreditation.granted"


def test_nothing_known_of_training_is_neither_yes_nor_no() -> None:
    row = accredited()
    row.training, row.trained_on = "", None
    assert queries.core_accreditation(row).is_trained is None


def test_withdrawn_it_ends_the_day_before() -> None:
    row = accredited(ON + 9 * DAY)
    accrediting.withdraw_accreditation(accreditation=row, reason="Départ", by=person("bo"), at=AT, on=ON + 2 * DAY)
    row.refresh_from_db()
    assert queries.core_accreditation(row).until == ON + DAY
    assert queries.in_force([row], ON + DAY) == [row]
    assert queries.in_force([row], ON + 2 * DAY) == []


@pytest.mark.parametrize(("on", "is_in"), [(ON - DAY, False), (ON, True), (ON + DAY, True), (ON + 2 * DAY, False)])
def test_both_days_are_included(on: date, is_in: bool) -> None:
    assert bool(queries.in_force([accredited(ON + DAY)], on)) is is_in


def test_a_withdrawal_has_a_reason() -> None:
    with pytest.raises(RefusalError) as refused:
        accrediting.withdraw_accreditation(accreditation=accredited(), reason="  ", by=person("bo"), at=AT, on=ON)
    assert code(refused) == "reasons"


def test_an_accreditation_is_renewed_once() -> None:
    row, chief = accredited(ON + DAY), person("bo")
    renewed = accrediting.renew_accreditation(accreditation=row, from_on=ON + 2 * DAY, by=chief, at=AT)
    assert (renewed.renews, renewed.actor, renewed.training) == (row, "evaluator", "")
    with pytest.raises(RefusalError) as refused:
        accrediting.renew_accreditation(accreditation=row, from_on=ON + 3 * DAY, by=chief, at=AT)
    assert code(refused) == "already_renewed"
    with pytest.raises(RefusalError) as refused:
        accrediting.renew_accreditation(accreditation=row, from_on=ON, by=chief, at=AT)
    assert code(refused) == "dates"


def test_one_is_accredited_once_from_a_day() -> None:
    row = accredited()
    with pytest.raises(RefusalError) as refused:
        accrediting.accredit(
            person=row.person, organisation=row.organisation, scheme="fest", actor="evaluator", from_on=ON, at=AT
        )
    assert code(refused) == "already_accredited"
    with pytest.raises(RefusalError) as refused:
        accrediting.accredit(
            person=row.person,
            organisation=row.organisation,
            scheme="fest",
            actor="evaluator",
            from_on=ON,
            until_on=ON - DAY,
            at=AT,
        )
    assert code(refused) == "dates"


def test_the_proof_is_kept() -> None:
    row = accrediting.accredit(
        person=person(),
        organisation=organisation(),
        scheme="fest",
        actor="evaluator",
        from_on=ON,
        proof=ContentFile(b"%PDF", name="../../attestation.pdf"),
        at=AT,
    )
    row.refresh_from_db()
    with row.proof.open() as proof:
        assert proof.read() == b"%PDF"
    assert ".." not in str(row.proof.name)


def test_those_that_end_soon_and_were_not_renewed_are_shown() -> None:
    row, secretary = accredited(ON + 60 * DAY), person("bo")
    grant_role(person=secretary, role=Role.SECRETARY, organisation=row.organisation, at=AT, from_on=ON)
    standing = Standing.of(secretary, ON)
    assert list(queries.accreditations_ending(standing, ON)) == [row]
    assert list(queries.accreditations_ending(standing, ON - DAY)) == []
    assert list(queries.accreditations_ending(standing, ON + 61 * DAY)) == []
    assert list(queries.rows_of([row.person])) == [row]
    outsider = person("outsider")
    grant_role(person=outsider, role=Role.SECRETARY, organisation=organisation("Autre"), at=AT, from_on=ON)
    assert list(queries.accreditations_visible_to(Standing.of(outsider, ON))) == []
    accrediting.renew_accreditation(accreditation=row, from_on=ON + 61 * DAY, by=secretary, at=AT)
    assert list(queries.accreditations_ending(standing, ON)) == []


def test_a_provider_is_authorised_then_suspended_for_a_reason() -> None:
    body, provider, chief = organisation(), organisation("Organisme"), person("bo")
    told = {"scheme": "fest", "scope": PartnerAuthorisation.Scope.BOTH, "at": AT}
    row = accrediting.authorise_partner(
        provider=provider,
        awarding_body=body,
        from_on=ON,
        by=chief,
        blocks=["BC1"],
        **told,  # type: ignore[arg-type]
    )
    grant_role(person=chief, role=Role.AWARDING_BODY, organisation=body, at=AT, from_on=ON)
    assert list(queries.authorisations_visible_to(Standing.of(chief, ON))) == [row]
    with pytest.raises(RefusalError) as refused:
        accrediting.suspend_partner(authorisation=row, reason="", by=chief, at=AT, on=ON)
    assert code(refused) == "reasons"
    accrediting.suspend_partner(authorisation=row, reason="Contrôle", by=chief, at=AT, on=ON)
    row.refresh_from_db()
    assert (row.suspended_on, row.reason) == (ON, "Contrôle")
    for kwargs, expected in (
        ({"provider": provider, "awarding_body": body, "from_on": ON}, "already_authorised"),
        ({"provider": body, "awarding_body": body, "from_on": ON}, "same_organisation"),
        ({"provider": provider, "awarding_body": body, "from_on": ON, "until_on": ON - DAY}, "dates"),
    ):
        with pytest.raises(RefusalError) as refused:
            accrediting.authorise_partner(**kwargs, **told)  # type: ignore[arg-type]
        assert code(refused) == expected


def test_an_authorisation_is_renewed_once_for_the_same_acts() -> None:
    body, provider, chief = organisation(), organisation("Organisme"), person("bo")
    row = accrediting.authorise_partner(
        provider=provider,
        awarding_body=body,
        scheme="fest",
        scope=PartnerAuthorisation.Scope.EVALUATE,
        blocks=["BC1"],
        contract="Convention 1",
        from_on=ON,
        until_on=ON + 60 * DAY,
        at=AT,
    )
    grant_role(person=chief, role=Role.AWARDING_BODY, organisation=body, at=AT, from_on=ON)
    standing = Standing.of(chief, ON)
    assert list(queries.authorisations_ending(standing, ON)) == [row]
    assert list(queries.authorisations_ending(standing, ON - DAY)) == []
    with pytest.raises(RefusalError) as refused:
        accrediting.renew_partner(authorisation=row, from_on=ON, by=chief, at=AT)
    assert code(refused) == "dates"
    following = accrediting.renew_partner(authorisation=row, from_on=ON + 61 * DAY, contract="Avenant", by=chief, at=AT)
    assert (following.renews, following.provider, following.scope) == (row, provider, "evaluate")
    assert (following.blocks, following.contract, following.until_on) == (["BC1"], "Avenant", None)
    assert list(queries.authorisations_ending(standing, ON)) == []
    assert kinds()[-1] == "partner.authorised"
    with pytest.raises(RefusalError) as refused:
        accrediting.renew_partner(authorisation=row, from_on=ON + 90 * DAY, by=chief, at=AT)
    assert code(refused) == "already_renewed"


def test_what_was_stopped_is_not_renewed() -> None:
    row, chief = accredited(ON + DAY), person("bo")
    accrediting.withdraw_accreditation(accreditation=row, reason="Départ", by=chief, at=AT, on=ON)
    row.refresh_from_db()
    with pytest.raises(RefusalError) as refused:
        accrediting.renew_accreditation(accreditation=row, from_on=ON + 2 * DAY, by=chief, at=AT)
    assert code(refused) == "withdrawn"
    partner = accrediting.authorise_partner(
        provider=organisation("Organisme"),
        awarding_body=row.organisation,
        scheme="fest",
        scope=PartnerAuthorisation.Scope.PREPARE,
        from_on=ON,
        at=AT,
    )
    accrediting.suspend_partner(authorisation=partner, reason="Contrôle", by=chief, at=AT, on=ON)
    partner.refresh_from_db()
    with pytest.raises(RefusalError) as refused:
        accrediting.renew_partner(authorisation=partner, from_on=ON + 2 * DAY, by=chief, at=AT)
    assert code(refused) == "suspended"
