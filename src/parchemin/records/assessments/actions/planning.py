"""A sitting is planned, who assesses is named, and what ties them to the candidate is told."""

from collections.abc import Sequence
from datetime import datetime

from parchemin.core.facts import Link
from parchemin.core.terms import Unknown
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.people.models import Person


def plan_sitting(
    *,
    candidacy: Candidacy,
    method: str,
    by: Person,
    at: datetime,
    starts_at: datetime | None = None,
    minutes: int | None = None,
    place: str = "",
    room: str = "",
) -> Sitting:
    """The candidate will sit that method, once more if they did before.

    AssessmentError ``no_method``, or ``place`` when the method is held elsewhere; UnfitError ``status`` unless the file
    is admissible.
    """
    with taken(candidacy, None, Status.ADMISSIBLE) as row:
        _check_method(row, method, place, at)
        sitting = Sitting.objects.create(
            candidacy=row,
            method=method,
            number=row.sittings.filter(method=method).count() + 1,
            starts_at=starts_at,
            minutes=minutes,
            place=place,
            room=room.strip(),
            planned_by=by,
            planned_at=at,
        )
        note(row, "sitting_planned", at, by, {"sitting": sitting.pk.hex, "method": method})
    return sitting


def move_sitting(
    *,
    sitting: Sitting,
    by: Person,
    at: datetime,
    starts_at: datetime | None,
    minutes: int | None = None,
    place: str = "",
    room: str = "",
) -> None:
    """It will be held then and there; AssessmentError ``told`` once it was held or not, ``place``."""
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = open_sitting(row, sitting)
        _check_method(row, kept.method, place, at)
        kept.starts_at, kept.minutes, kept.place, kept.room = starts_at, minutes, place, room.strip()
        kept.revision += 1
        kept.save()
        note(row, "sitting_moved", at, by, {"sitting": kept.pk.hex})


def name_evaluator(*, sitting: Sitting, person: Person, actor: str, by: Person, at: datetime) -> Evaluator:
    """That person assesses, as that actor of the scheme.

    AssessmentError ``told`` once the sitting was held or not, ``actor``, ``own_file`` for the candidate, ``named`` if
    they already do.
    Whether they are accredited and in the number asked is for the rules of the stage: they only tell.
    """
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = open_sitting(row, sitting)
        if person.pk == row.candidate_id:
            raise AssessmentError("own_file")
        if actor not in Judged(row, at.date()).scheme.actors:
            raise AssessmentError("actor", actor=actor)
        evaluator, is_new = Evaluator.objects.get_or_create(sitting=kept, person=person, defaults={"actor": actor})
        if not is_new:
            raise AssessmentError("named", name=person.name)
        note(row, "evaluator_named", at, by, {"sitting": kept.pk.hex, "person": person.pk.hex, "actor": actor})
    return evaluator


def remove_evaluator(*, evaluator: Evaluator, by: Person, at: datetime) -> None:
    """They no longer assess; AssessmentError ``told`` once the sitting was held or not, ``rated`` once they rated."""
    with taken(evaluator.sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = open_sitting(row, evaluator.sitting)
        found = kept.evaluators.select_for_update().get(pk=evaluator.pk)
        if found.ratings.exists():
            raise AssessmentError("rated")
        note(row, "evaluator_removed", at, by, {"sitting": kept.pk.hex, "person": found.person_id.hex})
        found.delete()


def declare_links(
    *, evaluator: Evaluator, links: Sequence[Link], at: datetime, by: Person, justification: str = ""
) -> None:
    """The evaluator told what ties them to the candidate, nothing included; AssessmentError ``signed`` afterwards."""
    with taken(evaluator.sitting.candidacy, None, Status.ADMISSIBLE) as row:
        found = Evaluator.objects.select_for_update().get(pk=evaluator.pk)
        if found.signed_at:
            raise AssessmentError("signed")
        found.links, found.justification = sorted(set(links)), justification.strip()
        found.save(update_fields=["links", "justification"])
        told = {"sitting": found.sitting_id.hex, "person": found.person_id.hex, "links": found.links}
        note(row, "links_declared", at, by, told, is_change=False)


def open_sitting(row: Candidacy, sitting: Sitting) -> Sitting:
    """The sitting, locked; AssessmentError ``told`` when it was already told how it went off."""
    kept = Sitting.objects.select_for_update().get(pk=sitting.pk, candidacy=row)
    if kept.attendance:
        raise AssessmentError("told", state=kept.get_attendance_display())
    return kept


def _check_method(row: Candidacy, method: str, place: str, at: datetime) -> None:
    known = Judged(row, at.date()).scheme.methods.get(method)
    if known is None:
        raise AssessmentError("no_method", method=method)
    places = known.places
    if place and places is not None and not isinstance(places, Unknown) and place not in places:
        raise AssessmentError("place", place=place)
