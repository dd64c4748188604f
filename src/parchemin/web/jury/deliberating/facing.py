"""One candidate in front of the jury: who looks, what they may do, and that nobody recused reads anything of them."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.urls import reverse

from parchemin.core.scheme import Scheme
from parchemin.records.juries.actions.taking import BEFORE
from parchemin.records.juries.models import Hearing, JurySession, Member, State, Tie
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.web.jury.reaching import Convened, convened, heard
from parchemin.web.shared.clock import now

READ = timedelta(days=60)
"""How long the files of a session are read once its results are published."""


@dataclass
class Facing:
    """A hearing through the eyes of the office or of a member of that session."""

    found: Convened
    hearing: Hearing

    @cached_property
    def deliberation(self) -> Deliberation:
        """The file before the jury, today."""
        return Deliberation(self.hearing, self.found.on)

    @property
    def scheme(self) -> Scheme:
        """The certification, as it is in force for that file."""
        return self.deliberation.judged.scheme

    @property
    def session(self) -> JurySession:
        """The session it is of."""
        return self.found.session

    @cached_property
    def tie(self) -> Tie | None:
        """What ties the member who looks to the candidate; None for the office, or while nothing is known."""
        seat = self.found.member
        return next((one for one in self.hearing.ties.all() if seat and one.member_id == seat.pk), None)

    @property
    def is_recused(self) -> bool:
        """Whether who looks left the deliberation on this candidate."""
        return self.tie is not None and self.tie.is_recused

    @property
    def is_undeclared(self) -> bool:
        """Whether who looks sits and has not said what ties them to the candidate."""
        return self.found.member is not None and (self.tie is None or self.tie.links is None)

    @property
    def is_shut(self) -> bool:
        """Whether the file stays closed to who looks until they say what ties them to the candidate."""
        return self.is_undeclared and self.session.state in (*BEFORE, State.OPEN) and not self.hearing.verdict

    @property
    def may_lead(self) -> bool:
        """Whether they tell opinions and decide, now."""
        return leads(self.found) and self.session.state is State.OPEN and not self.is_recused

    @property
    def may_vote(self) -> bool:
        """Whether they sit for this candidate and it is still to decide."""
        seat = self.found.member
        is_open = self.session.state is State.OPEN and not self.hearing.verdict
        return is_open and seat is not None and any(one.pk == seat.pk for one in self.deliberation.sitting)

    @property
    def url(self) -> str:
        """The page of the candidate."""
        return self.address("hearing")

    def address(self, name: str, *more: object) -> str:
        """A page about this candidate."""
        return reverse(f"jury:{name}", args=[self.session.pk, self.hearing.pk, *more])


def leads(found: Convened) -> bool:
    """Whether they lead the session: the office, or whoever chairs."""
    return found.is_office or found.is_chair


def is_readable(session: JurySession) -> bool:
    """Whether the files of that session may still be read by those who sit in it."""
    if session.cancelled_at:
        return False
    return session.published_at is None or now() < session.published_at + READ


def with_members(session: JurySession) -> JurySession:
    """The same with those named to it, in one query."""
    prefetch_related_objects([session], Prefetch("members", Member.objects.select_related("person")))
    return session


def faced(request: HttpRequest, id: UUID, hearing: UUID) -> Facing:
    """The candidate, for the office or a member of that session; who is recused is there too, to be told so."""
    found = convened(request, id)
    row = heard(found, hearing)
    row.session = with_members(found.session)
    prefetch_related_objects([row], "ties")
    return Facing(found, row)


def read(request: HttpRequest, id: UUID, hearing: UUID) -> Facing:
    """The same while the file may be read, by nobody who is recused; not found otherwise."""
    found = faced(request, id, hearing)
    if found.is_recused or not is_readable(found.session):
        raise Http404
    return found


def unshut(request: HttpRequest, id: UUID, hearing: UUID) -> Facing:
    """The same for whoever may read the pieces of the file; not found otherwise."""
    found = read(request, id, hearing)
    if found.is_shut:
        raise Http404
    return found


def led(request: HttpRequest, id: UUID, hearing: UUID) -> Facing:
    """The same for whoever leads the session and is not recused; not found otherwise."""
    found = read(request, id, hearing)
    if not leads(found.found):
        raise Http404
    return found


def agenda_of(session: JurySession, person: UUID | None) -> QuerySet[Hearing]:
    """The files to hear in their order, with what ties members to each; nobody sees their own."""
    rows = session.hearings.filter(removed_at__isnull=True).exclude(candidacy__candidate=person)
    read_with = rows.select_related("candidacy__candidate", "candidacy__certification")
    return read_with.prefetch_related("ties").order_by("position", "pk")
