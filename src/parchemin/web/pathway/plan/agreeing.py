"""Why the hours of a pathway, when it was over, and who approves it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parchemin.records.pathways.actions.planning import approve_pathway, finish_step, justify_hours
from parchemin.records.people.permissions import Action
from parchemin.web.access.assurance import assurance_of
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.plan.forms import ApproveForm, FinishForm, JustifyForm
from parchemin.web.pathway.plan.found import attempt, draw, plan_url, status_of
from parchemin.web.pathway.plan.shown import capacities, pathway_of, said_of, steps_over
from parchemin.web.pathway.plan.views import plan_page
from parchemin.web.shared.reached import reached


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def justify(request: HttpRequest, id: UUID) -> HttpResponse:
    """Why the hours are outside what the scheme says."""
    found = reached(request, id, Action.PLAN_PATHWAY)
    pathway = pathway_of(found.candidacy)
    initial = {"revision": pathway.revision, "words": pathway.justification} if pathway else {"revision": 0}
    form = JustifyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told, row = form.cleaned_data, found.candidacy
        saving = partial(justify_hours, candidacy=row, words=told["words"], revision=told["revision"], **found.signed)
        if attempt(found, form, saving):
            messages.success(request, _("La justification est enregistrée."))
            return redirect(plan_url(found))
    title = _("Justifier les heures")
    context = {"form": form, "title": title, "label": _("Enregistrer"), "said": said_of(found.judged)}
    return draw(found, "plan_form", context, title, status=status_of(form))


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, id: UUID, step: str) -> HttpResponse:
    """The pathway, or the practice that follows it, was done one day."""
    found = reached(request, id, Action.PLAN_PATHWAY)
    row = found.candidacy
    over = next((one for one in steps_over(found.judged.scheme, row) if one.id == step), None)
    if over is None:
        raise Http404
    form = FinishForm(request.POST or None, initial={"done_on": over.done_on or found.on})
    if request.method == "POST" and form.is_valid():
        done_on = form.cleaned_data["done_on"]
        if attempt(found, form, partial(finish_step, candidacy=row, step=step, done_on=done_on, **found.signed)):
            messages.success(request, _("L’étape est notée."))
            return redirect(plan_url(found))
    context = {"form": form, "title": over.title, "label": _("Noter l’étape")}
    return draw(found, "plan_form", context, over.title, status=status_of(form))


@needs(Action.APPROVE_PATHWAY)
@require_POST
def approve(request: HttpRequest, id: UUID) -> HttpResponse:
    """Whoever acts approves the pathway as it was shown to them."""
    found = reached(request, id, Action.APPROVE_PATHWAY)
    row = found.candidacy
    actors = capacities(found.judged.scheme, row, is_candidate=found.is_own)
    form = ApproveForm(request.POST, actors=actors)
    if form.is_valid():
        told = {"actor": form.cleaned_data["actor"], "revision": form.cleaned_data["revision"]}
        told |= {"assurance": assurance_of(request)}
        if attempt(found, form, partial(approve_pathway, candidacy=row, **told, **found.signed)):
            messages.success(
                request, _("Vous approuvez le parcours tel qu’il est. Changé, il sera à approuver de nouveau.")
            )
            return redirect(plan_url(found))
    return plan_page(found, approving=form, status=status_of(form))
