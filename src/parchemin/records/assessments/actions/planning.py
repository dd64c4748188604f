"""A sitting is planned, who assesses is named, and what ties them to the candidate is told."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from parchemin.core.facts import Link
from parchemin.core.terms import Unknown
from parchemin.records.assessments.actions.summoning import tell_evaluator, tell_everybody
from parchemin.records.assessments.actions.welcoming import close_to, open_to
from parchemin.records.assessments.errors import AssessmentError, ConflictError, StaleSittingError
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.assessments.queries.conflicts import Fit, fits
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

    AssessmentError ``no_method``, ``running`` while another of that method waits, ``place`` when the method is held
    elsewhere; UnfitError ``status`` unless the file is admissible.
    """
    with taken(candidacy, None, Status.ADMISSIBLE) as row:
        _check_method(row, method, place, at)
        former = row.sittings.filter(method=method)
        if former.filter(attendance="", cancelled_at__isnull=True).exists():
            raise AssessmentError("running", title=Judged(row, at.date()).scheme.methods[method].title)
        sitting = Sitting.objects.create(
            candidacy=row,
            method=method,
            number=(former.aggregate(last=Max("number"))["last"] or 0) + 1,
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
    revision: int | None = None,
) -> None:
    """It will be held then and there; whoever was summoned is told, whoever assesses keeps the file longer.

    AssessmentError ``told`` once it was held or not, ``cancelled``, ``place``; StaleSittingError when somebody changed
    it since ``revision``.
    """
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = open_sitting(row, sitting, revision)
        _check_method(row, kept.method, place, at)
        was = kept.starts_at
        kept.starts_at, kept.minutes, kept.place, kept.room = starts_at, minutes, place, room.strip()
        kept.revision += 1
        kept.save()
        for one in kept.evaluators.select_related("person"):
            open_to(row, kept, one.person, one.actor, by, at)
        note(row, "sitting_moved", at, by, {"sitting": kept.pk.hex})
        if kept.summoned_at:
            tell_everybody(row, kept, "sitting_moved", by, at, was)


def cancel_sitting(*, sitting: Sitting, reason: str, by: Person, at: datetime, revision: int | None = None) -> None:
    """It will not be held; it stays with why, whoever was summoned is told, the file is closed to who would assess.

    Errors as ``move_sitting``, and ``reason``.
    """
    if not reason.strip():
        raise AssessmentError("reason")
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = open_sitting(row, sitting, revision)
        kept.cancelled_at, kept.cancellation = at, reason.strip()
        kept.revision += 1
        kept.save()
        for one in kept.evaluators.select_related("person"):
            close_to(row, one.person, by, at)
        note(row, "sitting_cancelled", at, by, {"sitting": kept.pk.hex})
        if kept.summoned_at:
            tell_everybody(row, kept, "sitting_cancelled", by, at)


def name_evaluator(
    *, sitting: Sitting, person: Person, actor: str, by: Person, at: datetime, justification: str = ""
) -> Evaluator:
    """That person assesses, as that actor of the scheme; the file is opened to them.

    AssessmentError ``told`` once the sitting was held or not, ``actor``, ``own_file`` for the candidate, ``named`` if
    they already do; ConflictError ``conflict`` when a rule forbids what ties them to the candidate, ``justification``
    when one asks why and nothing is said.
    Whether they are accredited and in the number asked is for the rules of the stage: they only tell.
    """
    with taken(sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = open_sitting(row, sitting)
        judged = Judged(row, at.date())
        if person.pk == row.candidate_id:
            raise AssessmentError("own_file")
        if actor not in judged.scheme.actors:
            raise AssessmentError("actor", actor=actor)
        if kept.evaluators.filter(person=person).exists():
            raise AssessmentError("named", name=person.name)
        fit = _fit(judged, kept, person, actor)
        if fit.is_refused:
            raise ConflictError("conflict", fit.decision)
        if fit.must_justify and not justification.strip():
            raise ConflictError("justification", fit.decision)
        known = list(dict.fromkeys(one.link.value for one in fit.known))
        evaluator = Evaluator.objects.create(
            sitting=kept, person=person, actor=actor, known=known, justification=justification.strip()
        )
        open_to(row, kept, person, actor, by, at)
        note(row, "evaluator_named", at, by, {"sitting": kept.pk.hex, "person": person.pk.hex, "actor": actor})
        if kept.summoned_at:
            tell_evaluator(row, kept, person, "summoned", at)
    return evaluator


def remove_evaluator(*, evaluator: Evaluator, by: Person, at: datetime) -> None:
    """They no longer assess, and the file is closed to them if they assess nothing else of it.

    AssessmentError ``told`` once the sitting was held or not, ``rated`` once they rated.
    """
    with taken(evaluator.sitting.candidacy, None, Status.ADMISSIBLE) as row:
        kept = open_sitting(row, evaluator.sitting)
        found = kept.evaluators.select_for_update(of=("self",)).select_related("person").get(pk=evaluator.pk)
        if found.ratings.exists():
            raise AssessmentError("rated")
        person = found.person
        found.delete()
        kept.revision += 1  # what strikes it out in their calendar comes after what put it there
        kept.save(update_fields=["revision"])
        close_to(row, person, by, at)
        note(row, "evaluator_removed", at, by, {"sitting": kept.pk.hex, "person": person.pk.hex})
        if kept.summoned_at:
            tell_evaluator(row, kept, person, "evaluator_removed", at)


def declare_links(
    *, evaluator: Evaluator, links: Sequence[Link], at: datetime, by: Person, justification: str = ""
) -> None:
    """The evaluator told what ties them to the candidate, nothing included; AssessmentError ``signed`` afterwards."""
    with taken(evaluator.sitting.candidacy, None, Status.ADMISSIBLE) as row:
        found = Evaluator.objects.select_for_update().get(pk=evaluator.pk)
        if found.signed_at:
            raise AssessmentError("signed")
        found.links, found.justification = sorted(set(links)), justification.strip() or found.justification
        found.save(update_fields=["links", "justification"])
        told = {"sitting": found.sitting_id.hex, "person": found.person_id.hex, "links": found.links}
        note(row, "links_declared", at, by, told, is_change=False)


def open_sitting(row: Candidacy, sitting: Sitting, revision: int | None = None) -> Sitting:
    """The sitting, locked; AssessmentError ``told`` when it was already told how it went off, ``cancelled``.

    StaleSittingError when it is no longer at ``revision``.
    """
    kept = Sitting.objects.select_for_update().get(pk=sitting.pk, candidacy=row)
    if revision is not None and kept.revision != revision:
        raise StaleSittingError(kept)
    if kept.attendance:
        raise AssessmentError("told", state=kept.get_attendance_display())
    if kept.cancelled_at:
        raise AssessmentError("cancelled")
    return kept


def _fit(judged: Judged, sitting: Sitting, person: Person, actor: str) -> Fit:
    day = timezone.localdate(sitting.starts_at) if sitting.starts_at else None
    return fits(judged, sitting.method, day, [(person, actor)])[person.pk]


def _check_method(row: Candidacy, method: str, place: str, at: datetime) -> None:
    known = Judged(row, at.date()).scheme.methods.get(method)
    if known is None:
        raise AssessmentError("no_method", method=method)
    places = known.places
    if place and places is not None and not isinstance(places, Unknown) and place not in places:
        raise AssessmentError("place", place=place)
