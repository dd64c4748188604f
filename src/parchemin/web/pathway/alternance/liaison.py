"""Writing in the liaison book, reading an entry and answering it, correcting one's own, asking the tutor for one."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.pathways.actions.liaising import answer_entry, ask_entry, correct_entry, write_entry
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.pathways.models import Liaison
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.alternance.book import Book, book_of, draw
from parchemin.web.pathway.alternance.contract import draw_form
from parchemin.web.pathway.alternance.forms import AnswerForm
from parchemin.web.pathway.alternance.showing import entry_of
from parchemin.web.pathway.alternance.views import entries
from parchemin.web.pathway.sending import is_sent
from parchemin.web.pathway.trying import DONE, REFUSED, said, tried
from parchemin.web.shared.liaison import EntryForm, parts_of
from parchemin.web.shared.linking import AskForm


@needs(Action.LOG_WORK)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, id: UUID) -> HttpResponse:
    """An entry is written and signed."""
    book = _writing(request, id)
    parts = parts_of(book.scheme, book.row.blocks)
    form = EntryForm(request.POST if request.method == "POST" else None, parts=parts, initial={"on": book.found.on})
    status = REFUSED if form.is_bound else DONE
    if form.is_bound and form.is_valid():
        status = tried(form, lambda: write_entry(candidacy=book.row, **form.told, **book.signed))
        if status == DONE:
            messages.success(request, _("L’entrée est signée. Vous pouvez la corriger pendant un jour."))
            return redirect(book.url + "#carnet")
    return draw_form(
        book, form, _("Écrire dans le carnet"), _("Signer et envoyer"), lede=_signing(book), status=status, icon="send"
    )


@needs(Action.LOG_WORK)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, id: UUID, entry: UUID) -> HttpResponse:
    """One's own entry is corrected."""
    book = _writing(request, id)
    row = _entry(book, entry)
    if row.author_id != book.found.viewer.pk:
        raise Http404
    if request.method == "GET" and not entry_of(book, row).may_correct:
        messages.error(request, said(PathwayError("liaison_answered" if row.answers.all() else "liaison_settled")))
        return redirect("pathway:liaison", book.row.pk, row.pk)
    parts = parts_of(book.scheme, book.row.blocks)
    form = EntryForm(request.POST if request.method == "POST" else None, parts=parts, initial=EntryForm.initial_of(row))
    status = REFUSED if form.is_bound else DONE
    if form.is_bound and form.is_valid():
        status = tried(form, lambda: correct_entry(entry=row, **form.told, **book.signed))
        if status == DONE:
            messages.success(request, _("L’entrée est corrigée."))
            return redirect(book.url + "#carnet")
    return draw_form(book, form, _("Corriger une entrée"), _("Signer et envoyer"), lede=_signing(book), status=status)


@needs(Action.LOG_WORK)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, id: UUID) -> HttpResponse:
    """The workplace tutor, who has no account, is asked for one entry by a one-use link."""
    book = _writing(request, id)
    contract = book.asked
    if contract is None:
        raise Http404
    initial = {"bearer": contract.tutor, "quality": contract.tutor_post}
    form = AskForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        told = {"name": book.row.candidate.name, "employer": contract.employer}
        asked = _("écrire dans le carnet de liaison de %(name)s, pour %(employer)s.") % told
        making = partial(ask_entry, contract=contract, **form.cleaned_data, **book.found.signed)
        if is_sent(form, making, asked=asked, by=book.found.person):
            messages.success(request, _("Le lien est envoyé à %(email)s. Il vaut 21 jours.") % form.cleaned_data)
            return redirect(book.url + "#carnet")
    lede = _(
        "Pour un tuteur qui n’a pas de compte : il reçoit un lien, écrit une entrée depuis son téléphone et la signe."
    )
    status = REFUSED if form.is_bound else DONE
    return draw_form(
        book, form, _("Demander un mot au tuteur"), _("Envoyer le lien"), lede=lede, status=status, icon="send"
    )


@needs(Action.SEE_PATHWAY)
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, id: UUID, entry: UUID) -> HttpResponse:
    """An entry with its answers, and answering it."""
    book = book_of(request, id)
    row = _entry(book, entry)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = REFUSED if form.is_bound else DONE
    if form.is_bound and not book.may_write:
        messages.error(request, said(PathwayError("another")))
        return redirect("pathway:liaison", book.row.pk, row.pk)
    if form.is_bound and form.is_valid():
        words = form.cleaned_data["words"]
        status = tried(form, lambda: answer_entry(entry=row, words=words, **book.signed))
        if status == DONE:
            messages.success(request, _("La réponse est signée."))
            return redirect("pathway:liaison", book.row.pk, row.pk)
    shown = entry_of(book, row)
    title = _("Carnet de liaison")
    context = {"entry": shown, "form": form, "title": title, "signing": _signing(book)}
    return draw(book, "alternance_entry", context, title, status=status)


def _writing(request: HttpRequest, id: UUID) -> Book:
    book = book_of(request, id, Action.LOG_WORK)
    if not book.may_write:
        raise Http404
    return book


def _entry(book: Book, id: UUID) -> Liaison:
    found: Liaison | None = entries(book).filter(pk=id).first()
    if found is None:
        raise Http404
    return found


def _signing(book: Book) -> str:
    told = {"name": book.found.person.name, "side": book.side.label}
    return _("Signé : %(name)s, %(side)s.") % told
