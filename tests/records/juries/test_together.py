"""Members and offices acting at the same moment: no voice is lost, nothing is done twice, and nobody waits for ever."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from parchemin.core.facts import Ballot
from parchemin.records.candidacies.actions.taking import note as note_file
from parchemin.records.candidacies.actions.taking import taken
from parchemin.records.candidacies.models import Candidacy, Letter
from parchemin.records.journal import queries as journal
from parchemin.records.journal.witnessing import rewritten
from parchemin.records.juries.actions import deliberating, listing, minuting, publishing, signing
from parchemin.records.juries.actions.minuting import Corrected
from parchemin.records.juries.errors import JuryError, StaleHearingError
from parchemin.records.juries.models import (
    Conclusion,
    Hearing,
    Holding,
    JurySession,
    Member,
    Minutes,
    Opinion,
    Signature,
    State,
    Verdict,
    Vote,
)
from parchemin.records.people.models import Assurance
from tests.records.candidacies.test_together import at_once
from tests.records.juries.bench import AFTER, DAY, SESSION, SIX, Bench, again, bench, planned, transmitted
from tests.web import cast as casting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed(transactional_db: None) -> Bench:
    """A session that other threads see."""
    return bench(casting.cast())


def told(found: list[Any]) -> list[str]:
    """How each ended: the code of its refusal, the name of what it raised, nothing when it was done."""
    return sorted(
        one.code if isinstance(one, JuryError) else type(one).__name__ if isinstance(one, Exception) else ""
        for one in found
    )


def fresh(hearing: Hearing) -> Hearing:
    return Hearing.objects.get(pk=hearing.pk)


def whole() -> None:
    assert journal.verify().is_whole and list(rewritten()) == []


def drawn(made: Bench, *people: Any) -> tuple[list[Hearing], Minutes]:
    files = [transmitted(made.cast, who=who) for who in people or (made.cast.candidate,)]
    hearings = made.ready(*files)
    for hearing in hearings:
        made.settle(hearing)
    return hearings, made.draw()


def test_voices_given_at_the_same_moment_all_count(committed: Bench) -> None:
    (hearing,) = committed.ready(transmitted(committed.cast))
    committed.say(hearing)

    def voice(member: Member) -> Callable[[], Any]:
        mine, person = fresh(hearing), member.person
        return lambda: deliberating.cast_vote(
            hearing=mine, member=member, ballot=Ballot.FOR, at=SESSION, by=person, revision=mine.revision
        )

    found = at_once(*(voice(member) for member in committed.members.values()))
    assert told(found) == [""] * 4
    assert Vote.objects.filter(hearing=hearing, ballot="for").count() == 4
    whole()


def test_the_same_voice_given_twice_counts_once(committed: Bench) -> None:
    (hearing,) = committed.ready(transmitted(committed.cast))
    committed.say(hearing)
    member = committed.members["a"]
    person = member.person

    def voice(ballot: Ballot) -> Callable[[], Any]:
        mine = fresh(hearing)
        return lambda: deliberating.cast_vote(hearing=mine, member=member, ballot=ballot, at=SESSION, by=person)

    assert told(at_once(voice(Ballot.FOR), voice(Ballot.AGAINST), voice(Ballot.FOR))) == [""] * 3
    assert Vote.objects.count() == 1
    whole()


def test_a_voice_is_not_counted_on_what_was_changed_meanwhile(committed: Bench) -> None:
    (hearing,) = committed.ready(transmitted(committed.cast))
    committed.say(hearing)
    member, chair = committed.members["a"], committed.chair
    mine, theirs = fresh(hearing), fresh(hearing)
    refused = [deliberating.Granted(code=code, is_granted=False, reason="Rien ne le montre.") for code in SIX]
    found = at_once(
        lambda: deliberating.cast_vote(
            hearing=mine, member=member, ballot=Ballot.FOR, at=SESSION, by=chair, revision=mine.revision
        ),
        lambda: deliberating.tell_opinions(hearing=theirs, opinions=refused, at=SESSION, by=chair),
    )
    assert told(found) in (["", ""], ["", "StaleHearingError"])
    assert not Vote.objects.exists()
    assert set(Opinion.objects.values_list("is_granted", flat=True)) == {False}
    whole()


def test_of_two_decisions_at_once_one_stands(committed: Bench) -> None:
    (hearing,) = committed.ready(transmitted(committed.cast))
    committed.say(hearing)
    committed.vote(hearing)
    seen, chair = hearing.revision, committed.chair

    def decide(verdict: Verdict) -> Callable[[], Any]:
        mine = fresh(hearing)
        return lambda: deliberating.decide_hearing(
            hearing=mine, verdict=verdict, reason="Motif.", at=SESSION, by=chair, revision=seen
        )

    found = at_once(decide(Verdict.FULL), decide(Verdict.DEFERRED))
    assert told(found) == ["", "StaleHearingError"]
    assert any(isinstance(one, StaleHearingError) for one in found)
    whole()


def test_those_who_sign_at_once_all_have_signed(committed: Bench) -> None:
    _, minutes = drawn(committed)

    def sign(member: Member) -> Callable[[], Any]:
        mine = Minutes.objects.get(pk=minutes.pk)
        return lambda: signing.sign_minutes(minutes=mine, member=member, assurance=Assurance.PASSWORD, at=AFTER)

    everybody = list(committed.members.values())
    found = at_once(*(sign(member) for member in (*everybody, everybody[0])))
    assert told(found) == ["", "", "", "", "signed"]
    assert Signature.objects.count() == 4
    whole()


def test_minutes_closed_twice_have_effect_once(committed: Bench) -> None:
    _, minutes = drawn(committed)
    committed.sign(minutes)
    chair = committed.chair

    def close() -> Any:
        mine = Minutes.objects.get(pk=minutes.pk)
        return minuting.close_minutes(minutes=mine, by=chair, at=AFTER, on=DAY)

    assert told(at_once(close, close)) == ["", "closed"]
    assert (Conclusion.objects.count(), Holding.objects.count()) == (1, 6)
    whole()


def test_minutes_drawn_twice_have_one_number(committed: Bench) -> None:
    (hearing,) = committed.ready(transmitted(committed.cast))
    committed.settle(hearing)
    by = committed.cast.secretary

    def draw() -> Any:
        mine = JurySession.objects.get(pk=committed.session.pk)
        return minuting.draw_minutes(session=mine, at=AFTER, by=by)

    assert told(at_once(draw, draw)) == ["", "state"]
    assert [one.number for one in Minutes.objects.all()] == ["PV2026-0001"]
    committed.session.refresh_from_db()
    minuting.drop_minutes(minutes=Minutes.objects.get(), reason="x", at=AFTER, by=by)
    assert told(at_once(draw, draw)) == ["", "state"]
    assert sorted(one.number for one in Minutes.objects.all()) == ["PV2026-0001", "PV2026-0002"]
    whole()


def test_sessions_planned_at_once_have_numbers_that_follow(committed: Bench) -> None:
    made = at_once(*[lambda: planned(committed.cast)] * 3)
    assert sorted(one.number for one in made) == ["J2026-0002", "J2026-0003", "J2026-0004"]


def test_a_decision_taken_while_the_minutes_are_drawn_is_in_them_or_refused(committed: Bench) -> None:
    cast = committed.cast
    first, second = committed.ready(transmitted(cast), transmitted(cast, who=cast.other_candidate))
    for hearing in (first, second):
        committed.settle(hearing)
    chair, by = committed.chair, cast.secretary
    mine, session = fresh(first), JurySession.objects.get(pk=committed.session.pk)
    found = at_once(
        lambda: deliberating.reopen_hearing(hearing=mine, reason="Un doute.", at=SESSION, by=chair),
        lambda: minuting.draw_minutes(session=session, at=AFTER, by=by),
    )
    assert told(found) in (["", "state"], ["", "unsettled"])
    is_drawn = JurySession.objects.get(pk=session.pk).state is State.DRAWN
    assert is_drawn == bool(fresh(first).verdict) == Minutes.objects.exists()
    whole()


def test_signing_while_the_minutes_are_dropped(committed: Bench) -> None:
    _, minutes = drawn(committed)
    member, by = committed.members["a"], committed.cast.secretary
    mine, theirs = Minutes.objects.get(pk=minutes.pk), Minutes.objects.get(pk=minutes.pk)
    found = at_once(
        lambda: signing.sign_minutes(minutes=mine, member=member, assurance=Assurance.PASSWORD, at=AFTER),
        lambda: minuting.drop_minutes(minutes=theirs, reason="x", at=AFTER, by=by),
    )
    assert told(found) in (["", ""], ["", "state"])
    whole()


def test_a_file_presented_to_two_juries_at_once_waits_for_one(committed: Bench) -> None:
    row, other = transmitted(committed.cast), again(committed)
    by = committed.cast.secretary

    def hear(made: Bench) -> Callable[[], Any]:
        session, file = JurySession.objects.get(pk=made.session.pk), Candidacy.objects.get(pk=row.pk)
        return lambda: listing.put_on_agenda(session=session, candidacy=file, at=SESSION, on=DAY, by=by)

    assert told(at_once(hear(committed), hear(other))) == ["", "waiting"]
    assert Hearing.objects.count() == 1
    whole()


def test_results_told_twice_are_told_once(committed: Bench) -> None:
    _, minutes = drawn(committed)
    committed.sign(minutes)
    committed.close(minutes)
    by = committed.cast.secretary

    def publish() -> Any:
        session = JurySession.objects.get(pk=committed.session.pk)
        return publishing.publish_results(session=session, at=AFTER, on=DAY, by=by)

    assert told(at_once(publish, publish)) == ["", "published"]
    assert Letter.objects.filter(kind="jury_full").count() == 1
    whole()


def test_two_corrections_at_once_make_one(committed: Bench) -> None:
    (hearing,), minutes = drawn(committed)
    committed.sign(minutes)
    committed.close(minutes)
    by = committed.cast.secretary

    def correct() -> Any:
        session = JurySession.objects.get(pk=committed.session.pk)
        said = Corrected(hearing=hearing, verdict=Verdict.PARTIAL, reason="C6.", granted=SIX[:-1])
        return minuting.correct_minutes(session=session, corrected=[said], reason="x", at=AFTER, by=by)

    assert told(at_once(correct, correct)) == ["", "drawn"]
    whole()


@pytest.mark.parametrize("last", [False, True])
def test_closing_never_waits_for_a_file_whose_holder_waits_for_the_journal(committed: Bench, last: bool) -> None:
    """Somebody has one of the files and writes in the journal; closing takes every file before its first line."""
    cast = committed.cast
    hearings, minutes = drawn(committed, cast.candidate, cast.other_candidate)
    committed.sign(minutes)
    file, chair, by = hearings[-1 if last else 0].candidacy, committed.chair, cast.secretary

    def write() -> None:
        with transaction.atomic(), taken(Candidacy.objects.get(pk=file.pk), None) as row:
            time.sleep(1.5)
            note_file(row, "taken_charge", AFTER, by, {"holder": None})

    def close() -> None:
        time.sleep(0.5)
        minuting.close_minutes(minutes=Minutes.objects.get(pk=minutes.pk), by=chair, at=AFTER, on=DAY)

    assert told(at_once(write, close)) == ["", ""]
    assert Conclusion.objects.count() == 2
    whole()
