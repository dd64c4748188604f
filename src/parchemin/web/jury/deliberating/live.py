"""The session as it is held: who is there, whether it may open, the agenda, what goes wrong; read only for members."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parchemin.core.terms import title_of
from parchemin.records.juries.actions import sitting
from parchemin.records.juries.models import Hearing, Incident, Member, Presence, State, Tie
from parchemin.records.juries.queries.opened import on_composition
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.deliberating.facing import agenda_of, faced, leads, with_members
from parchemin.web.jury.deliberating.forms import IncidentForm, OpenForm, PresenceForm
from parchemin.web.jury.deliberating.showing import line_of, minutes_of
from parchemin.web.jury.deliberating.ties import asks_ties
from parchemin.web.jury.deliberating.wording import look_of_presence
from parchemin.web.jury.reaching import Attempt, Convened, attempted, convened
from parchemin.web.shared.clock import now
from parchemin.web.shared.lists import PAGE, listing

BEFORE = (State.PREPARED, State.SUMMONED)
IN = (Action.CONVENE_JURY, Action.SIT_IN_JURY)


@needs(*IN)
@require_GET
def live(request: HttpRequest, id: UUID) -> HttpResponse:
    """Where the session stands."""
    return _page(convened(request, id))


@needs(*IN)
@require_POST
def open_now(request: HttpRequest, id: UUID) -> HttpResponse:
    """The session opens with those who are there; ``preview`` only shows what the rules would say."""
    found = _led(request, id)
    form = OpenForm(request.POST, members=list(with_members(found.session).members.all()))
    if "preview" in request.POST:
        form.is_valid()
        return render(request, "jury/live_opening.html", _opening(found, form))
    if not form.is_valid():
        return _page(found, opening=form, status=422)
    attempt = attempted(
        form,
        lambda: sitting.open_session(
            session=found.session,
            presences=form.presences,
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            **found.signed,
        ),
    )
    if attempt.is_done:
        messages.success(request, _("La session est ouverte."))
        return redirect("jury:live", id)
    return _page(convened(request, id), opening=form, attempt=attempt, status=attempt.status)


@needs(*IN)
@require_POST
def presence(request: HttpRequest, id: UUID, member: UUID) -> HttpResponse:
    """A member came late, or left."""
    found = _led(request, id)
    row = get_object_or_404(found.session.members, pk=member)
    form = PresenceForm(request.POST)
    if form.is_valid():
        told = Presence(form.cleaned_data["presence"])
        attempt = attempted(
            form,
            lambda: sitting.tell_presence(
                session=found.session,
                member=row,
                presence=told,
                revision=form.cleaned_data["revision"],
                **found.signed,
            ),
        )
        if attempt.is_done:
            messages.success(request, _("C’est noté : la composition est revue pour chaque candidat à venir."))
            return redirect(reverse("jury:live", args=[id]) + "#presents")
    else:
        attempt = Attempt()
    return _page(convened(request, id), refused=form, attempt=attempt, status=attempt.status)


@needs(*IN)
@require_POST
def incident(request: HttpRequest, id: UUID) -> HttpResponse:
    """Something went wrong: it goes into the minutes."""
    found = _led(request, id)
    form = IncidentForm(request.POST, hearings=_hearings(found))
    if form.is_valid():
        said = form.cleaned_data
        attempt = attempted(
            form,
            lambda: sitting.tell_incident(
                session=found.session,
                words=said["words"],
                hearing=said["hearing"],
                is_fraud=said["is_fraud"],
                **found.signed,
            ),
        )
        if attempt.is_done:
            messages.success(request, _("L’incident est noté : il figurera au procès-verbal."))
            return redirect(reverse("jury:live", args=[id]) + "#incidents")
    return _page(convened(request, id), telling=form, status=422)


@needs(*IN)
@require_GET
def line(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """Whether the jury is valid for one candidate, as a part of the agenda or a page of its own."""
    facing = faced(request, id, hearing)
    is_part = bool(getattr(request, "htmx", False))
    if not is_part:
        return redirect(facing.url)
    return render(request, "jury/live_line.html", {"facing": facing, "faults": facing.deliberation.faults})


def _led(request: HttpRequest, id: UUID) -> Convened:
    found = convened(request, id)
    if not leads(found):
        raise Http404
    return found


def _hearings(found: Convened) -> Any:
    rows = found.session.hearings.filter(removed_at__isnull=True).exclude(candidacy__candidate=found.standing.person_id)
    return rows.select_related("candidacy__candidate")


def _opening(found: Convened, form: OpenForm) -> dict[str, Any]:
    """What the rules would say of those who are said to be there."""
    for member, presence in form.presences.items():
        member.presence = presence
    return {
        "decision": on_composition(found.composed.opening, found.composed.scheme),
        "faults": found.composed.faults,
        "composed": found.composed,
    }


def _page(
    found: Convened,
    *,
    opening: OpenForm | None = None,
    telling: IncidentForm | None = None,
    refused: PresenceForm | None = None,
    attempt: Attempt | None = None,
    status: int = 200,
) -> HttpResponse:
    session = with_members(found.session)
    members: Sequence[Member] = list(session.members.all())
    is_leading = leads(found) and session.state is State.OPEN
    hearings = agenda_of(session, found.standing.person_id)
    told = list(hearings.values_list("pk", "verdict"))
    page = listing(hearings, found.request.GET.get("page") or str(_first_page(told)))
    context = {
        "found": found,
        "session": session,
        "state": session.state.label,
        "members": [_member(found, one, members) for one in members],
        "agenda": [_line(found, one, members, is_leading=is_leading) for one in page.rows],
        "listing": page,
        "is_leading": is_leading,
        "telling": telling or _telling(found, is_leading=is_leading),
        "refused": refused,
        "incidents": _incidents(found, [pk for pk, _verdict in told]),
        "asks_ties": asks_ties(found),
        "minutes": minutes_of(session),
        "attempt": attempt,
        "is_early": now() < session.starts_at - sitting.EARLY,
        "crumbs": found.crumbs(_("Séance")),
        **_progress(found, told),
        **_check(found, members, opening, attempt),
    }
    return render(found.request, "jury/live.html", context, status=status)


def _incidents(found: Convened, hearings: Iterable[UUID]) -> list[Incident]:
    """What went wrong, but on candidates of whom who looks reads nothing: their own file, or one they left."""
    ties = found.member.ties.filter(is_recused=True) if found.member else Tie.objects.none()
    read = {None, *hearings} - {*ties.values_list("hearing", flat=True)}
    rows = found.session.incidents.select_related("hearing__candidacy__candidate", "told_by")
    return [one for one in rows if one.hearing_id in read]


def _first_page(told: Sequence[tuple[UUID, str]]) -> int:
    """The page of the agenda on which the next candidate stands."""
    return next((place // PAGE + 1 for place, (_pk, verdict) in enumerate(told) if not verdict), 1)


def _progress(found: Convened, told: Sequence[tuple[UUID, str]]) -> dict[str, Any]:
    """How many are decided, and who comes next."""
    done = sum(bool(verdict) for _pk, verdict in told)
    coming = next((pk for pk, verdict in told if not verdict), None)
    return {
        "done": done,
        "count": len(told),
        "ratio": 100 * done // len(told) if told else 0,
        "next": _hearings(found).filter(pk=coming).first(),
    }


def _check(
    found: Convened, members: Sequence[Member], opening: OpenForm | None, attempt: Attempt | None
) -> dict[str, Any]:
    """The form that opens the session with what the rules say of those present; what they said once it is open."""
    session = found.session
    if not leads(found) or session.state not in BEFORE:
        told = on_composition(session.opening, found.composed.scheme) if session.opening else None
        return {"may_open": False, "opening": opening, "told": told}
    form = opening or OpenForm(members=members, initial={"revision": session.revision})
    by_key = {one.pk: one for one in members}
    form.members = {name: by_key.get(one.pk, one) for name, one in form.members.items()}
    shown: dict[str, Any] = {"may_open": True, "opening": form, "told": None}
    if not form.is_bound or hasattr(form, "cleaned_data"):
        shown |= _opening(found, form)
    if attempt and attempt.decision:
        shown["decision"] = on_composition(attempt.decision, found.composed.scheme)
    return shown


def _telling(found: Convened, *, is_leading: bool) -> IncidentForm | None:
    asked = found.request.GET.get("candidat", "")
    return IncidentForm(hearings=_hearings(found), initial={"hearing": asked}) if is_leading else None


def _member(found: Convened, row: Member, members: Sequence[Member]) -> Mapping[str, Any]:
    seats = {one.id: one for one in found.composed.seats}
    places = (title_of(seats, row.seat), title_of(found.composed.colleges, row.college))
    return {
        "row": row,
        "place": " — ".join(dict.fromkeys(one for one in places if one)),
        "stands_in": next((one.person.name for one in members if one.pk == row.substitutes_id), ""),
        "state": look_of_presence(row.presence),
    }


def _line(found: Convened, row: Hearing, members: Sequence[Member], *, is_leading: bool) -> Mapping[str, Any]:
    shown = line_of(row, members, found.composed.scheme, found.member)
    return {**shown, "may_recuse": is_leading and not row.verdict and not shown["is_recused"]}
