"""The individual pathway: its page and its history, its actions written, changed, removed, and followed in hours."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.records.pathways.actions.planning import remove_training, save_training, tell_hours
from parchemin.records.pathways.facts import trainings_of
from parchemin.records.pathways.foreseeing import acquired_by, hours_rules, positioned, to_acquire
from parchemin.records.pathways.models import Training
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.competences import titles_of
from parchemin.web.pathway.plan.forms import ApproveForm, HoursForm, PlanForm, TrainingForm
from parchemin.web.pathway.plan.found import attempt, draw, may_plan, plan_url, revision_of, status_of
from parchemin.web.pathway.plan.history import changes, entries
from parchemin.web.pathway.plan.shown import (
    capacities,
    concerned_by,
    covered_by,
    covered_words,
    pathway_of,
    rows_of,
    said_of,
    steps_over,
    totals_of,
)
from parchemin.web.shared.lists import listing
from parchemin.web.shared.reached import Reached, reached


@needs(Action.SEE_PATHWAY)
@require_GET
def plan(request: HttpRequest, id: UUID) -> HttpResponse:
    """The whole pathway as it stands."""
    return plan_page(reached(request, id, Action.SEE_PATHWAY))


def plan_page(
    found: Reached,
    *,
    hours: HoursForm | None = None,
    of: int | None = None,
    approving: ApproveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The pathway, with the form that was just refused on it, if one was."""
    row, judged = found.candidacy, found.judged
    scheme, pathway = judged.scheme, pathway_of(row)
    trainings = trainings_of(row) or []
    may = may_plan(found)
    chosen = capacities(scheme, row, is_candidate=found.is_own)
    may_approve = bool(chosen) and bool(trainings) and row.is_active and found.may(Action.APPROVE_PATHWAY)
    own = [one for one in (pathway.approvals.all() if pathway else ()) if one.person_id == found.viewer.pk]
    has_approved = any(pathway is not None and one.revision == pathway.revision for one in own)
    if approving is None and may_approve and not has_approved:
        approving = ApproveForm(actors=chosen, initial={"revision": pathway.revision if pathway else 0})
    bearing = covered_by(judged, titles_of(scheme))
    covered, uncovered = [one for one in bearing if one.actions], [one for one in bearing if not one.actions]
    context = {
        "trainings": rows_of(trainings, hours, of),
        "totals": totals_of(trainings),
        "covered": covered,
        "uncovered": uncovered,
        "has_framework": bool(scheme.assessed),
        **covered_words(len(covered), len(uncovered)),
        "is_positioned": positioned(judged) is not None,
        "said": said_of(judged),
        "scheme": str(scheme.ref),
        "rules_url": reverse("shared:rules", args=[scheme.ref.id, scheme.ref.version]),
        "has_hours_rule": bool(hours_rules(scheme)),
        "pathway": pathway,
        "concerned": concerned_by(scheme, row, pathway),
        "approving": approving,
        "over": steps_over(scheme, row),
        "may_plan": may,
    }
    return draw(found, "plan", context, status=status)


@needs(Action.SEE_PATHWAY)
@require_GET
def history(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything that was done on the pathway, the last first."""
    found = reached(request, id, Action.SEE_PATHWAY)
    page = listing(entries(found.candidacy), request.GET.get("page"))
    title = _("Historique du parcours")
    context = {"title": title, "listing": page, "changes": changes(list(page.rows)), "request": request}
    return draw(found, "plan_history", context, title)


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, id: UUID) -> HttpResponse:
    """A new action of the pathway."""
    return _edited(reached(request, id, Action.PLAN_PATHWAY), None)


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: UUID, training: int) -> HttpResponse:
    """An action changed."""
    found = reached(request, id, Action.PLAN_PATHWAY)
    return _edited(found, _training(found, training))


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, id: UUID, training: int) -> HttpResponse:
    """An action that is no longer of the pathway."""
    found = reached(request, id, Action.PLAN_PATHWAY)
    row = _training(found, training)
    form = PlanForm(request.POST or None, initial={"revision": revision_of(found)})
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        if attempt(found, form, partial(remove_training, training=row, revision=revision, **found.signed)):
            messages.success(request, _("L’action est retirée du parcours ; elle reste dans son historique."))
            return redirect(plan_url(found))
    title = _("Retirer « %(title)s »") % {"title": row.title}
    context = {
        "form": form,
        "title": title,
        "lede": _("Elle ne compte plus, ni dans les heures ni dans les compétences couvertes. L’historique la garde."),
        "label": _("Retirer du parcours"),
        "is_danger": True,
    }
    return draw(found, "plan_form", context, title, status=status_of(form))


@needs(Action.PLAN_PATHWAY)
@require_POST
def hours(request: HttpRequest, id: UUID, training: int) -> HttpResponse:
    """How many hours of that action were done so far."""
    found = reached(request, id, Action.PLAN_PATHWAY)
    row = _training(found, training)
    form = HoursForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data["hours"]
        if attempt(found, form, partial(tell_hours, training=row, hours=told, **found.signed)):
            messages.success(request, _("Les heures faites sont notées."))
            return redirect(plan_url(found))
    return plan_page(found, hours=form, of=row.pk, status=status_of(form))


def _training(found: Reached, id: int) -> Training:
    rows = Training.objects.filter(pathway=found.candidacy.pk, removed_at__isnull=True)
    row = rows.select_related("pathway__candidacy").filter(pk=id).first()
    if row is None:
        raise Http404
    return row


def _edited(found: Reached, training: Training | None) -> HttpResponse:
    request = found.request
    initial = {"revision": revision_of(found)} | (TrainingForm.initial_of(training) if training else {})
    form = TrainingForm(request.POST or None, codes=_choices(found), initial=initial)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"planned": form.planned, "revision": form.cleaned_data["revision"]}
        saving = partial(save_training, candidacy=found.candidacy, training=training, **told, **found.signed)
        if attempt(found, form, saving):
            messages.success(request, _("L’action est au parcours."))
            _warn(found, form)
            return redirect(plan_url(found))
    title = _("Modifier l’action") if training else _("Ajouter une action")
    context = {
        "form": form,
        "title": title,
        "lede": _("Les approbations données avant ce changement ne tiendront plus.") if training else "",
        "label": _("Enregistrer"),
        "training": training,
    }
    return draw(found, "plan_form", context, title, status=status_of(form))


def _choices(found: Reached) -> list[tuple[str, Any]]:
    """The competences to acquire, then those already acquired, which the pathway need not cover."""
    titles = titles_of(found.judged.scheme)
    wanted = [(code, f"{code} · {titles[code]}") for code in to_acquire(found.judged)]
    acquired = [(code, f"{code} · {titles[code]}") for code in acquired_by(found.judged)]
    if not acquired:
        return wanted
    return [(_("À acquérir"), wanted), (_("Déjà acquises au repérage"), acquired)]


def _warn(found: Reached, form: TrainingForm) -> None:
    extra = [code for code in form.planned.codes if code in acquired_by(found.judged)]
    if extra:
        told = ngettext(
            "%(codes)s est déjà acquise au repérage : le parcours n’a pas à la couvrir.",
            "%(codes)s sont déjà acquises au repérage : le parcours n’a pas à les couvrir.",
            len(extra),
        )
        messages.warning(found.request, told % {"codes": ", ".join(extra)})
