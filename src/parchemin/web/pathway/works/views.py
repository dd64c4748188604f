"""The written works of a file, and one of them, written by its candidate or read by those they share it with."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.pathways.actions.writing import clean, save_work
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.written import Written
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.trying import CONFLICT, REFUSED, said
from parchemin.web.pathway.works.shelf import Shelf, draw, shelf_of
from parchemin.web.pathway.works.texts import Text, Texts, texts_of, too_long

TOO_LARGE, PEN = 413, 40
PLAIN = "text/plain; charset=utf-8"


@needs(Action.SEE_PATHWAY)
@require_GET
def works(request: HttpRequest, id: UUID) -> HttpResponse:
    """Every work: its limits, where it stands, why it was sent back."""
    shelf = shelf_of(request, id)
    return draw(shelf, "works", {"works": shelf.works})


@needs(Action.SEE_PATHWAY)
@require_http_methods(["GET", "POST"])
def work(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """One work: written by its candidate, read by those they share it with."""
    shelf = shelf_of(request, id)
    written = shelf.work(kind)
    if not shelf.reads_texts:
        raise Http404
    if request.method == "POST":
        return _saved(shelf, written)
    texts = texts_of(shelf.row, written)
    if not shelf.is_writer:
        context = {"texts": texts, "written": written, "too_long": too_long(texts)}
        return draw(shelf, "works_read", context, written.kind.title)
    return _shown(shelf, texts, pen=secrets.token_urlsafe(12))


@needs(Action.DEPOSIT_DOCUMENTS)
@require_POST
def keep(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """What is typed is kept as it is typed; 409 once another window saved, 413 beyond what a work holds."""
    shelf = shelf_of(request, id, Action.DEPOSIT_DOCUMENTS)
    written = shelf.work(kind)
    try:
        _save(shelf, written, typed_in(request.POST, written))
    except StalePathwayError:
        said_so = _("Une autre fenêtre l’a changé depuis : enregistrez pour voir les deux textes côte à côte.")
        return HttpResponse(said_so, status=CONFLICT, content_type=PLAIN)
    except (PathwayError, UnfitError) as error:
        return HttpResponse(said(error), status=TOO_LARGE, content_type=PLAIN)
    return HttpResponse(status=204)


def typed_in(sent: Mapping[str, Any], written: Written) -> dict[str, str]:
    """The texts of that work that were sent, by code."""
    codes = ("", *(part.code for part in written.parts))
    return {code: clean(str(sent[f"text-{code}"])) for code in codes if f"text-{code}" in sent}


def revision_in(sent: Mapping[str, Any]) -> int:
    """The revision that was sent; -1, which is never one, for anything else."""
    told = str(sent.get("revision", ""))
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else -1


def _save(shelf: Shelf, written: Written, typed: Mapping[str, str]) -> None:
    sent = shelf.found.request.POST
    save_work(
        candidacy=shelf.row,
        document=written.id,
        texts=typed,
        revision=revision_in(sent),
        pen=sent.get("pen", "")[:PEN],
        **shelf.found.signed,
    )


def _saved(shelf: Shelf, written: Written) -> HttpResponse:
    request = shelf.found.request
    if not shelf.is_writer:
        messages.error(request, said(PathwayError("another")))
        return redirect("pathway:write", shelf.row.pk, written.id)
    typed = typed_in(request.POST, written)
    try:
        _save(shelf, written, typed)
    except StalePathwayError:
        return _overtaken(shelf, written, typed)
    except (PathwayError, UnfitError) as error:
        kept = texts_of(shelf.row, written)
        shown = Texts(written, kept.work, {**kept.words, **typed})
        return _shown(shelf, shown, pen=request.POST.get("pen", ""), problem=said(error), status=REFUSED)
    messages.success(request, _("C’est enregistré."))
    return redirect("pathway:freeze_work" if "freeze" in request.POST else "pathway:write", shelf.row.pk, written.id)


def _overtaken(shelf: Shelf, written: Written, typed: Mapping[str, str]) -> HttpResponse:
    """What was typed, beside what another window saved; sent again, it is saved."""
    kept = texts_of(shelf.row, written)
    shown = Texts(written, kept.work, {**kept.words, **typed})
    rows = [
        {"title": _named(one), "yours": one.words, "theirs": theirs.words}
        for one, theirs in zip(shown.all, kept.all, strict=True)
        if one.words != theirs.words
    ]
    return _shown(shelf, shown, pen=secrets.token_urlsafe(12), rows=rows, status=CONFLICT)


def _named(text: Text) -> str:
    return f"{text.part.code} {text.part.title}".strip()


def _shown(shelf: Shelf, texts: Texts, *, pen: str, status: int = 200, **more: Any) -> HttpResponse:
    written = texts.written
    context = {"texts": texts, "written": written, "pen": pen, "is_overtaken": status == CONFLICT, **more}
    return draw(shelf, "works_write", context, written.kind.title, status=status)
