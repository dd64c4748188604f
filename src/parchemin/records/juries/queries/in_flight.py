"""Files in flight: those that a version published today would find on their way."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet

from parchemin.catalogue.loading import Loaded
from parchemin.records.candidacies.crossing import Crossing
from parchemin.records.candidacies.facts import with_facts
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.certifications.models import Certification
from parchemin.records.juries.models import Conclusion, Verdict


class Heap(NamedTuple):
    """How many files follow a version by a route, in a state."""

    version: str
    route: str
    status: str
    files: int


def in_flight(certification: Certification, but: str) -> QuerySet[Candidacy]:
    """The files under way that follow another version than ``but``, oldest first; not those awarded the whole."""
    whole = awarded_whole().filter(hearing__candidacy=OuterRef("pk"))
    rows = Candidacy.objects.filter(~Exists(whole), certification=certification, status__in=ACTIVE)
    return rows.exclude(version=but).order_by("created_at", "number")


def awarded_whole() -> QuerySet[Conclusion]:
    """The conclusions that stand and award the whole certification."""
    later = Conclusion.objects.filter(hearing=OuterRef("hearing"), pk__gt=OuterRef("pk"))
    return Conclusion.objects.filter(~Exists(later), verdict=Verdict.FULL)


def heaps(rows: QuerySet[Candidacy]) -> list[Heap]:
    """How many there are of each; one query."""
    found = rows.order_by("version", "route", "status").values_list("version", "route", "status")
    return [Heap(*one) for one in found.annotate(files=Count("pk"))]


def crossings(rows: QuerySet[Candidacy], applied: Callable[[date], Loaded], on: date) -> list[Crossing]:
    """These files under their own version and under the other one, as it applies to a path begun on a day."""
    found = Judged.each(list(with_facts(rows)), on)
    return [Crossing(one, one.under(applied(one.candidacy.began_on))) for one in found]
