"""How long each step took, for the files decided in a year: medians in days, from counts of pairs of days."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from parchemin.core.facts import Milestone
from parchemin.records.awards.models import Certificate, Kind
from parchemin.records.candidacies.models import CandidacyDate
from parchemin.records.certifications.models import Certification
from parchemin.records.followups.queries.decided import decisions
from parchemin.records.juries.models import Verdict


class Lap(StrEnum):
    """From one step to the next."""

    ADMITTED = "admitted"
    HEARD = "heard"
    TOLD = "told"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class Delay:
    """The median of so many files, in days; None when it is known of no file."""

    lap: Lap
    median: float | None
    count: int


def delays_of(certification: Certification, year: int) -> tuple[Delay, ...]:
    """The four delays of the files decided that year; four queries, however many files there are."""
    rows = decisions(certification, year)
    requested, answered = _reached(Milestone.REQUESTED), _reached(Milestone.ANSWERED)
    told = rows.filter(hearing__told=F("pk"))
    issued = Certificate.objects.filter(
        kind=Kind.WHOLE, corrects__isnull=True, conclusion__in=told.filter(verdict=Verdict.FULL).values("pk")
    )
    laps = {
        Lap.ADMITTED: _pairs(rows.annotate(began=requested, ended=answered)),
        Lap.HEARD: _pairs(rows.annotate(began=answered, ended=TruncDate("hearing__session__starts_at"))),
        Lap.TOLD: _pairs(told.annotate(began=F("concluded_on"), ended=F("hearing__notified_on"))),
        Lap.ISSUED: _pairs(issued.annotate(began=F("conclusion__hearing__notified_on"), ended=TruncDate("issued_at"))),
    }
    return tuple(_delay(lap, pairs) for lap, pairs in laps.items())


def median(spread: Counter[int]) -> float | None:
    """The middle value, or between the two middle ones; None of nothing."""
    count = spread.total()
    if not count:
        return None
    passed, below = 0, None
    for value in sorted(spread):
        passed += spread[value]
        if below is None and passed * 2 >= count:
            below = value
        if passed * 2 > count:
            return value if below == value else (below + value) / 2  # type: ignore[operator]
    return None


def _reached(milestone: Milestone) -> Subquery:
    dates = CandidacyDate.objects.filter(candidacy=OuterRef("hearing__candidacy"), milestone=milestone.value)
    return Subquery(dates.values("on")[:1])


def _pairs(rows: QuerySet[Any]) -> Iterable[tuple[date, date, int]]:
    """Each pair of days with how many files have it: at most as many as there are days, whatever the files."""
    known = rows.filter(began__isnull=False, ended__isnull=False).order_by()
    pairs: Iterable[tuple[date, date, int]] = known.values_list("began", "ended").annotate(files=Count("pk"))
    return pairs


def _delay(lap: Lap, pairs: Iterable[tuple[date, date, int]]) -> Delay:
    spread: Counter[int] = Counter()
    for began, ended, files in pairs:
        spread[(ended - began).days] += files
    return Delay(lap, median(spread), spread.total())
