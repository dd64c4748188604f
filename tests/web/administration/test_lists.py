"""Every list of the administration is put in another order, and those that leave are told to the journal."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from parchemin.records.journal.models import Entry
from parchemin.records.people.models import Organisation, Person
from tests.web import cast as casting
from tests.web.administration.scene import page, scene, words
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
LISTS = {
    "organisations": "name kind town siret centres",
    "certifications": "title body versions open",
    "people": "name role place from",
    "journal": "number kind at",
    "tasks": "task status asked done",
    "outbox": "subject to sent",
    "retention": "name rules runs",
}
EXPORTS = ("organisations", "certifications", "people")


def heads(text: str) -> str:
    return text.partition("<thead>")[2].partition("</thead>")[0]


@pytest.mark.parametrize("name", LISTS)
def test_each_column_with_an_order_sorts_both_ways(cast: Cast, keeper: Client, name: str) -> None:
    scene(cast)
    for key in LISTS[name].split():
        for asked in (key, f"-{key}"):
            answer = keeper.get(page(name), {"sort": asked})
            text = words(answer).rpartition("<thead>")[2]
            assert answer.status_code == 200, (name, asked)
            assert f"sort={'-' if asked == key else ''}{key}" in text, (name, asked)
            assert "ordre décroissant" in text if asked != key else "ordre croissant" in text, (name, asked)
    assert keeper.get(page(name), {"sort": "password"}).status_code == 200


def test_organisations_are_put_in_the_order_asked(cast: Cast, keeper: Client) -> None:
    casting.organisation("Zéphyr")
    Organisation.objects.filter(name="Zéphyr").update(town="Ymare")
    names = [row.name for row in keeper.get(page("organisations"), {"sort": "-name"}).context["listing"].rows]
    assert names == sorted(names, reverse=True)
    assert keeper.get(page("organisations"), {"sort": "-town"}).context["listing"].rows[0].name == "Zéphyr"


def test_an_organisation_without_a_number_has_the_dash_of_other_empty_cells(cast: Cast, keeper: Client) -> None:
    text = words(keeper.get(page("organisations")))
    assert '<td data-label="SIRET">–</td>' in text


def lines(answer: Any) -> list[list[str]]:
    told = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [line.split(";") for line in told.splitlines()]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", EXPORTS)
def test_each_export_is_written_in_the_journal(cast: Cast, keeper: Client, name: str, kind: str) -> None:
    scene(cast)
    answer = keeper.get(page(f"export_{name}", kind) + "?text=&sort=-name")
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    told = Entry.objects.get(kind="list.exported").details
    assert (told["format"], told["filters"], told["count"] > 0) == (kind, [], True)


def test_what_is_exported_is_what_is_listed(
    cast: Cast, keeper: Client, manager: Client, signed_in: Callable[[Person], Client]
) -> None:
    scene(cast)
    found = lines(keeper.get(page("export_organisations", "csv"), {"text": "port", "sort": "name"}))
    assert [line[:3] for line in found[1:]] == [["Centre du port", "Centre", "Commission fictive"]]
    assert Entry.objects.get(kind="list.exported").details["filters"] == ["text"]
    (told,) = lines(keeper.get(page("export_certifications", "csv")))[1:]
    assert told[1:3] == [casting.CQP, "Commission fictive"] and told[-3:] == ["1", "undated", "oui"]
    names = {line[0] for line in lines(manager.get(page("export_organisations", "csv")))[1:]}
    assert names == {"Commission fictive", "Centre du port"}
