"""What a scheme asks of the pathway of a file: the steps it is made of, and the competences that are looked at."""

from collections.abc import Sequence
from datetime import date, datetime

from parchemin.core.scheme import Scheme, Step
from parchemin.core.terms import listed
from parchemin.records.candidacies.actions.taking import forget, note
from parchemin.records.candidacies.models import Candidacy, StepDone
from parchemin.records.people.models import Person

POSITIONING = ("positioning", "prognosis")
"""The steps at which one positions oneself: before the pathway, then before the assessment."""
PATHWAY, PRACTICE = "pathway", "practice"


def steps_of(scheme: Scheme, route: str) -> tuple[Step, ...]:
    """The steps of the route, none when the source does not say them."""
    found = scheme.route_of(route)
    return listed(found.steps) if found else ()


def step_of(scheme: Scheme, route: str, id: str) -> Step | None:
    """That step of the route, when it has it."""
    return next((step for step in steps_of(scheme, route) if step.id == id), None)


def positioning_steps(scheme: Scheme, route: str) -> tuple[Step, ...]:
    """The steps of the route at which one positions oneself, in order."""
    return tuple(step for step in steps_of(scheme, route) if step.id in POSITIONING)


def positioning_due(scheme: Scheme, row: Candidacy) -> Step | None:
    """The first of these steps that is still to be done."""
    done = {one.step for one in row.steps_done.all()}
    return next((step for step in positioning_steps(scheme, row.route) if step.id not in done), None)


def to_position(scheme: Scheme, blocks: Sequence[str]) -> tuple[str, ...]:
    """The codes of the competences an interview concludes on: those assessed, in the blocks aimed at if any is."""
    if not blocks:
        return scheme.assessed
    return tuple(code for code in scheme.assessed if scheme.competences[code].block in blocks)


def mark_done(row: Candidacy, step: str, on: date, by: Person, at: datetime) -> None:
    """The step was done that day; told again, the last day stands. To be called while the file is taken."""
    StepDone.objects.update_or_create(candidacy=row, step=step, defaults={"done_on": on, "by": by})
    forget(row, "steps_done")
    note(row, "step_done", at, by, {"step": step, "on": on.isoformat()})
