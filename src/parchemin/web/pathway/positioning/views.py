"""The interviews of a file over time, opening one, and its sheet, filled by its leader and by the candidate."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.pathways.actions.positioning import conclude, open_positioning, tell_own_view
from parchemin.records.pathways.asked import to_position
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Positioning
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.positioning import drafts
from parchemin.web.pathway.positioning.forms import ConcludeForm, OpenForm, OwnViewForm, SheetForm
from parchemin.web.pathway.positioning.found import Interview, draw, interview_of
from parchemin.web.pathway.positioning.listing import cards_of, compared, result_of
from parchemin.web.pathway.positioning.sheet import groups_of, mark_of
from parchemin.web.pathway.positioning.told import accreditations_of, asked_of, kept_documents, leading
from parchemin.web.pathway.trying import CONFLICT, REFUSED, said
from parchemin.web.shared.reached import reached


@needs(Action.SEE_PATHWAY)
@require_GET
def positionings(request: HttpRequest, id: UUID) -> HttpResponse:
    """Every interview, what each concluded, what is asked for, and where the booklet is."""
    found = reached(request, id, Action.SEE_PATHWAY)
    row, scheme = found.candidacy, found.judged.scheme
    rows = list(row.positionings.select_related("leader").prefetch_related("lines"))
    codes = to_position(scheme, row.blocks)
    has_open = any(one.closed_at is None for one in rows)
    closed = [one for one in rows if one.closed_at]
    context = {
        "asked": asked_of(scheme, row),
        "cards": cards_of(found, rows),
        "compared": compared(scheme, codes, closed),
        "closed": closed,
        "may_open": bool(codes) and row.is_active and not has_open and found.may(Action.POSITION),
        "has_framework": bool(codes),
        "kept": kept_documents(scheme, row) if closed else [],
        "may_hand": row.is_active and (found.is_own or found.may(Action.PLAN_PATHWAY)),
    }
    return draw(found, "positionings", context)


@needs(Action.POSITION)
@require_http_methods(["GET", "POST"])
def open_one(request: HttpRequest, id: UUID) -> HttpResponse:
    """An interview led by whoever opens it."""
    found = reached(request, id, Action.POSITION)
    row = found.candidacy
    form = OpenForm(request.POST or None, initial={"held_on": found.on})
    if request.method == "POST" and form.is_valid():
        held_on = form.cleaned_data["held_on"]
        try:
            made = open_positioning(candidacy=row, leader=found.person, held_on=held_on, **found.signed)
        except (PathwayError, UnfitError) as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("L’entretien est ouvert. Le candidat peut y donner son avis de son côté."))
            return redirect("pathway:positioning", row.pk, made.pk)
    told = leading(found.judged.scheme, row, found.person, found.on, accreditations_of(row, [found.person]))
    title = _("Ouvrir un entretien de repérage")
    status = REFUSED if form.is_bound else 200
    return draw(found, "positioning_open", {"form": form, "title": title, "leading": told}, title, status=status)


@needs(Action.SEE_PATHWAY)
@require_http_methods(["GET", "POST"])
def positioning(request: HttpRequest, id: UUID, interview: UUID) -> HttpResponse:
    """The sheet, filled by its leader or by the candidate, read by the others."""
    one = interview_of(request, id, interview, Action.SEE_PATHWAY)
    if request.method == "POST":
        if one.is_writer:
            return _sent(one)
        messages.error(request, said(PathwayError("another")))
        return redirect(one.url())
    if not (one.is_writer and one.is_open):
        return _shown(one)
    draft = drafts.found_draft(one.found, one.row)
    form = _form(one)
    if draft:
        drafts.fill(form, draft)
    return _shown(one, form, draft=draft)


@needs(Action.POSITION, Action.TELL_OWN_VIEW)
@require_POST
def draft(request: HttpRequest, id: UUID, interview: UUID) -> HttpResponse:
    """What is typed is kept, or given up; 413 for more than a sheet holds."""
    one = interview_of(request, id, interview, Action.SEE_PATHWAY)
    if not one.is_writer:
        raise Http404
    if "give_up" in request.POST:
        drafts.forget(one.found, one.row)
        messages.success(request, _("Le brouillon est abandonné."))
        return redirect(one.url())
    try:
        drafts.keep(one.found, one.row, request)
    except UnfitError as error:
        return HttpResponse(said(error), status=413, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


def _form(one: Interview, data: Any = None) -> SheetForm:
    initial: dict[str, Any] = {}
    if one.is_led:
        initial = {"revision": one.row.revision, "held_on": one.row.held_on}
        initial |= ConcludeForm.initial_of(one.row.lines.all(), one.codes)
        return ConcludeForm(data, codes=one.codes, initial=initial)
    initial = {"revision": one.row.own_revision} | OwnViewForm.initial_of(one.row.lines.all(), one.codes)
    return OwnViewForm(data, codes=one.codes, initial=initial)


def _sent(one: Interview) -> HttpResponse:
    """The sheet is saved whole, or told why not with everything that was typed."""
    request = one.found.request
    form = _form(one, request.POST)
    if not form.is_valid():
        return _shown(one, form, status=REFUSED)
    try:
        _saving(one, form)()
    except StalePathwayError:
        return _overtaken(one, form)
    except (PathwayError, UnfitError) as error:
        form.add_error(None, said(error))
        return _shown(one, form, status=REFUSED)
    drafts.forget(one.found, one.row)
    messages.success(request, _("C’est enregistré."))
    return redirect(one.url("close_positioning" if one.is_led and "close" in request.POST else "positioning"))


def _saving(one: Interview, form: SheetForm) -> Callable[[], int]:
    data: dict[str, Any] = {"positioning": one.row, "lines": form.told, "revision": form.cleaned_data["revision"]}
    if one.is_led:
        return lambda: conclude(held_on=form.cleaned_data["held_on"], **data, **one.found.signed)
    return lambda: tell_own_view(**data, **one.found.signed)


def _overtaken(one: Interview, form: SheetForm) -> HttpResponse:
    """The same sheet as it was typed, beside what was saved meanwhile; sent again, it is saved."""
    row = Positioning.objects.prefetch_related("lines").get(pk=one.row.pk)
    saved = {line.code: form.kept(line) for line in row.lines.all()}
    rows = [
        {"title": told.code, "yours": _words(told.answer, told.example), "theirs": _words(*saved[told.code])}
        for told in form.told
        if told.code in saved and saved[told.code] != (told.answer, told.example.strip())
    ]
    revision = row.revision if one.is_led else row.own_revision
    form.data = {**one.found.request.POST.dict(), "revision": str(revision)}
    return _shown(one, form, conflict=rows, status=CONFLICT)


def _words(answer: bool | None, example: str) -> str:
    return f"{mark_of(answer).label}. {example}".strip()


def _shown(one: Interview, form: SheetForm | None = None, *, status: int = 200, **more: Any) -> HttpResponse:
    found = one.found
    kept = kept_documents(one.scheme, found.candidacy)
    context = {
        "one": one,
        "form": form,
        "conflict": None,
        "groups": groups_of(one.scheme, found.candidacy, one.row, before=one.before, form=form),
        "booklet": kept[0].title if kept else "",
        "leading": one.leading,
        "counts": result_of(one.row, one.codes, one.scheme),
        "draft_url": one.url("positioning_draft"),
        "takeover_url": one.url("lead_positioning"),
        "may_read_conclusions": not (found.is_own and one.row.closed_at is None),
        **more,
    }
    return draw(found, "positioning_sheet", context, one.title, status=status)
