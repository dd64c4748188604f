"""How much the stored files of one candidacy may weigh together, whichever app keeps them."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import Sum

from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Candidacy, DocumentVersion, Exhibit

MEGABYTE = 1024 * 1024
Weigher = Callable[[Candidacy], int]


def weight_of_documents(row: Candidacy) -> int:
    """The bytes of every version that is stored, those that no longer stand and exhibits of appeals included."""
    versions = DocumentVersion.objects.filter(document__candidacy=row).exclude(content="")
    exhibits = Exhibit.objects.filter(appeal__decision__candidacy=row).exclude(content="")
    return sum(stored.aggregate(total=Sum("size"))["total"] or 0 for stored in (versions, exhibits))


WEIGHERS: list[Weigher] = [weight_of_documents]


def weigh(weigher: Weigher) -> None:
    """From now on what that function finds counts too; called once, when the app that stores it is ready."""
    if weigher not in WEIGHERS:
        WEIGHERS.append(weigher)


def check_room(row: Candidacy, size: int) -> None:
    """UnfitError ``no_room`` when that many bytes more would be too many; called with the candidacy locked."""
    held = sum(weigher(row) for weigher in WEIGHERS)
    if held + size > settings.ROOM_LIMIT:
        most = settings.ROOM_LIMIT // MEGABYTE
        raise UnfitError("no_room", held=held // MEGABYTE, most=most)
