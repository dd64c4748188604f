"""Numbers of certificates: never guessed, never mistaken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.records.awards.numbers import LENGTH, SIGNS, drawn, grouped, read

numbers = st.builds(drawn)
places = st.integers(0, LENGTH - 1)


def test_no_sign_looks_like_another() -> None:
    assert len(SIGNS) == len(set(SIGNS)) == 31
    assert not set("01OIL") & set(SIGNS)


def test_many_are_drawn_and_none_twice() -> None:
    assert len({drawn() for _ in range(5_000)}) == 5_000


@given(numbers)
def test_it_is_read_as_it_is_printed_said_or_typed(number: str) -> None:
    for typed in (
        grouped(number),
        number.lower(),
        f" {grouped(number).lower()} ",
        grouped(number).replace("-", "\u202f"),
    ):
        assert read(typed) == number


@given(numbers, places, st.sampled_from(SIGNS))
def test_one_sign_mistyped_is_found(number: str, place: int, sign: str) -> None:
    typed = number[:place] + sign + number[place + 1 :]
    assert read(typed) == (number if typed == number else None)


@given(numbers, st.integers(0, LENGTH - 2), st.integers(0, LENGTH - 1))
def test_two_signs_exchanged_are_found(number: str, first: int, other: int) -> None:
    signs = list(number)
    signs[first], signs[other] = signs[other], signs[first]
    typed = "".join(signs)
    assert read(typed) == (number if typed == number else None)


@pytest.mark.parametrize("typed", ["", "ABCD", "0000-0000-0000", "ABCD-EFGH-JKM1", "É" * 12, "A" * 400])
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    assert read(typed) is None
