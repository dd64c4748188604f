"""An alternance in front of somebody: for whom they write, what they may do, and what its page shows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.contracting import STOPS, kind_of
from parchemin.records.pathways.actions.liaising import side_of
from parchemin.records.pathways.actions.visiting import may_correct
from parchemin.records.pathways.models import Contract, ContractState, Liaison, Visit
from parchemin.records.pathways.queries.linked import LIAISE, links_of_pathway
from parchemin.records.people.models import Link
from parchemin.records.people.permissions import Action
from parchemin.web.access.assurance import assurance_of
from parchemin.web.shared.clock import now
from parchemin.web.shared.liaison import Covered, parts_of
from parchemin.web.shared.reached import Reached, reached

SIDE = Liaison.Side


@dataclass
class Book:
    """The contract, the liaison book and the visits of the file reached."""

    found: Reached

    @property
    def row(self) -> Candidacy:
        """The file."""
        return self.found.candidacy

    @property
    def scheme(self) -> Scheme:
        """Its certification."""
        return self.found.judged.scheme

    @cached_property
    def side(self) -> Liaison.Side:
        """For whom whoever looks writes."""
        return side_of(self.row, self.found.viewer)

    @property
    def may_write(self) -> bool:
        """Whether they may write in the liaison book."""
        return self.row.is_active and self.found.may(Action.LOG_WORK)

    @property
    def may_keep(self) -> bool:
        """Whether they keep the contract and the visits: those of the centre do."""
        return self.row.is_active and self.found.may(Action.PLAN_PATHWAY) and self.side is SIDE.CENTRE

    @property
    def signed(self) -> dict[str, Any]:
        """Who signs, when, and how sure one is of who it is."""
        return {**self.found.signed, "assurance": assurance_of(self.found.request)}

    @cached_property
    def asked(self) -> Contract | None:
        """The contract whose tutor, who has no account, the centre or the apprentice may ask for an entry."""
        if not self.may_write or self.side is SIDE.TUTOR or not self.contracts:
            return None
        last = self.contracts[0]
        return None if last.tutor_person_id else last

    @cached_property
    def waiting(self) -> list[Link]:
        """The links that wait for an entry, for those who may ask for one."""
        if self.asked is None:
            return []
        links = links_of_pathway(self.row).filter(act=LIAISE, expires_at__gt=now())
        return list(links.filter(used_at__isnull=True, revoked_at__isnull=True))

    @cached_property
    def contracts(self) -> list[Contract]:
        """Its contracts, the last first."""
        found = self.row.contracts.select_related("tutor_person").prefetch_related("states")
        return list(found.order_by("-from_on", "-pk"))

    @property
    def running(self) -> Contract | None:
        """The contract that runs."""
        return next((one for one in self.contracts if one.is_running), None)

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("pathway:alternance", args=[self.row.pk])


def book_of(request: HttpRequest, id: UUID, action: Action = Action.SEE_PATHWAY) -> Book:
    """The alternance, for somebody who may do this on its file; not found for others, nor on a route without one."""
    found = reached(request, id, action)
    if kind_of(found.candidacy.route) is None:
        raise Http404
    return Book(found)


def draw(
    book: Book, template: str, context: Mapping[str, Any], *titles: str | tuple[str, str], status: int = 200
) -> HttpResponse:
    """A page about that alternance."""
    start, place = (_("Parcours et évaluation"), reverse("pathway:home", args=[book.row.pk])), _("Alternance")
    crumbs = book.found.crumbs(start, *(((place, book.url), *titles) if titles else (place,)))
    route = book.scheme.route_of(book.row.route)
    whose = [book.row.candidate.name, book.row.certification.title, *([route.title] if route else [])]
    shown = {"book": book, "row": book.row, "whose": whose, "crumbs": crumbs, **context}
    return render(book.found.request, f"pathway/{template}.html", shown, status=status)


def coverage(book: Book) -> list[Covered]:
    """The same, with the entries about each."""
    told = Counter(code for about in _about(book) for code in about)
    found = parts_of(book.scheme, book.row.blocks)
    for one in found:
        for each in (one, *one.parts):
            each.entries = told[each.code]
    return found


def _about(book: Book) -> list[list[str]]:
    return list(book.row.liaisons.filter(answered__isnull=True).order_by().values_list("about", flat=True))


@dataclass(frozen=True, slots=True)
class Moment:
    """A dated state of a contract, and how it looks on its timeline."""

    row: ContractState
    title: str
    look: str


@dataclass(frozen=True, slots=True)
class Lived:
    """A contract with its dated states in words; its title is that of its route."""

    row: Contract
    title: str
    moments: tuple[Moment, ...]


def lived(book: Book, row: Contract) -> Lived:
    """The contract as it was lived; started again after a stop, it is taken up again."""
    states, found = list(row.states.all()), []
    for place, one in enumerate(states):
        is_again = place > 0 and states[place - 1].state == Contract.State.SUSPENDED
        is_now = one is states[-1] and row.is_running
        look = "stopped" if one.state in STOPS else "now" if is_now else "done"
        title = _("Repris") if is_again and one.state == Contract.State.STARTED else one.get_state_display()
        found.append(Moment(one, title, look))
    return Lived(row, title_of(book.scheme.routes, row.kind), tuple(found))


@dataclass(frozen=True, slots=True)
class Seen:
    """A visit as it is shown: how it stands, and what whoever looks may do with it."""

    row: Visit
    status: dict[str, str]
    may_change: bool
    may_report: bool

    @property
    def is_to_come(self) -> bool:
        """Whether it belongs in a calendar."""
        return self.status["tone"] == "now"


def visits_of(book: Book) -> list[Seen]:
    """The visits, those to come first, then the last held."""
    rows = list(book.row.visits.select_related("reported_by"))
    waiting = [one for one in rows if not one.held_on and not one.cancelled_at]
    over = [one for one in rows if one.held_on or one.cancelled_at]
    return [_seen(book, one) for one in (*waiting, *reversed(over))]


def _seen(book: Book, row: Visit) -> Seen:
    is_waiting = not row.held_on and not row.cancelled_at
    may_report = book.may_keep and (is_waiting or (bool(row.held_on) and may_correct(row, book.found.viewer, now())))
    return Seen(row, status_of(row, book.found.on), book.may_keep and is_waiting, may_report)


def status_of(row: Visit, on: date) -> dict[str, str]:
    """How a visit stands, for the component."""
    if row.held_on:
        return {"label": _("faite"), "tone": "met", "icon": "circle-check"}
    if row.cancelled_at:
        return {"label": _("annulée"), "tone": "", "icon": "circle-x"}
    if localdate(row.planned_at) < on:
        return {"label": _("compte rendu attendu"), "tone": "unknown", "icon": "clock"}
    return {"label": _("prévue"), "tone": "now", "icon": "calendar"}
