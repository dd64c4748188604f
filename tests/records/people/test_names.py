"""People are looked up and put in order whatever the case, the accents and the database."""

import pytest

from parchemin.records.people.models import Person
from parchemin.records.people.names import folded
from parchemin.records.people.queries.people import people_like

pytestmark = pytest.mark.django_db


def somebody(email: str, given: str, family: str) -> Person:
    return Person.objects.create_user(email, given_name=given, family_name=family)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Élodie", "elodie"),
        ("D’Œuvre-Roy", "d oeuvre roy"),
        ("  Le   Goff ", "le goff"),
        ("STRASSE Straße", "strasse strasse"),
        ("Łódź", "lodz"),
        ("Жуков", "жуков"),
        ("’-", ""),
    ],
)
def test_a_name_is_folded(text: str, key: str) -> None:
    assert folded(text) == key


@pytest.mark.parametrize(
    "asked", ["élo", "ELODIE", "Élodie dupré", "dupre elo", "odile.d", "ODILE.D@example.org", "dup éLo"]
)
def test_whoever_begins_so_is_found(asked: str) -> None:
    found = somebody("odile.d@example.org", "Élodie", "Dupré")
    somebody("autre@example.org", "Paul", "Martin")
    assert list(people_like(asked)) == [found]


@pytest.mark.parametrize("asked", ["pré", "%", "- dup", "odile_d@", "elodie martin", "elodie%d", "odile%"])
def test_nobody_else_is(asked: str) -> None:
    somebody("odile.d@example.org", "Élodie", "Dupré")
    assert not people_like(asked)


def test_names_are_in_the_order_of_a_dictionary() -> None:
    for number, family in enumerate(("Zola", "élan", "Eluard", "Œuvre", "Abel")):
        somebody(f"{number}@example.org", "X", family)
    assert [one.family_name for one in people_like("")] == ["Abel", "élan", "Eluard", "Œuvre", "Zola"]


def test_a_name_that_changes_is_found_under_the_new_one() -> None:
    person = somebody("odile.d@example.org", "Élodie", "Dupré")
    person.family_name = "Çelik"
    person.save(update_fields=["family_name"])
    assert not people_like("dupre")
    assert list(people_like("celik")) == [person]
    Person.objects.bulk_create([Person(email="b@example.org", given_name="Bé", family_name="Noël", password="!")])
    assert people_like("noel").count() == 1
