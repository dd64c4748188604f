"""Visits in the company: planned, moved or cancelled, then held and reported."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.pathways.actions.contracting import kind_of
from parchemin.records.pathways.actions.liaising import CORRECTED_FOR
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.pathways.models import Visit
from parchemin.records.people.models import Assurance, Person

LONGEST = 720


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A visit as it is typed."""

    planned_at: datetime
    place: str
    minutes: int = 60
    purpose: str = ""


def plan_visit(*, candidacy: Candidacy, planned: Planned, by: Person, at: datetime) -> Visit:
    """The visit is planned.

    PathwayError ``no_contract`` on a route without one, ``visit_place``, ``visit_minutes`` beyond twelve hours.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        if kind_of(row.route) is None:
            raise PathwayError("no_contract")
        made = _filled(Visit(candidacy=row, planned_by=by), planned)
        made.save()
        note(row, "visit_planned", at, by, {"visit": made.pk.hex}, is_change=False)
    return made


def move_visit(*, visit: Visit, planned: Planned, by: Person, at: datetime) -> Visit:
    """It takes place otherwise; the calendars that have it follow. PathwayError ``visit_over``, and as planning."""
    with taken(visit.candidacy, None, *ACTIVE) as row:
        kept = _filled(_waiting(visit), planned)
        kept.sequence += 1
        kept.save()
        note(row, "visit_moved", at, by, {"visit": kept.pk.hex}, is_change=False)
    return kept


def cancel_visit(*, visit: Visit, by: Person, at: datetime) -> None:
    """It does not take place, and counts no more; PathwayError ``visit_over`` once it is held or cancelled."""
    with taken(visit.candidacy, None, *ACTIVE) as row:
        kept = _waiting(visit)
        kept.cancelled_at = at
        kept.save()
        note(row, "visit_cancelled", at, by, {"visit": kept.pk.hex}, is_change=False)


def report_visit(
    *, visit: Visit, held_on: date, present: str, report: str, by: Person, at: datetime, assurance: Assurance
) -> Visit:
    """It was held that day, with those present, and its report is signed; its author may correct it for a day.

    PathwayError ``visit_cancelled``, ``visit_to_come`` for a day to come, ``visit_present`` or ``visit_report`` when
    one is missing, ``visit_reported`` once it is reported by another or for more than a day.
    """
    if held_on > localdate(at):
        raise PathwayError("visit_to_come")
    if not present.strip():
        raise PathwayError("visit_present")
    if not report.strip():
        raise PathwayError("visit_report")
    with taken(visit.candidacy, None, *ACTIVE) as row:
        kept = _locked(visit)
        if kept.cancelled_at:
            raise PathwayError("visit_cancelled")
        if kept.reported_at and not may_correct(kept, by, at):
            raise PathwayError("visit_reported")
        kept.held_on, kept.present, kept.report = held_on, present.strip(), report.strip()
        kept.assurance = assurance
        if kept.reported_at is None:
            kept.reported_by, kept.reported_at = by, at
        kept.save()
        told = {"visit": kept.pk.hex, "on": held_on.isoformat(), "assurance": kept.assurance}
        note(row, "visit_reported", at, by, told, is_change=False)
    return kept


def may_correct(visit: Visit, person: Person, at: datetime) -> bool:
    """Whether that person reported it, less than a day ago."""
    is_recent = visit.reported_at is not None and at - visit.reported_at <= CORRECTED_FOR
    return is_recent and visit.reported_by_id == person.pk


def _locked(visit: Visit) -> Visit:
    return Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)


def _waiting(visit: Visit) -> Visit:
    kept = _locked(visit)
    if kept.cancelled_at or kept.held_on:
        raise PathwayError("visit_over")
    return kept


def _filled(visit: Visit, planned: Planned) -> Visit:
    if not planned.place.strip():
        raise PathwayError("visit_place")
    if not 1 <= planned.minutes <= LONGEST:
        raise PathwayError("visit_minutes")
    visit.planned_at, visit.minutes = planned.planned_at, planned.minutes
    visit.place, visit.purpose = planned.place.strip(), planned.purpose.strip()
    return visit
