"""What a person has to do with files, their own and those of others, in plain values.

A candidate is named only as long as the person may read the file; a number names nobody.
"""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from parchemin.records.candidacies.models import Attestation, Candidacy, Endorsement, FileAccess, Signature
from parchemin.records.candidacies.queries.visible import accesses_in_force
from parchemin.records.people.models import Link, Person

SAID = ("bearer", "quality", "assurance", "words", "said_at")
Told = dict[str, Any]


def kept_of_files(person: Person, on: date) -> dict[str, list[Told]]:
    """Their files, those that were opened to them, what they signed, what they said by a link sent to their address."""
    own = Candidacy.objects.filter(candidate=person).select_related("certification", "organisation")
    attested = Attestation.objects.filter(by_link(person)).select_related("experience__candidacy")
    endorsed = Endorsement.objects.filter(by_link(person), said_at__isnull=False).select_related("candidacy")
    return {
        "own_files": [{**_file(one), "status": one.status, "opened_at": one.created_at} for one in own],
        "files_followed": _followed(person, on),
        "signatures": _signatures(person),
        "attestations": [
            {"file": one.experience.candidacy.number, "is_confirmed": one.is_confirmed, **said(one)} for one in attested
        ],
        "endorsements": [{"file": one.candidacy.number, **said(one)} for one in endorsed],
    }


def by_link(person: Person) -> Q:
    """What was done by a one-use link sent to that person's address."""
    return Q(link__in=Link.objects.filter(email__iexact=person.email))


def said(one: Any) -> Told:
    """What somebody said by a link, under which one, and how sure one is of who it was."""
    return {"link": one.link_id, **{name: getattr(one, name) for name in SAID}}


def _followed(person: Person, on: date) -> list[Told]:
    running = accesses_in_force(on).filter(pk=OuterRef("pk"))
    related = ("candidacy__candidate", "candidacy__certification", "candidacy__organisation", "organisation")
    found = FileAccess.objects.filter(person=person).annotate(is_open=Exists(running)).select_related(*related)
    return [
        {
            **_file(one.candidacy),
            "candidate": one.candidacy.candidate.name if one.is_open else None,
            "role": one.role,
            "opened_at": one.opened_at,
            "opened_by": one.organisation.name if one.organisation else "candidate",
            "from_on": one.from_on,
            "until_on": one.until_on,
            "first_read_at": one.seen_at,
            "closed_at": one.closed_at,
        }
        for one in found
    ]


def _signatures(person: Person) -> list[Told]:
    found = Signature.objects.filter(Q(person=person) | by_link(person)).select_related("version__document__candidacy")
    return [
        {
            "file": one.version.document.candidacy.number,
            "document": str(one.version.document),
            "version": one.version.number,
            "sha256": one.version.sha256,
            "actor": one.actor,
            "signed_as": one.signer,
            "assurance": one.assurance,
            "signed_at": one.signed_at,
            "link": one.link_id,
        }
        for one in found.order_by("signed_at", "pk")
    ]


def _file(row: Candidacy) -> Told:
    return {"file": row.number, "certification": row.certification.title, "handled_by": row.organisation.name}
