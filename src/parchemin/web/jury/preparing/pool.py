"""The pool: who may be called to the juries of a certification, what they bring, when they are free."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.records.candidacies.actions.noticing import tell_of_jury
from parchemin.records.juries.actions import pooling
from parchemin.records.juries.errors import JuryError
from parchemin.records.juries.models import Absence, Member, PoolMember
from parchemin.records.juries.queries.preparing import pool_of
from parchemin.records.juries.wordings import sentence
from parchemin.records.people.models import Person
from parchemin.records.people.names import named
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.people import organisations_visible_to
from parchemin.records.people.standing import Standing
from parchemin.web.access.decorators import needs
from parchemin.web.jury.preparing.pool_forms import (
    AbsenceForm,
    LeaveForm,
    PoolFilters,
    ProfileForm,
    WhoForm,
    certifications_of,
    profile_initial,
)
from parchemin.web.jury.preparing.pooled import Row, asked_of, rows_of, scheme_for
from parchemin.web.jury.preparing.showing import expenses_of, presence_of
from parchemin.web.shared.asked import person_of, stand_under, standing_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.juries import POOLED
from parchemin.web.shared.lists import Column, in_order, listing, remembered
from parchemin.web.shared.outgoing import sent_out

FILTERS = ("text", "scheme", "state")
NAME = ("person__family_key", "person__given_key", "pk")
SORTS: Mapping[str, tuple[str, ...]] = {
    "name": NAME,
    "college": ("scheme", "college", *NAME),
    "attended": ("attended", *NAME),
}
SAT = 20
"""Past sessions shown of somebody."""


@needs(Action.CONVENE_JURY)
@require_GET
def pool(request: HttpRequest) -> HttpResponse:
    """Those who may be called, filtered and in order."""
    standing = standing_of(request)
    stand_under(request, "jury:home")
    certifications = certifications_of(standing)
    found = listing(_filtered(standing, request.GET.dict()), request.GET.get("page"))
    scheme = request.GET.get("scheme", "")
    context = {
        "listing": found,
        "rows": rows_of(found.rows, certifications),
        "form": PoolFilters(request.GET, certifications=certifications),
        "query": remembered(request.GET, (*FILTERS, "sort")),
        "has_filters": any(request.GET.get(name) for name in FILTERS),
        "chosen": scheme if scheme in certifications else next(iter(certifications), ""),
        "crumbs": _crumbs(),
    }
    return render(request, "jury/pool.html", context)


@needs(Action.EXPORT_LIST)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The filtered pool as a spreadsheet; the journal keeps that it went out."""
    standing = standing_of(request)
    certifications = certifications_of(standing)
    rows = rows_of(list(_filtered(standing, request.GET.dict())), certifications)
    columns: tuple[Column[Row], ...] = (
        Column(_("Nom"), lambda one: one.row.person.family_name),
        Column(_("Prénom"), lambda one: one.row.person.given_name),
        Column(_("Adresse e-mail"), lambda one: one.row.person.email),
        Column(_("Certification"), lambda one: one.certification),
        Column(_("Collège"), lambda one: one.college),
        Column(_("Sièges possibles"), lambda one: ", ".join(one.seats)),
        Column(_("Organisme ou employeur"), lambda one: one.row.employer),
        Column(_("Profils"), lambda one: ", ".join(one.row.profiles or ())),
        Column(_("Habilitations"), lambda one: ", ".join(title for _row, title in one.accredited)),
        Column(_("Informé de son rôle le"), lambda one: one.row.briefed_on, "day"),
        Column(_("Sessions suivies"), lambda one: one.row.attended or 0, "number"),  # type: ignore[attr-defined]
        Column(_("Frais à rembourser"), lambda one: one.row.claimed or 0, "number"),  # type: ignore[attr-defined]
        Column(_("Depuis le"), lambda one: one.row.joined_on, "day"),
        Column(_("Jusqu’au"), lambda one: one.row.left_on, "day"),
    )
    return sent_out(request, rows, columns, name="vivier", kind=kind, filters=FILTERS)


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Somebody is brought into the pool of a certification; whoever is not known here is made known, and told."""
    standing = standing_of(request)
    stand_under(request, "jury:home")
    certifications = certifications_of(standing)
    asked = request.GET.get("scheme", "")
    if asked and asked not in certifications:
        raise Http404
    chosen = asked or next(iter(certifications), "") if asked or len(certifications) == 1 else ""
    form, status = None, 200
    if chosen:
        own = organisations_visible_to(standing, Action.CONVENE_JURY).filter(parent__isnull=True)
        form = WhoForm(request.POST or None, standing=standing, scheme=chosen, own=own, **asked_of(scheme_for(chosen)))
        status = 422 if form.is_bound else 200
        if form.is_valid():
            try:
                made = _added(request, chosen, form)
            except JuryError as error:
                form.add_error("email", sentence(error))
            else:
                messages.success(request, _("%(name)s est dans le vivier.") % {"name": made.person.name})
                return redirect("jury:pool_member", made.pk)
    context = {
        "form": form,
        "certifications": certifications,
        "chosen": certifications.get(chosen, ""),
        "crumbs": _crumbs(_("Ajouter une personne")),
    }
    return render(request, "jury/pool_add.html", context, status=status)


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, id: UUID) -> HttpResponse:
    """Somebody of the pool: what is known of them is changed; their absences, their sessions."""
    row = _found(request, id)
    asked = asked_of(scheme_for(row.scheme))
    form = ProfileForm(request.POST or None, initial=profile_initial(row), **asked)
    if form.is_valid():
        pooling.change_pool_member(member=row, **form.told, at=now(), by=person_of(request))
        messages.success(request, _("C’est enregistré ; les sessions où elle est déjà nommée restent telles."))
        return redirect("jury:pool_member", id)
    return _page(request, row, form=form, status=422 if form.is_bound else 200)


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest, id: UUID) -> HttpResponse:
    """They cannot sit from a day to a day."""
    row = _found(request, id)
    form = AbsenceForm(request.POST or None)
    if form.is_valid():
        try:
            pooling.tell_absence(member=row, **form.cleaned_data, at=now(), by=person_of(request))
        except JuryError as error:
            form.add_error("until_on", sentence(error))
        else:
            messages.success(request, _("L’indisponibilité est notée."))
            return redirect(reverse("jury:pool_member", args=[id]) + "#absences")
    return _act(request, row, form, _("Noter une indisponibilité"), _("Noter"))


@needs(Action.CONVENE_JURY)
@require_POST
def forget(request: HttpRequest, id: UUID, absence: int) -> HttpResponse:
    """They are free on those days after all."""
    row = _found(request, id)
    told = row.absences.select_related("member").filter(pk=absence).first()
    if told is None:
        raise Http404
    pooling.forget_absence(absence=told, at=now(), by=person_of(request))
    messages.success(request, _("L’indisponibilité est retirée."))
    return redirect(reverse("jury:pool_member", args=[id]) + "#absences")


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, id: UUID) -> HttpResponse:
    """They are called no more after a day; the sessions where they are named stand."""
    row = _found(request, id)
    form = LeaveForm(request.POST or None, initial={"left_on": row.left_on or today()})
    if form.is_valid():
        try:
            pooling.leave_pool(member=row, on=form.cleaned_data["left_on"], at=now(), by=person_of(request))
        except JuryError as error:
            form.add_error("left_on", sentence(error))
        else:
            messages.success(request, _("%(name)s sort du vivier.") % {"name": row.person.name})
            return redirect("jury:pool_member", id)
    return _act(request, row, form, _("Sortir du vivier"), _("Sortir du vivier"))


def _page(request: HttpRequest, row: PoolMember, *, form: ProfileForm, status: int) -> HttpResponse:
    certifications = certifications_of(standing_of(request))
    sat = Member.objects.filter(
        person=row.person_id,
        session__organisation=row.organisation_id,
        session__certification__scheme=row.scheme,
    ).select_related("session")
    context = {
        "one": rows_of([row], certifications)[0],
        "form": form,
        "sat": [(one, presence_of(one), expenses_of(one)) for one in sat.order_by("-session__starts_at")[:SAT]],
        "crumbs": _crumbs(row.person.name),
    }
    return render(request, "jury/pool_member.html", context, status=status)


def _act(request: HttpRequest, row: PoolMember, form: Any, title: str, button: str) -> HttpResponse:
    back = reverse("jury:pool_member", args=[row.pk])
    context = {"form": form, "row": row, "title": title, "button": button, "back": back}
    context["crumbs"] = [*_crumbs(), (row.person.name, back), (title, None)]
    context["crumbs"][1] = (_("Vivier"), reverse("jury:pool"))
    return render(request, "jury/pool_act.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _added(request: HttpRequest, scheme: str, form: WhoForm) -> PoolMember:
    told, by, at = form.cleaned_data, request.user, now()
    person = Person.objects.filter(email__iexact=told["email"]).first()
    person = person or Person.objects.create_user(
        told["email"], None, given_name=told["given_name"], family_name=told["family_name"]
    )
    made = pooling.add_to_pool(
        organisation=told["organisation"],
        scheme=scheme,
        person=person,
        on=today(),
        at=at,
        by=by,  # type: ignore[arg-type]
        **form.told,
    )
    tell_of_jury(person, {"about": POOLED, "pool": made.pk.hex}, at)
    return made


def _found(request: HttpRequest, id: UUID) -> PoolMember:
    row = pool_of(standing_of(request)).filter(pk=id).first()
    if row is None:
        raise Http404
    stand_under(request, "jury:home")
    return row


def _filtered(standing: Standing, query: Mapping[str, str]) -> QuerySet[PoolMember]:
    on, state = today(), query.get("state", "")
    rows, has_left = pool_of(standing), Q(left_on__lt=on)
    rows = rows.filter(has_left) if state == "left" else rows.exclude(has_left)
    if state == "away":
        rows = rows.filter(Exists(Absence.objects.filter(member=OuterRef("pk"), from_on__lte=on, until_on__gte=on)))
    elif state == "unbriefed":
        rows = rows.filter(briefed_on__isnull=True)
    elif state == "claimed":
        rows = rows.filter(claimed__gt=0)  # type: ignore[misc]  # counted by pool_of
    if query.get("scheme"):
        rows = rows.filter(scheme=query["scheme"][:80])
    rows = rows.filter(named(query.get("text", "").replace("\x00", "")[:100], who="person__"))
    return in_order(rows, query, SORTS, "name")


def _crumbs(title: str = "") -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = [(_("Jurys"), reverse("jury:home"))]
    here = reverse("jury:pool") if title else None
    return [*found, (_("Vivier"), here), *([(title, None)] if title else [])]
