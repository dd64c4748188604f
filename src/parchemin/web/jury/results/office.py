"""The results of a session as the office sees them: what was decided, what each letter will say, who was told."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.core.terms import title_of
from parchemin.records.juries.actions.publishing import publish_results
from parchemin.records.juries.models import State
from parchemin.records.juries.queries.results import Result, results_of
from parchemin.records.juries.queries.told import titled
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.deliberating.wording import look_of_verdict
from parchemin.web.jury.reaching import Attempt, Convened, attempted, convened
from parchemin.web.jury.results.forms import PublishForm
from parchemin.web.shared.lists import Column
from parchemin.web.shared.outgoing import sent_out

CLOSED = (State.CLOSED, State.PUBLISHED)


@needs(Action.PUBLISH_RESULTS)
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest, id: UUID) -> HttpResponse:
    """Each candidate with the decision and their letter; on POST everybody is told together."""
    found = convened(request, id, is_office=True)
    if request.method != "POST":
        return _page(found, PublishForm(initial={"revision": found.session.revision}))
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _page(found, form, Attempt())
    revision = form.cleaned_data["revision"]
    tried = attempted(
        form, lambda: publish_results(session=found.session, on=found.on, revision=revision, **found.signed)
    )
    if not tried.is_done:
        return _page(convened(request, id, is_office=True), form, tried)
    told = ngettext(
        "%(n)s candidat prévenu : sa lettre part.", "%(n)s candidats prévenus : leurs lettres partent.", tried.result
    )
    messages.success(request, told % {"n": tried.result})
    return redirect("jury:results", id)


@needs(Action.PUBLISH_RESULTS)
@require_GET
def export(request: HttpRequest, id: UUID, kind: str) -> Any:
    """The results as a spreadsheet; the journal keeps that it went out."""
    found = convened(request, id, is_office=True)
    scheme = found.composed.scheme
    columns: tuple[Column[Any], ...] = (
        Column(_("Numéro"), lambda one: one.hearing.candidacy.number),
        Column(_("Nom"), lambda one: one.hearing.candidacy.candidate.family_name),
        Column(_("Prénom"), lambda one: one.hearing.candidacy.candidate.given_name),
        Column(_("Voie d’accès"), lambda one: title_of(scheme.routes, one.hearing.candidacy.route)),
        Column(_("Décision"), lambda one: look_of_verdict(one.verdict)["label"]),
        Column(_("Parties acquises"), lambda one: _granted(one)),
        Column(_("Motif"), lambda one: one.line["reason"] if one.line else one.hearing.reason),
        Column(_("À notifier avant le"), lambda one: one.notify_until, "day"),
        Column(_("Notifié le"), lambda one: one.hearing.notified_on, "day"),
        Column(_("Courrier"), lambda one: one.letter.reference if one.letter else ""),
        Column(_("Envoyé le"), lambda one: one.letter.sent_at if one.letter else None, "instant"),
    )
    rows = results_of(found.session, found.on)
    return sent_out(request, rows, columns, name=f"resultats-{found.session.number}", kind=kind)


def _granted(one: Result) -> str:
    return titled(one.scheme, one.line.get("granted", ())) if one.line else ""


def look_of_letter(one: Result) -> dict[str, str]:
    """Where the letter of a result stands."""
    if one.letter is None or not one.is_told:
        label = _("À prévenir de la rectification") if one.is_put_right else _("Pas encore prévenu")
        return {"tone": "now", "icon": "hourglass", "label": label}
    if one.letter.failure:
        return {"tone": "not_met", "icon": "circle-x", "label": _("Pas d’adresse e-mail : à poster")}
    if one.letter.sent_at is None:
        return {"tone": "unknown", "icon": "clock", "label": _("Attend son envoi")}
    return {"tone": "met", "icon": "circle-check", "label": _("Envoyé")}


def _page(found: Convened, form: PublishForm, tried: Attempt | None = None) -> HttpResponse:
    session, rows = found.session, results_of(found.session, found.on)
    is_closed = session.state in CLOSED
    lines: list[dict[str, Any]] = [
        {
            "one": one,
            "look": look_of_verdict(one.verdict),
            "letter": look_of_letter(one),
            "until": until,
            "is_waiting": until is not None and not one.is_told,
            "is_late": until is not None and not one.is_told and until < found.on,
            "url": reverse("jury:outcome", args=[session.pk, one.hearing.pk]),
        }
        for one in rows
        for until in (one.notify_until,)
    ]
    dates = [line["until"] for line in lines if line["until"] and not line["one"].is_told]
    context = {
        "found": found,
        "session": session,
        "form": form,
        "tried": tried,
        "lines": lines,
        "is_closed": is_closed,
        "due": sum(one.conclusion is not None and not one.is_told for one in rows),
        "first_until": min(dates, default=None),
        "minutes": session.all_minutes.filter(dropped_at__isnull=True).order_by("drawn_at").last(),
        "may_award": session.state is State.PUBLISHED and found.may(Action.ISSUE_CERTIFICATES),
        "crumbs": found.crumbs(_("Résultats")),
    }
    return render(found.request, "jury/results.html", context, status=tried.status if tried else 200)
