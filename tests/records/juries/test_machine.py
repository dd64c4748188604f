"""Whatever a jury does, in whatever order: no effect without a valid jury, signed minutes and the reasons due."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from parchemin.core.facts import Ballot, Link
from parchemin.records.journal.witnessing import rewritten
from parchemin.records.juries.actions import composing, deliberating, listing, minuting, publishing, signing, sitting
from parchemin.records.juries.actions.deliberating import Granted
from parchemin.records.juries.actions.minuting import Corrected
from parchemin.records.juries.errors import JuryError, StaleHearingError, StaleSessionError
from parchemin.records.juries.facts import holdings_of
from parchemin.records.juries.models import (
    DECIDED,
    Conclusion,
    Hearing,
    Holding,
    JurySession,
    Member,
    Minutes,
    PoolMember,
    Presence,
    Verdict,
    Vote,
)
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.people.models import Assurance
from tests.records.juries.bench import (
    AFTER,
    DAY,
    EMPLOYEES,
    EMPLOYERS,
    PREPARED,
    SESSION,
    SIX,
    Bench,
    pooled,
    transmitted,
)
from tests.web.cast import Cast, person

people = st.integers(0, 5)
files = st.integers(0, 1)
reasons = st.sampled_from(["", "Motif."])
BEGUN = ("closed", "drawn", "decided", "open", "declared", "named")
granted = st.sets(st.sampled_from(SIX)) | st.just(set(SIX))


class Sessions(RuleBasedStateMachine):
    """One session of the joint jury with two candidates; six people may sit, four do at first."""

    bench: ClassVar[Bench]
    pool: ClassVar[list[PoolMember]]
    presented: ClassVar[list[Any]]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        event(f"{self.session.state.value}, minutes {Minutes.objects.count()}, held {Holding.objects.count() > 0}")
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @property
    def session(self) -> JurySession:
        return JurySession.objects.get(pk=self.bench.session.pk)

    @property
    def by(self) -> Any:
        return self.bench.cast.secretary

    @property
    def minutes(self) -> Minutes | None:
        return Minutes.objects.filter(dropped_at__isnull=True).order_by("number").last()

    def member(self, index: int) -> Member | None:
        return Member.objects.filter(person=self.pool[index].person).first()

    def hearing(self, index: int) -> Hearing | None:
        return Hearing.objects.filter(candidacy=self.presented[index]).first()

    def attempt(self, act: Callable[..., Any], *subjects: Any, **values: Any) -> None:
        """Done, or refused in words; whatever else is raised is a fault."""
        if any(one is None for one in (*subjects, *values.values())):
            return
        try:
            with transaction.atomic():
                act(**values)
        except (JuryError, StaleSessionError, StaleHearingError):
            pass

    @initialize(
        reached=st.sampled_from(["named", "declared", "open", "decided", "drawn", "closed"]), partial=st.booleans()
    )
    def begun(self, reached: str, partial: bool) -> None:
        if reached == "named":
            return
        for index in range(4):
            for file in range(2):
                self.declare(index, file, None)
        if reached == "declared":
            return
        self.opens(set(), "Motif.")
        if reached == "open":
            return
        self.settle(0, set(SIX[:-1]) if partial else set(SIX), "Motif.")
        self.decide(1, Verdict.DEFERRED, "Motif.")
        if reached in ("drawn", "closed"):
            self.draw()
        if reached == "closed":
            self.finish(2)

    @rule(index=people, chairs=st.booleans(), of=st.none() | people)
    def seat(self, index: int, chairs: bool, of: int | None) -> None:
        substitutes = None if of is None else self.member(of)
        self.attempt(
            lambda: composing.seat_member(
                session=self.session,
                pool_member=self.pool[index],
                at=PREPARED,
                by=self.by,
                is_chair=chairs,
                substitutes=substitutes,
            )
        )

    @rule(index=people)
    def unseat(self, index: int) -> None:
        self.attempt(composing.unseat_member, session=self.session, member=self.member(index), at=PREPARED, by=self.by)

    @rule(index=people)
    def name_chair(self, index: int) -> None:
        self.attempt(composing.name_chair, session=self.session, member=self.member(index), at=SESSION, by=self.by)

    @rule(index=people, file=files, link=st.none() | st.sampled_from(Link))
    def declare(self, index: int, file: int, link: Link | None) -> None:
        member, hearing = self.member(index), self.hearing(file)
        links = {hearing: (link,) if link else ()}
        self.attempt(lambda: listing.declare_ties(member=member, links=links, at=PREPARED), member, hearing)  # type: ignore[arg-type]

    @rule(index=people, file=files, reason=reasons)
    def recuse(self, index: int, file: int, reason: str) -> None:
        told = {"hearing": self.hearing(file), "member": self.member(index), "at": SESSION, "by": self.by}
        self.attempt(listing.recuse, reason=reason, **told)

    @rule(index=people, file=files)
    def take_back(self, index: int, file: int) -> None:
        told = {"hearing": self.hearing(file), "member": self.member(index), "at": SESSION, "by": self.by}
        self.attempt(listing.take_back_recusal, **told)

    @rule(file=files, reason=reasons)
    def take_off(self, file: int, reason: str) -> None:
        self.attempt(listing.take_off_agenda, hearing=self.hearing(file), reason=reason, at=PREPARED, by=self.by)

    @rule(file=files)
    def put_on(self, file: int) -> None:
        values = {"session": self.session, "candidacy": self.presented[file], "at": PREPARED, "on": PREPARED.date()}
        self.attempt(listing.put_on_agenda, by=self.by, **values)

    @rule(absent=st.sets(people, max_size=2), reason=reasons)
    def opens(self, absent: set[int], reason: str) -> None:
        there = [one for index in range(6) if index not in absent and (one := self.member(index))]
        presences = dict.fromkeys(there, Presence.PRESENT)
        told = {"presences": presences, "reason": reason, "at": SESSION, "by": self.by}
        self.attempt(sitting.open_session, session=self.session, **told)

    @rule(index=people, presence=st.sampled_from(Presence))
    def presence(self, index: int, presence: Presence) -> None:
        told = {"member": self.member(index), "presence": presence, "at": SESSION, "by": self.by}
        self.attempt(sitting.tell_presence, session=self.session, **told)

    @rule(file=files, granted=granted, reason=reasons, attests=st.booleans())
    def opinions(self, file: int, granted: set[str], reason: str, attests: bool) -> None:
        told = [Granted(code=code, is_granted=code in granted, reason=reason) for code in SIX]
        attested = ("conformity_verified",) if attests else ()
        values = {"opinions": told, "attested": attested, "at": SESSION, "by": self.by}
        self.attempt(deliberating.tell_opinions, hearing=self.hearing(file), **values)

    @rule(index=people, file=files, ballot=st.sampled_from(Ballot))
    def vote(self, index: int, file: int, ballot: Ballot) -> None:
        told = {"hearing": self.hearing(file), "member": self.member(index), "ballot": ballot}
        self.attempt(deliberating.cast_vote, at=SESSION, by=self.by, **told)

    @rule(file=files, granted=granted, reason=reasons)
    def settle(self, file: int, granted: set[str], reason: str) -> None:
        self.opinions(file, granted, reason, True)
        for index in range(6):
            self.vote(index, file, Ballot.FOR)
        verdict = Verdict.FULL if granted == set(SIX) else Verdict.PARTIAL if granted else Verdict.NONE
        self.decide(file, verdict, reason)

    @rule(file=files, verdict=st.sampled_from(Verdict), reason=reasons)
    def decide(self, file: int, verdict: Verdict, reason: str) -> None:
        told = {"verdict": verdict, "reason": reason, "at": SESSION, "by": self.by}
        self.attempt(deliberating.decide_hearing, hearing=self.hearing(file), **told)

    @rule(file=files, reason=reasons)
    def reopen(self, file: int, reason: str) -> None:
        self.attempt(deliberating.reopen_hearing, hearing=self.hearing(file), reason=reason, at=SESSION, by=self.by)

    @rule()
    def draw(self) -> None:
        self.attempt(minuting.draw_minutes, session=self.session, at=AFTER, by=self.by)

    @precondition(lambda self: self.minutes)
    @rule(reason=reasons)
    def drop(self, reason: str) -> None:
        self.attempt(minuting.drop_minutes, minutes=self.minutes, reason=reason, at=AFTER, by=self.by)

    @precondition(lambda self: self.minutes)
    @rule(signers=st.sets(people) | st.just(set(range(6))))
    def sign(self, signers: set[int]) -> None:
        for index in sorted(signers):
            told = {"member": self.member(index), "assurance": Assurance.PASSWORD, "at": AFTER}
            self.attempt(signing.sign_minutes, minutes=self.minutes, **told)

    @precondition(lambda self: self.minutes)
    @rule(index=people | st.just(2), reason=reasons)
    def close(self, index: int, reason: str) -> None:
        who = self.pool[index].person
        self.attempt(minuting.close_minutes, minutes=self.minutes, by=who, at=AFTER, on=DAY, reason=reason)

    @precondition(lambda self: self.minutes)
    @rule(index=people | st.just(2))
    def finish(self, index: int) -> None:
        self.sign(set(range(6)))
        self.close(index, "Motif.")

    @precondition(lambda self: self.minutes)
    @rule(file=files, granted=granted, verdict=st.sampled_from(DECIDED) | st.sampled_from(Verdict), reason=reasons)
    def correct(self, file: int, granted: set[str], verdict: Verdict, reason: str) -> None:
        hearing = self.hearing(file)
        if hearing is None:
            return
        corrected = [Corrected(hearing=hearing, verdict=verdict, reason=reason, granted=sorted(granted))]
        told = {"corrected": corrected, "reason": "Motif.", "at": AFTER, "by": self.by}
        self.attempt(minuting.correct_minutes, session=self.session, **told)

    @rule()
    def publish(self) -> None:
        self.attempt(publishing.publish_results, session=self.session, at=AFTER, on=DAY, by=self.by)

    @invariant()
    def nothing_is_rewritten(self) -> None:
        assert list(rewritten()) == []

    @invariant()
    def effects_rest_on_closed_minutes_and_a_valid_jury(self) -> None:
        for minutes in Minutes.objects.filter(closed_at__isnull=False):
            assert minutes.signatures.filter(member__is_chair=True).exists()
        for one in Conclusion.objects.select_related("minutes", "jury_record", "award_record"):
            assert one.minutes.closed_at
            if one.verdict in DECIDED:
                assert one.jury_record is not None and one.jury_record.outcome == "met"
                assert one.award_record is not None and (
                    one.award_record.outcome == "met" or one.reason or one.verdict == "none"
                )
        assert not Holding.objects.filter(minutes__closed_at__isnull=True).exists()

    @invariant()
    def a_decision_has_its_jury_and_its_reasons(self) -> None:
        for one in Hearing.objects.exclude(verdict="").prefetch_related("opinions"):
            if one.verdict in ("deferred", "void"):
                assert one.reason
            if one.verdict not in DECIDED:
                continue
            assert one.ruled is not None and one.proposed is not None and one.sat is not None
            assert one.ruled["jury"]["outcome"] == "met"
            sat = Member.objects.filter(pk__in=one.sat)
            assert [sat.filter(college=college).count() for college in (EMPLOYERS, EMPLOYEES)] in ([2, 2], [3, 3])
            proposed = {part["code"]: part["outcome"] == "met" for part in one.proposed["parts"]}
            opinions = list(one.opinions.all())
            assert all(opinion.reason or proposed[opinion.code] == opinion.is_granted for opinion in opinions)
            assert one.reason or one.verdict == "none" or one.ruled["award"]["outcome"] == "met"
            if one.verdict == "full":
                assert all(opinion.is_granted for opinion in opinions) and len(opinions) == len(SIX)

    @invariant()
    def those_who_do_not_sit_have_no_voice(self) -> None:
        for hearing in Hearing.objects.filter(verdict="", removed_at__isnull=True):
            votes = set(Vote.objects.filter(hearing=hearing).values_list("member_id", flat=True))
            if votes:
                assert votes <= {one.pk for one in Deliberation(hearing, DAY).sitting}

    @invariant()
    def what_is_held_is_what_the_last_closed_minutes_say(self) -> None:
        for index, file in enumerate(self.presented):
            hearing = self.hearing(index)
            last = Conclusion.objects.filter(hearing=hearing).order_by("pk").last() if hearing else None
            held = {one.code for one in holdings_of(file)}
            if last is None:
                assert held == set()
            else:
                lines = last.minutes.told["candidates"]
                line = next(one for one in lines if one["hearing"] == str(last.hearing_id))
                assert held == set(line.get("granted", ()))
            if hearing and hearing.told_id:
                assert last is not None


def test_whatever_a_jury_does(cast: Cast, bench: Bench) -> None:
    Sessions.bench = bench
    Sessions.presented = [transmitted(cast, "C6"), transmitted(cast, who=cast.other_candidate)]
    for file in Sessions.presented:
        bench.hear(file)
    known = [PoolMember.objects.get(person=bench.members[letter].person) for letter in "abcd"]
    others = (("edwige", EMPLOYERS), ("firmin", EMPLOYEES))
    known += [pooled(cast, person(login, login.title(), "Fictif"), college) for login, college in others]
    Sessions.pool = known
    run_state_machine_as_test(
        Sessions,
        settings=settings(
            max_examples=12,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
