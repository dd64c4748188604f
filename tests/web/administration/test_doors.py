"""Every page of the administration refuses whoever does not keep the platform or that organisation."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import Grant, Organisation, Person, Role
from parchemin.web.administration.urls import urlpatterns
from tests.web import cast as casting
from tests.web.administration.scene import Scene, addresses, page, scene, words
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
STRANGERS = ("candidate", "companion", "professional", "evaluator", "jury_member", "secretary", "outsider")
PLATFORM = {
    "new_organisation", "journal", "verify_journal", "entry", "outbox", "mail", "attachment", "tasks", "task", "retry",
    "settings", "export_journal",
}  # fmt: skip
"""What only those who keep the whole platform open."""
POSTED = {
    "open_certification", "close_certification", "publish_checked", "publish_files", "retry", "prepare_retention",
}  # fmt: skip
"""What is only sent."""
OWN_LISTS = {
    "home", "organisations", "people", "export_people", "invite", "certifications", "publish", "publish_checked",
    "publish_files", "retention", "export_organisations", "export_certifications", "export_register",
}  # fmt: skip
"""What whoever answers for another organisation opens too, on their own things."""


@pytest.fixture
def found(cast: Cast) -> Scene:
    return scene(cast)


@pytest.fixture
def other_manager(cast: Cast) -> Person:
    """Answers for the second organisation."""
    made = casting.person("olga", "Olga", "Voisine")
    grant_role(
        person=made, role=Role.AWARDING_BODY, at=casting.AT, from_on=casting.ON, organisation=cast.other_organisation
    )
    return made


@pytest.mark.parametrize("role", STRANGERS)
def test_strangers_are_refused_everywhere(found: Scene, signed_in: Callable[[Person], Client], role: str) -> None:
    client = signed_in(getattr(found.cast, role))
    for name, url in addresses(found).items():
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code in (403, 404, 405), (name, answer.status_code)


def test_nobody_comes_in_without_signing_in(found: Scene) -> None:
    for name, url in addresses(found).items():
        for answer in (Client().get(url), Client().post(url)):
            assert answer.status_code == 302 and "/compte/" in answer["Location"], name


def test_what_belongs_to_another_organisation_is_not_found(
    found: Scene, other_manager: Person, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(other_manager)
    wanted = addresses(found)
    grants, bodies = Grant.objects.filter(revoked_at__isnull=True).count(), Organisation.objects.count()
    for name in wanted.keys() - OWN_LISTS - PLATFORM:
        for answer in (client.get(wanted[name]), client.post(wanted[name])):
            assert answer.status_code in (404, 405), (name, answer.status_code)
    assert Grant.objects.filter(revoked_at__isnull=True).count() == grants
    assert Organisation.objects.count() == bodies
    found.certification.refresh_from_db()
    assert found.certification.is_open


def test_whoever_answers_for_an_organisation_does_not_keep_the_platform(found: Scene, manager: Client) -> None:
    wanted = addresses(found)
    for name in PLATFORM:
        for answer in (manager.get(wanted[name]), manager.post(wanted[name])):
            assert answer.status_code in (403, 404, 405), (name, answer.status_code)


def test_lists_of_another_organisation_show_nothing_of_this_one(
    found: Scene, other_manager: Person, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(other_manager)
    for name in OWN_LISTS - {"publish_checked", "publish_files"}:
        answer = client.get(addresses(found)[name])
        text = b"".join(answer.streaming_content).decode() if answer.streaming else words(answer)  # type: ignore[attr-defined]
        for secret in ("Hélène", "Canevas", "nina@", "Commission fictive", "Centre du port", "CQP Assistant"):
            assert secret not in text, (name, secret)


def test_each_page_opens_for_those_it_is_for(found: Scene, keeper: Client, manager: Client) -> None:
    for name, url in addresses(found).items():
        if name not in POSTED:
            assert keeper.get(url).status_code == 200, name
            if name not in PLATFORM:
                assert manager.get(url).status_code == 200, name


def test_every_page_says_what_it_asks() -> None:
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        assert getattr(pattern.callback, "asks", ()), pattern.name


def test_a_role_that_is_over_opens_nothing(found: Scene, manager: Client) -> None:
    Grant.objects.filter(person=found.cast.manager).update(until_on=timezone.localdate().replace(day=10))
    assert manager.get(page("home")).status_code == 403
    assert manager.get(page("organisation", found.cast.organisation.pk)).status_code == 404


def test_no_page_asks_the_database_too_often(
    found: Scene, keeper: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for name, url in addresses(found).items():
        if name not in POSTED and not name.startswith("export_"):
            with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
                keeper.get(url)


def test_lists_ask_no_more_when_they_are_longer(
    found: Scene, keeper: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(60):
        one = casting.person(f"long{number}", "Longue", f"Liste {number:02d}")
        grant_role(
            person=one, role=Role.EVALUATOR, at=casting.AT, from_on=casting.ON, organisation=found.cast.organisation
        )
        casting.organisation(f"Organisme {number:02d}")
    for name in ("people", "organisations", "journal", "retention", "home"):
        with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
            assert keeper.get(page(name)).status_code == 200
    assert "1 à 50 sur 62" in words(keeper.get(page("organisations") + "?kind=awarding_body"))
