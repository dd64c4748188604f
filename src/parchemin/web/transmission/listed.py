"""The lines of a body: how many wait and until when, each with what it lacks; who to complete before the jury."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.edges.cpf.telling import fit_of
from parchemin.records.awards.numbers import grouped
from parchemin.records.people.permissions import Action
from parchemin.records.transmissions.models import Bar, Line, State
from parchemin.records.transmissions.queries.ahead import hearings_ahead, national
from parchemin.records.transmissions.queries.lines import Shown, bodies_of, counts, lines_of, named, shown
from parchemin.web.access.decorators import needs
from parchemin.web.shared.asked import stand_under, standing_of
from parchemin.web.shared.lists import Column, in_order, listing, remembered
from parchemin.web.shared.outgoing import sent_out
from parchemin.web.transmission.forms import LineFilters
from parchemin.web.transmission.reaching import PLACE, Sender, sender, under
from parchemin.web.transmission.showing import lacks, look_of, shown_lines

FILTERS = ("text", "state")
SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("rank", "due_on", "pk"),
    "day": ("due_on", "pk"),
    "name": (
        "certificate__candidacy__candidate__family_key",
        "certificate__candidacy__candidate__given_key",
        "certificate__number",
    ),
}
SOONEST = "due"
ON_PAGE = (State.READY, State.REJECTED, State.SENT, State.ACCEPTED, State.TO_WITHDRAW)
MOST_AHEAD = 300
"""How many candidates of the next juries are looked at: those of later ones come in their turn."""


@needs(Action.TRANSMIT_AWARDS)
@require_GET
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies whose awards this person sends; straight to it where there is one."""
    found = list(bodies_of(standing_of(request))[:100])
    if len(found) == 1:
        return redirect("transmission:home", found[0].pk)
    stand_under(request, PLACE)
    context = {"bodies": found, "crumbs": [*under(), (_("Transmissions"), None)]}
    return render(request, "transmission/bodies.html", context)


@needs(Action.TRANSMIT_AWARDS)
@require_GET
def home(request: HttpRequest, body: UUID) -> HttpResponse:
    """How many lines stand where, then each with its last day and what it lacks."""
    found = sender(request, body)
    told = counts(found.body, found.on)
    rows = listing(_filtered(found), request.GET.get("page"))
    context = {
        "found": found,
        "channel": found.channel,
        "figures": _figures(found, told),
        "waiting": told[State.READY] + told[State.REJECTED],
        "withdrawals": told[State.TO_WITHDRAW],
        "listing": rows,
        "rows": shown_lines(rows.rows, found.standing),
        "form": LineFilters(request.GET),
        "query": remembered(request.GET, (*FILTERS, "sort")),
        "has_filters": any(request.GET.get(name) for name in FILTERS),
        "crumbs": found.crumbs(),
    }
    return render(request, "transmission/home.html", context)


@needs(Action.TRANSMIT_AWARDS)
@require_GET
def export(request: HttpRequest, body: UUID, kind: str) -> Any:
    """The filtered lines as a spreadsheet, without anybody's identity; the journal keeps that it went out."""
    columns: tuple[Column[Line], ...] = (
        Column(_("Numéro"), lambda row: grouped(row.certificate.number)),
        Column(_("Dossier"), lambda row: row.certificate.candidacy.number),
        Column(_("Certification"), lambda row: row.certificate.candidacy.certification.title),
        Column(_("Code"), lambda row: row.code),
        Column(_("Délivré le"), lambda row: row.certificate.awarded_on, "day"),
        Column(_("À transmettre avant le"), lambda row: row.due_on, "day"),
        Column(_("État"), lambda row: look_of(row.state)["label"]),
        Column(_("Motif"), lambda row: row.reason or (str(Bar(row.bar).label) if row.bar else "")),
    )
    rows = _filtered(sender(request, body))
    return sent_out(request, rows, columns, name="transmissions", kind=kind, filters=FILTERS)


@needs(Action.TRANSMIT_AWARDS)
@require_GET
def ahead(request: HttpRequest, body: UUID) -> HttpResponse:
    """Whose identity lacks something that a file will need, among the candidates of the next juries."""
    found = sender(request, body)
    rows = hearings_ahead(found.body, national(found.body, found.on), found.on)
    hearings = list(rows[: MOST_AHEAD + 1])
    fits = [(one, fit_of(_identity(one), found.on)) for one in hearings[:MOST_AHEAD]]
    lines = [
        {
            "row": one.candidacy,
            "session": one.session,
            "whys": lacks(fit, None),
            "url": reverse("secretariat:file", args=[one.candidacy_id]),
        }
        for one, fit in fits
        if not fit.is_perfect
    ]
    context = {
        "found": found,
        "lines": lines,
        "looked": len(fits),
        "has_more": len(hearings) > MOST_AHEAD,
        "can_open": found.standing.has(Action.SEE_FILE),
        "crumbs": found.crumbs((_("Identités à compléter"), None)),
    }
    return render(request, "transmission/ahead.html", context)


def _identity(hearing: Any) -> Any:
    return getattr(hearing.candidacy.candidate, "identity", None)


def _filtered(found: Sender) -> QuerySet[Line]:
    """The lines asked for, in order: those of one state are of one rank, and read by their day alone."""
    query = found.request.GET.dict()
    state = query.get("state", "")
    rows = shown(lines_of(found.body), state, found.on)
    if text := query.get("text", "").replace("\x00", "")[:100].strip():
        rows = named(rows, text)
    return in_order(rows, query, SORTS, "day" if state else SOONEST)


def _figures(found: Sender, told: Mapping[str, int]) -> list[dict[str, Any]]:
    """Late and due soon first, where there are some."""
    base = found.url("home")
    pressing = [
        {"title": _("En retard"), "value": told["late"], "url": f"{base}?state={Shown.LATE}", "tone": "late"},
        {"title": _("Sous trente jours"), "value": told["soon"], "url": f"{base}?state={Shown.SOON}", "tone": "soon"},
    ]
    states = [{"title": str(one.label), "value": told[one], "url": f"{base}?state={one}"} for one in ON_PAGE]
    return [*(one for one in pressing if one["value"]), *states]
