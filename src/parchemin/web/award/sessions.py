"""A published session whose decisions are given their certificates: what each file would get or why not, then all."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from parchemin.records.awards.actions.issuing import Issued, issue_session
from parchemin.records.awards.models import Certificate, Kind
from parchemin.records.awards.numbers import grouped
from parchemin.records.awards.queries.due import Due
from parchemin.records.awards.queries.fitting import house_of
from parchemin.records.awards.queries.foreseen import Foreseen, foreseen, statements_of
from parchemin.records.awards.wordings import sentence
from parchemin.records.juries.models import Hearing
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.award.forms import IssueForm
from parchemin.web.award.look import graves
from parchemin.web.award.reaching import REFUSED, Awarding, attempted, awarding, crumbs
from parchemin.web.shared.certificates import look_of


@needs(Action.ISSUE_CERTIFICATES)
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, id: UUID) -> HttpResponse:
    """Each file with what it has and what it would get; on POST what is due is issued, file by file."""
    found = awarding(request, id)
    lines = foreseen(found.row, found.on, found.on)
    form = IssueForm(request.POST if request.method == "POST" else None, first=_first_effect(lines), on=found.on)
    if not form.is_valid():
        return _page(found, form, lines)
    day = form.cleaned_data["awarded_on"]
    is_done, issued = attempted(
        form, lambda: issue_session(session=found.row, awarded_on=day, on=found.on, **found.signed)
    )
    if not is_done:
        return _page(found, form, lines)
    _tell(request, issued)
    return redirect("award:session", id)


def _tell(request: HttpRequest, issued: Issued) -> None:
    count, left = len(issued.certificates), len(issued.left)
    if count:
        told = ngettext("%(n)s certificat délivré.", "%(n)s certificats délivrés.", count)
        messages.success(request, told % {"n": count})
    if left:
        told = ngettext(
            "%(n)s dossier attend encore : la page dit pourquoi.",
            "%(n)s dossiers attendent encore : la page dit pourquoi.",
            left,
        )
        messages.warning(request, told % {"n": left})
    if not count and not left:
        messages.info(request, _("Il n’y avait plus rien à délivrer."))


def _page(found: Awarding, form: IssueForm, lines: Sequence[Foreseen]) -> HttpResponse:
    ready = [one for one in lines if one.is_ready]
    context = {
        "found": found,
        "session": found.row,
        "form": form,
        "lines": [_line(found, one) for one in lines],
        "count": sum(len(one.due) for one in ready),
        "files": len(ready),
        "graves": _graves(ready, found.on),
        "house": _house_url(ready[0]) if ready else "",
        "unhoused": next((_house_url(one) for one in lines if one.error and one.error.code == "house"), ""),
        "left": sum(one.error is not None for one in lines),
        "given": sum(len(one.given) for one in lines),
        "statements": [_statement(found, *one) for one in statements_of(found.row, found.on)],
        "crumbs": crumbs((found.row.number, None)),
    }
    return render(found.request, "award/session.html", context, status=REFUSED if form.is_bound else 200)


def _line(found: Awarding, one: Foreseen) -> dict[str, Any]:
    row = one.hearing.candidacy
    return {
        "row": row,
        "name": row.candidate.name,
        "verdict": one.hearing.get_verdict_display(),
        "given": [_given(each, found.on) for each in one.given],
        "due": [{"part": _due(each), "renews": each.renews} for each in one.due],
        "is_ready": one.is_ready,
        "why": sentence(one.error) if one.error else "",
        "way": _way(found, one),
        "outcome": reverse("jury:outcome", args=[found.row.pk, one.hearing.pk]),
    }


def _statement(found: Awarding, hearing: Hearing, given: Certificate | None) -> dict[str, Any]:
    row = hearing.candidacy
    shown = {"url": reverse("award:certificate", args=[given.pk]), "number": grouped(given.number)} if given else None
    return {"hearing": hearing, "row": row, "name": row.candidate.name, "given": shown}


def _given(row: Certificate, on: date) -> dict[str, Any]:
    return {
        "url": reverse("award:certificate", args=[row.pk]),
        "number": grouped(row.number),
        "part": row.code or str(Kind(row.kind).label),
        "look": look_of(row.standing(on)),
    }


def _due(one: Due) -> str:
    if one.kind is Kind.BLOCK:
        return _("Bloc %(code)s : %(title)s") % {"code": one.code, "title": one.title or _("intitulé inconnu")}
    return str(one.kind.label)


def _way(found: Awarding, one: Foreseen) -> tuple[str, str] | None:
    """Where what prevents it is put right: its words and its address."""
    row = one.hearing.candidacy
    if one.error is None:
        return None
    if one.error.code == "identity":
        return _("Vérifier l’état civil"), reverse("secretariat:file", args=[row.pk])
    if one.error.code in ("title", "validity") and found.standing.has(Action.MANAGE_CERTIFICATIONS):
        return _("Voir la certification"), reverse("administration:certification", args=[row.certification_id])
    if one.error.code == "untold":
        return _("Publier les résultats"), reverse("jury:results", args=[found.row.pk])
    return None


def _house_url(one: Foreseen) -> str:
    row = one.hearing.candidacy
    return f"{reverse('award:house', args=[row.certification_id])}?organisation={row.organisation_id}"


def _graves(lines: Sequence[Foreseen], on: date) -> list[str]:
    """What is irregular in the certificates about to be issued, under each version that their files follow."""
    files = {one.hearing.candidacy_id: one.hearing.candidacy for one in lines}
    pairs = {(row.organisation_id, row.certification_id) for row in files.values()}
    houses = {pair: house_of(*pair) for pair in pairs}
    found: dict[tuple[Any, str], list[str]] = {}
    for row, scheme in ((one.hearing.candidacy, due.scheme) for one in lines for due in one.due):
        pair = (row.organisation_id, row.certification_id)
        if (pair, str(scheme.ref)) not in found and (house := houses[pair]):
            found[pair, str(scheme.ref)] = graves(scheme, house, on)
    return list(dict.fromkeys(said for one in found.values() for said in one))


def _first_effect(lines: Sequence[Foreseen]) -> date | None:
    """The day the first decision that still gives something had effect."""
    return min((due.conclusion.concluded_on for one in lines for due in one.due), default=None)
