"""How a sitting went off is told, corrected with why; one that was held may be found void afterwards."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.core.facts import Attendance
from parchemin.records.assessments.actions.holding import tell_attendance, tell_otherwise, void_sitting
from parchemin.records.assessments.models.sittings import ATTENDANCES
from parchemin.records.assessments.queries.planned import safeguards_of
from parchemin.records.assessments.queries.told import left_out
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.planning.forms import TellForm, TellOtherwiseForm, VoidForm
from parchemin.web.assessment.planning.reaching import Seated, attempted, seated
from parchemin.web.assessment.planning.showing import told_of
from parchemin.web.shared.asked import stand_under
from parchemin.web.shared.clock import now

CORRECTABLE = tuple(one for one in ATTENDANCES if one is not Attendance.VOID)


@needs(Action.TELL_SITTING)
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, id: UUID) -> HttpResponse:
    """It was held, or why not, told by the office or by one of those who assess; no absence is a failure."""
    here = seated(request, id, Action.TELL_SITTING)
    sitting, is_office = here.sitting, here.is_planner
    people = list(sitting.evaluators.select_related("person"))
    if not is_office and here.found.viewer.pk not in {one.person_id for one in people}:
        raise Http404
    if not is_office:
        stand_under(request, "assessment:mine")  # under their own list, not under the file
    starts_at = sitting.starts_at
    is_early = starts_at is None or (not is_office and starts_at > now())
    if sitting.attendance or sitting.cancelled_at or is_early:
        messages.info(request, _("Le déroulement ne se note pas maintenant : voici où en est l’épreuve."))
        return redirect(here.url)
    initial = {"revision": sitting.revision, "minutes": sitting.minutes, "present": [str(one.pk) for one in people]}
    form = TellForm(
        request.POST or None,
        initial=initial,
        evaluators=people,
        safeguards=_safeguards(here),
        teller=here.found.viewer,
        is_office=is_office,
    )
    context = {"title": _("Déroulement de l’épreuve"), "button": _("Noter le déroulement")}
    context["lede"] = _("Noté une fois pour tous, sous votre nom : relisez avant d’envoyer.")

    def do() -> None:
        tell_attendance(sitting=sitting, **form.told, **here.found.signed)

    return _acted(here, form, do, context, _("Le déroulement est noté."))


@needs(Action.PLAN_SITTINGS)
@require_http_methods(["GET", "POST"])
def correct_telling(request: HttpRequest, id: UUID) -> HttpResponse:
    """It went off otherwise than was told, for a reason; what was told first stays written."""
    here = seated(request, id)
    sitting = here.sitting
    if not sitting.attendance or sitting.attendance == Attendance.VOID:
        messages.info(request, _("Il n’y a rien à corriger ici : voici où en est l’épreuve."))
        return redirect(here.url)
    sat = [one.person for one in sitting.evaluators.select_related("person")]
    away = [one.person for one in left_out(sitting)]
    initial = {
        "revision": sitting.revision,
        "attendance": sitting.attendance,
        "minutes": sitting.minutes,
        "present": [str(one.pk) for one in sat],
        "safeguards": sitting.safeguards,
        "incidents": sitting.incidents,
    }
    form = TellOtherwiseForm(
        request.POST or None,
        initial=initial,
        people={str(one.pk): one.name for one in (*sat, *away)},
        safeguards=_safeguards(here),
        told=CORRECTABLE,
    )
    title, lede = _("Corriger le déroulement"), _("Qui l’avait noté, et comment, reste écrit.")
    context = {"title": title, "button": title, "lede": lede, "told": told_of(sitting)}

    def do() -> None:
        tell_otherwise(sitting=sitting, **form.told, **here.found.signed)

    return _acted(here, form, do, context, _("Le déroulement est corrigé ; ce qui avait été noté reste écrit."))


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


def _safeguards(here: Seated) -> tuple[str, ...]:
    return safeguards_of(here.found.judged, here.sitting.place) if here.sitting.place else ()


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
