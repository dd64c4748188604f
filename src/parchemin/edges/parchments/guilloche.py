"""Fine woven lines drawn from a certificate's own number: a frame, and a seal. The same number gives the same lines.

Strands swing from one side of a closed curve to the other, evenly shifted, and all swell and narrow together. Between
two swings a strand is one Bézier segment whose ends run along the curve, so that a segment depends only on where it
ends and how far it swings: all of them are written once, and a certificate is a choice among a few hundred drawings.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import cos, pi, sin
from typing import NamedTuple

LEVELS = 28
"""How many widths a swing may have on each side of the curve."""
GRAIN = 20
"""How many units of a drawing make a millimetre: coordinates are whole, which keeps files small."""
STRANDS = 3
CORNER = 6.0
"""The radius of the corners of a frame, in millimetres."""
PACE = 3.8
"""How far apart the swings of a strand are along a frame, in millimetres."""


class Spot(NamedTuple):
    """A place on the curve in millimetres, the direction it runs to there, on which side it is and how far along."""

    x: float
    y: float
    along_x: float
    along_y: float
    side: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a number chooses: how many lobes the longest side has, the narrowest width, and by which of its bytes.

    A frame has few choices, and its sides choose two by two: the layout remembers the drawings it saw lately.
    """

    lobes: range
    waists: tuple[float, ...]
    byte: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Weave:
    """A curve ready to be woven by ``strands`` lines and as many mirrored ones, drawn in ``groups`` of its sides.

    ``beats`` says how many lobes each side has for one of the longest; ``segments`` and ``starts`` are written for
    each spot and each width, first outwards, then inwards.
    """

    spots: tuple[Spot, ...]
    segments: tuple[tuple[str, ...], ...]
    starts: tuple[tuple[str, ...], ...]
    strands: int
    beats: tuple[float, ...]
    groups: tuple[tuple[int, ...], ...]
    choices: Choices


@cache
def frame(width: float, height: float, inset: float) -> Weave:
    """The weave of a frame whose middle runs ``inset`` inside a sheet; all in millimetres. Two groups of sides."""
    long = max(width, height) - 2 * inset
    beats = tuple((side - 2 * inset) / long for side in (width, height, width, height))
    spots = _rounded(width - 2 * inset, height - 2 * inset, inset)
    choices = Choices(lobes=range(10, 18, 2), waists=(0.3,), byte=0)
    return _woven(spots, STRANDS, 2.7, 0.42, beats=beats, groups=((0, 2), (1, 3)), choices=choices)


@cache
def rosette(radius: float, swing: float) -> Weave:
    """The weave of a seal: a ring of that radius around the origin, its petals ``swing`` long on each side."""
    choices = Choices(lobes=range(6, 18), waists=(0.25, 0.4, 0.55), byte=2)
    return _woven(_ring(radius, 6 * 2 * 10), 6, swing, 0.5, beats=(1.0,), groups=((0,),), choices=choices)


@cache
def medallion(radius: float, swing: float) -> Weave:
    """The weave of a large medallion around the origin, finer than a seal."""
    choices = Choices(lobes=range(9, 21), waists=(0.25, 0.4, 0.55), byte=4)
    return _woven(_ring(radius, 8 * 2 * 18), 8, swing, 0.5, beats=(1.0,), groups=((0,),), choices=choices)


def drawn(weave: Weave, number: str) -> tuple[str, ...]:
    """The SVG path of each group of sides for a certificate's number, from its SHA-256, in units of 1/GRAIN mm."""
    digest, choices = sha256(number.encode()).digest(), weave.choices
    waist = choices.waists[digest[choices.byte + 8] % len(choices.waists)]
    chosen = (choices.lobes[digest[choices.byte + place] % len(choices.lobes)] for place in range(len(weave.groups)))
    return tuple(_path(weave, group, lobes, waist) for group, lobes in zip(weave.groups, chosen, strict=True))


def traced(path: str, box: tuple[float, float, float, float], colour: str, width: float) -> str:
    """The path as an SVG picture: the box it shows (left, top, width, height) and its line in millimetres."""
    shown = " ".join(str(round(GRAIN * side)) for side in box)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{shown}">'
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{round(GRAIN * width, 2)}"/></svg>'
    )


@cache
def _path(weave: Weave, group: tuple[int, ...], lobes: int, waist: float) -> str:
    """The strands along these sides, each from where it enters a side to where it enters the next."""
    swells = (sin(pi * round(lobes * weave.beats[spot.side]) * spot.share) ** 2 for spot in weave.spots)
    levels = [round((LEVELS - 1) * (waist + (1 - waist) * swell)) for swell in swells]
    written: list[str] = []
    for side in group:
        places = [place for place, spot in enumerate(weave.spots) if spot.side == side]
        for strand in range(weave.strands):
            visited = [*places[strand :: weave.strands], (places[-1] + 1 + strand) % len(levels)]
            for turn in (0, 1):
                levelled = [levels[at] if (turn + nth) % 2 == 0 else -1 - levels[at] for nth, at in enumerate(visited)]
                path = [weave.segments[at][level] for at, level in zip(visited, levelled, strict=True)]
                written += [weave.starts[visited[0]][levelled[0]], path[1][1:], *path[2:]]
    return "".join(written)


def _woven(
    spots: tuple[Spot, ...],
    strands: int,
    swing: float,
    reach: float,
    *,
    beats: tuple[float, ...],
    groups: tuple[tuple[int, ...], ...],
    choices: Choices,
) -> Weave:
    """The table of segments: ``reach`` is the length of their handles as a share of the way between two swings."""
    widths = [swing * level / (LEVELS - 1) for level in range(LEVELS)]
    offsets = [*widths, *(-width for width in reversed(widths))]
    segments, starts = [], []
    for index, spot in enumerate(spots):
        before = spots[index - strands]
        handle = reach * ((spot.x - before.x) ** 2 + (spot.y - before.y) ** 2) ** 0.5
        segments.append(tuple(_segment(spot, offset, handle) for offset in offsets))
        starts.append(tuple(_start(spot, offset, handle) for offset in offsets))
    return Weave(
        spots=spots,
        segments=tuple(segments),
        starts=tuple(starts),
        strands=strands,
        beats=beats,
        groups=groups,
        choices=choices,
    )


def _segment(spot: Spot, offset: float, handle: float) -> str:
    x, y = spot.x + spot.along_y * offset, spot.y - spot.along_x * offset
    return f"S{_units(x - spot.along_x * handle, y - spot.along_y * handle, x, y)}"


def _start(spot: Spot, offset: float, handle: float) -> str:
    x, y = spot.x + spot.along_y * offset, spot.y - spot.along_x * offset
    return f"M{_units(x, y)}C{_units(x + spot.along_x * handle, y + spot.along_y * handle)} "


def _units(*millimetres: float) -> str:
    return " ".join(str(round(GRAIN * value)) for value in millimetres)


def _ring(radius: float, count: int) -> tuple[Spot, ...]:
    turns = [2 * pi * index / count for index in range(count)]
    return tuple(Spot(radius * cos(t), radius * sin(t), -sin(t), cos(t), 0, t / 2 / pi) for t in turns)


def _rounded(width: float, height: float, inset: float) -> tuple[Spot, ...]:
    """Places along a rectangle with rounded corners, clockwise; a side runs from the middle of a corner to the next."""
    spots = []
    corners = ((inset, inset), (inset + width, inset), (inset + width, inset + height), (inset, inset + height))
    for side, (x, y) in enumerate(corners):
        heading = side * pi / 2
        cosine, sine = cos(heading), sin(heading)
        straight = (width if side % 2 == 0 else height) - 2 * CORNER
        whole = straight + CORNER * pi / 2
        count = 2 * STRANDS * round(whole / PACE / 2)
        for index in range(count):
            share = index / count
            forth, turn = _along(share * whole, straight)
            out, angle = CORNER * (1 - cos(turn)), heading + turn
            at_x, at_y = x + forth * cosine - out * sine, y + forth * sine + out * cosine
            spots.append(Spot(at_x, at_y, cos(angle), sin(angle), side, share))
    return tuple(spots)


def _along(way: float, straight: float) -> tuple[float, float]:
    """How far one has come along a side, and how much one turns there, after so much way from its corner."""
    bend = CORNER * pi / 4
    if way < bend:
        turn = (way - bend) / CORNER
        return CORNER + CORNER * sin(turn), turn
    if way <= bend + straight:
        return CORNER + way - bend, 0.0
    turn = (way - bend - straight) / CORNER
    return CORNER + straight + CORNER * sin(turn), turn
