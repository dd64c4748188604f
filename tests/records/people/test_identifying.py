"""Civil identity: given, compared with a document, changed by two people at once."""

from datetime import date
from typing import Any

import pytest

from parchemin.records.journal.models import Entry
from parchemin.records.people.actions.identifying import Identity, check_identity, set_identity
from parchemin.records.people.errors import StaleIdentityError, UnfitIdentityError
from parchemin.records.people.models import CivilIdentity, Person
from tests.records.people.people import AT, person

pytestmark = pytest.mark.django_db
ANA: dict[str, Any] = {
    "birth_name": "Rivière",
    "first_names": ("Ana", "Lou"),
    "sex": "F",
    "born_on": date(1990, 4, 2),
    "birth_commune": "75056",
}


def told(who: Person, revision: int | None = None, **fields: Any) -> CivilIdentity:
    return set_identity(person=who, identity=Identity(**{**ANA, **fields}), by=who, at=AT, revision=revision)


def test_an_identity_is_kept_and_the_journal_names_nobody() -> None:
    who = person()
    row = told(who)
    row.refresh_from_db()
    assert (row.birth_name, row.first_names, row.revision) == ("Rivière", ["Ana", "Lou"], 1)
    entry = Entry.objects.get()
    assert entry.subject == who.pk
    assert "Rivi" not in entry.details_text
    assert "birth_name" in entry.details["changed"]


def test_the_second_of_two_is_told_and_nothing_is_written() -> None:
    who = person()
    told(who, revision=0)
    told(who, revision=1, birth_name="Martin")
    with pytest.raises(StaleIdentityError):
        told(who, revision=1, birth_name="Durand")
    assert CivilIdentity.objects.get().birth_name == "Martin"


def test_what_was_compared_is_to_compare_again_when_it_changed() -> None:
    who, secretary = person(), person("bo")
    row = told(who)
    check_identity(identity=row, is_checked=True, by=secretary, at=AT, revision=1)
    assert row.is_checked
    assert told(who, town="Lyon").is_checked
    assert not told(who, birth_name="Martin").is_checked


def test_a_comparison_holds_for_what_was_shown() -> None:
    who, secretary = person(), person("bo")
    row = told(who)
    told(who, birth_name="Martin")
    with pytest.raises(StaleIdentityError):
        check_identity(identity=row, is_checked=True, by=secretary, at=AT, revision=1)
    check_identity(identity=row, is_checked=True, by=secretary, at=AT, revision=2)
    check_identity(identity=row, is_checked=False, by=secretary, at=AT)
    assert not CivilIdentity.objects.get().is_checked


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"birth_name": "R2D2"}, "birth_name"),
        ({"birth_name": "2900475056001"}, "birth_name"),
        ({"first_names": ()}, "first_names"),
        ({"born_on": date(2030, 1, 1)}, "born_on"),
        ({"born_on": date(2020, 1, 1)}, "born_on"),
        ({"birth_commune": "00000"}, "birth_commune"),
        ({"birth_commune": "", "birth_country": "99999"}, "birth_country"),
        ({"birth_country": "99109"}, "birth_commune"),
    ],
)
def test_what_cannot_be_is_refused_and_says_where(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(UnfitIdentityError) as refused:
        told(person(), **changes)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert all(problem.sentence("fr") and problem.sentence("en") for problem in refused.value.problems)
    assert not CivilIdentity.objects.exists()


def test_somebody_born_abroad_gives_a_country() -> None:
    row = told(person(), birth_commune="", birth_country="99109", birth_city="Berlin")
    assert (row.birth_country, row.birth_city) == ("99109", "Berlin")
