"""The evidence of a file, one piece of it, and its file, each for those who may read it."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.pathways.actions.evidencing import comment_evidence
from parchemin.records.pathways.models import Evidence
from parchemin.records.pathways.queries.evidence import counted_by_code, readable, reads_comments, zones_read_by
from parchemin.records.pathways.queries.linked import VOUCH, endorsements_standing, links_of_pathway
from parchemin.records.people.models import Link
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.borne import choices_of, zone_status
from parchemin.web.pathway.evidence.forms import CommentForm, FiltersForm
from parchemin.web.pathway.evidence.found import Shown, draw, list_url, read_by, shown_of
from parchemin.web.pathway.evidence.several import acts
from parchemin.web.pathway.evidence.shown import asked_for, coverage_told, covered_by, lines_of
from parchemin.web.pathway.trying import DONE, tried
from parchemin.web.shared.clock import now
from parchemin.web.shared.downloads import respond_with_evidence
from parchemin.web.shared.lists import listing
from parchemin.web.shared.reached import reached


@needs(Action.SEE_PATHWAY)
@require_GET
def evidence(request: HttpRequest, id: UUID) -> HttpResponse:
    """What may be read of it, with what each competence rests on and those that rest on nothing."""
    found = reached(request, id, Action.SEE_PATHWAY)
    row, scheme = found.candidacy, found.judged.scheme
    rows = readable(row, found.roles)
    covered = covered_by(scheme, row, counted_by_code(rows))
    zones = [(zone.value, zone.label) for zone in Evidence.Zone if zone in zones_read_by(found.roles)]
    form = FiltersForm(request.GET, codes=choices_of(scheme, row), zones=zones)
    page = listing(asked_for(rows, form.asked), request.GET.get("page"))
    may_change = found.is_own and row.is_active and found.may(Action.SHARE_EVIDENCE)
    lines = lines_of(page.rows, reads_comments=reads_comments(found.roles), may_change=may_change)
    context = {
        "listing": page,
        "lines": lines,
        "acts": acts() if any(one.may_pick for one in lines) else [],
        "code": form.asked.get("code", ""),
        "form": form,
        "has_filters": bool(form.asked),
        "covered": covered,
        "uncovered": [one for one in covered if not one.count],
        "coverage": coverage_told(covered),
        "kinds": Evidence.Kind.choices,
        "may_add": may_change,
        "reads_shared": len(zones) > 1,
        "lede": _lede(found.is_own, [zone for zone, _label in zones]),
        "request": request,
    }
    return draw(found, "evidence", context)


@needs(Action.SEE_PATHWAY)
@require_http_methods(["GET", "POST"])
def one_evidence(request: HttpRequest, id: UUID, evidence: UUID) -> HttpResponse:
    """One piece of it; those who follow the candidate say something of it."""
    one = shown_of(request, id, evidence)
    form = CommentForm(request.POST or None)
    if request.method == "POST":
        if not one.may_comment:
            raise Http404
        if form.is_valid():
            words = form.cleaned_data["words"]
            if tried(form, lambda: comment_evidence(evidence=one.row, words=words, **one.found.signed)) == DONE:
                messages.success(request, _("Votre commentaire est envoyé."))
                return redirect(one.url())
    return _shown(one, form if one.may_comment else None, status=422 if form.is_bound else 200)


@needs(Action.SEE_PATHWAY)
@require_GET
def evidence_file(request: HttpRequest, id: UUID, evidence: UUID) -> HttpResponse:
    """Its file, to whoever may read it."""
    return cast(HttpResponse, respond_with_evidence(shown_of(request, id, evidence).row))


def _shown(one: Shown, form: CommentForm | None, *, status: int) -> HttpResponse:
    row = one.row
    context: dict[str, Any] = {
        "one": one,
        "form": form,
        "zone": zone_status(row.zone),
        "read_by": read_by(row.zone) if one.found.is_own else "",
        "comments": list(row.comments.select_related("author")) if one.reads_comments else [],
        "endorsements": endorsements_standing(row),
        "waiting": _waiting(one) if one.found.is_own else [],
        "moves": [(zone.value, MOVE_WORDS[zone](), zone == Evidence.Zone.SUBMITTED) for zone in one.next_zones],
        "list_url": list_url(one.found),
    }
    return draw(one.found, "evidence_one", context, row.title, status=status)


def _waiting(one: Shown) -> list[Link]:
    links = links_of_pathway(one.found.candidacy).filter(act=VOUCH, subject=one.row.pk, expires_at__gt=now())
    return list(links.filter(used_at__isnull=True, revoked_at__isnull=True))


def _lede(is_own: bool, zones: list[str]) -> str:
    if is_own:
        return _(
            "Ce qui montre ce que vous savez faire. Vous choisissez ce que vous partagez, puis ce que vous soumettez."
        )
    if Evidence.Zone.SHARED in zones:
        return _("Ce que le candidat partage avec vous, et ce qu’il a soumis.")
    return _("Ce que le candidat a soumis à l’évaluation.")


MOVE_WORDS = {
    Evidence.Zone.PRIVATE: lambda: _("La garder pour moi"),
    Evidence.Zone.SHARED: lambda: _("La partager"),
    Evidence.Zone.SUBMITTED: lambda: _("La soumettre"),
}
