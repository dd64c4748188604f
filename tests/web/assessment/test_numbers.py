"""The figures of the office: who sees them, what they hold, how they go out, and that they stay quick."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from parchemin.records.assessments.models import Result
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.models import Entry
from parchemin.records.people.models import Person
from tests.records.assessments import sending
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.cast import AT, CQP, ON, TITLE, Cast

SignedIn = Callable[[Person], Client]
PAGES = ("numbers", "cohort")


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file assessed by two, every competence acquired but one."""
    made = files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification())))
    return sending.ready(cast, made, "C4")


def words(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def url(name: str, *args: str, **query: str) -> str:
    return reverse(f"assessment:{name}", args=args, query=query)


@pytest.mark.parametrize("role", ["secretary", "manager"])
def test_the_office_sees_its_figures(cast: Cast, row: Candidacy, signed_in: SignedIn, role: str) -> None:
    client = signed_in(getattr(cast, role))
    told = words(client.get(url("numbers")))
    assert "7 (100 sur 100)" in told and "Esther Spécimen" in told and "Réponse sur la recevabilité" in told
    told = words(client.get(url("cohort")))
    assert "Fictive Odile" in told and told.count(">A</td>") == 5 and told.count(">N</td>") == 1


@pytest.mark.parametrize("role", ["candidate", "companion", "professional", "evaluator", "jury_member", "outsider"])
def test_nobody_else_does(cast: Cast, row: Candidacy, signed_in: SignedIn, role: str) -> None:
    client = signed_in(getattr(cast, role))
    for name in PAGES:
        assert client.get(url(name)).status_code == 403
    assert client.get(url("export_numbers", "accord", "csv")).status_code == 404


def test_another_organisation_sees_nothing_of_it(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.other_secretary)
    for name in PAGES:
        told = words(client.get(url(name, scheme=CQP)))
        assert "Odile" not in told and "Esther" not in told and "Rien à" in told
    assert client.get(url("export_numbers", "cohorte", "csv")).status_code == 404


@pytest.mark.parametrize("what", ["accord", "charge", "durees", "cohorte"])
def test_each_figure_goes_out(cast: Cast, row: Candidacy, signed_in: SignedIn, what: str) -> None:
    client = signed_in(cast.secretary)
    answer: Any = client.get(url("export_numbers", what, "csv", scheme=CQP))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) > 1
    workbook: Any = client.get(url("export_numbers", what, "xlsx"))
    assert workbook.getvalue().startswith(b"PK")
    assert Entry.objects.filter(kind="list.exported").count() == 2
    assert client.get(url("export_numbers", "autre", "csv")).status_code == 404
    workbook.close()  # and the connection of the test with it


def test_a_year_without_files_says_so(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    client = signed_in(cast.secretary)
    assert "Aucun candidat" in words(client.get(url("cohort", year="2024")))
    assert "Aucune épreuve close" in words(client.get(url("numbers", year="2024")))
    assert "Fictive Odile" in words(client.get(url("cohort", year="douze", page="x", lines="y")))


def many(cast: Cast, count: int, first: int = 0) -> None:
    """That many admissible files of a certification with many competences, each with some acquired."""
    made = casting.opened(cast.candidate, cast.certification(TITLE), "vae") if not first else Candidacy.objects.first()
    assert made is not None
    codes = Judged(made, ON).scheme.assessed
    kept = {f.attname: getattr(made, f.attname) for f in Candidacy._meta.concrete_fields if f.name != "id"}
    kept |= {"status": "admissible", "identity": {}}
    people = [
        Person(email=f"m{n}@example.org", given_name="Nom", family_name=f"Suite {n:03}", password="!")
        for n in range(first, first + count)
    ]
    Person.objects.bulk_create(people)
    rows = [Candidacy(**{**kept, "candidate_id": who.pk, "number": f"M-{who.email}"}) for who in people]
    Candidacy.objects.bulk_create(rows)
    Result.objects.bulk_create(
        Result(candidacy=row, code=code, kind="competence", is_acquired=True, settled_at=AT, settled_by=cast.secretary)
        for rank, row in enumerate(rows)
        for code in codes[: rank % (len(codes) + 1)]
    )


def test_two_hundred_candidates_ask_no_more_of_the_database_than_one(
    cast: Cast, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.secretary)
    many(cast, 1)
    page = url("cohort", scheme=TITLE)
    client.get(page)
    with django_assert_max_num_queries(12) as alone:
        assert "Suite 000" in words(client.get(page))
    many(cast, 200, first=1)
    with django_assert_max_num_queries(12) as crowded:
        answer = client.get(page)
    assert len(crowded) == len(alone)
    assert words(answer).count('scope="row"') == 200 and "Suivants" in words(answer)
    assert "Suite 200" in words(client.get(page + "&page=2"))


def test_the_figures_ask_little_of_the_database(
    cast: Cast, row: Candidacy, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.secretary)
    client.get(url("numbers"))
    with django_assert_max_num_queries(15):
        client.get(url("numbers"))
