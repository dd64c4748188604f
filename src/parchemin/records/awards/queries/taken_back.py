"""The certificates that still hold though other minutes spoke since of what they were issued on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from parchemin.records.awards.models import Certificate, Kind
from parchemin.records.awards.queries.standing import revoked
from parchemin.records.juries.models import Conclusion, Holding, Verdict

GIVEN_BY = {Kind.WHOLE: Verdict.FULL, Kind.STATEMENT: Verdict.NONE}
"""What a jury must have decided for each to be right."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One certificate, the minutes that spoke last, and whether nothing gives right to it any more.

    It is then to be revoked; else it is to be corrected, so that it names the minutes that stand.
    """

    certificate: Certificate
    minutes: str
    is_over: bool


def spoken_of_since(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Those of ``rows`` neither revoked nor replaced whose file other minutes concluded on since, the first first."""
    later = Conclusion.objects.filter(hearing=OuterRef("conclusion__hearing"), pk__gt=OuterRef("conclusion"))
    held = Holding.objects.filter(hearing=OuterRef("conclusion__hearing"), code=OuterRef("code"))
    last = later.order_by("-pk")
    return (
        rows.filter(Exists(later), ~revoked(), corrected_by__isnull=True)
        .annotate(
            verdict_since=Subquery(last.values("verdict")[:1]),
            minutes_since=Subquery(last.values("minutes__number")[:1]),
            held_since=Subquery(held.order_by("-pk").values("is_held")[:1]),
        )
        .order_by(F("issued_at"), "number")
    )


def taken_back(rows: QuerySet[Certificate], most: int) -> Iterator[TakenBack]:
    """The same with what is to be done of each, ``most`` at the most; one query."""
    for one in spoken_of_since(rows)[:most]:
        gives = one.held_since is True if one.kind == Kind.BLOCK else one.verdict_since == GIVEN_BY[Kind(one.kind)]  # type: ignore[attr-defined]
        yield TakenBack(one, one.minutes_since, not gives)  # type: ignore[attr-defined]
