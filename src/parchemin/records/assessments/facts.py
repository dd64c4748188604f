"""Rows of assessments -> facts for the core."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from parchemin.core import facts as core
from parchemin.core.asking import uses
from parchemin.core.checks.results import EvidencePerResult
from parchemin.core.facts import Attendance
from parchemin.core.grid import RESULTS, Kind
from parchemin.core.scheme import Scheme
from parchemin.records.assessments.models import Evaluator, Result, Sitting
from parchemin.records.assessments.queries.evidence import beyond
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.queries.evidence import submitted_by_code
from parchemin.records.people.queries.accreditations import core_accreditation


def facts_of(candidacy: Candidacy, scheme: Scheme) -> Mapping[str, Any]:
    """The fields of Facts that assessments fill; None as long as nothing was held, or settled."""
    return {
        "assessments": assessments_of(candidacy, scheme) or None,
        "results": _evidenced(results_of(candidacy), candidacy, scheme) or None,
    }


def read_with_assessments(candidacy: Candidacy) -> Candidacy:
    """The same file with its sittings, who assesses them and its results, in four queries; none the second time."""
    prefetch_related_objects(
        [candidacy],
        "sittings",
        Prefetch("sittings__evaluators", Evaluator.objects.select_related("person")),
        "sittings__evaluators__person__accreditations",
        Prefetch("results", Result.objects.select_related("settled_by")),
    )
    return candidacy


def assessments_of(candidacy: Candidacy, scheme: Scheme) -> tuple[core.Assessment, ...]:
    """The sittings whose course was told, in the order they were held."""
    read_with_assessments(candidacy)
    points: dict[object, list[Result]] = {}
    for row in candidacy.results.all():
        if row.kind == Kind.POINT:
            points.setdefault(row.sitting_id, []).append(row)
    told = (row for row in candidacy.sittings.all() if row.attendance)
    return tuple(_assessment(row, scheme, standing(points.get(row.pk, ()))) for row in told)


def results_of(candidacy: Candidacy) -> tuple[core.Result, ...]:
    """What stands on each competence, critical learning and unit: the last result that nothing corrects."""
    rows = _counting(candidacy)
    starts: dict[object, datetime | None] = {row.pk: row.starts_at for row in candidacy.sittings.all()}
    return tuple(
        core.Result(
            code=row.code,
            is_acquired=row.is_acquired,
            mark=None if row.mark is None else Fraction(row.mark),
            day=timezone.localdate(starts.get(row.sitting_id) or row.settled_at),
        )
        for row in rows
    )


def _counting(candidacy: Candidacy) -> list[Result]:
    """The rows that count; what came from a sitting found void counts no more."""
    read_with_assessments(candidacy)
    void = {row.pk for row in candidacy.sittings.all() if row.attendance == Attendance.VOID}
    rows = [row for row in candidacy.results.all() if row.kind in RESULTS and row.sitting_id not in void]
    return standing(rows)


def standing(rows: Iterable[Result]) -> list[Result]:
    """The results that nothing corrects, the last of each line, in the order they were settled."""
    known = list(rows)
    corrected = {row.corrects_id for row in known}
    last = {(row.kind, row.code): row for row in known if row.pk not in corrected}
    return list(last.values())


def _evidenced(results: tuple[core.Result, ...], candidacy: Candidacy, scheme: Scheme) -> tuple[core.Result, ...]:
    """Each result with the evidence submitted for it or named by who judged, where some is kept and a rule counts it.

    A piece counts once on a code, whoever says that it bears on it.
    """
    rules = (rule for rules in scheme.rules.values() for rule in rules)
    if not results or not uses(rules, EvidencePerResult):
        return results
    submitted = submitted_by_code(candidacy)
    if submitted is None:
        return results
    more = beyond({scheme.code_of(row.code): set(row.evidence) for row in _counting(candidacy) if row.evidence})
    codes = {one.code: scheme.code_of(one.code) for one in results}
    return tuple(replace(one, evidence=submitted.get(c := codes[one.code], 0) + more.get(c, 0)) for one in results)


def _assessment(row: Sitting, scheme: Scheme, told: Iterable[Result]) -> core.Assessment:
    method = scheme.methods.get(row.method)
    titles = dict(enumerate(method.points, 1)) if method else {}
    points = {titles[int(one.code)]: bool(one.is_acquired) for one in told if int(one.code) in titles}
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


def _evaluator(row: Evaluator, sitting: Sitting, scheme: Scheme) -> core.Evaluator:
    held = [one for one in row.person.accreditations.all() if one.scheme == scheme.ref.id and one.actor == row.actor]
    return core.Evaluator(
        name=row.person.name,
        role=row.actor,
        accreditations=tuple(core_accreditation(one) for one in held),
        links=None if row.links is None else tuple(core.Link(link) for link in dict.fromkeys((*row.links, *row.known))),
    )
