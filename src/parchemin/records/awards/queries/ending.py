"""What ends soon: certificates that are temporary, and parts held that count for a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from django.db.models import Exists, OuterRef, QuerySet

from parchemin.core.case import Case
from parchemin.core.checks.validity import Validity, is_limited
from parchemin.core.decision import Stage
from parchemin.core.durations import Duration
from parchemin.core.scheme import Scheme
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.queries.standing import renewed, revoked
from parchemin.records.candidacies.facts import with_facts
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.facts import holdings_of
from parchemin.records.juries.models import Hearing, Holding, Verdict

STEPS = (Duration(months=1), Duration(months=6))
"""When its holder is told before the last day, the nearest first: six months leave the time to be assessed again, where
a certification asks for it; a month is the last that leaves any. No text sets them."""
CHUNK = 200
"""Files looked at together."""
PARTS = ("block", "competence")


@dataclass(frozen=True, slots=True)
class Ending:
    """Parts of one person that stop counting after ``until``, told on the file where they hold them."""

    candidacy: Candidacy
    scheme: Scheme
    until: date
    codes: tuple[str, ...]


def step_of(until: date, on: date) -> Duration | None:
    """The nearest step that its last day has come within; None while it is further, or once it has passed."""
    if until < on:
        return None
    return next((step for step in STEPS if until <= step.after(on)), None)


def ending_certificates(on: date) -> QuerySet[Certificate]:
    """Those that end within the first step, neither revoked, replaced nor renewed."""
    rows = Certificate.objects.filter(valid_until__gte=on, valid_until__lte=STEPS[-1].after(on))
    rows = rows.filter(~revoked(), ~renewed(), corrected_by__isnull=True)
    return rows.select_related("candidacy__candidate", "candidacy__certification").order_by("valid_until", "number")


def ending_parts(on: date) -> Iterator[Ending]:
    """The parts that stop counting within the first step, for whoever was not awarded the whole.

    A few files at a time; only those whose rules limit what is held are read further.
    """
    later = Holding.objects.filter(hearing=OuterRef("hearing"), code=OuterRef("code"), pk__gt=OuterRef("pk"))
    held = Holding.objects.filter(~Exists(later), is_held=True, candidacy=OuterRef("pk"))
    whole = Hearing.objects.filter(
        told__verdict=Verdict.FULL,
        candidacy__candidate=OuterRef("candidate"),
        candidacy__certification=OuterRef("certification"),
    )
    newer = Candidacy.objects.filter(
        Exists(held),
        candidate=OuterRef("candidate"),
        certification=OuterRef("certification"),
        number__gt=OuterRef("number"),
    )
    files = Candidacy.objects.filter(Exists(held), ~Exists(whole), ~Exists(newer)).order_by("number")
    ids = files.values_list("pk", flat=True).iterator(CHUNK)
    while chunk := list(islice(ids, CHUNK)):
        for judged in Judged.each(list(with_facts(Candidacy.objects.filter(pk__in=chunk))), on):
            yield from _ending(judged, on)


def _ending(judged: Judged, on: date) -> Iterator[Ending]:
    if not is_limited(judged.scheme.rules.get(Stage.VALIDITY, ()), *PARTS):
        return
    case = Case(replace(judged.facts, holdings=holdings_of(judged.candidacy)), judged.scheme, on)
    known = {"block": judged.scheme.blocks, "competence": judged.scheme.competences}
    found: dict[date, list[str]] = {}
    for subject in PARTS:
        validity = Validity(case, subject)
        for code, held in (case.holdings or {}).items():
            until = validity.last_day(held) if code in known[subject] else None
            if until and until != date.max and step_of(until, on):
                found.setdefault(until, []).append(code)
    for until, codes in sorted(found.items()):
        yield Ending(judged.candidacy, judged.scheme, until, tuple(codes))
