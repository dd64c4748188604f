"""French words: dates, plurals, numbers, and a word for every name the core may show."""

import dataclasses
from fractions import Fraction

import pytest

from parchemin.core import words
from parchemin.core.checks import CHECKS
from parchemin.core.facts import Attendance, Link, Milestone
from tests.core.builders import day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-10-01", "1er octobre 2025"),
        ("2026-01-02", "2 janvier 2026"),
        ("2026-12-31", "31 décembre 2026"),
        ("2026-02-11", "11 février 2026"),
        ("2026-03-21", "21 mars 2026"),
        ("2026-04-30", "30 avril 2026"),
        ("2026-05-10", "10 mai 2026"),
        ("2026-06-10", "10 juin 2026"),
        ("2026-07-10", "10 juillet 2026"),
        ("2026-08-10", "10 août 2026"),
        ("2026-09-10", "10 septembre 2026"),
        ("2026-11-10", "10 novembre 2026"),
    ],
)
def test_day(text: str, said: str) -> None:
    assert words.day(day(text)) == said


def test_what_is_counted_agrees_from_two_on() -> None:
    assert words.plural(0, "jour") == "0 jour"
    assert words.plural(1, "siège", "pourvu") == "1 siège pourvu"
    assert words.plural(2, "siège", "pourvu") == "2 sièges pourvus"
    assert words.days(1) == "1 jour"
    assert words.days(12) == "12 jours"


def test_several() -> None:
    assert words.several(["B1", "B2"]) == "B1, B2"
    assert words.several([]) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [(10, "10"), (Fraction(19, 2), "9,5"), (Fraction(9999, 1000), "9,99"), (Fraction(1, 20), "0,05"), (Fraction(0), "0"),
     (Fraction(-1, 2), "-0,5"), (Fraction(-3), "-3"), (Fraction(-999, 100), "-9,99"), (Fraction(201, 20), "10,05"), (Fraction(100), "100"), (Fraction(1, 1000), "0"), (Fraction(200, 3), "66,66")],
)  # fmt: skip
def test_numbers_are_cut_never_rounded_up(value: Fraction | int, said: str) -> None:
    assert words.number(value) == said


def test_every_name_shown_has_its_word() -> None:
    assert set(words.MILESTONES) == set(Milestone)
    assert set(words.LINKS) == set(Link)
    assert set(words.ATTENDANCES) == set(Attendance)
    assert len(words.MONTHS) == 12
    tables = (words.MILESTONES, words.LINKS, words.ATTENDANCES, words.PLACES, words.PARAMETERS)
    assert all(word.strip() == word and "XX" not in word for table in tables for word in table.values())


def test_every_parameter_of_a_check_a_source_may_leave_out_has_its_word() -> None:
    of_the_law = {"at_most", "without", "having", "nsf", "rome", "formacode"}
    names = {f.name for check in CHECKS.values() for f in dataclasses.fields(check)}  # type: ignore[arg-type]
    assert names - set(words.PARAMETERS) - of_the_law == set()
