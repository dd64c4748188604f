"""Communes and countries by code and by name, and what is wrong in an identity as it is typed."""

from datetime import date
from typing import Any

import pytest

from parchemin.catalogue.birthplaces import (
    birthplace_problems,
    commune,
    commune_then,
    communes_like,
    countries_like,
    country,
    name_problems,
)

ON = date(2026, 11, 21)
RIGHT: dict[str, Any] = {
    "birth_name": "O’Brien-Lévêque",
    "first_names": ["Ana Sofía", "Zoé"],
    "sex": "F",
    "born_on": date(1984, 2, 29),
    "birth_commune": "44109",
    "birth_country": "",
    "on": ON,
}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("75056", "Paris"),
        ("75120", "Paris 20e Arrondissement"),
        ("13055", "Marseille"),
        ("13201", "Marseille 1er Arrondissement"),
        ("69381", "Lyon 1er Arrondissement"),
        ("2A004", "Ajaccio"),
        ("2a004", "Ajaccio"),
        ("97411", "Saint-Denis"),
        ("49001", "Les Alleuds"),
    ],
)
def test_a_commune_by_its_code(code: str, name: str) -> None:
    found = commune(code)
    assert found is not None
    assert found.name == name


def test_a_commune_bears_the_name_of_its_day() -> None:
    before, after = commune("01091", date(1960, 1, 1)), commune("01091", date(1990, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Châtillon-de-Michaille", "Châtillon-en-Michaille")
    assert commune("20004", date(1975, 12, 31)) != commune("2A004")
    assert commune("99999") is None
    assert commune("") is commune("7505") is commune("75056;") is None


@pytest.mark.parametrize(
    "town", [(75056, 75101, 75120, "Paris"), (69123, 69381, 69389, "Lyon"), (13055, 13201, 13216, "Marseille")]
)
def test_every_district_of_the_three_towns_is_known(town: tuple[int, int, int, str]) -> None:
    whole, first, last, name = town
    known = [commune(str(code)) for code in (whole, *range(first, last + 1))]
    assert all(one is not None and one.name.startswith(name) for one in known)
    assert commune(str(last + 1)) is None


def test_a_merged_commune_is_known_under_each_of_its_lives() -> None:
    lives = [commune("76108", date(year, 6, 1)) for year in (1980, 2012, 2020)]
    assert [one and one.name for one in lives] == ["Bois-Guillaume", "Bois-Guillaume-Bihorel", "Bois-Guillaume"]
    merged = commune("49001")
    assert merged is not None
    assert (merged.until, merged.existed(date(2016, 12, 14)), merged.existed(date(2016, 12, 15))) == (
        date(2016, 12, 14),
        True,
        False,
    )


def test_a_place_has_the_code_of_its_day() -> None:
    today = commune("92002")
    assert today is not None
    then = commune_then(today, date(1966, 5, 4))
    assert then is not None
    assert (then.code, then.label) == ("75002", "Antony (75)")
    assert commune_then(today, date(1990, 1, 1)) == today
    assert [one.code for one in communes_like("antony", on=date(1966, 5, 4))][:2] == ["75002", "92002"]
    assert [one.code for one in communes_like("antony")][:2] == ["92002", "75002"]


@pytest.mark.parametrize(
    "code", ["97105", "97209", "97302", "97411", "97502", "97608", "97701", "97801", "98613", "98735", "98818"]
)
def test_overseas_communes_are_known(code: str) -> None:
    found = commune(code)
    assert found is not None
    assert found.department == code[:3]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("nantes", "44109"),
        ("PARIS", "75056"),
        ("paris 75", "75056"),
        ("st denis 974", "97411"),
        ("saint etienne", "42218"),
        ("St-Étienne", "42218"),
        ("l'hay", "94038"),
        ("44109", "44109"),
        ("L’HAŸ-LES-ROSES", "94038"),
        ("lhay", None),
        ("le havre", "76351"),
        ("havre", "76351"),
        ("rochelle", "17300"),
        ("ste genevieve des bois", "91549"),
        ("ajaccio 2a", "2A004"),
        ("ajaccio (20)", "20004"),
        ("saint denis (93)", "93066"),
        ("paris 12", "75112"),
        ("Paris 12ème", "75112"),
        ("lyon 3", "69383"),
        ("marseille 13", "13055"),
        ("75116", "75116"),
        ("paris;75", "75056"),
        ("œuilly", "51410"),
        ("oeuilly", "51410"),
        ("Saint-Paterne - Le Chevain", "72308"),
    ],
)
def test_communes_by_the_beginning_of_their_name(text: str, first: str | None) -> None:
    assert next((one.code for one in communes_like(text)), None) == first


def test_a_postcode_of_a_large_town_also_finds_its_district() -> None:
    assert [one.code for one in communes_like("75011")] == ["75011", "75111"]
    assert [one.code for one in communes_like("13001")] == ["13001", "13201"]
    assert communes_like("75011", limit=0) == []


def test_no_answer_is_given_twice() -> None:
    found = [(one.code, one.name) for one in communes_like("saint etienne", limit=100)]
    assert len(found) == len(set(found))
    assert found.count(("42218", "Saint-Étienne")) == 1


def test_every_commune_is_found_by_its_own_label() -> None:
    for at in range(1000, 95_900, 293):
        one = commune(f"{at:05}")
        if one is not None:
            assert one in communes_like(one.label, limit=20), one


def test_names_inside_come_after_and_nothing_finds_nothing() -> None:
    found = [one.name for one in communes_like("brieuc", limit=20)]
    assert "Saint-Brieuc" in found
    assert communes_like("") == communes_like("zzzzzz") == []
    assert len(communes_like("sa", limit=5)) == 5


def test_countries_by_code_and_name() -> None:
    germany = country("99109")
    assert germany is not None
    assert (germany.name, germany.iso) == ("Allemagne", "DE")
    assert countries_like("allem")[0] == germany
    assert countries_like("algerie")[0].code == "99352"
    assert country("99100") is None
    assert len(countries_like("", limit=500)) > 190


@pytest.mark.parametrize(
    ("code", "name", "iso"),
    [
        ("99101", "Danemark", "DK"),
        ("99103", "Norvège", "NO"),
        ("99132", "Royaume-Uni", "GB"),
        ("99135", "Pays-Bas", "NL"),
        ("99501", "Australie", "AU"),
        ("99502", "Nouvelle-Zélande", "NZ"),
        ("99425", "Territoires du Royaume-Uni aux Antilles", ""),
    ],
)
def test_a_code_shared_with_territories_is_that_of_the_state(code: str, name: str, iso: str) -> None:
    found = country(code)
    assert found is not None
    assert (found.name, found.iso) == (name, iso)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("jersey", {"99132"}),
        ("angleterre", {"99132"}),
        ("zaire", {"99312"}),
        ("Tchécoslovaquie", {"99116", "99117"}),
        ("yougoslavie", {"99118", "99119", "99120", "99121", "99145", "99156", "99157"}),
        ("cote d ivoire", {"99326"}),
        ("Guinée", {"99330", "99314", "99392", "99510"}),
        ("atlantide", set()),
    ],
)
def test_countries_by_former_and_familiar_names(text: str, codes: set[str]) -> None:
    assert {one.code for one in countries_like(text, limit=20)} == codes


def test_every_country_is_listed_once_in_the_order_of_names() -> None:
    known = countries_like("", limit=500)
    assert len(known) == len(set(known))
    assert all(len(one.code) == 5 and one.code.startswith("99") for one in known)
    assert countries_like("guin", limit=1)[0].name == "Guinée"


def test_nothing_is_wrong_in_a_right_identity() -> None:
    assert birthplace_problems(**RIGHT) == ()
    assert birthplace_problems(**{**RIGHT, "birth_commune": "", "birth_country": "99109"}) == ()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"birth_name": " "}, ("birth_name", "required")),
        ({"birth_name": "A" * 60}, None),
        ({"birth_name": "A" * 61}, ("birth_name", "too_long")),
        ({"birth_name": "Fictive 3"}, ("birth_name", "letters")),
        ({"used_name": "2 84 02 44 109 001"}, ("used_name", "number")),
        ({"first_names": ["284024410900112"]}, ("first_names", "number")),
        ({"first_names": []}, ("first_names", "required")),
        ({"birth_name": "-"}, ("birth_name", "letters")),
        ({"birth_name": "M. Durand"}, ("birth_name", "letters")),
        ({"birth_name": "D'Ornano Le\u0301vêque"}, None),
        ({"used_name": "2 84 02 2A 004 001 12"}, ("used_name", "number")),
        ({"first_names": ["Zoé", " "]}, ("first_names", "required")),
        ({"birth_commune": "99109"}, ("birth_commune", "commune")),
        ({"birth_commune": "", "birth_country": "44109"}, ("birth_country", "country")),
        ({"sex": "X"}, ("sex", "sex")),
        ({"born_on": date(2026, 11, 22)}, ("born_on", "future")),
        ({"born_on": date(1899, 12, 31)}, ("born_on", "too_old")),
        ({"born_on": date(1900, 1, 1), "birth_commune": "75056"}, None),
        ({"born_on": date(2012, 11, 22)}, ("born_on", "too_young")),
        ({"born_on": date(2012, 11, 21)}, None),
        ({"birth_commune": ""}, ("birth_commune", "one_place")),
        ({"birth_country": "99109"}, ("birth_commune", "one_place")),
        ({"birth_commune": "00000"}, ("birth_commune", "commune")),
        ({"birth_commune": "", "birth_country": "12345"}, ("birth_country", "country")),
    ],
)
def test_what_is_wrong_is_told_at_its_field(change: dict[str, Any], wrong: tuple[str, str] | None) -> None:
    found = birthplace_problems(**{**RIGHT, **change})
    assert [(one.field, one.code) for one in found] == ([wrong] if wrong else [])
    assert all(one.is_refusal and one.sentence("fr") and one.sentence("en") for one in found)


def test_a_commune_that_was_not_there_yet_only_warns() -> None:
    (found,) = birthplace_problems(**{**RIGHT, "birth_commune": "2A004", "born_on": date(1970, 1, 1)})
    assert (found.code, found.is_refusal) == ("moved", False)
    assert "20004" in found.sentence("fr")
    assert "Ajaccio (20)" in found.sentence("en")
    later = {"born_on": date(2017, 1, 1), "on": date(2031, 2, 1)}
    (found,) = birthplace_problems(**{**RIGHT, **later, "birth_commune": "49001"})
    assert (found.code, found.is_refusal) == ("not_yet", False)
    assert "Les Alleuds" in found.sentence("fr")


def test_a_name_is_checked_alone() -> None:
    assert name_problems("used_name", "") == ()
    assert [one.code for one in name_problems("used_name", "a@b")] == ["letters"]


def test_sentences_are_in_french_typography() -> None:
    (found,) = birthplace_problems(**{**RIGHT, "birth_commune": ""})
    assert "l’un des deux" in found.sentence("fr")
    (found,) = birthplace_problems(**{**RIGHT, "birth_commune": "00000"})
    assert "\u202f: écrivez" in found.sentence("fr")
