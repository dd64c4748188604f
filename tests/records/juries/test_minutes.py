"""Minutes: what they say is what was decided, what has effect is what they say, and others put them right."""

from datetime import timedelta
from typing import Any

import pytest

from parchemin.core.facts import Milestone
from parchemin.records.assessments.models import Result
from parchemin.records.candidacies.models import DecisionRecord, Letter
from parchemin.records.journal.witnessing import rewritten
from parchemin.records.juries.actions import deliberating, listing, minuting, publishing
from parchemin.records.juries.actions.minuting import Corrected
from parchemin.records.juries.errors import JuryError, RuledOutError
from parchemin.records.juries.facts import holdings_of
from parchemin.records.juries.models import Conclusion, Hearing, Holding, JurySession, Minutes, Opinion, State, Verdict
from parchemin.web.shared.letters import composed
from tests.records.juries.bench import AFTER, DAY, SESSION, SIX, Bench, again, code_of, transmitted
from tests.web.cast import Cast

LATER = AFTER + timedelta(days=30)


def correct(bench: Bench, *corrected: Corrected, reason: str = "Erreur matérielle.") -> Minutes:
    return minuting.correct_minutes(
        session=bench.session, corrected=corrected, reason=reason, at=LATER, by=bench.cast.secretary
    )


def put_right(
    hearing: Hearing, verdict: Verdict = Verdict.PARTIAL, reason: str = " C6 cochée par erreur. "
) -> Corrected:
    granted = SIX if verdict is Verdict.FULL else SIX[:-1]
    return Corrected(hearing=hearing, verdict=verdict, reason=reason, granted=granted)


def close(bench: Bench, minutes: Minutes) -> None:
    bench.sign(minutes)
    minuting.close_minutes(minutes=minutes, by=bench.chair, at=LATER, on=LATER.date())


def publish(bench: Bench) -> int:
    return publishing.publish_results(session=bench.session, at=LATER, on=LATER.date(), by=bench.cast.secretary)


def text(letter: Letter) -> str:
    return str(composed(letter.candidacy, letter.kind, dated_on=letter.dated_on, values=letter.values))


def test_what_has_effect_is_what_was_signed_whatever_changed_since(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    bench.settle(hearing)
    minutes = bench.draw()
    bench.sign(minutes)
    last = Result.objects.filter(candidacy=hearing.candidacy, code="C6").latest("pk")
    Result.objects.create(
        candidacy=hearing.candidacy,
        code="C6",
        kind=last.kind,
        is_acquired=False,
        settled_at=AFTER,
        settled_by=cast.secretary,
        corrects=last,
        reason="x",
    )
    bench.close(minutes)
    conclusion = Conclusion.objects.get()
    line = minutes.told["candidates"][0]
    assert conclusion.jury_record is not None and conclusion.award_record is not None
    assert (conclusion.jury_record.decision, conclusion.award_record.decision) == (line["jury"], line["award"])
    assert [one.code for one in holdings_of(hearing.candidacy)] == [*SIX]


def test_what_was_decided_and_changed_behind_its_back_is_not_signed(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    bench.settle(hearing)
    minutes = bench.draw()
    bench.sign(minutes, without="d")
    Opinion.objects.filter(hearing=hearing, code="C6").update(is_granted=False)
    assert code_of(bench.sign, minutes, without="abc") == "changed"
    assert code_of(bench.close, minutes, "Parti.") == "changed"
    assert not Holding.objects.exists()


def test_the_time_of_what_is_held_is_counted_from_days_that_are_known(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.closed(transmitted(cast))
    dates = holdings_of(hearing.candidacy)[0].dates
    assert set(dates) == {Milestone.ASSESSED, Milestone.DELIBERATED, Milestone.SIGNED}
    publish(bench)
    assert holdings_of(hearing.candidacy)[0].dates[Milestone.NOTIFIED] == LATER.date()


def test_minutes_put_aside_say_why(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    bench.settle(hearing)
    minutes = bench.draw()
    dropped: dict[str, Any] = {"minutes": minutes, "at": AFTER, "by": cast.secretary}
    assert code_of(minuting.drop_minutes, reason=" ", **dropped) == "reason"
    minuting.drop_minutes(reason=" Un nom mal écrit. ", **dropped)
    minutes.refresh_from_db()
    assert minutes.dropping_reason == "Un nom mal écrit."
    assert code_of(minuting.drop_minutes, reason="x", **dropped) == "state"
    bench.session.refresh_from_db()
    assert bench.session.state is State.OPEN
    assert code_of(bench.sign, minutes) == "state"
    assert list(rewritten()) == []


def test_only_the_chair_closes_and_never_without_signing(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    bench.settle(hearing)
    minutes = bench.draw()
    bench.sign(minutes, without="c")
    with pytest.raises(JuryError) as unsigned:
        bench.close(minutes, "Je suis pressée.")
    assert unsigned.value.code == "unsigned" and unsigned.value.values["names"] == bench.chair.name
    bench.sign(minutes, without="abd")
    assert code_of(bench.sign, minutes) == "signed"
    bench.close(minutes)
    assert code_of(bench.close, minutes) == code_of(bench.sign, minutes) == "closed"


def test_minutes_that_say_the_same_correct_nothing(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.closed(transmitted(cast))
    assert code_of(correct, bench) == "nothing_to_correct"
    assert code_of(correct, bench, put_right(hearing, Verdict.FULL, " ")) == "nothing_to_correct"
    assert code_of(correct, bench, put_right(hearing), reason=" ") == "reason"
    strange = again(bench).hear(transmitted(cast, who=cast.other_candidate))
    assert code_of(correct, bench, put_right(strange)) == "removed"
    assert correct(bench, put_right(hearing)).number == "PV2026-0002"
    assert code_of(correct, bench, put_right(hearing)) == "drawn"


def test_a_correction_is_a_decision_that_the_rules_look_at(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.closed(transmitted(cast))
    assert code_of(correct, bench, put_right(hearing, Verdict.PARTIAL, "")) == "differs"
    whole = Corrected(hearing=hearing, verdict=Verdict.FULL, reason="x", granted=SIX[1:])
    assert code_of(correct, bench, whole) == "whole"
    void = Corrected(hearing=hearing, verdict=Verdict.VOID, reason=" ")
    assert code_of(correct, bench, void) == "reason"


def test_what_no_jury_deliberated_on_is_not_put_right_into_an_award(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.closed(transmitted(cast), verdict=Verdict.ABSENT)
    with pytest.raises(RuledOutError) as unvoted:
        correct(bench, put_right(hearing, Verdict.FULL))
    assert unvoted.value.code in ("votes", "unattested")


@pytest.mark.parametrize(("verdict", "held"), [(Verdict.PARTIAL, SIX[:-1]), (Verdict.NONE, ()), (Verdict.VOID, ())])
def test_a_correction_is_signed_and_takes_back_what_was_granted(
    cast: Cast, bench: Bench, verdict: Verdict, held: tuple[str, ...]
) -> None:
    (hearing,) = bench.closed(transmitted(cast))
    minutes = correct(bench, put_right(hearing, verdict))
    close(bench, minutes)
    assert tuple(one.code for one in holdings_of(hearing.candidacy)) == held
    assert minutes.told["candidates"][0]["deliberated_on"] == DAY.isoformat()
    assert code_of(correct, bench, put_right(hearing, verdict)) == "nothing_to_correct"
    restored = correct(bench, put_right(hearing, Verdict.FULL, "La première était juste."))
    assert restored.corrects == minutes
    close(bench, restored)
    assert {one.code for one in holdings_of(hearing.candidacy)} == {*SIX}
    assert list(rewritten()) == []


def test_a_correction_put_aside_leaves_room_for_another(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.closed(transmitted(cast))
    first = correct(bench, put_right(hearing))
    minuting.drop_minutes(minutes=first, reason="Encore une faute.", at=LATER, by=cast.secretary)
    bench.session.refresh_from_db()
    assert bench.session.state is State.CLOSED
    second = correct(bench, put_right(hearing))
    assert second.corrects == first.corrects and second.number != first.number
    close(bench, second)
    assert len(holdings_of(hearing.candidacy)) == 5


def test_the_jury_that_deliberated_stays_the_one_that_did(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.closed(transmitted(cast))
    former = JurySession.objects.get(pk=bench.session.pk)
    JurySession.objects.filter(pk=former.pk).update(previous_college="employees")
    minutes = correct(bench, put_right(hearing))
    first = Minutes.objects.get(corrects__isnull=True)
    assert minutes.told["candidates"][0]["jury"] == first.told["candidates"][0]["jury"]


def test_candidates_are_told_what_stands(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.closed(transmitted(cast))
    close(bench, correct(bench, put_right(hearing)))
    assert publish(bench) == 1
    letter = Letter.objects.get(kind__startswith="jury_")
    assert letter.kind == "jury_partial"
    record = Conclusion.objects.latest("pk").award_record
    assert record is not None and letter.decision == record
    told = text(letter)
    assert "C6 cochée par erreur." in told and "C1 Renseigner" in told and "C6 Contribuer" in told
    assert code_of(publish, bench) == "published"
    assert list(rewritten()) == []


def test_who_knows_is_told_again_when_minutes_are_put_right(cast: Cast, bench: Bench) -> None:
    first, _second = bench.closed(transmitted(cast), transmitted(cast, who=cast.other_candidate))
    assert code_of(correct, bench, put_right(first)) == ""
    assert publish(bench) == 2
    close(bench, Minutes.objects.get(closed_at__isnull=True))
    assert publish(bench) == 1
    assert list(
        first.candidacy.letters.filter(kind__startswith="jury_").order_by("reference").values_list("kind", flat=True)
    ) == [
        "jury_full",
        "jury_partial",
    ]
    bench.session.refresh_from_db()
    assert bench.session.state is State.PUBLISHED
    assert code_of(publish, bench) == "published"


@pytest.mark.parametrize("verdict", [Verdict.DEFERRED, Verdict.ABSENT, Verdict.EXCUSED, Verdict.VOID])
def test_every_decision_has_its_letter(cast: Cast, bench: Bench, verdict: Verdict) -> None:
    (hearing,) = bench.closed(transmitted(cast), verdict=verdict, reason="Une pièce à relire.")
    assert hearing.candidacy.dates.filter(milestone="deliberated").count() == 0
    assert publish(bench) == 1
    letter = Letter.objects.get(kind=f"jury_{verdict.value}")
    assert "Une pièce à relire." in text(letter) and letter.decision is None
    assert not DecisionRecord.objects.filter(stage="jury").exists()


def test_nothing_is_told_before_the_minutes_are_closed(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    assert code_of(publish, bench) == "state"
    bench.settle(hearing)
    bench.sign(bench.draw())
    assert code_of(publish, bench) == "state"
    assert code_of(correct, bench, put_right(hearing)) == "state"


def test_an_invalid_jury_found_in_what_was_frozen_stops_the_minutes(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    bench.settle(hearing)
    kept = Hearing.objects.get(pk=hearing.pk)
    assert kept.ruled is not None
    kept.ruled["jury"]["outcome"] = "not_met"
    kept.save()
    with pytest.raises(RuledOutError) as invalid:
        bench.draw()
    assert invalid.value.code == "invalid"
    assert [one.row for one in rewritten()] == [f"hearing:{hearing.pk}"]


def test_reasons_are_never_cut(cast: Cast, bench: Bench) -> None:
    long = "Motif. " * 200
    hearing = bench.hear(transmitted(cast))
    listing.take_off_agenda(hearing=hearing, reason=long, at=SESSION, by=cast.secretary)
    assert Hearing.objects.get().removal == long.strip()
    (again_,) = bench.ready(hearing.candidacy)
    bench.settle(again_)
    deliberating.reopen_hearing(hearing=again_, reason=long, at=SESSION, by=bench.chair)
    bench.decide(again_, Verdict.ABSENT)
    minutes = bench.draw()
    bench.sign(minutes, without="a")
    bench.close(minutes, long)
    assert Minutes.objects.get().closing_reason == long.strip()
