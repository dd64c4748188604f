"""A session of many candidates asks the database as often as a session of one; what grows is said."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.actions import composing, deliberating, listing, minuting, signing, sitting
from parchemin.records.juries.models import Hearing, JurySession, Minutes, Verdict
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.juries.queries.sessions import signers
from parchemin.records.juries.queries.written import heard, is_still, ruled, text_of
from parchemin.records.people.models import Assurance
from tests.records.juries.bench import AFTER, DAY, SESSION, Bench, transmitted
from tests.web.cast import Cast, person


def asked(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught)


def more(bench: Bench, count: int) -> None:
    """As many candidates again, whom the jury decided on as it did on the first."""
    first = Hearing.objects.select_related("candidacy").first()
    assert first is not None
    for index in range(count):
        file = Candidacy.objects.get(pk=first.candidacy_id)
        file.pk, file.number, file._state.adding = None, f"X{index}", True
        file.candidate = person(f"x{index}", f"X{index}", "Fictive")
        file.save()
        copied(first, Hearing.objects.get(pk=first.pk), candidacy=file, position=index + 2)


def copied(first: Hearing, row: Hearing, **values: Any) -> None:
    row.pk, row._state.adding = None, True
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    for related in (first.ties, first.opinions, first.votes):
        for one in related.all():
            one.pk, one.hearing, one._state.adding = None, row, True
            one.save()


@pytest.fixture
def decided(cast: Cast, bench: Bench) -> Bench:
    (hearing,) = bench.ready(transmitted(cast))
    bench.settle(hearing)
    return bench


def test_minutes_are_drawn_and_signed_in_as_many_queries_for_one_as_for_many(decided: Bench) -> None:
    session = decided.session

    def draw() -> Minutes:
        return minuting.draw_minutes(session=session, at=AFTER, by=decided.cast.secretary)

    def sign(minutes: Minutes) -> None:
        signing.sign_minutes(minutes=minutes, member=decided.members["a"], assurance=Assurance.PASSWORD, at=AFTER)

    def round_() -> tuple[int, int, int, int]:
        drawn = asked(draw)
        minutes = Minutes.objects.get(dropped_at__isnull=True)
        read = asked(lambda: is_still(minutes, session)), asked(lambda: signers(session))
        signed = asked(lambda: sign(minutes))
        minuting.drop_minutes(minutes=minutes, reason="x", at=AFTER, by=decided.cast.secretary)
        return (drawn, *read, signed)

    round_()
    alone = round_()
    more(decided, 6)
    assert round_() == alone
    assert len(Minutes.objects.latest("number").told["candidates"]) == 7


def test_what_is_read_of_a_session_does_not_grow(decided: Bench) -> None:
    def read() -> int:
        row = JurySession.objects.get(pk=decided.session.pk)
        return asked(lambda: text_of(row, ruled(heard(row)), AFTER, None, ""))

    read()
    alone = read()
    more(decided, 6)
    assert read() == alone


def test_acting_on_one_file_does_not_ask_more_of_a_long_agenda(cast: Cast, decided: Bench) -> None:
    hearing = Hearing.objects.get()

    def acts() -> list[int]:
        deliberating.reopen_hearing(hearing=hearing, reason="x", at=SESSION, by=decided.chair)
        return [
            asked(lambda: decided.say(hearing)),
            asked(lambda: decided.vote(hearing)),
            asked(lambda: decided.decide(hearing)),
        ]

    acts()
    alone = acts()
    more(decided, 6)
    assert acts() == alone


def test_what_a_deliberation_reads(decided: Bench) -> None:
    (hearing,) = heard(decided.session)
    found = Deliberation(hearing, DAY)

    def judge() -> None:
        assert found.is_sound and found.proposal.award == Verdict.FULL.value and not found.differing

    assert asked(judge) <= 30


def test_calling_off_and_ordering_do_not_ask_more_than_each_file_is_written(cast: Cast, bench: Bench) -> None:
    bench.hear(transmitted(cast))
    more(bench, 3)
    order = list(bench.session.hearings.order_by("-position"))
    few = asked(lambda: listing.order_agenda(session=bench.session, order=order, at=SESSION, by=cast.secretary))
    assert few <= 12
    sitting.summon_jury(session=bench.session, at=SESSION, on=DAY, by=cast.secretary)
    composing.cancel_session(session=bench.session, reason="x", at=SESSION, by=cast.secretary)
    assert bench.session.hearings.filter(removed_at__isnull=False).count() == 4
