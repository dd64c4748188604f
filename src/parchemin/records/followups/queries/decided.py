"""What juries decided, counted: by year, route, sex and organisation that prepared; each query gives sums, no rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear

from parchemin.catalogue.problems import RefusedError
from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.certifications.models import Certification
from parchemin.records.certifications.queries import scheme_of
from parchemin.records.juries.models import DECIDED, Conclusion, Verdict

VAE = "vae"


@dataclass(frozen=True, slots=True)
class Tally:
    """Files a jury decided on: what each gave."""

    full: int = 0
    partial: int = 0
    none: int = 0

    @property
    def candidates(self) -> int:
        """All of them."""
        return self.full + self.partial + self.none

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.full + other.full, self.partial + other.partial, self.none + other.none)


@dataclass(frozen=True, slots=True)
class Group:
    """A part of them, by what tells it apart: a route, a sex, an organisation; ``title`` empty when it is not known."""

    key: str
    title: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Decided:
    """The files of a certification decided in one year, whole and in parts."""

    whole: Tally
    routes: tuple[Group, ...] = ()
    sexes: tuple[Group, ...] = ()
    centres: tuple[Group, ...] = ()
    vae: Tally = field(default_factory=Tally)


def decisions(certification: Certification, year: int | None = None) -> QuerySet[Any]:
    """The conclusions that stand: the last of each hearing, and of each file in a year.

    A file decided in two years counts in each; what was put off, voided or not attended decides nothing. Of one
    ``year`` or of all, which then have theirs.
    """
    newer = Conclusion.objects.filter(hearing=OuterRef("hearing"), pk__gt=OuterRef("pk"))
    standing: QuerySet[Any] = Conclusion.objects.filter(~Exists(newer), verdict__in=DECIDED)
    if year is None:
        found = standing.annotate(year=ExtractYear("concluded_on"))
        later = found.filter(year=OuterRef("year"))
    else:
        found = later = standing.filter(concluded_on__year=year)
    later = later.filter(hearing__candidacy=OuterRef("hearing__candidacy"), pk__gt=OuterRef("pk"))
    standing = found.filter(~Exists(later), hearing__candidacy__certification=certification)
    return standing.order_by()


def years_of(certification: Certification) -> list[int]:
    """The years in which a jury decided something, the last first; one query."""
    return sorted(set(decisions(certification).values_list("year", flat=True).distinct()), reverse=True)


def years_by_certification(certifications: Iterable[Certification]) -> dict[UUID, list[int]]:
    """For each, the years in which a jury decided something of it, the last first; one query."""
    rows = Conclusion.objects.filter(verdict__in=DECIDED, hearing__candidacy__certification__in=list(certifications))
    pairs = rows.order_by().values_list("hearing__candidacy__certification", ExtractYear("concluded_on")).distinct()
    found: dict[UUID, list[int]] = {}
    for id, year in sorted(pairs, key=lambda pair: -pair[1]):
        found.setdefault(id, []).append(year)
    return found


def decided_in(certification: Certification, year: int, on: date) -> Decided:
    """What was decided that year, with the titles of the routes as they stand on a day; two queries at most."""
    file = "hearing__candidacy__"
    keys = (f"{file}route", f"{file}candidate__identity__sex", f"{file}provider", f"{file}provider__name", "verdict")
    rows = list(decisions(certification, year).values_list(*keys).annotate(count=Count("pk")))
    scheme = _scheme(certification, on) if rows else None
    routes: dict[str, Group] = {}
    sexes: dict[str, Group] = {}
    centres: dict[str, Group] = {}
    vae = Tally()
    for route, sex, provider, name, verdict, count in rows:
        one = _tally(verdict, count)
        title = title_of(scheme.routes, route) if scheme else route
        _add(routes, route, title, one)
        _add(sexes, sex or "", sex or "", one)
        _add(centres, str(provider or ""), name or "", one)
        vae += one if route == VAE else Tally()
    return Decided(
        whole=sum((one.tally for one in routes.values()), Tally()),
        routes=_sorted(routes.values()),
        sexes=_sorted(sexes.values()),
        centres=_sorted(centres.values()),
        vae=vae,
    )


def certified_by_year(certification: Certification) -> dict[int, tuple[int, int]]:
    """For each year, how many got the whole certification, and how many of them by VAE; one query."""
    is_vae = Q(hearing__candidacy__route=VAE)
    rows = decisions(certification).filter(verdict=Verdict.FULL).values_list("year")
    counted = rows.annotate(all=Count("pk"), vae=Count("pk", filter=is_vae))
    return {year: (every, vae) for year, every, vae in counted}


def _tally(verdict: str, count: int) -> Tally:
    return Tally(**{verdict: count})


def _add(groups: dict[str, Group], key: str, title: str, tally: Tally) -> None:
    known = groups.get(key)
    groups[key] = Group(key, title, known.tally + tally if known else tally)


def _sorted(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda one: (not one.title, one.title.casefold(), one.key)))


def _scheme(certification: Certification, on: date) -> Scheme | None:
    """The last version published; None where its files no longer resolve."""
    version = certification.versions.order_by("-published_at", "-pk").values_list("name", flat=True).first()
    try:
        return scheme_of(certification.scheme, version=version, on=on) if version else None
    except RefusedError:
        return None
