"""What is published of awards, for anybody: nothing here names a person."""

import json
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parchemin.edges.credentials.keeping import here, issuer_document, published_list
from parchemin.edges.credentials.recommending import recommendation_list
from parchemin.edges.registers import Checkpoint, EntryKind
from parchemin.edges.registers.keeping import leaves, register_keys
from parchemin.records.awards.models import Certificate, IssuerKey, RegisterEntry
from parchemin.records.awards.models import Checkpoint as KeptCheckpoint
from parchemin.records.people.models import Organisation
from parchemin.records.recommendations.models import Recommendation
from parchemin.web.access.decorators import public
from parchemin.web.shared.clock import now
from parchemin.web.shared.downloads import to_keep
from parchemin.web.shared.lists import listing

MOST = 1_000
"""Entries given at once."""
FRESH = timedelta(minutes=5)
"""How long a copy of what may change is good enough."""
LISTS = 100_000
DID, CREDENTIAL, LINES = "application/did+json", "application/vc", "application/jsonl"


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the register is, its last signed state, the key that signs it, its entries, the last first."""
    page = listing(RegisterEntry.objects.order_by("-index"), request.GET.get("page"))
    last = KeptCheckpoint.objects.order_by("size").last()
    context = {
        "last": last,
        "root": _root(last) if last else "",
        "keys": [str(one) for one in register_keys(here().register)],
        "listing": page,
        "lines": [{"index": row.index, **_shown(row)} for row in page.rows],
        "crumbs": [(_("Le registre public"), None)],
    }
    return render(request, "register/home.html", context)


@public
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The last signed state, as a note to keep."""
    last = KeptCheckpoint.objects.order_by("size").last()
    if last is None:
        raise Http404
    return _kept_a_while(HttpResponse(last.note, content_type="text/plain; charset=utf-8"))


@public
@require_safe
def entries(request: HttpRequest, start: int) -> HttpResponse:
    """At most a thousand entries from that one on, a line each, as they are hashed."""
    if start >= 1 << 62:
        raise Http404
    lines = b"".join(line + b"\n" for line in islice(leaves(start), MOST))
    return to_keep(lines, LINES, f"registre-{start}.jsonl")


@public
@require_safe
def issuer(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """The keys with which a body signs and signed; not found for one that never signed."""
    return _kept_a_while(_json(issuer_document(_signing(organisation), here()), DID))


@public
@require_safe
def statuses(request: HttpRequest, organisation: UUID, number: int) -> HttpResponse:
    """What a body revoked, suspended or replaced, by places that tell nothing of anybody; signed."""
    row = _signing(organisation)
    if number >= LISTS or not _has_key(row):
        raise Http404
    return _kept_a_while(_json(published_list(row, number, here(), now()), CREDENTIAL))


@public
@require_safe
def recommendations(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Which of its recommendations a body took back, by their places; signed."""
    row = _signing(organisation)
    if not _has_key(row):
        raise Http404
    return _kept_a_while(_json(recommendation_list(row, here(), now()), CREDENTIAL))


def _signing(id: UUID) -> Organisation:
    row = get_object_or_404(Organisation, pk=id)
    made = (Certificate.objects.filter(issuer=row), Recommendation.objects.filter(endorser=row))
    if not IssuerKey.objects.filter(organisation=row).exists() or not any(rows.exists() for rows in made):
        raise Http404
    return row


def _has_key(row: Organisation) -> bool:
    return IssuerKey.objects.filter(organisation=row, retired_at__isnull=True).exists()


def _root(last: KeptCheckpoint) -> str:
    return Checkpoint.parse(last.note.partition("\n\n")[0] + "\n").root.hex()


def _shown(row: RegisterEntry) -> dict[str, Any]:
    told = json.loads(row.content)
    kinds = {
        EntryKind.ISSUED: _("Délivrance"),
        EntryKind.REVOKED: _("Retrait"),
        EntryKind.SUSPENDED: _("Suspension"),
        EntryKind.REINSTATED: _("Rétablissement"),
        EntryKind.CORRECTED: _("Remplacement"),
    }
    return {"kind": kinds[EntryKind(told["kind"])], "on": row.kept_at, "digest": told["digest"]}


def _json(value: dict[str, Any], kind: str) -> HttpResponse:
    return HttpResponse(json.dumps(value, ensure_ascii=False), content_type=kind)


def _kept_a_while(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=int(FRESH.total_seconds()))
    response.headers["Access-Control-Allow-Origin"] = "*"  # verifiers in other people's pages read it too
    return response
