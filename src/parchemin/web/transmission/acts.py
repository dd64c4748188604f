"""One line: every file it was in and what was answered; it is set aside, taken back, sent as it is, or withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.records.people.permissions import Action
from parchemin.records.transmissions.actions import excluding
from parchemin.records.transmissions.models import WAITING, State
from parchemin.web.access.decorators import needs
from parchemin.web.transmission.forms import ExcludeForm, ReleaseForm
from parchemin.web.transmission.reaching import REFUSED, Sender, attempted, sender
from parchemin.web.transmission.showing import due_tone, history_of, shown_lines


@needs(Action.TRANSMIT_AWARDS)
@require_GET
def line(request: HttpRequest, body: UUID, id: UUID) -> HttpResponse:
    """Where it stands, what it lacks, everything that was answered."""
    found = sender(request, body)
    row = found.line(id)
    (one,) = shown_lines([row], found.standing)
    file = reverse("secretariat:file", args=[row.certificate.candidacy_id])
    context = {
        "found": found,
        "one": one,
        "row": row,
        "asks_identity": any(why.way and why.way[1] == file for why in one.whys),
        "tone": due_tone(row, found.on),
        "history": history_of(row),
        "can_release": row.state == State.REJECTED and bool(one.awaits),
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
    told = _("La ligne est écartée : elle ne partira pas tant qu’elle n’est pas reprise.")
    return _reasoned(sender(request, body), id, ExcludeForm, Reasoned("exclude", _("Écarter"), excluding.exclude, told))


@needs(Action.TRANSMIT_AWARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, body: UUID, id: UUID) -> HttpResponse:
    """What was refused goes again as it is, for a reason that stays with it."""
    told = _("La ligne repartira telle quelle, dans le prochain fichier.")
    act = Reasoned("release", _("Renvoyer telle quelle"), excluding.release, told)
    return _reasoned(sender(request, body), id, ReleaseForm, act)


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


@dataclass(frozen=True, slots=True)
class Reasoned:
    """Something done of a line for a reason: its page, its words, the act, and what is told once it is done."""

    name: str
    title: str
    act: Callable[..., Any]
    told: str


def _reasoned(found: Sender, id: UUID, asked: type[Form], what: Reasoned) -> HttpResponse:
    row, request = found.line(id), found.request
    form = asked(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        made, why = attempted(lambda: what.act(line=row, reason=reason, **found.signed))
        if made:
            messages.success(request, what.told)
            return redirect(found.url("line", id))
        form.add_error(None, why)
    (one,) = shown_lines([row], found.standing)
    crumbs = found.crumbs((one.number, found.url("line", id)), (what.title, None))
    context = {"found": found, "one": one, "row": row, "form": form, "crumbs": crumbs}
    status = REFUSED if form.is_bound else 200
    return render(request, f"transmission/{what.name}.html", context, status=status)


def _done(found: Sender, id: UUID, act: Callable[..., Any], told: str) -> HttpResponse:
    row = found.line(id)
    made, why = attempted(lambda: act(line=row, **found.signed))
    if made:
        messages.success(found.request, told)
    else:
        messages.error(found.request, why)
    return redirect(found.url("line", id))
