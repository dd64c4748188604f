"""What a life tells of its juries, done through the actions of the screens: they sit, decide, sign, and it is told.

A jury that the life does not let deliberate opens its session all the same, with the reason, and puts its decision off.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from parchemin.catalogue.lives import Lived
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, Decision, Stage
from parchemin.core.facts import Attendance, Ballot, Facts, Milestone, Sought
from parchemin.core.plain import decision_from_plain
from parchemin.core.proposing import Part
from parchemin.project.demo.assessing import is_of_jury
from parchemin.project.demo.convening import Calling, Sat
from parchemin.project.demo.learning import ten
from parchemin.records.candidacies.facts import with_facts
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.juries.actions import deliberating, listing, minuting, signing, sitting
from parchemin.records.juries.actions.deliberating import Granted
from parchemin.records.juries.actions.publishing import publish_results
from parchemin.records.juries.errors import JuryError, RuledOutError
from parchemin.records.juries.facts import holdings_of
from parchemin.records.juries.models import Hearing, JurySession, Member, Minutes, Presence, State, Verdict
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.juries.queries.preparing import Expected
from parchemin.records.juries.queries.sessions import signers
from parchemin.records.juries.wordings import sentence
from parchemin.records.people.models import Assurance, Person

AFTERNOON = timedelta(hours=5)
TOLD_AFTER = timedelta(days=7)
PUT_OFF = {Attendance.ABSENT: Verdict.ABSENT, Attendance.EXCUSED: Verdict.EXCUSED}


@dataclass
class Bench:
    """The juries of one life."""

    calling: Calling
    sessions: list[Sat] = field(default_factory=list)

    @property
    def days(self) -> Sequence[Lived]:
        """All the days of the life."""
        return self.calling.days

    @property
    def secretary(self) -> Person:
        """Who keeps its files."""
        return self.calling.secretary

    def day(self, row: Candidacy, index: int, before: Facts) -> Iterator[str]:
        """Do what happened to the juries of that file; what could not be done as the life tells, in words."""
        try:
            yield from self._lived(row, index, before)
        except JuryError as error:
            yield sentence(error)
        yield from self._held_otherwise(row, self.days[index].facts)

    def decided(self, row: Candidacy, lived: Lived, stage: Stage) -> Decision:
        """What the records say of the jury or of the award that day, asked what the life asks.

        Before a session, of those called as if they came; the day it sits, of what it decides; then of the file.
        """
        facts, on = lived.facts, lived.step.date
        last = self.sessions[-1] if self.sessions else None
        if last is None or (stage is Stage.AWARD and last.day != on):
            judged = Judged(with_facts(Candidacy.objects.filter(pk=row.pk)).get(), on)
            return decide(stage, _asking(judged.at(stage), facts), judged.scheme, on)
        hearing = Hearing.objects.select_related("session", "candidacy__certification").get(pk=last.hearing.pk)
        if stage is Stage.JURY and hearing.ruled:
            return decision_from_plain(hearing.ruled["jury"])
        deliberation = Deliberation(hearing, last.day)
        if not last.session.opened_at:
            vars(deliberation)["members"] = Expected(last.session, last.day).members
        return deliberation.jury if stage is Stage.JURY else deliberation.award(facts.sought)

    def _lived(self, row: Candidacy, index: int, before: Facts) -> Iterator[str]:
        lived = self.days[index]
        facts, on = lived.facts, lived.step.date
        day = _day_of(lived, before)
        known = next((one for one in self.sessions if not one.is_over and one.day == (day or on)), None)
        if row.status == Status.ADMISSIBLE and day and known is None:
            first = max([one.day + timedelta(days=1) for one in self.sessions], default=date.min)
            known = yield from self.calling.convene(row, index, day, first)
            self.sessions += [known] if known else []
        if known and known.day <= on:
            self._sits(known, lived)
            if not any(one.step.date == on for one in self.days[index + 1 :]):
                self._concludes(known, index, before)
        told = facts.dates.get(Milestone.NOTIFIED)
        if told and told != before.dates.get(Milestone.NOTIFIED):
            self._told(told)

    def _sits(self, sat: Sat, lived: Lived) -> None:
        """The session opened with those who came; recusals, what the jury holds itself, what is granted, votes."""
        facts, at = lived.facts, ten(sat.day)
        told = {one.name: one for one in facts.members or ()}
        if not sat.session.opened_at:
            came = {
                member: Presence.PRESENT if name not in told or told[name].is_present else Presence.ABSENT
                for name, member in sat.members.items()
            }
            self._opens(sat.session, came, at, lived.step.tells)
        for name, one in told.items():
            member = sat.members.get(name)
            if one.is_recused and member and not sat.hearing.ties.filter(member=member, is_recused=True).exists():
                why = "Lien déclaré avec la personne qui se présente."
                listing.recuse(hearing=sat.hearing, member=member, reason=why, at=at, by=self.secretary)
        self._hears(sat, facts, at)
        self._says(sat, lived, at)

    def _opens(self, session: JurySession, came: Mapping[Member, Presence], at: datetime, why: str) -> None:
        """With the reason where the composition is not what the rules ask."""
        try:
            sitting.open_session(session=session, presences=came, at=at, by=self.secretary)
        except RuledOutError:
            sitting.open_session(session=session, presences=came, at=at, by=self.secretary, reason=why)

    def _hears(self, sat: Sat, facts: Facts, at: datetime) -> None:
        """The methods that the jury holds itself that day, as the final interview."""
        scheme = Judged(sat.hearing.candidacy, sat.day).scheme
        for told in facts.assessments or ():
            if told.day == sat.day and is_of_jury(scheme, told) and told not in sat.held:
                sat.held.append(told)
                titles = [str(one) for one in scheme.methods[told.method].points]
                sitting.hold_method(
                    hearing=sat.hearing,
                    method=told.method,
                    attendance=told.attendance,
                    minutes=told.minutes,
                    points={titles.index(title) + 1: value for title, value in (told.points or {}).items()},
                    is_passed=told.is_passed,
                    at=at,
                    by=self._chair(sat),
                )

    def _says(self, sat: Sat, lived: Lived, at: datetime) -> None:
        facts, chair = lived.facts, self._chair(sat)
        hearing = Hearing.objects.get(pk=sat.hearing.pk)
        deliberation = Deliberation(hearing, sat.day)
        attested = [code for code in deliberation.to_attest if facts.statements.get(code)]
        granted = _granted(deliberation.proposal.to_decide, lived)
        known = {one.code: one.is_granted for one in deliberation.opinions}
        if attested or known != {one.code: one.is_granted for one in granted}:
            attested += hearing.attested
            deliberating.tell_opinions(hearing=hearing, opinions=granted, at=at, by=chair, attested=attested)
        cast = {one.member_id: one.ballot for one in hearing.votes.all()}
        able = {one.pk for one in deliberation.sitting}
        for name, ballot in (facts.votes or {}).items():
            member = sat.members.get(name)
            if member and member.pk in able and cast.get(member.pk) != ballot:
                deliberating.cast_vote(hearing=hearing, member=member, ballot=ballot, at=at, by=member.person)

    def _concludes(self, sat: Sat, index: int, before: Facts) -> None:
        """The jury decides, or puts off; the minutes are drawn, signed by those who sat, and closed by the chair."""
        lived = self.days[index]
        chair, hearing = self._chair(sat), Hearing.objects.get(pk=sat.hearing.pk)
        verdict, reason = self._verdict(sat, hearing, lived)
        deliberating.decide_hearing(hearing=hearing, verdict=verdict, at=ten(sat.day), by=chair, reason=reason)
        signed = max(lived.facts.dates.get(Milestone.SIGNED, sat.day), sat.day)
        write(sat.session, chair, self.secretary, ten(sat.day) + AFTERNOON, ten(signed) + AFTERNOON)
        sat.is_over = True
        if not self._is_told_later(index, before, sat.day):
            on = sat.day + TOLD_AFTER
            publish_results(session=sat.session, at=ten(on), on=on, by=self.secretary)

    def _verdict(self, sat: Sat, hearing: Hearing, lived: Lived) -> tuple[Verdict, str]:
        facts, why = lived.facts, lived.step.tells
        away = next((PUT_OFF[one.attendance] for one in sat.held if one.attendance in PUT_OFF), None)
        if sat.day not in _deliberated_on(facts):
            return away or Verdict.DEFERRED, why
        deliberation = Deliberation(hearing, sat.day)
        if not facts.votes and deliberation.lacks_votes:
            for member in deliberation.sitting:
                deliberating.cast_vote(
                    hearing=hearing, member=member, ballot=Ballot.FOR, at=ten(sat.day), by=member.person
                )
        if deliberation.amount is not Verdict.FULL:
            return deliberation.amount, why
        asked = decide(Stage.AWARD, _asking(facts, facts, Sought.FULL), lived.scheme, sat.day)
        return (Verdict.FULL, "") if asked.outcome is MET else (Verdict.PARTIAL, why)

    def _is_told_later(self, index: int, before: Facts, day: date) -> bool:
        """Whether the life tells when that decision was notified, before another jury sits."""
        for lived in self.days[index:]:
            told = lived.facts.dates.get(Milestone.NOTIFIED)
            if told and told >= day and told != before.dates.get(Milestone.NOTIFIED):
                return True
            if (_day_of(lived, before) or day) != day:
                return False
            before = lived.facts
        return False

    def _told(self, on: date) -> None:
        """The results that candidates do not know yet are published."""
        for sat in self.sessions:
            if sat.session.state is State.CLOSED:
                publish_results(session=sat.session, at=ten(on), on=on, by=self.secretary)

    def _chair(self, sat: Sat) -> Person:
        return next(one.person for one in sat.members.values() if one.is_chair)

    def _held_otherwise(self, row: Candidacy, facts: Facts) -> Iterator[str]:
        """Where the parts that signed minutes give are not those of the life."""
        if facts.holdings is None:
            return
        told = {(one.code, one.dates.get(Milestone.DELIBERATED)) for one in facts.holdings}
        found = {(one.code, one.dates[Milestone.DELIBERATED]) for one in holdings_of(row)}
        for code, day in sorted(told ^ found, key=str):
            yield f"{code} ({day}) : {'absent' if (code, day) in told else 'en trop'}"


def write(session: JurySession, chair: Person, by: Person, drawn_at: datetime, signed_at: datetime) -> Minutes:
    """The minutes drawn, signed by everybody who sat, and closed by whoever chairs."""
    minutes = minuting.draw_minutes(session=session, at=drawn_at, by=by)
    for member in signers(session):
        signing.sign_minutes(minutes=minutes, member=member, assurance=Assurance.PASSWORD, at=signed_at)
    minuting.close_minutes(minutes=minutes, by=chair, at=signed_at, on=timezone.localdate(signed_at))
    session.refresh_from_db()
    return minutes


def _day_of(lived: Lived, before: Facts) -> date | None:
    """The day of the jury that the life tells something new of; None when it tells nothing of a jury."""
    facts = lived.facts
    if new := _deliberated_on(facts) - _deliberated_on(before):
        return max(new)
    session = facts.dates.get(Milestone.SESSION)
    if session and session != before.dates.get(Milestone.SESSION):
        return session
    return lived.step.date if Stage.JURY in lived.step.decides and facts.members else None


def _deliberated_on(facts: Facts) -> set[date]:
    """The days a jury deliberated, as far as the life tells."""
    days = (
        facts.dates.get(Milestone.DELIBERATED),
        *(one.dates.get(Milestone.DELIBERATED) for one in facts.holdings or ()),
    )
    return {day for day in days if day}


def _asking(known: Facts, facts: Facts, sought: Sought | None = None) -> Facts:
    """The same facts, asked what the life asks of the jury."""
    return replace(known, sought=sought or facts.sought)


def _granted(parts: Sequence[Part], lived: Lived) -> list[Granted]:
    """What the life grants: by what it says the jury thinks, by what is held since, or as the results propose."""
    facts = lived.facts
    said = {one.code: one for one in facts.opinions or ()}
    held = {one.code for one in facts.holdings or ()}
    granted = []
    for part in parts:
        told = said.get(part.code)
        is_proposed = part.outcome is MET
        is_granted = told.is_granted if told else part.code in held if held else is_proposed
        reason = told.reason if told and told.reason else "" if is_granted == is_proposed else lived.step.tells
        granted.append(Granted(code=part.code, is_granted=is_granted, reason=reason))
    return granted
