"""What somebody holds, for themselves alone: where each certificate stands, and every form they may take away."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.edges.credentials import baked
from parchemin.edges.parchments import ParchmentRefusedError
from parchemin.records.awards.models import Certificate, Change, Kind, Standing
from parchemin.records.awards.numbers import grouped
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.held.bundling import bundled
from parchemin.web.held.picture import drawn
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.certificates import look_of, paper_of, verified_at
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.downloads import to_keep

LINKEDIN = "https://www.linkedin.com/profile/add"


@needs(Action.SEE_OWN_FILE)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that is held, the last awarded first, and what is no longer."""
    rows = [{"row": row, "look": look_of(row.standing(today()))} for row in _own(request)]
    return render(request, "held/mine.html", {"rows": rows, "crumbs": [(_("Mes certificats"), None)]})


@needs(Action.SEE_OWN_FILE)
@require_GET
def one(request: HttpRequest, id: UUID) -> HttpResponse:
    """One certificate: what it says, where it stands, what to take away, where anybody verifies it."""
    row = _found(request, id)
    mine_page = (_("Mes certificats"), reverse("held:mine"))
    context = {
        "row": row,
        "look": look_of(row.standing(today())),
        "number": grouped(row.number),
        "checked_at": verified_at(row),
        "credential": getattr(row, "credential", None),
        "is_open": not row.standing(today()).is_over,
        "linkedin": _linkedin(row),
        "crumbs": [mine_page, (row.told["title"], None)],
    }
    return render(request, "held/one.html", context)


@needs(Action.SEE_OWN_FILE)
@require_GET
def paper(request: HttpRequest, id: UUID) -> HttpResponse:
    """The certificate as a PDF to print, its credential attached."""
    row = _open(request, id)
    try:
        content = paper_of(row)
    except ParchmentRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("held:one", id)
    return to_keep(content, "application/pdf", f"{grouped(row.number)}.pdf")


@needs(Action.SEE_OWN_FILE)
@require_GET
def credential(request: HttpRequest, id: UUID) -> HttpResponse:
    """The signed credential, as a wallet takes it."""
    row = _open(request, id)
    return to_keep(_credential(row).encode(), "application/vc", f"{grouped(row.number)}.json")


@needs(Action.SEE_OWN_FILE)
@require_GET
def badge(request: HttpRequest, id: UUID) -> HttpResponse:
    """A picture that carries the credential: an Open Badge."""
    row = _open(request, id)
    content = baked(drawn(row.told).encode(), _credential(row))
    return to_keep(content, "image/svg+xml", f"{grouped(row.number)}.svg")


@needs(Action.SEE_OWN_FILE)
@require_GET
def bundle(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything it takes to verify it years later, when nobody answers any more."""
    row = _open(request, id)
    _credential(row)
    return to_keep(bundled(row, now()), "application/zip", f"{grouped(row.number)}.zip")


def _own(request: HttpRequest) -> list[Certificate]:
    rows = Certificate.objects.filter(candidacy__candidate=person_of(request))
    related = rows.select_related("candidacy", "issuer", "credential", "corrected_by")
    return list(related.prefetch_related(Prefetch("changes", Change.objects.order_by("pk"))).order_by("-issued_at"))


def _found(request: HttpRequest, id: UUID) -> Certificate:
    row = next((one for one in _own(request) if one.pk == id), None)
    if row is None:
        raise Http404
    return row


def _open(request: HttpRequest, id: UUID) -> Certificate:
    row = _found(request, id)
    if row.standing(today()).is_over:
        raise Http404
    return row


def _credential(row: Certificate) -> str:
    """The text of the credential; not found while it is not signed yet."""
    kept = getattr(row, "credential", None)
    if kept is None:
        raise Http404
    return str(kept.text)


def _linkedin(row: Certificate) -> str:
    """The form of that network, filled in: the holder alone decides to send it."""
    if row.kind == Kind.STATEMENT or row.standing(today()) is not Standing.VALID:
        return ""
    ends: dict[str, Any] = {}
    if row.valid_until:
        ends = {"expirationYear": row.valid_until.year, "expirationMonth": row.valid_until.month}
    told = {
        "startTask": "CERTIFICATION_NAME",
        "name": row.told["title"],
        "organizationName": row.told["body"]["trade_name"] or row.told["body"]["name"],
        "issueYear": row.awarded_on.year,
        "issueMonth": row.awarded_on.month,
        **ends,
        "certUrl": verified_at(row),
        "certId": grouped(row.number),
    }
    return f"{LINKEDIN}?{urlencode(told)}"
