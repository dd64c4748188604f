"""Minutes reached through their session, and what they say in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.core.terms import title_of
from parchemin.records.juries.models import Member, Minutes, Presence, Signature, Verdict
from parchemin.records.juries.queries.sessions import Composed, members_of, signers
from parchemin.records.juries.queries.told import title_of_part
from parchemin.records.people.models import Assurance
from parchemin.web.jury.reaching import Convened, convened
from parchemin.web.shared.typesetting import day as said_day

GRANTED, NOT_GRANTED = "met", "not_met"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sat:
    """A member as the minutes name them, with when and how they signed; ``member`` None for who is no longer there."""

    id: str
    called: str
    place: str
    presence: str
    is_chair: bool
    is_due: bool
    signature: Signature | None

    @property
    def signed(self) -> str:
        """How they signed, in words; nothing while they have not."""
        return str(Assurance(self.signature.assurance).label) if self.signature else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part as it was proposed and decided."""

    code: str
    title: str
    proposed: str
    is_granted: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the minutes say of one candidate, named by their ``hearing``."""

    hearing: str
    number: str
    called: str
    route: str
    verdict: str
    tone: str
    reason: str
    recused: Sequence[tuple[str, str]]
    sat: Sequence[str]
    parts: Sequence[Part]
    lacking: Sequence[str]
    votes: str
    attested: Sequence[str]
    jury: Mapping[str, Any] | None
    award: Mapping[str, Any] | None
    incidents: Sequence[str]
    is_accommodated: bool
    is_again: bool


@dataclass
class Read:
    """Minutes in front of somebody who prepares the session or sat in it."""

    found: Convened
    minutes: Minutes

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """What they say, in JSON types."""
        return self.minutes.told

    @cached_property
    def composed(self) -> Composed:
        """The session under its scheme."""
        return self.found.composed

    @cached_property
    def signatures(self) -> Mapping[str, Signature]:
        """Who signed, by member."""
        return {str(one.member_id): one for one in self.minutes.signatures.all()}

    @cached_property
    def due(self) -> frozenset[str]:
        """The members whose signature is asked."""
        return frozenset(str(one.pk) for one in signers(self.found.session))

    @property
    def members(self) -> list[Sat]:
        """The members as the minutes name them."""
        return [self._sat(one) for one in self.told["members"]]

    @property
    def missing(self) -> list[str]:
        """Who has not signed yet, by name."""
        return [one.called for one in self.members if one.is_due and one.signature is None]

    @property
    def may_sign(self) -> bool:
        """Whether whoever looks is asked to sign, and has not."""
        seat = self.found.member
        return self.is_waiting and seat is not None and str(seat.pk) in self.due and str(seat.pk) not in self.signatures

    @property
    def is_waiting(self) -> bool:
        """Whether they wait for signatures."""
        return self.minutes.is_waiting

    @property
    def may_close(self) -> bool:
        """Whether whoever looks may close them: the chair, who has signed."""
        seat = self.found.member
        return self.is_waiting and seat is not None and seat.is_chair and str(seat.pk) in self.signatures

    @property
    def may_ask(self) -> bool:
        """Whether whoever looks may send the others a link to sign: the office or the chair."""
        return self.may_drop

    @property
    def may_drop(self) -> bool:
        """Whether whoever looks may put them aside: the office or the chair."""
        return self.is_waiting and (self.found.is_office or self.found.is_chair)

    @cached_property
    def lines(self) -> list[Line]:
        """What they say of each candidate, in their order."""
        called = {one["id"]: one["called"] for one in self.told["members"]}
        return [self._line(one, called) for one in self.told["candidates"]]

    @property
    def incidents(self) -> list[str]:
        """What went wrong, outside any candidate."""
        return [one["words"] for one in self.told["incidents"] if not one["hearing"]]

    @property
    def url(self) -> str:
        """The page of these minutes."""
        return reverse("jury:minutes", args=[self.minutes.pk])

    def crumbs(self, *titles: str) -> list[tuple[str, str | None]]:
        """Where the page stands."""
        return self.found.crumbs(*([(self.minutes.number, self.url)] if titles else [self.minutes.number]), *titles)

    def _sat(self, one: Mapping[str, Any]) -> Sat:
        colleges = {id: college.title for id, college in self.composed.colleges.items()}
        seats = {seat.id: seat.title for seat in self.composed.seats}
        places = [seats.get(one["seat"], one["seat"]), colleges.get(one["college"], one["college"])]
        names = {row["id"]: row["called"] for row in self.told["members"]}
        if name := names.get(one["substitutes"], ""):
            places.append(_("supplée %(name)s") % {"name": name})
        return Sat(
            id=one["id"],
            called=one["called"],
            place=", ".join(place for place in places if place),
            presence=str(Presence(one["presence"]).label) if one["presence"] else "",
            is_chair=one["is_chair"],
            is_due=one["id"] in self.due,
            signature=self.signatures.get(one["id"]),
        )

    def _line(self, told: Mapping[str, Any], called: Mapping[str, str]) -> Line:
        scheme = self.composed.scheme
        proposed = {part["code"]: part["seen"] for part in (told.get("proposed") or {}).get("parts", ())}
        verdict = Verdict(told["verdict"])
        return Line(
            hearing=told["hearing"],
            number=told["number"],
            called=told["called"],
            route=title_of(scheme.routes, told["route"]),
            verdict=str(verdict.label),
            tone={Verdict.FULL: "met", Verdict.PARTIAL: "met", Verdict.NONE: "not_met"}.get(verdict, "unknown"),
            reason=told["reason"],
            recused=[(called.get(one["member"], ""), one["reason"]) for one in told["recused"]],
            sat=[name for id, name in called.items() if id in told["sat"]],
            parts=[
                Part(
                    code=one["code"],
                    title=title_of_part(scheme, one["code"]),
                    proposed=proposed.get(one["code"], ""),
                    is_granted=one["is_granted"],
                    reason=one["reason"],
                )
                for one in told.get("parts", ())
            ],
            lacking=[one["seen"] for one in told.get("lacking", ())],
            votes=votes_in_words(told.get("votes", {})),
            attested=[scheme.statements.get(code, code) for code in told.get("attested", ())],
            jury=told.get("jury"),
            award=told.get("award"),
            incidents=[one["words"] for one in self.told["incidents"] if one["hearing"] == told["hearing"]],
            is_accommodated=told["accommodated"],
            is_again=bool(told["prior"]),
        )


def votes_in_words(votes: Mapping[str, int]) -> str:
    """« 3 pour, 1 contre »; nothing where nobody voted."""
    names = {"for": _("%(n)s pour"), "against": _("%(n)s contre"), "abstain": _("%(n)s abstention(s)")}
    return ", ".join(names[one] % {"n": votes[one]} for one in names if votes.get(one))


def read(request: HttpRequest, id: UUID) -> Read:
    """The minutes, for the office of the session or somebody named to it; not found for anybody else."""
    row = Minutes.objects.select_related("corrects", "closed_by").filter(pk=id).first()
    if row is None:
        raise Http404
    found = convened(request, row.session_id)
    return Read(found, row)


def heading(read_: Read) -> list[tuple[str, str]]:
    """What stands above the decisions: the session, when, where, by which act."""
    told, session = read_.told["session"], read_.found.session
    facts = [
        (_("Organisme"), told["body"]),
        (_("Certification"), f"{read_.told['title']} ({read_.told['scheme']})"),
        (_("Session"), _("%(number)s, le %(day)s") % {"number": told["number"], "day": said_day(session.starts_at)}),
        (_("Lieu"), ", ".join(one for one in (session.get_place_display(), told["room"]) if one)),
    ]
    if told["nominated_on"]:
        facts.append(
            (
                _("Nomination"),
                _("par %(who)s, le %(day)s") % {"who": told["nominated_by"], "day": said_day(session.nominated_on)},
            )
        )
    if told["opening_reason"]:
        facts.append((_("Le jury siège malgré sa composition"), told["opening_reason"]))
    if read_.told["corrects"]:
        facts.append((_("Rectifie"), read_.told["corrects"]))
        facts.append((_("Motif de la rectification"), read_.told["reason"]))
    return facts


def seat_of(read_: Read) -> Member:
    """The seat of whoever looks; not found for those who were not named."""
    if read_.found.member is None:
        raise Http404
    return next(one for one in members_of(read_.found.session) if one.pk == read_.found.member.pk)
