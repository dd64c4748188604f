"""The dates of the year that rules count from: when it began, when its regulation changed; told by the office."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from parchemin.core.decision import Decision
from parchemin.core.facts import Milestone
from parchemin.records.candidacies.actions.dating import tell_year
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.candidacies.queries.visible import visible_to
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.ledger.file import dates_of, page_of, whose
from parchemin.web.assessment.ledger.forms import YearForm
from parchemin.web.shared.reached import Reached, reached

CONFLICT, REFUSED = 409, 422


@needs(Action.ENTER_LEDGER)
@require_http_methods(["GET", "POST"])
def year(request: HttpRequest, file: UUID) -> HttpResponse:
    """The dates that some rule on this file looks at; what the rules would say against them is shown first."""
    found = reached(request, file, Action.ENTER_LEDGER)
    offered = dates_of(found)
    if not offered or found.candidacy.status != Status.ADMISSIBLE:
        raise Http404
    form = _form(found, offered, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(found, form, status=REFUSED if form.is_bound else 200)
    if not form.changes and not form.for_others:
        messages.info(request, _("Rien n’avait changé : les dates restent telles quelles."))
        return redirect("assessment:file", file)
    try:
        refusal = _told(found, form)
    except StaleError:
        return _overtaken(request, file)
    except UnfitError as error:
        form.add_error(None, sentence(error))
        return _page(found, form, status=REFUSED)
    if refusal:
        return _page(found, form, refusal=refusal, status=REFUSED)
    n = 1 + _told_of_others(found, form)
    told = ngettext("Les dates sont notées.", "Les dates sont notées dans %(n)s dossiers.", n)
    messages.success(request, told % {"n": n})
    return redirect("assessment:file", file)


def _told(found: Reached, form: YearForm) -> Decision | None:
    """What changes on this file is told, or what the rules say against it."""
    if not form.changes:
        return None
    said = form.cleaned_data
    return tell_year(
        candidacy=found.candidacy,
        dates=form.changes,
        is_insisting=said["is_sure"],
        revision=said["revision"],
        on=found.on,
        **found.signed,
    )


def _told_of_others(found: Reached, form: YearForm) -> int:
    """In how many other files the same was told: what the rules say of it was read on the first."""
    n = 0
    for row in _others(found) if form.for_others else ():
        try:
            tell_year(candidacy=row, dates=form.for_others, is_insisting=True, on=found.on, **found.signed)
        except UnfitError:  # it was closed in the meantime
            continue
        n += 1
    return n


def _others(found: Reached) -> QuerySet[Candidacy]:
    """The other admissible files of the same certification and route that whoever looks handles."""
    row = found.candidacy
    files = visible_to(found.standing, Action.ENTER_LEDGER, found.on)
    alike = {"certification": row.certification_id, "version": row.version, "route": row.route}
    return files.filter(status=Status.ADMISSIBLE, **alike).exclude(pk=row.pk)


def _form(found: Reached, offered: tuple[Milestone, ...], data: Any) -> YearForm:
    known = {one.milestone: one.on for one in found.candidacy.dates.filter(milestone__in=offered)}
    initial = {"revision": found.candidacy.revision, **known}
    return YearForm(data, offered=offered, on=found.on, others=_others(found).count(), initial=initial)


def _overtaken(request: HttpRequest, file: UUID) -> HttpResponse:
    """The page again with what was typed, at the revision of now."""
    fresh = reached(request, file, Action.ENTER_LEDGER)
    typed = request.POST.copy()
    typed["revision"] = str(fresh.candidacy.revision)
    return _page(fresh, _form(fresh, dates_of(fresh), typed), is_overtaken=True, status=CONFLICT)


def _page(found: Reached, form: YearForm, *, status: int = 200, **also: Any) -> HttpResponse:
    context = {
        "row": found.candidacy,
        "whose": whose(found),
        "form": form,
        "file_page": page_of(found)[1],
        "crumbs": found.crumbs(page_of(found), _("Dates de l’année")),
        **also,
    }
    return render(found.request, "assessment/ledger_year.html", context, status=status)
