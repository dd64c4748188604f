"""The session while it is open: who is there, what the jury hears, votes and decides, candidate by candidate."""

from datetime import timedelta
from typing import Any

import pytest

from parchemin.core.facts import Attendance, Ballot, Link
from parchemin.records.assessments.facts import assessments_of
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.witnessing import rewritten
from parchemin.records.juries.actions import composing, deliberating, listing, sitting
from parchemin.records.juries.actions.composing import Planned
from parchemin.records.juries.actions.deliberating import Granted
from parchemin.records.juries.actions.pooling import Profile, add_to_pool
from parchemin.records.juries.errors import JuryError, RuledOutError, StaleHearingError
from parchemin.records.juries.models import Hearing, Member, Presence, Verdict
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.juries.queries.sessions import Composed, signers
from tests.records.juries.bench import DAY, PREPARED, SESSION, SIX, Bench, again, code_of, transmitted
from tests.web.cast import TITLE, Cast, opened, person


def leaves(bench: Bench, letter: str, presence: Presence = Presence.ABSENT) -> None:
    sitting.tell_presence(
        session=bench.session, member=bench.members[letter], presence=presence, at=SESSION, by=bench.cast.secretary
    )


def fresh(hearing: Hearing) -> Hearing:
    return Hearing.objects.get(pk=hearing.pk)


def test_what_was_decided_stands_when_somebody_leaves(cast: Cast, bench: Bench) -> None:
    first, second = bench.ready(transmitted(cast), transmitted(cast, who=cast.other_candidate))
    bench.settle(first)
    leaves(bench, "d")
    bench.say(second)
    bench.vote(second, without="d")
    with pytest.raises(RuledOutError) as invalid:
        bench.decide(second)
    assert invalid.value.code == "invalid"
    bench.decide(second, Verdict.DEFERRED, "Plus de parité.")
    assert Deliberation(fresh(first), DAY).faults == ()
    assert {one.person.given_name for one in signers(bench.session)} == {"Alix", "Béranger", "Cyriane", "Doran"}
    minutes = bench.draw()
    bench.sign(minutes)
    bench.close(minutes)
    told = {line["hearing"]: line for line in minutes.told["candidates"]}
    assert len(told[str(first.pk)]["sat"]) == 4 and len(told[str(second.pk)]["sat"]) == 3
    assert told[str(first.pk)]["jury"]["outcome"] == "met"
    assert {one["presence"] for one in minutes.told["members"]} == {"present", "absent"}
    assert minutes.told["opening"]["outcome"] != "not_met"
    assert list(rewritten()) == []


def test_who_was_never_there_does_not_sign(cast: Cast, bench: Bench) -> None:
    hearing = bench.hear(transmitted(cast))
    bench.open("a", "b", reason="Les employeurs sont retenus.")
    bench.decide(hearing, Verdict.EXCUSED)
    minutes = bench.draw()
    assert code_of(bench.sign, minutes) == "not_present"
    other = again(bench)
    bench.members = {"c": bench.members["c"], "a": other.members["a"]}
    assert code_of(bench.sign, minutes) == "not_a_member"


def test_the_chair_is_there_and_a_new_one_changes_nothing_of_what_was_voted(cast: Cast, bench: Bench) -> None:
    first, second = bench.ready(transmitted(cast), transmitted(cast, who=cast.other_candidate))
    divided = {"a": Ballot.AGAINST, "b": Ballot.AGAINST}
    bench.say(first)
    bench.vote(first, divided)
    bench.decide(first)
    assert code_of(leaves, bench, "c") == "no_chair"
    chair: dict[str, Any] = {"session": bench.session, "at": SESSION, "by": cast.secretary}
    composing.name_chair(member=bench.members["a"], **chair)
    leaves(bench, "c", Presence.EXCUSED)
    assert code_of(composing.name_chair, member=bench.members["c"], **chair) == "not_present"
    assert code_of(composing.name_chair, member=again(bench).members["a"], **chair) == "not_a_member"
    bench.decide(second, Verdict.ABSENT)
    line = bench.draw().told["candidates"][0]
    assert line["jury"]["outcome"] == "met" and line["verdict"] == "full"
    assert list(rewritten()) == []


def test_who_leaves_votes_no_more_on_what_is_not_decided(cast: Cast, bench: Bench) -> None:
    first, second = bench.ready(transmitted(cast), transmitted(cast, who=cast.other_candidate))
    bench.settle(first)
    bench.say(second)
    bench.vote(second)
    leaves(bench, "d")
    assert first.votes.count() == 4 and second.votes.count() == 3
    assert code_of(bench.vote, second) == "not_present"
    assert code_of(leaves, bench, "d", Presence.PRESENT) == ""
    bench.vote(second)
    assert second.votes.count() == 4
    assert list(rewritten()) == []


def test_presence_is_that_of_a_member_of_this_session(cast: Cast, bench: Bench) -> None:
    bench.ready(transmitted(cast))
    bench.members["z"] = again(bench).members["a"]
    assert code_of(leaves, bench, "z") == "not_a_member"


def test_a_session_opens_on_its_day_with_its_chair(cast: Cast, bench: Bench) -> None:
    def opens(**named: Any) -> str:
        told: dict[str, Any] = {"session": bench.session, "presences": {}, "at": SESSION, "by": cast.secretary}
        return code_of(sitting.open_session, **{**told, **named})

    assert opens() == "no_agenda"
    bench.hear(transmitted(cast))
    assert opens(at=SESSION - timedelta(hours=13)) == "to_come"
    assert opens() == "no_chair"
    there = {bench.members["a"]: Presence.PRESENT}
    assert opens(presences=there) == "no_chair"
    bench.session.refresh_from_db()
    assert bench.session.opened_at is None and not any(one.presence for one in Member.objects.all())
    bench.open()
    assert opens() == "state"
    bench.session.refresh_from_db()
    assert bench.session.opening is not None and bench.session.opening["stage"] == "jury"


def test_an_incident_is_about_this_session(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    told: dict[str, Any] = {"session": bench.session, "at": SESSION, "by": bench.chair}
    assert code_of(sitting.tell_incident, words=" ", **told) == "reason"
    sitting.tell_incident(words="Coupure de courant.", hearing=hearing, **told)
    listing.take_off_agenda(hearing=hearing, reason="x", at=SESSION, by=cast.secretary)
    assert code_of(sitting.tell_incident, words="x", hearing=hearing, **told) == "removed"
    assert code_of(bench.draw) == "no_agenda"
    assert list(rewritten()) == []


def test_a_voice_is_on_what_its_member_saw(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    with pytest.raises(JuryError) as early:
        bench.vote(hearing)
    assert early.value.code == "undecided" and early.value.values["parts"] == ", ".join(SIX)
    bench.say(hearing)
    seen = hearing.revision
    bench.say(hearing, "Rien ne le montre.", C6=False)
    with pytest.raises(StaleHearingError):
        deliberating.cast_vote(
            hearing=fresh(hearing),
            member=bench.members["a"],
            ballot=Ballot.FOR,
            at=SESSION,
            by=bench.chair,
            revision=seen,
        )
    bench.members["z"] = again(bench).members["b"]
    assert code_of(bench.vote, hearing, without="abcd") == "not_a_member"


def test_the_same_told_in_another_order_keeps_the_voices(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    bench.say(hearing)
    bench.vote(hearing)

    def say(*codes: str, granted: bool = True) -> None:
        opinions = [Granted(code=code, is_granted=granted) for code in codes]
        deliberating.tell_opinions(
            hearing=hearing, opinions=opinions, at=SESSION, by=bench.chair, attested=("conformity_verified",)
        )

    say(*reversed(SIX), "C1")
    assert hearing.votes.count() == 4 and hearing.opinions.count() == 6
    assert code_of(say, "C1", "Z9") == "no_part"
    say(*SIX[1:])
    assert hearing.votes.count() == 0
    assert list(rewritten()) == []


def test_the_jury_attests_before_it_decides(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    opinions = [Granted(code=code, is_granted=True) for code in SIX]
    deliberating.tell_opinions(hearing=hearing, opinions=opinions, at=SESSION, by=bench.chair, attested=("file_used",))
    assert hearing.attested == []
    bench.vote(hearing)
    with pytest.raises(RuledOutError) as silent:
        bench.decide(hearing)
    assert silent.value.code == "unattested"


def test_what_is_taken_up_again_is_kept_with_its_reason(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    told: dict[str, Any] = {"hearing": hearing, "at": SESSION, "by": bench.chair}
    assert code_of(deliberating.reopen_hearing, reason="x", **told) == "not_decided"
    bench.settle(hearing)
    assert code_of(deliberating.reopen_hearing, reason=" ", **told) == "reason"
    deliberating.reopen_hearing(reason=" Une voix mal comptée. ", **told)
    kept = fresh(hearing)
    assert (kept.verdict, kept.sat, kept.ruled, kept.proposed) == ("", None, None, None)
    assert [(one["verdict"], one["why"]) for one in kept.reopened] == [("full", "Une voix mal comptée.")]
    bench.vote(hearing)
    bench.decide(hearing)
    assert bench.draw().told["candidates"][0]["reopened"] == kept.reopened
    assert list(rewritten()) == []


@pytest.mark.parametrize("verdict", [Verdict.DEFERRED, Verdict.VOID])
def test_what_is_put_off_has_a_reason(cast: Cast, bench: Bench, verdict: Verdict) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    assert code_of(bench.decide, hearing, verdict, " ") == "reason"
    bench.decide(hearing, verdict, "Fraude constatée.")
    assert code_of(bench.decide, hearing, verdict, "x") == "decided"
    assert code_of(bench.say, hearing) == code_of(bench.vote, hearing) == "decided"
    listed = {"hearing": hearing, "member": bench.members["a"], "at": SESSION, "by": bench.chair}
    assert code_of(listing.recuse, reason="x", **listed) == code_of(listing.take_back_recusal, **listed) == "decided"


def test_granting_nothing_and_refusing_what_was_granted(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast, *SIX))
    bench.say(hearing, "", **dict.fromkeys(SIX, False))
    bench.vote(hearing)
    assert code_of(bench.decide, hearing, Verdict.PARTIAL) == "partly"
    bench.say(hearing, "Vu à l’entretien.", **{code: code != "C1" for code in SIX})
    bench.vote(hearing)
    assert code_of(bench.decide, hearing, Verdict.NONE) == "reason"
    bench.say(hearing, "", **dict.fromkeys(SIX, False))
    bench.vote(hearing)
    bench.decide(hearing, Verdict.NONE)
    ruled = fresh(hearing).ruled
    assert ruled is not None and ruled["award"]["outcome"] == "not_met"


def test_everything_granted_is_not_called_a_part_without_a_reason(cast: Cast, bench: Bench) -> None:
    (hearing,) = bench.ready(transmitted(cast))
    bench.say(hearing)
    bench.vote(hearing)
    assert code_of(bench.decide, hearing, Verdict.PARTIAL) == "reason"
    bench.decide(hearing, Verdict.PARTIAL, "Le jury reporte la délivrance entière.")


def titled(cast: Cast) -> tuple[Bench, Hearing]:
    """A session of the jury of the title, which holds its final interview; a file before it."""
    certification = cast.certification(TITLE)
    made = Bench(
        cast,
        composing.plan_session(
            organisation=cast.organisation,
            certification=certification,
            jury="final",
            planned=Planned(starts_at=SESSION),
            at=PREPARED,
            by=cast.secretary,
        ),
    )
    for letter, seat in (("a", "certifier"), ("b", "professional"), ("c", "professional")):
        pool_member = add_to_pool(
            organisation=cast.organisation,
            scheme=TITLE,
            person=person(f"{letter}.title", letter.upper(), "Fictif"),
            profile=Profile(is_qualified=True),
            on=PREPARED.date(),
            at=PREPARED,
            by=cast.secretary,
        )
        made.members[letter] = composing.seat_member(
            session=made.session,
            pool_member=pool_member,
            seat=seat,
            at=PREPARED,
            by=cast.secretary,
            is_chair=letter == "c",
        )
    file = opened(cast.candidate, certification, "continuing")
    Candidacy.objects.filter(pk=file.pk).update(status="admissible", identity={})
    hearing = Hearing.objects.create(session=made.session, candidacy=file, position=1)
    made.declare(hearing)
    made.open()
    return made, hearing


def test_the_jury_holds_its_interview_point_by_point(cast: Cast) -> None:
    bench, hearing = titled(cast)
    assert Composed(bench.session, DAY).faults == ()
    assert sitting.methods_of(Deliberation(hearing, DAY)) == ["paper_defence", "final_interview"]

    def held(method: str = "final_interview", **named: Any) -> Any:
        told: dict[str, Any] = {"attendance": Attendance.HELD, "at": SESSION, "by": bench.chair, **named}
        return sitting.hold_method(hearing=hearing, method=method, **told)

    assert code_of(held, "simulation_b1") == "no_method"
    assert code_of(held, points={6: True}) == "no_part"
    assert held(points=dict.fromkeys(range(1, 5), True)).is_passed is None
    assert held(points={1: True, 2: False}).is_passed is False
    assert held(points=dict.fromkeys(range(1, 6), True)).is_passed is True
    assert held(points=dict.fromkeys(range(1, 6), True), is_passed=False).is_passed is False
    assert held().is_passed is None
    assert held(attendance=Attendance.ABSENT, points={1: True}).is_passed is None
    file = Candidacy.objects.get(pk=hearing.candidacy_id)
    told = assessments_of(file, Deliberation(hearing, DAY).judged.scheme)
    assert [one.attendance for one in told].count(Attendance.ABSENT) == 1
    assert [len(one.points or {}) for one in told] == [4, 2, 5, 5, 0, 0]
    bench.decide(hearing, Verdict.ABSENT)
    assert code_of(held) == "decided"


def test_a_jury_that_may_not_deliberate_hears_nobody(cast: Cast) -> None:
    bench, hearing = titled(cast)
    listing.declare_ties(member=bench.members["a"], links={hearing: (Link.FAMILY,)}, at=SESSION)
    with pytest.raises(RuledOutError) as invalid:
        sitting.hold_method(
            hearing=hearing, method="final_interview", attendance=Attendance.HELD, at=SESSION, by=bench.chair
        )
    assert invalid.value.code == "invalid"
