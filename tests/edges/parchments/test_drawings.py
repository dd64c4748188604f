"""Drawings made from a number, and the code that leads to where it is checked."""

import math
import re

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from parchemin.edges.parchments.guilloche import GRAIN, drawn, frame, medallion, rosette, traced
from parchemin.edges.parchments.verification import MASK, QUIET, grouped, qr_svg

WEAVES = {"frame": frame(297, 210, 12.5), "seal": rosette(7.4, 5.2), "medallion": medallion(56, 32)}
NUMBER = re.compile(r"-?\d+")


def points(path: str) -> list[tuple[float, float]]:
    """Where the lines of a drawing swing, in millimetres."""
    ends = []
    for piece in re.findall(r"[MCS][^MCS]*", path):
        numbers = [int(one) / GRAIN for one in NUMBER.findall(piece)]
        ends.append((numbers[-2], numbers[-1]))
    return ends


@pytest.mark.parametrize("name", WEAVES)
@given(number=st.text(max_size=20))
def test_a_number_always_gives_the_same_lines(name: str, number: str) -> None:
    assert drawn(WEAVES[name], number) == drawn(WEAVES[name], number)


@pytest.mark.parametrize(("name", "many"), [("frame", 16), ("seal", 36), ("medallion", 36)])
def test_numbers_give_many_drawings(name: str, many: int) -> None:
    assert len({drawn(WEAVES[name], f"N{number}") for number in range(600)}) == many


def test_a_frame_stays_in_its_band_all_around() -> None:
    across, down = (points(path) for path in drawn(WEAVES["frame"], "7K3M"))
    for x, y in (*across, *down):
        assert 9.5 < min(x, y, 297 - x, 210 - y) < 17
    assert min(x for x, _ in across) < 20 and max(x for x, _ in across) > 277
    assert min(y for _, y in down) < 20 and max(y for _, y in down) > 190


@pytest.mark.parametrize(("weave", "least", "most"), [("seal", 2.1, 12.7), ("medallion", 23.9, 88.1)])
def test_a_seal_stays_in_its_ring(weave: str, least: float, most: float) -> None:
    for x, y in points(drawn(WEAVES[weave], "7K3M")[0]):
        assert least < math.hypot(x, y) < most


@pytest.mark.parametrize("name", ["seal", "medallion"])
def test_every_line_of_a_seal_ends_where_it_began(name: str) -> None:
    strands = drawn(WEAVES[name], "7K3M")[0].split("M")[1:]
    assert len(strands) == 2 * WEAVES[name].strands
    for strand in strands:
        numbers = NUMBER.findall(strand)
        assert numbers[:2] == numbers[-2:]


def test_every_line_of_a_frame_goes_on_along_the_next_side() -> None:
    strands = [strand for path in drawn(WEAVES["frame"], "7K3M") for strand in path.split("M")[1:]]
    assert len(strands) == 4 * 2 * WEAVES["frame"].strands
    ends = [[int(one) / GRAIN for one in NUMBER.findall(strand)] for strand in strands]
    starts = [numbers[:2] for numbers in ends]
    assert all(min(math.dist(numbers[-2:], start) for start in starts) < 0.3 for numbers in ends)


def test_a_drawing_is_one_path_of_one_colour() -> None:
    svg = traced("M0 0S1 1 2 2", (0, 0, 297, 210), "#1f4e79", 0.1)
    assert svg == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5940 4200">'
        '<path d="M0 0S1 1 2 2" fill="none" stroke="#1f4e79" stroke-width="2.0"/></svg>'
    )


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("7K3M9QXT2F4H", "7K3M 9QXT 2F4H"),
        ("7K3M9QX", "7K3M 9QX"),
        ("7K3M9Q", "7K3M9Q"),
        ("PAR-2026-0001234", "PAR-2026-0001234"),
        ("", ""),
    ],
)
def test_a_number_is_told_in_groups(number: str, told: str) -> None:
    assert grouped(number).replace("\xa0", " ") == told
    assert grouped(number).replace("\xa0", "") == number


@given(st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=120))
def test_the_code_is_that_of_the_address(path: str) -> None:
    address = f"https://exemple.fr/{path}"
    matrix = segno.make(address, error="m", micro=False, boost_error=False, mask=MASK).matrix
    side = len(matrix) + 2 * QUIET
    cells = [[0] * side for _ in range(side)]
    svg = qr_svg(address)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1H\1z", svg):
        for at in range(int(x), int(x) + int(run)):
            cells[int(y)][at] = 1
    inner = [row[QUIET:-QUIET] for row in cells[QUIET:-QUIET]]
    assert inner == [[int(cell) for cell in row] for row in matrix]
    assert sum(map(sum, cells)) == sum(map(sum, inner))
    assert f'viewBox="0 0 {side} {side}"' in svg
