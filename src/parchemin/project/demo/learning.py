"""What a life tells of its pathway, done through the actions of the screens: positioning, training, work situations."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal

from django.utils import timezone

from parchemin.core.facts import Facts, Period, WorkTraining
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.pathways.actions.handing import hand_on
from parchemin.records.pathways.actions.planning import Planned, approve_pathway, save_training, tell_hours
from parchemin.records.pathways.actions.positioning import (
    Positioned,
    close_positioning,
    conclude,
    open_positioning,
    tell_own_view,
)
from parchemin.records.pathways.actions.working import log_moment, take_back_moment
from parchemin.records.pathways.asked import to_position
from parchemin.records.pathways.models import Moment, Training
from parchemin.records.people.models import Assurance, Person

HOURS = Decimal(7)
EXAMPLE = "Raconte une situation de travail où cette compétence servait."


def follow(row: Candidacy, facts: Facts, before: Facts, guide: Person, on: date) -> None:
    """What became known of the pathway since the day before, led by that guide."""
    if row.status not in ACTIVE:
        return
    if facts.positioning and facts.positioning != before.positioning:
        position(row, facts.positioning, guide, (facts.steps or {}).get("positioning", on))
    if facts.pathway and facts.pathway != before.pathway:
        plan(row, facts.pathway, guide, on)
    if facts.training_hours is not None and facts.training_hours != before.training_hours:
        _hours(row, Decimal(facts.training_hours.numerator) / facts.training_hours.denominator, guide, on)
    if facts.work_training and facts.work_training != before.work_training:
        _lived(row, facts.work_training, guide, on)
    _handed(row, facts, guide, on)


def position(row: Candidacy, found: Mapping[str, bool], guide: Person, on: date) -> None:
    """The interview held that day: the candidate's own view, then what the guide concludes, then its close."""
    opened = open_positioning(candidacy=row, leader=guide, held_on=on, by=guide, at=ten(on))
    told = [Positioned(code=code, answer=answer, example=EXAMPLE) for code, answer in found.items()]
    tell_own_view(positioning=opened, lines=told, by=row.candidate, at=ten(on))
    conclude(positioning=opened, lines=told, by=guide, at=ten(on))
    close_positioning(positioning=opened, by=guide, at=ten(on))


def plan(row: Candidacy, codes: Iterable[str], guide: Person, on: date) -> Training:
    """An action for these competences, approved by the candidate."""
    wanted = list(codes)
    made = save_training(
        candidacy=row,
        planned=Planned(
            kind=Training.Kind.COURSE,
            title="Formation et mise en pratique",
            codes=wanted,
            hours_planned=HOURS * max(len(wanted), 1),
            host="Organisme fictif",
            from_on=on,
        ),
        by=guide,
        at=ten(on),
    )
    revision = made.pathway.revision
    approve_pathway(
        candidacy=row,
        actor="candidate",
        by=row.candidate,
        at=ten(on),
        revision=revision,
        assurance=Assurance.PASSWORD,
    )
    return made


def ten(on: date) -> datetime:
    """Ten in the morning of that day, where the server is."""
    return timezone.make_aware(datetime.combine(on, clock(10)))


def _hours(row: Candidacy, hours: Decimal, guide: Person, on: date) -> None:
    training = Training.objects.filter(pathway__candidacy=row, removed_at__isnull=True).first()
    if training is None:
        training = plan(row, to_position(Judged(row, on).scheme, row.blocks), guide, on)
    tell_hours(training=training, hours=hours, by=guide, at=ten(on))


def _lived(row: Candidacy, told: WorkTraining, guide: Person, on: date) -> None:
    """The log as the life tells it that day: what it no longer tells is taken back, what is new is logged."""
    wanted = dict.fromkeys(_moments(told))
    for moment in row.moments.filter(removed_at__isnull=True):
        key = (Moment.Kind(moment.kind), moment.from_at, moment.until_at)
        if key in wanted:
            del wanted[key]
        else:
            take_back_moment(moment=moment, by=guide, at=ten(on))
    for kind, from_at, until_at in wanted:
        trainer = guide.name if kind is Moment.Kind.DESIGNATION else ""
        log_moment(
            candidacy=row,
            kind=kind,
            from_at=from_at,
            until_at=until_at,
            trainer=trainer,
            words="Moment de la démonstration.",
            by=guide,
            at=max(ten(on), until_at or from_at),
        )


def _moments(told: WorkTraining) -> Iterable[tuple[Moment.Kind, datetime, datetime | None]]:
    kind = Moment.Kind
    days: tuple[tuple[Moment.Kind, Iterable[date]], ...] = (
        (kind.ANALYSIS, [told.analysed_on] if told.analysed_on else []),
        (kind.DESIGNATION, [told.trainer_designated_on] if told.trainer_designated_on else []),
        (kind.HOT, told.assessed_hot_on or ()),
        (kind.COLD, told.assessed_cold_on or ()),
    )
    for one, those in days:
        yield from ((one, ten(day), None) for day in those)
    spans: tuple[tuple[Moment.Kind, Iterable[Period]], ...] = (
        (kind.SITUATION, told.situations or ()),
        (kind.REFLECTION, told.reflections or ()),
    )
    for one, periods in spans:
        yield from ((one, aware(period.from_), aware(period.until)) for period in periods)


def aware(at: datetime) -> datetime:
    """The same hour where the server is."""
    return at if timezone.is_aware(at) else timezone.make_aware(at)


def _handed(row: Candidacy, facts: Facts, guide: Person, on: date) -> None:
    """Who has the documents that their holder keeps."""
    scheme = Judged(row, on).scheme
    for document in facts.documents or ():
        kind = scheme.documents.get(document.id)
        last = row.handovers.filter(document=document.id).order_by("handed_on", "pk").last()
        if document.holder and kind and isinstance(kind.holder, str) and (not last or last.actor != document.holder):
            hand_on(candidacy=row, document=document.id, actor=document.holder, handed_on=on, by=guide, at=ten(on))
