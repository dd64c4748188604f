"""Long lists: pages, sort keys, what is remembered, and files that no spreadsheet takes for a program."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation
from openpyxl import load_workbook

from parchemin.records.people.models import Person
from parchemin.web.shared import lists
from parchemin.web.shared.exports import LONGEST_CELL, harmless, told
from parchemin.web.shared.templatetags.parchemin import query_with, sort_link

HOSTILE = ("=1+1", "+33", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1")


def people(count: int) -> None:
    Person.objects.bulk_create(Person(email=f"p{n:03}@exemple.test", family_name=f"N{n:03}") for n in range(count))


COLUMNS: list[lists.Column[Person]] = [
    lists.Column("Nom", lambda row: row.family_name),
    lists.Column("Depuis", lambda row: date(2026, 3, 1), "day"),
    lists.Column("Vu", lambda row: datetime(2026, 3, 1, 23, 30, tzinfo=UTC), "instant"),
    lists.Column("Solde", lambda row: -3, "number"),
    lists.Column("Actif", lambda row: row.is_active),
    lists.Column("Rien", lambda row: None),
]


def content(response: Any) -> bytes:
    read = b"".join(response.streaming_content)
    response.close()
    return read


@pytest.mark.django_db
def test_a_list_comes_by_pages_of_fifty() -> None:
    people(120)
    rows = Person.objects.order_by("family_name")
    first, last = lists.listing(rows, None), lists.listing(rows, "3")
    assert (len(first.rows), first.previous, first.next, first.told) == (50, None, 2, "1 à 50 sur 120")
    assert (len(last.rows), last.previous, last.next, last.told) == (20, 2, None, "101 à 120 sur 120")


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["", "0", "-1", "deux", "²", "99999", None])
def test_a_page_that_is_no_number_is_the_first(number: str | None) -> None:
    people(3)
    found = lists.listing(Person.objects.order_by("pk"), number)
    assert found.number == 1
    assert found.told == "1 à 3 sur 3"


@pytest.mark.django_db
def test_a_page_past_the_end_says_so_and_leads_back() -> None:
    people(3)
    found = lists.listing(Person.objects.order_by("pk"), "9")
    assert (found.rows, found.told, found.next, found.previous) == ([], "", None, 8)


@pytest.mark.django_db
def test_a_list_costs_three_queries(django_assert_num_queries: Any) -> None:
    people(60)
    with django_assert_num_queries(3):
        lists.listing(Person.objects.order_by("pk"), "2")


@pytest.mark.django_db
def test_counting_stops_at_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_COUNTED", 60)
    people(130)
    found = lists.listing(Person.objects.order_by("pk"), None)
    assert found.is_capped
    assert [lists.listing(Person.objects.order_by("pk"), page).next for page in "123"] == [2, 3, None]
    assert found.told == "1 à 50 sur plus de 60"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"sort": "name"}, ("name", False)),
        ({"sort": "-name"}, ("name", True)),
        ({"sort": "password"}, ("due", True)),
        ({"sort": "candidate__password"}, ("due", True)),
        ({}, ("due", True)),
    ],
)
def test_only_known_keys_sort(asked: dict[str, str], found: tuple[str, bool]) -> None:
    assert lists.sort_of(asked, ["name", "due"], "-due") == found


def test_a_view_remembers_its_own_names_only() -> None:
    query = QueryDict("text=l%27essai&state=a&state=b&page=3&empty=&next=//evil.test")
    assert lists.remembered(query, ["text", "state", "empty"]) == "state=a&state=b&text=l%27essai"


def test_links_of_the_page_keep_its_question() -> None:
    request = RequestFactory().get("/", {"state": "a", "page": "3", "sort": "name"})
    assert query_with(request, page=4) == "state=a&sort=name&page=4"
    shown = sort_link(request, "name", "Nom d'usage")
    assert 'href="?state=a&amp;sort=-name"' in shown
    assert "Nom d’usage" in shown
    assert "ordre croissant" in shown
    assert "sr-only" not in sort_link(request, "due", "Échéance")


@pytest.mark.django_db
def test_a_csv_opens_in_a_french_spreadsheet() -> None:
    people(3)
    response = lists.exported(Person.objects.order_by("family_name"), COLUMNS, "dossiers du jour", "csv")
    raw = content(response)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"] == 'attachment; filename="dossiers-du-jour.csv"'
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Nom", "Depuis", "Vu", "Solde", "Actif", "Rien"]
    assert rows[1] == ["N000", "01/03/2026", "02/03/2026 00:30", "-3", "oui", ""]
    assert len(rows) == 4


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula_in_a_csv(text: str) -> None:
    assert harmless(text) == "'" + text
    assert told(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "cell"),
    [("a=b", "a=b"), (-3, "-3"), (Decimal("-1.5"), "-1,5"), (2.5, "2,5"), (True, "oui"), (False, "non"), (None, "")],
)
def test_what_is_no_formula_is_left_alone(value: object, cell: str) -> None:
    assert told(value) == cell


def test_yes_and_no_in_the_language_of_whoever_exports() -> None:
    with translation.override("en"):
        assert told(True) == "yes"


@pytest.mark.django_db
def test_a_workbook_has_real_dates_and_no_formula() -> None:
    Person.objects.bulk_create(
        Person(email=f"h{n}@exemple.test", family_name=text.strip()) for n, text in enumerate(HOSTILE)
    )
    response = lists.exported(Person.objects.order_by("email"), COLUMNS, "x", "xlsx")
    sheet = load_workbook(io.BytesIO(content(response))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["Nom", "Depuis", "Vu", "Solde", "Actif", "Rien"]
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * (len(HOSTILE) + 1)
    assert sheet["B2"].value == datetime(2026, 3, 1)
    assert sheet["C2"].value == datetime(2026, 3, 2, 0, 30)
    assert sheet["D2"].value == -3
    assert sheet.freeze_panes == "A2"


@pytest.mark.django_db
def test_a_long_text_is_cut_where_a_cell_ends() -> None:
    people(1)
    column: lists.Column[Person] = lists.Column("Texte", lambda row: "é" * (LONGEST_CELL + 1))
    sheet = load_workbook(io.BytesIO(content(lists.exported(Person.objects.all(), [column], "x", "xlsx")))).active
    assert sheet is not None
    assert sheet["A2"].value == "é" * LONGEST_CELL


@pytest.mark.django_db
def test_a_csv_is_written_as_it_is_read() -> None:
    people(3)
    seen: list[str] = []

    def value(row: Person) -> str:
        seen.append(row.family_name)
        return row.family_name

    response: Any = lists.exported(Person.objects.order_by("pk"), [lists.Column("Nom", value)], "x", "csv")
    parts = iter(response.streaming_content)
    next(parts)
    assert seen == []
    next(parts)
    assert len(seen) == 1
