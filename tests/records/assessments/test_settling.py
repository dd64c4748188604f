"""Settling does not depend on who signs first, nor on who takes a stand first; at once, nothing is lost."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.actions.settling import differences, take_stand
from parchemin.records.assessments.errors import AssessmentError, StaleRatingError
from parchemin.records.assessments.models import Evaluator, Rating, Result, Sitting
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal import queries as journal
from tests.records.assessments.sheets import LATER, SIX, Pair, held, planned, sheet, signed
from tests.records.candidacies import files
from tests.records.candidacies.test_together import at_once
from tests.web import cast as casting
from tests.web.cast import AT, Cast

Opinion = Sequence[bool]
OPINIONS = st.lists(st.booleans(), min_size=7, max_size=7)


class UndoneError(Exception):
    """Nothing of an example stays for the next one."""


def lines_of(opinion: Opinion) -> list[Rated]:
    """A sheet with these values."""
    return [
        Rated(code=line.code, kind=line.kind, is_acquired=value, comment=f"{line.code} {value}")
        for line, value in zip(sheet(), opinion, strict=True)
    ]


def came_of(evaluators: Sequence[Evaluator], opinions: Sequence[Opinion], order: Sequence[int]) -> Any:
    """What is settled, what differs and whether the sitting is passed, when they sign in that order; undone after."""
    found: Any = None
    try:
        with transaction.atomic():
            for one, opinion in zip(evaluators, opinions, strict=True):
                rate(evaluator=one, lines=lines_of(opinion), by=one.person, at=LATER)
            for place in order:
                sign_ratings(evaluator=evaluators[place], by=evaluators[place].person, at=LATER)
            sitting = Sitting.objects.get()
            rows = Result.objects.values_list("kind", "code", "is_acquired", "comment", "reason")
            found = (sorted(rows), sorted(differences(sitting)), sitting.is_passed, sitting.settled_at)
            raise UndoneError
    except UndoneError:
        return found


@given(opinions=st.lists(OPINIONS, min_size=3, max_size=3), order=st.permutations([0, 1, 2]))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_settled_does_not_depend_on_the_order_of_signing(
    trio: list[Evaluator], opinions: list[Opinion], order: list[int]
) -> None:
    first = came_of(trio, opinions, [0, 1, 2])
    assert came_of(trio, opinions, order) == first
    rows, differ, _passed, settled_at = first
    alike = [len(set(values)) == 1 for values in zip(*opinions, strict=True)]
    assert (len(rows), len(differ)) == (sum(alike), 7 - sum(alike))
    assert (settled_at is not None) == all(alike)


@pytest.fixture
def trio(cast: Cast, admissible: Candidacy) -> list[Evaluator]:
    """Three evaluators ready to rate."""
    pair = planned(cast, admissible)
    third = name_evaluator(
        sitting=pair.sitting, person=cast.companion, actor="sector_professional", by=cast.secretary, at=AT
    )
    people = [pair.professional, pair.outside, third]
    for one in people:
        declare_links(evaluator=one, links=[], at=AT, by=one.person)
    Sitting.objects.filter(pk=pair.sitting.pk).update(attendance="held")
    return [Evaluator.objects.select_related("sitting__candidacy", "person").get(pk=one.pk) for one in people]


def test_words_are_kept_before_a_value_and_settle_nothing(pair: Pair) -> None:
    one = pair.outside
    rate(evaluator=one, lines=[Rated(code="C1", comment="À voir", seen="Carnet")], by=one.person, at=LATER)
    kept = Rating.objects.get()
    assert (kept.is_acquired, kept.comment, kept.seen, kept.has_value) == (None, "À voir", "Carnet", False)
    rate(evaluator=one, lines=sheet()[1:], by=one.person, at=LATER)
    with pytest.raises(AssessmentError) as raised:
        sign_ratings(evaluator=one, by=one.person, at=LATER)
    assert raised.value.values["lines"] == "C1"


def test_a_sheet_is_signed_as_it_was_read(pair: Pair) -> None:
    one = pair.outside
    read = rate(evaluator=one, lines=sheet(), by=one.person, at=LATER)
    rate(evaluator=one, lines=[Rated(code="C1", is_acquired=False)], by=one.person, at=LATER)
    with pytest.raises(StaleRatingError) as raised:
        sign_ratings(evaluator=one, by=one.person, at=LATER, revision=read)
    assert raised.value.revision == read + 1
    sign_ratings(evaluator=one, by=one.person, at=LATER, revision=read + 1)


def test_saving_the_same_again_changes_nothing(pair: Pair) -> None:
    one = pair.outside
    first = rate(evaluator=one, lines=sheet(), by=one.person, at=LATER, revision=0)
    assert rate(evaluator=one, lines=sheet(), by=one.person, at=LATER, revision=0) == first == 1


def test_a_stand_is_refused_once_the_sitting_is_void(pair: Pair) -> None:
    signed(pair.professional)
    signed(pair.outside, "C4")
    Sitting.objects.update(attendance="void", incidents="x")
    one = pair.outside
    with pytest.raises(AssessmentError) as raised:
        take_stand(
            evaluator=one, kind=Kind.COMPETENCE, code="C4", is_acquired=True, reason="x", by=one.person, at=LATER
        )
    assert raised.value.code == "not_held"


def together() -> Pair:
    """A sitting held, in tables that commit."""
    cast = casting.cast()
    return held(cast, files.decided(cast, files.completed(cast, casting.opened(cast.candidate, cast.certification()))))


def fresh(one: Evaluator) -> Evaluator:
    return Evaluator.objects.get(pk=one.pk)


@pytest.mark.django_db(transaction=True)
def test_two_evaluators_saving_at_once_keep_their_own(transactional_db: None) -> None:
    pair = together()

    def save(one: Evaluator, is_acquired: bool) -> int:
        lines = [Rated(code=code, is_acquired=is_acquired) for code in SIX]
        return rate(evaluator=fresh(one), lines=lines, by=one.person, at=LATER, revision=0)

    assert at_once(lambda: save(pair.professional, True), lambda: save(pair.outside, False)) == [1, 1]
    for one, value in ((pair.professional, True), (pair.outside, False)):
        assert list(Rating.objects.filter(evaluator=one).values_list("is_acquired", flat=True)) == [value] * 6


@pytest.mark.django_db(transaction=True)
def test_two_windows_saving_at_once_overwrite_nothing(transactional_db: None) -> None:
    pair = together()

    def save(code: str, is_acquired: bool) -> Any:
        one = fresh(pair.outside)
        line = Rated(code=code, is_acquired=is_acquired)
        try:
            return rate(evaluator=one, lines=[line], by=pair.outside.person, at=LATER, revision=0)
        except StaleRatingError as stale:
            return [row.code for row in stale.lines]

    assert sorted(at_once(lambda: save("C1", True), lambda: save("C2", False))) == [1, 2]
    Rating.objects.all().delete()
    Evaluator.objects.update(revision=0)
    found = at_once(lambda: save("C1", True), lambda: save("C1", False))
    assert 1 in found and ["C1"] in found
    assert Rating.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_stands_taken_at_once_settle_once(transactional_db: None) -> None:
    pair = together()
    signed(pair.professional)
    signed(pair.outside, "C4")

    def stand(one: Evaluator) -> None:
        take_stand(
            evaluator=fresh(one),
            kind=Kind.COMPETENCE,
            code="C4",
            is_acquired=False,
            reason="Revu",
            by=one.person,
            at=LATER,
        )

    at_once(lambda: stand(pair.professional), lambda: stand(pair.outside))
    assert Result.objects.get(code="C4").is_acquired is False
    assert Sitting.objects.get().settled_at is not None
    assert journal.verify().is_whole
