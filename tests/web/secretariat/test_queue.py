"""The queue and the list: what waits and since when, filters, order, views, exports, and the file that comes next."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from parchemin.records.candidacies.actions import closing, talking
from parchemin.records.candidacies.models import Candidacy, SavedView
from parchemin.records.journal.models import Entry
from parchemin.records.people.actions import accrediting
from parchemin.records.people.models import Person
from tests.web import cast as casting
from tests.web.cast import Cast
from tests.web.secretariat import desk
from tests.web.secretariat.desk import page, words

pytestmark = pytest.mark.django_db


def numbers(browser: Client, query: str = "") -> list[str]:
    """The files of the list, in order."""
    return [row.file.number for row in browser.get(page("files") + query).context["rows"]]


def test_the_queue_says_what_waits_since_when_and_until_when(cast: Cast, browser: Client) -> None:
    desk.received(cast)
    desk.complete(cast, cast.other_candidate)
    text = words(browser.get(page("queue")))
    assert "2 dossiers attendent le secrétariat." in text
    assert "Reçue, à vérifier" in text and "Complète, à décider" in text
    assert "depuis 14 jours" in text
    assert "2 mai 2026" in text and "reste 47 jours" in text


def test_an_empty_queue_says_what_will_come(cast: Cast, browser: Client) -> None:
    assert "Les candidatures envoyées apparaîtront ici" in words(browser.get(page("queue")))
    assert "Aucun dossier pour l’instant" in words(browser.get(page("files")))


def test_what_asks_for_an_answer_is_counted_and_leads_to_the_files(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    refused = desk.decided(cast, cast.other_candidate, is_favourable=False, reason="Non.")
    casting.written_to(row, cast.candidate)
    talking.ask_accommodation(candidacy=row, need="Un écran agrandi.", by=cast.candidate, at=casting.AT)
    record = refused.decisions.get(answer="unfavourable")
    closing.file_appeal(record=record, grounds="Si.", by=cast.other_candidate, at=desk.NOW, on=desk.TODAY)
    found = browser.get(page("queue")).context["figures"]
    assert [one["value"] for one in found] == [1, 1, 1]
    for figure, number in zip(found, (row.number, refused.number, row.number), strict=True):
        rows = browser.get(figure["url"]).context["rows"]
        assert [one.file.number for one in rows] == [number]


def test_accreditations_that_end_are_told(cast: Cast, browser: Client) -> None:
    accrediting.accredit(
        person=cast.evaluator,
        organisation=cast.organisation,
        scheme=casting.CQP,
        actor="external_evaluator",
        from_on=date(2024, 1, 1),
        until_on=date(2026, 4, 20),
        at=casting.AT,
    )
    text = words(browser.get(page("queue")))
    assert "Habilitations qui finissent bientôt" in text and "Esther Spécimen" in text


def test_the_list_filters(cast: Cast, browser: Client) -> None:
    first = desk.received(cast)
    second = desk.complete(cast, cast.other_candidate)
    third = desk.decided(cast, cast.outsider)
    closing.take_charge(candidacy=second, holder=cast.secretary, by=cast.secretary, at=casting.AT)
    assert numbers(browser) == [first.number, second.number, third.number]
    assert numbers(browser, "?status=waiting") == [first.number, second.number]
    assert numbers(browser, "?status=admissible") == [third.number]
    assert numbers(browser, "?text=fictive odile") == [first.number]
    assert numbers(browser, f"?text={second.number}") == [second.number]
    assert numbers(browser, "?text=lucie@example.org") == [third.number]
    assert numbers(browser, "?holder=me") == [second.number]
    assert numbers(browser, "?holder=nobody") == [first.number, third.number]
    assert numbers(browser, "?due_before=2026-05-02") == [first.number, second.number]
    assert numbers(browser, "?due_before=2026-05-01") == []
    assert numbers(browser, "?scheme=cqp-assistant-formation&route=vae") == numbers(browser)
    assert numbers(browser, "?route=pathway") == []
    assert numbers(browser, "?sort=-name") == [first.number, second.number, third.number]
    assert numbers(browser, "?sort=name") == [third.number, second.number, first.number]


@pytest.mark.parametrize("query", ["?status=zzz", "?due_before=hier", "?sort=password", "?page=0&sort=--"])
def test_what_makes_no_sense_in_an_address_is_left_out(cast: Cast, browser: Client, query: str) -> None:
    row = desk.received(cast)
    assert numbers(browser, query) == [row.number]


def test_a_list_that_finds_nothing_says_what_to_do(cast: Cast, browser: Client) -> None:
    desk.received(cast)
    assert "Élargissez la recherche" in words(browser.get(page("files") + "?text=zzz"))


def test_drafts_stay_with_candidates(cast: Cast, browser: Client) -> None:
    casting.opened(cast.candidate, cast.certification())
    assert numbers(browser) == []


def test_a_view_is_kept_replaced_and_removed_by_its_owner(
    cast: Cast, browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    browser.post(page("save_view"), {"name": "Mes urgences", "query": "status=waiting&nonsense=1&sort=due"})
    view = SavedView.objects.get()
    assert view.query == "status=waiting&sort=due"
    assert "Mes urgences" in words(browser.get(page("files")))
    browser.post(page("save_view"), {"name": "Mes urgences", "query": "status=complete"})
    assert SavedView.objects.get().query == "status=complete"
    assert "Mes urgences" not in words(signed_in(cast.second_secretary).get(page("files")))
    signed_in(cast.second_secretary).post(page("remove_view", view.pk))
    assert SavedView.objects.exists()
    browser.post(page("remove_view", SavedView.objects.get().pk))
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_not_kept(cast: Cast, browser: Client) -> None:
    answer = browser.post(page("save_view"), {"name": " ", "query": ""}, follow=True)
    assert "donnez-lui un nom" in words(answer)
    assert not SavedView.objects.exists()


def test_the_filtered_list_goes_out_as_csv(cast: Cast, browser: Client) -> None:
    row = desk.received(cast)
    desk.decided(cast, cast.other_candidate)
    answer = browser.get(page("export", "csv") + "?status=waiting")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(lines) == 1
    assert lines[0]["Numéro"] == row.number
    assert lines[0]["Échéance"] == "02/05/2026"
    assert lines[0]["Jours restants"] == "47"
    assert lines[0]["Voie"] == "Validation des acquis de l'expérience"
    told = Entry.objects.get(kind="list.exported")
    assert told.details == {"list": "dossiers", "format": "csv", "filters": ["status"], "count": 1}


def test_the_filtered_list_goes_out_as_a_workbook_whose_dates_are_dates(cast: Cast, browser: Client) -> None:
    desk.received(cast)
    answer = browser.get(page("export", "xlsx"))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    head, first = list(sheet.iter_rows(values_only=True))
    line = dict(zip(head, first, strict=True))
    assert line["Échéance"] == datetime(2026, 5, 2)
    assert line["Jours restants"] == 47


def test_the_next_file_of_the_list_is_offered(cast: Cast, browser: Client) -> None:
    rows = desk.crowd(cast, 3)
    urls = [row.url for row in browser.get(page("files") + "?status=waiting").context["rows"]]
    assert browser.get(urls[0]).context["next_url"] == urls[1]
    assert browser.get(urls[1]).context["next_url"] == urls[2]
    assert browser.get(urls[2]).context["next_url"] == ""
    assert browser.get(page("file", rows[0].pk)).context["next_url"] == ""


def test_a_file_that_left_the_list_leaves_its_place_to_the_next(cast: Cast, browser: Client) -> None:
    rows = desk.crowd(cast, 3)
    urls = [row.url for row in browser.get(page("files") + "?status=received").context["rows"]]
    browser.post(page("complete", rows[0].pk), {"revision": rows[0].revision})
    following = browser.get(urls[0]).context["next_url"]
    assert str(rows[1].pk) in following
    Candidacy.objects.filter(pk__in=[row.pk for row in rows[1:]]).update(status="complete")
    assert browser.get(urls[0]).context["next_url"] == ""


def test_a_file_that_went_to_the_end_of_the_list_gives_its_place_to_the_next(cast: Cast, browser: Client) -> None:
    rows = desk.crowd(cast, 3)
    urls = [row.url for row in browser.get(page("files") + "?status=waiting").context["rows"]]
    browser.post(page("complete", rows[0].pk), {"revision": rows[0].revision})  # it waits since now: it is the last
    assert str(rows[1].pk) in browser.get(urls[0]).context["next_url"]


def test_a_file_that_came_forward_leads_to_the_one_after_it(cast: Cast, browser: Client) -> None:
    rows = desk.crowd(cast, 4)
    urls = [row.url for row in browser.get(page("files") + "?status=received").context["rows"]]
    browser.post(page("complete", rows[0].pk), {"revision": rows[0].revision})
    assert str(rows[3].pk) in browser.get(urls[2]).context["next_url"]


@pytest.mark.parametrize("query", ["?list=status%3Dwaiting&rank=-1", "?rank=99999999"])
def test_a_spoilt_way_back_leads_nowhere(cast: Cast, browser: Client, query: str) -> None:
    row = desk.received(cast)
    answer = browser.get(page("file", row.pk) + query)
    assert answer.status_code == 200
    assert answer.context["next_url"] == ""


@pytest.mark.parametrize("name", ["queue", "files", "statistics"])
def test_lists_ask_as_much_of_the_database_whatever_their_length(
    cast: Cast, browser: Client, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk.crowd(cast, 1)
    browser.get(page(name))
    with django_assert_max_num_queries(25) as alone:
        browser.get(page(name))
    desk.crowd(cast, 29, first=1)
    with django_assert_max_num_queries(25) as crowded:
        browser.get(page(name))
    assert len(crowded) == len(alone)


def test_an_export_asks_as_much_of_the_database_whatever_its_length(
    cast: Cast, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk.crowd(cast, 1)
    browser.get(page("queue"))
    with django_assert_max_num_queries(25) as alone:
        b"".join(browser.get(page("export", "csv")).streaming_content)  # type: ignore[attr-defined]
    desk.crowd(cast, 29, first=1)
    with django_assert_max_num_queries(25) as crowded:
        b"".join(browser.get(page("export", "csv")).streaming_content)  # type: ignore[attr-defined]
    assert len(crowded) == len(alone)
