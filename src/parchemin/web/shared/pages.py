"""Pages that belong to no audience: theme, accessibility, processing register, rules of a version, components."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parchemin.catalogue.problems import RefusedError
from parchemin.core.decision import Stage
from parchemin.records.certifications.models import PublishedVersion
from parchemin.records.certifications.queries import resolved
from parchemin.records.people.permissions import Action
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import today
from parchemin.web.shared.context import THEME_COOKIE, THEMES
from parchemin.web.shared.decisions import stage_names
from parchemin.web.shared.processing import abroad, controllers, everywhere, register
from parchemin.web.shared.samples import samples

YEAR = 365 * 24 * 3600


def open_to_all(view: Any) -> Any:
    """Marks a page that asks nothing of whoever opens it."""
    view.asks = "public"
    return view


@open_to_all
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device is, from now on; then back to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


@open_to_all
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "shared/accessibility.html")


@open_to_all
@require_GET
def processing(request: HttpRequest, id: UUID | None = None) -> HttpResponse:
    """What is kept of people, why, on what ground and how long (GDPR, art. 30): by one organisation, or by all."""
    bodies = list(controllers())
    chosen = next((one for one in bodies if one.pk == id), None) if id else (bodies[0] if len(bodies) == 1 else None)
    if id and chosen is None:
        raise Http404
    context = {
        "register": register(chosen),
        "chosen": chosen,
        "bodies": bodies if len(bodies) > 1 else [],
        "everywhere": everywhere(),
        "abroad": abroad(),
        "can_export": standing_of(request).has(Action.RUN_RETENTION),
    }
    return render(request, "shared/processing.html", context)


@open_to_all
@require_GET
def rules(request: HttpRequest, scheme: str, version: str) -> HttpResponse:
    """Every rule of a published version, with its file, line and source: what a finding refers to."""
    found = PublishedVersion.objects.filter(certification__scheme=scheme, name=version).select_related("certification")
    published = found.first()
    if published is None:
        raise Http404
    try:
        loaded = resolved(scheme, version=version, on=_day(request.GET.get("on")) or today())
    except RefusedError as refused:
        raise Http404 from refused
    names = stage_names()
    stages = [(stage.value, names[stage], rules) for stage in Stage if (rules := loaded.scheme.rules.get(stage, ()))]
    anchors = [(name, f"#{id}", False) for id, name, _rules in stages]
    if loaded.gaps:
        anchors.append((_("Ce que les sources ne disent pas"), "#gaps", False))
    shown = {"scheme": loaded.scheme, "stages": stages, "anchors": anchors, "gaps": loaded.gaps}
    context = {"published": published, **shown}
    return render(request, "shared/rules.html", context)


@open_to_all
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states, for developers; found only in debug."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "shared/gallery.html", samples())


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
