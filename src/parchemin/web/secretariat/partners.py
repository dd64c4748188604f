"""Providers authorised to prepare or evaluate (code du travail, art. R6113-16), until when, and suspensions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.certifications.queries import titles
from parchemin.records.people.actions import accrediting
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import PartnerAuthorisation
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.accreditations import authorisations_visible_to
from parchemin.records.people.standing import Standing
from parchemin.web.access.decorators import needs
from parchemin.web.secretariat.accrediting_forms import (
    FILTERS,
    AuthoriseForm,
    PeriodFilters,
    RenewPartnerForm,
    WithdrawForm,
)
from parchemin.web.secretariat.periods import AUTHORISATIONS
from parchemin.web.shared.asked import person_of, standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.lists import Column, in_order, listing, remembered
from parchemin.web.shared.outgoing import sent_out

SORTS: Mapping[str, tuple[str, ...]] = {
    "name": ("provider__name", "scheme", "from_on", "pk"),
    "scheme": ("scheme", "provider__name", "from_on", "pk"),
    "from": ("from_on", "provider__name", "pk"),
    "until": ("until_on", "provider__name", "pk"),
}


@needs(Action.MANAGE_ACCREDITATIONS)
@require_GET
def partners(request: HttpRequest) -> HttpResponse:
    """The authorised providers, filtered and in order: by certification unless told otherwise."""
    standing, on = standing_of(request), today()
    found = listing(_filtered(standing, request.GET.dict(), on), request.GET.get("page"))
    own = list(authorisations_visible_to(standing).order_by().values_list("scheme", flat=True).distinct())
    names = titles(own)
    context = {
        "listing": found,
        "rows": [
            {
                "row": one,
                "scheme": names.get(one.scheme, one.scheme),
                "state": AUTHORISATIONS.state_of(one, on),
                "is_renewable": AUTHORISATIONS.is_renewable(one),
            }
            for one in found.rows
        ],
        "form": PeriodFilters(request.GET, text=_("Organisme"), periods=AUTHORISATIONS, schemes=own),
        "query": remembered(request.GET, (*FILTERS, "sort")),
        "has_filters": any(request.GET.get(name) for name in FILTERS),
        "can_change": standing.has(Action.MANAGE_AUTHORISATIONS),
        "crumbs": _crumbs(),
    }
    return render(request, "secretariat/partners.html", context)


@needs(Action.MANAGE_ACCREDITATIONS)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The filtered list as a spreadsheet; the journal keeps that it went out."""
    standing, on = standing_of(request), today()
    names = titles(authorisations_visible_to(standing).order_by().values_list("scheme", flat=True).distinct())
    columns: tuple[Column[PartnerAuthorisation], ...] = (
        Column(_("Organisme"), lambda row: row.provider.name),
        Column(_("SIRET"), lambda row: row.provider.siret),
        Column(_("Certificateur"), lambda row: row.awarding_body.name),
        Column(_("Certification"), lambda row: names.get(row.scheme, row.scheme)),
        Column(_("Portée"), lambda row: row.get_scope_display()),
        Column(_("Blocs"), lambda row: ", ".join(row.blocks)),
        Column(_("Convention"), lambda row: row.contract),
        Column(_("À partir du"), lambda row: row.from_on, "day"),
        Column(_("Jusqu’au"), lambda row: row.until_on, "day"),
        Column(_("Suspendue le"), lambda row: row.suspended_on, "day"),
        Column(_("Motif"), lambda row: row.reason),
        Column(_("État"), lambda row: AUTHORISATIONS.state_of(row, on)["label"]),
    )
    found = _filtered(standing, request.GET.dict(), on)
    return sent_out(request, found, columns, name="organismes-habilites", kind=kind, filters=FILTERS)


@needs(Action.MANAGE_AUTHORISATIONS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A provider may prepare or evaluate from a day to a day."""
    form = AuthoriseForm(request.POST or None, standing=standing_of(request), on=today())
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            accrediting.authorise_partner(
                provider=told["provider"],
                awarding_body=told["awarding_body"],
                scheme=told["scheme"],
                scope=PartnerAuthorisation.Scope(told["scope"]),
                from_on=told["from_on"],
                until_on=told["until_on"],
                contract=told["contract"],
                at=now(),
                by=person_of(request),
            )
        except RefusalError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("L’organisme est habilité."))
            return redirect("secretariat:partners")
    context = {"form": form, "title": _("Habiliter un organisme"), "button": _("Habiliter l’organisme")}
    return render(request, "secretariat/accredit.html", {**context, "crumbs": _crumbs(_("Nouvel organisme"))})


@needs(Action.MANAGE_AUTHORISATIONS)
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, id: int) -> HttpResponse:
    """A new period follows, for the same acts, under its own contract."""
    row = _found(request, id)
    form = RenewPartnerForm(request.POST or None, renewed=row)
    if request.method == "POST" and form.is_valid():
        try:
            accrediting.renew_partner(authorisation=row, at=now(), by=person_of(request), **form.cleaned_data)
        except RefusalError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("L’habilitation de l’organisme est renouvelée."))
            return redirect("secretariat:partners")
    context = {"form": form, "partner": row, "title": _("Renouveler l’habilitation"), "button": _("Renouveler")}
    return render(request, "secretariat/accredit.html", {**context, "crumbs": _crumbs(_("Renouveler"))})


@needs(Action.MANAGE_AUTHORISATIONS)
@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, id: int) -> HttpResponse:
    """The authorisation no longer holds from today, for a reason."""
    row = _found(request, id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if row.suspended_on:
            form.add_error(None, _("Cette habilitation est déjà suspendue."))
        else:
            accrediting.suspend_partner(
                authorisation=row,
                reason=form.cleaned_data["reason"],
                by=person_of(request),
                at=now(),
                on=today(),
            )
            messages.success(request, _("L’habilitation de l’organisme est suspendue."))
            return redirect("secretariat:partners")
    context = {
        "form": form,
        "partner": row,
        "title": _("Suspendre l’organisme"),
        "button": _("Suspendre"),
        "is_danger": True,
    }
    return render(request, "secretariat/accredit.html", {**context, "crumbs": _crumbs(_("Suspendre"))})


def _found(request: HttpRequest, id: int) -> PartnerAuthorisation:
    standing = standing_of(request)
    row = authorisations_visible_to(standing, Action.MANAGE_AUTHORISATIONS).filter(pk=id).first()
    if row is None:
        raise Http404
    return row


def _filtered(standing: Standing, query: dict[str, str], on: date) -> QuerySet[PartnerAuthorisation]:
    found = authorisations_visible_to(standing).filter(AUTHORISATIONS.standing(query.get("state", ""), on))
    if query.get("scheme"):
        found = found.filter(scheme=query["scheme"][:80])
    for word in query.get("text", "").replace("\x00", "")[:100].split():
        found = found.filter(provider__name__icontains=word)
    return in_order(found, query, SORTS, "scheme")


def _crumbs(title: str = "") -> list[tuple[str, str | None]]:
    here = reverse("secretariat:partners") if title else None
    found: list[tuple[str, str | None]] = [
        (_("Secrétariat"), reverse("secretariat:queue")),
        (_("Organismes habilités"), here),
    ]
    return [*found, (title, None)] if title else found
