"""What goes with a certificate on paper: the extract of the minutes of its jury, its supplement in two languages."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from parchemin.edges.parchments import ParchmentRefusedError
from parchemin.edges.parchments.parchment import LANGUAGES
from parchemin.records.awards.models import Certificate, Kind
from parchemin.records.awards.numbers import grouped
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.held.owning import still_open
from parchemin.web.shared.certificates import extract_of, supplement_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.downloads import to_keep


@needs(Action.SEE_OWN_FILE)
@require_GET
def extract(request: HttpRequest, id: UUID) -> HttpResponse:
    """What the signed minutes of the jury say of them, and of nobody else."""
    row = still_open(request, id)
    return _handed(request, row, "extrait", lambda: extract_of(row, today(), now()))


@needs(Action.SEE_OWN_FILE)
@require_GET
def supplement(request: HttpRequest, id: UUID, language: str) -> HttpResponse:
    """The supplement to the certificate of a whole certification, in that language."""
    row = still_open(request, id)
    if language not in LANGUAGES or row.kind != Kind.WHOLE:
        raise Http404
    return _handed(request, row, f"supplement-{language}", lambda: supplement_of(row, language, today(), now()))


def _handed(request: HttpRequest, row: Certificate, what: str, draw: Callable[[], bytes]) -> HttpResponse:
    try:
        return to_keep(draw(), "application/pdf", f"{what}-{grouped(row.number)}.pdf")
    except ParchmentRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("held:one", row.pk)
