"""What a one-use link about a pathway is for: evidence to vouch for, work to observe, a liaison book to write in."""

from uuid import UUID

from django.db.models import Q, QuerySet

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import Contract, Evidence, EvidenceEndorsement, Observation
from parchemin.records.people.models import Link

VOUCH = "endorse_evidence"
OBSERVE = "observe_work"
LIAISE = "write_liaison"


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


def contract_linked(link: Link) -> Contract | None:
    """The contract whose tutor writes by that link, with its file; None when it is no longer there."""
    found = Contract.objects.select_related("candidacy__candidate", "candidacy__certification")
    return found.filter(pk=link.subject).first() if link.act == LIAISE else None


def links_of_pathway(candidacy: Candidacy) -> QuerySet[Link]:
    """The links made about the evidence of a file, to observe its candidate, to write in its book; the last first."""
    return Link.objects.filter(
        Q(act=VOUCH, subject__in=candidacy.evidences.values("pk"))
        | Q(act=OBSERVE, subject__in=candidacy.observations.values("pk"))
        | Q(act=LIAISE, subject__in=candidacy.contracts.values("pk"))
    )


def find_link(candidacy: Candidacy, id: UUID) -> Link | None:
    """One of them."""
    return links_of_pathway(candidacy).filter(pk=id).first()


def endorsements_standing(evidence: Evidence) -> list[EvidenceEndorsement]:
    """What was said of it as it is now; what was said of what it was before counts no more."""
    return [one for one in evidence.endorsements.all() if one.fingerprint == evidence.sha256]
