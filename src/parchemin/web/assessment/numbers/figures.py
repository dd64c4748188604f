"""The figures about assessment, and each as a spreadsheet."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.core.facts import Milestone
from parchemin.core.terms import title_of
from parchemin.records.assessments.queries.numbers import Agreement, Load, Span, agreements, loads, spans, step_titles
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.numbers.choosing import FILTERS, Chosen
from parchemin.web.assessment.numbers.matrix import matrix_sheet
from parchemin.web.shared.lists import Column
from parchemin.web.shared.outgoing import sent_out

LEAST_SHARED = 12
"""Lines shown on the page; a spreadsheet has them all."""
Sheet = tuple[list[Any], list[Column[Any]]]


@needs(Action.SEE_NUMBERS)
@require_GET
def numbers(request: HttpRequest) -> HttpResponse:
    """How alike evaluators rate, what each has to do, how long each step takes."""
    chosen = Chosen(request)
    context: dict[str, Any] = {"chosen": chosen, "here": "numbers", "crumbs": crumbs(_("Chiffres"))}
    if chosen.scheme_id:
        by_method, by_line = agreements(chosen.files)
        methods = chosen.scheme.methods
        context |= {
            "form": chosen.form,
            "by_method": [
                {"row": one, "title": title_of(methods, one.method), "kappa": rounded(one.kappa)} for one in by_method
            ],
            "by_line": sorted(
                (one for one in by_line if one.alike < one.lines), key=lambda one: (one.share, -one.lines)
            )[:LEAST_SHARED],
            "loads": loads(chosen.files),
            "spans": _spans(chosen),
        }
    return render(request, "assessment/numbers.html", context)


@needs(Action.SEE_NUMBERS)
@require_GET
def export(request: HttpRequest, what: str, kind: str) -> Any:
    """One of the figures as a spreadsheet; the journal keeps that it went out."""
    chosen = Chosen(request)
    made = SHEETS.get(what)
    if made is None or not chosen.scheme_id:
        raise Http404
    rows, columns = made(chosen)
    return sent_out(request, rows, columns, name=f"evaluation-{what}", kind=kind, filters=FILTERS)


def crumbs(title: str) -> list[tuple[str, str | None]]:
    """Where a page of figures stands."""
    return [(_("Évaluation"), None), (title, None)]


def rounded(value: float | None) -> str:
    """Two decimals as they are read; a dash where there is no number."""
    return "—" if value is None else str(number_format(value, 2))


def _agreement_sheet(chosen: Chosen) -> Sheet:
    by_method, by_line = agreements(chosen.files)
    methods = chosen.scheme.methods
    columns: list[Column[Agreement]] = [
        Column(_("Épreuve"), lambda row: title_of(methods, row.method)),
        Column(_("Ligne"), lambda row: row.code),
        Column(_("Lignes notées par plusieurs"), lambda row: row.lines, "number"),
        Column(_("Notées de même"), lambda row: row.alike, "number"),
        Column(_("Sur cent"), lambda row: row.share, "number"),
        Column(_("Kappa de Cohen"), lambda row: None if row.kappa is None else round(row.kappa, 3), "number"),
    ]
    return [*by_method, *by_line], columns


def _load_sheet(chosen: Chosen) -> Sheet:
    columns: list[Column[Load]] = [
        Column(_("Évaluateur"), lambda row: row.name),
        Column(_("Épreuves à venir"), lambda row: row.to_come, "number"),
        Column(_("À noter et à signer"), lambda row: row.to_sign, "number"),
        Column(_("Signées"), lambda row: row.signed, "number"),
        Column(_("Lignes notées"), lambda row: row.lines, "number"),
    ]
    return loads(chosen.files), columns


def _span_sheet(chosen: Chosen) -> Sheet:
    columns: list[Column[dict[str, Any]]] = [
        Column(_("Voie"), lambda row: row["route"]),
        Column(_("Jusqu’à"), lambda row: row["title"]),
        Column(_("Dossiers"), lambda row: row["row"].files, "number"),
        Column(_("Jours, en médiane"), lambda row: row["row"].days, "number"),
    ]
    return _spans(chosen), columns


def _spans(chosen: Chosen) -> list[dict[str, Any]]:
    titles = {**_milestones(), **step_titles(chosen.scheme)}
    routes = chosen.scheme.routes

    def told(row: Span) -> dict[str, Any]:
        days = number_format(row.days, 0 if float(row.days).is_integer() else 1)
        return {"row": row, "route": title_of(routes, row.route), "title": titles.get(row.step, row.step), "days": days}

    return [told(one) for one in spans(chosen.files, chosen.scheme)]


def _milestones() -> dict[str, str]:
    return {
        Milestone.RECEIVED.value: _("Candidature reçue"),
        Milestone.ANSWERED.value: _("Réponse sur la recevabilité"),
        Milestone.TRANSMITTED.value: _("Transmission au jury"),
    }


SHEETS: dict[str, Callable[[Chosen], Sheet]] = {
    "accord": _agreement_sheet,
    "charge": _load_sheet,
    "durees": _span_sheet,
    "cohorte": matrix_sheet,
}
"""What goes out, by the name it has in its address."""
