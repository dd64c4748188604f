"""How a paper is checked: its number in groups, the address in clear, and the same address as a QR code."""

import re
import textwrap
from functools import lru_cache
from urllib.parse import urlsplit

import segno

from parchemin.edges.parchments.problems import ParchmentRefusedError

GROUP = 4
LONGEST = 200
LINE = 44
UNBROKEN = re.compile(rf"[^/?&=.-]{{{LINE + 1},}}")
"""What fits on a line of an address, in characters."""
LOCAL = frozenset({"localhost", "127.0.0.1"})
MASK = 2
"""One mask for all: ISO/IEC 18004 has readers take any of the eight, and weighing them takes most of the time."""
QUIET = 4
"""White around the code, in modules (ISO/IEC 18004, 9.1)."""


def grouped(number: str) -> str:
    """The number as it is read aloud: in groups of four when it has no separator of its own."""
    if len(number) <= GROUP + 2 or not number.isalnum():
        return number
    return "\u00a0".join(number[at : at + GROUP] for at in range(0, len(number), GROUP))


def shown(address: str) -> str:
    """The address on lines that fit: it breaks at its own signs, and elsewhere only where it has none for long."""
    return UNBROKEN.sub(lambda run: "\n".join(textwrap.wrap(run[0], LINE)), address)


def check_address(address: str) -> None:
    """Raises ParchmentRefusedError unless it is a whole https address in ASCII; http is for one's own machine."""
    is_plain = address.isascii() and address.isprintable() and " " not in address and len(address) <= LONGEST
    try:
        parts = urlsplit(address) if is_plain else None
        host = parts.hostname if parts else None
    except ValueError:
        parts = host = None
    if not parts or not host or not (parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)):
        raise ParchmentRefusedError("bad_address", value=address)


@lru_cache(maxsize=64)
def qr_svg(address: str) -> str:
    """The QR code of an address as an SVG picture in black with its quiet zone; error correction M (15 %)."""
    matrix = segno.make(address, error="m", micro=False, boost_error=False, mask=MASK).matrix
    side = len(matrix) + 2 * QUIET
    written = []
    for y, row in enumerate(matrix, QUIET):
        cells, end = bytes(row), 0
        while (start := cells.find(1, end)) >= 0:
            end = cells.find(0, start)
            end = len(cells) if end < 0 else end
            written.append(f"M{start + QUIET} {y}h{end - start}v1H{start + QUIET}z")
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{"".join(written)}"/></svg>'
