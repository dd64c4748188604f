"""What a person signed or wrote along the pathways of others, in plain values; files by their number, names of nobody.

What they wrote on their own file is in its archive.
"""

from typing import Any

from django.db.models import Q

from parchemin.records.candidacies.queries.portable import by_link, said
from parchemin.records.pathways.models import Approval, EvidenceComment, EvidenceEndorsement, Liaison, Observation
from parchemin.records.people.models import Person

Told = dict[str, Any]


def kept_of_pathways(person: Person) -> dict[str, list[Told]]:
    """Approvals of plans, what they saw at work, what they wrote to others of a file or vouched for."""
    approved = Approval.objects.filter(person=person).select_related("pathway__candidacy")
    seen = Observation.objects.filter(Q(observer=person) | by_link(person), signed_at__isnull=False)
    written = Liaison.objects.filter(author=person).exclude(candidacy__candidate=person).select_related("candidacy")
    commented = EvidenceComment.objects.filter(author=person).select_related("evidence__candidacy")
    vouched = EvidenceEndorsement.objects.filter(by_link(person)).select_related("evidence__candidacy")
    return {
        "approvals": [
            {"file": one.pathway.candidacy.number, **_fields(one, "actor", "revision", "approved_at")}
            for one in approved
        ],
        "observations": [_observation(one) for one in seen.select_related("candidacy").prefetch_related("lines")],
        "liaison_entries": [
            {"file": one.candidacy.number, **_fields(one, "side", "on", "words", "written_at")} for one in written
        ],
        "evidence_comments": [
            {"file": one.evidence.candidacy.number, **_fields(one, "words", "written_at")} for one in commented
        ],
        "evidence_vouched": [{"file": one.evidence.candidacy.number, **said(one)} for one in vouched],
    }


def _observation(one: Observation) -> Told:
    told = _fields(one, "observed_on", "quality", "assurance", "words", "signed_at")
    marks = {line.code: line.mark for line in one.lines.all()}
    return {"file": one.candidacy.number, "link": one.link_id, **told, "marks": marks}


def _fields(row: object, *names: str) -> Told:
    return {name: getattr(row, name) for name in names}
