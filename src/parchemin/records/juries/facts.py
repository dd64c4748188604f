"""Rows of juries -> facts for the core: what is held since signed minutes, and who sits for a file."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from parchemin.core import facts as core
from parchemin.core.facts import Ballot, Link, Milestone
from parchemin.core.scheme import Scheme
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.models import Conclusion, Hearing, Holding, Member, Opinion, Tie, Vote


def facts_of(candidacy: Candidacy, scheme: Scheme) -> Mapping[str, Any]:
    """The fields of Facts that juries fill: what the person holds of the certification, by any of their files."""
    return {"holdings": holdings_of(candidacy)}


def holdings_of(candidacy: Candidacy, *, but: Hearing | None = None) -> tuple[core.Holding, ...]:
    """The parts of the certification that the person holds, each with its dates, the version it was granted under and
    the minutes that grant it; one query.

    Those that ``but`` granted are left out: what it decides is decided on what was held before.
    """
    rows = Holding.objects.filter(
        candidacy__candidate=candidacy.candidate_id, candidacy__certification=candidacy.certification_id
    ).select_related("hearing", "minutes")
    ruled = Conclusion.objects.filter(minutes=OuterRef("minutes"), hearing=OuterRef("hearing"))
    version = KeyTextTransform("version", KeyTransform("scheme", "award_record__decision"))
    rows = rows.annotate(version=Subquery(ruled.values(found=version)[:1]))
    if but is not None:
        rows = rows.exclude(hearing=but)
    last = {(row.hearing_id, row.code): row for row in rows.order_by("pk")}
    return tuple(_holding(row, row.version) for row in last.values() if row.is_held)


def member_facts(
    members: Iterable[Member], ties: Mapping[object, Tie], sat: Mapping[str, bool] | None = None
) -> dict[object, core.Member]:
    """Each member as the core sees them for one candidate, by key; two of the same name are told apart.

    ``sat`` is who deliberated, once it was decided, and whether they chaired. A place counts once: whoever stands in
    for a member counts where that member does not sit, and in their place.
    """
    told: dict[object, core.Member] = {}
    names: set[str] = set()
    for row in _counted(list(members), ties, sat):
        name, times = row.person.name, 1
        while name in names:
            times += 1
            name = f"{row.person.name} ({times})"
        names.add(name)
        told[row.pk] = _member(row, name, ties.get(row.pk), sat)
    return told


def opinions_of(rows: Iterable[Opinion]) -> tuple[core.Opinion, ...]:
    """What the jury decided on each part."""
    return tuple(core.Opinion(code=row.code, is_granted=row.is_granted, reason=row.reason or None) for row in rows)


def votes_of(rows: Iterable[Vote], names: Mapping[object, core.Member]) -> dict[str, Ballot]:
    """The voices of a hearing, by the name the core knows each member under."""
    return {names[row.member_id].name: Ballot(row.ballot) for row in rows if row.member_id in names}


def ties_of(hearing: Hearing) -> dict[object, Tie]:
    """What ties each member to the candidate of a hearing."""
    return {row.member_id: row for row in hearing.ties.all()}


def _counted(rows: list[Member], ties: Mapping[object, Tie], sat: Mapping[str, bool] | None) -> Iterator[Member]:
    """One member for each place: whoever was named to it, or who stands in for them and sits instead."""

    def sits(row: Member) -> bool:
        tie = ties.get(row.pk)
        return _is_there(row, sat) and not (tie and tie.is_recused)

    seated = {row.pk for row in rows if sits(row)}
    replaced = {row.substitutes_id for row in rows if row.pk in seated} - seated
    for row in rows:
        stands_by = row.substitutes_id is not None and (row.pk not in seated or row.substitutes_id in seated)
        if row.pk not in replaced and not stands_by:
            yield row


def _is_there(row: Member, sat: Mapping[str, bool] | None) -> bool:
    return row.is_present if sat is None else str(row.pk) in sat


def _member(row: Member, name: str, tie: Tie | None, sat: Mapping[str, bool] | None) -> core.Member:
    return core.Member(
        name=name,
        seat=row.seat or None,
        college=row.college or None,
        profiles=None if row.profiles is None else tuple(row.profiles),
        is_external=row.is_external,
        is_qualified=row.is_qualified,
        gender=row.gender or None,
        is_present=_is_there(row, sat),
        is_recused=bool(tie and tie.is_recused),
        is_chair=row.is_chair if sat is None else sat.get(str(row.pk), False),
        links=_links(tie),
    )


def _links(tie: Tie | None) -> tuple[Link, ...] | None:
    """What they declared and what the platform knows; None until they declare, for there may be more than is known."""
    if tie is None or tie.links is None:
        return None
    return tuple(Link(link) for link in dict.fromkeys((*tie.links, *tie.known)))


def _holding(row: Holding, version: str | None) -> core.Holding:
    days = {
        Milestone.ASSESSED: row.assessed_on,
        Milestone.DELIBERATED: row.deliberated_on,
        Milestone.SIGNED: row.signed_on,
        Milestone.NOTIFIED: row.hearing.notified_on,
    }
    dates: dict[Milestone, date] = {milestone: day for milestone, day in days.items() if day}
    return core.Holding(code=row.code, dates=dates, version=version, minutes=row.minutes.number)
