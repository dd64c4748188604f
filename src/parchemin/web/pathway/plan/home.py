"""What the middle of a file is made of, from the steps and the rules of its scheme: one card for each part."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.records.candidacies.queries.timeline import timeline
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.plan.asking import asked_of
from parchemin.web.pathway.plan.cards import cards_of
from parchemin.web.shared.reached import reached


@needs(Action.SEE_PATHWAY)
@require_GET
def home(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is asked now of whoever looks, then the parts that this file goes through, each with where it stands."""
    found = reached(request, id, Action.SEE_PATHWAY)
    row, route = found.candidacy, found.judged.scheme.route_of(found.candidacy.route)
    context = {
        "row": row,
        "whose": [row.candidate.name, row.certification.title, *([route.title] if route else [])],
        "cards": cards_of(found),
        "asked": asked_of(found),
        "moments": timeline(found.judged, is_candidate=found.is_own),
        "crumbs": found.crumbs(_("Parcours et évaluation")),
    }
    return render(request, "pathway/plan_home.html", context)
