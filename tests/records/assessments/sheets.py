"""Sittings of the cast, made through the actions that the screens use."""

from datetime import timedelta
from typing import NamedTuple

from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator, plan_sitting
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person
from tests.web.cast import AT, Cast

SIX = ("C1", "C2", "C3", "C4", "C5", "C6")
LATER = AT + timedelta(hours=3)


class Pair(NamedTuple):
    """A sitting and its two evaluators."""

    sitting: Sitting
    professional: Evaluator
    outside: Evaluator


def planned(cast: Cast, row: Candidacy) -> Pair:
    """The assessment of the CQP, in company, and who assesses."""
    sitting = plan_sitting(
        candidacy=row, method="assessment", by=cast.secretary, at=AT, starts_at=AT, minutes=180, place="company"
    )
    named = [
        name_evaluator(sitting=sitting, person=person, actor=actor, by=cast.secretary, at=AT)
        for person, actor in ((cast.professional, "sector_professional"), (cast.evaluator, "external_evaluator"))
    ]
    return Pair(sitting, *named)


def held(cast: Cast, row: Candidacy) -> Pair:
    """The same, held; both declared that nothing ties them to the candidate."""
    pair = planned(cast, row)
    for one in (pair.professional, pair.outside):
        declare_links(evaluator=one, links=[], at=AT, by=one.person)
    tell_attendance(sitting=pair.sitting, attendance=Attendance.HELD, by=cast.evaluator, at=LATER)
    return pair


def sheet(*missing: str, is_passed: bool = True) -> list[Rated]:
    """Six competences rated, those named to acquire, and the assessment as a whole."""
    lines = [Rated(code=code, is_acquired=code not in missing, comment=f"Vu : {code}") for code in SIX]
    return [*lines, Rated(code="assessment", kind=Kind.WHOLE, is_acquired=is_passed)]


def signed(evaluator: Evaluator, *missing: str, is_passed: bool = True) -> None:
    """That evaluator rated everything and signed."""
    who: Person = evaluator.person
    rate(evaluator=evaluator, lines=sheet(*missing, is_passed=is_passed), by=who, at=LATER)
    sign_ratings(evaluator=evaluator, by=who, at=LATER)
