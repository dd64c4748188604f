"""The contract is noted, corrected, and its states are told."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.pathways.actions.contracting import correct_contract, sign_contract, tell_state
from parchemin.records.pathways.models import Contract
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.alternance.book import Book, book_of, draw
from parchemin.web.pathway.alternance.forms import ContractForm, StateForm
from parchemin.web.pathway.trying import CONFLICT, DONE, REFUSED, tried


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, id: UUID) -> HttpResponse:
    """The contract that was signed is noted."""
    book = kept_book(request, id)
    form = ContractForm(request.POST if request.method == "POST" else None, candidacy=book.row, initial={"revision": 0})
    status = REFUSED if form.is_bound else DONE
    if form.is_bound and form.is_valid():
        signed_on = form.cleaned_data["signed_on"]
        status = tried(
            form,
            lambda: sign_contract(candidacy=book.row, signed=form.signed, signed_on=signed_on, **book.found.signed),
        )
        if status == DONE:
            messages.success(request, _("Le contrat est noté."))
            return redirect(book.url)
    return draw_form(book, form, _("Noter le contrat"), _("Noter le contrat"), status=status)


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, id: UUID, contract: UUID) -> HttpResponse:
    """What the contract says is corrected."""
    book = kept_book(request, id)
    row = _contract(book, contract)
    form = ContractForm(
        request.POST if request.method == "POST" else None,
        candidacy=book.row,
        contract=row,
        initial=ContractForm.initial_of(row),
    )
    status = REFUSED if form.is_bound else DONE
    if form.is_bound and form.is_valid():
        revision = form.cleaned_data["revision"]
        status = tried(
            form,
            lambda: correct_contract(contract=row, signed=form.signed, revision=revision, **book.found.signed),
            lambda: _again(row).revision,
        )
        if status == DONE:
            messages.success(request, _("Le contrat est corrigé."))
            return redirect(book.url)
    rows = differences(form, _again(row)) if status == CONFLICT else []
    return draw_form(book, form, _("Corriger le contrat"), _("Enregistrer"), status=status, rows=rows)


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, id: UUID, contract: UUID) -> HttpResponse:
    """The contract starts, stops, starts again or is over."""
    book = kept_book(request, id)
    row = _contract(book, contract)
    form = StateForm(
        request.POST if request.method == "POST" else None,
        contract=row,
        initial={"revision": row.revision, "on": book.found.on},
    )
    status = REFUSED if form.is_bound else DONE
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        status = tried(
            form,
            lambda: tell_state(
                contract=row,
                state=Contract.State(told["state"]),
                on=told["on"],
                words=told["words"],
                revision=told["revision"],
                **book.found.signed,
            ),
            lambda: _again(row).revision,
        )
        if status == DONE:
            messages.success(request, _("L’état du contrat est noté."))
            return redirect(book.url)
    lede = _("Aujourd’hui : %(state)s.") % {"state": row.get_state_display().lower()}
    return draw_form(book, form, _("Changer l’état du contrat"), _("Enregistrer"), lede=lede, status=status)


def kept_book(request: HttpRequest, id: UUID) -> Book:
    """The alternance, for those of the centre who keep its contract and its visits."""
    book = book_of(request, id, Action.PLAN_PATHWAY)
    if not book.may_keep:
        raise Http404
    return book


def draw_form(
    book: Book, form: forms.Form, title: str, button: str, *, status: int = DONE, **more: Any
) -> HttpResponse:
    """A page with one form."""
    context = {"form": form, "title": title, "button": button, "is_overtaken": status == CONFLICT, **more}
    return draw(book, "alternance_form", context, title, status=status)


def differences(form: ContractForm, saved: Contract) -> list[dict[str, Any]]:
    """What was typed beside what somebody else saved meanwhile, where they differ."""
    found = ContractForm.initial_of(saved)
    return [
        {"title": str(field.label), "yours": form.cleaned_data[name], "theirs": found[name]}
        for name, field in form.fields.items()
        if name != "revision" and form.cleaned_data[name] != found[name]
    ]


def _contract(book: Book, id: UUID) -> Contract:
    found = next((one for one in book.contracts if one.pk == id and one.is_running), None)
    if found is None:
        raise Http404
    return found


def _again(row: Contract) -> Contract:
    return Contract.objects.select_related("tutor_person").get(pk=row.pk)
