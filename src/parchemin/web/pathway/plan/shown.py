"""What the page of a pathway shows: its actions, what is covered, who approved it, what the rules say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parchemin.core.decision import Outcome
from parchemin.core.scheme import Scheme
from parchemin.core.terms import listed, title_of
from parchemin.core.words import number
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.planning import CANDIDATE
from parchemin.records.pathways.asked import PATHWAY, PRACTICE, positioning_steps, step_of
from parchemin.records.pathways.facts import trainings_of
from parchemin.records.pathways.foreseeing import as_done, hours_rules, once_done, to_acquire
from parchemin.records.pathways.models import Approval, Pathway, Training
from parchemin.web.pathway.plan.forms import HoursForm
from parchemin.web.shared.decisions import DrawnFinding, drawn_findings


@dataclass(frozen=True, slots=True)
class Planned:
    """An action with its hours in words, and the form of its hours when it was just refused."""

    row: Training
    planned: str
    done: str
    refused: HoursForm | None


@dataclass(frozen=True, slots=True)
class Covered:
    """A competence to acquire, and the actions of the pathway that bear on it."""

    code: str
    title: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody by whom the pathway is approved: in which role, by whom and when if it holds, who did before."""

    actor: str
    title: str
    approvals: tuple[Approval, ...]
    earlier: tuple[Approval, ...]


@dataclass(frozen=True, slots=True)
class Over:
    """A step of the pathway that is done one day."""

    id: str
    title: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules of the scheme say of the pathway, today and once all that is planned is done."""

    today: tuple[DrawnFinding, ...]
    later: tuple[DrawnFinding, ...]
    is_outside: bool


def pathway_of(row: Candidacy) -> Pathway | None:
    """The pathway of that file with its approvals, once something was written in it; its actions are read with it."""
    if trainings_of(row) is None:
        return None
    given = Prefetch("approvals", Approval.objects.select_related("person"))
    prefetch_related_objects([row.pathway], given)
    return row.pathway


def rows_of(trainings: Sequence[Training], hours: HoursForm | None, of: int | None) -> list[Planned]:
    """The actions, ``of`` being the one whose hours were refused."""
    return [
        Planned(one, _number(one.hours_planned), _number(one.hours_done), hours if one.pk == of else None)
        for one in trainings
    ]


def totals_of(trainings: Sequence[Training]) -> dict[str, str]:
    """The hours planned and done, added up."""
    planned = sum((Fraction(one.hours_planned) for one in trainings), Fraction(0))
    done = sum((Fraction(one.hours_done) for one in trainings), Fraction(0))
    return {"planned": number(planned), "done": number(done)}


def covered_by(judged: Judged, titles: Mapping[str, str]) -> list[Covered]:
    """What is to acquire, and by which action it is."""
    trainings = trainings_of(judged.candidacy) or []
    return [
        Covered(code, titles[code], tuple(one.title for one in trainings if code in one.codes))
        for code in to_acquire(judged)
    ]


def covered_words(covered: int, uncovered: int) -> dict[str, str]:
    """How many competences some action bears on, and how many none does."""
    with_one = ngettext("%(n)s couverte par une action", "%(n)s couvertes par une action", covered)
    without = ngettext("%(n)s sans action", "%(n)s sans action", uncovered)
    return {"covered_words": with_one % {"n": covered}, "uncovered_words": without % {"n": uncovered}}


def said_of(judged: Judged) -> Said:
    """The findings about the pathway; those about its hours once all of it is done, where that says something else."""
    hours = hours_rules(judged.scheme)
    today = as_done(judged)
    later = [one for one in once_done(judged) if one.rule in hours]
    now = {one.rule: one.seen for one in today}
    is_over = any(one.step == PATHWAY for one in judged.candidacy.steps_done.all())
    counted = [one for one in today if one.rule in hours] if is_over else later
    return Said(
        drawn_findings(today),
        drawn_findings(one for one in later if one.seen != now.get(one.rule)),
        any(one.outcome is Outcome.NOT_MET for one in counted),
    )


def concerned_by(scheme: Scheme, row: Candidacy, pathway: Pathway | None) -> list[Concerned]:
    """Those who approve the pathway: the candidate, whoever leads it, whoever positions; then whoever else did."""
    given = list(pathway.approvals.all()) if pathway else []
    actors = dict.fromkeys([*_actors(scheme, row), *(one.actor for one in given)])
    revision = pathway.revision if pathway else 0
    return [
        Concerned(
            actor,
            title_of(scheme.actors, actor),
            tuple(one for one in given if one.actor == actor and one.revision == revision),
            tuple(one for one in given if one.actor == actor and one.revision != revision),
        )
        for actor in actors
    ]


def capacities(scheme: Scheme, row: Candidacy, *, is_candidate: bool) -> list[tuple[str, str]]:
    """In whose name somebody may approve: the candidate in their own, anybody else in that of those concerned."""
    actors = [one for one in _actors(scheme, row) if (one == CANDIDATE) == is_candidate]
    if not actors and not is_candidate:
        actors = [one for one in scheme.actors if one != CANDIDATE]
    return [(one, title_of(scheme.actors, one)) for one in actors]


def steps_over(scheme: Scheme, row: Candidacy) -> list[Over]:
    """The pathway itself and the practice that follows it, where the route has them."""
    done = {one.step: one.done_on for one in row.steps_done.all()}
    steps = [step for id in (PATHWAY, PRACTICE) if (step := step_of(scheme, row.route, id))]
    return [Over(step.id, step.title, done.get(step.id)) for step in steps]


def summary(trainings: Sequence[Training]) -> str:
    """The pathway in one line."""
    count, totals = len(trainings), totals_of(trainings)
    actions = ngettext("%(n)s action", "%(n)s actions", count) % {"n": count}
    return _("%(actions)s, %(planned)s h prévues, %(done)s h faites") % {"actions": actions, **totals}


def _number(hours: Decimal) -> str:
    return number(Fraction(hours))


def _actors(scheme: Scheme, row: Candidacy) -> list[str]:
    """The candidate, then the owners of the step of the pathway and of those before it where one positions oneself."""
    step = step_of(scheme, row.route, PATHWAY)
    owners = [owner for one in (step, *positioning_steps(scheme, row.route)[:1]) if one for owner in listed(one.owner)]
    return [one for one in dict.fromkeys([CANDIDATE, *owners]) if one in scheme.actors]
