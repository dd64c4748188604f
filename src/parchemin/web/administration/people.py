"""Who holds which role where; roles given and taken back, invitations sent and cancelled."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.certifications.queries import titles
from parchemin.records.people.actions import granting
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Grant, Invitation, Person, Role
from parchemin.records.people.names import named
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.people import grants_visible_to, invitations_visible_to, people_like
from parchemin.web.access.decorators import needs
from parchemin.web.access.invitations import send_invitation
from parchemin.web.administration.frame import actor, posted, shown
from parchemin.web.administration.people_forms import GrantFilters, GrantForm, InviteForm
from parchemin.web.shared.asked import standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.lists import Column, in_order, listing
from parchemin.web.shared.outgoing import sent_out

FILTERS = ("text", "role", "organisation")
SORTS = {
    "name": ("person__family_key", "person__given_key", "role", "pk"),
    "role": ("role", "person__family_key", "person__given_key", "pk"),
    "place": ("organisation__name", "person__family_key", "person__given_key", "pk"),
    "from": ("from_on", "person__family_key", "person__given_key", "pk"),
}
WAITING_SHOWN = 100


@needs(Action.MANAGE_PEOPLE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The roles held, one a line, and the invitations that wait for an answer."""
    standing = standing_of(request)
    form = GrantFilters(request.GET, standing=standing)
    found = listing(_filtered(request, form), request.GET.get("page"))
    context = {
        "listing": found,
        "grants": entitled(found.rows),
        "form": form,
        "query": request.GET.urlencode(),
        "invitations": entitled(invitations_visible_to(standing)[:WAITING_SHOWN]),
        "now": now(),
        "today": today(),
        "is_filtered": any(request.GET.get(name) for name in FILTERS),
        "others": _without_role(request, form),
    }
    return shown(request, "people.html", "people", context)


@needs(Action.MANAGE_PEOPLE)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The filtered list as a spreadsheet; the journal keeps that it went out."""
    form = GrantFilters(request.GET, standing=standing_of(request))
    columns: tuple[Column[Grant], ...] = (
        Column(_("Nom"), lambda row: row.person.family_name),
        Column(_("Prénom"), lambda row: row.person.given_name),
        Column(_("Adresse e-mail"), lambda row: row.person.email),
        Column(_("Rôle"), lambda row: row.get_role_display()),
        Column(_("Organisation"), lambda row: row.organisation.name if row.organisation else ""),
        Column(_("Certification"), lambda row: row.scheme),
        Column(_("Centre"), lambda row: row.centre.name if row.centre else ""),
        Column(_("Depuis"), lambda row: row.from_on, "day"),
        Column(_("Jusqu’au"), lambda row: row.until_on, "day"),
    )
    found = _filtered(request, form)
    return sent_out(request, found, columns, name="roles", kind=kind, filters=FILTERS)


@needs(Action.MANAGE_PEOPLE)
@require_GET
def person(request: HttpRequest, id: UUID) -> HttpResponse:
    """One person: their roles where this person manages people, and what may be done."""
    row = _found_person(request, id)
    standing = standing_of(request)
    held = grants_visible_to(standing, today()).filter(person=row)
    is_administrator = Grant.objects.filter(person=row, role=Role.ADMINISTRATOR, revoked_at__isnull=True).exists()
    context = {
        "row": row,
        "grants": entitled(held),
        "today": today(),
        "can_view_as": standing.has(Action.VIEW_AS) and row.is_active and row != request.user and not is_administrator,
    }
    return shown(request, "person.html", "people", context, (row.name, None))


@needs(Action.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, id: UUID) -> HttpResponse:
    """A role is given to that person."""
    row = _found_person(request, id)
    if not row.is_active:
        raise Http404
    form = GrantForm(posted(request), standing=standing_of(request), on=today())
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            granting.grant_role(
                person=row,
                at=now(),
                from_on=told["from_on"],
                until_on=told["until_on"],
                by=actor(request),
                **form.place(),
            )
        except RefusalError as error:
            form.add_error({"dates": "until_on", "centre": "centre"}.get(error.code), error.sentence)
        else:
            messages.success(request, _("Le rôle est donné."))
            return redirect("administration:person", row.pk)
    back = reverse("administration:person", args=[row.pk])
    title = _("Donner un rôle")
    context = {"form": form, "title": title, "button": title, "whose": row.name, "back": back}
    status = 422 if form.is_bound else 200
    return shown(request, "form.html", "people", context, (row.name, back), (title, None), status=status)


@needs(Action.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, id: int) -> HttpResponse:
    """A role is taken back, once that was confirmed."""
    row = grants_visible_to(standing_of(request), today()).filter(pk=id).first()
    if row is None:
        raise Http404
    entitled([row])
    back = reverse("administration:person", args=[row.person_id])
    context = {"row": row, "back": back}
    if request.method == "POST":
        try:
            granting.revoke_grant(grant=row, by=actor(request), at=now())
        except RefusalError as error:
            context["refusal"] = error.sentence
        else:
            messages.success(request, _("Le rôle est retiré."))
            return redirect(back if _is_visible(request, row.person) else reverse("administration:people"))
    crumbs = ((row.person.name, back), (_("Retirer un rôle"), None))
    return shown(request, "revoke.html", "people", context, *crumbs, status=422 if "refusal" in context else 200)


@needs(Action.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """A role is offered to an address, by a mail that carries the link."""
    initial = {name: request.GET[name] for name in ("organisation", "email") if request.GET.get(name)}
    form = InviteForm(posted(request), standing=standing_of(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                offered, secret = granting.invite(
                    email=form.cleaned_data["email"], at=now(), by=actor(request), **form.place()
                )
                send_invitation(offered, secret)
        except RefusalError as error:
            form.add_error("centre" if error.code == "centre" else None, error.sentence)
        else:
            messages.success(request, _("L’invitation est envoyée à %(email)s.") % {"email": offered.email})
            return redirect("administration:people")
    title = _("Inviter quelqu’un")
    back = reverse("administration:people")
    context = {"form": form, "title": title, "button": _("Envoyer l’invitation"), "back": back}
    return shown(request, "form.html", "people", context, (title, None), status=422 if form.is_bound else 200)


@needs(Action.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def cancel_invitation(request: HttpRequest, id: UUID) -> HttpResponse:
    """An invitation no longer stands: its link says so from now on."""
    row = invitations_visible_to(standing_of(request)).filter(pk=id).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        granting.revoke_invitation(invitation=row, by=actor(request), at=now())
        messages.success(request, _("L’invitation est annulée : son lien ne vaut plus rien."))
        return redirect("administration:people")
    entitled([row])
    back = reverse("administration:people")
    return shown(request, "cancel.html", "people", {"row": row, "back": back}, (_("Annuler une invitation"), None))


def entitled(rows: Any) -> list[Any]:
    """The roles or invitations, each with the title of the certification it is narrowed to; one query."""
    found: list[Grant | Invitation] = list(rows)
    named = titles([row.scheme for row in found])
    for row in found:
        row.title = named.get(row.scheme, row.scheme)  # type: ignore[union-attr]
    return found


def _found_person(request: HttpRequest, id: UUID) -> Person:
    row = Person.objects.filter(pk=id, erased_at__isnull=True).first()
    if row is None or not _is_visible(request, row):
        raise Http404
    return row


def _is_visible(request: HttpRequest, row: Person) -> bool:
    """Somebody who keeps everything sees everybody; the others those who hold a role where they manage people."""
    standing = standing_of(request)
    if standing.organisations(Action.MANAGE_PEOPLE) is None:
        return True
    return grants_visible_to(standing, today()).filter(person=row).exists()


def _filtered(request: HttpRequest, form: GrantFilters) -> QuerySet[Grant]:
    rows = grants_visible_to(standing_of(request), today())
    form.is_valid()
    told = form.cleaned_data
    if told.get("role"):
        rows = rows.filter(role=told["role"])
    if body := told.get("organisation"):
        rows = rows.filter(Q(organisation=body) | Q(centre=body))
    found = rows.filter(named(" ".join(_words(told)), who="person__"))
    return in_order(found, request.GET, SORTS, "name")


def _without_role(request: HttpRequest, form: GrantFilters) -> list[Person]:
    """Those of that name who hold no role, candidates for instance: for those who keep everything."""
    words = _words(form.cleaned_data)
    if not words or standing_of(request).organisations(Action.MANAGE_PEOPLE) is not None:
        return []
    held = Grant.objects.filter(revoked_at__isnull=True).values("person")
    return list(people_like(" ".join(words)).exclude(pk__in=held)[:20])


def _words(told: dict[str, Any]) -> list[str]:
    return str(told.get("text") or "").replace("\x00", "").split()[:6]
