"""How a sitting went off: an absence is no failure, whoever did not sit does not assess."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from parchemin.core.decision import NOT_MET, Finding, Stage
from parchemin.core.facts import Attendance
from parchemin.records.assessments.actions.holding import tell_attendance, void_sitting
from parchemin.records.assessments.errors import AssessmentError, StaleSittingError
from parchemin.records.assessments.models import Sitting
from parchemin.records.assessments.queries.planned import methods_to_plan
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.queries import entries_of
from tests.web.assessment import planned as scene
from tests.web.assessment.planned import NOW
from tests.web.cast import Cast

TODAY = date(2026, 3, 16)


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sitting(cast: Cast, admissible: Candidacy) -> Sitting:
    return scene.with_pair(cast, admissible, starts_at=NOW - timedelta(hours=3))


def told(cast: Cast, sitting: Sitting, attendance: Attendance = Attendance.HELD, **values: Any) -> None:
    tell_attendance(sitting=sitting, attendance=attendance, by=cast.secretary, at=NOW, **values)


def finding(row: Candidacy, rule: str) -> Finding:
    decision = Judged(Candidacy.objects.get(pk=row.pk), TODAY).decided(Stage.ASSESSMENT)
    return next(one for one in decision.findings if one.rule == rule)


def test_one_of_two_evaluators_missing_is_told_by_the_rules(cast: Cast, sitting: Sitting) -> None:
    away = sitting.evaluators.get(person=cast.evaluator)
    told(cast, sitting, away=[away.pk])
    found = finding(sitting.candidacy, "assessment.evaluators")
    assert found.outcome is NOT_MET and "Évaluateur externe 0 sur 1" in found.seen
    assert [one.person for one in sitting.evaluators.all()] == [cast.professional]
    assert "candidacy.evaluator_away" in {one.kind for one in entries_of(sitting.candidacy_id)}
    assert not sitting.candidacy.accesses.filter(person=cast.evaluator, closed_at__isnull=True).exists()


def test_a_sitting_before_nobody_was_not_held(cast: Cast, sitting: Sitting) -> None:
    away = [one.pk for one in sitting.evaluators.all()]
    with pytest.raises(AssessmentError) as raised:
        told(cast, sitting, away=away)
    assert raised.value.code == "nobody_present"
    assert sitting.evaluators.count() == 2
    told(cast, sitting, Attendance.ADJOURNED, away=away)
    assert sitting.evaluators.count() == 2


@pytest.mark.parametrize("attendance", [Attendance.ABSENT, Attendance.EXCUSED, Attendance.ADJOURNED, Attendance.FRAUD])
def test_what_was_not_held_is_no_failure_and_may_be_planned_again(
    cast: Cast, sitting: Sitting, attendance: Attendance
) -> None:
    told(cast, sitting, attendance, incidents="Vu par les deux.")
    kept = Sitting.objects.get()
    assert (kept.is_passed, kept.settled_at) == (None, None)
    row = Candidacy.objects.get(pk=sitting.candidacy_id)
    offered = methods_to_plan(Judged(row, TODAY))["assessment"]
    assert "échec" not in offered.seen
    assert scene.soon(cast, row).number == 2


def test_an_accreditation_ended_the_week_before_is_told_by_the_rules(cast: Cast, admissible: Candidacy) -> None:
    scene.accredited(cast, cast.professional, "sector_professional")
    scene.accredited(cast, cast.evaluator, "external_evaluator", until_on=date(2026, 3, 9))
    told(cast, scene.with_pair(cast, admissible, starts_at=NOW - timedelta(hours=3)))
    found = finding(admissible, "assessment.accreditation")
    assert found.outcome is NOT_MET
    assert "non habilité le 16 mars 2026, habilitation finie le 9 mars 2026" in found.seen


def test_somebody_overtaken_tells_nothing(cast: Cast, sitting: Sitting) -> None:
    Sitting.objects.update(revision=3)
    with pytest.raises(StaleSittingError):
        told(cast, sitting, revision=0)
    told(cast, sitting, revision=3)
    with pytest.raises(StaleSittingError):
        void_sitting(sitting=sitting, reason="x", by=cast.secretary, at=NOW, revision=3)
