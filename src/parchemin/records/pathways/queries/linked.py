"""What a one-use link about a pathway is for: vouching for evidence, observing the candidate at work."""

from uuid import UUID

from django.db.models import Q, QuerySet

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import Evidence, EvidenceEndorsement, Observation
from parchemin.records.people.models import Link

VOUCH = "endorse_evidence"
OBSERVE = "observe_work"


def evidence_linked(link: Link) -> Evidence | None:
    """The evidence a link vouches for, with its file; None once it is taken back from those it was shared with."""
    related = ("candidacy__candidate", "candidacy__certification")
    found = Evidence.objects.select_related(*related).filter(pk=link.subject, removed_at__isnull=True)
    return found.exclude(zone=Evidence.Zone.PRIVATE).first() if link.act == VOUCH else None


def observation_linked(link: Link) -> Observation | None:
    """The observation a link asks for, with its file; None when it is no longer there."""
    related = ("candidacy__candidate", "candidacy__certification", "moment")
    found = Observation.objects.select_related(*related).filter(pk=link.subject)
    return found.first() if link.act == OBSERVE else None


def links_of_pathway(candidacy: Candidacy) -> QuerySet[Link]:
    """The links made about the evidence of a file and to observe its candidate, the last first."""
    return Link.objects.filter(
        Q(act=VOUCH, subject__in=candidacy.evidences.values("pk"))
        | Q(act=OBSERVE, subject__in=candidacy.observations.values("pk"))
    )


def find_link(candidacy: Candidacy, id: UUID) -> Link | None:
    """One of them."""
    return links_of_pathway(candidacy).filter(pk=id).first()


def endorsements_standing(evidence: Evidence) -> list[EvidenceEndorsement]:
    """What was said of it as it is now; what was said of what it was before counts no more."""
    return [one for one in evidence.endorsements.all() if one.fingerprint == evidence.sha256]
