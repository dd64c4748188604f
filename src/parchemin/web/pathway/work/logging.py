"""Logging what was lived, in few taps; taking it back; planning the cold assessment."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.pathways.actions.working import log_moment, plan_cold, take_back_moment
from parchemin.records.pathways.models import Moment
from parchemin.records.pathways.queries.working import cold_date_of
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.borne import choices_of
from parchemin.web.pathway.trying import DONE, tried
from parchemin.web.pathway.work.forms import ColdForm, MomentForm
from parchemin.web.pathway.work.found import KIND, draw, may_log, work_url
from parchemin.web.shared.clock import now
from parchemin.web.shared.reached import Reached, reached

REFUSED = 422


@needs(Action.LOG_WORK)
@require_http_methods(["GET", "POST"])
def log(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """A moment of that kind is logged."""
    found = _logged(request, id)
    if kind not in KIND.values:
        raise Http404
    of, at = KIND(kind), now()
    codes = choices_of(found.judged.scheme, found.candidacy)
    form = MomentForm(request.POST or None, kind=of, codes=codes, initial=MomentForm.initial_now(at))
    if form.is_valid():
        told = {"kind": of, **form.told(at)}
        if tried(form, lambda: log_moment(candidacy=found.candidacy, by=found.person, at=at, **told)) == DONE:
            messages.success(request, _("C’est noté."))
            return redirect(work_url(found))
    context = {"form": form, "title": of.label, "lede": _hint(of), "label": _("Noter"), "back": work_url(found)}
    return draw(found, "work_form", context, str(of.label), status=REFUSED if form.is_bound else 200)


@needs(Action.LOG_WORK)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, id: UUID, moment: UUID) -> HttpResponse:
    """A moment that counts no more; by whoever logged it."""
    found = _logged(request, id)
    row = found.candidacy.moments.filter(pk=moment, removed_at__isnull=True).first()
    if row is None or row.logged_by_id != found.viewer.pk:
        raise Http404
    form = forms.Form(request.POST or None)
    if request.method == "POST" and tried(form, lambda: take_back_moment(moment=row, **found.signed)) == DONE:
        messages.success(request, _("Ce moment ne compte plus."))
        return redirect(work_url(found))
    title = _("Retirer ce moment")
    context = {
        "form": form,
        "title": title,
        "lede": _("Il ne comptera plus. Le journal garde qu’il a été noté, puis retiré."),
        "moment": row,
        "label": title,
        "back": work_url(found),
        "is_danger": True,
    }
    return draw(found, "work_form", context, title, status=REFUSED if form.errors else 200)


@needs(Action.LOG_WORK)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, id: UUID) -> HttpResponse:
    """The day of the cold assessment, of which the candidate is reminded."""
    found = _logged(request, id)
    kept = cold_date_of(found.candidacy)
    form = ColdForm(request.POST or None, initial={"on": kept.on if kept else None})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if tried(form, lambda: plan_cold(candidacy=found.candidacy, on=on, **found.signed)) == DONE:
            messages.success(request, _("La date est gardée.") if on else _("Plus aucune date n’est prévue."))
            return redirect(work_url(found))
    title = _("Prévoir l’évaluation à froid")
    lede = _("Le candidat reçoit un rappel ce jour-là, si l’évaluation à chaud est faite et celle-ci pas encore.")
    context = {"form": form, "title": title, "lede": lede, "label": _("Garder cette date"), "back": work_url(found)}
    return draw(found, "work_form", context, title, status=REFUSED if form.is_bound else 200)


def _logged(request: HttpRequest, id: UUID) -> Reached:
    found = reached(request, id, Action.LOG_WORK)
    if not may_log(found):
        raise Http404
    return found


def _hint(kind: Moment.Kind) -> str:
    return {
        KIND.ANALYSIS: _("Ce que le travail permet d’apprendre, regardé avant la première situation."),
        KIND.DESIGNATION: _("Qui forme au poste, désigné avant la première situation."),
        KIND.SITUATION: _("Un temps de travail réel, préparé pour apprendre."),
        KIND.REFLECTION: _("Un temps à part, hors du travail, pour revenir sur ce qui s’est passé."),
        KIND.FEEDBACK: _("Un échange entre le formateur et celui qui apprend."),
        KIND.HOT: _("Ce qui est acquis, regardé à la fin de la formation."),
        KIND.COLD: _("Ce qui reste acquis, regardé plus tard."),
    }[kind]
