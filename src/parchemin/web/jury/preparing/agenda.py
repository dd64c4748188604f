"""The agenda: several files added at once, each answered for itself; taken off, ordered, sent out as a list."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.core.decision import Decision
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.facts import with_facts
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.wordings import sentence as sentence_of_file
from parchemin.records.juries.actions import listing as listing_of
from parchemin.records.juries.errors import JuryError
from parchemin.records.juries.models import Hearing
from parchemin.records.juries.queries.preparing import Expected, waiting_for
from parchemin.records.juries.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.preparing.forms import OrderForm, ReasonForm
from parchemin.web.jury.preparing.planning import acted, overtaken, too_late
from parchemin.web.jury.preparing.session import agenda as agenda_of
from parchemin.web.jury.preparing.session import named as named_in
from parchemin.web.jury.preparing.showing import college_title
from parchemin.web.jury.reaching import REFUSED, Convened, attempted, convened
from parchemin.web.shared.lists import Column, listing
from parchemin.web.shared.outgoing import sent_out

AGENDA = "#ordre-du-jour"
MOST = 50
"""Files put on an agenda at once."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not put on the agenda, and why: the rules, or a sentence."""

    file: Candidacy
    decision: Decision | None = None
    why: str = ""


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, id: UUID) -> HttpResponse:
    """The files that wait for this jury; those ticked are put on the agenda, each refusal with what is missing."""
    found = convened(request, id, is_office=True)
    row = found.session
    if row.opened_at or row.cancelled_at:
        return too_late(found)
    refused: list[Refused] = []
    problem = ""
    if request.method == "POST":
        ids = _ticked(request.POST.getlist("file"))
        if not ids or len(ids) > MOST:
            problem = _("Cochez de un à %(most)s dossiers.") % {"most": MOST}
        else:
            done, refused = _added(found, ids)
            if done:
                told = ngettext(
                    "%(n)s dossier inscrit à l’ordre du jour.", "%(n)s dossiers inscrits à l’ordre du jour.", done
                )
                messages.success(request, told % {"n": done})
            if not refused:
                return redirect(reverse("jury:session", args=[id]) + AGENDA)
    page = listing(_waiting(found), request.GET.get("page"))
    context = {
        "found": found,
        "session": row,
        "listing": page,
        "rows": [(one, _route(found, one)) for one in page.rows],
        "refused": refused,
        "problem": problem,
        "left": None if row.capacity is None else row.capacity - _present(found).count(),
        "title": _("Ajouter des dossiers"),
        "crumbs": found.crumbs(_("Ajouter des dossiers")),
    }
    return render(request, "jury/agenda.html", context, status=REFUSED if refused or problem else 200)


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def take_off(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """The file is not presented to that session, for a reason; it may be to another."""
    found = convened(request, id, is_office=True)
    row = _present(found).select_related("candidacy__candidate").filter(pk=hearing).first()
    if row is None:
        raise Http404
    form = ReasonForm(request.POST or None, initial={"revision": row.revision})
    title = _("Retirer de l’ordre du jour")
    lede = f"{row.candidacy.candidate.name} — {row.candidacy.number}"
    context = {"title": title, "button": title, "lede": lede, "is_danger": True}

    def do() -> None:
        listing_of.take_off_agenda(hearing=row, **form.cleaned_data, **found.signed)

    return acted(found, form, do, context, _("Le dossier est retiré ; il attend une autre session."), AGENDA)


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, id: UUID) -> HttpResponse:
    """The rank and the hour of each, typed; or the hours spread out from the first."""
    found = convened(request, id, is_office=True)
    session = found.session
    if session.drawn_at or session.cancelled_at:
        return too_late(found)
    hearings = list(_present(found).select_related("candidacy__candidate").order_by("position"))
    form = OrderForm(request.POST or None, initial={"revision": session.revision}, hearings=hearings)
    status, context = (422 if form.is_bound else 200), {}
    if form.is_valid():
        attempt = attempted(form, lambda: _ordered(found, form))
        if attempt.is_done:
            messages.success(request, _("L’ordre du jour est enregistré."))
            return redirect(reverse("jury:session", args=[id]) + AGENDA)
        status, context = attempt.status, overtaken(attempt, form, session)
    context |= {"found": found, "session": session, "form": form, "title": _("Ordre et heures de passage")}
    context |= {"crumbs": found.crumbs(context["title"])}
    return render(request, "jury/order.html", context, status=status)


@needs(Action.CONVENE_JURY)
@require_GET
def export(request: HttpRequest, id: UUID, kind: str) -> Any:
    """The agenda as a spreadsheet; the journal keeps that it went out."""
    found = convened(request, id, is_office=True)
    lines = agenda_of(found, Expected(found.session, found.on))
    columns: tuple[Column[Any], ...] = (
        Column(_("Rang"), lambda one: one[0], "number"),
        Column(_("Heure de passage"), lambda one: one[1].row.starts_at, "instant"),
        Column(_("Nom"), lambda one: one[1].row.candidacy.candidate.family_name),
        Column(_("Prénom"), lambda one: one[1].row.candidacy.candidate.given_name),
        Column(_("Numéro"), lambda one: one[1].row.candidacy.number),
        Column(_("Voie d’accès"), lambda one: _route(found, one[1].row.candidacy)),
        Column(_("Blocs"), lambda one: ", ".join(one[1].row.blocks)),
        Column(_("Liens"), lambda one: " ; ".join(_told(tie) for tie in one[1].ties)),
        Column(_("Convoqué le"), lambda one: one[1].letter.asked_at if one[1].letter else None, "instant"),
        Column(_("Décision"), lambda one: one[1].row.get_verdict_display() if one[1].row.verdict else ""),
    )
    name = f"ordre-du-jour-{found.session.number}"
    return sent_out(request, list(enumerate(lines, 1)), columns, name=name, kind=kind)


@needs(Action.CONVENE_JURY)
@require_GET
def export_members(request: HttpRequest, id: UUID, kind: str) -> Any:
    """The composition as a spreadsheet; the journal keeps that it went out."""
    found = convened(request, id, is_office=True)
    composed = Expected(found.session, found.on)
    columns: tuple[Column[Any], ...] = (
        Column(_("Nom"), lambda one: one.row.person.family_name),
        Column(_("Prénom"), lambda one: one.row.person.given_name),
        Column(_("Adresse e-mail"), lambda one: one.row.person.email),
        Column(_("Collège"), lambda one: college_title(composed, one.row.college)),
        Column(_("Siège"), lambda one: one.seat),
        Column(_("Organisme ou employeur"), lambda one: one.row.employer),
        Column(_("Préside"), lambda one: one.row.is_chair),
        Column(_("Supplée"), lambda one: one.stands_in),
        Column(_("Convoqué le"), lambda one: one.called.due_at if one.called else None, "instant"),
        Column(_("Présence"), lambda one: one.row.get_presence_display() if one.row.presence else ""),
        Column(_("Frais"), lambda one: one.row.get_expenses_display()),
    )
    name = f"composition-{found.session.number}"
    return sent_out(request, named_in(found, composed), columns, name=name, kind=kind)


def _added(found: Convened, ids: list[UUID]) -> tuple[int, list[Refused]]:
    """How many were put on the agenda, in the order they wait, and those that were not; each in its own transaction."""
    done, refused = 0, list[Refused]()
    for row in with_facts(_waiting(found).filter(pk__in=ids)):
        try:
            told = listing_of.put_on_agenda(session=found.session, candidacy=row, on=found.on, **found.signed)
        except JuryError as error:
            refused.append(Refused(row, why=sentence(error)))
        except UnfitError as error:
            refused.append(Refused(row, why=sentence_of_file(error)))
        else:
            if isinstance(told, Decision):
                refused.append(Refused(row, decision=told))
            else:
                done += 1
    if len(ids) > done + len(refused):
        messages.warning(found.request, _("Certains dossiers cochés n’attendaient plus ce jury : ils sont restés."))
    return done, refused


@transaction.atomic
def _ordered(found: Convened, form: OrderForm) -> None:
    """The order, at the revision that was shown, then the hours that changed."""
    session, order = found.session, form.order
    listing_of.order_agenda(session=session, order=order, revision=form.cleaned_data["revision"], **found.signed)
    for hearing, starts_at in form.hours(session).items():
        if hearing.starts_at != starts_at:
            listing_of.set_time(hearing=hearing, starts_at=starts_at, **found.signed)


def _waiting(found: Convened) -> Any:
    return waiting_for(found.session, found.composed.routes, found.standing)


def _present(found: Convened) -> Any:
    """The files of the agenda, but the reader's own."""
    rows = Hearing.objects.filter(session=found.session, removed_at__isnull=True)
    return rows.exclude(candidacy__candidate=found.standing.person_id)


def _route(found: Convened, row: Candidacy) -> str:
    known = found.composed.scheme.paths.get(row.route)
    return known.title if known else row.route


def _told(tie: Any) -> str:
    words = [str(one) for one in (*tie.declared, *tie.known)]
    return f"{tie.name} : {', '.join(words)}"


def _ticked(told: list[str]) -> list[UUID]:
    found: dict[UUID, None] = {}
    for one in told:
        try:
            found[UUID(one)] = None
        except ValueError:
            continue
    return list(found)
