"""The juries: sessions to come and past and what waits, for the office; what each session asks, for whoever sits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from parchemin.records.juries.models import JurySession, Member, Minutes, State
from parchemin.records.juries.queries.preparing import RUNNING, STATES, Heap, heaps_of, seats_of, sessions_convened_by
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.access.decorators import needs
from parchemin.web.jury.preparing.pool_forms import certifications_of
from parchemin.web.jury.preparing.showing import files_told, state_of
from parchemin.web.shared.asked import standing_of, viewer_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.lists import Column, in_order, listing, remembered
from parchemin.web.shared.outgoing import sent_out

FILTERS = ("scheme", "state")
SORTS: Mapping[str, tuple[str, ...]] = {
    "day": ("starts_at", "pk"),
    "number": ("number", "pk"),
    "title": ("certification__title", "starts_at", "pk"),
}
PAST = "past"
MOST_MINE = 50


class SessionFilters(forms.Form):
    """What is looked for; it is shown, never refused."""

    scheme = forms.ChoiceField(label=gettext_lazy("Certification"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Où elle en est"), required=False)

    def __init__(self, *args: Any, titles: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [("", _("Toutes")), *titles.items()]  # type: ignore[attr-defined]
        offered = [("", _("À venir et en cours")), (PAST, _("Publiées et annulées")), ("all", _("Toutes"))]
        self.fields["state"].choices = [*offered, *State.choices]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Mine:
    """A session somebody sits in, and what it asks of them."""

    row: Member
    state: dict[str, str]
    asks: list[tuple[str, str]]


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The sessions one prepares, and those one sits in."""
    standing = standing_of(request)
    is_office = standing.has(Action.CONVENE_JURY)
    context: dict[str, Any] = {
        "is_office": is_office,
        "mine": _mine(request) if standing.has(Action.SIT_IN_JURY) else [],
        "sits": standing.has(Action.SIT_IN_JURY),
        "crumbs": [(_("Jurys"), None)],
    }
    if is_office:
        found = listing(_filtered(standing, request.GET.dict()), request.GET.get("page"))
        context |= {
            "listing": found,
            "rows": [(one, state_of(one), files_told(one.files)) for one in found.rows],  # type: ignore[attr-defined]
            "form": SessionFilters(request.GET, titles=certifications_of(standing)),
            "query": remembered(request.GET, (*FILTERS, "sort")),
            "has_filters": any(request.GET.get(name) for name in FILTERS),
            "figures": _figures(standing),
            "heaps": _heaps(standing),
        }
    return render(request, "jury/home.html", context)


@needs(Action.EXPORT_LIST)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The filtered sessions as a spreadsheet; the journal keeps that it went out."""
    standing = standing_of(request)
    columns: tuple[Column[Any], ...] = (
        Column(_("Numéro"), lambda row: row.number),
        Column(_("Certification"), lambda row: row.certification.title),
        Column(_("Jour et heure"), lambda row: row.starts_at, "instant"),
        Column(_("Durée en minutes"), lambda row: row.minutes, "number"),
        Column(_("Déroulement"), lambda row: row.get_place_display()),
        Column(_("Adresse, salle ou lien"), lambda row: row.room),
        Column(_("Membres"), lambda row: row.seated or 0, "number"),
        Column(_("Candidats"), lambda row: row.files or 0, "number"),
        Column(_("État"), lambda row: row.state.label),
    )
    rows = _filtered(standing, request.GET.dict())
    return sent_out(request, rows, columns, name="jurys", kind=kind, filters=FILTERS)


def _filtered(standing: Standing, query: Mapping[str, str]) -> QuerySet[JurySession]:
    rows, asked = sessions_convened_by(standing), query.get("state", "")
    if asked in set(State):
        rows = rows.filter(STATES[State(asked)])
    elif asked == PAST:
        rows = rows.exclude(RUNNING)
    elif asked != "all":
        rows = rows.filter(RUNNING)
    if query.get("scheme"):
        rows = rows.filter(certification__scheme=query["scheme"][:80])
    return in_order(rows, query, SORTS, "-day" if asked == PAST else "day")


def _figures(standing: Standing) -> list[dict[str, object]]:
    """How many sessions wait for something, each with its list."""
    rows, address = sessions_convened_by(standing).order_by(), reverse("jury:home")
    told = (
        (State.PREPARED, _("À convoquer")),
        (State.DRAWN, _("Procès-verbaux à signer")),
        (State.CLOSED, _("Résultats à publier")),
    )
    return [
        {"title": title, "value": count, "url": f"{address}?{urlencode({'state': state.value})}#sessions"}
        for state, title in told
        if (count := rows.filter(STATES[state]).count())
    ]


def _heaps(standing: Standing) -> list[tuple[Heap, JurySession | None]]:
    """The files that wait, by jury, each with the next session of that jury that may take them; one query more."""
    found = heaps_of(standing, today())
    coming = sessions_convened_by(standing).filter(STATES[State.PREPARED] | STATES[State.SUMMONED])
    rows = coming.filter(starts_at__gte=now()).order_by("-starts_at") if found else ()
    known = {(one.organisation_id, one.certification.scheme, one.jury): one for one in rows}
    return [(heap, known.get((heap.organisation, heap.scheme, heap.jury))) for heap in found]


def _mine(request: HttpRequest) -> list[Mine]:
    rows = list(seats_of(viewer_of(request).pk)[:MOST_MINE])
    waiting = Minutes.objects.filter(
        session__in=[one.session_id for one in rows], dropped_at__isnull=True, closed_at__isnull=True
    ).exclude(signatures__member__in=rows)
    to_sign = {one.session_id: one for one in waiting}
    return [Mine(one, state_of(one.session), _asks(one, to_sign.get(one.session_id))) for one in rows]


def _asks(row: Member, minutes: Minutes | None) -> list[tuple[str, str]]:
    """What is asked of them, each with where it is done."""
    session = row.session
    found = []
    if session.drawn_at is None and row.undeclared:  # type: ignore[attr-defined]
        n = row.undeclared  # type: ignore[attr-defined]
        told = ngettext("Dire vos liens avec %(n)s candidat", "Dire vos liens avec %(n)s candidats", n) % {"n": n}
        found.append((told, reverse("jury:ties", args=[row.session_id])))
    if session.state is State.OPEN:
        found.append((_("Siéger"), reverse("jury:live", args=[row.session_id])))
    if minutes and session.drawn_at:
        found.append((_("Signer le procès-verbal"), reverse("jury:minutes", args=[minutes.pk])))
    return found
