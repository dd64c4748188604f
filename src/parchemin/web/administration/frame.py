"""What every page of the administration has: where one stands, the pages beside it, and what that person may see."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from parchemin.records.certifications.models import Certification
from parchemin.records.people.models import Organisation, Person
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.shared.asked import standing_of

Crumb = tuple[str, str | None]


def places() -> list[tuple[str, str, Action]]:
    """The pages of the administration: the name of the address, the title, and what it takes to open it."""
    return [
        ("home", _("Vue d’ensemble"), Action.MANAGE_ORGANISATIONS),
        ("certifications", _("Certifications"), Action.MANAGE_CERTIFICATIONS),
        ("organisations", _("Organisations"), Action.MANAGE_ORGANISATIONS),
        ("people", _("Personnes et rôles"), Action.MANAGE_PEOPLE),
        ("retention", _("Conservation"), Action.RUN_RETENTION),
        ("journal", _("Journal"), Action.SEE_JOURNAL),
        ("outbox", _("Messages"), Action.SEE_OUTBOX),
        ("tasks", _("Tâches de fond"), Action.MANAGE_SETTINGS),
        ("settings", _("Réglages"), Action.MANAGE_SETTINGS),
    ]


def actor(request: HttpRequest) -> Person:
    """Who acts; every page that acts is for those who signed in."""
    assert isinstance(request.user, Person)
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, were it nothing at all; None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> "MultiValueDict[str, UploadedFile[Any]] | None":
    """The files sent, were there none; None for a page that is only opened."""
    return request.FILES if request.method == "POST" else None


def shown(
    request: HttpRequest,
    template: str,
    here: str,
    context: dict[str, Any],
    *crumbs: Crumb,
    status: int = 200,
) -> HttpResponse:
    """The page under ``administration/``, with its place among the others; ``crumbs`` follow those of that place."""
    standing = standing_of(request)
    beside = [
        (title, reverse(f"administration:{name}"), name == here)
        for name, title, action in places()
        if standing.has(action)
    ]
    return render(
        request,
        f"administration/{template}",
        {"places": beside, "crumbs": _crumbs(here, crumbs), **context},
        status=status,
    )


def organisations_for(standing: Standing, action: Action) -> QuerySet[Organisation]:
    """The organisations on which that person may do this, and their centres."""
    own = standing.scope_filter(action, organisation_field="pk")
    return Organisation.objects.filter(own | standing.scope_filter(action, organisation_field="parent"))


def certifications_for(standing: Standing, action: Action = Action.MANAGE_CERTIFICATIONS) -> QuerySet[Certification]:
    """The certifications on which that person may do this."""
    allowed = standing.scope_filter(action, organisation_field="awarding_body", scheme_field="scheme")
    return Certification.objects.filter(allowed).select_related("awarding_body")


def _crumbs(here: str, more: tuple[Crumb, ...]) -> list[Crumb]:
    found: list[Crumb] = [(_("Administration"), reverse("administration:home"))]
    if here != "home":
        title = next(title for name, title, _action in places() if name == here)
        found.append((title, reverse(f"administration:{here}")))
    found += more
    return [*found[:-1], (found[-1][0], None)]
