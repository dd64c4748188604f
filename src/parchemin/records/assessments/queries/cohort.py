"""Candidates against lines of the framework: what each has acquired, in as many queries for two hundred as for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind, Line, units_of
from parchemin.core.scheme import Scheme
from parchemin.records.assessments.facts import standing
from parchemin.records.assessments.models import Result
from parchemin.records.assessments.queries.ledger import TO_RATE, state_of
from parchemin.records.candidacies.models import Candidacy, Status

MOST = 200
"""Candidates on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One row: whose file it is, and how each line stands in it, in the order of the columns."""

    id: UUID
    number: str
    name: str
    states: tuple[str, ...]

    def count(self, state: str) -> int:
        """How many lines stand so."""
        return self.states.count(state)


@dataclass(frozen=True, slots=True)
class Cohort:
    """The matrix: its columns, its rows, and whether there are more candidates than one page holds."""

    columns: tuple[Line, ...]
    rows: tuple[Candidate, ...]
    has_more: bool


def columns_of(scheme: Scheme) -> Mapping[Kind, tuple[Line, ...]]:
    """The columns there may be: the competences assessed, the critical learnings, the course units."""
    known = scheme.competences
    titles = {code: one.title if isinstance(one.title, str) else None for code, one in known.items()}
    found = {
        Kind.COMPETENCE: tuple(Line(code=one, kind=Kind.COMPETENCE, title=titles[one]) for one in scheme.assessed),
        Kind.UNIT: units_of(scheme),
        Kind.LEARNING: tuple(
            Line(code=one.id, kind=Kind.LEARNING, title=one.title, block=one.block)
            for one in scheme.framework.learnings
        ),
    }
    return {kind: lines for kind, lines in found.items() if lines}


def cohort(files: QuerySet[Candidacy], columns: Sequence[Line], page: int = 1, most: int = MOST) -> Cohort:
    """The admissible files among those, by name; two queries."""
    start = (page - 1) * most
    wanted = files.filter(status=Status.ADMISSIBLE).order_by("candidate__family_key", "candidate__given_name", "number")
    named = wanted.values_list("pk", "number", "candidate__given_name", "candidate__family_name")
    rows = list(named[start : start + most + 1])
    results = _results([one[0] for one in rows[:most]], columns)
    kept = tuple(
        Candidate(
            id=pk,
            number=number,
            name=f"{family} {given}".strip(),
            states=tuple(results.get((pk, column.code), TO_RATE) for column in columns),
        )
        for pk, number, given, family in rows[:most]
    )
    return Cohort(tuple(columns), kept, len(rows) > most)


def _results(ids: list[UUID], columns: Sequence[Line]) -> dict[tuple[UUID, str], str]:
    """How each line stands in each of these files; what came from a void sitting counts no more."""
    kinds = {column.kind.value for column in columns}
    rows = Result.objects.filter(candidacy__in=ids, kind__in=kinds).exclude(sitting__attendance=Attendance.VOID)
    of_file: dict[UUID, list[Result]] = {}
    for row in rows.only("candidacy_id", "kind", "code", "is_acquired", "mark", "corrects_id"):
        of_file.setdefault(row.candidacy_id, []).append(row)
    return {(pk, one.code): state_of(one) for pk, held in of_file.items() for one in standing(held)}
