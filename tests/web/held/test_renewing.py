"""A certificate that ends is renewed from its holder’s page, by the ordinary door; each room says what it may."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.records.awards.actions.sharing import share_certificate
from parchemin.records.awards.models import Certificate
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.actions import set_open
from parchemin.records.certifications.models import PublishedRuling
from parchemin.records.people.models import Person
from parchemin.web.shared.certificates import paper_of
from tests.edges.letters.cast import read
from tests.guards import lifted
from tests.records.awards.bench import AGAIN_AT, again, decided, temporary
from tests.web.award.bench import published
from tests.web.cast import FEST, Cast
from tests.web.secretariat.desk import words

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Person], Client]
BUTTON, RENEWS = "Demander le renouvellement", "Pour renouveler votre certificat"
PAST = datetime(2031, 4, 2, 10, tzinfo=UTC)
FAR = datetime(2030, 9, 26, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def that_day() -> Iterator[time_machine.Traveller]:
    """Six weeks before the end of the first certificate."""
    with time_machine.travel(AGAIN_AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def first(cast: Cast) -> Certificate:
    """The certificate that ends."""
    return temporary(cast)


def url(name: str, *args: object) -> str:
    return reverse(name, args=args)


def test_from_the_end_of_one_to_a_file_for_another(cast: Cast, first: Certificate, signed_in: SignedIn) -> None:
    client, mine = signed_in(cast.candidate), url("held:one", first.pk)
    door = url("candidate:certification", FEST)
    page = words(client.get(mine))
    assert BUTTON in page and f'href="{door}"' in page and "repasser toutes les épreuves" in page
    start = url("candidate:start", FEST, "continuing")
    for place in (door, url("candidate:route", FEST, "continuing"), start):
        told = words(client.get(place))
        assert RENEWS in told and str(first) in told
    client.post(start, {"began_on": "2031-02-14"})
    row = Candidacy.objects.get(status="draft")
    assert row.candidate == cast.candidate
    page = words(client.get(mine))
    assert BUTTON not in page and f"Votre dossier {row.number} est en cours" in page
    assert RENEWS in words(client.get(url("candidate:file", row.pk)))
    assert RENEWS not in words(client.get(door)), "the file under way is told instead"
    assert row.number in words(client.get(door))
    Candidacy.objects.filter(pk=row.pk).update(status="received", identity={})
    desk = words(signed_in(cast.secretary).get(url("secretariat:file", row.pk)))
    assert "renouvelle le certificat <" in desk and str(first) in desk


def test_a_file_opened_there_gives_the_certificate_that_renews(
    cast: Cast, first: Certificate, signed_in: SignedIn
) -> None:
    holder = signed_in(cast.candidate)
    holder.post(url("candidate:start", FEST, "continuing"), {"began_on": "2031-02-14"})
    row = Candidacy.objects.get(status="draft")
    session = published(decided(cast, FEST, "continuing", "full", ("A1-C1",), row=row).session)
    signed_in(cast.manager).post(url("award:session", session.pk), {"awarded_on": "2031-02-14"})
    second = Certificate.objects.get(renews=first)
    assert second.candidacy == row and second.valid_until == date(2036, 2, 14)
    shown = words(holder.get(url("held:one", second.pk)))
    assert "Renouvelle le certificat" in shown and str(first) in shown and BUTTON not in shown


def test_nobody_else_is_told_of_it(cast: Cast, first: Certificate, client: Client, signed_in: SignedIn) -> None:
    other = signed_in(cast.other_candidate)
    for browser in (client, other):
        for place in (url("candidate:certification", FEST), url("candidate:route", FEST, "continuing")):
            assert str(first) not in words(browser.get(place))
    assert other.get(url("held:one", first.pk)).status_code == 404
    assert str(first) not in words(other.get(url("candidate:start", FEST, "continuing")))


def test_it_is_asked_for_when_the_time_comes(
    cast: Cast, first: Certificate, signed_in: SignedIn, that_day: time_machine.Traveller
) -> None:
    for at, is_there in ((FAR, False), (PAST, True)):
        that_day.move_to(at)
        client = signed_in(cast.candidate)
        assert (BUTTON in words(client.get(url("held:one", first.pk)))) is is_there
        assert (RENEWS in words(client.get(url("candidate:certification", FEST)))) is is_there


def test_where_nobody_may_apply_its_holder_is_told_whom_to_ask(
    cast: Cast, first: Certificate, signed_in: SignedIn
) -> None:
    set_open(certification=cast.certification(FEST), is_open=False, by=None, at=AGAIN_AT)
    page = words(signed_in(cast.candidate).get(url("held:one", first.pk)))
    assert BUTTON not in page and f"demandez à {cast.organisation.name} comment le renouveler" in page


def test_where_the_way_is_not_said_that_is_said(cast: Cast, first: Certificate, signed_in: SignedIn) -> None:
    with lifted(connection):
        PublishedRuling.objects.all()._raw_delete("default")
    said = "comment ce certificat se renouvelle"
    page = words(signed_in(cast.candidate).get(url("held:one", first.pk)))
    assert f"{said} : demandez-le à {cast.organisation.name}" in page and BUTTON in page
    assert f"{said} : une décision de l’organisme doit le fixer" in words(
        signed_in(cast.manager).get(url("award:certificate", first.pk))
    )


def test_both_are_told_to_the_body_and_to_the_holder(cast: Cast, first: Certificate, signed_in: SignedIn) -> None:
    hearing = decided(cast, FEST, "continuing", "full", ("A1-C1",))
    body = signed_in(cast.manager)
    page = words(body.get(url("award:session", published(hearing.session).pk)))
    assert "qui renouvelle le" in page and str(first) in page
    Candidacy.objects.filter(pk=hearing.candidacy_id).update(status="withdrawn", closed_at=AGAIN_AT)
    second = again(cast)
    for row, said, other in ((first, "Il est renouvelé par", second), (second, "Il renouvelle", first)):
        page = words(body.get(url("award:certificate", row.pk)))
        assert f"{said} le certificat" in page and url("award:certificate", other.pk) in page
    assert words(body.get(url("award:home"))).count(">renouvelé<") == 1
    holder = signed_in(cast.candidate)
    page = words(holder.get(url("held:one", first.pk)))
    assert "Renouvelé par le certificat" in page and str(second) in page and BUTTON not in page
    assert "Renouvelle le certificat" in words(holder.get(url("held:one", second.pk)))
    listed = words(holder.get(url("held:mine")))
    assert "· renouvelle le <" in listed and "· renouvelé" in listed


def test_the_paper_names_what_it_renews(cast: Cast, first: Certificate) -> None:
    spaced = str(first).replace("-", " ")
    texts = [" ".join(read(paper_of(row)).text.split()) for row in (first, again(cast))]
    assert [f"Renouvelle le certificat n° {spaced}" in text for text in texts] == [False, True]


def test_whoever_verifies_learns_no_other_number(
    cast: Cast, first: Certificate, client: Client, that_day: time_machine.Traveller
) -> None:
    second = again(cast)
    said = "Il a été renouvelé"
    assert said not in words(client.get(url("verification:answer", first)))
    that_day.move_to(PAST)
    page = words(client.get(url("verification:answer", first)))
    assert said in page and "n’est plus valable depuis le 28 mars 2031" in page and str(second) not in page
    assert str(first) not in words(client.get(url("verification:answer", second)))
    answers = [
        client.post(reverse("verification:api"), json.dumps({"number": one}), content_type="application/json").json()
        for one in (str(first), str(second))
    ]
    assert [one["certificate"]["is_renewed"] for one in answers] == [True, False]
    assert str(second) not in json.dumps(answers[0]) and str(first) not in json.dumps(answers[1])


def test_a_link_of_the_holder_shows_what_the_paper_shows(cast: Cast, first: Certificate, client: Client) -> None:
    second = again(cast)
    ends = AGAIN_AT + timedelta(days=30)
    pages = {
        row: words(client.get(url("verification:shared", secret)))
        for row in (first, second)
        for _made, secret in [share_certificate(certificate=row, ends_at=ends, by=cast.candidate, at=AGAIN_AT)]
    }
    assert str(first) in pages[second] and str(second) not in pages[first]


def test_the_lists_ask_no_more_for_more_certificates(cast: Cast, first: Certificate, signed_in: SignedIn) -> None:
    places = ((signed_in(cast.manager), url("award:home")), (signed_in(cast.candidate), url("held:mine")))

    def asked() -> list[int]:
        found = []
        for browser, place in places:
            browser.get(place)
            with CaptureQueriesContext(connection) as caught:
                browser.get(place)
            found.append(len(caught))
        return found

    before = asked()
    again(cast)
    assert asked() == before
