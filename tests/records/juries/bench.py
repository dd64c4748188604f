"""Juries of the cast: two employers and two employees, a session, files before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from parchemin.core.facts import Ballot, Link
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.juries.actions import composing, deliberating, listing, minuting, pooling, signing, sitting
from parchemin.records.juries.actions.composing import Planned
from parchemin.records.juries.actions.deliberating import Granted
from parchemin.records.juries.actions.pooling import Profile
from parchemin.records.juries.errors import JuryError
from parchemin.records.juries.models import (
    DECIDED,
    Hearing,
    JurySession,
    Member,
    Minutes,
    PoolMember,
    Presence,
    Verdict,
)
from parchemin.records.people.models import Assurance, Person
from tests.records.assessments import sending, sheets
from tests.records.candidacies import files
from tests.web.cast import CQP, Cast, opened, person

PREPARED = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
SESSION = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
DAY = date(2026, 3, 20)
EMPLOYERS, EMPLOYEES = "employers", "employees"
NAMED = (
    ("alix", "Alix", EMPLOYERS, "f"),
    ("beranger", "Béranger", EMPLOYERS, "m"),
    ("cyriane", "Cyriane", EMPLOYEES, "f"),
    ("doran", "Doran", EMPLOYEES, "m"),
)
SIX = ("C1", "C2", "C3", "C4", "C5", "C6")


@dataclass
class Bench:
    """A session and who sits; ``members`` by the first letter of their names, a to d; a employee chairs: c."""

    cast: Cast
    session: JurySession
    members: dict[str, Member] = field(default_factory=dict)

    def hear(self, candidacy: Candidacy) -> Hearing:
        """The file on the agenda."""
        found = listing.put_on_agenda(
            session=self.session, candidacy=candidacy, at=PREPARED, on=PREPARED.date(), by=self.cast.secretary
        )
        assert isinstance(found, Hearing), [one.seen for one in found.findings if one.outcome != "met"]
        return found

    def declare(self, hearing: Hearing, **links: tuple[Link, ...]) -> None:
        """Each member declares what ties them to the candidate: nothing, unless told."""
        for letter, member in self.members.items():
            listing.declare_ties(member=member, links={hearing: links.get(letter, ())}, at=PREPARED)

    def ready(self, *candidacies: Candidacy) -> list[Hearing]:
        """These files on the agenda, nobody tied to anybody, and the session open."""
        hearings = [self.hear(one) for one in candidacies]
        for hearing in hearings:
            self.declare(hearing)
        self.open()
        return hearings

    def closed(self, *candidacies: Candidacy, verdict: Verdict = Verdict.FULL, reason: str = "") -> list[Hearing]:
        """All of it: these files decided so, and the minutes closed."""
        hearings = self.ready(*candidacies)
        for hearing in hearings:
            if verdict in DECIDED:
                self.settle(hearing, verdict, reason)
            else:
                self.decide(hearing, verdict, reason)
        minutes = self.draw()
        self.sign(minutes)
        self.close(minutes)
        return hearings

    def open(self, *absent: str, reason: str = "") -> None:
        """The session opens, everybody there but those."""
        came = {
            member: Presence.ABSENT if letter in absent else Presence.PRESENT for letter, member in self.members.items()
        }
        sitting.open_session(session=self.session, presences=came, at=SESSION, by=self.cast.secretary, reason=reason)

    def say(self, hearing: Hearing, reason: str = "", **granted: bool) -> None:
        """What is granted: everything, unless told."""
        told = [Granted(code=code, is_granted=granted.get(code, True), reason=reason) for code in SIX]
        deliberating.tell_opinions(
            hearing=hearing,
            opinions=told,
            at=SESSION,
            by=self.chair,
            attested=("conformity_verified",),
        )

    def vote(self, hearing: Hearing, votes: Mapping[str, Ballot] | None = None, *, without: str = "") -> None:
        """Everybody votes for, unless told."""
        for letter, member in self.members.items():
            if letter not in without:
                ballot = (votes or {}).get(letter, Ballot.FOR)
                deliberating.cast_vote(hearing=hearing, member=member, ballot=ballot, at=SESSION, by=member.person)

    def decide(self, hearing: Hearing, verdict: Verdict = Verdict.FULL, reason: str = "") -> None:
        """The jury decides."""
        deliberating.decide_hearing(hearing=hearing, verdict=verdict, at=SESSION, by=self.chair, reason=reason)

    def settle(self, hearing: Hearing, verdict: Verdict = Verdict.FULL, reason: str = "", **granted: bool) -> None:
        """Said, voted and decided."""
        self.say(hearing, reason, **granted)
        self.vote(hearing)
        self.decide(hearing, verdict)

    def draw(self) -> Minutes:
        """The minutes written down."""
        return minuting.draw_minutes(session=self.session, at=AFTER, by=self.cast.secretary)

    def sign(self, minutes: Minutes, without: str = "") -> None:
        """Everybody signs."""
        for letter, member in self.members.items():
            if letter not in without:
                signing.sign_minutes(minutes=minutes, member=member, assurance=Assurance.PASSWORD, at=AFTER)

    def close(self, minutes: Minutes, reason: str = "") -> None:
        """The chair closes them."""
        minuting.close_minutes(minutes=minutes, by=self.chair, at=AFTER, on=DAY, reason=reason)

    @property
    def chair(self) -> Person:
        """Who chairs."""
        return self.members["c"].person


def planned(cast: Cast, starts_at: datetime = SESSION, previous_college: str = EMPLOYERS) -> JurySession:
    """A session of the joint jury of the CQP, nobody named yet."""
    return composing.plan_session(
        organisation=cast.organisation,
        certification=cast.certification(CQP),
        jury="joint",
        planned=Planned(starts_at=starts_at, minutes=180, room="Salle fictive", previous_college=previous_college),
        at=PREPARED,
        by=cast.secretary,
    )


def bench(cast: Cast) -> Bench:
    """A session of that jury, its four members named, one of them chairing."""
    made = Bench(cast, planned(cast))
    for login, first, college, gender in NAMED:
        made.members[login[0]] = seated(made, person(login, first, "Fictif"), college, gender, is_chair=login[0] == "c")
    return made


def again(made: Bench) -> Bench:
    """Another session a week later, the same four named; an employer chairs: a."""
    other = Bench(made.cast, planned(made.cast, SESSION + timedelta(days=7)))
    for login, *_ in NAMED:
        known = PoolMember.objects.get(person=made.members[login[0]].person)
        other.members[login[0]] = composing.seat_member(
            session=other.session, pool_member=known, at=PREPARED, by=made.cast.secretary, is_chair=login[0] == "a"
        )
    return other


def seated(made: Bench, who: Person, college: str, gender: str = "", *, is_chair: bool = False) -> Member:
    """Somebody brought into the pool and named to the session."""
    return composing.seat_member(
        session=made.session,
        pool_member=pooled(made.cast, who, college, gender),
        at=PREPARED,
        by=made.cast.secretary,
        is_chair=is_chair,
    )


def pooled(cast: Cast, who: Person, college: str, gender: str = "", on: date = date(2026, 1, 5)) -> PoolMember:
    """Somebody brought into the pool."""
    return pooling.add_to_pool(
        organisation=cast.organisation,
        scheme=CQP,
        person=who,
        profile=Profile(college=college, is_external=True, is_qualified=True, gender=gender),
        on=on,
        at=PREPARED,
        by=cast.secretary,
    )


def transmitted(cast: Cast, *missing: str, who: Person | None = None) -> Candidacy:
    """A file of the CQP that the jury has, every competence acquired but those named."""
    row = files.decided(cast, files.completed(cast, opened(who or cast.candidate, cast.certification(CQP), "vae")))
    sending.documented(cast, row)
    if not cast.professional.accreditations.exists():
        sending.accredited(cast)
    pair = sheets.held(cast, row)
    sheets.signed(pair.professional, *missing)
    sheets.signed(pair.outside, *missing)
    sending.sent(cast, Candidacy.objects.get(pk=row.pk))
    return Candidacy.objects.get(pk=row.pk)


def code_of(act: Any, *arguments: Any, **named: Any) -> str:
    """Why that is refused; nothing when it is not."""
    try:
        act(*arguments, **named)
    except JuryError as error:
        return error.code
    return ""
