"""Countries and foreign territories, by the codes of the official geographic code (INSEE, 99xxx)."""

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from parchemin.catalogue.birthplaces.folding import folded


@dataclass(frozen=True, slots=True)
class Country:
    """A country or foreign territory; ``iso`` is its ISO 3166 code of two letters, empty for a group of territories.

    A territory without a code of its own bears that of its state: Jersey is 99132, as the United Kingdom.
    """

    code: str
    name: str
    iso: str


class Named(NamedTuple):
    """A country and one of its names, folded; ``is_own`` False for a former or familiar name."""

    key: str
    country: Country
    is_own: bool


def country(code: str) -> Country | None:
    """The country of that code: the state, when some of its territories bear it too."""
    return _states().get(code.strip())


def countries_like(text: str, *, limit: int = 8) -> list[Country]:
    """Those of that name, then those that begin so, then those with a word that begins so.

    All of them, by name, for an empty text; a code finds its country. A former or familiar name finds the countries
    of today: « Yougoslavie », « Zaïre », « Angleterre ».
    """
    exact = country(text)
    if exact:
        return [exact][:limit]
    wanted = folded(text)
    found = [
        one for one in _names() if (one.key.startswith(wanted) if wanted else one.is_own) or f" {wanted}" in one.key
    ]
    found.sort(key=lambda one: (one.key != wanted, not one.key.startswith(wanted), not one.is_own, one.key))
    return list(dict.fromkeys(one.country for one in found if wanted or one.is_own))[:limit]


@cache
def _rows() -> tuple[tuple[Country, tuple[str, ...]], ...]:
    text = (files(__package__) / "countries.csv").read_text(encoding="utf-8")
    rows = csv.reader(io.StringIO(text), delimiter=";")
    return tuple((Country(code, name, iso), tuple(also.split(",")) if also else ()) for code, name, iso, also in rows)


@cache
def _states() -> dict[str, Country]:
    states: dict[str, Country] = {}
    for one, _ in _rows():
        states.setdefault(one.code, one)
    return states


@cache
def _names() -> tuple[Named, ...]:
    own = [Named(folded(one.name), one, True) for one, _ in _rows()]
    return (*own, *(Named(folded(name), one, False) for one, also in _rows() for name in also))
