"""The year of a file and the change of its regulation are told where a rule looks at them (S3-5)."""

from datetime import date

import pytest

from parchemin.core.asking import milestones_of
from parchemin.core.decision import MET, NOT_MET, Decision, Finding, Stage
from parchemin.core.facts import Milestone
from parchemin.records.candidacies.actions.dating import CALENDAR, tell_year, told_of
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.journal.queries import entries_of, verify
from tests.records.assessments import sending
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.cast import AT, Cast

YEAR, CHANGED = Milestone.YEAR_STARTED, Milestone.REGULATION_CHANGED
ON = date(2026, 10, 2)
RULE = "assessment.regulation"


@pytest.fixture
def student(cast: Cast) -> Candidacy:
    return sending.student(cast)


def told(cast: Cast, row: Candidacy, *, is_insisting: bool = False, **dates: date | None) -> Decision | None:
    named = {Milestone(name): day for name, day in dates.items()}
    return tell_year(candidacy=row, dates=named, by=cast.secretary, at=AT, on=ON, is_insisting=is_insisting)


def finding(row: Candidacy, on: date = ON) -> Finding:
    decision = Judged(Candidacy.objects.get(pk=row.pk), on).decided(Stage.ASSESSMENT)
    return next(one for one in decision.findings if one.rule == RULE)


def test_a_change_within_the_first_month_is_told(cast: Cast, student: Candidacy) -> None:
    assert told(cast, student, year_started=date(2026, 9, 1), regulation_changed=date(2026, 9, 20)) is None
    assert finding(student).outcome is MET
    assert {one.milestone: one.on for one in student.dates.filter(milestone__in=CALENDAR)} == {
        "year_started": date(2026, 9, 1),
        "regulation_changed": date(2026, 9, 20),
    }
    assert "candidacy.year_told" in {one.kind for one in entries_of(student.pk)}


def test_a_change_the_day_after_is_refused_and_nothing_is_told(cast: Cast, student: Candidacy) -> None:
    assert told(cast, student, year_started=date(2026, 9, 1)) is None
    refusal = told(cast, student, regulation_changed=ON)
    assert isinstance(refusal, Decision)
    assert [(one.rule, one.seen) for one in refusal.findings] == [
        (RULE, "modification du règlement le 2 octobre 2026, au plus tard le 1er octobre 2026")
    ]
    assert finding(student).outcome is MET and not student.dates.filter(milestone=CHANGED).exists()


def test_the_same_change_is_told_for_the_year_after(cast: Cast, student: Candidacy) -> None:
    told(cast, student, year_started=date(2026, 9, 1))
    assert told(cast, student, year_started=date(2027, 9, 1), regulation_changed=ON) is None
    assert "au plus tard le 1er octobre 2027" in finding(student, date(2027, 9, 10)).seen


def test_what_happened_all_the_same_is_told_knowingly(cast: Cast, student: Candidacy) -> None:
    told(cast, student, year_started=date(2026, 9, 1))
    assert told(cast, student, regulation_changed=ON, is_insisting=True) is None
    assert finding(student).outcome is NOT_MET
    assert [one for one in entries_of(student.pk) if one.kind == "candidacy.year_told"][-1].decision_text
    told(cast, student, regulation_changed=None)
    assert finding(student).outcome is MET
    assert verify().is_whole


def test_it_is_only_told_where_a_rule_looks_at_it(cast: Cast, student: Candidacy) -> None:
    judged = Judged(student, ON)
    assert told_of(judged.scheme, judged.facts, ON) == CALENDAR
    other = files.decided(cast, files.completed(cast, casting.opened(cast.other_candidate, cast.certification())))
    judged = Judged(other, ON)
    assert told_of(judged.scheme, judged.facts, ON) == ()
    for row, milestone in ((other, YEAR), (student, Milestone.SESSION)):
        with pytest.raises(UnfitError) as raised:
            tell_year(candidacy=row, dates={milestone: ON}, by=cast.secretary, at=AT, on=ON)
        assert raised.value.code == "no_milestone" and sentence(raised.value)


def test_only_an_admissible_file_and_nobody_overtaken(cast: Cast, student: Candidacy) -> None:
    dates = {YEAR: date(2026, 9, 1)}
    with pytest.raises(StaleError):
        tell_year(candidacy=student, dates=dates, by=cast.secretary, at=AT, on=ON, revision=9)
    Candidacy.objects.filter(pk=student.pk).update(status="received")
    with pytest.raises(UnfitError):
        tell_year(candidacy=student, dates=dates, by=cast.secretary, at=AT, on=ON)


def test_a_check_names_the_events_it_counts_from(cast: Cast, student: Candidacy) -> None:
    rules = {one.id: one for one in Judged(student, ON).scheme.rules[Stage.ASSESSMENT]}
    assert milestones_of(rules[RULE].check) == {YEAR, CHANGED}
    assert milestones_of(rules["assessment.productions"].check) == frozenset()
