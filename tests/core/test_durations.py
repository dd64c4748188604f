"""Durations date to date: parsing, words, ends of month, stretches and sums."""

from datetime import date
from fractions import Fraction

import pytest

from parchemin.core.durations import Duration, Share, Stretch, end_of_month, joined, summed
from parchemin.core.errors import Misuse
from tests.core.builders import day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P5Y", Duration(5)),
        ("P2M", Duration(0, 2)),
        ("P15D", Duration(0, 0, 15)),
        ("P1Y6M2D", Duration(1, 6, 2)),
        ("P0D", Duration()),
        ("P999Y9999M99999D", Duration(999, 9999, 99999)),
    ],
)
def test_a_duration_is_read_as_it_is_written(text: str, expected: Duration) -> None:
    assert Duration.parse(text) == expected
    assert str(expected) == text


@pytest.mark.parametrize(
    "text", ["", "P", "5Y", "P5", "PT5H", "P1W", "P-5Y", "P5Y\n", "xP5Y", "P1M1Y", "P1000Y", "P٣Y", "p5y", "P5YX"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Misuse) as refused:
        Duration.parse(text)
    assert refused.value.code == "not_a_duration"
    assert refused.value.values == {"text": text}
    assert str(refused.value) == f"not_a_duration: text={text!r}"


def test_misuse_tells_every_value() -> None:
    assert str(Misuse("odd", a=1, b="x")) == "odd: a=1, b='x'"


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (Duration(), "aucune durée"),
        (Duration(1), "1 an"),
        (Duration(2), "2 ans"),
        (Duration(0, 1), "1 mois"),
        (Duration(1, 6), "1 an 6 mois"),
        (Duration(0, 0, 1), "1 jour"),
        (Duration(1, 2, 3), "1 an 2 mois 3 jours"),
    ],
)
def test_words(duration: Duration, words: str) -> None:
    assert duration.words == words


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2015-03-16", "P5Y", "2020-03-16"),
        ("2016-02-29", "P5Y", "2021-02-28"),
        ("2016-02-29", "P4Y", "2020-02-29"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2026-08-31", "P1M", "2026-09-30"),
        ("2024-01-30", "P1M", "2024-02-29"),
        ("2025-12-31", "P2M", "2026-02-28"),
        ("2026-12-31", "P1D", "2027-01-01"),
        ("2026-01-28", "P1M1D", "2026-03-01"),
        ("2026-11-15", "P2M", "2027-01-15"),
        ("2026-06-15", "P0D", "2026-06-15"),
        ("9998-12-31", "P1Y", "9999-12-31"),
        ("9999-01-01", "P1Y", "9999-12-31"),
        ("9999-12-31", "P1D", "9999-12-31"),
    ],
)
def test_after(start: str, length: str, end: str) -> None:
    assert Duration.parse(length).after(day(start)) == day(end)


@pytest.mark.parametrize(
    ("end", "length", "start"),
    [
        ("2026-03-31", "P1M", "2026-02-28"),
        ("2024-02-29", "P1Y", "2023-02-28"),
        ("2026-01-01", "P1D", "2025-12-31"),
        ("2026-01-15", "P2M", "2025-11-15"),
        ("2026-03-01", "P1M1D", "2026-01-31"),
        ("0001-06-01", "P1Y", "0001-01-01"),
        ("0001-01-01", "P1D", "0001-01-01"),
        ("0002-01-01", "P1Y", "0001-01-01"),
    ],
)
def test_before(end: str, length: str, start: str) -> None:
    assert Duration.parse(length).before(day(end)) == day(start)


@pytest.mark.parametrize(
    ("length", "days"),
    [("P1Y", 366), ("P2Y", 731), ("P3Y", 1096), ("P4Y", 1461), ("P5Y", 1827), ("P6M", 184), ("P1M", 31), ("P2M", 62),
     ("P10D", 10), ("P1M1D", 32), ("P0D", 0)],
)  # fmt: skip
def test_the_most_days_a_duration_spans(length: str, days: int) -> None:
    assert Duration.parse(length).most_days == days


def test_end_of_month() -> None:
    assert end_of_month(day("2024-02-10")) == day("2024-02-29")
    assert end_of_month(day("2026-09-10")) == day("2026-09-30")
    assert end_of_month(day("2026-12-31")) == day("2026-12-31")


def stretch(first: str, last: str) -> Stretch:
    return Stretch(day(first), day(last))


@pytest.mark.parametrize(
    ("first", "last", "length", "reached"),
    [
        ("2024-01-01", "2025-12-31", "P2Y", True),
        ("2024-01-01", "2025-12-30", "P2Y", False),
        ("2016-02-29", "2017-02-27", "P1Y", True),
        ("2016-02-29", "2017-02-26", "P1Y", False),
        ("2026-01-01", "2026-01-01", "P1D", True),
        ("2026-01-01", "2026-01-01", "P2D", False),
    ],
)
def test_a_stretch_reaches_a_duration_date_to_date(first: str, last: str, length: str, reached: bool) -> None:
    assert stretch(first, last).reaches(Duration.parse(length)) is reached


@pytest.mark.parametrize(
    ("first", "last", "days", "words"),
    [
        ("2026-01-01", "2026-01-01", 1, "1 jour"),
        ("2026-01-01", "2026-01-31", 31, "1 mois"),
        ("2026-01-01", "2026-02-01", 32, "1 mois et 1 jour"),
        ("2024-01-01", "2025-12-31", 731, "24 mois"),
        ("2024-01-01", "2025-12-30", 730, "23 mois et 30 jours"),
        ("2024-01-15", "2025-12-14", 700, "23 mois"),
        ("2025-12-31", "2026-02-27", 59, "2 mois"),
        ("2016-02-29", "2017-02-27", 365, "12 mois"),
    ],
)
def test_a_stretch_in_words(first: str, last: str, days: int, words: str) -> None:
    assert stretch(first, last).days == days
    assert stretch(first, last).words == words


def share(first: str, last: str, fraction: str = "1") -> Share:
    return Share(stretch(first, last), Fraction(fraction))


def test_shares_add_up_day_by_day_to_full_time_at_most() -> None:
    held = [share("2026-01-01", "2026-01-20", "1/2"), share("2026-01-11", "2026-01-31", "3/4")]
    assert list(summed(held)) == [
        share("2026-01-01", "2026-01-10", "1/2"),
        share("2026-01-11", "2026-01-20", "1"),
        share("2026-01-21", "2026-01-31", "3/4"),
    ]


def test_shares_apart_stay_apart_and_nil_ones_are_left_out() -> None:
    held = [
        share("2026-03-01", "2026-03-02"),
        share("2026-01-01", "2026-01-02", "1/4"),
        share("2026-05-01", "2026-05-09", "0"),
    ]
    assert list(summed(held)) == [share("2026-01-01", "2026-01-02", "1/4"), share("2026-03-01", "2026-03-02")]
    assert list(summed([])) == []


def test_stretches_that_touch_are_joined() -> None:
    touching = [
        stretch("2026-01-01", "2026-01-31"),
        stretch("2026-02-01", "2026-02-10"),
        stretch("2026-02-12", "2026-02-13"),
    ]
    assert joined(touching) == [stretch("2026-01-01", "2026-02-10"), stretch("2026-02-12", "2026-02-13")]
    assert joined([]) == []


def test_the_calendar_has_ends() -> None:
    assert Duration(999).after(date.max) == date.max
    assert Duration(999).before(date.min) == date.min
    assert Duration(0, 0, 99999).after(date(9999, 1, 1)) == date.max
    assert Duration(0, 0, 99999).before(date(1, 12, 1)) == date.min
