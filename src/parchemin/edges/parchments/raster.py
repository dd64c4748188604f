"""A picture of ours as pixels, for readers that take no SVG."""

from threading import Lock

from parchemin.edges.parchments.printing import compiler_of

DOTS = 144
"""Dots to the inch: a picture of 400 points has 800 pixels a side."""
_DRAWING = Lock()


def as_png(svg: str) -> bytes:
    """The PNG of a square SVG drawn here; its fonts are those of certificates."""
    with _DRAWING:
        drawn = compiler_of("picture").compile(format="png", sys_inputs={"picture": svg}, ppi=DOTS)
    if not isinstance(drawn, bytes):
        raise TypeError(f"one picture was expected, not {type(drawn).__name__}")
    return drawn
