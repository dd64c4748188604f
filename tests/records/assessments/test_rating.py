"""Evaluators rate alone, sign, then agree on what they rated differently; results are never overwritten."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from parchemin.core.facts import Attendance, Link
from parchemin.core.grid import Kind
from parchemin.records.assessments.actions import planning
from parchemin.records.assessments.actions.holding import tell_attendance, void_sitting
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.actions.settling import correct_result, differences, take_stand
from parchemin.records.assessments.errors import AssessmentError, StaleRatingError
from parchemin.records.assessments.facts import assessments_of, results_of
from parchemin.records.assessments.models import Evaluator, Rating, Result, Sitting
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal import queries as journal
from tests.records.assessments.sheets import LATER, SIX, Pair, held, planned, sheet, signed
from tests.records.candidacies import files
from tests.records.candidacies.test_together import at_once
from tests.web import cast as casting
from tests.web.cast import AT, FEST, ON, TITLE, Cast


def refused(code: str, act: Callable[[], Any]) -> AssessmentError:
    """The act is refused for that reason, which has its sentence."""
    with pytest.raises(AssessmentError) as raised:
        act()
    assert raised.value.code == code
    assert sentence(raised.value)
    return raised.value


def elsewhere(cast: Cast, scheme: str) -> Candidacy:
    """A file of another certification, as if it were admissible."""
    row = casting.opened(cast.candidate, cast.certification(scheme))
    Candidacy.objects.filter(pk=row.pk).update(status="admissible", identity={})
    return Candidacy.objects.get(pk=row.pk)


def told(row: Candidacy) -> dict[str, bool | None]:
    return {one.code: one.is_acquired for one in results_of(Candidacy.objects.get(pk=row.pk))}


def test_what_both_rated_alike_is_settled_when_the_second_signs(admissible: Candidacy, pair: Pair) -> None:
    signed(pair.professional)
    assert told(admissible) == {}
    signed(pair.outside)
    assert told(admissible) == dict.fromkeys(SIX, True)
    sitting = Sitting.objects.get()
    assert (sitting.is_passed, sitting.settled_at) == (True, LATER)
    assert journal.verify().is_whole


def test_a_difference_waits_and_is_settled_with_its_reason(admissible: Candidacy, pair: Pair) -> None:
    signed(pair.professional)
    signed(pair.outside, "C4")
    assert set(told(admissible)) == set(SIX) - {"C4"}
    assert Sitting.objects.get().settled_at is None
    assert set(differences(pair.sitting)) == {("competence", "C4")}
    take_stand(
        evaluator=pair.outside,
        kind=Kind.COMPETENCE,
        code="C4",
        is_acquired=True,
        reason="Revu ensemble : la preuve suffit.",
        by=pair.outside.person,
        at=LATER,
    )
    assert told(admissible) == dict.fromkeys(SIX, True)
    assert Result.objects.get(code="C4").reason == "Revu ensemble : la preuve suffit."
    assert differences(pair.sitting) == {}
    assert Sitting.objects.get().is_passed is True


def test_stands_that_still_differ_settle_nothing(admissible: Candidacy, pair: Pair) -> None:
    signed(pair.professional, "C5")
    signed(pair.outside, "C4")
    outside = pair.outside
    take_stand(
        evaluator=outside, kind=Kind.COMPETENCE, code="C4", is_acquired=False, reason="x", by=outside.person, at=LATER
    )
    assert set(told(admissible)) == set(SIX) - {"C4", "C5"}
    assert len(differences(pair.sitting)[("competence", "C4")]) == 2


def test_nothing_of_a_sheet_is_told_before_everybody_signed(pair: Pair) -> None:
    signed(pair.professional, "C1", "C2")
    assert differences(pair.sitting) == {}
    rate(evaluator=pair.outside, lines=sheet(), by=pair.outside.person, at=LATER)
    assert differences(pair.sitting) == {}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Rated(code="C9", is_acquired=True), "no_line"),
        (Rated(code="C1", kind=Kind.POINT, is_acquired=True), "no_line"),
        (Rated(code="C1", mark=Decimal(101)), "mark"),
        (Rated(code="C1", mark=Decimal(-1)), "mark"),
    ],
)
def test_a_line_that_cannot_be_keeps_nothing_of_the_others(pair: Pair, line: Rated, code: str) -> None:
    refused(code, lambda: rate(evaluator=pair.outside, lines=[*sheet(), line], by=pair.outside.person, at=LATER))
    assert not Rating.objects.exists()


def test_a_competence_that_is_not_assessed_is_refused_with_the_reason(cast: Cast) -> None:
    row = elsewhere(cast, FEST)
    sitting = planning.plan_sitting(candidacy=row, method="tests", by=cast.secretary, at=AT, starts_at=AT)
    one = planning.name_evaluator(sitting=sitting, person=cast.evaluator, actor="evaluator", by=cast.secretary, at=AT)
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=cast.evaluator, at=LATER)
    lines = [Rated(code="A2-C2", is_acquired=True)]
    error = refused("not_assessed", lambda: rate(evaluator=one, lines=lines, by=cast.evaluator, at=LATER))
    assert "A2-C2" in sentence(error) and "n’est pas évaluée" in sentence(error)
    rate(evaluator=one, lines=[Rated(code="A2-Ce1", is_acquired=True)], by=cast.evaluator, at=LATER)
    assert Rating.objects.get().code == "A2-C1"


def test_a_value_is_taken_back(pair: Pair) -> None:
    who = pair.outside.person
    rate(evaluator=pair.outside, lines=[Rated(code="C1", is_acquired=True)], by=who, at=LATER)
    rate(evaluator=pair.outside, lines=[Rated(code="C1")], by=who, at=LATER)
    assert not Rating.objects.exists()


def test_one_evaluator_in_two_windows_overwrites_nothing(pair: Pair) -> None:
    who = pair.outside.person
    rate(evaluator=pair.outside, lines=[Rated(code="C1", is_acquired=True)], by=who, at=LATER, revision=0)
    with pytest.raises(StaleRatingError):
        rate(evaluator=pair.outside, lines=[Rated(code="C1", is_acquired=False)], by=who, at=LATER, revision=0)
    assert Rating.objects.get().is_acquired is True


def test_a_sheet_is_signed_whole_by_its_own_evaluator_once(pair: Pair) -> None:
    one, who = pair.outside, pair.outside.person
    rate(evaluator=one, lines=sheet()[:4], by=who, at=LATER)
    error = refused("missing", lambda: sign_ratings(evaluator=one, by=who, at=LATER))
    assert error.values["lines"] == "C5, C6, assessment"
    refused("another", lambda: sign_ratings(evaluator=one, by=pair.professional.person, at=LATER))
    refused("another", lambda: rate(evaluator=one, lines=sheet(), by=pair.professional.person, at=LATER))
    signed(one)
    refused("signed", lambda: rate(evaluator=one, lines=sheet("C1"), by=who, at=LATER))
    refused("signed", lambda: sign_ratings(evaluator=one, by=who, at=LATER))
    refused("signed", lambda: planning.declare_links(evaluator=one, links=[], at=LATER, by=who))


def test_links_are_declared_before_signing(cast: Cast, admissible: Candidacy) -> None:
    pair = planned(cast, admissible)
    tell_attendance(sitting=pair.sitting, attendance=Attendance.HELD, by=cast.evaluator, at=LATER)
    rate(evaluator=pair.outside, lines=sheet(), by=pair.outside.person, at=LATER)
    refused("links", lambda: sign_ratings(evaluator=pair.outside, by=pair.outside.person, at=LATER))


def test_a_sitting_that_was_not_held_is_not_rated(cast: Cast, admissible: Candidacy) -> None:
    pair = planned(cast, admissible)
    refused("not_held", lambda: rate(evaluator=pair.outside, lines=sheet(), by=pair.outside.person, at=LATER))
    tell_attendance(sitting=pair.sitting, attendance=Attendance.ABSENT, by=cast.secretary, at=LATER)
    refused("not_held", lambda: rate(evaluator=pair.outside, lines=sheet(), by=pair.outside.person, at=LATER))
    found = assessments_of(Candidacy.objects.get(), Judged(admissible, ON).scheme)
    assert [(one.attendance, one.is_passed) for one in found] == [(Attendance.ABSENT, None)]


def test_a_stand_is_taken_on_a_difference_only_and_with_a_reason(pair: Pair) -> None:
    def stand(code: str = "C4", reason: str = "x", **changes: Any) -> None:
        take_stand(
            **{
                "evaluator": pair.outside,
                "kind": Kind.COMPETENCE,
                "code": code,
                "is_acquired": True,
                "reason": reason,
                "by": pair.outside.person,
                "at": LATER,
                **changes,
            }
        )

    signed(pair.professional)
    refused("no_difference", stand)
    signed(pair.outside, "C4")
    refused("no_difference", lambda: stand("C1"))
    refused("reason", lambda: stand(reason="  "))
    refused("value", lambda: stand(is_acquired=None))
    refused("another", lambda: stand(by=pair.professional.person))


def test_a_correction_is_another_row_with_its_reason(cast: Cast, admissible: Candidacy, pair: Pair) -> None:
    signed(pair.professional)
    signed(pair.outside)
    first = Result.objects.get(code="C2")

    def correct(reason: str, **value: Any) -> Result:
        return correct_result(result=first, reason=reason, by=cast.evaluator, at=LATER, **value)

    refused("reason", lambda: correct(" ", is_acquired=False))
    refused("value", lambda: correct("x"))
    second = correct("Erreur de saisie.", is_acquired=False)
    refused("corrected", lambda: correct("encore", is_acquired=True))
    assert told(admissible)["C2"] is False
    first.refresh_from_db()
    assert first.is_acquired is True and second.corrects == first
    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.filter(pk=first.pk).update(is_acquired=False)


def test_what_came_from_a_void_sitting_counts_no_more(cast: Cast, admissible: Candidacy, pair: Pair) -> None:
    signed(pair.professional)
    signed(pair.outside)
    refused("reason", lambda: void_sitting(sitting=pair.sitting, reason="", by=cast.secretary, at=LATER))
    void_sitting(sitting=pair.sitting, reason="Habilitation finie la veille.", by=cast.secretary, at=LATER)
    assert told(admissible) == {}
    refused("not_held", lambda: void_sitting(sitting=pair.sitting, reason="x", by=cast.secretary, at=LATER))


def test_a_retry_stands_instead_for_what_was_missing(cast: Cast, admissible: Candidacy, pair: Pair) -> None:
    signed(pair.professional, "C3")
    signed(pair.outside, "C3")
    again = planned(cast, admissible)
    assert again.sitting.number == 2
    for one in (again.professional, again.outside):
        planning.declare_links(evaluator=one, links=[Link.MANAGER], at=AT, by=one.person)
    tell_attendance(sitting=again.sitting, attendance=Attendance.HELD, by=cast.evaluator, at=LATER)
    assert told(admissible)["C3"] is False
    refused("no_line", lambda: rate(evaluator=again.outside, lines=sheet(), by=again.outside.person, at=LATER))
    left = [line for line in sheet() if line.code in ("C3", "assessment")]
    for one in (again.professional, again.outside):
        rate(evaluator=one, lines=left, by=one.person, at=LATER + timedelta(hours=1))
        sign_ratings(evaluator=one, by=one.person, at=LATER + timedelta(hours=1))
    assert told(admissible) == dict.fromkeys(SIX, True)


@pytest.mark.parametrize(
    ("attendance", "values", "code"),
    [
        (Attendance.FRAUD, {}, "reason"),
        (Attendance.VOID, {"incidents": " "}, "reason"),
    ],
)
def test_a_fraud_is_told_with_what_was_seen(
    cast: Cast, admissible: Candidacy, attendance: Attendance, values: dict[str, Any], code: str
) -> None:
    pair = planned(cast, admissible)
    refused(
        code,
        lambda: tell_attendance(sitting=pair.sitting, attendance=attendance, by=cast.secretary, at=LATER, **values),
    )


def test_a_sitting_is_told_once_after_its_hour(cast: Cast, admissible: Candidacy) -> None:
    pair = planned(cast, admissible)

    def tell(attendance: Attendance = Attendance.HELD, at: Any = LATER) -> None:
        tell_attendance(sitting=pair.sitting, attendance=attendance, by=cast.secretary, at=at)

    planning.move_sitting(sitting=pair.sitting, by=cast.secretary, at=AT, starts_at=None)
    refused("no_day", tell)
    planning.move_sitting(sitting=pair.sitting, by=cast.secretary, at=AT, starts_at=LATER, place="provider")
    refused("to_come", lambda: tell(at=AT))
    tell()
    refused("told", tell)
    refused("told", lambda: planning.move_sitting(sitting=pair.sitting, by=cast.secretary, at=LATER, starts_at=LATER))


def test_who_assesses_is_named_with_care(cast: Cast, admissible: Candidacy) -> None:
    pair = planned(cast, admissible)

    def name(person: Any, actor: str = "external_evaluator") -> Evaluator:
        return planning.name_evaluator(sitting=pair.sitting, person=person, actor=actor, by=cast.secretary, at=AT)

    refused("own_file", lambda: name(cast.candidate))
    refused("actor", lambda: name(cast.jury_member, "teacher"))
    refused("named", lambda: name(cast.evaluator))
    planning.remove_evaluator(evaluator=pair.outside, by=cast.secretary, at=AT)
    assert name(cast.evaluator).pk != pair.outside.pk


def test_whoever_rated_stays(cast: Cast, pair: Pair) -> None:
    sitting = Sitting.objects.get()
    rate(evaluator=pair.outside, lines=sheet(), by=pair.outside.person, at=LATER)
    Sitting.objects.filter(pk=sitting.pk).update(attendance="")
    refused("rated", lambda: planning.remove_evaluator(evaluator=pair.outside, by=cast.secretary, at=LATER))


def test_a_sitting_is_of_a_method_of_the_scheme_where_it_may_be_held(cast: Cast, admissible: Candidacy) -> None:
    def plan(method: str = "assessment", place: str = "") -> Sitting:
        return planning.plan_sitting(candidacy=admissible, method=method, by=cast.secretary, at=AT, place=place)

    refused("no_method", lambda: plan("interview"))
    refused("place", lambda: plan(place="moon"))
    draft = casting.opened(cast.other_candidate, cast.certification())
    with pytest.raises(UnfitError):
        planning.plan_sitting(candidacy=draft, method="assessment", by=cast.secretary, at=AT)


def test_the_points_of_an_interview_reach_the_core_by_their_titles(cast: Cast) -> None:
    row = elsewhere(cast, TITLE)
    sitting = planning.plan_sitting(candidacy=row, method="final_interview", by=cast.secretary, at=AT, starts_at=AT)
    one = planning.name_evaluator(sitting=sitting, person=cast.evaluator, actor="jury_member", by=cast.secretary, at=AT)
    planning.declare_links(evaluator=one, links=[], at=AT, by=cast.evaluator)
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=cast.evaluator, at=LATER, minutes=30)
    lines = [Rated(code=str(number), kind=Kind.POINT, is_acquired=number != 3) for number in range(1, 6)]
    lines.append(Rated(code="final_interview", kind=Kind.WHOLE, is_acquired=False))
    rate(evaluator=one, lines=lines, by=cast.evaluator, at=LATER)
    sign_ratings(evaluator=one, by=cast.evaluator, at=LATER)
    found = assessments_of(Candidacy.objects.get(pk=row.pk), Judged(row, ON).scheme)
    assert [(one.is_passed, one.minutes) for one in found] == [(False, 30)]
    points = found[0].points or {}
    assert len(points) == 5 and [title for title, is_met in points.items() if not is_met] == [
        "situe sa place et son rôle"
    ]


@pytest.mark.django_db(transaction=True)
def test_two_evaluators_saving_and_signing_at_once_lose_nothing(transactional_db: None) -> None:
    cast = casting.cast()
    row = files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification())))
    pair = held(cast, row)
    found = at_once(
        lambda: signed(Evaluator.objects.get(pk=pair.professional.pk)),
        lambda: signed(Evaluator.objects.get(pk=pair.outside.pk), "C6"),
    )
    assert found == [None, None]
    assert Rating.objects.count() == 2 * len(sheet())
    assert set(told(row)) == set(SIX) - {"C6"}
    assert set(differences(pair.sitting)) == {("competence", "C6")}
    assert journal.verify().is_whole
