"""Rows of assessments -> facts for the core."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from parchemin.core import facts as core
from parchemin.core.facts import Attendance
from parchemin.core.grid import RESULTS, Kind
from parchemin.core.scheme import Scheme
from parchemin.records.assessments.models import Evaluator, Result, Sitting
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.queries.accreditations import core_accreditation

WITH_ASSESSMENTS = ("sittings__evaluators__person__accreditations", "sittings__results", "results")


def facts_of(candidacy: Candidacy, scheme: Scheme) -> Mapping[str, Any]:
    """The fields of Facts that assessments fill; None as long as nothing was held, or settled."""
    return {
        "assessments": assessments_of(candidacy, scheme) or None,
        "results": results_of(candidacy) or None,
    }


def assessments_of(candidacy: Candidacy, scheme: Scheme) -> tuple[core.Assessment, ...]:
    """The sittings whose course was told, in the order they were held."""
    prefetch_related_objects([candidacy], *WITH_ASSESSMENTS)
    return tuple(_assessment(row, scheme) for row in candidacy.sittings.all() if row.attendance)


def results_of(candidacy: Candidacy) -> tuple[core.Result, ...]:
    """What stands on each competence, critical learning and unit: the last result that nothing corrects.

    What came from a sitting found void counts no more.
    """
    prefetch_related_objects([candidacy], *WITH_ASSESSMENTS)
    void = {row.pk for row in candidacy.sittings.all() if row.attendance == Attendance.VOID}
    rows = [row for row in candidacy.results.all() if row.kind in RESULTS and row.sitting_id not in void]
    return tuple(
        core.Result(
            code=row.code,
            is_acquired=row.is_acquired,
            mark=None if row.mark is None else Fraction(row.mark),
        )
        for row in standing(rows)
    )


def standing(rows: Iterable[Result]) -> list[Result]:
    """The results that nothing corrects, the last of each line, in the order they were settled."""
    known = list(rows)
    corrected = {row.corrects_id for row in known}
    last = {(row.kind, row.code): row for row in known if row.pk not in corrected}
    return list(last.values())


def _assessment(row: Sitting, scheme: Scheme) -> core.Assessment:
    method = scheme.methods.get(row.method)
    titles = dict(enumerate(method.points, 1)) if method else {}
    points = {titles[int(one.code)]: bool(one.is_acquired) for one in _points(row) if int(one.code) in titles}
    return core.Assessment(
        method=row.method,
        day=timezone.localdate(row.starts_at) if row.starts_at else None,
        attendance=Attendance(row.attendance),
        is_passed=row.is_passed,
        minutes=row.minutes,
        place=row.place or None,
        evaluators=tuple(_evaluator(one, row, scheme) for one in row.evaluators.all()) or None,
        safeguards=None if row.safeguards is None else tuple(row.safeguards),
        points=points or None,
    )


def _points(row: Sitting) -> list[Result]:
    return [one for one in standing(row.results.all()) if one.kind == Kind.POINT]


def _evaluator(row: Evaluator, sitting: Sitting, scheme: Scheme) -> core.Evaluator:
    held = [one for one in row.person.accreditations.all() if one.scheme == scheme.ref.id and one.actor == row.actor]
    return core.Evaluator(
        name=row.person.name,
        role=row.actor,
        accreditations=tuple(core_accreditation(one) for one in held),
        links=None if row.links is None else tuple(core.Link(link) for link in row.links),
    )
