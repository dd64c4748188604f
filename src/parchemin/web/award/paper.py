"""A certificate on paper, for the body to sign and hand over, or its last duplicate."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from parchemin.edges.parchments import ParchmentRefusedError
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.award.reaching import held
from parchemin.web.shared.certificates import paper_of
from parchemin.web.shared.downloads import to_keep


@needs(Action.ISSUE_CERTIFICATES)
@require_GET
def paper(request: HttpRequest, id: UUID) -> HttpResponse:
    """The PDF; marked as a duplicate with ``duplicata``. Not found for one that is no longer good."""
    found = held(request, id)
    again = found.row.duplicates.order_by("rank").last() if "duplicata" in request.GET else None
    if found.is_over or ("duplicata" in request.GET and again is None):
        raise Http404
    try:
        content = paper_of(found.row, again.at if again else None)
    except ParchmentRefusedError as refused:
        messages.error(request, str(refused))
        return redirect(found.url)
    return to_keep(content, "application/pdf", f"{found.number}.pdf")
