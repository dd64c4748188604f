"""Calendar durations, counted date to date, and stretches of days.

A duration of years and months ends on the same day of the month; where that day does not exist
(29 February, the 31st) it falls back to the last day of the month. Bounds are inclusive.
Source: code de procédure civile, art. 641 and 642, by analogy (to be confirmed by each body).
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from parchemin.core.errors import Misuse
from parchemin.core.words import plural

ONE_DAY = timedelta(days=1)
SHORTEST_MONTH = 28
LAST_ORDINAL = date.max.toordinal()
PATTERN = r"^P(?=[0-9])(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,5})D)?$"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of calendar time in years, months and days, written ISO 8601 (``P5Y``, ``P2M``, ``P15D``)."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """The duration that ``text`` writes; Misuse ``not_a_duration`` when it is not in years, months and days."""
        found = re.fullmatch(PATTERN, text)
        if not found:
            raise Misuse("not_a_duration", text=text)
        return cls(*(int(part or 0) for part in found.groups()))

    def __str__(self) -> str:
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + ("".join(f"{count}{unit}" for count, unit in parts if count) or "0D")

    @property
    def total_months(self) -> int:
        """Years and months together, in months."""
        return 12 * self.years + self.months

    @property
    def words(self) -> str:
        """The duration in French words: « 1 an 6 mois », « aucune durée » when it is nil."""
        parts = (plural(self.years, "an"), f"{self.months} mois", plural(self.days, "jour"))
        counts = (self.years, self.months, self.days)
        return " ".join(part for part, count in zip(parts, counts, strict=True) if count) or "aucune durée"

    def after(self, day: date) -> date:
        """The same day of the month this much later, or the last day of that month; never past the calendar's end."""
        return _shift(day, self.total_months, self.days)

    def before(self, day: date) -> date:
        """The same day of the month this much earlier, or the last day of that month."""
        return _shift(day, -self.total_months, -self.days)

    @property
    def most_days(self) -> int:
        """The greatest number of days this duration can span, wherever it starts: 731 for two years."""
        return _most_days(self.total_months, self.days)


@lru_cache(maxsize=4096)
def _shift(day: date, months: int, days: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    number = day.day if day.day <= SHORTEST_MONTH else min(day.day, monthrange(year, month + 1)[1])
    landed = date(year, month + 1, number)
    return date.fromordinal(max(1, min(landed.toordinal() + days, LAST_ORDINAL))) if days else landed


@lru_cache(maxsize=256)
def _most_days(months: int, days: int) -> int:
    starts = (date(year, month, 1) for year in range(2000, 2004) for month in range(1, 13))
    return max((_shift(start, months, days) - start).days for start in starts)


def end_of_month(day: date) -> date:
    """The last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


class Stretch(NamedTuple):
    """Days in a row, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days, both ends counted."""
        return (self.last - self.first).days + 1

    def reaches(self, length: Duration) -> bool:
        """Whether the stretch lasts at least ``length``, date to date."""
        return self.days >= (length.after(self.first) - self.first).days

    @property
    def words(self) -> str:
        """Its length in French, in whole months date to date and days left over."""
        end = self.last.toordinal() + 1
        months = 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1
        while _shift(self.first, months, 0).toordinal() > end:
            months -= 1
        days = end - _shift(self.first, months, 0).toordinal()
        parts = [f"{months} mois"] * bool(months) + [plural(days, "jour")] * bool(days)
        return " et ".join(parts)


class Share(NamedTuple):
    """A stretch and the fraction of full time it was held at."""

    stretch: Stretch
    fraction: Fraction


def summed(shares: Iterable[Share]) -> Iterator[Share]:
    """Disjoint stretches in order, each with the sum of the fractions held on its days, one at most."""
    held = list(shares)
    edges = sorted({share.stretch.first for share in held} | {share.stretch.last + ONE_DAY for share in held})
    for first, after in pairwise(edges):
        stretch = Stretch(first, after - ONE_DAY)
        total = sum(
            (s.fraction for s in held if s.stretch.first <= first and stretch.last <= s.stretch.last), Fraction(0)
        )
        if total:
            yield Share(stretch, min(total, Fraction(1)))


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same days as few stretches as can be, in order; ``stretches`` are disjoint and in order."""
    whole: list[Stretch] = []
    for stretch in stretches:
        if whole and whole[-1].last + ONE_DAY == stretch.first:
            whole[-1] = Stretch(whole[-1].first, stretch.last)
        else:
            whole.append(stretch)
    return whole
