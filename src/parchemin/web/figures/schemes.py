"""What anybody may read of a published certification, at the address its credentials name, and its yearly figures."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parchemin.catalogue.problems import RefusedError
from parchemin.core.decision import Stage
from parchemin.core.scheme import Scheme
from parchemin.core.terms import Unknown, listed
from parchemin.records.certifications.models import Certification
from parchemin.records.certifications.queries import resolved, version_for
from parchemin.records.followups.queries.yearly import published
from parchemin.records.recommendations.queries import readable_of
from parchemin.web.access.decorators import public
from parchemin.web.figures import showing
from parchemin.web.shared.asked import stand_under
from parchemin.web.shared.clock import today
from parchemin.web.shared.describing import level_of, made_of, parts_of, register_of


@public
@require_safe
def certification(request: HttpRequest, scheme: str) -> HttpResponse:
    """The version in force today, or the last one published when none is."""
    row = _row(scheme)
    names = list(row.versions.order_by("-published_at", "-pk").values_list("name", flat=True))
    if not names:
        raise Http404
    try:
        name = version_for(scheme, today())
    except RefusedError:
        name = names[0]
    return _page(request, row, name, names)


@public
@require_safe
def version(request: HttpRequest, scheme: str, version: str) -> HttpResponse:
    """One version: title, level, blocks and competences under their codes, routes, validity, who awards, sources."""
    row = _row(scheme)
    names = list(row.versions.order_by("-published_at", "-pk").values_list("name", flat=True))
    if version not in names:
        raise Http404
    return _page(request, row, version, names)


def _row(scheme: str) -> Certification:
    return get_object_or_404(Certification.objects.select_related("awarding_body"), scheme=scheme)


def _page(request: HttpRequest, row: Certification, name: str, names: list[str]) -> HttpResponse:
    try:
        scheme = resolved(row.scheme, version=name, on=today()).scheme
    except RefusedError as refused:
        raise Http404 from refused
    address = reverse("schemes:version", args=[row.scheme, name])
    context = {
        "row": row,
        "scheme": scheme,
        "address": address,
        "facts": _facts(row, scheme, name),
        "parts": list(parts_of(scheme)),
        "routes": [_route(one.title, one.is_open) for one in scheme.routes.values()],
        "validity": scheme.rules.get(Stage.VALIDITY, ()),
        "sources": list(scheme.sources.values()),
        "recommendations": readable_of(row.scheme, name, today()),
        "published": [(one, showing.told(json.loads(one.text))) for one in published(row)],
        "anchors": [(one, reverse("schemes:version", args=[row.scheme, one]), one == name) for one in names],
        "may_apply": row.is_open,
        "crumbs": [(_("Certifications"), reverse("candidate:certifications")), (row.title, None)],
    }
    stand_under(request, "candidate:certifications")
    return render(request, "figures/scheme.html", context)


def _facts(row: Certification, scheme: Scheme, name: str) -> list[tuple[str, Any]]:
    codes = (("ROME", scheme.codes.rome), ("NSF", scheme.codes.nsf), ("Formacode", scheme.codes.formacode))
    found = [
        (_("Délivrée par"), row.awarding_body.name),
        (_("Ce qui est délivré"), scheme.award.title),
        (_("Répertoire"), register_of(scheme)),
        (_("Niveau"), level_of(scheme)),
        (_("Contenu"), made_of(scheme)),
        (_("Version"), name),
    ]
    found += [(title, ", ".join(listed(values))) for title, values in codes]
    return [(title, value) for title, value in found if value]


def _route(title: str, is_open: bool | Unknown) -> dict[str, Any]:
    if isinstance(is_open, Unknown):
        return {"title": title, "icon": "circle-help", "told": is_open.why}
    return {"title": title, "icon": "circle-check" if is_open else "lock", "told": "" if is_open else _("Voie fermée")}
