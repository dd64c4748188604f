"""Colours of an awarding body, and whether they can be read on white paper."""

import re

from parchemin.edges.parchments.problems import ParchmentRefusedError

LEAST = 4.5
"""Least contrast of text with what it stands on (WCAG 2.1, 1.4.3, level AA)."""
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def contrast_on_white(colour: str) -> float:
    """The contrast ratio of a ``#rrggbb`` colour with white, from 1 to 21 (WCAG 2.1, relative luminance)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def tint(colour: str, white: float) -> str:
    """The colour with that share of white in it, from 0 to 1."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in parts)


def check_colour(colour: str, where: str) -> None:
    """Raises ParchmentRefusedError unless the colour is written ``#rrggbb`` and can be read on white."""
    if not COLOUR.fullmatch(colour):
        raise ParchmentRefusedError("bad_colour", where=where, value=colour)
    ratio = contrast_on_white(colour)
    if ratio < LEAST:
        told = f"{int(ratio * 10) / 10:.1f}".replace(".", ",")
        raise ParchmentRefusedError("low_contrast", where=where, value=colour, ratio=told, least="4,5")


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
