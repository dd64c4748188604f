"""A candidate's own files."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.records.awards.queries.progress import progress_of, with_progress
from parchemin.records.candidacies.models import ACTIVE, Candidacy, Status
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.candidate.progress import asked_once_admissible, is_with_candidate
from parchemin.web.shared.asked import viewer_of
from parchemin.web.shared.lists import listing
from parchemin.web.shared.states import state


@dataclass(frozen=True)
class Card:
    """A file in the list: where it stands, who has it, what is asked."""

    row: Candidacy
    status: dict[str, str]
    asked: str
    holder: str
    is_with_me: bool
    unread: int


@needs(Action.APPLY)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Each file, what is asked of the candidate now, who has it, and the days left."""
    unread = Count("messages", filter=Q(messages__is_from_candidate=False, messages__read_at__isnull=True))
    rows = with_progress(Candidacy.objects.filter(candidate=viewer_of(request))).annotate(unread=unread)
    found = listing(
        rows.select_related("certification", "organisation").order_by("-created_at"), request.GET.get("page")
    )
    cards = [_card(row) for row in found.rows]
    context = {
        "listing": found,
        "active": [card for card in cards if card.row.status in ACTIVE],
        "closed": [card for card in cards if card.row.status not in ACTIVE],
    }
    return render(request, "candidate/home.html", context)


def _card(row: Candidacy) -> Card:
    unread: int = row.unread  # type: ignore[attr-defined]
    return Card(row, state(row.status), _asked(row), row.organisation.name, is_with_candidate(row), unread)


def _asked(row: Candidacy) -> str:
    asked = {
        Status.DRAFT: _("Complétez votre demande, puis déposez-la."),
        Status.RETURNED: _("Des éléments manquent : complétez-les, puis déposez de nouveau."),
        Status.RECEIVED: _("Rien pour l’instant : on vérifie que rien ne manque."),
        Status.COMPLETE: _("Rien pour l’instant : la décision est en cours."),
        Status.AWARDED: _("Votre certificat vous attend dans « Mes certificats »."),
        Status.REFUSED: _("Lisez les motifs de la décision."),
        Status.LAPSED: _("Lisez pourquoi la recevabilité est tombée."),
        Status.WITHDRAWN: _("Rien : vous avez retiré cette candidature."),
    }
    progress = progress_of(row)
    return asked_once_admissible(progress) if progress else asked[Status(row.status)]
