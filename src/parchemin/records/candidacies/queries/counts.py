"""How many files there are by certification, route and state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from parchemin.records.candidacies.models import CandidacyDate, Status
from parchemin.records.candidacies.queries.visible import visible_to
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing

ANSWERED = (Status.ADMISSIBLE, Status.AWARDED, Status.LAPSED, Status.REFUSED)


@dataclass(frozen=True)
class RouteCount:
    """The files of a certification by one route, counted by state; those never handed in are left out."""

    scheme: str
    title: str
    version: str
    route: str
    by_status: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_status.values())

    @property
    def answered(self) -> int:
        """Those whose request was answered one day: admissible, awarded or lapsed since, or refused."""
        return sum(self.by_status.get(one, 0) for one in ANSWERED)

    @property
    def favourable(self) -> int | None:
        """Out of a hundred requests answered, how many were found admissible; None while none was answered."""
        if not self.answered:
            return None
        return round(100 * (self.answered - self.by_status.get(Status.REFUSED, 0)) / self.answered)


def route_counts(standing: Standing, on: date, *, from_on: date | None, until_on: date | None) -> list[RouteCount]:
    """The counts over the files that person sees statistics of, requested between two days included; one query."""
    asked = CandidacyDate.objects.filter(milestone="requested")
    if from_on:
        asked = asked.filter(on__gte=from_on)
    if until_on:
        asked = asked.filter(on__lte=until_on)
    found = visible_to(standing, Action.SEE_STATISTICS, on)
    if from_on or until_on:
        found = found.filter(pk__in=asked.values("candidacy"))
    keys = ("certification__scheme", "certification__title", "version", "route")
    counted: dict[tuple[str, str, str, str], dict[str, int]] = {}
    rows = found.order_by(*keys).values_list(*keys, "status").annotate(count=Count("id"))
    for scheme, title, version, route, status, count in rows:
        counted.setdefault((scheme, title, version, route), {})[status] = count
    return [RouteCount(*key, counts) for key, counts in counted.items()]
