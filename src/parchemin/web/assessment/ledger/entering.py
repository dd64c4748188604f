"""Entering results in the ledgers: typed line by line, or brought by a file that is read before anything is kept."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.entering import codes_of, enter_results, standing_of
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.wordings import sentence as unfit
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.ledger.file import page_of, whose
from parchemin.web.assessment.ledger.forms import LedgerForm, imported, initial_of, written
from parchemin.web.assessment.ledger.reading import MOST_BYTES, read_sheet
from parchemin.web.shared.lists import Column
from parchemin.web.shared.outgoing import sent_out
from parchemin.web.shared.reached import Reached, reached

CONFLICT, REFUSED = 409, 422


@needs(Action.ENTER_LEDGER)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, file: UUID) -> HttpResponse:
    """Both ledgers as a form; what is sent is added to them, whole or not at all."""
    found = _found(request, file)
    form = _form(found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(found, form)
    if form["revision"].value() != str(found.candidacy.revision):
        return _overtaken(request, file)
    if not form.is_valid():
        return _page(found, form, status=REFUSED)
    told, row = form.cleaned_data, found.candidacy
    try:
        made = enter_results(candidacy=row, lines=form.lines, revision=told["revision"], **found.signed)
    except StaleError:
        return _overtaken(request, file)
    except (AssessmentError, UnfitError) as error:
        form.add_error(None, sentence(error) if isinstance(error, AssessmentError) else unfit(error))
        return _page(found, form, status=REFUSED)
    n = len(made)
    done = ngettext("%(n)s résultat porté au registre.", "%(n)s résultats portés au registre.", n) % {"n": n}
    messages.success(request, done if n else _("Rien n’avait changé : le registre reste tel quel."))
    return redirect("assessment:file", row.pk)


@needs(Action.ENTER_LEDGER)
@require_POST
def bring(request: HttpRequest, file: UUID) -> HttpResponse:
    """A file of codes and marks fills the form, to be read over and sent; one with a fault fills nothing."""
    found = _found(request, file)
    scheme = found.judged.scheme
    levels: dict[str, tuple[str, ...]] = dict.fromkeys(codes_of(scheme, Kind.UNIT), ())
    levels |= {one.id: one.levels if isinstance(one.levels, tuple) else () for one in scheme.framework.learnings}
    given = request.FILES.get("file")
    content = given.read(MOST_BYTES + 1) if given else b""
    sheet = read_sheet(content, levels)
    if sheet.faults:
        return _page(found, _form(found, None), faults=sheet.faults, status=REFUSED)
    form = _form(found, None, imported(sheet.lines, scheme))
    return _page(found, form, brought=len(sheet.lines))


@needs(Action.ENTER_LEDGER)
@require_GET
def model(request: HttpRequest, file: UUID, kind: str) -> Any:
    """The ledgers as a spreadsheet that can be brought back once filled."""
    found = _found(request, file)
    known = standing_of(found.candidacy)
    scheme = found.judged.scheme
    rows = [(kind_.value, code) for kind_ in (Kind.UNIT, Kind.LEARNING) for code in codes_of(scheme, kind_)]

    def mark(key: tuple[str, str]) -> str:
        row = known.get(key)
        return "" if row is None or row.mark is None else written(row.mark)

    def value(key: tuple[str, str]) -> str:
        row = known.get(key)
        if row is None or row.is_acquired is None:
            return row.level if row else ""
        return row.level or (_("acquis") if row.is_acquired else _("à acquérir"))

    columns: list[Column[tuple[str, str]]] = [
        Column("code", lambda row: row[1]),
        Column("note", mark),
        Column(_("résultat"), value),
    ]
    return sent_out(request, rows, columns, name="registre", kind=kind)


def _found(request: HttpRequest, file: UUID) -> Reached:
    found = reached(request, file, Action.ENTER_LEDGER)
    frame = found.judged.scheme.framework
    if not frame.units and not frame.learnings:
        raise Http404
    return found


def _form(found: Reached, data: Any, also: dict[str, object] | None = None) -> LedgerForm:
    scheme, known = found.judged.scheme, standing_of(found.candidacy)
    initial = {"revision": found.candidacy.revision, **initial_of(scheme, known), **(also or {})}
    return LedgerForm(data, scheme=scheme, known=known, initial=initial)


def _overtaken(request: HttpRequest, file: UUID) -> HttpResponse:
    """The page again with what was typed, and what others entered meanwhile beside it."""
    fresh = _found(request, file)
    typed = request.POST.copy()
    typed["revision"] = str(fresh.candidacy.revision)
    form = _form(fresh, typed)
    form.is_valid()
    return _page(fresh, form, rows=_differences(form), is_overtaken=True, status=CONFLICT)


def _differences(form: LedgerForm) -> list[dict[str, str]]:
    """The lines that already have a result, where what was typed says something else."""
    found = []
    for _kind, code in form.known:
        names = [name for name in (f"mark-{code}", f"value-{code}") if name in form.fields]
        yours, theirs = ([_shown(form, name, held) for name in names] for held in (form.data, form.initial))
        if yours != theirs:
            found.append({"title": code, "yours": _joined(yours), "theirs": _joined(theirs)})
    return found


def _shown(form: LedgerForm, name: str, held: Mapping[str, Any]) -> str:
    """What is held under that name as the page shows it: a mark, or the words of a choice."""
    value, choices = str(held.get(name, "")), getattr(form.fields[name], "choices", ())
    return str(dict(choices).get(value, value)) if value else ""


def _joined(told: list[str]) -> str:
    return " · ".join(one for one in told if one)


def _page(found: Reached, form: LedgerForm, *, status: int = 200, **also: Any) -> HttpResponse:
    row = found.candidacy
    context = {
        "found": found,
        "row": row,
        "whose": whose(found),
        "form": form,
        "most": MOST_BYTES,
        "crumbs": found.crumbs(page_of(found), _("Saisir des résultats")),
        **also,
    }
    return render(found.request, "assessment/ledger_enter.html", context, status=status)
