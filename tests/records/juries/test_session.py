"""A jury sits: complete files only, a valid jury, a reasoned decision, and nothing has effect before the minutes."""

from datetime import timedelta

import pytest

from parchemin.core.decision import Decision
from parchemin.core.facts import Ballot, Link, Milestone
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Letter
from parchemin.records.journal import queries as journal
from parchemin.records.journal.witnessing import rewritten
from parchemin.records.juries.actions import deliberating, listing, minuting, publishing
from parchemin.records.juries.actions.deliberating import Granted
from parchemin.records.juries.errors import JuryError, RuledOutError
from parchemin.records.juries.facts import holdings_of
from parchemin.records.juries.models import Conclusion, Hearing, Holding, State, Verdict
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.juries.wordings import sentence
from tests.records.candidacies import files
from tests.records.juries.bench import AFTER, DAY, EMPLOYERS, PREPARED, SESSION, SIX, Bench, seated, transmitted
from tests.web.cast import CQP, Cast, opened


def test_full_award_has_effect_at_the_closing_of_the_minutes(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    hearing = bench.hear(row)
    bench.declare(hearing)
    bench.open()
    assert Deliberation(hearing, DAY).faults == ()
    bench.settle(hearing)
    assert holdings_of(row) == ()
    minutes = bench.draw()
    bench.sign(minutes)
    assert not Conclusion.objects.exists() and holdings_of(row) == ()
    bench.close(minutes)
    assert [one.code for one in holdings_of(row)] == [*SIX]
    assert {one.dates[Milestone.DELIBERATED] for one in holdings_of(row)} == {DAY}
    conclusion = Conclusion.objects.get()
    assert conclusion.verdict == "full"
    assert conclusion.jury_record is not None and conclusion.jury_record.outcome == "met"
    assert conclusion.award_record is not None and conclusion.award_record.outcome == "met"
    dates = {one.milestone: one.on for one in row.dates.all()}
    assert dates["deliberated"] == dates["signed"] == DAY
    assert row.steps_done.filter(step="deliberation", done_on=DAY).exists()
    bench.session.refresh_from_db()
    assert bench.session.state is State.CLOSED
    assert publishing.publish_results(session=bench.session, at=AFTER, on=DAY, by=cast.secretary) == 1
    assert Letter.objects.get(kind="jury_full").decision == conclusion.award_record
    assert row.dates.filter(milestone="notified", on=DAY).exists()
    assert journal.verify().is_whole and list(rewritten()) == []


def test_an_incomplete_file_is_not_put_on_the_agenda(cast: Cast, bench: Bench) -> None:
    row = files.decided(cast, files.completed(cast, opened(cast.candidate, cast.certification(CQP), "vae")))
    with pytest.raises(JuryError) as refused:
        listing.put_on_agenda(session=bench.session, candidacy=row, at=PREPARED, on=PREPARED.date(), by=cast.secretary)
    assert refused.value.code == "not_transmitted"
    sent = transmitted(cast, who=cast.other_candidate)
    sent.documents.filter(kind="vae_file").delete()
    found = listing.put_on_agenda(
        session=bench.session,
        candidacy=Candidacy.objects.get(pk=sent.pk),
        at=PREPARED,
        on=PREPARED.date(),
        by=cast.secretary,
    )
    assert isinstance(found, Decision) and found.stage == "completeness"
    assert not Hearing.objects.exists()


def test_a_jury_without_a_college_opens_with_a_reason_and_decides_nothing(cast: Cast, bench: Bench) -> None:
    hearing = bench.hear(transmitted(cast))
    bench.declare(hearing)
    with pytest.raises(RuledOutError) as refused:
        bench.open("a", "b")
    assert refused.value.code == "opening" and refused.value.decision.outcome == "not_met"
    bench.open("a", "b", reason="Les employeurs arrivent.")
    bench.say(hearing)
    bench.vote(hearing, without="ab")
    with pytest.raises(RuledOutError) as barred:
        bench.decide(hearing)
    assert barred.value.code == "invalid"
    told = " ".join(one.seen for one in barred.value.decision.findings)
    assert "employeurs : 0" in told
    with pytest.raises(JuryError) as waiting:
        bench.draw()
    assert waiting.value.code == "unsettled"
    bench.decide(hearing, Verdict.DEFERRED, "Jury sans employeur.")
    bench.sign(minutes := bench.draw(), without="ab")
    bench.close(minutes)
    assert Conclusion.objects.get().verdict == "deferred" and not Holding.objects.exists()


def test_a_recusal_breaks_the_quorum_for_one_candidate_only(cast: Cast, bench: Bench) -> None:
    tied = bench.hear(transmitted(cast))
    free = bench.hear(transmitted(cast, who=cast.other_candidate))
    bench.declare(tied, d=(Link.COLLEAGUE,))
    bench.declare(free)
    bench.open()
    found = {one.rule for one in Deliberation(tied, DAY).faults}
    assert found == {"jury.links"}
    listing.recuse(
        hearing=tied, member=bench.members["d"], reason="Collègue du candidat.", at=SESSION, by=cast.secretary
    )
    found = {one.rule for one in Deliberation(Hearing.objects.get(pk=tied.pk), DAY).faults}
    assert found == {"jury.parity", "jury.quorum"}
    assert Deliberation(free, DAY).faults == ()
    with pytest.raises(JuryError) as refused:
        deliberating.cast_vote(
            hearing=tied, member=bench.members["d"], ballot=Ballot.FOR, at=SESSION, by=bench.members["d"].person
        )
    assert refused.value.code == "recused"


def test_departing_from_the_results_takes_a_reason(cast: Cast, bench: Bench) -> None:
    hearing = bench.hear(transmitted(cast))
    bench.declare(hearing)
    bench.open()
    proposal = Deliberation(hearing, DAY).proposal
    assert proposal.award == "full" and {part.ground for part in proposal.parts} == {"results"}
    bench.say(hearing, C6=False)
    bench.vote(hearing)
    with pytest.raises(JuryError) as refused:
        bench.decide(hearing, Verdict.PARTIAL)
    assert refused.value.code == "differs" and "C6" in sentence(refused.value)
    bench.say(hearing, "Rien ne le montre.", C6=False)
    with pytest.raises(JuryError) as whole:
        bench.decide(hearing, Verdict.FULL, "Quand même.")
    assert whole.value.code == "whole"
    bench.vote(hearing)
    bench.decide(hearing, Verdict.PARTIAL)
    minutes = bench.draw()
    bench.sign(minutes)
    bench.close(minutes)
    assert [one.code for one in holdings_of(hearing.candidacy)] == [*SIX[:-1]]


def test_a_vote_that_is_not_carried_decides_nothing_and_changing_what_is_voted_asks_again(
    cast: Cast, bench: Bench
) -> None:
    hearing = bench.hear(transmitted(cast))
    bench.declare(hearing)
    bench.open()
    bench.say(hearing)
    bench.vote(hearing, {"a": Ballot.AGAINST, "b": Ballot.AGAINST, "c": Ballot.AGAINST})
    with pytest.raises(RuledOutError) as refused:
        bench.decide(hearing)
    assert refused.value.code == "votes"
    bench.vote(hearing, {"a": Ballot.AGAINST, "b": Ballot.AGAINST})
    bench.decide(hearing)  # two against two: the chair's voice carries
    deliberating.reopen_hearing(hearing=hearing, reason="Un mot à revoir.", at=SESSION, by=bench.chair)
    assert not hearing.votes.exists()
    deliberating.tell_opinions(
        hearing=hearing,
        opinions=[Granted(code="C1", is_granted=True)],
        at=SESSION,
        by=bench.chair,
    )
    with pytest.raises(JuryError) as partly:
        bench.decide(hearing)
    assert partly.value.code == "undecided"


def test_the_chair_closes_and_everybody_signs(cast: Cast, bench: Bench) -> None:
    hearing = bench.hear(transmitted(cast))
    bench.declare(hearing)
    bench.open()
    bench.settle(hearing)
    minutes = bench.draw()
    with pytest.raises(JuryError) as early:
        bench.close(minutes)
    assert early.value.code == "unsigned"
    bench.sign(minutes, without="a")
    with pytest.raises(JuryError) as lacking:
        bench.close(minutes)
    assert "Alix" in sentence(lacking.value)
    with pytest.raises(JuryError) as other:
        minuting.close_minutes(minutes=minutes, by=bench.members["a"].person, at=AFTER, on=DAY)
    assert other.value.code == "not_chair"
    bench.close(minutes, "Partie avant la signature.")
    with pytest.raises(JuryError) as closed:
        minuting.drop_minutes(minutes=minutes, reason="Erreur", at=AFTER, by=cast.secretary)
    assert closed.value.code == "closed"


def test_minutes_put_aside_keep_their_number(cast: Cast, bench: Bench) -> None:
    hearing = bench.hear(transmitted(cast))
    bench.declare(hearing)
    bench.open()
    bench.settle(hearing)
    first = bench.draw()
    minuting.drop_minutes(minutes=first, reason="Une faute de frappe.", at=AFTER, by=cast.secretary)
    second = bench.draw()
    assert (first.number, second.number) == ("PV2026-0001", "PV2026-0002")
    bench.sign(second)
    bench.close(second)
    assert Conclusion.objects.get().minutes == second


def test_minutes_are_put_right_by_others_that_name_them(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    hearing = bench.hear(row)
    bench.declare(hearing)
    bench.open()
    bench.settle(hearing)
    minutes = bench.draw()
    bench.sign(minutes)
    bench.close(minutes)
    text = minutes.text
    later = AFTER + timedelta(days=1)
    other = minuting.correct_minutes(
        session=bench.session,
        corrected=[
            minuting.Corrected(
                hearing=hearing, verdict=Verdict.PARTIAL, reason="C6 cochée par erreur.", granted=SIX[:-1]
            )
        ],
        reason="Erreur matérielle sur C6.",
        at=later,
        by=cast.secretary,
    )
    assert len(holdings_of(row)) == len(SIX)
    bench.sign(other)
    minuting.close_minutes(minutes=other, by=bench.chair, at=later, on=later.date())
    assert [one.code for one in holdings_of(row)] == [*SIX[:-1]]
    minutes.refresh_from_db()
    assert minutes.text == text and other.corrects == minutes
    assert [one.verdict for one in hearing.conclusions.order_by("pk")] == ["full", "partial"]
    assert DecisionRecord.objects.filter(candidacy=row, stage="award").count() == 2
    assert list(rewritten()) == []


def test_who_assessed_the_candidate_is_known_to_the_platform(cast: Cast, bench: Bench) -> None:
    row = transmitted(cast)
    bench.members["p"] = seated(bench, cast.professional, EMPLOYERS)
    hearing = bench.hear(row)
    assert hearing.ties.get(member=bench.members["p"]).known == ["evaluator"]
    bench.declare(hearing)
    bench.open("a")
    told = " ".join(one.seen for one in Deliberation(hearing, DAY).faults)
    assert "évaluateur" in told
