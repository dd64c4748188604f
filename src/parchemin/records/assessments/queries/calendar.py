"""The sittings that somebody plans, and what each of them still lacks."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from parchemin.core.facts import Attendance
from parchemin.core.scheme import Method, Scheme
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.assessments.queries.conflicts import actors_accredited
from parchemin.records.candidacies.queries.visible import visible_to
from parchemin.records.people.models import Accreditation
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.accreditations import in_force
from parchemin.records.people.standing import Standing

WITH = ("candidacy__candidate", "candidacy__certification")
TO_COME = Q(attendance="")
TO_FINISH = TO_COME | Q(attendance=Attendance.HELD, settled_at__isnull=True)


class Lack(StrEnum):
    """What a sitting lacks before it is over."""

    DATE = "date"
    EVALUATOR = "evaluator"
    ACCREDITATION = "accreditation"
    SUMMONS = "summons"
    TOLD = "told"
    SETTLED = "settled"


def sittings_planned_by(standing: Standing, at: datetime) -> QuerySet[Sitting]:
    """Those of the files that this person plans for, cancelled ones included."""
    files = visible_to(standing, Action.PLAN_SITTINGS, timezone.localdate(at))
    return Sitting.objects.filter(candidacy__in=files.order_by().values("pk"))


def with_people(rows: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """The same with what a list of them shows, in as many queries for one as for many."""
    return rows.select_related(*WITH).prefetch_related("evaluators__person__accreditations")


def lacking(rows: QuerySet[Sitting], lack: Lack, schemes: Mapping[str, Scheme], at: datetime) -> QuerySet[Sitting]:
    """Those of ``rows`` that lack it; ``schemes`` by the name of their certification."""
    return rows.filter(_lack(lack, schemes, at))


def counts_of(rows: QuerySet[Sitting], schemes: Mapping[str, Scheme], at: datetime) -> Mapping[Lack, int]:
    """How many of ``rows`` lack each thing; one query."""
    counts = {lack.value: Count("pk", filter=_lack(lack, schemes, at)) for lack in Lack}
    found = rows.order_by().aggregate(**counts)
    return {lack: found[lack.value] for lack in Lack}


def lacks_of(row: Sitting, scheme: Scheme | None, at: datetime) -> list[Lack]:
    """What that sitting lacks, by the same rules; its evaluators with their accreditations are read already."""
    if row.cancelled_at:
        return []
    if row.attendance:
        waits = row.attendance == Attendance.HELD and row.settled_at is None
        found = {Lack.SETTLED: waits, Lack.ACCREDITATION: waits and _is_unfit(row, scheme)}
    else:
        has_come = row.starts_at is not None and row.starts_at <= at
        found = {
            Lack.DATE: row.starts_at is None,
            Lack.EVALUATOR: _is_short(row, scheme),
            Lack.ACCREDITATION: _is_unfit(row, scheme),
            Lack.SUMMONS: row.starts_at is not None and not has_come and row.summoned_at is None,
            Lack.TOLD: has_come,
        }
    return [lack for lack, is_lacking in found.items() if is_lacking]


def wanted_of(method: Method | None) -> Mapping[str, int]:
    """How many of each actor that method wants; one of any where the source does not say, none where nobody assesses.

    The empty name stands for any actor.
    """
    if method is None or method.evaluators is None:
        return {}
    return method.evaluators if isinstance(method.evaluators, Mapping) else {"": 1}


def _lack(lack: Lack, schemes: Mapping[str, Scheme], at: datetime) -> Q:
    found = {
        Lack.DATE: TO_COME & Q(starts_at__isnull=True),
        Lack.SUMMONS: TO_COME & Q(starts_at__gt=at, summoned_at__isnull=True),
        Lack.TOLD: TO_COME & Q(starts_at__lte=at),
        Lack.SETTLED: Q(attendance=Attendance.HELD, settled_at__isnull=True),
    }
    if lack is Lack.EVALUATOR:
        asked = TO_COME & _without_evaluators(schemes)
    elif lack is Lack.ACCREDITATION:
        asked = TO_FINISH & _without_accreditation(schemes)
    else:
        asked = found[lack]
    return asked & Q(cancelled_at__isnull=True)


def _is_short(row: Sitting, scheme: Scheme | None) -> bool:
    named = [one.actor for one in row.evaluators.all()]
    wanted = wanted_of(scheme.methods.get(row.method) if scheme else None)
    return any((named.count(actor) if actor else len(named)) < count for actor, count in wanted.items())


def _is_unfit(row: Sitting, scheme: Scheme | None) -> bool:
    if scheme is None or row.starts_at is None:
        return False
    day, asked = timezone.localdate(row.starts_at), actors_accredited(scheme)
    return any(
        not in_force([a for a in one.person.accreditations.all() if _is_for(a, scheme, one.actor)], day)
        for one in row.evaluators.all()
        if one.actor in asked
    )


def _is_for(row: Accreditation, scheme: Scheme, actor: str) -> bool:
    return row.scheme == scheme.ref.id and row.actor == actor


def _without_evaluators(schemes: Mapping[str, Scheme]) -> Q:
    found = Q(pk__in=[])
    for name, scheme in schemes.items():
        for id, method in scheme.methods.items():
            here = Q(candidacy__certification__scheme=name, method=id)
            for actor, count in wanted_of(method).items():
                named = Evaluator.objects.filter(sitting=OuterRef("pk"), **({"actor": actor} if actor else {}))
                enough = named.order_by().values("sitting").annotate(n=Count("pk")).filter(n__gte=count)
                found |= Q(~Exists(enough), here)
    return found


def _without_accreditation(schemes: Mapping[str, Scheme]) -> Q:
    found = Q(pk__in=[])
    for name, scheme in schemes.items():
        asked = sorted(actors_accredited(scheme))
        if not asked:
            continue
        day = OuterRef("day")
        held = Accreditation.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=day),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day),
            person=OuterRef("person"),
            actor=OuterRef("actor"),
            scheme=name,
            from_on__lte=day,
        )
        unfit = Evaluator.objects.filter(sitting=OuterRef("pk"), actor__in=asked)
        unfit = unfit.alias(day=_day("sitting__starts_at")).filter(~Exists(held))
        found |= Q(Exists(unfit), candidacy__certification__scheme=name, starts_at__isnull=False)
    return found


def _day(field: str) -> TruncDate:
    return TruncDate(F(field), tzinfo=timezone.get_default_timezone(), output_field=DateField())
