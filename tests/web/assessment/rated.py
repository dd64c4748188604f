"""Sittings before evaluators, as the pages of rating find them; the day is that of the sitting."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from parchemin.core.facts import Attendance
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator, plan_sitting
from parchemin.records.assessments.models import Evaluator, Sitting
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person
from tests.records.assessments import sheets
from tests.records.assessments.sheets import LATER, Pair
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.cast import AT, Cast

NOW = LATER
SECRET = "Un mot que l’autre ne doit pas lire"


def admissible(cast: Cast) -> Candidacy:
    """A file of the CQP by experience, found admissible."""
    return files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification())))


def planned(cast: Cast) -> Pair:
    """The assessment of the CQP to come, and who assesses."""
    return sheets.planned(cast, admissible(cast))


def held(cast: Cast) -> Pair:
    """The same, held; both may rate."""
    return sheets.held(cast, admissible(cast))


def elsewhere(cast: Cast, scheme: str) -> Candidacy:
    """A file of another certification, as if it were admissible."""
    row = casting.opened(cast.candidate, cast.certification(scheme))
    Candidacy.objects.filter(pk=row.pk).update(status="admissible", identity={})
    return Candidacy.objects.get(pk=row.pk)


def alone(cast: Cast, row: Candidacy, method: str, actor: str, who: Person | None = None) -> Evaluator:
    """That method held before one evaluator, whom nothing ties to the candidate."""
    sitting = plan_sitting(candidacy=row, method=method, by=cast.secretary, at=AT, starts_at=AT)
    one = name_evaluator(sitting=sitting, person=who or cast.evaluator, actor=actor, by=cast.secretary, at=AT)
    declare_links(evaluator=one, links=[], at=AT, by=one.person)
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=cast.secretary, at=LATER)
    return one


def page(name: str, sitting: Sitting | None = None) -> str:
    """A page of the rating room."""
    return reverse(f"assessment:{name}", args=[sitting.pk] if sitting else [])


def values(revision: int = 0, **lines: str) -> Mapping[str, Any]:
    """What the grid sends: lines of competences, by their code."""
    sent: dict[str, Any] = {"revision": revision}
    for code, value in lines.items():
        sent |= {f"value-competence-{code}": value, f"comment-competence-{code}": "", f"seen-competence-{code}": ""}
    return sent


def whole(cast: Cast, value: str = "yes", revision: int = 0) -> Mapping[str, Any]:
    """The six competences and the assessment as a whole, alike."""
    return {**values(revision, **dict.fromkeys(sheets.SIX, value)), "value-whole-assessment": value}
