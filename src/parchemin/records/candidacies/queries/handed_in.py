"""What a candidate handed in, as distinct from what they are still preparing."""

from uuid import UUID

from parchemin.records.candidacies.models import Candidacy, DocumentVersion, Experience
from parchemin.records.journal.queries import entries_of

SAVED = "candidacy.experience_saved"
DEPOSITS = ("candidacy.application_deposited", "candidacy.file_deposited")


def versions_handed_in(row: Candidacy) -> dict[UUID, DocumentVersion]:
    """The last version of each document that was in a deposit, by document; one replaced since stays until then."""
    held = DocumentVersion.objects.filter(document__candidacy=row, removed_at__isnull=True, deposits__isnull=False)
    found = held.order_by("number").distinct().prefetch_related("signatures")
    return {version.document_id: version for version in found}


def activities_handed_in(row: Candidacy) -> list[Experience]:
    """The activities as they were at the last deposit: none before the first, nor one that was saved since."""
    changed: set[int] | None = None
    for entry in entries_of(row.pk).filter(kind__in=(SAVED, *DEPOSITS)):
        if entry.kind in DEPOSITS:
            changed = set()
        elif changed is not None:
            changed.add(entry.details["experience"])
    return [] if changed is None else [one for one in row.experiences.all() if one.pk not in changed]
