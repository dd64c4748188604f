"""The certificates of whoever asks, and of nobody else."""

from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest

from parchemin.records.awards.models import Certificate, Change
from parchemin.records.awards.queries.standing import is_renewed
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.clock import today


def own(request: HttpRequest) -> list[Certificate]:
    """All that they hold, the last issued first, with what became of each; ``is_renewed`` where another follows."""
    rows = Certificate.objects.filter(candidacy__candidate=person_of(request)).annotate(is_renewed=is_renewed())
    related = rows.select_related(
        "candidacy__certification", "candidacy__organisation", "issuer", "credential", "corrected_by", "renews"
    )
    return list(related.prefetch_related(Prefetch("changes", Change.objects.order_by("pk"))).order_by("-issued_at"))


def found(request: HttpRequest, id: UUID) -> Certificate:
    """That one of theirs; Http404."""
    row = next((one for one in own(request) if one.pk == id), None)
    if row is None:
        raise Http404
    return row


def still_open(request: HttpRequest, id: UUID) -> Certificate:
    """That one of theirs, unless it was revoked or replaced; Http404."""
    row = found(request, id)
    if row.standing(today()).is_over:
        raise Http404
    return row


def signed(request: HttpRequest, id: UUID) -> Certificate:
    """The same once its credential is signed; Http404."""
    row = still_open(request, id)
    if getattr(row, "credential", None) is None:
        raise Http404
    return row
