"""The colours of both palettes, read from the tokens: every pair that text or a mark uses has enough contrast."""

import re

import pytest

from tests.samples import ROOT

SHEET = ROOT / "src/parchemin/web/shared/static/parchemin/css/tokens.css"
TEXT, MARK = 4.5, 3.0
"""WCAG 2.2, 1.4.3 (texts) and 1.4.11 (marks and edges of controls)."""
GROUNDS = ("paper", "surface", "sunken")
INKS = ("ink", "muted", "accent", "seal", "moss", "ochre")
PAIRS = [
    *((ink, ground, TEXT) for ink in INKS for ground in GROUNDS),
    *((ink, f"{tone}-soft", TEXT) for tone in ("accent", "seal", "moss", "ochre") for ink in ("ink", tone)),
    ("muted", "accent-soft", TEXT),
    ("accent-ink", "accent", TEXT),
    ("seal-ink", "seal", TEXT),
    *((mark, ground, MARK) for mark in ("edge", "focus") for ground in GROUNDS),
]


def palettes() -> dict[str, dict[str, str]]:
    sheet = SHEET.read_text(encoding="utf-8")
    found = {}
    for name, head in (
        ("light", r":root \{"),
        ("dark by device", r':root:not\(\[data-theme="light"\]\) \{'),
        ("dark by choice", r'\n:root\[data-theme="dark"\] \{'),
    ):
        block = re.search(head + r"([^}]*)\}", sheet)
        assert block, name
        found[name] = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block[1]))
    return found


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", palettes())
def test_every_pair_has_enough_contrast(name: str) -> None:
    palette = palettes()[name]
    weak = {
        f"{ink} on {ground}": round(ratio, 2)
        for ink, ground, least in PAIRS
        if (ratio := contrast(palette[ink], palette[ground])) < least
    }
    assert weak == {}


def test_the_dark_palette_is_the_same_whoever_chose_it() -> None:
    found = palettes()
    assert found["dark by device"] == found["dark by choice"]
    assert set(found["light"]) == set(found["dark by choice"])
