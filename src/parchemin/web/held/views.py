"""What somebody holds, for themselves alone: where each certificate stands, and every form they may take away."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.edges.credentials import baked
from parchemin.edges.parchments import ParchmentRefusedError
from parchemin.records.awards.models import Certificate, Kind, Standing
from parchemin.records.awards.numbers import grouped
from parchemin.records.certifications.queries import offers
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.held.bundling import bundled
from parchemin.web.held.owning import found, own, signed, still_open
from parchemin.web.held.picture import drawn
from parchemin.web.held.taking import ChoiceForm, recorded
from parchemin.web.shared.certificates import look_of, paper_of, renewal_told, verified_at
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.downloads import to_keep

LINKEDIN = "https://www.linkedin.com/profile/add"


@needs(Action.SEE_OWN_FILE)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything that is held, the last awarded first, and what is no longer."""
    held = own(request)
    context = {
        "rows": [{"row": row, "look": look_of(row.standing(today()))} for row in held],
        "records": {row.issuer_id: row.told["body"]["name"] for row in recorded(held)},
        "crumbs": [(_("Mes certificats"), None)],
    }
    return render(request, "held/mine.html", context)


@needs(Action.SEE_OWN_FILE)
@require_GET
def one(request: HttpRequest, id: UUID) -> HttpResponse:
    """One certificate: what it says, where it stands, what to take away, where anybody verifies it."""
    row = found(request, id)
    renewal = renewal_told(row, today())
    mine_page = (_("Mes certificats"), reverse("held:mine"))
    context = {
        "row": row,
        "look": look_of(row.standing(today())),
        "number": grouped(row.number),
        "checked_at": verified_at(row),
        "credential": getattr(row, "credential", None),
        "choices": ChoiceForm(row),
        "is_open": not row.standing(today()).is_over,
        "renewal": renewal,
        "offered": bool(renewal and renewal.may_begin and offers(today(), scheme=row.candidacy.certification.scheme)),
        "linkedin": _linkedin(row),
        "crumbs": [mine_page, (row.told["title"], None)],
    }
    return render(request, "held/one.html", context)


@needs(Action.SEE_OWN_FILE)
@require_GET
def paper(request: HttpRequest, id: UUID) -> HttpResponse:
    """The certificate as a PDF to print, its credential attached."""
    row = still_open(request, id)
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
    row = signed(request, id)
    return to_keep(row.credential.text.encode(), "application/vc", f"{grouped(row.number)}.json")


@needs(Action.SEE_OWN_FILE)
@require_GET
def badge(request: HttpRequest, id: UUID) -> HttpResponse:
    """A picture that carries the credential: an Open Badge."""
    row = signed(request, id)
    content = baked(drawn(row.told).encode(), row.credential.text)
    return to_keep(content, "image/svg+xml", f"{grouped(row.number)}.svg")


@needs(Action.SEE_OWN_FILE)
@require_GET
def bundle(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything it takes to verify it years later, when nobody answers any more."""
    row = signed(request, id)
    return to_keep(bundled(row, now()), "application/zip", f"{grouped(row.number)}.zip")


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
