"""The certificates of a body, and the sessions whose decisions wait for theirs."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.records.awards.models import Certificate
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.listed import certificates_of, matching, shown
from parchemin.records.awards.queries.taken_back import taken_back
from parchemin.records.awards.queries.waiting import sessions_to_award
from parchemin.records.certifications.models import Certification
from parchemin.records.people.permissions import Action
from parchemin.records.people.standing import Standing
from parchemin.web.access.decorators import needs
from parchemin.web.award.forms import CertificateFilters
from parchemin.web.award.reaching import crumbs
from parchemin.web.award.showing import holder_in, part_of
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.certificates import look_of
from parchemin.web.shared.clock import today
from parchemin.web.shared.lists import Column, in_order, listing, remembered
from parchemin.web.shared.outgoing import sent_out

FILTERS = ("text", "scheme", "state")
SORTS: Mapping[str, tuple[str, ...]] = {
    "issued": ("issued_at", "number"),
    "name": ("candidacy__candidate__family_key", "candidacy__candidate__given_key", "issued_at", "number"),
    "title": ("candidacy__certification__title", "issued_at", "number"),
    "until": ("valid_until", "number"),
}
NEWEST = "-issued"
MOST_WAITING = 20


@needs(Action.ISSUE_CERTIFICATES)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What other minutes took back, the sessions to award, then the certificates, the newest first."""
    standing, on = standing_of(request), today()
    found = listing(_filtered(standing, request.GET.dict()), request.GET.get("page"))
    allowed = standing.scope_filter(Action.ISSUE_CERTIFICATES, scheme_field="certification__scheme")
    waiting = list(sessions_to_award(allowed, on)[: MOST_WAITING + 1])
    spoken = list(taken_back(certificates_of(standing), MOST_WAITING + 1))
    context = {
        "taken_back": [{"one": one, **_row(one.certificate, on)} for one in spoken[:MOST_WAITING]],
        "has_more_back": len(spoken) > MOST_WAITING,
        "waiting": waiting[:MOST_WAITING],
        "has_more": len(waiting) > MOST_WAITING,
        "listing": found,
        "rows": [_row(one, on) for one in found.rows],
        "form": CertificateFilters(request.GET, titles=_titles(standing)),
        "query": remembered(request.GET, (*FILTERS, "sort")),
        "has_filters": any(request.GET.get(name) for name in FILTERS),
        "crumbs": crumbs(),
    }
    return render(request, "award/home.html", context)


@needs(Action.ISSUE_CERTIFICATES)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The filtered certificates as a spreadsheet; the journal keeps that it went out."""
    on = today()
    columns: tuple[Column[Certificate], ...] = (
        Column(_("Numéro"), lambda row: grouped(row.number)),
        Column(_("Titulaire"), lambda row: holder_in(row.told)),
        Column(_("Dossier"), lambda row: row.candidacy.number),
        Column(_("Certification"), lambda row: row.told["certification"]),
        Column(_("Ce qui est certifié"), part_of),
        Column(_("Délivré par"), lambda row: row.issuer.name),
        Column(_("Délivré le"), lambda row: row.awarded_on, "day"),
        Column(_("Valable jusqu’au"), lambda row: row.valid_until, "day"),
        Column(_("État"), lambda row: look_of(row.standing(on))["label"]),
        Column(_("Renouvelé"), lambda row: _("oui") if row.is_renewed else ""),  # type: ignore[attr-defined]
    )
    rows = _filtered(standing_of(request), request.GET.dict())
    return sent_out(request, rows, columns, name="certificats", kind=kind, filters=FILTERS)


def _filtered(standing: Standing, query: Mapping[str, str]) -> QuerySet[Certificate]:
    rows = shown(certificates_of(standing), query.get("state", ""), today())
    if query.get("scheme"):
        rows = rows.filter(candidacy__certification__scheme=query["scheme"][:80])
    if text := query.get("text", "").replace("\x00", "")[:100].strip():
        rows = rows.filter(matching(text))
    return in_order(rows, query, SORTS, NEWEST)


def _row(row: Certificate, on: Any) -> dict[str, Any]:
    return {
        "row": row,
        "number": grouped(row.number),
        "holder": holder_in(row.told),
        "part": part_of(row),
        "look": look_of(row.standing(on)),
    }


def _titles(standing: Standing) -> dict[str, str]:
    """The certifications that have certificates here, by identifier."""
    known = certificates_of(standing).order_by().values("candidacy__certification")
    return dict(Certification.objects.filter(pk__in=known).order_by("title").values_list("scheme", "title"))
