"""Files opened one by one: their list, their page, what each role reads, and nothing once the access is over."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from parchemin.records.candidacies.actions import depositing, sharing, talking
from parchemin.records.candidacies.models import Candidacy, FileAccess
from parchemin.records.journal.queries import entries_of
from parchemin.records.people.actions.granting import grant_role
from parchemin.records.people.models import Person, Role
from parchemin.web.access import viewing
from tests.records.candidacies.files import decided
from tests.web import cast as casting
from tests.web.cast import AT, FEST, ON, Cast
from tests.web.looking import EVERY_RULE, faults_of
from tests.web.secretariat import desk
from tests.web.secretariat.desk import words
from tests.web.secretariat.test_in_the_browser import opened

SignedIn = Callable[[Person], Client]
DAY = timedelta(days=1)
NEED = "Un ordinateur à écran large"
FOLDER = os.environ.get("PARCHEMIN_PICTURES", "")


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Two weeks after the files of the cast were handed in."""
    with time_machine.travel(desk.NOW, tick=True):
        yield


def shared(row: Candidacy, to: Person, by: Person, role: Role = Role.COMPANION, days: int = 90) -> FileAccess:
    return sharing.grant_access(
        candidacy=row, person=to, role=role, by=by, at=AT, on=ON, until_on=ON + timedelta(days=days)
    )


def page(row: Candidacy) -> str:
    return reverse("followed:file", args=[row.pk])


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """An application that was sent back, with all that a guest must not read."""
    row = desk.received(cast)
    talking.ask_accommodation(candidacy=row, need=NEED, by=cast.candidate, at=AT)
    casting.written_to(row, cast.candidate, "Un message pour le secrétariat")
    depositing.return_application(candidacy=row, reasons="Il manque une page.", by=cast.secretary, at=AT, on=ON)
    return row


def test_the_list_says_where_each_stands_and_how_long_it_is_open(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    shared(row, cast.outsider, cast.candidate)
    text = words(signed_in(cast.outsider).get(reverse("followed:files")))
    assert "Odile Fictive" in text and row.number in text
    assert "À compléter" in text and "Le candidat complète sa demande." in text
    assert "31 mai 2026" in text and "reste 76 jours" in text


def test_nothing_opened_yet_teaches_how_it_will_be(cast: Cast, signed_in: SignedIn) -> None:
    text = words(signed_in(cast.companion).get(reverse("followed:files")))
    assert "Aucun dossier ne vous est ouvert" in text


def test_the_navigation_shows_it_to_those_who_follow_files_only(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    home = reverse("candidate:home")
    assert "Dossiers suivis" not in words(signed_in(cast.outsider).get(home))
    assert "Dossiers suivis" in words(signed_in(cast.companion).get(home))
    shared(row, cast.outsider, cast.candidate)
    client = signed_in(cast.outsider)
    assert "Dossiers suivis" in words(client.get(home))
    assert client.get(reverse("home")).headers["Location"] == reverse("followed:files")


def test_a_companion_reads_what_the_candidate_prepares_and_why_it_came_back(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    casting.worked(row, tags=())
    shared(row, cast.outsider, cast.candidate)
    text = words(signed_in(cast.outsider).get(page(row)))
    assert text.count("Assistante de formation") == 2
    assert "Il manque une page." in text
    assert "ouvert par Odile Fictive" in text and "n’a pas encore déposé" in text
    assert ">Vous<" not in text


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.PROFESSIONAL])
def test_whoever_evaluates_reads_what_was_handed_in_and_no_reasons(
    cast: Cast, row: Candidacy, signed_in: SignedIn, role: Role
) -> None:
    casting.worked(row, tags=())
    shared(row, cast.outsider, cast.secretary, role)
    text = words(signed_in(cast.outsider).get(page(row)))
    assert text.count("Assistante de formation") == 1
    assert "Il manque une page." not in text and "Décisions" not in text
    assert "ouvert par Commission fictive" in text


@pytest.mark.parametrize("role", [Role.COMPANION, Role.EVALUATOR, Role.PROFESSIONAL])
def test_a_guest_never_reads_the_need_nor_the_civil_identity_nor_the_messages(
    cast: Cast, row: Candidacy, signed_in: SignedIn, role: Role
) -> None:
    shared(row, cast.outsider, cast.candidate if role is Role.COMPANION else cast.secretary, role)
    client = signed_in(cast.outsider)
    for address in (page(row), reverse("followed:files")):
        text = words(client.get(address))
        hidden = (NEED, "ménagement", "Un message pour", "Rose", "1984", "Nantes", "rue Inventée", "odile@example.org")
        assert [one for one in hidden if one in text] == []


def test_documents_are_downloaded_as_far_as_they_are_shared(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    handed = row.documents.get(kind="admissibility_file").versions.get()
    later = desk.dropped(row, "admissibility_file", signed=())
    shared(row, cast.outsider, cast.candidate)
    shared(row, cast.evaluator, cast.secretary, Role.EVALUATOR)

    def status(one: Person, version: Any) -> int:
        answer = signed_in(one).get(reverse("followed:document", args=[row.pk, version.pk]))
        if answer.streaming:
            assert answer.getvalue() == desk.PDF
            assert answer.headers["Content-Disposition"].startswith("attachment")
        return answer.status_code

    assert status(cast.evaluator, handed) == 200
    assert status(cast.evaluator, later) == 404
    assert status(cast.outsider, later) == 200
    elsewhere = desk.dropped(casting.opened(cast.other_candidate, row.certification), "admissibility_file")
    for one in (cast.evaluator, cast.outsider):
        assert status(one, elsewhere) == 404


def test_when_the_access_ends_the_next_request_finds_nothing(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    access = shared(row, cast.outsider, cast.candidate)
    version = row.documents.get(kind="admissibility_file").versions.get()
    client = signed_in(cast.outsider)
    addresses = (page(row), reverse("followed:document", args=[row.pk, version.pk]))
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.getvalue()
    sharing.revoke_access(access=access, by=cast.candidate, at=desk.NOW)
    for address in addresses:
        assert client.get(address).status_code == 404
    assert client.get(reverse("followed:files")).status_code == 403


def test_the_day_after_its_end_nothing_is_found(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    shared(row, cast.outsider, cast.candidate, days=20)
    client = signed_in(cast.outsider)
    with time_machine.travel(desk.NOW + timedelta(days=6), tick=True):
        assert client.get(page(row)).status_code == 200
    with time_machine.travel(desk.NOW + timedelta(days=7), tick=True):
        assert client.get(page(row)).status_code == 404


ROLES = [role for role in casting.ROLES if role not in ("companion",)]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_finds_a_file_that_is_opened(cast: Cast, row: Candidacy, signed_in: SignedIn, role: str) -> None:
    shared(row, cast.companion, cast.candidate)
    version = row.documents.get(kind="admissibility_file").versions.get()
    client = signed_in(getattr(cast, role))
    for address in (page(row), reverse("followed:document", args=[row.pk, version.pk])):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in (404, 405)


def test_the_same_role_in_the_organisation_or_in_another_opens_nothing(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    grant_role(person=cast.outsider, role=Role.EVALUATOR, organisation=cast.organisation, at=AT, from_on=ON)
    grant_role(
        person=cast.other_candidate, role=Role.EVALUATOR, organisation=cast.other_organisation, at=AT, from_on=ON
    )
    for one in (cast.outsider, cast.other_candidate):
        client = signed_in(one)
        assert client.get(page(row)).status_code == 404
        assert "Odile" not in words(client.get(reverse("followed:files")))


def test_the_first_reading_is_kept_and_looking_through_their_eyes_is_none(
    cast: Cast, row: Candidacy, signed_in: SignedIn, client: Client
) -> None:
    access = shared(row, cast.companion, cast.candidate)
    administrator = signed_in(cast.administrator)
    administrator.post(reverse("access:start_view_as", args=[cast.companion.pk]), {"reason": "Aider."})
    assert viewing.VIEWED in administrator.session
    assert administrator.get(page(row)).status_code == 200
    access.refresh_from_db()
    assert access.seen_at is None
    for _ in range(2):
        signed_in(cast.companion).get(page(row))
    access.refresh_from_db()
    assert access.seen_at is not None
    used = entries_of(row.pk).filter(kind="candidacy.access_used")
    assert [entry.actor for entry in used] == [cast.companion.pk]


def test_an_admissible_file_tells_its_next_step(cast: Cast, signed_in: SignedIn) -> None:
    row = decided(cast, desk.complete(cast))
    shared(row, cast.outsider, cast.candidate)
    client = signed_in(cast.outsider)
    for address in (page(row), reverse("followed:files")):
        assert "Prochaine étape : " in words(client.get(address))


def test_the_list_is_filtered_and_asks_no_more_queries_when_it_grows(
    cast: Cast, row: Candidacy, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    shared(row, cast.outsider, cast.candidate)
    client = signed_in(cast.outsider)
    address = reverse("followed:files")
    client.get(address)
    for number in range(5):
        who = casting.person(f"candidat{number}", "Candidat", f"Numéro {number}")
        shared(casting.opened(who, cast.certification(FEST)), cast.outsider, who)
    with django_assert_max_num_queries(14):
        text = words(client.get(address))
    assert text.count('<th scope="row">') == 6
    assert words(client.get(address, {"scheme": FEST})).count('<th scope="row">') == 5
    assert words(client.get(address, {"status": "returned"})).count('<th scope="row">') == 1
    assert "ne répond à ces filtres" in words(client.get(address, {"status": "refused"}))
    odd = words(client.get(address, {"status": "x", "sort": "-zz", "page": "x"}))
    assert odd.count('<th scope="row">') == 6
    for sort in ("name", "-certification", "status", "-until"):
        assert client.get(address, {"sort": sort}).status_code == 200


def test_in_english_nothing_stays_in_french(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    shared(row, cast.outsider, cast.candidate)
    client = signed_in(cast.outsider)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Files I follow" in words(client.get(reverse("followed:files")))
    assert "Where the file stands" in words(client.get(page(row)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 375])
def test_pages_are_clean_at_both_widths(chromium: Browser, live_server: Any, signed_in: SignedIn, width: int) -> None:
    cast = casting.cast()
    row = desk.received(cast)
    depositing.return_application(candidacy=row, reasons="Il manque une page.", by=cast.secretary, at=AT, on=ON)
    shared(row, cast.outsider, cast.candidate)
    shared(row, cast.evaluator, cast.secretary, Role.EVALUATOR)
    pages = (
        (cast.outsider, "followed", reverse("followed:files")),
        (cast.outsider, "followed-file", page(row)),
        (cast.evaluator, "followed-evaluator", page(row)),
        (cast.professional, "followed-none", reverse("followed:files")),
        (cast.candidate, "access", reverse("candidate:access", args=[row.pk])),
        (cast.secretary, "office-access", desk.page("access", row.pk)),
    )
    for who, name, address in pages:
        tab, complaints = opened(chromium, signed_in(who), live_server.url, width)
        tab.goto(live_server.url + address)
        if FOLDER:
            tab.screenshot(path=f"{FOLDER}/{name}-{width}.png", full_page=True)
        assert (name, faults_of(tab, EVERY_RULE), complaints) == (name, [], [])
        tab.context.close()
