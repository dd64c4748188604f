"""What holders became, as rates that carry their numerator and their denominator."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from parchemin.records.certifications.models import Certification
from parchemin.records.followups.models import AT_WORK, NEUTRAL, Followup, Wave

State = Followup.State


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    over: int
    under: int

    @property
    def percent(self) -> int | None:
        """Out of a hundred, to the nearest; None of nobody."""
        return (200 * self.over + self.under) // (2 * self.under) if self.under else None


@dataclass(frozen=True, slots=True)
class Insertion:
    """One wave of the holders of a year; rates leave out further study and incapacity, as the register asks."""

    wave: Wave
    asked: int = 0
    answered: int = 0
    refused: int = 0
    unreachable: int = 0
    neutral: int = 0
    at_work: int = 0
    in_target_job: int = 0

    @property
    def counted(self) -> int:
        """The answers that rates are counted over."""
        return self.answered - self.neutral

    @property
    def response(self) -> Rate:
        """Answers, of those who were asked."""
        return Rate(self.answered, self.asked)

    @property
    def overall(self) -> Rate:
        """At work, whatever the job."""
        return Rate(self.at_work, self.counted)

    @property
    def target(self) -> Rate:
        """At work in the job the certification aims at."""
        return Rate(self.in_target_job, self.counted)


def insertion_of(certification: Certification, year: int) -> tuple[Insertion, ...]:
    """The waves of the holders decided that year, both of them always; one query."""
    found = insertion_by_year(certification, year)
    return tuple(found.get((year, wave), Insertion(wave)) for wave in Wave)


def insertion_by_year(certification: Certification, *years: int) -> dict[tuple[int, Wave], Insertion]:
    """The same for every year, or for those; one query."""
    rows = Followup.objects.filter(certification=certification, **({"year__in": years} if years else {}))
    keys = ("year", "wave", "state", "answer__situation", "answer__is_target_job")
    counted: dict[tuple[int, Wave], list[tuple[str, str | None, bool | None, int]]] = {}
    for year, wave, *told in rows.order_by().values_list(*keys).annotate(count=Count("pk")):
        counted.setdefault((year, Wave(wave)), []).append(tuple(told))
    return {key: _summed(key[1], lines) for key, lines in counted.items()}


def _summed(wave: Wave, lines: Iterable[tuple[str, str | None, bool | None, int]]) -> Insertion:
    known = list(lines)

    def count(states: tuple[str, ...], situations: tuple[str, ...] = (), *, in_job: bool = False) -> int:
        return sum(
            n
            for state, situation, is_target, n in known
            if state in states and (not situations or situation in situations) and (is_target or not in_job)
        )

    answered = (State.ANSWERED,)
    return Insertion(
        wave=wave,
        asked=count((State.ASKED, State.ANSWERED, State.REFUSED)),
        answered=count(answered),
        refused=count((State.REFUSED,)),
        unreachable=count((State.UNREACHABLE,)),
        neutral=count(answered, NEUTRAL),
        at_work=count(answered, AT_WORK),
        in_target_job=count(answered, AT_WORK, in_job=True),
    )
