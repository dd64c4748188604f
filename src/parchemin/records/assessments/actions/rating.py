"""Each evaluator rates alone and signs; what they rated alike is then settled, the rest waits for them to agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind, Line, line_of
from parchemin.records.assessments.actions.settling import settle_what_agrees
from parchemin.records.assessments.errors import AssessmentError, StaleRatingError
from parchemin.records.assessments.models import Evaluator, Rating
from parchemin.records.assessments.sheets import mandatory, sheet_of
from parchemin.records.candidacies.actions.taking import note, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.people.models import Person

MOST = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One line as it is typed; no value takes it back."""

    code: str
    kind: Kind = Kind.COMPETENCE
    is_acquired: bool | None = None
    mark: Decimal | None = None
    comment: str = ""


def rate(*, evaluator: Evaluator, lines: Iterable[Rated], by: Person, at: datetime, revision: int | None = None) -> int:
    """What one evaluator thinks of these lines is kept, theirs alone; their revision afterwards.

    AssessmentError ``another`` for anybody else, ``signed``, ``not_held``, ``no_line``, ``not_assessed``, ``mark``;
    StaleRatingError when they saved from elsewhere since ``revision``. Nothing is kept in any of these cases.
    """
    with taken(evaluator.sitting.candidacy, None, Status.ADMISSIBLE) as row:
        found = _own(evaluator, by)
        if revision is not None and found.revision != revision:
            raise StaleRatingError
        sheet = _sheet(row, found, at)
        for line in lines:
            _keep(row, found, sheet, line, at)
        found.revision += 1
        found.save(update_fields=["revision"])
    evaluator.revision = found.revision
    return found.revision


def sign_ratings(*, evaluator: Evaluator, by: Person, at: datetime) -> None:
    """Their sheet is closed; once everybody's is, what they rated alike is settled.

    AssessmentError ``another``, ``signed``, ``not_held``, ``links`` until links are declared, ``missing`` with the
    lines without a value.
    """
    with taken(evaluator.sitting.candidacy, None, Status.ADMISSIBLE) as row:
        found = _own(evaluator, by)
        if found.links is None:
            raise AssessmentError("links")
        sheet = _sheet(row, found, at)
        rated = {(rating.kind, rating.code) for rating in found.ratings.all()}
        missing = [line.code for line in mandatory(sheet) if (line.kind, line.code) not in rated]
        if missing:
            raise AssessmentError("missing", lines=", ".join(missing))
        found.signed_at = at
        found.save(update_fields=["signed_at"])
        note(row, "ratings_signed", at, by, {"sitting": found.sitting_id.hex}, is_change=False)
        settle_what_agrees(row, found.sitting, at)


def _own(evaluator: Evaluator, by: Person) -> Evaluator:
    found = Evaluator.objects.select_for_update(of=("self",)).select_related("sitting").get(pk=evaluator.pk)
    if found.person_id != by.pk:
        raise AssessmentError("another")
    if found.signed_at:
        raise AssessmentError("signed")
    if found.sitting.attendance != Attendance.HELD:
        raise AssessmentError("not_held")
    return found


def _sheet(row: Candidacy, evaluator: Evaluator, at: datetime) -> tuple[Line, ...]:
    return sheet_of(Judged(row, at.date()).scheme, evaluator.sitting.method)


def _keep(row: Candidacy, evaluator: Evaluator, sheet: tuple[Line, ...], typed: Rated, at: datetime) -> None:
    scheme = Judged(row, at.date()).scheme
    line = line_of(tuple(one for one in sheet if one.kind is typed.kind), scheme, typed.code)
    if line is None:
        raise AssessmentError("no_line", line=typed.code)
    if line.refused:
        raise AssessmentError(line.refused.value, line=typed.code)
    if typed.mark is not None and not 0 <= typed.mark <= MOST:
        raise AssessmentError("mark", line=typed.code)
    if typed.is_acquired is None and typed.mark is None:
        Rating.objects.filter(evaluator=evaluator, kind=line.kind.value, code=line.code).delete()
        return
    values = {
        "is_acquired": typed.is_acquired,
        "mark": typed.mark,
        "comment": typed.comment.strip(),
        "saved_at": at,
    }
    Rating.objects.update_or_create(evaluator=evaluator, kind=line.kind.value, code=line.code, defaults=values)
