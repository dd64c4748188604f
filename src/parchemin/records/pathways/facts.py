"""Rows of pathways -> facts for the core; None where nothing was ever told."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from parchemin.core import facts as core
from parchemin.core.checks.completeness import (
    HotAndCold,
    PathwayCovers,
    ReflectionsApart,
    TrainingHours,
    WorkTrainingOrder,
    WorkTrainingProofs,
)
from parchemin.core.scheme import Check, Scheme
from parchemin.records.candidacies.contributing import Contributor
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import Moment, Pathway, Positioning, Training

TRAININGS, MOMENTS = "pathway__trainings", "moments"


def positioning_of(candidacy: Candidacy) -> Mapping[str, bool] | None:
    """What the last interview closed concluded, competence by competence; one query."""
    closed = Positioning.objects.filter(candidacy=candidacy, closed_at__isnull=False).order_by("number", "lines__pk")
    told: dict[int, dict[str, bool]] = {}
    for number, code, is_acquired in closed.values_list("number", "lines__code", "lines__is_acquired"):
        lines = told.setdefault(number, {})
        if is_acquired is not None:
            lines[code] = is_acquired
    return told[max(told)] if told else None


def pathway_of(candidacy: Candidacy) -> tuple[str, ...] | None:
    """The competences that the actions of the pathway bear on, each once."""
    trainings = trainings_of(candidacy)
    return None if trainings is None else tuple(dict.fromkeys(code for one in trainings for code in one.codes))


def hours_of(candidacy: Candidacy) -> Fraction | None:
    """The hours done."""
    trainings = trainings_of(candidacy)
    return None if trainings is None else sum((Fraction(one.hours_done) for one in trainings), Fraction(0))


def work_training_of(candidacy: Candidacy) -> core.WorkTraining | None:
    """The moments logged, in the hours of the server's time zone."""
    prefetch_related_objects([candidacy], MOMENTS)
    moments = [row for row in candidacy.moments.all() if row.removed_at is None]
    if not moments:
        return None
    return core.WorkTraining(
        analysed_on=min(_days(moments, Moment.Kind.ANALYSIS), default=None),
        trainer_designated_on=min(_days(moments, Moment.Kind.DESIGNATION), default=None),
        situations=_periods(moments, Moment.Kind.SITUATION),
        reflections=_periods(moments, Moment.Kind.REFLECTION),
        assessed_hot_on=_days(moments, Moment.Kind.HOT),
        assessed_cold_on=_days(moments, Moment.Kind.COLD),
    )


def trainings_of(candidacy: Candidacy) -> list[Training] | None:
    """The actions of the pathway that were not removed; None where there is no pathway."""
    prefetch_related_objects([candidacy], TRAININGS)
    try:
        pathway = candidacy.pathway
    except Pathway.DoesNotExist:
        return None
    return [one for one in pathway.trainings.all() if one.removed_at is None]


def _days(moments: list[Moment], kind: Moment.Kind) -> tuple[date, ...]:
    return tuple(timezone.localdate(row.from_at) for row in moments if row.kind == kind)


def _periods(moments: list[Moment], kind: Moment.Kind) -> tuple[core.Period, ...]:
    return tuple(
        core.Period(from_=timezone.localtime(row.from_at), until=timezone.localtime(row.until_at))
        for row in moments
        if row.kind == kind and row.until_at
    )


def positioning(candidacy: Candidacy, _scheme: Scheme) -> Mapping[str, Any]:
    """What is acquired already, as a field of Facts."""
    return {"positioning": positioning_of(candidacy)}


def pathway(candidacy: Candidacy, _scheme: Scheme) -> Mapping[str, Any]:
    """What the pathway bears on, as a field of Facts."""
    return {"pathway": pathway_of(candidacy)}


def training_hours(candidacy: Candidacy, _scheme: Scheme) -> Mapping[str, Any]:
    """The hours done, as a field of Facts."""
    return {"training_hours": hours_of(candidacy)}


def work_training(candidacy: Candidacy, _scheme: Scheme) -> Mapping[str, Any]:
    """What was lived at work, as a field of Facts."""
    return {"work_training": work_training_of(candidacy)}


OF_WORK = (WorkTrainingProofs, WorkTrainingOrder, ReflectionsApart, HotAndCold)
LOOKED_AT_BY: Mapping[Contributor, tuple[type[Check], ...]] = {
    positioning: (PathwayCovers,),
    pathway: (PathwayCovers,),
    training_hours: (TrainingHours,),
    work_training: OF_WORK,
}
"""What this app tells of a file, with the only checks that look at it."""
