"""The page of an alternance: its contract, the liaison book, the visits, and what the entries cover."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.records.pathways.models import Liaison
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.alternance.book import Book, Seen, book_of, coverage, draw, lived, visits_of
from parchemin.web.pathway.alternance.showing import entry_of
from parchemin.web.shared.liaison import Covered
from parchemin.web.shared.lists import listing


@needs(Action.SEE_PATHWAY)
@require_GET
def alternance(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything, what is asked of whoever looks first."""
    book = book_of(request, id)
    page = listing(entries(book), request.GET.get("page"))
    visits, covered = visits_of(book), coverage(book)
    context: dict[str, Any] = {
        "listing": page,
        "entries": [entry_of(book, one) for one in page.rows],
        "contracts": [lived(book, one) for one in book.contracts],
        "visits": visits,
        "covered": covered,
        "figures": figures(page.count, visits, covered),
    }
    return draw(book, "alternance", context)


def entries(book: Book) -> Any:
    """The entries of the book with their answers, the last first."""
    answers = Liaison.objects.select_related("author").order_by("written_at", "pk")
    found = book.row.liaisons.filter(answered__isnull=True).select_related("author")
    return found.prefetch_related(Prefetch("answers", answers)).order_by("-on", "-written_at", "pk")


def figures(count: int, visits: list[Seen], covered: list[Covered]) -> list[dict[str, Any]]:
    """The totals: entries, visits done against planned, what is covered."""
    planned = [one for one in visits if not one.row.cancelled_at]
    held = sum(1 for one in planned if one.row.held_on)
    late = sum(1 for one in planned if one.status["tone"] == "unknown")
    told = [one for part in covered for one in (part.parts or [part])]
    reached = sum(1 for one in told if one.entries)
    found: list[dict[str, Any]] = [
        {"title": _("Entrées du carnet"), "value": count, "url": "#carnet"},
        {"title": _("Visites faites"), "value": f"{held}/{len(planned)}" if planned else 0, "url": "#visites"},
    ]
    if late:
        found[-1] |= {"note": _("compte rendu attendu"), "tone": "soon"}
    if told:
        title = _("Blocs abordés") if all(one.is_block for one in told) else _("Compétences abordées")
        found.append({"title": title, "value": f"{reached}/{len(told)}", "url": "#couverture"})
    return found
