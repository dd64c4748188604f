"""Where a file stands: the steps of its route, what is done, who has it now, and what comes next."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from parchemin.core.facts import Milestone
from parchemin.core.scheme import Scheme, Step
from parchemin.core.terms import Unknown, listed, title_of
from parchemin.records.candidacies.facts import ADMISSIBILITY, APPLICATION_STEPS
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.candidacies.queries.told import DELIBERATION, is_held_back

DONE, NOW, LATER, STOPPED = "done", "now", "later", "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One step: ``state`` done, now, later or stopped; who has it; the day it was done, or by when it is due."""

    id: str
    title: str
    state: str
    owner: str = ""
    done_on: date | None = None
    due_on: date | None = None
    note: str = ""
    source: str = ""


def timeline(judged: Judged, *, is_candidate: bool) -> tuple[Moment, ...]:
    """The application, its admissibility, then the steps of the route; ``is_candidate`` says « you » to the reader."""
    row, scheme = judged.candidacy, judged.scheme
    route = scheme.route_of(row.route)
    steps = {step.id: step for step in listed(route.steps)} if route else {}
    application = next((step for id, step in steps.items() if id in APPLICATION_STEPS), None)
    following = [step for id, step in steps.items() if id not in APPLICATION_STEPS and id != ADMISSIBILITY]
    moments = [_application(judged, application, is_candidate), _admissibility(judged, steps.get(ADMISSIBILITY))]
    done = dict(judged.facts.steps or {})
    if is_candidate and is_held_back(judged.facts.dates):
        done.pop(DELIBERATION, None)
    is_next = row.status == Status.ADMISSIBLE
    for step in following:
        moments.append(_later(scheme, step, done.get(step.id), is_now=is_next))
        is_next = is_next and (step.id in done or step.is_optional)
    return tuple(moments)


def _application(judged: Judged, step: Step | None, is_candidate: bool) -> Moment:
    row, days = judged.candidacy, judged.facts.dates
    state = NOW if row.is_with_candidate else STOPPED if row.status == Status.WITHDRAWN else DONE
    return Moment(
        id="application",
        title=step.title if step else _("Candidature"),
        state=state,
        owner=_("Vous") if state == NOW and is_candidate else row.candidate.name,
        done_on=days.get(Milestone.RECEIVED) if state == DONE else None,
        note=_("Renvoyée : des éléments sont à compléter.") if row.status == Status.RETURNED else "",
        source=(step.source or "") if step else "",
    )


def _admissibility(judged: Judged, step: Step | None) -> Moment:
    row = judged.candidacy
    states = {
        Status.RECEIVED: NOW,
        Status.COMPLETE: NOW,
        Status.ADMISSIBLE: DONE,
        Status.AWARDED: DONE,
        Status.REFUSED: STOPPED,
        Status.LAPSED: STOPPED,
    }
    state = states.get(Status(row.status), LATER)
    notes = {
        Status.RECEIVED: _("On vérifie que rien ne manque."),
        Status.COMPLETE: _("Le dossier est complet, la décision est en cours."),
        Status.REFUSED: _("La demande n’est pas recevable : la décision en donne les motifs."),
        Status.LAPSED: _("La recevabilité est tombée."),
    }
    return Moment(
        id=ADMISSIBILITY,
        title=step.title if step else _("Recevabilité"),
        state=state,
        owner=_owner(judged.scheme, step) if step and listed(step.owner) else row.organisation.name,
        done_on=judged.facts.dates.get(Milestone.ANSWERED) if state in (DONE, STOPPED) else None,
        due_on=row.due_on if state == NOW else None,
        note=notes.get(Status(row.status), ""),
        source=(step.source or "") if step else "",
    )


def _later(scheme: Scheme, step: Step, done_on: date | None, *, is_now: bool) -> Moment:
    return Moment(
        id=step.id,
        title=step.title,
        state=DONE if done_on else NOW if is_now else LATER,
        done_on=done_on,
        owner=_owner(scheme, step),
        note=_("Facultatif") if step.is_optional else "",
        source=step.source or "",
    )


def _owner(scheme: Scheme, step: Step) -> str:
    if isinstance(step.owner, Unknown):
        return _("non précisé par la source")
    return ", ".join(title_of(scheme.actors, actor) for actor in step.owner)


def holder_of(candidacy: Candidacy) -> str:
    """Who has the file now, in words."""
    if candidacy.is_with_candidate:
        return candidacy.candidate.name
    return candidacy.organisation.name
