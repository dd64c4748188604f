"""Planning a sitting, moving it, cancelling it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from parchemin.core.decision import Stage
from parchemin.records.assessments.actions.planning import cancel_sitting, move_sitting, plan_sitting
from parchemin.records.assessments.models import Sitting
from parchemin.records.assessments.queries.planned import (
    ToSit,
    groups_of,
    methods_to_plan,
    minutes_due,
    places_of,
    safeguards_of,
)
from parchemin.records.candidacies.contributing import JOINED
from parchemin.records.candidacies.models import Status
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.planning.forms import CancelForm, MoveForm, WhenForm, when_initial
from parchemin.web.assessment.planning.reaching import Seated, attempted, seated
from parchemin.web.assessment.planning.showing import state_of
from parchemin.web.shared.clock import now
from parchemin.web.shared.reached import Reached, reached
from parchemin.web.shared.typesetting import day

REMOTE = "remote"


@needs(Action.PLAN_SITTINGS)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is still to sit, what is planned, and one more sitting of the method chosen."""
    found = reached(request, id, Action.PLAN_SITTINGS, *JOINED)
    is_open = found.candidacy.status == Status.ADMISSIBLE
    offered = methods_to_plan(found.judged) if is_open else {}
    chosen = offered.get(request.GET.get("epreuve", "")) or (
        next(iter(offered.values())) if len(offered) == 1 else None
    )
    form, status = None, 200
    if chosen:
        form = WhenForm(request.POST or None, initial=_proposed(found, chosen), **_asked(found, chosen.id))
        if form.is_bound:
            status = 422
        if form.is_valid():
            attempt = attempted(form, _planning(found, chosen, form))
            if attempt.is_done:
                messages.success(request, _("L’épreuve est prévue. Nommez maintenant qui évalue."))
                return redirect("assessment:planned", attempt.result.pk)
            status = attempt.status
    context = {
        "found": found,
        "row": found.candidacy,
        "is_open": is_open,
        "groups": groups_of(found.judged),
        "chosen": chosen,
        "form": form,
        "sittings": [(Seated(found, one), state_of(one, now())) for one in found.candidacy.sittings.all()],
        "decision": found.judged.decided(Stage.ASSESSMENT),
        "whose": [found.candidacy.candidate.name, found.candidacy.number, found.candidacy.certification.title],
        "crumbs": found.crumbs(_("Épreuves")),
    }
    return render(request, "assessment/planning_plan.html", context, status=status)


@needs(Action.PLAN_SITTINGS)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another day, another place."""
    here = seated(request, id)
    sitting = here.sitting
    if here.method is None or sitting.attendance or sitting.cancelled_at:
        return _too_late(here)
    asked = _asked(here.found, sitting.method)
    form = MoveForm(request.POST or None, initial=when_initial(sitting), **asked)
    context = _context(here, form, _("Déplacer l’épreuve"), _("Enregistrer"))
    if not form.is_valid():
        return render(request, "assessment/planning_act.html", context, status=422 if form.is_bound else 200)

    def do() -> None:
        told = form.planned | {"revision": form.cleaned_data["revision"]}
        move_sitting(sitting=sitting, **told, **here.found.signed)

    attempt = attempted(form, do)
    if attempt.is_done:
        told = _("L’épreuve est déplacée ; un nouveau message part à toutes les personnes convoquées.")
        messages.success(request, told if sitting.summoned_at else _("L’épreuve est déplacée."))
        return redirect(here.url)
    if attempt.theirs:
        context["differences"] = _differences(here.found, form, attempt.theirs)
        context["is_overtaken"] = True
    return render(request, "assessment/planning_act.html", context, status=attempt.status)


@needs(Action.PLAN_SITTINGS)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, id: UUID) -> HttpResponse:
    """It will not be held, for a reason that those who were summoned read."""
    here = seated(request, id)
    if here.sitting.attendance or here.sitting.cancelled_at:
        return _too_late(here)
    form = CancelForm(request.POST or None, initial={"revision": here.sitting.revision})
    context = _context(here, form, _("Annuler l’épreuve"), _("Annuler l’épreuve"))
    context["is_danger"] = True
    context["lede"] = _("Elle reste dans le dossier avec son motif, et ne compte pas. Une autre peut être prévue.")
    if not form.is_valid():
        return render(request, "assessment/planning_act.html", context, status=422 if form.is_bound else 200)

    def do() -> None:
        cancel_sitting(sitting=here.sitting, **form.cleaned_data, **here.found.signed)

    attempt = attempted(form, do)
    if attempt.is_done:
        messages.success(request, _("L’épreuve est annulée."))
        return redirect(here.url)
    if attempt.theirs:
        context["is_overtaken"] = True
        context["changes"] = [_said(here.found, attempt.theirs)]
    return render(request, "assessment/planning_act.html", context, status=attempt.status)


def _context(here: Seated, form: Any, title: str, button: str) -> dict[str, Any]:
    return {"here": here, "form": form, "title": title, "button": button, "crumbs": here.crumbs(title)}


def _too_late(here: Seated) -> HttpResponse:
    messages.info(here.found.request, _("Cette épreuve ne se change plus : voici où elle en est."))
    return redirect(here.url)


def _planning(found: Reached, chosen: ToSit, form: WhenForm) -> Callable[[], Sitting]:
    def do() -> Sitting:
        return plan_sitting(candidacy=found.candidacy, method=chosen.id, **form.planned, **found.signed)

    return do


def _proposed(found: Reached, chosen: ToSit) -> dict[str, Any]:
    places = places_of(found.judged, chosen.id)
    only = next(iter(places)) if len(places) == 1 else ""
    return {"minutes": minutes_due(found.judged, chosen.id, None).due, "place": only}


def _asked(found: Reached, method: str) -> dict[str, Any]:
    """What the form of that method offers, and what it says of the duration and of a remote place."""
    places = places_of(found.judged, method)
    kept = safeguards_of(found.judged, REMOTE) if REMOTE in places else ()
    remote = _("À distance, les règles demandent : %(safeguards)s.") % {"safeguards": ", ".join(kept)} if kept else ""
    return {"places": places, "minutes_told": _told_of_minutes(found, method), "place_told": remote}


def _told_of_minutes(found: Reached, method: str) -> str:
    due = minutes_due(found.judged, method, None)
    if due.usual is None:
        return _("La source ne fixe pas la durée : %(why)s.") % {"why": due.why} if due.why else ""
    usual = ngettext("%(n)s minute prévue.", "%(n)s minutes prévues.", due.usual) % {"n": due.usual}
    if not due.is_longer or not found.may(Action.SEE_ACCOMMODATION):
        return usual
    return _("%(usual)s %(due)s avec l’aménagement accordé : il change le temps, jamais ce qui est évalué.") % {
        "usual": usual,
        "due": due.due,
    }


def _differences(found: Reached, form: WhenForm, theirs: Sitting) -> list[dict[str, str]]:
    """Field by field, what was typed beside what somebody else saved, where they differ."""
    typed = form.planned
    starts, kept = typed["starts_at"], theirs.starts_at
    places = places_of(found.judged, theirs.method)
    lines = (
        (_("Jour et heure"), _instant(starts), _instant(kept)),
        (_("Durée en minutes"), str(typed["minutes"] or ""), str(theirs.minutes or "")),
        (_("Lieu"), places.get(typed["place"], ""), places.get(theirs.place, "")),
        (_("Adresse, salle ou lien"), typed["room"], theirs.room),
    )
    return [{"title": title, "yours": mine, "theirs": other} for title, mine, other in lines if mine != other]


def _said(found: Reached, theirs: Sitting) -> str:
    where = places_of(found.judged, theirs.method).get(theirs.place, "")
    parts = [_instant(theirs.starts_at) or _("sans date"), where, theirs.room]
    return _("L’épreuve est maintenant prévue ainsi : %(when)s.") % {"when": ", ".join(one for one in parts if one)}


def _instant(at: Any) -> str:
    if at is None:
        return ""
    return _("%(day)s à %(hour)s") % {"day": day(at), "hour": f"{timezone.localtime(at):%H:%M}"}
