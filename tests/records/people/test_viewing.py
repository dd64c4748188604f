"""Looking through somebody's eyes is written down, with its reason."""

import pytest

from parchemin.records.journal.models import Entry
from parchemin.records.people.actions.viewing import start_view_as, stop_view_as
from parchemin.records.people.errors import RefusalError
from tests.records.people.people import AT, ON, administrator, kinds, person
from tests.records.people.test_granting import code

pytestmark = pytest.mark.django_db


def test_a_look_is_written_from_its_start_to_its_end() -> None:
    chief, who = administrator(), person()
    start_view_as(viewed=who, reason="Aide au dépôt", by=chief, at=AT, on=ON)
    stop_view_as(viewed=who, by=chief, at=AT)
    assert kinds()[-2:] == ["view_as.started", "view_as.stopped"]
    entry = Entry.objects.get(kind="view_as.started")
    assert (entry.actor, entry.subject, entry.details) == (chief.pk, who.pk, {"reason": "Aide au dépôt"})


@pytest.mark.parametrize(
    ("viewed", "reason", "expected"),
    [
        ("ana", " ", "reasons"),
        ("root", "Aide", "self_view"),
        ("other", "Aide", "administrator_view"),
        ("ana", "Demande de ana@example.org", "addresses"),
    ],
)
def test_some_looks_are_refused(viewed: str, reason: str, expected: str) -> None:
    chief = administrator()
    people = {"ana": person("ana"), "root": chief, "other": administrator("other")}
    before = kinds()
    with pytest.raises(RefusalError) as refused:
        start_view_as(viewed=people[viewed], reason=reason, by=chief, at=AT, on=ON)
    assert code(refused) == expected
    assert kinds() == before
