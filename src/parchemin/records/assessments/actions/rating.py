"""Each evaluator rates alone and signs; what they rated alike is then settled, the rest waits for them to agree."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind, Line, line_of
from parchemin.core.scheme import Scheme
from parchemin.records.assessments.actions.settling import MOST, settle_what_agrees
from parchemin.records.assessments.errors import AssessmentError, StaleRatingError
from parchemin.records.assessments.models import Evaluator, Rating
from parchemin.records.assessments.queries.evidence import submitted_ids
from parchemin.records.assessments.sheets import mandatory, sheet_of_sitting
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.people.models import Assurance, Person

SAID = ("is_acquired", "mark", "comment", "advice", "seen", "evidence")
WORDS = ("comment", "advice", "seen")
Known = Mapping[tuple[str, str], Rating]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One line as it is typed, whole; with nothing in it, it is taken back. Words may come before a value.

    ``evidence`` are the ids of submitted pieces of the file.
    """

    code: str
    kind: Kind = Kind.COMPETENCE
    is_acquired: bool | None = None
    mark: Decimal | None = None
    comment: str = ""
    advice: str = ""
    seen: str = ""
    evidence: Collection[UUID] = ()


def rate(*, evaluator: Evaluator, lines: Iterable[Rated], by: Person, at: datetime, revision: int | None = None) -> int:
    """What one evaluator thinks of these lines is kept, theirs alone; their revision afterwards.

    AssessmentError ``another`` for anybody else, ``signed``, ``not_held``, ``no_line``, ``not_assessed``, ``mark``,
    ``no_evidence`` for a piece that was not submitted in this file; StaleRatingError when they saved one of these lines
    otherwise from elsewhere since ``revision``. Nothing is kept in any of these cases. Sent again, what is already kept
    changes nothing.
    """
    with taken(evaluator.sitting.candidacy, None, Status.ADMISSIBLE) as row:
        found = _own(evaluator, by)
        scheme, sheet = _sheet(row, found, at)
        known = {(one.kind, one.code): one for one in found.ratings.all()}
        wanted = list(lines)
        _check_evidence(row, wanted)
        made = (_changed(found, scheme, sheet, known, typed, at) for typed in wanted)
        if changes := {(one.kind, one.code): one for one in made if one}:
            _check_fresh(found, known, changes, revision)
            _keep(found, list(changes.values()))
    evaluator.revision = found.revision
    return found.revision


def sign_ratings(
    *,
    evaluator: Evaluator,
    by: Person,
    at: datetime,
    revision: int | None = None,
    assurance: Assurance = Assurance.NONE,
) -> None:
    """Their sheet is closed, with how sure one is of who signs; once everybody's is, what they rated alike is settled.

    AssessmentError ``another``, ``signed``, ``not_held``, ``links`` until links are declared, ``missing`` with the
    lines without a value; StaleRatingError when the sheet is no longer as it was read at ``revision``.
    """
    with taken(evaluator.sitting.candidacy, None, Status.ADMISSIBLE) as row:
        found = _own(evaluator, by)
        if found.links is None:
            raise AssessmentError("links")
        if revision is not None and found.revision != revision:
            raise StaleRatingError(found.revision)
        _scheme, sheet = _sheet(row, found, at)
        missing = [line.code for line in lines_missing(found, sheet)]
        if missing:
            raise AssessmentError("missing", lines=", ".join(missing))
        found.signed_at, found.assurance = at, assurance
        found.save(update_fields=["signed_at", "assurance"])
        told = {"sitting": found.sitting_id.hex, "assurance": assurance.value}
        note(row, "ratings_signed", at, by, told, is_change=False)
        settle_what_agrees(row, found.sitting, at)


def lines_missing(evaluator: Evaluator, sheet: tuple[Line, ...]) -> list[Line]:
    """The lines that this evaluator has still to rate before signing."""
    rated = {(rating.kind, rating.code) for rating in evaluator.ratings.all() if rating.has_value}
    return [line for line in mandatory(sheet) if (line.kind, line.code) not in rated]


def _own(evaluator: Evaluator, by: Person) -> Evaluator:
    found = Evaluator.objects.select_for_update(of=("self",)).select_related("sitting").get(pk=evaluator.pk)
    if found.person_id != by.pk:
        raise AssessmentError("another")
    if found.signed_at:
        raise AssessmentError("signed")
    if found.sitting.attendance != Attendance.HELD:
        raise AssessmentError("not_held")
    return found


def _sheet(row: Candidacy, evaluator: Evaluator, at: datetime) -> tuple[Scheme, tuple[Line, ...]]:
    scheme = Judged(row, at.date()).scheme
    return scheme, sheet_of_sitting(scheme, evaluator.sitting)


def _changed(
    evaluator: Evaluator, scheme: Scheme, sheet: tuple[Line, ...], known: Known, typed: Rated, at: datetime
) -> Rating | None:
    """The row as it would be kept; None when it is kept so already."""
    line = line_of(tuple(one for one in sheet if one.kind is typed.kind), scheme, typed.code)
    if line is None:
        raise AssessmentError("no_line", line=typed.code)
    if line.refused:
        raise AssessmentError(line.refused.value, line=typed.code)
    if typed.mark is not None and not 0 <= typed.mark <= MOST:
        raise AssessmentError("mark", line=typed.code)
    made = Rating(
        evaluator=evaluator,
        kind=line.kind.value,
        code=line.code,
        is_acquired=typed.is_acquired,
        mark=typed.mark,
        **{name: getattr(typed, name).strip() for name in WORDS},
        evidence=sorted(id.hex for id in set(typed.evidence)),
        saved_at=at,
    )
    before = known.get((made.kind, made.code)) or Rating()
    return made if any(getattr(made, name) != getattr(before, name) for name in SAID) else None


def _check_evidence(row: Candidacy, lines: list[Rated]) -> None:
    named = [(line, {id.hex for id in line.evidence}) for line in lines if line.evidence]
    allowed = submitted_ids(row) if named else frozenset()
    if wrong := next((line for line, ids in named if ids - allowed), None):
        raise AssessmentError("no_evidence", line=wrong.code)


def _check_fresh(evaluator: Evaluator, known: Known, changes: Known, revision: int | None) -> None:
    if revision is None or evaluator.revision == revision:
        return
    if overtaken := [one for key, one in known.items() if key in changes and one.revision > revision]:
        raise StaleRatingError(evaluator.revision, overtaken)


def _keep(evaluator: Evaluator, changes: list[Rating]) -> None:
    evaluator.revision += 1
    evaluator.save(update_fields=["revision"])
    said = [one for one in changes if one.says_something]
    for one in changes:
        one.revision = evaluator.revision
        if one not in said:
            evaluator.ratings.filter(kind=one.kind, code=one.code).delete()
    Rating.objects.bulk_create(
        said,
        update_conflicts=True,
        unique_fields=["evaluator", "kind", "code"],
        update_fields=[*SAID, "saved_at", "revision"],
    )
