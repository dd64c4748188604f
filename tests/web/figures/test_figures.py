"""Figures on screen: counted, taken away, published, and read by anybody where credentials say."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parchemin.core.terms import Unknown, listed
from parchemin.edges.credentials.site import Site
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.followups.models import PublishedFigures
from parchemin.records.journal.models import Entry
from parchemin.records.people.models import Person
from tests.records.followups.bench import ELSEWHERE, NEXT_YEAR, PUBLISHED_AT, STUDIES, answered, asked, judged
from tests.records.juries.bench import DAY
from tests.web.award.bench import other_manager
from tests.web.cast import ALTERNANCE, FIVE, Cast
from tests.web.figures.shown import words

SignedIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
YEAR = DAY.year


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(PUBLISHED_AT, tick=False):
        yield


def url(cast: Cast, name: str, *args: object) -> str:
    return reverse(f"figures:{name}", args=[cast.certification(ALTERNANCE).pk, YEAR, *args])


def six_answers(cast: Cast) -> None:
    """Seven holders asked: five at work, one studies, one says nothing; somebody else got nothing."""
    rows = asked(cast, 7)
    for row in rows[:4]:
        answered(row)
    answered(rows[4], ELSEWHERE)
    answered(rows[5], STUDIES)
    judged(cast, ["none"], "vae", "refus")


def test_the_page_shows_each_figure_with_what_it_is_counted_over(cast: Cast, signed_in: SignedIn) -> None:
    six_answers(cast)
    client = signed_in(cast.secretary)
    assert url(cast, "year") in client.get(reverse("figures:home")).content.decode()
    text = words(client.get(url(cast, "year")))
    assert "80 % (4 sur 5)" in text and "100 % (5 sur 5)" in text and "86 % (6 sur 7)" in text
    assert "88 % (7 sur 8)" in text and "0 % (0 sur 1)" in text
    assert "Aucun organisme déclaré" in text and "Publier ces chiffres" not in text
    assert "Publier ces chiffres" in words(signed_in(cast.manager).get(url(cast, "year")))


def test_a_year_without_decisions_says_so(cast: Cast, signed_in: SignedIn) -> None:
    assert "Rien à compter" in words(signed_in(cast.manager).get(url(cast, "year")))


@pytest.mark.parametrize("who", ["candidate", "outsider", "administrator", "jury_member", "other_secretary"])
def test_outsiders_find_no_figures(cast: Cast, signed_in: SignedIn, who: str) -> None:
    six_answers(cast)
    client = signed_in(getattr(cast, who))
    for name, args in (("year", ()), ("export", ("csv",)), ("fiche", ()), ("publish", ())):
        assert client.get(url(cast, name, *args)).status_code == 404
    assert client.post(url(cast, "publish")).status_code == 404 and not PublishedFigures.objects.exists()


def test_another_body_neither_reads_nor_publishes(cast: Cast, signed_in: SignedIn) -> None:
    six_answers(cast)
    client = signed_in(other_manager(cast))
    assert client.get(url(cast, "year")).status_code == client.post(url(cast, "publish")).status_code == 404
    assert signed_in(cast.secretary).post(url(cast, "publish")).status_code == 404
    assert not PublishedFigures.objects.exists()


@pytest.mark.parametrize("year", [0, 1899, 2201, 999_999, 10**30])
def test_a_year_that_is_none_is_not_found(cast: Cast, signed_in: SignedIn, year: int) -> None:
    address = reverse("figures:year", args=[cast.certification(ALTERNANCE).pk, year])
    assert signed_in(cast.manager).get(address).status_code == 404


def test_figures_are_taken_away_one_a_line_and_that_is_written(cast: Cast, signed_in: SignedIn) -> None:
    six_answers(cast)
    answer: Any = signed_in(cast.manager).get(url(cast, "export", "csv"))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Ce qui est compté;Pour qui;Nombre;Sur"
    assert "Candidats jugés;Ensemble;8;" in lines and "Certifiés;Ensemble;7;8" in lines
    assert "Dans le métier visé;6 mois après la décision;4;5" in lines
    book: Any = signed_in(cast.manager).get(url(cast, "export", "xlsx"))
    assert b"".join(book.streaming_content).startswith(b"PK")
    assert Entry.objects.filter(kind="list.exported").count() == 2


def test_the_register_gets_its_own_tags(cast: Cast, signed_in: SignedIn) -> None:
    six_answers(cast)
    judged(cast, ["full"], "vae", "valide")
    answer = signed_in(cast.secretary).get(url(cast, "fiche"))
    assert answer.headers["Content-Type"] == "application/xml" and "attachment" in answer.headers["Content-Disposition"]
    (line,) = ElementTree.fromstring(answer.content)
    assert {one.tag: one.text for one in line} == {
        "ANNEE": "2026",
        "NOMBRE_CERTIFIES": "8",
        "NOMBRE_CERTIFIES_VAE": "1",
        "TAUX_INSERTION_GLOBAL_6MOIS": "100",
        "TAUX_INSERTION_METIER_6MOIS": "80",
    }


def test_what_is_published_is_what_was_shown_and_no_longer_changes(cast: Cast, signed_in: SignedIn) -> None:
    six_answers(cast)
    client, page = signed_in(cast.manager), reverse("schemes:certification", args=[ALTERNANCE])
    assert "Chiffres publiés" not in words(Client().get(page))
    assert "Voici ce que tout le monde lira" in words(client.get(url(cast, "publish")))
    assert client.post(url(cast, "publish")).headers["Location"] == url(cast, "year")
    text = words(Client().get(page))
    assert "Année 2026" in text and "80 % (4 sur 5)" in text and "Par voie" not in text
    kept = json.loads(PublishedFigures.objects.get().text)
    assert kept["routes"] is None and kept["whole"]["candidates"] == 8
    judged(cast, ["full"], name="tard")
    assert words(Client().get(page)) == text
    assert client.post(url(cast, "publish")).status_code == 302
    again = client.post(url(cast, "publish"))
    assert again.status_code == 422 and "déjà publiés tels quels" in words(again)
    assert PublishedFigures.objects.count() == 2 and "9" in words(Client().get(page))


def test_a_year_that_runs_is_not_published(cast: Cast, signed_in: SignedIn) -> None:
    six_answers(cast)
    with time_machine.travel(PUBLISHED_AT.replace(year=YEAR, month=12), tick=False):
        client = signed_in(cast.manager)
        assert "n’est pas finie" in client.get(url(cast, "year")).content.decode()
        assert client.post(url(cast, "publish")).status_code == 422
    assert not PublishedFigures.objects.exists()


@pytest.mark.parametrize("scheme", FIVE)
def test_what_credentials_name_is_found_by_anybody(cast: Cast, scheme: str) -> None:
    row = cast.certification(scheme)
    name = row.versions.get().name
    known = schemes_of([(scheme, name)], on=NEXT_YEAR)[scheme, name]
    address = Site("https://certif.example").certification(str(known.ref)).removeprefix("https://certif.example")
    answer = Client().get(address)
    page = answer.content.decode()
    assert answer.status_code == 200 and 'content="index, follow"' in page and "Set-Cookie" not in answer.headers
    for code in known.blocks:
        assert page.count(f'id="{code}"') == 1
    for one in listed(known.framework.competences):
        assert isinstance(one.title, Unknown) or page.count(f'id="{one.id}"') == 1
    assert Client().get(reverse("schemes:certification", args=[scheme])).status_code == 200


@pytest.mark.parametrize("path", ["inconnue/", "inconnue/2020-01-01/", f"{ALTERNANCE}/2001-01-01/", f"{ALTERNANCE}/x/"])
def test_what_was_not_published_is_not_found(cast: Cast, path: str) -> None:
    cast.certification(ALTERNANCE)
    assert Client().get(f"/referentiels/{path}").status_code == 404


def test_pages_ask_as_much_whatever_is_counted(cast: Cast, signed_in: SignedIn) -> None:
    client, counts = signed_in(cast.manager), []
    for name in ("un", "deux"):
        judged(cast, ["full", "none"], name=name)
        for page in (url(cast, "year"), reverse("figures:home"), url(cast, "fiche")):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            counts.append(len(queries))
    assert counts[:3] == counts[3:] and max(counts) <= 25
