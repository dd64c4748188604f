"""The pieces of evidence of a file that those who judge may name: submitted ones, and no other."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import Evidence, EvidenceCode


def submitted(candidacy: Candidacy) -> QuerySet[Evidence]:
    """Those that were submitted, the last made first: they are never changed nor taken back."""
    return Evidence.objects.filter(candidacy=candidacy, zone=Evidence.Zone.SUBMITTED)


def submitted_ids(candidacy: Candidacy) -> frozenset[str]:
    """The ids of these, as they are kept with what rests on them; one query."""
    return frozenset(id.hex for id in submitted(candidacy).order_by().values_list("pk", flat=True))


def beyond(named: Mapping[str, set[str]]) -> Mapping[str, int]:
    """How many of the pieces named for each code are not said to bear on it by whoever submitted them; one query."""
    ids = {UUID(id) for each in named.values() for id in each}
    if not ids:
        return {}
    rows = EvidenceCode.objects.filter(evidence__in=ids).values_list("code", "evidence")
    bearing = {(code, id.hex) for code, id in rows}
    return {code: sum((code, id) not in bearing for id in each) for code, each in named.items()}
