"""The matrix of a cohort: candidates against competences, units or critical learnings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.core.grid import Kind
from parchemin.records.assessments.queries.cohort import MOST, Candidate, Cohort, cohort, columns_of
from parchemin.records.assessments.queries.ledger import ACQUIRED, MARKED, TO_ACQUIRE, TO_RATE
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.numbers.choosing import Chosen
from parchemin.web.shared.lists import Column

LETTERS = {ACQUIRED: "A", TO_ACQUIRE: "N", MARKED: "•", TO_RATE: "–"}
"""A sign for each state: read in black and white as well as in colour."""
LARGEST_PAGE = 500


@needs(Action.SEE_NUMBERS)
@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Two hundred candidates at most on a page, one sign in each cell."""
    chosen = Chosen(request)
    crumbs = [(_("Évaluation"), None), (_("Chiffres"), reverse("assessment:numbers")), (_("Cohorte"), None)]
    context: dict[str, Any] = {"chosen": chosen, "here": "cohort", "crumbs": crumbs}
    if chosen.scheme_id:
        kinds = columns_of(chosen.scheme)
        kind = _kind(request, tuple(kinds))
        page = _page(request)
        found = cohort(chosen.files, kinds[kind], page) if kind else Cohort((), (), False)
        context |= {
            "form": chosen.form,
            "found": found,
            "rows": [_row(one) for one in found.rows],
            "legend": [(LETTERS[state], state, words()[state]) for state in LETTERS],
            "lines": kind.value if kind else "",
            "kinds": [(one.value, kind_words()[one], one is kind) for one in kinds],
            "previous": page - 1,
            "following": page + 1 if found.has_more else 0,
            "first": (page - 1) * MOST + 1,
            "last": (page - 1) * MOST + len(found.rows),
        }
    return render(request, "assessment/numbers_cohort.html", context)


def matrix_sheet(chosen: Chosen) -> tuple[list[Candidate], list[Column[Candidate]]]:
    """The whole matrix as columns of a spreadsheet, every candidate in it."""
    kinds = columns_of(chosen.scheme)
    kind = _kind(chosen.request, tuple(kinds))
    found = cohort(chosen.files, kinds[kind], most=LARGEST_PAGE * MOST) if kind else Cohort((), (), False)
    said = words()
    columns: list[Column[Candidate]] = [
        Column(_("Numéro"), lambda row: row.number),
        Column(_("Candidat"), lambda row: row.name),
        *(_column(rank, line.code, said) for rank, line in enumerate(found.columns)),
        Column(_("Acquis"), lambda row: row.count(ACQUIRED), "number"),
    ]
    return list(found.rows), columns


def words() -> dict[str, str]:
    """What each sign means."""
    return {
        ACQUIRED: _("acquis"),
        TO_ACQUIRE: _("à acquérir"),
        MARKED: _("noté, sans autre mot"),
        TO_RATE: _("à évaluer"),
    }


def kind_words() -> dict[Kind, str]:
    """What columns are made of."""
    return {
        Kind.COMPETENCE: _("Compétences"),
        Kind.UNIT: _("Unités d’enseignement"),
        Kind.LEARNING: _("Apprentissages critiques"),
    }


def _column(rank: int, code: str, said: dict[str, str]) -> Column[Candidate]:
    return Column(code, lambda row: said[row.states[rank]])


def _row(one: Candidate) -> dict[str, Any]:
    return {
        "row": one,
        "cells": [(state, LETTERS[state]) for state in one.states],
        "acquired": one.count(ACQUIRED),
    }


def _kind(request: HttpRequest, known: tuple[Kind, ...]) -> Kind | None:
    asked = request.GET.get("lines", "")
    return next((one for one in known if one.value == asked), known[0] if known else None)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return max(1, min(int(asked), LARGEST_PAGE)) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
