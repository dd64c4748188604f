"""How many files there are by certification, route and state, and how many were found admissible."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from parchemin.core.terms import title_of
from parchemin.records.candidacies.models import Status
from parchemin.records.candidacies.queries.counts import RouteCount, route_counts
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import today
from parchemin.web.shared.forms import DayField
from parchemin.web.shared.lists import Column
from parchemin.web.shared.outgoing import sent_out

PERIOD = ("from_on", "until_on")
COUNTED = tuple(one for one in Status if one is not Status.DRAFT)


class PeriodForm(forms.Form):
    """The requests made between two days."""

    from_on = DayField(label=gettext_lazy("Demandes reçues à partir du"), required=False, help_text="")
    until_on = DayField(label=gettext_lazy("Jusqu’au"), required=False, help_text="")


@needs(Action.SEE_STATISTICS)
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """The table, a line for each certification and route."""
    form, counts = _counted(request)
    routes = _titles(counts)
    rows = [
        {"count": one, "route": routes[index], "cells": [one.by_status.get(status, 0) for status in COUNTED]}
        for index, one in enumerate(counts)
    ]
    sums = [sum(one.by_status.get(status, 0) for one in counts) for status in COUNTED]
    context = {
        "form": form,
        "rows": rows,
        "states": [status.label for status in COUNTED],
        "sums": sums,
        "total": sum(sums),
        "query": request.GET.urlencode(),
        "crumbs": [(_("Secrétariat"), reverse("secretariat:queue")), (_("Statistiques"), None)],
    }
    return render(request, "secretariat/statistics.html", context)


@needs(Action.SEE_STATISTICS)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The same as a spreadsheet; the journal keeps that it went out."""
    _form, counts = _counted(request)
    routes = dict(zip([(one.scheme, one.version, one.route) for one in counts], _titles(counts), strict=True))
    columns: list[Column[Any]] = [
        Column(_("Certification"), lambda row: row.title),
        Column(_("Version"), lambda row: row.version),
        Column(_("Voie"), lambda row: routes[(row.scheme, row.version, row.route)]),
        *(_column(status) for status in COUNTED),
        Column(_("Total"), lambda row: row.total, "number"),
        Column(_("Recevables, sur cent demandes répondues"), lambda row: row.favourable, "number"),
    ]
    return sent_out(request, counts, columns, name="statistiques", kind=kind, filters=PERIOD)


def _column(status: Status) -> Column[Any]:
    return Column(str(status.label), lambda row: row.by_status.get(status, 0), "number")


def _counted(request: HttpRequest) -> tuple[PeriodForm, list[RouteCount]]:
    form = PeriodForm(request.GET)
    days: dict[str, date | None] = form.cleaned_data if form.is_valid() else {}
    counts = route_counts(
        standing_of(request),
        today(),
        from_on=days.get("from_on"),
        until_on=days.get("until_on"),
    )
    return form, counts


def _titles(counts: list[RouteCount]) -> list[str]:
    schemes = schemes_of({(one.scheme, one.version) for one in counts}, on=today()) if counts else {}
    return [title_of(schemes[(one.scheme, one.version)].routes, one.route) for one in counts]
