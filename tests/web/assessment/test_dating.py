"""The page where the office tells the year: offered where rules look at it, refused with what they say."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parchemin.records.candidacies.actions.sharing import grant_access
from parchemin.records.candidacies.models import Candidacy, CandidacyDate
from parchemin.records.people.models import Person, Role
from tests.records.assessments import sending
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.assessment.test_ledger import page, words
from tests.web.cast import AT, ON, Cast
from tests.web.posted import typed

SignedIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 10, 2, 9, 0, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def student(cast: Cast) -> Candidacy:
    return sending.student(cast)


def sent(client: Client, url: str, **answers: object) -> Any:
    return client.post(url, typed(client.get(url).content.decode(), url, answers))


def days() -> set[tuple[str, date]]:
    wanted = ("year_started", "regulation_changed")
    return set(CandidacyDate.objects.filter(milestone__in=wanted).values_list("milestone", "on"))


def test_a_change_too_late_is_refused_then_told_knowingly(cast: Cast, student: Candidacy, signed_in: SignedIn) -> None:
    client, url = signed_in(cast.secretary), page("year", student)
    assert f'href="{url}"' in words(client.get(page("file", student)))
    assert sent(client, url, year_started="2026-09-01").status_code == 302
    answer = sent(client, url, regulation_changed="2026-10-02")
    told = words(answer)
    assert answer.status_code == 422 and "au plus tard le 1er octobre 2026" in told and "malgré tout" in told
    assert 'value="2026-10-02"' in told and days() == {("year_started", date(2026, 9, 1))}
    again = typed(answer.content.decode(), url, {"is_sure": "on"})
    assert client.post(url, again).status_code == 302
    assert ("regulation_changed", date(2026, 10, 2)) in days()
    assert sent(client, url, regulation_changed="").status_code == 302
    assert days() == {("year_started", date(2026, 9, 1))}


def test_a_change_in_time_is_told_to_every_file_at_once(
    cast: Cast, student: Candidacy, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    others = [sending.student(cast, casting.person(f"p{n}", f"Prénom{n}", f"Nom{n}")) for n in range(3)]
    client, url = signed_in(cast.secretary), page("year", student)
    with django_assert_max_num_queries(25):
        assert "3 autres dossiers" in words(client.get(url))
    answer = sent(client, url, year_started="2026-09-01", regulation_changed="2026-09-20", is_for_all="on")
    assert "Les dates sont notées dans 4 dossiers." in words(client.get(answer["Location"]))
    for row in (student, *others):
        assert row.dates.get(milestone="regulation_changed").on == date(2026, 9, 20)


def test_what_is_typed_wrong_is_told(cast: Cast, student: Candidacy, signed_in: SignedIn) -> None:
    client, url = signed_in(cast.secretary), page("year", student)
    assert "n’est pas encore passée" in words(sent(client, url, regulation_changed="2026-10-03"))
    assert "Cette date n’existe pas" in words(sent(client, url, year_started="rentrée"))
    overtaken = client.post(url, {"revision": 9, "year_started": "2026-09-01"})
    assert overtaken.status_code == 409 and 'value="2026-09-01"' in words(overtaken)
    assert "Rien n’avait changé" in words(client.post(url, {"revision": student.revision}, follow=True))
    assert days() == set()


def test_it_is_offered_to_the_office_where_a_rule_looks_at_it(
    cast: Cast, student: Candidacy, signed_in: SignedIn
) -> None:
    grant_access(candidacy=student, person=cast.evaluator, role=Role.EVALUATOR, by=cast.secretary, at=AT, on=ON)
    other = files.decided(cast, files.completed(cast, casting.opened(cast.other_candidate, cast.certification())))
    assert signed_in(cast.secretary).get(page("year", other)).status_code == 404
    assert "Dates de l’année" not in words(signed_in(cast.secretary).get(page("file", other)))
    for who in (cast.candidate, cast.evaluator, cast.other_secretary, cast.outsider):
        client = signed_in(who)
        assert client.get(page("year", student)).status_code in (403, 404)
        assert client.post(page("year", student), {"year_started": "2026-09-01"}).status_code in (403, 404)
    assert days() == set()
