"""The picture of a badge: its title and its body in a frame, as vectors."""

import textwrap
from collections.abc import Mapping
from html import escape
from typing import Any

LINE = 22
MOST = 6
FONT = "'Source Serif 4', Georgia, serif"


def drawn(told: Mapping[str, Any]) -> str:
    """An SVG picture of 400 by 400 that says what was awarded and by whom; nothing of the holder."""
    lines = textwrap.wrap(told["title"], LINE) or [""]
    kept = lines[:MOST]
    if len(lines) > MOST:
        kept[-1] = f"{kept[-1][: LINE - 1]}…"
    top = 190 - 14 * len(kept)
    title = "".join(f'<tspan x="200" y="{top + 30 * rank}">{escape(line)}</tspan>' for rank, line in enumerate(kept))
    body = escape(textwrap.shorten(told["body"]["trade_name"] or told["body"]["name"], 40, placeholder="…"))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img">'
        f"<title>{escape(told['title'])}</title>"
        '<rect width="400" height="400" rx="28" fill="#ffffff"/>'
        '<circle cx="200" cy="200" r="186" fill="none" stroke="#1F4E79" stroke-width="6"/>'
        '<circle cx="200" cy="200" r="174" fill="none" stroke="#8A5A00" stroke-width="1.5"/>'
        f'<text font-family="{FONT}" font-size="23" fill="#1D2430" text-anchor="middle">{title}</text>'
        f'<text x="200" y="322" font-family="{FONT}" font-size="14" fill="#5A6372" '
        f'text-anchor="middle">{body}</text></svg>'
    )
