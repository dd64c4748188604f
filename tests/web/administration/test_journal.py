"""The journal read, searched by what it is about, and verified."""

import pytest
from django.db import connection
from django.test import Client

from parchemin.records.journal.models import Entry
from parchemin.records.journal.queries import head
from parchemin.records.people.models import Person
from parchemin.web.administration import journal
from tests.guards import lifted
from tests.web import cast as casting
from tests.web.administration.scene import page, words
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def listed(client: Client, query: str) -> str:
    """The table of the journal."""
    text = words(client.get(page("journal") + query))
    return text.partition("<tbody>")[2].partition("</tbody>")[0] or text


def test_entries_are_found_by_what_they_are_about(cast: Cast, keeper: Client) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    entry = Entry.objects.filter(subject=row.pk).order_by("number")[0]
    for asked in (row.number, str(row.pk)):
        text = listed(keeper, f"?subject={asked}")
        assert entry.kind in text and "organisation.created" not in text
    assert "Aucune inscription" in listed(keeper, "?subject=inconnu")
    assert "role.granted" in listed(keeper, "?subject=karim@example.org")
    assert entry.hash in words(keeper.get(page("entry", entry.number)))
    assert keeper.get(page("entry", 10**9)).status_code == 404


def test_each_kind_is_told_in_words_with_its_code_beside(cast: Cast, keeper: Client) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    text = listed(keeper, f"?subject={row.number}")
    assert "Candidature commencée" in text and "candidacy.opened" in text
    number = Entry.objects.get(kind="candidacy.opened").number
    assert "Candidature commencée" in words(keeper.get(page("entry", number)))


def test_entries_are_found_by_kind_and_by_period(cast: Cast, keeper: Client) -> None:
    casting.opened(cast.candidate, cast.certification())
    assert "organisation.created" in listed(keeper, "?kind=organisation")
    assert "candidacy.opened" not in listed(keeper, "?kind=organisation")
    assert "role.granted" not in listed(keeper, "?kind=candidacy.opened")
    day = casting.ON.isoformat()
    assert "candidacy.opened" in listed(keeper, f"?from_on={day}&until_on={day}&kind=candidacy")
    after = casting.ON.replace(day=3).isoformat()
    assert "Aucune inscription" in listed(keeper, f"?from_on={after}&until_on={after}")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_period_of_the_journal_is_taken_away_and_that_is_written(cast: Cast, keeper: Client, kind: str) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    day = casting.ON.isoformat()
    answer = keeper.get(page("export_journal", kind) + f"?from_on={day}&kind=candidacy&sort=number")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if kind == "csv":
        lines = content.decode().splitlines()
        assert lines[1].split(";")[1:3] == ["Candidature commencée", "candidacy.opened"]
        assert f";Odile Fictive;{row.number};" in lines[1]
    entry = Entry.objects.get(kind="list.exported")
    assert entry.details == {"list": "journal", "format": kind, "filters": ["from_on", "kind"], "count": 1}


def test_a_workbook_too_long_is_refused_in_words(cast: Cast, keeper: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MOST_ROWS", 1)
    answer = keeper.get(page("export_journal", "xlsx"), follow=True)
    assert "choisissez une période plus courte" in words(answer)


def test_who_acted_is_named_as_long_as_they_are_known(cast: Cast, keeper: Client) -> None:
    Person.objects.filter(pk=cast.manager.pk).update(given_name="", family_name="")
    casting.opened(cast.candidate, cast.certification())
    text = b"".join(keeper.get(page("export_journal", "csv")).streaming_content).decode()  # type: ignore[attr-defined]
    assert "le système" in text and cast.manager.email in text


def test_a_whole_journal_is_said_whole_and_a_rewritten_one_is_not(cast: Cast, keeper: Client) -> None:
    casting.opened(cast.candidate, cast.certification())
    anchor = str(head())
    assert anchor in words(keeper.get(page("verify_journal")))
    assert "aucune n’a été récrite" in words(keeper.post(page("verify_journal"), {"anchor": anchor}))
    wrong = keeper.post(page("verify_journal"), {"anchor": f"1:{'0' * 64}"})
    assert "le journal a été refait" in words(wrong)
    assert keeper.post(page("verify_journal"), {"anchor": "n’importe quoi"}).status_code == 422
    with lifted(connection):
        Entry.objects.filter(number=2).update(details_text='{"autre": 1}')
    text = words(keeper.post(page("verify_journal"), {"anchor": ""}))
    assert "L’inscription 2 est fautive" in text and "il a été récrit" in text
