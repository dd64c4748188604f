"""A pathway in front of somebody: how its pages are drawn, and how what they ask is tried."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from parchemin.records.pathways.models import Pathway
from parchemin.records.people.permissions import Action
from parchemin.web.pathway.plan.forms import PlanForm
from parchemin.web.pathway.plan.history import since
from parchemin.web.pathway.trying import CONFLICT, DONE, REFUSED, tried
from parchemin.web.shared.reached import Reached


def plan_url(found: Reached) -> str:
    """The page of the pathway of that file."""
    return reverse("pathway:plan", args=[found.candidacy.pk])


def may_plan(found: Reached) -> bool:
    """Whether whoever looks writes the pathway of that file."""
    return found.candidacy.is_active and found.may(Action.PLAN_PATHWAY)


def revision_of(found: Reached) -> int:
    """The revision that the pathway is at; zero before anything is written."""
    return Pathway.objects.filter(candidacy=found.candidacy).values_list("revision", flat=True).first() or 0


def draw(
    found: Reached, template: str, context: Mapping[str, Any], *titles: str | tuple[str, str], status: int = 200
) -> HttpResponse:
    """A page about the pathway of that file."""
    row = found.candidacy
    home = (_("Parcours et évaluation"), reverse("pathway:home", args=[row.pk]))
    plan: str | tuple[str, str] = (_("Parcours"), plan_url(found)) if titles else _("Parcours")
    route = found.judged.scheme.route_of(row.route)
    whose = [row.candidate.name, row.certification.title, *([route.title] if route else [])]
    crumbs = found.crumbs(home, plan, *titles)
    shown = {"found": found, "row": row, "whose": whose, "crumbs": crumbs, "plan_url": plan_url(found), **context}
    return render(found.request, f"pathway/{template}.html", shown, status=status)


def attempt(found: Reached, form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether it was done; what prevents it is told by the form, and nothing typed is lost."""
    result = tried(form, act, lambda: revision_of(found))
    if result == CONFLICT:
        assert isinstance(form, PlanForm)
        form.changes = since(found.candidacy, revision_of(found) - form.cleaned_data["revision"])
    return result == DONE


def status_of(form: forms.Form) -> int:
    """How the page that shows the form is answered."""
    if getattr(form, "changes", None) is not None:
        return CONFLICT
    return REFUSED if form.is_bound else 200
