"""One line: every file it was in and what was answered; it is set aside with a reason, taken back, or withdrawn."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.records.people.permissions import Action
from parchemin.records.transmissions.actions import excluding
from parchemin.records.transmissions.models import WAITING, State
from parchemin.web.access.decorators import needs
from parchemin.web.transmission.forms import ExcludeForm
from parchemin.web.transmission.reaching import REFUSED, Sender, attempted, sender
from parchemin.web.transmission.showing import due_tone, history_of, shown_lines


@needs(Action.TRANSMIT_AWARDS)
@require_GET
def line(request: HttpRequest, body: UUID, id: UUID) -> HttpResponse:
    """Where it stands, what it lacks, everything that was answered."""
    found = sender(request, body)
    row = found.line(id)
    (one,) = shown_lines([row], found.standing)
    context = {
        "found": found,
        "one": one,
        "row": row,
        "tone": due_tone(row, found.on),
        "history": history_of(row),
        "can_exclude": row.state in WAITING,
        "can_take_back": row.state == State.EXCLUDED,
        "can_note": row.state == State.TO_WITHDRAW,
        "crumbs": found.crumbs((one.number, None)),
    }
    return render(request, "transmission/line.html", context)


@needs(Action.TRANSMIT_AWARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def exclude(request: HttpRequest, body: UUID, id: UUID) -> HttpResponse:
    """It is not sent, for a reason that stays with it."""
    found = sender(request, body)
    row = found.line(id)
    form = ExcludeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data["reason"]
        made, why = attempted(lambda: excluding.exclude(line=row, reason=told, **found.signed))
        if made:
            messages.success(request, _("La ligne est écartée : elle ne partira pas tant qu’elle n’est pas reprise."))
            return redirect(found.url("line", id))
        form.add_error(None, why)
    (one,) = shown_lines([row], found.standing)
    crumbs = found.crumbs((one.number, found.url("line", id)), (_("Écarter"), None))
    context = {"found": found, "one": one, "row": row, "form": form, "crumbs": crumbs}
    return render(request, "transmission/exclude.html", context, status=REFUSED if form.is_bound else 200)


@needs(Action.TRANSMIT_AWARDS)
@require_POST
def take_back(request: HttpRequest, body: UUID, id: UUID) -> HttpResponse:
    """It may be sent again."""
    return _done(sender(request, body), id, excluding.take_back, _("La ligne est reprise : elle partira."))


@needs(Action.TRANSMIT_AWARDS)
@require_POST
def note_withdrawn(request: HttpRequest, body: UUID, id: UUID) -> HttpResponse:
    """Somebody had it withdrawn without a file."""
    return _done(sender(request, body), id, excluding.note_withdrawn, _("Le retrait est noté."))


def _done(found: Sender, id: UUID, act: Callable[..., Any], told: str) -> HttpResponse:
    row = found.line(id)
    made, why = attempted(lambda: act(line=row, **found.signed))
    if made:
        messages.success(found.request, told)
    else:
        messages.error(found.request, why)
    return redirect(found.url("line", id))
