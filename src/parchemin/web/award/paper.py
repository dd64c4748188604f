"""What the body signs and hands over: a certificate or its last duplicate, an extract of minutes, a supplement."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from parchemin.edges.parchments import ParchmentRefusedError
from parchemin.edges.parchments.parchment import LANGUAGES
from parchemin.records.awards.models import Kind
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.award.reaching import Held, held
from parchemin.web.shared.certificates import extract_of, paper_of, supplement_of
from parchemin.web.shared.clock import now
from parchemin.web.shared.downloads import to_keep


@needs(Action.ISSUE_CERTIFICATES)
@require_GET
def paper(request: HttpRequest, id: UUID) -> HttpResponse:
    """The PDF; marked as a duplicate with ``duplicata``. Not found for one that is no longer good."""
    found = held(request, id)
    again = found.row.duplicates.order_by("rank").last() if "duplicata" in request.GET else None
    if found.is_over or ("duplicata" in request.GET and again is None):
        raise Http404
    return _handed(found, f"{found.number}.pdf", lambda: paper_of(found.row, again.at if again else None))


@needs(Action.ISSUE_CERTIFICATES)
@require_GET
def extract(request: HttpRequest, id: UUID) -> HttpResponse:
    """What the signed minutes say of its holder and of nobody else, whatever became of the certificate."""
    found = held(request, id)
    return _handed(found, f"extrait-{found.number}.pdf", lambda: extract_of(found.row, found.on, now()))


@needs(Action.ISSUE_CERTIFICATES)
@require_GET
def supplement(request: HttpRequest, id: UUID, language: str) -> HttpResponse:
    """The supplement in that language; not found but for a whole certification, and for one that is still good."""
    found = held(request, id)
    if language not in LANGUAGES or found.row.kind != Kind.WHOLE or found.is_over:
        raise Http404
    name = f"supplement-{language}-{found.number}.pdf"
    return _handed(found, name, lambda: supplement_of(found.row, language, found.on, now()))


def _handed(found: Held, name: str, draw: Callable[[], bytes]) -> HttpResponse:
    try:
        return to_keep(draw(), "application/pdf", name)
    except ParchmentRefusedError as refused:
        messages.error(found.request, str(refused))
        return redirect(found.url)
