"""What was lived since admissibility, as the archive of a file tells it: pathway, evidence, alternance, assessments.

What each evaluator thought alone is theirs: only what was settled is told, with what they wrote for the candidate.
"""

from collections.abc import Iterable
from typing import Any

from parchemin.records.assessments.models import Result, Sitting
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import (
    Contract,
    Evidence,
    Liaison,
    Moment,
    Observation,
    Positioning,
    Training,
    Visit,
    Work,
)

Told = dict[str, Any]


def lived(row: Candidacy) -> Told:
    """Everything kept of it, in JSON types; what is empty is not there."""
    trainings = Training.objects.filter(pathway__candidacy=row, removed_at__isnull=True)
    moments = Moment.objects.filter(candidacy=row, removed_at__isnull=True).select_related("logged_by")
    signed = Observation.objects.filter(candidacy=row, signed_at__isnull=False)
    told = {
        "positionings": [
            _positioning(one) for one in row.positionings.select_related("leader").prefetch_related("lines")
        ],
        "trainings": [
            _fields(one, "title", "host", "codes", "from_on", "until_on", "hours_planned", "hours_done", kind=True)
            for one in trainings
        ],
        "moments": [
            _fields(
                one,
                "from_at",
                "until_at",
                "codes",
                "words",
                "trainer",
                kind=True,
                by=one.logged_by.name if one.logged_by else "",
            )
            for one in moments
        ],
        "observations": [_observation(one) for one in signed.select_related("observer").prefetch_related("lines")],
        "evidences": [_evidence(one) for one in evidences(row)],
        "works": [_work(one) for one in Work.objects.filter(candidacy=row).prefetch_related("passages")],
        "contracts": [_contract(one) for one in Contract.objects.filter(candidacy=row).prefetch_related("states")],
        "liaisons": [
            _fields(one, "on", "words", "about", "written_at", "assurance", by=one.signer)
            for one in Liaison.objects.filter(candidacy=row).select_related("author")
        ],
        "visits": [
            _fields(one, "planned_at", "minutes", "place", "purpose", "held_on", "present", "report", "cancelled_at")
            for one in Visit.objects.filter(candidacy=row)
        ],
        "sittings": [_sitting(one) for one in Sitting.objects.filter(candidacy=row)],
        "results": [
            _fields(one, "code", "is_acquired", "mark", "advice", "reason", "evidence", "settled_at")
            for one in Result.objects.filter(candidacy=row)
        ],
    }
    return {name: value for name, value in told.items() if value}


def evidences(row: Candidacy) -> Iterable[Evidence]:
    """The candidate's evidence, whoever may read it."""
    kept = Evidence.objects.filter(candidacy=row, removed_at__isnull=True)
    return kept.prefetch_related("codes", "comments__author", "endorsements")


def evidence_path(one: Evidence) -> str:
    """Where the file of a piece of evidence is in the archive."""
    return f"preuves/{str(one.pk)[:8]}-{one.name}" if one.name else ""


def _fields(row: Any, *names: str, kind: bool = False, **also: Any) -> Told:
    told = {name: getattr(row, name) for name in names} | also
    return {"kind": row.get_kind_display(), **told} if kind else told


def _positioning(one: Positioning) -> Told:
    lines = [_fields(line, "code", "is_acquired", "example", "own_view", "own_example") for line in one.lines.all()]
    return _fields(one, "number", "held_on", "closed_at", by=one.leader.name, lines=lines)


def _observation(one: Observation) -> Told:
    lines = [{"code": line.code, "mark": line.get_mark_display()} for line in one.lines.all()]
    by = one.observer.name if one.observer else one.bearer
    return _fields(one, "quality", "observed_on", "words", "signed_at", "assurance", by=by, lines=lines)


def _evidence(one: Evidence) -> Told:
    return _fields(
        one,
        *("title", "author", "made_on", "words", "url", "sha256", "size"),
        kind=True,
        zone=one.get_zone_display(),
        codes=[each.code for each in one.codes.all()],
        comments=[_fields(each, "words", "written_at", by=each.author.name) for each in one.comments.all()],
        endorsements=[
            _fields(each, "bearer", "quality", "words", "assurance", "said_at") for each in one.endorsements.all()
        ],
        file=evidence_path(one),
    )


def _work(one: Work) -> Told:
    return _fields(
        one, "document", "saved_at", passages=[_fields(each, "code", "words") for each in one.passages.all()]
    )


def _contract(one: Contract) -> Told:
    states = [_fields(each, "on", "words", state=each.get_state_display()) for each in one.states.all()]
    return _fields(one, "employer", "from_on", "until_on", "tutor", "tutor_post", kind=True, states=states)


def _sitting(one: Sitting) -> Told:
    kept = _fields(one, "method", "number", "starts_at", "minutes", "room", "incidents", "is_passed", "settled_at")
    return {**kept, "attendance": one.get_attendance_display()}
