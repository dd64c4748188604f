"""Drafts of long forms: kept as they are typed, given up."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from parchemin.records.candidacies.actions.drafts import drop_draft, save_draft
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.queries.visible import find
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.candidate.drafts import NAMES, Keeper, typed_in
from parchemin.web.shared.asked import person_of, standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.returning import shows_no_page

TOO_LARGE = 413


@shows_no_page
@needs(Action.EDIT_APPLICATION)
@require_POST
def save(request: HttpRequest, name: str, file: UUID | None = None, item: str = "") -> HttpResponse:
    """What is typed is kept for that person alone; nothing else happens."""
    row = _row(request, name, file)
    try:
        save_draft(
            person=person_of(request),
            form=Keeper(name, file, item).key,
            fields=typed_in(request),
            at=now(),
            candidacy=row,
        )
    except UnfitError as unfit:
        return JsonResponse({"told": sentence(unfit)}, status=TOO_LARGE)
    return HttpResponse(status=204)


@needs(Action.EDIT_APPLICATION)
@require_POST
def drop(request: HttpRequest, name: str, file: UUID | None = None, item: str = "") -> HttpResponse:
    """The draft is given up; the form is shown again without it."""
    row = _row(request, name, file)
    drop_draft(person=person_of(request), form=Keeper(name, file, item).key)
    places = {"identity": "identity", "message": "messages", "accommodation": "accommodation", "appeal": "decisions"}
    return redirect(f"candidate:{places.get(name, 'experiences')}", row.pk) if row else redirect("candidate:home")


def _row(request: HttpRequest, name: str, file: UUID | None) -> Candidacy | None:
    if name not in NAMES:
        raise Http404
    if file is None:
        return None
    row = find(standing_of(request), Action.EDIT_APPLICATION, file, today())
    if row is None or row.candidate_id != person_of(request).pk:
        raise Http404
    return row
