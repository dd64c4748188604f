"""Laws that hold whatever the file: decisions are total, replayable, monotone; dates agree with the calendar."""

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from parchemin.core.checks.assessment import MethodsPassed
from parchemin.core.checks.award import AllHeld, MethodPassed, PartialAllowed
from parchemin.core.checks.eligibility import ExperienceAtLeast
from parchemin.core.checks.jury import Quorum, SeatsFilled
from parchemin.core.checks.validity import Lasts
from parchemin.core.deciding import decide, examine
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Decision, Outcome, Stage
from parchemin.core.durations import Duration, Share, Stretch, end_of_month, joined, summed
from parchemin.core.facts import Assessment, Attendance, Experience, Facts, Holding, Member, Milestone
from parchemin.core.plain import decision_from_plain, decision_to_plain
from parchemin.core.scheme import Check, Scheme
from tests.core.builders import rule, ruled, seen
from tests.core.strategies import EVERYTHING, any_day, experiences, files, holdings, members, near, sittings

stages = st.sampled_from(Stage)
calm = settings(max_examples=50)
DAY = timedelta(days=1)


@settings(max_examples=80)
@given(files, any_day)
@example(Facts(), date.min)
@example(Facts(), date.max)
@example(Facts(experiences=(Experience(from_=date.min),), dates=dict.fromkeys(Milestone, date.min)), date.min)
@example(Facts(experiences=(Experience(from_=date.min),), dates=dict.fromkeys(Milestone, date.max)), date.max)
def test_every_file_gets_a_decision_that_can_be_kept_and_replayed(known: Facts, on: date) -> None:
    for stage in Stage:
        made = decide(stage, known, EVERYTHING, on)
        written = json.dumps(decision_to_plain(made), ensure_ascii=False)
        assert json.dumps(decision_to_plain(decide(stage, known, EVERYTHING, on)), ensure_ascii=False) == written
        assert decision_from_plain(json.loads(written)) == made
        assert all(finding.seen and "None" not in finding.seen for finding in made.findings)


@given(any_day)
def test_the_scheme_itself_is_examined_whatever_the_day(on: date) -> None:
    assert len(examine(EVERYTHING, on)) == len(EVERYTHING.conformity)


def outcomes(made: Decision) -> dict[str, Outcome]:
    return {finding.rule: finding.outcome for finding in made.findings}


KNOWN_LATER: dict[str, tuple[str, ...]] = {
    "experiences": ("kind", "about", "is_proved", "fraction"),
    "documents": ("pages", "signed_by"),
    "results": ("evidence",),
    "assessments": ("evaluators", "place", "minutes", "safeguards", "points"),
    "members": ("seat", "college", "profiles", "is_external", "is_qualified", "gender", "links"),
}
WHOLE = (
    "steps", "experiences", "requests", "confirmed_on", "documents", "positioning", "pathway", "training_hours",
    "work_training", "assessments", "results", "members", "votes", "previous_chair_college", "holdings", "opinions", "route",
)  # fmt: skip


@st.composite
def forgetful(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """A file, and the same with something not known."""
    full = draw(files)
    less: dict[str, Any] = dict.fromkeys(draw(st.lists(st.sampled_from(WHOLE), max_size=2)))
    field = draw(st.sampled_from(sorted(KNOWN_LATER)))
    items = getattr(full, field)
    if items and field not in less:
        hidden = dict.fromkeys(draw(st.sets(st.sampled_from(KNOWN_LATER[field]), min_size=1)))
        index = draw(st.integers(0, len(items) - 1))
        less[field] = (*items[:index], replace(items[index], **hidden), *items[index + 1 :])
    return full, replace(full, **less)


NOBODY_LINKED = "jury.8"  # who declares no link is believed until an assessment names them: its docstring says so


@settings(max_examples=120)
@given(forgetful(), near, stages)
def test_learning_what_was_not_known_never_turns_an_answer_over(
    known: tuple[Facts, Facts], on: date, stage: Stage
) -> None:
    full, less = known
    after = outcomes(decide(stage, full, EVERYTHING, on))
    for id, outcome in outcomes(decide(stage, less, EVERYTHING, on)).items():
        if id != NOBODY_LINKED and outcome is not UNKNOWN and id in after:
            assert after[id] in (outcome, UNKNOWN), id


def still_met(check: Check, before: Facts, after: Facts, on: date, under: Scheme = EVERYTHING) -> None:
    if seen(check, before, under, on).outcome is MET:
        assert seen(check, after, under, on).outcome is MET


@calm
@given(files, experiences, near)
def test_one_more_experience_never_refuses(known: Facts, more: Experience, on: date) -> None:
    before = replace(known, experiences=known.experiences or ())
    after = replace(before, experiences=(*(before.experiences or ()), more))
    for fraction in (Fraction(0), Fraction(1, 2)):
        for counted in ("threshold", "volume"):
            check = ExperienceAtLeast(lasts=Duration(1), at=Milestone.DECISION, fraction=fraction, counted=counted)
            still_met(check, before, after, on)


@calm
@given(files, holdings, near)
def test_one_more_holding_never_refuses(known: Facts, more: Holding, on: date) -> None:
    before = replace(known, holdings=known.holdings or ())
    after = replace(before, holdings=(*(before.holdings or ()), more))
    for check in (
        AllHeld(of="block"),
        AllHeld(of="competence"),
        PartialAllowed(unit="block"),
        MethodPassed(method="oral", after="block"),
    ):
        still_met(check, before, after, on)


@calm
@given(files, near, st.sampled_from([Duration(1), Duration(5)]), st.sampled_from([Duration(6), Duration(50), None]))
def test_a_longer_validity_never_refuses(known: Facts, on: date, short: Duration, long: Duration | None) -> None:
    def under(lasts: Any) -> Scheme:
        check = Lasts(subject="block", lasts=lasts, counted_from=Milestone.DELIBERATED)
        return ruled(Stage.VALIDITY, rule("validity.block", check), base=EVERYTHING)

    for check in (AllHeld(of="block"), PartialAllowed(unit="block")):
        if seen(check, known, under(short), on).outcome is MET:
            assert seen(check, known, under(long or "unlimited"), on).outcome is MET


@calm
@given(files, sittings, near)
def test_one_more_method_passed_never_refuses(known: Facts, more: Assessment, on: date) -> None:
    passed = replace(more, attendance=Attendance.HELD, is_passed=True)
    before = replace(known, assessments=known.assessments or ())
    after = replace(before, assessments=(*(before.assessments or ()), passed))
    for check in (MethodsPassed(), MethodPassed(method="oral"), MethodPassed(method="oral", after="block")):
        still_met(check, before, after, on)


@calm
@given(files, members, near)
def test_one_more_member_never_empties_a_seat(known: Facts, more: Member, on: date) -> None:
    sits = replace(more, name="Nouvelle", is_present=True, is_recused=False)
    before = replace(known, members=known.members or ())
    after = replace(before, members=(*(before.members or ()), sits))
    for check in (
        SeatsFilled(),
        Quorum(total=2, share=Fraction(1, 2), per_college={"x": 1}, per_profile={"trainer": 1}),
    ):
        still_met(check, before, after, on)


lengths = st.builds(Duration, st.integers(0, 12), st.integers(0, 30), st.integers(0, 400))
days = st.dates(date(1900, 1, 1), date(2100, 12, 31)) | st.sampled_from(
    [date(2016, 2, 29), date(2020, 2, 29), date(2000, 2, 29), date(2025, 12, 31), date(2026, 1, 31), date(2024, 1, 1)]
)


def stepped(day: date, months: int) -> date:
    """The same day that many months later, walking the calendar a month at a time: another way to say it."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


@settings(max_examples=200)
@given(days, lengths)
def test_durations_agree_with_the_calendar(start: date, length: Duration) -> None:
    end = length.after(start)
    assert end == stepped(start, 12 * length.years + length.months) + length.days * DAY
    assert (end - start).days <= length.most_days
    assert length.before(start) <= start <= end
    assert Duration.parse(str(length)) == length


@given(days, st.integers(0, 12), st.integers(0, 30))
def test_going_back_undoes_going_forth_but_at_the_end_of_months(start: date, years: int, months: int) -> None:
    assume(start.day <= 28)
    length = Duration(years, months)
    assert length.before(length.after(start)) == start


@given(days)
def test_the_end_of_a_month_is_the_day_before_the_first(day: date) -> None:
    end = end_of_month(day)
    assert (end + DAY).day == 1
    assert (end.year, end.month) == (day.year, day.month)


@given(days, lengths, st.integers(-3, 3))
def test_the_last_day_is_included(start: date, length: Duration, shift: int) -> None:
    on = length.after(start) + shift * DAY
    check = Lasts(subject="block", lasts=length, counted_from=Milestone.SIGNED)
    known = Facts(holdings=(Holding(code="B1", dates={Milestone.SIGNED: start}),))
    assert seen(check, known, on=on).outcome is (MET if shift <= 0 else NOT_MET)


@given(days, st.integers(0, 3000))
def test_a_stretch_in_words_is_its_length(first: date, more: int) -> None:
    stretch = Stretch(first, first + more * DAY)
    months, left = 0, stretch.words
    if " mois" in left:
        number, _, left = left.partition(" mois")
        months, left = int(number), left.removeprefix(" et ")
    over = int(left.split()[0]) if left else 0
    assert stepped(first, months) + over * DAY == stretch.last + DAY
    assert stepped(first, months + 1) > stretch.last + DAY
    assert stretch.reaches(Duration(0, months))


spans = st.tuples(st.integers(0, 20), st.integers(0, 8), st.sampled_from([Fraction(n, 4) for n in range(5)]))


@given(st.lists(spans, max_size=5))
def test_shares_add_up_as_if_counted_day_by_day(drawn: list[tuple[int, int, Fraction]]) -> None:
    origin = date(2024, 2, 20)
    shares = [
        Share(Stretch(origin + start * DAY, origin + (start + length) * DAY), part) for start, length, part in drawn
    ]
    by_day = {
        day: min(
            Fraction(1), sum((s.fraction for s in shares if s.stretch.first <= day <= s.stretch.last), Fraction(0))
        )
        for day in (origin + n * DAY for n in range(40))
    }
    found = list(summed(shares))
    assert {share.stretch.first + n * DAY: share.fraction for share in found for n in range(share.stretch.days)} == {
        day: part for day, part in by_day.items() if part
    }
    whole = joined(share.stretch for share in found)
    assert sum(stretch.days for stretch in whole) == sum(1 for part in by_day.values() if part)
    assert all(after.first > before.last + DAY for before, after in pairwise(whole))
