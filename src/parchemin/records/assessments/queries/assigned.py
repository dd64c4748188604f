"""The sittings that a person assesses, and what each asks of them now."""

from datetime import datetime
from enum import StrEnum

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from parchemin.core.facts import Attendance
from parchemin.records.assessments.models import Evaluator
from parchemin.records.candidacies.models import Status
from parchemin.records.people.models import Person


class Asked(StrEnum):
    """What a sitting asks of one of those who assess it; WAIT for what others do, DONE for nothing any more."""

    TELL = "tell"
    RATE = "rate"
    SETTLE = "settle"
    PREPARE = "prepare"
    HOLD = "hold"
    WAIT = "wait"
    DONE = "done"


def assigned_to(person: Person, at: datetime) -> QuerySet[Evaluator]:
    """Where that person is named and the sitting was not cancelled, each with what it asks then in ``asked``."""
    others = Evaluator.objects.filter(sitting=OuterRef("sitting"), signed_at__isnull=True)
    is_running = Q(sitting__candidacy__status=Status.ADMISSIBLE)
    is_held = Q(is_running, sitting__attendance=Attendance.HELD, sitting__settled_at__isnull=True)
    to_come = Q(is_running, sitting__attendance="")
    asked = Case(
        When(is_held & Q(signed_at__isnull=True), then=Value(Asked.RATE.value)),
        When(is_held & ~Exists(others), then=Value(Asked.SETTLE.value)),
        When(is_held, then=Value(Asked.WAIT.value)),
        When(to_come & Q(sitting__starts_at__lte=at), then=Value(Asked.TELL.value)),
        When(to_come & Q(links__isnull=True), then=Value(Asked.PREPARE.value)),
        When(to_come, then=Value(Asked.HOLD.value)),
        default=Value(Asked.DONE.value),
        output_field=CharField(),
    )
    rows = Evaluator.objects.filter(person=person, sitting__cancelled_at__isnull=True)
    return rows.exclude(sitting__candidacy__candidate=person).annotate(asked=asked)


def asked_of(evaluator: Evaluator, at: datetime) -> Asked:
    """What their sitting asks of that person then; one query."""
    return Asked(assigned_to(evaluator.person, at).values_list(F("asked"), flat=True).get(pk=evaluator.pk))
