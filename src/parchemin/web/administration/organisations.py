"""Organisations and their centres: known, described, renamed; the names they bore are kept."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.people.actions import organising
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Organisation, OrganisationKind
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.people import grants_visible_to
from parchemin.records.people.standing import Standing
from parchemin.web.access.decorators import needs
from parchemin.web.administration.frame import actor, organisations_for, posted, shown
from parchemin.web.administration.organisation_forms import (
    AliasForm,
    NewCentreForm,
    NewOrganisationForm,
    OrganisationFilters,
    Particulars,
    RenameForm,
    digits,
    told,
)
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.lists import Column, in_order, listing
from parchemin.web.shared.outgoing import sent_out

PLACE = ("siret", "email", "address", "postcode", "town", "is_public")
FILTERS = ("text", "kind")
SORTS = {
    "name": ("name", "pk"),
    "kind": ("kind", "name", "pk"),
    "town": ("town", "name", "pk"),
    "siret": ("siret", "name", "pk"),
    "centres": ("count", "name", "pk"),
}
SHOWN = 50
"""Centres and roles shown on the page of an organisation; the lists show the others."""


@needs(Action.MANAGE_ORGANISATIONS)
@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    """Those that this person keeps, by name."""
    standing = standing_of(request)
    context = {
        "listing": listing(_listed(request), request.GET.get("page")),
        "form": OrganisationFilters(request.GET),
        "can_add": _may_add(standing),
        "is_filtered": any(request.GET.get(name) for name in FILTERS),
        "query": request.GET.urlencode(),
    }
    return shown(request, "organisations.html", "organisations", context)


@needs(Action.MANAGE_ORGANISATIONS)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The filtered list as a spreadsheet; the journal keeps that it went out."""
    columns: tuple[Column[Organisation], ...] = (
        Column(_("Nom"), lambda row: row.name),
        Column(_("Nature"), lambda row: row.get_kind_display()),
        Column(_("Rattachée à"), lambda row: row.parent.name if row.parent else ""),
        Column(_("SIRET"), lambda row: row.siret),
        Column(_("Adresse e-mail de contact"), lambda row: row.email),
        Column(_("Adresse"), lambda row: row.address),
        Column(_("Code postal"), lambda row: row.postcode),
        Column(_("Ville"), lambda row: row.town),
        Column(_("Archives publiques"), lambda row: row.is_public),
        Column(_("Centres"), lambda row: row.count, "number"),  # type: ignore[attr-defined]
    )
    return sent_out(request, _listed(request), columns, name="organisations", kind=kind, filters=FILTERS)


@needs(Action.MANAGE_ORGANISATIONS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An organisation becomes known here; for those who keep them all."""
    if not _may_add(standing_of(request)):
        raise Http404
    form = NewOrganisationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        kind = OrganisationKind(form.cleaned_data["kind"])
        made = _created(request, form, kind, parent=None)
        if made:
            return redirect("administration:organisation", made.pk)
    context = {"form": form, "title": _("Nouvelle organisation"), "button": _("Créer l’organisation")}
    back = reverse("administration:organisations")
    crumb = (_("Nouvelle"), None)
    return shown(request, "form.html", "organisations", {**context, "back": back}, crumb, status=_status(form))


@needs(Action.MANAGE_ORGANISATIONS)
@require_http_methods(["GET", "POST"])
def new_centre(request: HttpRequest, id: UUID) -> HttpResponse:
    """A centre of an organisation becomes known."""
    row = found_organisation(request, id)
    if row.parent_id:
        raise Http404
    form = NewCentreForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = _created(request, form, OrganisationKind.CENTRE, parent=row)
        if made:
            return redirect("administration:organisation", row.pk)
    context = {"form": form, "title": _("Nouveau centre"), "button": _("Créer le centre"), "whose": row.name}
    return _acted(request, row, form, context)


@needs(Action.MANAGE_ORGANISATIONS)
@require_GET
def organisation(request: HttpRequest, id: UUID) -> HttpResponse:
    """One organisation: where it is, the names it bore, its centres, its certifications and who has a role there."""
    row = found_organisation(request, id)
    standing = standing_of(request)
    grants = grants_visible_to(standing, today()).filter(Q(organisation=row) | Q(centre=row))
    context = {
        "row": row,
        "facts": _facts(row),
        "names": list(row.names.all()),
        "centres": list(row.centres.all()[:SHOWN]),
        "certifications": list(row.certifications.all()),
        "grants": list(grants[:SHOWN]),
        "today": today(),
    }
    return shown(request, "organisation.html", "organisations", context, (row.name, None))


@needs(Action.MANAGE_ORGANISATIONS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, id: UUID) -> HttpResponse:
    """Its address, contact and SIRET are corrected."""
    row = found_organisation(request, id)
    form = Particulars(posted(request), instance=Organisation.objects.get(pk=row.pk))
    if row.parent_id:
        del form.fields["is_public"]
    if request.method == "POST" and form.is_valid():
        try:
            organising.update_organisation(organisation=row, by=actor(request), at=now(), **told(form, *PLACE))
        except RefusalError as error:
            form.add_error("siret", error.sentence)
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect("administration:organisation", row.pk)
    context = {"form": form, "title": _("Coordonnées"), "button": _("Enregistrer"), "whose": row.name}
    return _acted(request, row, form, context)


@needs(Action.MANAGE_ORGANISATIONS)
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, id: UUID) -> HttpResponse:
    """It bears another name from a day on."""
    row = found_organisation(request, id)
    form = RenameForm(posted(request), initial={"from_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            organising.rename_organisation(organisation=row, by=actor(request), at=now(), **form.cleaned_data)
        except RefusalError as error:
            form.add_error("from_on" if error.code == "dates" else "name", error.sentence)
        else:
            messages.success(request, _("Le nouveau nom est enregistré ; l’ancien est gardé."))
            return redirect("administration:organisation", row.pk)
    context = {"form": form, "title": _("Changer de nom"), "button": _("Changer de nom"), "whose": row.name}
    return _acted(request, row, form, context)


@needs(Action.MANAGE_ORGANISATIONS)
@require_http_methods(["GET", "POST"])
def alias(request: HttpRequest, id: UUID) -> HttpResponse:
    """Another name that it bears or bore is known too."""
    row = found_organisation(request, id)
    form = AliasForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            organising.add_alias(organisation=row, by=actor(request), at=now(), **form.cleaned_data)
        except RefusalError as error:
            form.add_error("until_on" if error.code == "dates" else "name", error.sentence)
        else:
            messages.success(request, _("Cet autre nom est enregistré."))
            return redirect("administration:organisation", row.pk)
    context = {"form": form, "title": _("Ajouter un nom"), "button": _("Ajouter"), "whose": row.name}
    return _acted(request, row, form, context)


def found_organisation(request: HttpRequest, id: UUID, action: Action = Action.MANAGE_ORGANISATIONS) -> Organisation:
    """The organisation of that id; Http404 where this person may not do that."""
    row = organisations_for(standing_of(request), action).select_related("parent").filter(pk=id).first()
    if row is None:
        raise Http404
    return row


def _may_add(standing: Standing) -> bool:
    return standing.organisations(Action.MANAGE_ORGANISATIONS) is None


def _listed(request: HttpRequest) -> QuerySet[Organisation]:
    own = organisations_for(standing_of(request), Action.MANAGE_ORGANISATIONS)
    rows = _filtered(own, request.GET.dict()).select_related("parent").annotate(count=Count("centres"))
    return in_order(rows, request.GET, SORTS, "name")


def _filtered(rows: QuerySet[Organisation], query: dict[str, str]) -> QuerySet[Organisation]:
    text = query.get("text", "").replace("\x00", "")[:100]
    if digits(text).isdigit() and len(digits(text)) > 5:
        return rows.filter(siret__startswith=digits(text))
    for word in text.split():
        named = Organisation.objects.filter(names__name__icontains=word).values("pk")
        rows = rows.filter(Q(name__icontains=word) | Q(town__istartswith=word) | Q(pk__in=named))
    return rows.filter(kind=query["kind"][:20]) if query.get("kind") else rows


def _created(
    request: HttpRequest, form: NewOrganisationForm | NewCentreForm, kind: OrganisationKind, parent: Organisation | None
) -> Organisation | None:
    try:
        made = organising.create_organisation(
            kind=kind, parent=parent, at=now(), by=actor(request), **told(form, "name", *PLACE)
        )
    except RefusalError as error:
        form.add_error("siret", error.sentence)
        return None
    messages.success(request, _("« %(name)s » est créé.") % {"name": made.name})
    return made


def _acted(request: HttpRequest, row: Organisation, form: Any, context: dict[str, Any]) -> HttpResponse:
    back = reverse("administration:organisation", args=[row.pk])
    crumbs = ((row.name, back), (str(context["title"]), None))
    return shown(
        request, "form.html", "organisations", {"form": form, "back": back, **context}, *crumbs, status=_status(form)
    )


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


def _facts(row: Organisation) -> list[tuple[str, str]]:
    found = [
        (_("Nature"), str(row.get_kind_display())),
        (_("SIRET"), row.siret),
        (_("Adresse e-mail de contact"), row.email),
        (_("Adresse"), ", ".join(part for part in (row.address, f"{row.postcode} {row.town}".strip()) if part)),
    ]
    if not row.parent_id:
        found.append((_("Archives publiques"), _("oui") if row.is_public else _("non")))
    return found
