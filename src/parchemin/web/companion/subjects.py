"""What the acts of one-use links are about: whose file it is in, and what is shown of it."""

from collections.abc import Sequence

from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.candidacies.models import Candidacy, DocumentVersion, Endorsement, Experience
from parchemin.records.certifications.queries import scheme_of
from parchemin.records.pathways.models import Contract, Evidence, Observation
from parchemin.records.people.models import Link
from parchemin.web.shared.clock import today

Subject = Experience | DocumentVersion | Endorsement | Evidence | Observation | Contract


def file_of(subject: Subject) -> Candidacy:
    """The file that a subject belongs to."""
    return subject.document.candidacy if isinstance(subject, DocumentVersion) else subject.candidacy


def fingerprint_of(subject: Subject) -> str:
    """The fingerprint of what is shown, where an answer holds for it alone; nothing elsewhere."""
    if isinstance(subject, Evidence):
        return subject.sha256
    return subject.fingerprint if isinstance(subject, Experience) else ""


def competences_of(subject: Evidence) -> list[tuple[str, str]]:
    """What a piece of evidence bears on: codes and titles."""
    return titled(subject.candidacy, [one.code for one in subject.codes.all()])


def role_of(link: Link, row: Candidacy) -> str:
    """In which role of the certification the bearer signs, in words."""
    return title_of(scheme_on(row).actors, link.role)


def document_title(subject: DocumentVersion) -> str:
    """What the document is called."""
    found = scheme_on(subject.document.candidacy)
    return title_of(found.documents, subject.document.kind) if subject.document.kind else subject.document.title


def scheme_on(row: Candidacy) -> Scheme:
    """The certification of a file, today."""
    return scheme_of(row.certification.scheme, version=row.version, on=today(), began=row.began_on)


def titled(row: Candidacy, codes: Sequence[str]) -> list[tuple[str, str]]:
    """Each competence with its title, nothing where the source gives none."""
    found = [(code, scheme_on(row).competences.get(code)) for code in codes]
    return [(code, one.title if one and isinstance(one.title, str) else "") for code, one in found]
