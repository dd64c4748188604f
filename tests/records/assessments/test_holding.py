"""How a sitting went off: an absence is no failure, whoever did not sit does not assess."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from parchemin.core.decision import NOT_MET, Finding, Stage
from parchemin.core.facts import Attendance
from parchemin.records.assessments.actions.holding import tell_attendance, tell_otherwise, void_sitting
from parchemin.records.assessments.actions.planning import declare_links
from parchemin.records.assessments.actions.rating import Rated, rate
from parchemin.records.assessments.errors import AssessmentError, StaleSittingError
from parchemin.records.assessments.models import Sitting
from parchemin.records.assessments.queries.planned import methods_to_plan
from parchemin.records.assessments.queries.told import left_out, tellings_of
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.queries import entries_of
from tests.records.assessments.sheets import signed
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


def otherwise(cast: Cast, sitting: Sitting, attendance: Attendance = Attendance.HELD, **values: Any) -> None:
    kept = {"present": [one.person_id for one in sitting.evaluators.all()], "reason": "Vu avec les deux."} | values
    tell_otherwise(sitting=sitting, attendance=attendance, by=cast.secretary, at=NOW, **kept)


def refused(code: str, act: Callable[[], None]) -> None:
    with pytest.raises(AssessmentError) as raised:
        act()
    assert raised.value.code == code and sentence(raised.value)


def test_who_told_it_is_known_to_both(cast: Cast, sitting: Sitting) -> None:
    tell_attendance(
        sitting=sitting,
        attendance=Attendance.HELD,
        by=cast.professional,
        at=NOW,
        minutes=170,
        incidents="Coupure.",
        away=[sitting.evaluators.get(person=cast.evaluator).pk],
    )
    (found,) = tellings_of(sitting)
    assert (found.row.told_by, found.row.attendance, found.row.minutes) == (cast.professional, "held", 170)
    assert found.away == [cast.evaluator.name]
    refused("told", lambda: told(cast, sitting))


def test_an_absence_becomes_an_excuse_and_both_stay_written(cast: Cast, sitting: Sitting) -> None:
    told(cast, sitting, Attendance.ABSENT)
    otherwise(cast, sitting, Attendance.EXCUSED, reason="Certificat médical reçu le lendemain.")
    assert Sitting.objects.get().attendance == "excused"
    assert [(one.row.attendance, one.row.reason) for one in tellings_of(sitting)] == [
        ("excused", "Certificat médical reçu le lendemain."),
        ("absent", ""),
    ]
    kinds = [one.kind for one in entries_of(sitting.candidacy_id)]
    assert kinds.count("candidacy.sitting_told") == kinds.count("candidacy.sitting_told_otherwise") == 1


def test_whoever_was_wrongly_told_away_assesses_again(cast: Cast, sitting: Sitting) -> None:
    row = sitting.candidacy
    told(cast, sitting, away=[sitting.evaluators.get(person=cast.evaluator).pk])
    assert [(one.person, one.actor) for one in left_out(sitting)] == [(cast.evaluator, "external_evaluator")]
    otherwise(cast, sitting, present=[cast.professional.pk, cast.evaluator.pk])
    assert {one.person for one in sitting.evaluators.all()} == {cast.professional, cast.evaluator}
    assert row.accesses.filter(person=cast.evaluator, closed_at__isnull=True).exists()
    assert left_out(sitting) == []
    otherwise(cast, sitting, present=[cast.evaluator.pk])
    assert [one.person for one in sitting.evaluators.all()] == [cast.evaluator]
    assert not row.accesses.filter(person=cast.professional, closed_at__isnull=True).exists()
    refused("nobody_present", lambda: otherwise(cast, sitting, present=[]))


def test_whoever_rated_is_not_told_away_afterwards(cast: Cast, sitting: Sitting) -> None:
    told(cast, sitting)
    one = sitting.evaluators.get(person=cast.evaluator)
    rate(evaluator=one, lines=[Rated(code="C1", is_acquired=True)], by=cast.evaluator, at=NOW)
    refused("rated", lambda: otherwise(cast, sitting, present=[cast.professional.pk]))
    refused("rated", lambda: otherwise(cast, sitting, Attendance.ABSENT))
    otherwise(cast, sitting, minutes=95, incidents="Alarme pendant dix minutes.")
    kept = Sitting.objects.get()
    assert (kept.attendance, kept.minutes, kept.incidents) == ("held", 95, "Alarme pendant dix minutes.")


def test_nobody_joins_once_everything_is_settled(cast: Cast, sitting: Sitting) -> None:
    told(cast, sitting, away=[sitting.evaluators.get(person=cast.evaluator).pk])
    one = sitting.evaluators.get()
    declare_links(evaluator=one, links=[], by=one.person, at=NOW)
    signed(one)
    refused("settled", lambda: otherwise(cast, sitting, present=[cast.professional.pk, cast.evaluator.pk]))
    otherwise(cast, sitting, minutes=100)


def test_what_cannot_be_told_otherwise(cast: Cast, sitting: Sitting) -> None:
    refused("not_told", lambda: otherwise(cast, sitting))
    told(cast, sitting)
    refused("reason", lambda: otherwise(cast, sitting, reason=" "))
    refused("reason", lambda: otherwise(cast, sitting, Attendance.FRAUD))
    refused("void", lambda: otherwise(cast, sitting, Attendance.VOID))
    with pytest.raises(StaleSittingError):
        otherwise(cast, sitting, revision=0)
    void_sitting(sitting=sitting, reason="Habilitation finie.", by=cast.secretary, at=NOW)
    refused("void", lambda: otherwise(cast, sitting))
    assert [one.row.attendance for one in tellings_of(sitting)] == ["void", "held"]
    refused("not_held", lambda: void_sitting(sitting=sitting, reason="x", by=cast.secretary, at=NOW))
