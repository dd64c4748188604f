"""How a sitting was told to have gone off, by whom, and who was left out of it."""

from dataclasses import dataclass
from uuid import UUID

from parchemin.records.assessments.models import Sitting, Telling
from parchemin.records.people.models import Person


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody told not to have sat, as the actor they had been named for."""

    person: Person
    actor: str


@dataclass(frozen=True, slots=True)
class Told:
    """How it went off as somebody told it, and the names of those told away."""

    row: Telling
    away: list[str]


def tellings_of(sitting: Sitting) -> list[Told]:
    """What was told of it in turn, the last first; one query, and one more where somebody was told away."""
    rows = list(sitting.tellings.select_related("told_by").order_by("-pk"))
    ids = {one["person"] for row in rows for one in row.away}
    names = {one.pk.hex: one.name for one in Person.objects.filter(pk__in=ids)} if ids else {}
    return [Told(row, [names[one["person"]] for one in row.away if one["person"] in names]) for row in rows]


def left_out(sitting: Sitting) -> list[LeftOut]:
    """Those told away who do not assess it: they may have been there all the same."""
    actors = {UUID(one["person"]): one["actor"] for told in sitting.tellings.all() for one in told.away}
    people = Person.objects.filter(pk__in=actors, erased_at__isnull=True).exclude(sittings__sitting=sitting)
    return [LeftOut(one, actors[one.pk]) for one in people.order_by("family_key", "given_key")]
