"""What a one-use link is about, and the links of a file.

A link names its subject by one opaque id: an activity by ``subject_of`` it, a version and a word of support by their
own. The role in which a version is signed, an actor of the scheme, is the link's.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from parchemin.records.candidacies.models import Candidacy, DocumentVersion, Endorsement, Experience
from parchemin.records.people.models import Link

ATTEST = "attest_experience"
SIGN = "sign_document"
ENDORSE = "endorse_candidacy"


def subject_of(experience: Experience) -> UUID:
    """The id by which a link names an activity."""
    return UUID(int=experience.pk)


def experience_linked(link: Link) -> Experience | None:
    """The activity a link attests, with its file; None when it is no longer there."""
    found = Experience.objects.select_related("candidacy__candidate", "candidacy__certification")
    return found.filter(pk=link.subject.int).first() if link.act == ATTEST and link.subject.int < 2**63 else None


def version_linked(link: Link) -> DocumentVersion | None:
    """The version a link signs, with its file; None when it is no longer there."""
    related = ("document__candidacy__candidate", "document__candidacy__certification")
    found = DocumentVersion.objects.select_related(*related)
    return found.filter(pk=link.subject, removed_at__isnull=True).first() if link.act == SIGN else None


def endorsement_linked(link: Link) -> Endorsement | None:
    """The word of support a link is for, with its file; None when it is no longer there."""
    found = Endorsement.objects.select_related("candidacy__candidate", "candidacy__certification")
    return found.filter(pk=link.subject).first() if link.act == ENDORSE else None


def links_of_file(candidacy: Candidacy) -> QuerySet[Link]:
    """The links made about the activities and documents of a file and to support it, the last first."""
    activities = [UUID(int=pk) for pk in candidacy.experiences.values_list("pk", flat=True)]
    versions = DocumentVersion.objects.filter(document__candidacy=candidacy).values_list("pk", flat=True)
    endorsements = candidacy.endorsements.values_list("pk", flat=True)
    subjects = [*activities, *versions, *endorsements]
    return Link.objects.filter(subject__in=subjects, act__in=(ATTEST, SIGN, ENDORSE))


def links_waiting(candidacy: Candidacy, act: str, at: datetime) -> QuerySet[Link]:
    """Those of the file that are for that act and can still be used."""
    found = links_of_file(candidacy).filter(act=act, expires_at__gt=at)
    return found.filter(used_at__isnull=True, revoked_at__isnull=True)
