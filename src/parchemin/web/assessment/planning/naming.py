"""Who may assess a sitting: accredited or not on the day, tied to the candidate or not; naming them, removing them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parchemin.core.terms import listed, title_of
from parchemin.records.assessments.actions.planning import name_evaluator, remove_evaluator
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.queries.conflicts import Fit, fits
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.wordings import sentence as sentence_of_file
from parchemin.records.people.models import Person, Role
from parchemin.records.people.names import folded
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.planning.forms import NameForm
from parchemin.web.assessment.planning.reaching import Attempt, Seated, attempted, seated
from parchemin.web.assessment.planning.sitting import asked_of
from parchemin.web.shared.clock import today

MOST = 40
"""People shown at once; a name narrows them down."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may be named, and how the rules look at it."""

    person: Person
    fit: Fit


@needs(Action.PLAN_SITTINGS)
@require_http_methods(["GET", "POST"])
def evaluators(request: HttpRequest, id: UUID) -> HttpResponse:
    """Those who may assess as one actor of the scheme; one of them is named, and says why if a rule asks."""
    here = seated(request, id)
    if here.method is None or here.sitting.attendance or here.sitting.cancelled_at:
        messages.info(request, _("Cette épreuve ne se change plus : voici où elle en est."))
        return redirect(here.url)
    roles = _roles(here)
    actor = request.POST.get("actor") or request.GET.get("role") or next(iter(roles))
    if actor not in roles:
        raise Http404
    form, attempt = NameForm(request.POST or None), Attempt()
    chosen = _chosen(here, form, actor) if form.is_bound and form.is_valid() else None
    if chosen:
        attempt = attempted(form, partial(_named, here, chosen, actor, form.cleaned_data["justification"]))
        if attempt.is_done:
            said = _("%(name)s évalue cette épreuve : le dossier lui est ouvert.") % {"name": chosen.name}
            messages.success(request, said)
            return redirect(here.url)
    found = _found(here, actor, request.GET.get("nom", ""))
    context = {
        "here": here,
        "roles": [(title, f"?role={name}", name == actor) for name, title in roles.items()],
        "actor": actor,
        "actor_title": roles[actor],
        "asked": next((one for one in asked_of(here) if one["id"] == actor), None),
        "choices": found[:MOST],
        "is_more": len(found) > MOST,
        "sought": request.GET.get("nom", ""),
        "form": form,
        "chosen": chosen,
        "conflict": attempt.conflict,
        "crumbs": here.crumbs(_("Évaluateurs")),
    }
    return render(request, "assessment/planning_evaluators.html", context, status=422 if form.is_bound else 200)


@needs(Action.PLAN_SITTINGS)
@require_POST
def remove(request: HttpRequest, id: UUID, evaluator: UUID) -> HttpResponse:
    """They no longer assess, and the file is closed to them."""
    here = seated(request, id)
    row = here.sitting.evaluators.select_related("sitting__candidacy", "person").filter(pk=evaluator).first()
    if row is None:
        raise Http404
    try:
        remove_evaluator(evaluator=row, **here.found.signed)
    except AssessmentError as error:
        messages.error(request, sentence(error))
    except UnfitError as error:
        messages.error(request, sentence_of_file(error))
    else:
        messages.success(request, _("%(name)s n’évalue plus cette épreuve.") % {"name": row.person.name})
    return redirect(here.url)


def _roles(here: Seated) -> dict[str, str]:
    """The actors that assess this method; where the source does not say, those that may assess something, or all."""
    scheme = here.found.judged.scheme
    wanted = here.method.evaluators if here.method else None
    others = [id for id in scheme.actors if id != "candidate"]
    able = [id for id in others if "assess" in listed(scheme.actors[id].may)]
    names = list(wanted) if isinstance(wanted, Mapping) and wanted else able or others
    return {name: title_of(scheme.actors, name) for name in names}


def _people(here: Seated, actor: str) -> QuerySet[Person]:
    """Whoever was ever accredited as that actor, or evaluates for the organisation; the candidate apart."""
    row, on = here.found.candidacy, today()
    scheme = row.certification.scheme
    accredited = Q(
        accreditations__scheme=scheme, accreditations__actor=actor, accreditations__organisation=row.organisation_id
    )
    in_role = Q(
        Q(grants__until_on__isnull=True) | Q(grants__until_on__gte=on),
        grants__role__in=(Role.EVALUATOR, Role.PROFESSIONAL),
        grants__organisation=row.organisation_id,
        grants__scheme__in=("", scheme),
        grants__revoked_at__isnull=True,
    )
    rows = Person.objects.filter(accredited | in_role, is_active=True, erased_at__isnull=True)
    return rows.exclude(pk=row.candidate_id).distinct().order_by("family_key", "given_key")


def _found(here: Seated, actor: str, sought: str) -> list[Choice]:
    """Those not named yet, the fittest first; one more than is shown when there are more."""
    rows = _people(here, actor).exclude(sittings__sitting=here.sitting)
    for word in folded(sought).split():
        rows = rows.filter(Q(family_key__contains=word) | Q(given_key__contains=word))
    people = list(rows[: MOST + 1])
    fit = fits(here.found.judged, here.sitting.method, here.day, [(one, actor) for one in people])
    found = [Choice(one, fit[one.pk]) for one in people]
    return sorted(found, key=lambda one: (one.fit.is_refused, not one.fit.is_accredited, one.fit.must_justify))


def _chosen(here: Seated, form: NameForm, actor: str) -> Person | None:
    found = _people(here, actor).filter(pk=form.cleaned_data["person"]).first()
    if found is None:
        form.add_error(None, _("Cette personne ne peut pas être nommée ici : choisissez-la dans la liste."))
    return found


def _named(here: Seated, person: Person, actor: str, justification: str) -> object:
    return name_evaluator(
        sitting=here.sitting, person=person, actor=actor, justification=justification, **here.found.signed
    )
