"""Which evidence of a file somebody may read: the one place where that is said."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import Evidence, EvidenceCode
from parchemin.records.people.models import Role
from parchemin.records.people.permissions import PERMISSIONS, Action

ZONE = Evidence.Zone
STANDING = Q(removed_at__isnull=True)


def zones_read_by(roles: Iterable[Role]) -> frozenset[Evidence.Zone]:
    """The zones that these roles on a file open: the candidate's own are all, a judge's is what was submitted."""
    held = frozenset(roles)
    if PERMISSIONS[Action.SHARE_EVIDENCE] & held:
        return frozenset(ZONE)
    if PERMISSIONS[Action.COMMENT_EVIDENCE] & held:
        return frozenset({ZONE.SHARED, ZONE.SUBMITTED})
    if PERMISSIONS[Action.SEE_PATHWAY] & held:
        return frozenset({ZONE.SUBMITTED})
    return frozenset()


def readable(candidacy: Candidacy, roles: Iterable[Role]) -> QuerySet[Evidence]:
    """The evidence of the file that somebody in these roles on it may read, whatever it is read for."""
    return Evidence.objects.filter(STANDING, candidacy=candidacy, zone__in=zones_read_by(roles))


def find_readable(candidacy: Candidacy, roles: Iterable[Role], id: UUID) -> Evidence | None:
    """That piece of evidence, for somebody who may read it; None tells nothing more."""
    return readable(candidacy, roles).prefetch_related("codes").filter(pk=id).first()


def reads_comments(roles: Iterable[Role]) -> bool:
    """Whether these roles read what was said of evidence before it was submitted: those who said it and heard it do."""
    followed = PERMISSIONS[Action.SHARE_EVIDENCE] | PERMISSIONS[Action.COMMENT_EVIDENCE]
    return bool(followed & frozenset(roles))


def counted_by_code(rows: QuerySet[Evidence]) -> dict[str, int]:
    """How many of these pieces of evidence bear on each competence; one query."""
    return _counted(EvidenceCode.objects.filter(evidence__in=rows.order_by()), Count("pk"))


def submitted_by_code(candidacy: Candidacy) -> Mapping[str, int] | None:
    """How many submitted pieces bear on each competence; None where none was ever kept here, so that nothing is known.

    One query.
    """
    kept = EvidenceCode.objects.filter(evidence__candidacy=candidacy, evidence__removed_at__isnull=True)
    found = _counted(kept, Count("pk", filter=Q(evidence__zone=ZONE.SUBMITTED)))
    return found or None


def weight_of_evidence(candidacy: Candidacy) -> int:
    """The bytes of every file kept as evidence, those taken back included."""
    return Evidence.objects.filter(candidacy=candidacy).aggregate(total=Sum("size"))["total"] or 0


def _counted(rows: QuerySet[EvidenceCode], count: Count) -> dict[str, int]:
    return dict(rows.order_by().values_list("code").annotate(n=count))
