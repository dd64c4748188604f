"""The recommendations that a body received, those it gave, and one of them."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.records.recommendations.models import Recommendation, Reply
from parchemin.records.recommendations.queries import SIGN, endorsers_for, given_by, received_by, waiting
from parchemin.web.access.decorators import needs
from parchemin.web.recommendation.reaching import PLACE, Crumb, crumbs, shown
from parchemin.web.recommendation.showing import days_of, facts_of, look_of, subject_of
from parchemin.web.shared.asked import stand_under, standing_of
from parchemin.web.shared.clock import today
from parchemin.web.shared.lists import listing


@needs(SIGN)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is said of what this person answers for, with how many wait for an answer."""
    rows = received_by(standing_of(request))
    return _list(request, rows, "received", [], waits=waiting(rows, today()).count())


@needs(SIGN)
@require_GET
def given(request: HttpRequest) -> HttpResponse:
    """What the bodies that this person signs for said of others."""
    return _list(request, given_by(standing_of(request)), "given", [(_("Signées"), None)])


@needs(SIGN)
@require_GET
def one(request: HttpRequest, id: Any) -> HttpResponse:
    """What it says, who answered what, and what this person may do of it."""
    found = shown(request, id)
    row = found.row
    context = {
        "found": found,
        "row": row,
        "look": look_of(row, found.on),
        "facts": facts_of(row),
        "public_page": reverse("schemes:version", args=[row.version.certification.scheme, row.version.name])
        if row.version
        else "",
        "replies": [(one, str(Reply.Act(one.act).label)) for one in row.replies.all()],
        "withdrawal": getattr(row, "withdrawal", None),
        "is_signed": getattr(row, "proof", None) is not None,
        "crumbs": found.crumbs(),
    }
    return render(request, "recommendation/one.html", context)


def _list(
    request: HttpRequest, rows: QuerySet[Recommendation], here: str, under: list[Crumb], waits: int = 0
) -> HttpResponse:
    stand_under(request, PLACE)
    page, on = listing(rows, request.GET.get("page")), today()
    context = {
        "here": here,
        "waits": waits,
        "listing": page,
        "rows": [
            {"row": row, "look": look_of(row, on), "subject": subject_of(row), "days": days_of(row)}
            for row in page.rows
        ],
        "may_make": endorsers_for(standing_of(request)).exists(),
        "crumbs": crumbs(*under),
    }
    return render(request, "recommendation/list.html", context)
