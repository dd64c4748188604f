"""What waits for the secretariat and since when, and the list of files: filtered, sorted, saved, exported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parchemin.core.terms import title_of
from parchemin.records.candidacies.actions import drafts
from parchemin.records.candidacies.models import Accommodation, Appeal, Candidacy, Message, SavedView, Status
from parchemin.records.candidacies.queries import lists
from parchemin.records.candidacies.queries.appeals import UNSETTLED
from parchemin.records.candidacies.queries.visible import was_sent
from parchemin.records.certifications.queries import schemes_of
from parchemin.records.juries.queries.notifying import sessions_to_tell
from parchemin.records.people.permissions import Action
from parchemin.records.people.queries.accreditations import accreditations_ending, authorisations_ending
from parchemin.web.access.decorators import needs
from parchemin.web.secretariat.columns import columns
from parchemin.web.secretariat.filters import FiltersForm
from parchemin.web.secretariat.listed import NAMES, address, filters_of, query_of
from parchemin.web.shared.asked import person_of, standing_of, viewer_of
from parchemin.web.shared.clock import today
from parchemin.web.shared.lists import listing, some
from parchemin.web.shared.outgoing import sent_out
from parchemin.web.shared.returning import shows_no_page
from parchemin.web.shared.states import state

LIST = "files"
FEW = 8
MOST_VIEWS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A file as a row of the list; of one in preparation, no more than that its candidate waits for an answer."""

    file: Candidacy
    url: str
    is_sent: bool
    route: str
    state: dict[str, str]
    signs: tuple[str, ...]


@needs(Action.SEE_FILE)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """One queue: what waits by certification and step, who waits for an answer, what ends; then the oldest files."""
    standing, on = standing_of(request), today()
    heaps = sorted(lists.heaps(standing), key=lambda heap: (heap.title, lists.WAITING.index(Status(heap.status))))
    waiting = "status=waiting"
    oldest = some(signed(lists.files(standing, filters_of(QueryDict(waiting)), on)), 0, FEW)
    context = {
        "heaps": [
            {"heap": heap, "state": state(heap.status), "url": _list_url(status=heap.status, scheme=heap.scheme)}
            for heap in heaps
        ],
        "waiting": sum(heap.count for heap in heaps),
        "figures": _figures(lists.attention(standing)),
        "appeals": list(lists.appeals_waiting(standing)[:FEW]),
        "to_tell": sessions_to_tell(standing)[:FEW],
        "ending": list(accreditations_ending(standing, on)[:FEW]),
        "partners_ending": list(authorisations_ending(standing, on)[:FEW]),
        "can_authorise": standing.has(Action.MANAGE_AUTHORISATIONS),
        "rows": rows_of(oldest, waiting, 0, on),
        "all_url": _list_url(status="waiting"),
        "views": _views(request),
        "crumbs": [(_("Secrétariat"), None)],
    }
    return render(request, "secretariat/queue.html", context)


@needs(Action.SEE_FILE)
@require_GET
def files(request: HttpRequest) -> HttpResponse:
    """The files, filtered and in order; ticked, several are acted on at once."""
    standing, on = standing_of(request), today()
    filters = filters_of(request.GET)
    found = listing(signed(lists.files(standing, filters, on)), request.GET.get("page"))
    query = query_of(request.GET)
    context = {
        "listing": found,
        "rows": rows_of(found.rows, query, (found.number - 1) * 50, on),
        "form": FiltersForm(request.GET, standing=standing, on=on),
        "has_filters": bool(set(query_of(request.GET).split("&")) - {""}),
        "query": query,
        "views": _views(request),
        "crumbs": [(_("Secrétariat"), reverse("secretariat:queue")), (_("Dossiers"), None)],
    }
    return render(request, "secretariat/files.html", context)


@needs(Action.EXPORT_LIST)
@require_GET
def export(request: HttpRequest, kind: str) -> Any:
    """The filtered list as a spreadsheet; the journal keeps that it went out."""
    standing, on = standing_of(request), today()
    found = lists.files_to_export(standing, filters_of(request.GET), on)
    return sent_out(request, found, columns(found, on), name="dossiers", kind=kind, filters=NAMES)


@shows_no_page
@needs(Action.SEE_FILE)
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """The filters of the list under a name of one's own."""
    name, query = request.POST.get("name", "").strip()[:60], query_of(QueryDict(request.POST.get("query", "")))
    own = SavedView.objects.filter(person=person_of(request), list=LIST)
    if not name:
        messages.error(request, _("La vue n’a pas été gardée : donnez-lui un nom."))
    elif own.exclude(name=name).count() >= MOST_VIEWS:
        messages.error(request, _("Vous avez déjà vingt vues : retirez-en une d’abord."))
    else:
        drafts.save_view(person=person_of(request), list_name=LIST, name=name, query=query)
        messages.success(request, _("La vue « %(name)s » est gardée.") % {"name": name})
    return redirect(reverse("secretariat:files") + (f"?{query}" if query else ""))


@needs(Action.SEE_FILE)
@require_POST
def remove_view(request: HttpRequest, id: int) -> HttpResponse:
    """The saved view is gone; nothing happens to somebody else's."""
    drafts.remove_view(person=person_of(request), view=id)
    messages.success(request, _("La vue est retirée."))
    return redirect("secretariat:files")


def signed(found: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    """The same files, each with whether a message, an appeal or an accommodation request waits on it."""
    own = OuterRef("pk")
    return found.annotate(
        has_message=Exists(Message.objects.filter(candidacy=own, is_from_candidate=True, read_at__isnull=True)),
        has_appeal=Exists(Appeal.objects.filter(UNSETTLED, decision__candidacy=own)),
        has_accommodation=Exists(Accommodation.objects.filter(candidacy=own, state=Accommodation.State.ASKED)),
    )


def rows_of(found: Sequence[Candidacy], list_query: str, start: int, on: date) -> list[Row]:
    """The files as rows, each with its place in the list; one query for the titles of their routes."""
    schemes = schemes_of({(one.certification.scheme, one.version) for one in found}, on=on) if found else {}
    rows = []
    for rank, one in enumerate(found, start):
        is_sent = was_sent(one)
        title = title_of(schemes[(one.certification.scheme, one.version)].routes, one.route) if is_sent else ""
        rows.append(Row(one, address(one.pk, list_query, rank), is_sent, title, state(one.status), _signs(one)))
    return rows


def _signs(one: Candidacy) -> tuple[str, ...]:
    told = {
        "has_message": _("message à lire"),
        "has_appeal": _("recours"),
        "has_accommodation": _("aménagement"),
    }
    return tuple(said for name, said in told.items() if getattr(one, name, False))


def _figures(waits: lists.Attention) -> list[dict[str, Any]]:
    told = (
        (_("Messages à lire"), waits.messages, {"message": "1"}),
        (_("Recours à traiter"), waits.appeals, {"appeal": "1"}),
        (_("Aménagements à décider"), waits.accommodations, {"accommodation": "1"}),
    )
    return [{"title": title, "value": count, "url": _list_url(**query)} for title, count, query in told]


def _views(request: HttpRequest) -> list[SavedView]:
    return list(SavedView.objects.filter(person=viewer_of(request), list=LIST))


def _list_url(**query: str) -> str:
    made = QueryDict(mutable=True)
    made.update(query)
    return f"{reverse('secretariat:files')}?{made.urlencode()}"
