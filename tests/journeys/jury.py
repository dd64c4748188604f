"""Juries in the words of their pages, each person in a browser of their own, and the same done beforehand.

What somebody does on the site is a verb that takes their browser first (``summons``, ``votes``, ``signs``); what stands
already when a journey begins is done by the records' actions, on a ``Panel`` (``panel.called()``, ``panel.closed(…)``).
A session begins in an hour, so it may be opened; everybody is called, votes and signs today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from parchemin.core.facts import Ballot, Link
from parchemin.project.tasks import post_letter, post_notice
from parchemin.records.candidacies.models import Candidacy, Letter, Notice
from parchemin.records.juries.actions import (
    calling,
    composing,
    deliberating,
    listing,
    minuting,
    pooling,
    publishing,
    signing,
    sitting,
)
from parchemin.records.juries.actions.composing import Planned
from parchemin.records.juries.actions.deliberating import Granted
from parchemin.records.juries.actions.pooling import Profile
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
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.people.models import Assurance, Person
from tests.edges.letters.cast import read as read_pdf
from tests.journeys.visitor import Visitor
from tests.web.cast import PASSWORD, Cast, person
from tests.web.pdf import pdf_of

ROOM = "Salle fictive, 2 rue Inventée"
SAID = {None: "", True: "yes", False: "no"}


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Somebody to name to a jury; ``login`` is how the journey calls them, ``substitutes`` the login they stand for."""

    login: str
    given: str
    family: str = "Fictif"
    seat: str = ""
    college: str = ""
    gender: str = "f"
    is_external: bool | None = True
    is_qualified: bool | None = True
    profiles: tuple[str, ...] = ()
    is_chair: bool = False
    substitutes: str = ""

    @property
    def profile(self) -> Profile:
        """What is known of them."""
        return Profile(
            college=self.college,
            profiles=list(self.profiles) or None,
            is_external=self.is_external,
            is_qualified=self.is_qualified,
            gender=self.gender,
        )

    def made(self) -> Person:
        """Their account, which opens with the password of the tests."""
        known = Person.objects.filter(email=f"{self.login}@example.org").first()
        return known or person(self.login, self.given, self.family)


@dataclass
class Panel:
    """A session and who is named to it, by login; each method is done by the records' actions, as of now."""

    cast: Cast
    session: JurySession
    members: dict[str, Member] = field(default_factory=dict)

    @property
    def fresh(self) -> JurySession:
        """The session as it is now."""
        return JurySession.objects.get(pk=self.session.pk)

    @property
    def chair(self) -> Person:
        """Who chairs."""
        return next(one.person for one in self.members.values() if one.is_chair)

    def seated(self, *people: Chosen) -> "Panel":
        """These are in the pool, and named to the session."""
        for one in people:
            self.members[one.login] = composing.seat_member(
                session=self.session,
                pool_member=pooled(self.cast, self.session.certification.scheme, one),
                seat=one.seat,
                is_chair=one.is_chair,
                substitutes=self.members.get(one.substitutes),
                **self._signed(),
            )
        return self

    def heard(self, *rows: Candidacy) -> list[Hearing]:
        """These transmitted files are on the agenda."""
        found = []
        for row in rows:
            hearing = listing.put_on_agenda(
                session=self.session, candidacy=row, on=timezone.localdate(), **self._signed()
            )
            assert isinstance(hearing, Hearing), [one.seen for one in hearing.findings if one.outcome != "met"]
            found.append(hearing)
        return found

    def nominated(self) -> "Panel":
        """The act that names the members is kept."""
        composing.nominate(
            session=self.session,
            nominated_on=timezone.localdate(),
            nominated_by="Autorité fictive",
            act=pdf_of(1),
            filename="acte.pdf",
            **self._signed(),
        )
        return self

    def called(self) -> "Panel":
        """Members and candidates are called."""
        calling.call(session=self.session, on=timezone.localdate(), **self._signed())
        return self

    def declared(self, *hearings: Hearing, **links: tuple[Link, ...]) -> "Panel":
        """Each member said what ties them to these candidates: nothing, unless told."""
        for login, member in self.members.items():
            told = dict.fromkeys(hearings, links.get(login, ()))
            listing.declare_ties(member=member, links=told, at=timezone.now())
        return self

    def opened(self, *absent: str, reason: str = "") -> "Panel":
        """The session is open, everybody there but those."""
        came = {
            member: Presence.ABSENT if login in absent else Presence.PRESENT for login, member in self.members.items()
        }
        sitting.open_session(session=self.session, presences=came, reason=reason, **self._signed())
        return self

    def said(self, hearing: Hearing, granted: Mapping[str, bool] | None = None, reason: str = "") -> "Panel":
        """Each part is granted unless told, with that reason; all that the rules want attested is."""
        looked = Deliberation(Hearing.objects.get(pk=hearing.pk), timezone.localdate())
        told = [
            Granted(code=part.code, is_granted=(granted or {}).get(part.code, True), reason=reason)
            for part in looked.proposal.to_decide
        ]
        deliberating.tell_opinions(hearing=hearing, opinions=told, attested=tuple(looked.to_attest), **self._chaired())
        return self

    def voted(self, hearing: Hearing, votes: Mapping[str, Ballot] | None = None, *, but: Iterable[str] = ()) -> "Panel":
        """Everybody votes for, unless told; ``but`` those do not."""
        for login, member in self.members.items():
            if login not in but:
                ballot = (votes or {}).get(login, Ballot.FOR)
                deliberating.cast_vote(
                    hearing=hearing, member=member, ballot=ballot, at=timezone.now(), by=member.person
                )
        return self

    def decided(self, hearing: Hearing, verdict: Verdict = Verdict.FULL, reason: str = "") -> "Panel":
        """The jury decided so."""
        deliberating.decide_hearing(hearing=hearing, verdict=verdict, reason=reason, **self._chaired())
        return self

    def drawn(self) -> Minutes:
        """The minutes are written down."""
        return minuting.draw_minutes(session=self.session, **self._signed())

    def signed(self, minutes: Minutes, *, but: Iterable[str] = ()) -> "Panel":
        """Everybody signed, but those."""
        for login, member in self.members.items():
            if login not in but:
                signing.sign_minutes(minutes=minutes, member=member, assurance=Assurance.PASSWORD, at=timezone.now())
        return self

    def closed(self, *hearings: Hearing, verdict: Verdict = Verdict.FULL, reason: str = "") -> Minutes:
        """These are decided so, and the minutes drawn, signed by everybody and closed by the chair."""
        for hearing in hearings:
            if verdict in DECIDED:
                self.said(hearing, reason=reason).voted(hearing)
            self.decided(hearing, verdict, reason)
        minutes = self.drawn()
        self.signed(minutes).finished(minutes)
        return minutes

    def finished(self, minutes: Minutes) -> "Panel":
        """The chair closed these minutes."""
        minuting.close_minutes(minutes=minutes, on=timezone.localdate(), **self._chaired())
        return self

    def published(self) -> "Panel":
        """Every candidate is told."""
        publishing.publish_results(session=self.session, on=timezone.localdate(), **self._signed())
        return self

    def _signed(self) -> dict[str, Any]:
        return {"at": timezone.now(), "by": self.cast.secretary}

    def _chaired(self) -> dict[str, Any]:
        return {"at": timezone.now(), "by": self.chair}


# What stands already when a journey begins.


def planned(cast: Cast, scheme: str, jury: str, *people: Chosen, previous_college: str = "") -> Panel:
    """A session of that jury in an hour, with these named to it."""
    made = composing.plan_session(
        organisation=cast.organisation,
        certification=cast.certification(scheme),
        jury=jury,
        planned=Planned(starts_at=soon(), minutes=180, room=ROOM, previous_college=previous_college),
        at=timezone.now(),
        by=cast.secretary,
    )
    return Panel(cast, made).seated(*people)


def pooled(cast: Cast, scheme: str, one: Chosen) -> PoolMember:
    """Somebody who may be called to the juries of that certification."""
    known = PoolMember.objects.filter(person=one.made(), scheme=scheme).first()
    return known or pooling.add_to_pool(
        organisation=cast.organisation,
        scheme=scheme,
        person=one.made(),
        profile=one.profile,
        seats=[one.seat] if one.seat else [],
        on=timezone.localdate(),
        at=timezone.now(),
        by=cast.secretary,
    )


def soon() -> datetime:
    """In an hour, to the minute: early enough to be called, late enough to be opened."""
    return (timezone.localtime() + timedelta(hours=1)).replace(second=0, microsecond=0)


def posted() -> dict[str, EmailMessage]:
    """What waited about juries goes out: the last message to each address."""
    mail.outbox.clear()
    for notice in Notice.objects.filter(sent_at__isnull=True).order_by("due_at", "pk"):
        post_notice.call(notice.pk)
    for letter in Letter.objects.filter(sent_at__isnull=True, kind__startswith="jury_").order_by("asked_at"):
        post_letter.call(str(letter.pk))
    return {one.to[0]: one for one in mail.outbox}


# What each of them does on the site; with ``is_looking`` each page on the way is looked at.


def press(who: Visitor, name: str, *, is_looking: bool = False) -> Visitor:
    """Press the first button of the page whose name holds that."""
    with who.page.expect_navigation():
        who.page.get_by_role("main").get_by_role("button", name=name).first.click()
    return who.look() if is_looking else who


def comes(who: Visitor, path: str, *, is_looking: bool = False) -> Visitor:
    """Open an address of the site."""
    who.page.goto(path)
    return who.look() if is_looking else who


def plans(
    office: Visitor, scheme: str, jury: str, *, previous_college: str = "", is_looking: bool = False
) -> JurySession:
    """The secretary plans a session of that jury in an hour."""
    starts = soon()
    comes(office, f"/jurys/prevoir/?jury={scheme}/{jury}", is_looking=is_looking)
    office.fill(on=starts.date(), hour=f"{starts:%H:%M}", minutes=180, room=ROOM)
    if previous_college:
        office.fill(previous_college=previous_college)
    press(office, "Prévoir la session", is_looking=is_looking).sees("La session est prévue")
    return JurySession.objects.latest("created_at")


def pools(office: Visitor, scheme: str, one: Chosen, *, is_looking: bool = False) -> PoolMember:
    """The secretary brings somebody known here into the pool, with what the rules look at."""
    made = one.made()
    comes(office, f"/jurys/vivier/ajouter/?scheme={scheme}", is_looking=is_looking)
    office.fill(email=made.email, gender=one.gender, profiles=", ".join(one.profiles))
    if one.college:
        office.fill(college=one.college)
    if one.seat:
        office.page.locator(f"[name=seats][value='{one.seat}']").check()
    for name, value in (("is_external", one.is_external), ("is_qualified", one.is_qualified)):
        office.page.locator(f"[name={name}][value='{SAID[value]}']").check()
    press(office, "Ajouter au vivier", is_looking=is_looking).sees("est dans le vivier")
    return PoolMember.objects.get(person=made, scheme=scheme)


def names(office: Visitor, session: JurySession, one: Chosen, *, is_looking: bool = False) -> Member:
    """The secretary names somebody of the pool to the session, at their seat."""
    comes(office, f"/jurys/{session.pk}/nommer/", is_looking=is_looking)
    office.fill(person=PoolMember.objects.get(person__email=f"{one.login}@example.org").pk)
    if one.seat:
        office.fill(seat=one.seat)
    if one.substitutes:
        office.fill(substitutes=session.members.get(person__email=f"{one.substitutes}@example.org").pk)
    if one.is_chair:
        office.fill(is_chair=True)
    press(office, "Nommer", is_looking=is_looking).sees("est nommé à cette session")
    return session.members.select_related("person").get(person__email=f"{one.login}@example.org")


def nominates(office: Visitor, session: JurySession, folder: Path, *, is_looking: bool = False) -> Visitor:
    """The secretary joins the act that names the members."""
    act = folder / "acte.pdf"
    act.write_bytes(pdf_of(1))
    comes(office, f"/jurys/{session.pk}/acte/joindre/", is_looking=is_looking)
    office.fill(nominated_on=timezone.localdate(), nominated_by="Autorité fictive")
    office.page.locator("input[type=file]").set_input_files(act)
    return press(office, "Joindre l’acte", is_looking=is_looking).sees("L'acte est joint à la session")


def enrols(office: Visitor, session: JurySession, *rows: Candidacy, is_looking: bool = False) -> list[Hearing]:
    """The secretary puts these files on the agenda."""
    comes(office, f"/jurys/{session.pk}/ordre-du-jour/", is_looking=is_looking)
    for row in rows:
        office.page.locator(f"[name=file][value='{row.pk}']").check()
    press(office, "Inscrire les dossiers cochés", is_looking=is_looking).sees("à l'ordre du jour")
    return [session.hearings.get(candidacy=row) for row in rows]


def spreads(office: Visitor, session: JurySession, each: int, *, is_looking: bool = False) -> Visitor:
    """The secretary spreads the hours of the agenda, from the beginning of the session."""
    comes(office, f"/jurys/{session.pk}/ordre-du-jour/ordre/", is_looking=is_looking)
    office.fill(first=f"{timezone.localtime(session.starts_at):%H:%M}", each=each)
    return press(office, "Enregistrer l’ordre", is_looking=is_looking)


def summons(office: Visitor, session: JurySession, *, is_looking: bool = False) -> dict[str, EmailMessage]:
    """The secretary reads the summons again and sends them: what each is told, by address."""
    comes(office, f"/jurys/{session.pk}/convoquer/", is_looking=is_looking)
    press(office, "Envoyer les convocations", is_looking=is_looking)
    return posted()


def declares(
    who: Visitor, session: JurySession, links: Mapping[Hearing, Link] | None = None, *, is_looking: bool = False
) -> Visitor:
    """A member declares these links, and that nothing ties them to the other candidates."""
    comes(who, f"/jurys/{session.pk}/liens/", is_looking=is_looking)
    for hearing, link in (links or {}).items():
        who.page.locator(f"[name='c-{hearing.pk.hex}'][value='{link.value}']").check()
    press(who, "Déclarer, et rien ne me lie aux autres", is_looking=is_looking)
    return who.sees("vous avez répondu pour chaque candidat")


def opens(
    who: Visitor, session: JurySession, absent: Iterable[Member] = (), reason: str = "", *, is_looking: bool = False
) -> Visitor:
    """Whoever leads opens the session, everybody there but those; what comes is theirs to read."""
    comes(who, f"/jurys/{session.pk}/seance/", is_looking=is_looking)
    for one in absent:
        who.page.locator(f"[name='m-{one.pk.hex}'][value=absent]").check()
    if reason:
        who.fill(reason=reason)
    return press(who, "Ouvrir la session", is_looking=is_looking)


def address(hearing: Hearing) -> str:
    """The page of a candidate before the jury."""
    return f"/jurys/{hearing.session_id}/candidats/{hearing.pk}/"


def tells(
    who: Visitor,
    hearing: Hearing,
    opinions: Mapping[str, bool] | None = None,
    reasons: Mapping[str, str] | None = None,
    *,
    is_looking: bool = False,
) -> Visitor:
    """Whoever leads notes what the jury thinks of these parts, and why; of the others, what stands in the form."""
    comes(who, address(hearing), is_looking=is_looking)
    attests(who)
    for code, is_granted in (opinions or {}).items():
        value = "yes" if is_granted else "no"
        who.page.locator(f"label:has([name='value-{code}'][value={value}])").click()
    for code, reason in (reasons or {}).items():
        why = who.page.locator(f"[id='id_value-{code}'] .part-why")
        if why.get_attribute("open") is None:
            why.locator("summary").click()
        who.fill(**{f"reason-{code}": reason})
    return press(who, "Noter les avis", is_looking=is_looking).sees("Les avis sont notés")


def attests(who: Visitor) -> Visitor:
    """All that the rules want to hear from the jury is ticked."""
    for box in who.page.locator("[name=attested]").all():
        box.check()
    return who


def votes(who: Visitor, hearing: Hearing, ballot: Ballot = Ballot.FOR, *, is_looking: bool = False) -> Visitor:
    """A member votes on what was noted."""
    comes(who, address(hearing), is_looking=is_looking)
    with who.page.expect_navigation():
        who.page.locator(f"button[name=ballot][value={ballot.value}]").click()
    if is_looking:
        who.look()
    return who.sees("Votre voix est notée")


def concludes(
    who: Visitor, hearing: Hearing, verdict: Verdict, reason: str = "", *, is_looking: bool = False
) -> Visitor:
    """Whoever leads takes that decision; what comes is theirs to read, refused or not."""
    comes(who, address(hearing), is_looking=is_looking)
    who.page.locator(f"label:has([name=verdict][value={verdict.value}])").click()
    if reason:
        who.fill(decision_reason=reason)
    with who.page.expect_navigation():
        who.page.locator("button[name=act][value=decide]").click()
    return who.look() if is_looking else who


def draws(who: Visitor, session: JurySession, *, is_looking: bool = False) -> Minutes:
    """Whoever leads has the minutes written down, once everything is decided."""
    comes(who, f"/jurys/{session.pk}/proces-verbal/", is_looking=is_looking)
    press(who, "Établir le procès-verbal", is_looking=is_looking)
    return Minutes.objects.filter(session=session).latest("drawn_at")


def sheet(minutes: Minutes) -> str:
    """The page of minutes."""
    return f"/jurys/proces-verbaux/{minutes.pk}/"


def signs(who: Visitor, minutes: Minutes, *, is_looking: bool = False) -> Visitor:
    """A member says again who they are, reads the minutes again, and signs."""
    comes(who, sheet(minutes) + "signer/", is_looking=is_looking)
    if who.page.locator("[name=password]").count():
        who.page.locator("[name=password]").fill(PASSWORD)
        press(who, "Confirmer", is_looking=is_looking)
    who.fill(is_read=True)
    return press(who, "Signer le procès-verbal", is_looking=is_looking).sees("Votre signature est enregistrée")


def closes(who: Visitor, minutes: Minutes, reason: str = "", *, is_looking: bool = False) -> Visitor:
    """Whoever chairs closes the minutes; ``reason`` where a signature is missing."""
    comes(who, sheet(minutes) + "clore/", is_looking=is_looking)
    if reason:
        who.fill(reason=reason)
    return press(who, "Clore le procès-verbal", is_looking=is_looking).sees("Le procès-verbal est clos")


def paper(who: Visitor, minutes: Minutes) -> str:
    """What the minutes say as a PDF, with plain spaces and apostrophes."""
    answer = who.page.request.get(who.address + sheet(minutes) + "proces-verbal.pdf")
    told = read_pdf(answer.body()).text
    return " ".join(told.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'").split())


def publishes(office: Visitor, session: JurySession, *, is_looking: bool = False) -> dict[str, EmailMessage]:
    """The secretary tells everybody together: what each candidate receives, by address."""
    comes(office, f"/jurys/{session.pk}/resultats/", is_looking=is_looking)
    press(office, "Publier les résultats ensemble", is_looking=is_looking).sees("prévenu")
    return posted()


def result(hearing: Hearing) -> str:
    """The page where the candidate reads the decision."""
    return f"/jurys/resultat/{hearing.pk}/"


def finds_nothing(who: Visitor, *paths: str) -> None:
    """These pages are not there for them."""
    for path in paths:
        assert who.page.request.get(who.address + path).status == 404, path
