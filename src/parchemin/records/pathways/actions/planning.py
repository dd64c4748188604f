"""The pathway is written, changed with its trace, followed hour by hour, and approved as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy
from parchemin.records.pathways.asked import PATHWAY, PRACTICE, mark_done, step_of
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Approval, Pathway, Training
from parchemin.records.people.models import Assurance, Person

CANDIDATE = "candidate"
"""The actor of a scheme who applies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An action as it is typed."""

    kind: Training.Kind
    title: str
    codes: Sequence[str]
    hours_planned: Decimal
    host: str = ""
    from_on: date | None = None
    until_on: date | None = None


def save_training(
    *,
    candidacy: Candidacy,
    planned: Planned,
    by: Person,
    at: datetime,
    training: Training | None = None,
    revision: int | None = None,
) -> Training:
    """The action is of the pathway, new or changed; approvals given before no longer hold.

    PathwayError ``title``, ``hours``, ``dates``, ``no_competence`` with a code that is not of the framework, ``codes``
    without any; StalePathwayError when the pathway is no longer at ``revision``.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        pathway = _pathway(row, at, revision)
        codes = _checked(row, planned, at)
        made = Training(pathway=pathway) if training is None else pathway.trainings.get(pk=training.pk)
        made.kind, made.title, made.host = planned.kind, planned.title.strip(), planned.host.strip()
        made.codes, made.hours_planned = codes, planned.hours_planned
        made.from_on, made.until_on = planned.from_on, planned.until_on
        made.save()
        _changed(pathway)
        kind = "training_planned" if training is None else "training_changed"
        note(row, kind, at, by, {"training": made.pk, "codes": codes, "hours": str(made.hours_planned)})
    return made


def remove_training(*, training: Training, by: Person, at: datetime, revision: int | None = None) -> None:
    """The action is no longer of the pathway, and stays to be read; PathwayError ``removed``, StalePathwayError."""
    with taken(training.pathway.candidacy, None, *ACTIVE) as row:
        pathway = _pathway(row, at, revision)
        kept = pathway.trainings.get(pk=training.pk)
        if kept.removed_at:
            raise PathwayError("removed")
        kept.removed_at = at
        kept.save(update_fields=["removed_at"])
        _changed(pathway)
        note(row, "training_removed", at, by, {"training": kept.pk})


def justify_hours(*, candidacy: Candidacy, words: str, by: Person, at: datetime, revision: int | None = None) -> None:
    """Why the hours are outside what the scheme says; nothing takes it back. Approvals given before no longer hold.

    StalePathwayError when the pathway is no longer at ``revision``.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        pathway = _pathway(row, at, revision)
        if pathway.justification == words.strip():
            return
        pathway.justification = words.strip()
        pathway.save(update_fields=["justification"])
        _changed(pathway)
        note(row, "hours_justified", at, by, {"revision": pathway.revision})


def finish_step(*, candidacy: Candidacy, step: str, done_on: date, by: Person, at: datetime) -> None:
    """The pathway itself, or the practice that follows it, was done that day; told again, the last day stands.

    PathwayError ``no_step`` for another step or one that the route does not have, ``day_to_come``.
    """
    if done_on > timezone.localdate(at):
        raise PathwayError("day_to_come")
    with taken(candidacy, None, *ACTIVE) as row:
        scheme = Judged(row, timezone.localdate(at)).scheme
        if step not in (PATHWAY, PRACTICE) or step_of(scheme, row.route, step) is None:
            raise PathwayError("no_step")
        mark_done(row, step, done_on, by, at)


def tell_hours(*, training: Training, hours: Decimal, by: Person, at: datetime) -> None:
    """So many hours were done so far; PathwayError ``hours`` when they are negative, ``removed``."""
    if hours < 0:
        raise PathwayError("hours")
    with taken(training.pathway.candidacy, None, *ACTIVE) as row:
        kept = Training.objects.select_for_update().get(pk=training.pk)
        if kept.removed_at:
            raise PathwayError("removed")
        kept.hours_done = hours
        kept.save(update_fields=["hours_done"])
        note(row, "hours_told", at, by, {"training": kept.pk, "hours": str(hours)}, is_change=False)


def approve_pathway(
    *, candidacy: Candidacy, actor: str, by: Person, at: datetime, revision: int, assurance: Assurance
) -> Approval:
    """That person approves the pathway as it was shown to them.

    PathwayError ``actor`` for a role the scheme does not know, ``another`` for the candidate's by anybody else or any
    other by the candidate, ``nothing`` before any action; StalePathwayError when it was changed since.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        pathway = _pathway(row, at, revision)
        if actor not in Judged(row, at.date()).scheme.actors:
            raise PathwayError("actor", actor=actor)
        if (actor == CANDIDATE) != (by.pk == row.candidate_id):
            raise PathwayError("another")
        if not pathway.trainings.filter(removed_at__isnull=True).exists():
            raise PathwayError("nothing")
        made, is_new = Approval.objects.get_or_create(
            pathway=pathway,
            person=by,
            revision=pathway.revision,
            defaults={"actor": actor, "approved_at": at, "assurance": assurance},
        )
        if is_new:
            told = {"actor": actor, "revision": pathway.revision, "assurance": assurance.value}
            note(row, "pathway_approved", at, by, told, is_change=False)
    return made


def _pathway(row: Candidacy, at: datetime, revision: int | None) -> Pathway:
    found, _is_new = Pathway.objects.select_for_update().get_or_create(candidacy=row, defaults={"opened_at": at})
    if revision is not None and found.revision != revision:
        raise StalePathwayError
    return found


def _changed(pathway: Pathway) -> None:
    pathway.revision += 1
    pathway.save(update_fields=["revision"])


def _checked(row: Candidacy, planned: Planned, at: datetime) -> list[str]:
    if not planned.title.strip():
        raise PathwayError("title")
    if planned.hours_planned < 0:
        raise PathwayError("hours")
    if planned.from_on and planned.until_on and planned.until_on < planned.from_on:
        raise PathwayError("dates")
    scheme = Judged(row, at.date()).scheme
    strange = [code for code in planned.codes if code not in scheme.competences]
    if strange:
        raise PathwayError("no_competence", line=strange[0])
    codes = list(dict.fromkeys(scheme.code_of(code) for code in planned.codes))
    if not codes and scheme.assessed:
        raise PathwayError("codes")
    return codes
