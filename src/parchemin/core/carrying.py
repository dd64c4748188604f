"""What is held under another version of a certification, and what that gives in this one: nothing no rule names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from parchemin.core import words
from parchemin.core.facts import Holding, Milestone
from parchemin.core.scheme import Equivalence, Scheme
from parchemin.core.terms import Unknown, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried(Holding):
    """A part held here because others are held under another version, by the equivalence of that ``source``.

    It is dated by the last of them, and counts as long as each of them does.
    """

    parts: tuple[Holding, ...]
    source: str


def gained(holdings: Iterable[Holding], on: date) -> tuple[Holding, ...]:
    """Those deliberated by that day, under whatever version."""
    return tuple(one for one in holdings if one.dates.get(Milestone.DELIBERATED, on) <= on)


def counted(holdings: Iterable[Holding], scheme: Scheme, on: date) -> Iterator[Holding]:
    """What counts in this version that day: its own parts as they are, then those its equivalences give."""
    own, others = _sorted(gained(holdings, on), scheme)
    yield from own
    for one in _in_force(scheme, on):
        held = others.get(one.version, {})
        if not isinstance(one.gives, Unknown):
            for together in _together(one, held):
                for code in (together[0].code,) if one.gives == "same" else one.gives:
                    yield Carried(code=code, dates=_dates(together), parts=together, source=scheme.cited(one.source))


def unsettled(holdings: Iterable[Holding], scheme: Scheme, on: date) -> tuple[str, ...]:
    """The versions under which something is held, of which nobody said what it gives here."""
    _, others = _sorted(gained(holdings, on), scheme)
    if isinstance(scheme.equivalences, Unknown):
        return tuple(others)
    silent = (one for one in _in_force(scheme, on) if isinstance(one.gives, Unknown))
    return tuple(dict.fromkeys(one.version for one in silent if set(one.held) <= others.get(one.version, {}).keys()))


def elsewhere(holdings: Iterable[Holding], scheme: Scheme, on: date) -> tuple[tuple[Holding, tuple[str, ...]], ...]:
    """Each part held under another version, with the codes it gives or helps to give here; it stays held there."""
    known = gained(holdings, on)
    carried = [one for one in counted(known, scheme, on) if isinstance(one, Carried)]
    return tuple(
        (one, tuple(dict.fromkeys(made.code for made in carried if one in made.parts)))
        for one in known
        if one.version not in (None, scheme.ref.version)
    )


def told(holding: Holding) -> str:
    """Where a part carried comes from: the parts, their version, the minutes that grant them, and who says so."""
    if not isinstance(holding, Carried):
        return ""
    origins = [f"{one.code}{f' ({one.minutes})' if one.minutes else ''}" for one in holding.parts]
    return f"par équivalence avec {words.several(origins)} de la version {holding.parts[0].version} ; {holding.source}"


def _in_force(scheme: Scheme, on: date) -> Iterator[Equivalence]:
    return (one for one in listed(scheme.equivalences) if one.until is None or on <= one.until)


def _sorted(holdings: Iterable[Holding], scheme: Scheme) -> tuple[list[Holding], dict[str, dict[str, list[Holding]]]]:
    """Those of this version, and by version and code those of the others."""
    own: list[Holding] = []
    others: dict[str, dict[str, list[Holding]]] = {}
    for one in holdings:
        if one.version is None or one.version == scheme.ref.version:
            own.append(one)
        else:
            others.setdefault(one.version, {}).setdefault(one.code, []).append(one)
    return own, others


def _together(one: Equivalence, held: dict[str, list[Holding]]) -> Iterator[tuple[Holding, ...]]:
    """The holdings that satisfy an equivalence, each way they do."""
    if one.gives == "same":
        return ((holding,) for code in one.held for holding in held.get(code, ()))
    return product(*(held.get(code, ()) for code in one.held)) if one.held else iter(())


def _dates(together: Sequence[Holding]) -> dict[Milestone, date]:
    """The days all of them had reached each milestone; one that some never reached is left out."""
    first, *others = (one.dates for one in together)
    return {name: max(day, *(dates[name] for dates in others)) if others else day
            for name, day in first.items() if all(name in dates for dates in others)}  # fmt: skip
