"""A statement of results where nothing is acquired by parts: what it would say, then the paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.awards.actions.issuing import issue_statement
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.queries.foreseen import statement_foreseen
from parchemin.records.awards.wordings import sentence
from parchemin.records.juries.models import Hearing
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.award.reaching import REFUSED, Awarding, awarding, crumbs


@needs(Action.ISSUE_CERTIFICATES)
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """What the statement of that file would say, or why there is none; on POST it is issued."""
    found = awarding(request, id)
    row = _hearing(found, hearing)
    if request.method == "POST":
        try:
            made = issue_statement(hearing=row, on=found.on, **found.signed)
        except AwardError as error:
            return _page(found, row, error, status=REFUSED)
        messages.success(request, _("Le relevé est délivré : imprimez-le, puis remettez-le."))
        return redirect("award:certificate", made.pk)
    return _page(found, row)


def _hearing(found: Awarding, id: UUID) -> Hearing:
    """The file heard at that session; not found when it was taken off its agenda, or is one's own."""
    rows = found.row.hearings.filter(removed_at__isnull=True).exclude(candidacy__candidate=found.viewer)
    related = ("session", "candidacy__certification", "candidacy__candidate", "candidacy__organisation")
    row = rows.select_related(*related).filter(pk=id).first()
    if row is None:
        raise Http404
    return row


def _page(found: Awarding, row: Hearing, error: AwardError | None = None, status: int = 200) -> HttpResponse:
    told: Any = None
    if error is None:
        try:
            told = statement_foreseen(row, found.on)
        except AwardError as refused:
            error = refused
    back = reverse("award:session", args=[found.row.pk])
    context = {
        "session": found.row,
        "row": row.candidacy,
        "parts": told["parts"] if told else [],
        "why": sentence(error) if error else "",
        "back": back,
        "crumbs": crumbs((found.row.number, back), (_("Relevé de résultats"), None)),
    }
    return render(found.request, "award/statement.html", context, status=status)
