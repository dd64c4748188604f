"""The figures of one certification in one year: whole for those who keep them, and as everybody may read them."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from parchemin.records.certifications.models import Certification
from parchemin.records.followups.models import PublishedFigures
from parchemin.records.followups.queries.decided import Decided, Group, Tally, decided_in
from parchemin.records.followups.queries.delays import Delay, delays_of
from parchemin.records.followups.queries.insertion import Insertion, Rate, insertion_of

FEWEST = 5
"""Below that many people, a group is not told to everybody: somebody would be recognised in it."""


@dataclass(frozen=True, slots=True)
class Yearly:
    """Everything that is counted of a year."""

    certification: Certification
    year: int
    decided: Decided
    delays: tuple[Delay, ...]
    waves: tuple[Insertion, ...]


def yearly(certification: Certification, year: int, on: date) -> Yearly:
    """The figures of that year as they are on a day; nine queries at most, however many files there are."""
    return Yearly(
        certification=certification,
        year=year,
        decided=decided_in(certification, year, on),
        delays=delays_of(certification, year),
        waves=insertion_of(certification, year),
    )


def told_to_all(found: Yearly) -> dict[str, Any]:
    """The same in JSON types, without what would let somebody be recognised.

    A split (by route, by sex) of which a group is smaller than ``FEWEST`` is left out whole: what is missing of it
    could be worked out. Organisations are not told. Rates over fewer answers than that are left out.
    """
    decided = found.decided
    return {
        "scheme": found.certification.scheme,
        "title": found.certification.title,
        "year": found.year,
        "fewest": FEWEST,
        "whole": _plain(decided.whole),
        "certified_by_vae": decided.vae.full,
        "routes": _split(decided.routes),
        "sexes": _split(decided.sexes),
        "delays": [{"lap": one.lap.value, "median": _median(one), "files": one.count} for one in found.delays],
        "waves": [_wave(one) for one in found.waves if one.asked],
    }


def text_of(found: Yearly) -> str:
    """What is published, as it is kept: the same figures always give the same text."""
    return json.dumps(told_to_all(found), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def published(certification: Certification) -> QuerySet[PublishedFigures]:
    """What stands of each year that was published, the last year first."""
    last = PublishedFigures.objects.filter(certification=certification, year=OuterRef("year")).order_by("-pk")
    rows = PublishedFigures.objects.filter(certification=certification, pk=Subquery(last.values("pk")[:1]))
    return rows.order_by("-year")


def _split(groups: tuple[Group, ...]) -> list[dict[str, Any]] | None:
    if any(one.tally.candidates < FEWEST for one in groups):
        return None
    return [{"key": one.key, "title": one.title, **_plain(one.tally)} for one in groups]


def _plain(tally: Tally) -> dict[str, int]:
    return {"candidates": tally.candidates, "full": tally.full, "partial": tally.partial, "none": tally.none}


def _median(delay: Delay) -> float | None:
    return delay.median if delay.count >= FEWEST else None


def _wave(one: Insertion) -> dict[str, Any]:
    rates = {"overall": one.overall, "target": one.target} if one.counted >= FEWEST else {}
    kept = {name: _rate(rate) for name, rate in rates.items()}
    return {"wave": one.wave.value, "response": _rate(one.response), "rates": kept or None}


def _rate(rate: Rate) -> dict[str, int]:
    return {"over": rate.over, "under": rate.under}
