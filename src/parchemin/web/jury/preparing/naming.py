"""Who sits: named from the pool, removed, in the chair; the act that names them; their expenses."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parchemin.records.juries.actions import calling, composing, indemnifying, listing
from parchemin.records.juries.errors import JuryError, StaleSessionError
from parchemin.records.juries.models import Expenses, JurySession, Member
from parchemin.records.juries.queries.preparing import pool_for
from parchemin.records.juries.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.preparing.forms import NominateForm, SeatForm
from parchemin.web.jury.preparing.planning import acted, overtaken, too_late
from parchemin.web.jury.preparing.showing import colleges_of, seats_of
from parchemin.web.jury.reaching import Convened, attempted, convened
from parchemin.web.shared.downloads import respond_with_nomination
from parchemin.web.shared.uploads import ACCEPT

MEMBERS = "#membres"


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, id: UUID) -> HttpResponse:
    """Somebody of the pool is named; who cannot come that day is said before, not refused."""
    found = convened(request, id, is_office=True)
    row, composed = found.session, found.composed
    if row.opened_at or row.cancelled_at:
        return too_late(found)
    named = composed.members
    pool = pool_for(row).order_by("person__family_key", "person__given_key")
    form = SeatForm(
        request.POST or None,
        initial={"revision": row.revision},
        pool=pool,
        seats={one.id: one.title for one in composed.seats},
        colleges={one: college.title for one, college in composed.colleges.items()},
        members=row.members.select_related("person").filter(substitutes__isnull=True),
        has_chair=any(one.is_chair for one in named),
    )
    status = 422 if form.is_bound else 200
    context: dict[str, Any] = {}
    if form.is_valid():
        attempt = attempted(form, lambda: _seated(found, form))
        if attempt.is_done:
            messages.success(request, _("%(name)s est nommé à cette session.") % {"name": attempt.result.person.name})
            return redirect("jury:seat", id) if "again" in request.POST else _back(row)
        status, context = attempt.status, overtaken(attempt, form, row)
    context |= {
        "found": found,
        "session": row,
        "form": form,
        "places": [*seats_of(composed, named), *colleges_of(composed, named)],
        "is_empty": not pool.exists(),
        "pool_url": f"{reverse('jury:pool')}?scheme={row.certification.scheme}",
        "title": _("Nommer un membre"),
        "crumbs": found.crumbs(_("Nommer un membre")),
    }
    return render(request, "jury/seat.html", context, status=status)


@needs(Action.CONVENE_JURY)
@require_POST
def unseat(request: HttpRequest, id: UUID, member: UUID) -> HttpResponse:
    """They are named no more, and told so if they were summoned."""
    found, row = _member(request, id, member)

    def do(revision: int | None) -> str:
        calling.send_home(session=found.session, member=row, revision=revision, **found.signed)
        return _("%(name)s ne siège plus à cette session.") % {"name": row.person.name}

    return _done(found, do)


@needs(Action.CONVENE_JURY)
@require_POST
def chair(request: HttpRequest, id: UUID, member: UUID) -> HttpResponse:
    """They chair, in place of whoever did."""
    found, row = _member(request, id, member)

    def do(revision: int | None) -> str:
        composing.name_chair(session=found.session, member=row, revision=revision, **found.signed)
        return _("%(name)s préside la session.") % {"name": row.person.name}

    return _done(found, do)


@needs(Action.CONVENE_JURY)
@require_POST
def expenses(request: HttpRequest, id: UUID, member: UUID) -> HttpResponse:
    """Where the expenses of that member stand."""
    found, row = _member(request, id, member)
    told = request.POST.get("expenses", "")

    def do(_revision: int | None) -> str:
        if told not in Expenses.values:
            return ""
        indemnifying.tell_expenses(session=found.session, member=row, expenses=Expenses(told), **found.signed)
        return _("Les frais de %(name)s sont notés.") % {"name": row.person.name}

    return _done(found, do)


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def nominate(request: HttpRequest, id: UUID) -> HttpResponse:
    """The act that names the members is kept with the session; another one takes its place."""
    found = convened(request, id, is_office=True)
    row = found.session
    if row.opened_at or row.cancelled_at:
        return too_late(found)
    initial = {"revision": row.revision, "nominated_on": row.nominated_on, "nominated_by": row.nominated_by}
    form = NominateForm(request.POST or None, request.FILES or None, initial=initial)
    form.fields["act"].widget.attrs["accept"] = ACCEPT

    def do() -> None:
        told = form.cleaned_data
        told["act"].content.seek(0)
        composing.nominate(
            session=row,
            nominated_on=told["nominated_on"],
            nominated_by=told["nominated_by"],
            act=told["act"].content.read(),
            filename=told["act"].measured.name,
            revision=told["revision"],
            **found.signed,
        )

    context = {"title": _("Joindre l’acte de nomination"), "button": _("Joindre l’acte"), "has_file": True}
    context["lede"] = _("Il nomme tous les membres et précède la session : sans lui, une délibération se conteste.")
    return acted(found, form, do, context, _("L’acte est joint à la session."), MEMBERS)


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_GET
def nomination(request: HttpRequest, id: UUID) -> Any:
    """The act that names the members, as it was sent; for the office and for those it names."""
    return respond_with_nomination(convened(request, id).session)


def _seated(found: Convened, form: SeatForm) -> Member:
    """Named, and what the platform knows of them and the candidates looked at."""
    told = form.cleaned_data
    with transaction.atomic():
        member = composing.seat_member(
            session=found.session,
            pool_member=told["person"],
            seat=told.get("seat", ""),
            is_chair=told.get("is_chair", False),
            substitutes=told["substitutes"],
            revision=told["revision"],
            **found.signed,
        )
        listing.look_again(session=found.session, at=found.signed["at"])
    return member


def _member(request: HttpRequest, id: UUID, member: UUID) -> tuple[Convened, Member]:
    found = convened(request, id, is_office=True)
    row = found.session.members.select_related("person", "session").filter(pk=member).first()
    if row is None:
        raise Http404
    return found, row


def _done(found: Convened, do: Any) -> HttpResponse:
    """Done at the revision that was shown, if the page told it; back to the members either way."""
    told = found.request.POST.get("revision", "")
    revision = int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None
    try:
        said = do(revision)
    except JuryError as error:
        messages.error(found.request, sentence(error))
    except StaleSessionError:
        messages.warning(found.request, _("Quelqu’un vient de changer cette session : relisez, puis recommencez."))
    else:
        if said:
            messages.success(found.request, said)
    return _back(found.session)


def _back(session: JurySession) -> HttpResponse:
    return redirect(reverse("jury:session", args=[session.pk]) + MEMBERS)
