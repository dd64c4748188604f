"""Who is accredited, for what and until when: added, renewed, withdrawn, and told before it ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.people.actions import accrediting
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Accreditation
from parchemin.records.people.names import named
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.accreditations import accreditations_visible_to
from parchemin.records.people.standing import Standing
from parchemin.web.access.decorators import needs
from parchemin.web.secretariat.accrediting_forms import (
    FILTERS,
    AccreditForm,
    PeriodFilters,
    RenewForm,
    WithdrawForm,
    actors_of,
    person_for,
)
from parchemin.web.secretariat.periods import ACCREDITATIONS
from parchemin.web.shared.asked import person_of, standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.downloads import respond_with_proof
from parchemin.web.shared.lists import Column, in_order, listing, remembered
from parchemin.web.shared.outgoing import sent_out

NAME = ("person__family_key", "person__given_key")
SORTS: Mapping[str, tuple[str, ...]] = {
    "name": (*NAME, "from_on", "pk"),
    "scheme": ("scheme", "actor", *NAME, "pk"),
    "from": ("from_on", *NAME, "pk"),
    "until": ("until_on", *NAME, "pk"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An accreditation as it stands on the day."""

    row: Accreditation
    actor: str
    scheme: str
    state: dict[str, str]
    is_renewable: bool


@needs(Action.MANAGE_ACCREDITATIONS)
@require_GET
def accreditations(request: HttpRequest) -> HttpResponse:
    """The accreditations, filtered and in order: those that end first on top."""
    standing, on = standing_of(request), today()
    found = listing(_filtered(standing, request.GET.dict(), on), request.GET.get("page"))
    own = accreditations_visible_to(standing).order_by().values_list("scheme", flat=True).distinct()
    context = {
        "listing": found,
        "rows": list(_rows(found.rows, on)),
        "form": PeriodFilters(request.GET, text=_("Nom ou e-mail"), periods=ACCREDITATIONS, schemes=own),
        "query": remembered(request.GET, (*FILTERS, "sort")),
        "has_filters": any(request.GET.get(name) for name in FILTERS),
        "crumbs": _crumbs(),
    }
    return render(request, "secretariat/accreditations.html", context)


@needs(Action.MANAGE_ACCREDITATIONS)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The filtered list as a spreadsheet; the journal keeps that it went out."""
    standing, on = standing_of(request), today()
    names = actors_of(on)
    columns: tuple[Column[Accreditation], ...] = (
        Column(_("Nom"), lambda row: row.person.family_name),
        Column(_("Prénom"), lambda row: row.person.given_name),
        Column(_("Adresse e-mail"), lambda row: row.person.email),
        Column(_("Certification"), lambda row: names.get((row.scheme, ""), row.scheme)),
        Column(_("Rôle"), lambda row: names.get((row.scheme, row.actor), row.actor)),
        Column(_("Portée"), lambda row: row.scope),
        Column(_("Formation suivie"), lambda row: row.training),
        Column(_("Formé le"), lambda row: row.trained_on, "day"),
        Column(_("Preuve de formation"), lambda row: bool(row.proof)),
        Column(_("Accordée le"), lambda row: row.granted_on, "day"),
        Column(_("À partir du"), lambda row: row.from_on, "day"),
        Column(_("Jusqu’au"), lambda row: row.until_on, "day"),
        Column(_("Retirée le"), lambda row: row.withdrawn_on, "day"),
        Column(_("État"), lambda row: ACCREDITATIONS.state_of(row, on)["label"]),
    )
    found = _filtered(standing, request.GET.dict(), on)
    return sent_out(request, found, columns, name="habilitations", kind=kind, filters=FILTERS)


@needs(Action.MANAGE_ACCREDITATIONS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Somebody is accredited, from a day to a day."""
    form = AccreditForm(request.POST or None, request.FILES or None, standing=standing_of(request), on=today())
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        scheme, actor = told["actor"].split("/", 1)
        try:
            accrediting.accredit(
                person=person_for(told),
                organisation=told["organisation"],
                scheme=scheme,
                actor=actor,
                granted_on=told["granted_on"],
                from_on=told["from_on"],
                until_on=told["until_on"],
                scope=told["scope"],
                training=told["training"],
                trained_on=told["trained_on"],
                proof=told["proof"],
                at=now(),
                by=person_of(request),
            )
        except RefusalError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("L’habilitation est accordée."))
            return redirect("secretariat:accreditations")
    context = {"form": form, "title": _("Nouvelle habilitation"), "button": _("Accorder l’habilitation")}
    return render(request, "secretariat/accredit.html", {**context, "crumbs": _crumbs(_("Nouvelle"))})


@needs(Action.MANAGE_ACCREDITATIONS)
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest, id: int) -> HttpResponse:
    """A new period follows, with the training it rests on."""
    row = _found(request, id)
    form = RenewForm(request.POST or None, request.FILES or None, renewed=row)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            accrediting.renew_accreditation(
                accreditation=row,
                granted_on=told["granted_on"],
                from_on=told["from_on"],
                until_on=told["until_on"],
                training=told["training"],
                trained_on=told["trained_on"],
                proof=told["proof"],
                at=now(),
                by=person_of(request),
            )
        except RefusalError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("L’habilitation est renouvelée."))
            return redirect("secretariat:accreditations")
    context = {"form": form, "row": row, "title": _("Renouveler l’habilitation"), "button": _("Renouveler")}
    return render(request, "secretariat/accredit.html", {**context, "crumbs": _crumbs(_("Renouveler"))})


@needs(Action.MANAGE_ACCREDITATIONS)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, id: int) -> HttpResponse:
    """It no longer holds from today, for a reason."""
    row = _found(request, id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if row.withdrawn_on:
            form.add_error(None, _("Cette habilitation est déjà retirée."))
        else:
            accrediting.withdraw_accreditation(
                accreditation=row,
                reason=form.cleaned_data["reason"],
                by=person_of(request),
                at=now(),
                on=today(),
            )
            messages.success(request, _("L’habilitation est retirée."))
            return redirect("secretariat:accreditations")
    context = {
        "form": form,
        "row": row,
        "title": _("Retirer l’habilitation"),
        "button": _("Retirer"),
        "is_danger": True,
    }
    return render(request, "secretariat/accredit.html", {**context, "crumbs": _crumbs(_("Retirer"))})


@needs(Action.MANAGE_ACCREDITATIONS)
@require_GET
def proof(request: HttpRequest, id: int) -> Any:
    """The proof of training, as it was sent."""
    return respond_with_proof(_found(request, id))


def _found(request: HttpRequest, id: int) -> Accreditation:
    row = accreditations_visible_to(standing_of(request)).filter(pk=id).first()
    if row is None:
        raise Http404
    return row


def _filtered(standing: Standing, query: dict[str, str], on: date) -> QuerySet[Accreditation]:
    found = accreditations_visible_to(standing).filter(ACCREDITATIONS.standing(query.get("state", ""), on))
    found = found.filter(named(query.get("text", "").replace("\x00", "")[:100], who="person__"))
    if query.get("scheme"):
        found = found.filter(scheme=query["scheme"][:80])
    return in_order(found, query, SORTS, "until")


def _rows(found: list[Accreditation], on: date) -> Iterator[Row]:
    names = actors_of(on)
    for one in found:
        name = names.get((one.scheme, one.actor), one.actor)
        state, is_renewable = ACCREDITATIONS.state_of(one, on), ACCREDITATIONS.is_renewable(one)
        yield Row(one, name, names.get((one.scheme, ""), one.scheme), state, is_renewable)


def _crumbs(title: str = "") -> list[tuple[str, str | None]]:
    here = reverse("secretariat:accreditations") if title else None
    found: list[tuple[str, str | None]] = [
        (_("Secrétariat"), reverse("secretariat:queue")),
        (_("Habilitations"), here),
    ]
    return [*found, (title, None)] if title else found
