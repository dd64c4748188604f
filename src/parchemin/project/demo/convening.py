"""Calling the juries of a life: a session, those it names, and its file on the agenda once it is complete.

A life rarely says everything of a session. Where it names nobody, those it names later and who are tied to nobody sit;
whoever is only named once another withdrew was called to stand in for them.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from parchemin.catalogue.lives import Lived
from parchemin.core import facts as core
from parchemin.core.asking import leaves
from parchemin.core.checks.validity import DoneWithin
from parchemin.core.decision import MET, Stage
from parchemin.core.facts import Assessment, Document, Facts, Milestone
from parchemin.core.scheme import Scheme
from parchemin.project.demo.assessing import Panel
from parchemin.project.demo.cast import OPENED
from parchemin.project.demo.learning import ten
from parchemin.project.demo.papers import paper
from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.assessments.queries.sending import Sending
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.actions import composing, listing, pooling
from parchemin.records.juries.actions.calling import call
from parchemin.records.juries.actions.composing import Planned
from parchemin.records.juries.actions.pooling import Profile
from parchemin.records.juries.models import Hearing, JurySession, Member, PoolMember
from parchemin.records.people.models import Organisation, Person
from parchemin.records.people.names import folded

ROOM = "12, rue de l’Exemple, salle du jury"
NOTICE = timedelta(days=21)


@dataclass
class Sat:
    """A session of a life: its day, its members by the names of the life, the file before it."""

    day: date
    session: JurySession
    hearing: Hearing
    members: dict[str, Member]
    held: list[Assessment] = field(default_factory=list)
    is_over: bool = False


@dataclass
class Calling:
    """Who calls the juries of one life, and all its days, for a session is called before it is held."""

    panel: Panel
    secretary: Person
    days: Sequence[Lived]

    def convene(self, row: Candidacy, index: int, day: date, first: date) -> Generator[str, None, Sat | None]:
        """A session that day, prepared from ``first`` on: those of the life named to it, and the file on its agenda.

        None where the file is held back; by what, in words.
        """
        facts, scheme = self.days[index].facts, self.days[index].scheme
        named = self._named(index, day)
        route = scheme.route_of(row.route)
        nominated = facts.dates.get(Milestone.NOMINATED)
        since = min(nominated or day, day - NOTICE)
        prepared = min(max(since, first), day)
        session = composing.plan_session(
            organisation=self.panel.body,
            certification=row.certification,
            jury=route.jury if route and isinstance(route.jury, str) else "",
            planned=Planned(
                starts_at=ten(day), minutes=180, room=ROOM, previous_college=facts.previous_chair_college or ""
            ),
            at=ten(prepared),
            by=self.secretary,
        )
        members = self._seated(session, named, self._stood_in_for(index, day), ten(prepared))
        if nominated or wants(scheme, Milestone.NOMINATED):
            nominate(session, nominated or prepared, self.panel.body, self.secretary, ten(prepared))
        hearing = yield from self._listed(row, session, facts, prepared, min(day, self.days[index].step.date))
        if hearing is None:
            return None
        summoned = facts.dates.get(Milestone.SUMMONED, prepared)
        called = summoned if prepared <= summoned <= day else prepared
        call(session=session, at=ten(called), on=called, by=self.secretary)
        for one in named:
            if one.links is not None:
                listing.declare_ties(member=members[one.name], links={hearing: one.links}, at=ten(called))
        return Sat(day, session, hearing, members)

    def _days(self, index: int, day: date) -> Sequence[Lived]:
        """The days of the life from that one to the day the session sits."""
        until = max(day, self.days[index].step.date)
        return [one for one in self.days[index:] if one.step.date <= until]

    def _named(self, index: int, day: date) -> list[core.Member]:
        """Those the life names to that session, as it first does; where it names nobody, those it names later."""
        told: dict[str, core.Member] = {}
        for lived in self._days(index, day):
            for one in lived.facts.members or ():
                told.setdefault(one.name, one)
        later = next((lived.facts.members for lived in self.days[index:] if lived.facts.members), None)
        return list(told.values()) or [one for one in later or () if not one.links]

    def _stood_in_for(self, index: int, day: date) -> dict[str, str]:
        """Who is only named once another withdrew stands in for them: each by the name of the other."""
        found: dict[str, str] = {}
        days = [lived.facts.members or () for lived in self._days(index, day)]
        for former, members in pairwise(days):
            known = {one.name for one in former}
            gone = [one.name for one in members if one.is_recused and one.name in known]
            found |= zip((one.name for one in members if one.name not in known), gone, strict=False)
        return found

    def _seated(
        self, session: JurySession, named: Sequence[core.Member], others: Mapping[str, str], at: datetime
    ) -> dict[str, Member]:
        chair = next((one.name for one in named if one.is_chair), named[0].name if named else "")
        members: dict[str, Member] = {}
        for one in named:
            profile = profile_of(one)
            kept = pooled(self.panel.body, self.panel.scheme, self._person(one.name), profile, self.secretary)
            members[one.name] = composing.seat_member(
                session=session,
                pool_member=kept,
                at=at,
                by=self.secretary,
                seat=one.seat or "",
                profile=profile,
                is_chair=one.name == chair,
                substitutes=members.get(others.get(one.name, "")),
            )
        return members

    def _person(self, name: str) -> Person:
        """The same person for every life of the certification, or who assessed under that name in this one."""
        assess = {
            one.name for lived in self.days for told in lived.facts.assessments or () for one in told.evaluators or ()
        }
        given, _, family = name.partition(" ")
        where = self.panel.life if name in assess else self.panel.scheme
        return self.panel.cast.person(f"{folded(name).replace(' ', '-')}.{where}", given, family or "Fictif")

    def _listed(
        self, row: Candidacy, session: JurySession, facts: Facts, prepared: date, last: date
    ) -> Generator[str, None, Hearing | None]:
        """The file transmitted when it can be, then on the agenda; what holds it back, in words."""
        done = [one.day for one in facts.assessments or () if one.day and one.day <= last]
        ready = max([prepared, *done, *(day for day in [facts.dates.get(Milestone.DEPOSITED)] if day)])
        for on in dict.fromkeys((min(ready, last), last)):
            sending = Sending(Judged(Candidacy.objects.get(pk=row.pk), on))
            if sending.sent.may_go:
                attested = [code for code in sending.to_attest if facts.statements.get(code)]
                transmit_file(candidacy=row, by=self.secretary, at=ten(on), on=on, attested=attested)
            if row.dates.filter(milestone=Milestone.TRANSMITTED).exists():
                break
        found = listing.put_on_agenda(
            session=session,
            candidacy=Candidacy.objects.get(pk=row.pk),
            at=ten(on),
            on=on,
            by=self.secretary,
            blocks=facts.blocks,
        )
        if isinstance(found, Hearing):
            return found
        yield from (
            f"{one.rule} : {one.outcome.value} ({one.seen})" for one in found.findings if one.outcome is not MET
        )
        return None


def wants(scheme: Scheme, milestone: Milestone) -> bool:
    """Whether a rule on juries counts from or to that milestone."""
    checks = (check for rule in scheme.rules.get(Stage.JURY, ()) for check in leaves(rule.check))
    return any(isinstance(one, DoneWithin) and milestone in (one.since, one.until) for one in checks)


def profile_of(told: core.Member) -> Profile:
    """What the life says of a member, as the pool keeps it."""
    return Profile(
        college=told.college or "",
        profiles=told.profiles,
        is_external=told.is_external,
        is_qualified=told.is_qualified,
        gender=told.gender or "",
    )


def pooled(body: Organisation, scheme: str, person: Person, profile: Profile, by: Person) -> PoolMember:
    """The person in the pool of that certification, since it opened."""
    known = PoolMember.objects.filter(organisation=body, scheme=scheme, person=person, left_on__isnull=True).first()
    return known or pooling.add_to_pool(
        organisation=body,
        scheme=scheme,
        person=person,
        profile=profile,
        on=OPENED,
        briefed_on=OPENED,
        at=ten(OPENED),
        by=by,
    )


def nominate(session: JurySession, on: date, body: Organisation, by: Person, at: datetime) -> None:
    """The act by which the body names the members of that session."""
    act = paper(Document(id="Acte de nomination du jury", pages=1), session.number)
    composing.nominate(
        session=session, nominated_on=on, nominated_by=body.name, act=act.content, filename="acte.pdf", at=at, by=by
    )
