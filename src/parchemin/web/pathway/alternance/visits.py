"""Visits in the company: planned, moved, cancelled, reported, and taken to one's calendar."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.pathways.actions.visiting import (
    cancel_visit,
    may_correct,
    move_visit,
    plan_visit,
    report_visit,
)
from parchemin.records.pathways.models import Visit
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.alternance.book import Book, book_of
from parchemin.web.pathway.alternance.contract import draw_form, kept_book
from parchemin.web.pathway.alternance.forms import ReportForm, VisitForm
from parchemin.web.pathway.trying import DONE, REFUSED, tried
from parchemin.web.shared.calendars import calendar_file, calendar_sent
from parchemin.web.shared.clock import now
from parchemin.web.shared.typesetting import day


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, id: UUID) -> HttpResponse:
    """A visit is planned."""
    book = kept_book(request, id)
    employer = book.running.employer if book.running else ""
    form = VisitForm(request.POST if request.method == "POST" else None, initial={"place": employer})
    status = REFUSED if form.is_bound else DONE
    if form.is_bound and form.is_valid():
        status = tried(form, lambda: plan_visit(candidacy=book.row, planned=form.planned, **book.found.signed))
        if status == DONE:
            messages.success(request, _("La visite est prévue."))
            return redirect(book.url + "#visites")
    return draw_form(book, form, _("Prévoir une visite"), _("Prévoir la visite"), status=status)


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, id: UUID, visit: UUID) -> HttpResponse:
    """A visit takes place otherwise."""
    book, row = _waiting(request, id, visit)
    form = VisitForm(request.POST if request.method == "POST" else None, initial=VisitForm.initial_of(row))
    status = REFUSED if form.is_bound else DONE
    if form.is_bound and form.is_valid():
        status = tried(form, lambda: move_visit(visit=row, planned=form.planned, **book.found.signed))
        if status == DONE:
            messages.success(request, _("La visite est changée. Reprenez son fichier de calendrier."))
            return redirect(book.url + "#visites")
    return draw_form(book, form, _("Changer la visite"), _("Enregistrer"), status=status)


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, id: UUID, visit: UUID) -> HttpResponse:
    """A visit does not take place."""
    book, row = _waiting(request, id, visit)
    form = forms.Form(request.POST if request.method == "POST" else None)
    status = DONE
    if request.method == "POST" and form.is_valid():
        status = tried(form, lambda: cancel_visit(visit=row, **book.found.signed))
        if status == DONE:
            messages.success(request, _("La visite est annulée."))
            return redirect(book.url + "#visites")
    lede = _("La visite du %(day)s, %(place)s, n’aura pas lieu.") % {
        "day": day(localdate(row.planned_at)),
        "place": row.place,
    }
    title = _("Annuler la visite")
    return draw_form(book, form, title, title, lede=lede, status=status, is_danger=True)


@needs(Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, id: UUID, visit: UUID) -> HttpResponse:
    """A visit was held: who was there, and what came of it."""
    book = kept_book(request, id)
    row = _visit(book, visit)
    if row.cancelled_at or (row.held_on and not may_correct(row, book.found.viewer, now())):
        raise Http404
    initial = ReportForm.initial_of(row) if row.held_on else {"held_on": localdate(row.planned_at)}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=initial)
    status = REFUSED if form.is_bound else DONE
    if form.is_bound and form.is_valid():
        status = tried(form, lambda: report_visit(visit=row, **form.cleaned_data, **book.signed))
        if status == DONE:
            messages.success(request, _("Le compte rendu est signé. Vous pouvez le corriger pendant un jour."))
            return redirect(book.url + "#visites")
    signing = _("Signé : %(name)s, %(side)s.") % {"name": book.found.person.name, "side": book.side.label}
    return draw_form(book, form, _("Compte rendu de visite"), _("Signer et envoyer"), lede=signing, status=status)


@needs(Action.SEE_PATHWAY)
@require_GET
def calendar(request: HttpRequest, id: UUID, visit: UUID) -> HttpResponse:
    """The visit for one's own calendar."""
    book = book_of(request, id)
    row = _visit(book, visit)
    if row.cancelled_at:
        raise Http404
    title = _("Visite en entreprise : %(name)s") % {"name": book.row.candidate.name}
    text = "\n".join(one for one in (row.purpose, request.build_absolute_uri(book.url)) if one)
    uid = f"{row.pk}@{request.get_host()}"
    file = calendar_file(uid, title, row.planned_at, row.minutes, row.place, text, row.sequence)
    return calendar_sent(file, f"visite-{localdate(row.planned_at).isoformat()}")


def _visit(book: Book, id: UUID) -> Visit:
    found: Visit | None = book.row.visits.filter(pk=id).first()
    if found is None:
        raise Http404
    return found


def _waiting(request: HttpRequest, id: UUID, visit: UUID) -> tuple[Book, Visit]:
    book = kept_book(request, id)
    row = _visit(book, visit)
    if row.cancelled_at or row.held_on:
        raise Http404
    return book, row
