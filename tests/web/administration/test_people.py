"""Roles given and taken back where one may, invitations sent, cancelled, accepted."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from parchemin.records.journal.models import Entry
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.actions.organising import create_organisation
from parchemin.records.people.models import Grant, Invitation, OrganisationKind, Person, Role
from tests.web import cast as casting
from tests.web.administration.scene import page, words
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db


def invited(client: Client, **told: object) -> object:
    return client.post(page("invite"), {"email": "nina@example.org", **told})


def test_an_invitation_is_sent_and_accepted(cast: Cast, manager: Client, signed_in: Callable[[Person], Client]) -> None:
    assert invited(manager, role="secretary", organisation=str(cast.organisation.pk)).status_code == 302  # type: ignore[attr-defined]
    sent = mail.outbox[-1]
    assert sent.to == ["nina@example.org"]
    link = re.search(r"(/compte/invitation/[\w-]+/)", str(sent.body))
    assert link
    assert "nina@example.org" in words(manager.get(page("people")))
    nina = casting.person("nina", "Nina", "Nouvelle")
    assert signed_in(nina).post(link[1]).status_code == 302
    assert Grant.objects.get(person=nina).organisation == cast.organisation
    assert "Nina Nouvelle" in words(manager.get(page("people")))


def test_a_cancelled_invitation_opens_nothing(
    cast: Cast, manager: Client, signed_in: Callable[[Person], Client]
) -> None:
    invited(manager, role="secretary", organisation=str(cast.organisation.pk))
    link = re.search(r"(/compte/invitation/[\w-]+/)", str(mail.outbox[-1].body))
    row = Invitation.objects.get()
    assert manager.get(page("cancel_invitation", row.pk)).status_code == 200
    assert manager.post(page("cancel_invitation", row.pk)).status_code == 302
    assert link
    assert signed_in(casting.person("nina", "Nina", "Nouvelle")).post(link[1]).status_code == 410
    assert not Grant.objects.filter(person__email="nina@example.org").exists()


@pytest.mark.parametrize("role", ["administrator", "secretary"])
def test_nobody_gives_more_than_they_hold(cast: Cast, manager: Client, role: str) -> None:
    """Neither the administration, nor a role in another organisation."""
    told = (
        {"role": role} if role == "administrator" else {"role": role, "organisation": str(cast.other_organisation.pk)}
    )
    assert invited(manager, **told).status_code == 422  # type: ignore[attr-defined]
    assert cast.secretary.pk
    answer = manager.post(page("grant", cast.secretary.pk), {**told, "from_on": "2026-03-16"})
    assert answer.status_code == 422
    assert not Invitation.objects.exists()
    assert Grant.objects.filter(person=cast.secretary).count() == 1


def test_a_role_is_given_with_its_scope_and_dates(cast: Cast, manager: Client) -> None:
    certification = cast.certification()
    centre = create_organisation(kind=OrganisationKind.CENTRE, name="Sud", at=casting.AT, parent=cast.organisation)
    told = {
        "role": "evaluator",
        "organisation": str(cast.organisation.pk),
        "scheme": certification.scheme,
        "centre": str(centre.pk),
        "from_on": "2026-04-01",
        "until_on": "2027-03-31",
    }
    early = manager.post(page("grant", cast.secretary.pk), {**told, "until_on": "2026-01-01"})
    assert early.status_code == 422 and "La fin est avant le début" in words(early)
    assert manager.post(page("grant", cast.secretary.pk), told).status_code == 302
    made = Grant.objects.get(role=Role.EVALUATOR)
    assert (made.scheme, made.centre, made.until_on.isoformat()) == (certification.scheme, centre, "2027-03-31")  # type: ignore[union-attr]
    assert "à partir du 1er avril 2026" in words(manager.get(page("person", cast.secretary.pk)))
    again = manager.post(page("grant", cast.secretary.pk), told)
    assert again.status_code == 422 and "a déjà ce rôle" in words(again)


def test_a_role_that_covers_all_takes_no_organisation(cast: Cast, keeper: Client) -> None:
    told = {"role": "administrator", "organisation": str(cast.organisation.pk), "from_on": "2026-03-16"}
    assert "Ce rôle porte sur tout" in words(keeper.post(page("grant", cast.secretary.pk), told))
    told = {"role": "secretary", "from_on": "2026-03-16"}
    assert "choisissez laquelle" in words(keeper.post(page("grant", cast.secretary.pk), told))


def test_a_role_is_taken_back(cast: Cast, manager: Client, signed_in: Callable[[Person], Client]) -> None:
    grant = Grant.objects.get(person=cast.secretary)
    office = signed_in(cast.secretary)
    assert office.get("/secretariat/").status_code == 200
    assert manager.get(page("revoke", grant.pk)).status_code == 200
    assert manager.post(page("revoke", grant.pk)).status_code == 302
    assert office.get("/secretariat/").status_code == 403
    assert manager.get(page("person", cast.secretary.pk)).status_code == 404
    assert Entry.objects.filter(kind="role.revoked", subject=cast.secretary.pk).exists()


def test_the_last_administrator_stays(cast: Cast, keeper: Client) -> None:
    grant = Grant.objects.get(role=Role.ADMINISTRATOR)
    refused = keeper.post(page("revoke", grant.pk))
    assert refused.status_code == 422
    assert "Il doit rester au moins une personne" in words(refused)
    grant.refresh_from_db()
    assert grant.revoked_at is None


def test_whoever_keeps_one_certification_sees_and_gives_its_roles_only(
    cast: Cast, signed_in: Callable[[Person], Client]
) -> None:
    certification = cast.certification()
    narrow = casting.person("paul", "Paul", "Étroit")
    grant_role(
        person=narrow, role=Role.AWARDING_BODY, at=casting.AT, from_on=casting.ON, organisation=cast.organisation,
        scheme=certification.scheme,
    )  # fmt: skip
    assert cast.secretary.pk
    client = signed_in(narrow)
    text = words(client.get(page("people")))
    assert "Paul Étroit" in text and "Hélène" not in text
    assert "CQP Assistant" in words(client.get(page("certifications")))


def test_somebody_without_a_role_is_found_by_those_who_keep_everything(
    cast: Cast, keeper: Client, manager: Client
) -> None:
    assert cast.outsider.pk
    assert "Lucie Dehors" in words(keeper.get(page("people") + "?text=lucie"))
    assert "Lucie Dehors" not in words(manager.get(page("people") + "?text=lucie"))
    assert keeper.get(page("person", cast.outsider.pk)).status_code == 200
    assert manager.get(page("person", cast.outsider.pk)).status_code == 404


def test_filters_narrow_the_list(cast: Cast, keeper: Client) -> None:
    assert cast.secretary.pk != cast.manager.pk
    text = words(keeper.get(page("people") + "?role=awarding_body"))
    assert "Jeanne Maquette" in text and "Hélène Canevas" not in text
    text = words(keeper.get(page("people") + f"?organisation={cast.other_organisation.pk}"))
    assert "Jeanne Maquette" not in text
    exported = keeper.get(page("export_people", "csv") + "?role=awarding_body")
    assert b"Maquette" in b"".join(exported.streaming_content)  # type: ignore[attr-defined]


def test_view_as_starts_from_a_person(cast: Cast, keeper: Client, manager: Client) -> None:
    link = f"/compte/regarder/{cast.secretary.pk}/"
    assert link in words(keeper.get(page("person", cast.secretary.pk)))
    assert link not in words(manager.get(page("person", cast.secretary.pk)))
    keeper.post(link, {"reason": "Elle ne voit plus sa file."})
    assert keeper.get("/secretariat/").status_code == 200
    assert keeper.get(page("home")).status_code == 403
    assert keeper.post(page("grant", cast.secretary.pk)).status_code == 403
