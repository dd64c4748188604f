"""How a sitting went off is told once; one that was held may be found void afterwards."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.core.facts import Attendance
from parchemin.records.assessments.actions.holding import tell_attendance, void_sitting
from parchemin.records.assessments.queries.planned import safeguards_of
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.planning.forms import TellForm, VoidForm
from parchemin.web.assessment.planning.reaching import Seated, attempted, seated


@needs(Action.PLAN_SITTINGS)
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, id: UUID) -> HttpResponse:
    """It was held, or why not: an absence, an excuse, an adjournment or a fraud is not a failure."""
    here = seated(request, id)
    sitting = here.sitting
    if sitting.attendance or sitting.cancelled_at or sitting.starts_at is None:
        messages.info(request, _("Le déroulement ne se note pas maintenant : voici où en est l’épreuve."))
        return redirect(here.url)
    people = list(sitting.evaluators.select_related("person"))
    kept = safeguards_of(here.found.judged, sitting.place) if sitting.place else ()
    initial = {"revision": sitting.revision, "minutes": sitting.minutes, "present": [str(one.pk) for one in people]}
    form = TellForm(request.POST or None, initial=initial, evaluators=people, safeguards=kept)
    context = {"title": _("Déroulement de l’épreuve"), "button": _("Noter le déroulement")}
    context["lede"] = _("Noté une seule fois : relisez avant d’envoyer.")

    def do() -> None:
        tell_attendance(sitting=sitting, **form.told, **here.found.signed)

    return _acted(here, form, do, context, _("Le déroulement est noté."))


@needs(Action.PLAN_SITTINGS)
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, id: UUID) -> HttpResponse:
    """What was held counts for nothing, for a reason."""
    here = seated(request, id)
    if here.sitting.attendance != Attendance.HELD:
        messages.info(request, _("Seule une épreuve tenue s’invalide : voici où en est celle-ci."))
        return redirect(here.url)
    form = VoidForm(request.POST or None, initial={"revision": here.sitting.revision})
    title = _("Invalider l’épreuve")
    lede = _("Ses résultats ne compteront plus, et elle ne comptera pas comme un passage. Cela ne se reprend pas.")
    context = {"title": title, "button": title, "lede": lede, "is_danger": True}

    def do() -> None:
        void_sitting(sitting=here.sitting, **form.cleaned_data, **here.found.signed)

    return _acted(here, form, do, context, _("L’épreuve est invalidée : elle ne compte plus."))


def _acted(here: Seated, form: forms.Form, do: Callable[[], None], context: dict[str, Any], said: str) -> HttpResponse:
    request = here.found.request
    context |= {"here": here, "form": form, "crumbs": here.crumbs(context["title"])}
    status = 422 if form.is_bound else 200
    if form.is_valid():
        attempt = attempted(form, do)
        if attempt.is_done:
            messages.success(request, said)
            return redirect(here.url)
        status = attempt.status
        context["is_overtaken"] = attempt.theirs is not None
    return render(request, "assessment/planning_act.html", context, status=status)
