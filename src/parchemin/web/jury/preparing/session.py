"""One session as the office prepares it: who sits, what the rules say of it, the agenda, ties, who was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from parchemin.core.facts import Link
from parchemin.records.candidacies.models import Letter, Notice
from parchemin.records.juries.actions.calling import is_called, last_told
from parchemin.records.juries.models import Absence, Hearing, JurySession, Member, Minutes, State, Tie
from parchemin.records.juries.queries.preparing import Expected, waiting_for
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.deliberating.showing import recusals
from parchemin.web.jury.deliberating.wording import LINKS
from parchemin.web.jury.preparing.showing import (
    Place,
    college_title,
    colleges_of,
    expenses_of,
    presence_of,
    seats_of,
    state_of,
    title_of_jury,
)
from parchemin.web.jury.reaching import Convened, convened
from parchemin.web.shared.calendars import calendar_sent
from parchemin.web.shared.juries import calendar_of, where
from parchemin.web.shared.typesetting import instant


@dataclass(frozen=True, slots=True)
class Named:
    """A member as shown: where they sit, whether they can come, whether they were told."""

    row: Member
    college: str
    seat: str
    stands_in: str
    away: Absence | None
    presence: dict[str, str] | None
    expenses: dict[str, str] | None
    called: Notice | None


@dataclass(frozen=True, slots=True)
class Tied:
    """What ties a member to a candidate: declared, known, and whether they withdrew."""

    name: str
    declared: list[object]
    known: list[object]
    row: Tie


@dataclass(frozen=True, slots=True)
class Line:
    """A file of the agenda as shown; ``own`` when it is the reader's, of whom nothing is told."""

    row: Hearing
    ties: list[Tied]
    leaving: list[str]
    silent: int
    letter: Letter | None

    @property
    def is_due(self) -> bool:
        """Whether their summons is still to be sent, or says another day or place."""
        return self.row.summoned_at is None


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_GET
def session(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything of the session at a glance for the office; whoever only sits in it is led to the room."""
    found = convened(request, id)
    if not found.is_office:
        return redirect("jury:live", id)
    row = found.session
    composed = Expected(row, found.on)
    members, lines = named(found, composed), agenda(found, composed)
    is_before = row.state in (State.PREPARED, State.SUMMONED)
    waiting = waiting_for(row, composed.routes, found.standing).count() if is_before else 0
    decision = row.opening or (composed.composition if composed.named else None)
    context = {
        "found": found,
        "session": row,
        "title": title_of_jury(composed),
        "whose": [row.number, row.certification.title, row.organisation.name],
        "status": state_of(row),
        "facts": _facts(found, composed),
        "is_before": is_before,
        "places": [*seats_of(composed, composed.named), *colleges_of(composed, composed.named)],
        "members": members,
        "lines": lines,
        "lacks": _lacks(composed, members, lines) if is_before else [],
        "decision": decision,
        "waiting": waiting,
        "is_full": bool(row.capacity and len(lines) >= row.capacity),
        "uncalled": sum(one.called is None for one in members) + sum(one.is_due for one in lines),
        "minutes": list(Minutes.objects.filter(session=row, dropped_at__isnull=True)) if row.drawn_at else [],
        "may_open": is_before and row.starts_at - timedelta(hours=12) <= timezone.now(),
        "crumbs": found.crumbs(),
    }
    return render(request, "jury/session.html", context)


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_GET
def calendar(request: HttpRequest, id: UUID) -> HttpResponse:
    """The session for the calendar of whoever prepares it or sits in it."""
    found = convened(request, id)
    return calendar_sent(calendar_of(found.session), f"jury-{found.session.number}")


def named(found: Convened, composed: Expected) -> list[Named]:
    """Everybody named, as shown; two queries."""
    known = last_told(found.session)
    called = {person: one for person, one in known.items() if is_called(found.session, one)}
    names = {one.pk: one.person.name for one in composed.named}
    seats = {one.id: one.title for one in composed.seats}
    return [
        Named(
            row=one,
            college=college_title(composed, one.college),
            seat=seats.get(one.seat, one.seat),
            stands_in=names[one.substitutes_id] if one.substitutes_id else "",
            away=composed.away.get(one.person_id),
            presence=presence_of(one),
            expenses=expenses_of(one),
            called=called.get(one.person_id),
        )
        for one in composed.named
    ]


def agenda(found: Convened, composed: Expected) -> list[Line]:
    """The files in their order, each with what ties it to those named; nobody reads so of their own file.

    Three queries, however many there are.
    """
    ties = Prefetch("ties", Tie.objects.order_by("pk"))
    rows = found.session.hearings.filter(removed_at__isnull=True).exclude(candidacy__candidate=found.standing.person_id)
    hearings = list(rows.select_related("candidacy__candidate").prefetch_related(ties).order_by("position"))
    letters = letters_of(found.session, hearings)
    return [_line(one, composed, letters.get(one.candidacy_id)) for one in hearings]


def letters_of(session: JurySession, hearings: Sequence[Hearing]) -> dict[object, Letter]:
    """The last summons of each candidate to that session, by file; one query."""
    rows = Letter.objects.filter(
        candidacy__in=[one.candidacy_id for one in hearings], kind="jury_summoned", values__session=session.pk.hex
    )
    return {one.candidacy_id: one for one in rows.order_by("asked_at")}


def _line(row: Hearing, composed: Expected, letter: Letter | None) -> Line:
    names = {one.pk: one.person.name for one in composed.named}
    ties = [one for one in row.ties.all() if one.member_id in names]
    said = {one.member_id for one in ties if one.links is not None}
    told = [
        Tied(
            names[one.member_id],
            [LINKS[Link(link)] for link in one.links or ()],
            [LINKS[Link(link)] for link in one.known],
            one,
        )
        for one in ties
        if one.links or one.known or one.is_recused
    ]
    leaving = [str(one["name"]) for one in recusals(row, composed.named, composed.scheme)]
    return Line(row, told, leaving, len(names) - len(said), letter)


def _facts(found: Convened, composed: Expected) -> list[tuple[str, object]]:
    row = found.session
    facts: list[tuple[str, object]] = [(_("Quand"), instant(row.starts_at)), (_("Où"), where(row))]
    if row.minutes:
        facts.append((_("Durée"), _("%(n)s minutes") % {"n": row.minutes}))
    if row.capacity:
        facts.append((_("Candidats au plus"), row.capacity))
    if row.safeguards:
        facts.append((_("À distance"), ", ".join(row.safeguards)))
    routes = [composed.scheme.paths[id].title for id in composed.routes]
    facts.append((_("Voies d’accès"), ", ".join(routes)))
    if previous := composed.previous_chair_college:
        facts.append((_("Présidait la fois précédente"), college_title(composed, previous)))
    return facts


def _lacks(composed: Expected, members: Sequence[Named], lines: Sequence[Line]) -> list[str]:
    """What is still to do before the session, in the order of the work."""
    row = composed.session
    places: list[Place] = [*seats_of(composed, composed.named), *colleges_of(composed, composed.named)]
    empty = [one for one in places if not one.is_filled]
    found = []
    if not members:
        found.append(_("Nommer les membres du jury."))
    elif empty:
        found.append(_("Places à pourvoir : %(places)s.") % {"places": ", ".join(one.title for one in empty)})
    if members and not any(one.row.is_chair for one in members):
        found.append(_("Dire qui préside."))
    away = [one.row.person.name for one in members if one.away]
    if away:
        found.append(_("Indisponibles ce jour-là : %(names)s.") % {"names": ", ".join(away)})
    if members and not row.nominated_on:
        found.append(_("Joindre l’acte qui nomme les membres."))
    if not lines:
        found.append(_("Mettre des dossiers à l’ordre du jour."))
    leaving = sum(len(one.leaving) for one in lines)
    if leaving:
        told = ngettext("%(n)s retrait à décider pour un candidat.", "%(n)s retraits à décider.", leaving)
        found.append(told % {"n": leaving})
    if members and lines and row.summoned_at is None:
        found.append(_("Convoquer les membres et les candidats."))
    elif row.summoned_at and (any(one.called is None for one in members) or any(one.is_due for one in lines)):
        found.append(_("Convoquer ceux qui ne le sont pas encore, ou l’étaient autrement."))
    silent = max((one.silent for one in lines if not one.row.verdict), default=0)
    if silent and row.summoned_at:
        told = ngettext(
            "%(n)s membre n’a pas encore dit ses liens avec les candidats.",
            "%(n)s membres n’ont pas encore dit leurs liens avec les candidats.",
            silent,
        )
        found.append(told % {"n": silent})
    return found
