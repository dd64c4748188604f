"""The messages kept here while no mail server is set: listed, read, their files downloaded."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.administration.frame import shown
from parchemin.web.administration.server import attachments, mails
from parchemin.web.shared.downloads import SEALED
from parchemin.web.shared.lists import in_order, listing

SORTS = {"subject": ("subject", "pk"), "to": ("to", "pk"), "sent": ("sent_at", "pk")}


@needs(Action.SEE_OUTBOX)
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """The messages, newest first; those whose recipients or subject hold the words looked for."""
    words = request.GET.get("text", "").replace("\x00", "")[:100]
    rows = mails().matching(words).listed()  # type: ignore[attr-defined]
    found = listing(in_order(rows, request.GET, SORTS, "-sent"), request.GET.get("page"))
    context = {"listing": found, "words": words, "is_sent": bool(settings.MAIL_URL)}
    return shown(request, "outbox.html", "outbox", context)


@needs(Action.SEE_OUTBOX)
@require_GET
def mail(request: HttpRequest, id: int) -> HttpResponse:
    """One message, as text."""
    row = get_object_or_404(mails(), pk=id)
    files = list(row.attachments.defer("content"))
    context = {"row": row, "text": row.text or strip_tags(row.html), "files": files}
    return shown(request, "mail.html", "outbox", context, (row.subject or _("Sans objet"), None))


@needs(Action.SEE_OUTBOX)
@require_GET
def attachment(request: HttpRequest, id: int) -> Any:
    """A file of a message, to be saved; never shown by the browser as a page of ours."""
    row = get_object_or_404(attachments(), pk=id)
    if not row.is_kept:
        raise Http404
    name = row.name or f"piece-{row.pk}"
    response = FileResponse(
        BytesIO(bytes(row.content)), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SEALED
    return response
