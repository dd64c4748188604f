"""Juries of the first body around today: results published, minutes to sign, a session open, another to prepare.

Its colleges take turns at chairing, each after the one that chaired the last session closed.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from parchemin.core.decision import MET
from parchemin.core.facts import Ballot
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown, listed
from parchemin.project.demo.awarding import compare, give_all
from parchemin.project.demo.cast import Cast, CastBody, bodies
from parchemin.project.demo.convening import ROOM, pooled
from parchemin.project.demo.deliberating import AFTERNOON, write
from parchemin.project.demo.learning import ten
from parchemin.project.demo.middle import held, signed
from parchemin.project.demo.queue import admitted, drop
from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.assessments.queries.sending import Sending
from parchemin.records.candidacies.actions import depositing
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.queries import scheme_of, version_for
from parchemin.records.juries.actions import composing, deliberating, listing, minuting, signing, sitting
from parchemin.records.juries.actions.calling import call
from parchemin.records.juries.actions.composing import Planned
from parchemin.records.juries.actions.deliberating import Granted
from parchemin.records.juries.actions.pooling import Profile
from parchemin.records.juries.actions.publishing import publish_results
from parchemin.records.juries.models import Hearing, Member, Presence, Verdict
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.juries.queries.sessions import signers
from parchemin.records.people.models import Assurance, Person

EMPLOYERS, EMPLOYEES = "employers", "employees"
SEATED = (
    ("jury.employeurs", "Jude", "Employeurs", EMPLOYERS, "m"),
    ("jury.employeuse", "Eulalie", "Entreprise", EMPLOYERS, "f"),
    ("jury.salaries", "Judith", "Salariée", EMPLOYEES, "f"),
    ("jury.salarie", "Côme", "Atelier", EMPLOYEES, "m"),
)
TO_SIGN = "jury.salaries"
LOGINS = ("jury.employeurs", "jury.salaries")
NUMBERS = (46, 47, 48, 49, 51, 52)
DAY = timedelta(days=1)
BEGAN, ASSESSED, SENT, CALLED = 150 * DAY, 60 * DAY, 50 * DAY, 30 * DAY


def convene(cast: Cast, on: date) -> Iterator[Candidacy]:
    """Their files, by the first route of the first body; none where its jury is not of employers and employees."""
    first = next(iter(bodies()), None)
    if first is None or not first.routes:
        return
    scheme = scheme_of(first.scheme, version=version_for(first.scheme, on), on=on)
    route = scheme.route_of(first.routes[0])
    jury = route.jury if route and isinstance(route.jury, str) else ""
    if not {EMPLOYERS, EMPLOYEES} <= _colleges(scheme, jury):
        return
    rows = [row for index in NUMBERS if (row := _complete(cast, first, index, on))]
    yield from rows
    if len(rows) < len(NUMBERS):
        return
    partial, full, unsigned, *others = rows
    _to_sign(Jury(cast, first, jury, on - 12 * DAY, on, "jury.employeurs"), [unsigned])
    _published(Jury(cast, first, jury, on - 9 * DAY, on, "jury.employeuse"), [partial, full])
    Jury(cast, first, jury, on, on, "jury.salaries").opens(others[:-1])
    Jury(cast, first, jury, on + 9 * DAY, on).hears(others[-1:], silent=LOGINS)


class Jury:
    """A session of that jury, the four members named to it, who chairs if told; called well before."""

    def __init__(self, cast: Cast, body: CastBody, jury: str, day: date, on: date, chair: str = "") -> None:
        self.cast, self.day, self.secretary = cast, day, cast.secretaries[body.scheme]
        self.called = min(day - CALLED, on)
        self.session = composing.plan_session(
            organisation=cast.bodies[body.scheme],
            certification=cast.certifications[body.scheme],
            jury=jury,
            planned=Planned(starts_at=ten(day), minutes=240, room=ROOM, previous_college=EMPLOYEES),
            at=ten(self.called),
            by=self.secretary,
        )
        self.members = {called: self._seated(called, *told, chair=chair) for called, *told in SEATED}

    def _seated(self, called: str, given: str, family: str, college: str, gender: str, *, chair: str) -> Member:
        person = self.cast.person(called, given, family)
        profile = Profile(college=college, is_external=True, is_qualified=True, gender=gender)
        body, scheme = self.session.organisation, self.session.certification.scheme
        return composing.seat_member(
            session=self.session,
            pool_member=pooled(body, scheme, person, profile, self.secretary),
            at=ten(self.called),
            by=self.secretary,
            is_chair=called == chair,
        )

    @property
    def chair(self) -> Person:
        """Who chairs."""
        return next(one.person for one in self.members.values() if one.is_chair)

    def hears(self, rows: Sequence[Candidacy], silent: Collection[str] = ()) -> list[Hearing]:
        """These files on the agenda, every member but those saying that nothing ties them to anybody."""
        hearings = []
        for row in rows:
            found = listing.put_on_agenda(
                session=self.session, candidacy=row, at=ten(self.called), on=self.called, by=self.secretary
            )
            assert isinstance(found, Hearing), [one.seen for one in found.findings]
            hearings.append(found)
        for called, member in self.members.items():
            if called not in silent:
                listing.declare_ties(member=member, links=dict.fromkeys(hearings, ()), at=ten(self.called + DAY))
        return hearings

    def opens(self, rows: Sequence[Candidacy]) -> list[Hearing]:
        """The same before everybody, candidates and members called, the session open."""
        hearings = self.hears(rows)
        call(session=self.session, at=ten(self.called), on=self.called, by=self.secretary)
        came = dict.fromkeys(self.members.values(), Presence.PRESENT)
        sitting.open_session(session=self.session, presences=came, at=ten(self.day), by=self.secretary)
        return hearings

    def decides(self, rows: Sequence[Candidacy]) -> None:
        """On each of these, what the results propose, everybody for it."""
        for hearing in self.opens(rows):
            deliberation = Deliberation(hearing, self.day)
            told = [Granted(code=one.code, is_granted=one.outcome is MET) for one in deliberation.proposal.to_decide]
            at, award = ten(self.day), deliberation.proposal.award
            attested = deliberation.to_attest
            deliberating.tell_opinions(hearing=hearing, opinions=told, at=at, by=self.chair, attested=attested)
            for member in self.members.values():
                deliberating.cast_vote(hearing=hearing, member=member, ballot=Ballot.FOR, at=at, by=member.person)
            verdict = Verdict(award.value) if award else Verdict.NONE
            deliberating.decide_hearing(hearing=hearing, verdict=verdict, at=at, by=self.chair)


def _published(jury: Jury, rows: Sequence[Candidacy]) -> None:
    jury.decides(rows)
    held_at = ten(jury.day) + AFTERNOON
    write(jury.session, jury.chair, jury.secretary, held_at, held_at)
    told = jury.day + 2 * DAY
    publish_results(session=jury.session, at=ten(told), on=told, by=jury.secretary)
    for row in rows:
        compare(row.candidate, jury.secretary, ten(told))
    give_all(jury.session, told + DAY, jury.cast.managers[jury.session.certification.scheme])


def _to_sign(jury: Jury, rows: Sequence[Candidacy]) -> None:
    """Everybody signed but one."""
    jury.decides(rows)
    at = ten(jury.day) + AFTERNOON
    minutes = minuting.draw_minutes(session=jury.session, at=at, by=jury.secretary)
    for member in signers(jury.session):
        if member != jury.members[TO_SIGN]:
            signing.sign_minutes(minutes=minutes, member=member, assurance=Assurance.PASSWORD, at=at)


def _colleges(scheme: Scheme, jury: str) -> set[str]:
    found = scheme.juries.get(jury)
    if found is None or isinstance(found, Unknown) or isinstance(found.colleges, Unknown):
        return set()
    return set(found.colleges)


def _complete(cast: Cast, body: CastBody, index: int, on: date) -> Candidacy | None:
    """A complete file that the jury has; the first lacks two competences."""
    is_first = index == NUMBERS[0]
    said = "Candidat, résultat partiel" if is_first else ""
    row = admitted(cast, index, body.scheme, body.routes[0], on - BEGAN, said=said)
    if row is None:
        return None
    by, day = cast.secretaries[body.scheme], on - ASSESSED
    for evaluator in held(cast, row, day):
        signed(evaluator, lacking=2 if is_first else 0)
    judged, sent = Judged(Candidacy.objects.get(pk=row.pk), day), on - SENT
    for kind in (*judged.later.documents, *Sending(judged).to_join):
        known = judged.scheme.documents.get(kind)
        drop(row, kind, sent, listed(known.signed_by) if known else ())
    depositing.deposit_file(candidacy=row, by=row.candidate, at=ten(sent), on=sent)
    depositing.answer_file(candidacy=row, is_complete=True, reasons="", by=by, at=ten(sent), on=sent)
    fresh = Candidacy.objects.get(pk=row.pk)
    transmit_file(candidacy=fresh, by=by, at=ten(sent), on=sent, attested=list(Sending(Judged(fresh, sent)).to_attest))
    return fresh
