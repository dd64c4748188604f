"""What the candidate gives: activities, declarations, documents and signatures."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db.models import Max
from django.db.models.fields.files import FieldFile

from parchemin.core.facts import ExperienceKind
from parchemin.records.candidacies.actions.taking import forget, note, taken
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.facts import current
from parchemin.records.candidacies.models import (
    ACTIVE,
    Candidacy,
    Deposit,
    Document,
    DocumentVersion,
    Experience,
    Signature,
    Statement,
    Status,
)
from parchemin.records.candidacies.room import check_room
from parchemin.records.people.models import Assurance, Link, Person

ANY_FILE = 60


class Activity(NamedTuple):
    """What is told of an activity; both days included, ``until_on`` None still running, ``fraction`` of full time."""

    position: str
    kind: ExperienceKind
    from_on: date
    until_on: date | None = None
    employer: str = ""
    tasks: str = ""
    fraction: Fraction | None = None
    tags: tuple[str, ...] = ()
    proof: UUID | None = None


class Measured(NamedTuple):
    """What was measured on a file when it came; None where it could not be."""

    name: str
    media_type: str
    size: int
    sha256: str
    pages: int | None = None
    characters: int | None = None
    minutes: int | None = None
    is_readable: bool | None = None
    warnings: tuple[dict[str, Any], ...] = ()


def save_experience(
    *,
    candidacy: Candidacy,
    activity: Activity,
    by: Person,
    at: datetime,
    experience: Experience | None = None,
    revision: int | None = None,
) -> Experience:
    """The activity added, or changed when ``experience`` is one of the file's: what had been proved is to prove again.

    What others attested of it is kept and stands for the words they read, no longer for those that replace them.
    UnfitError ``experience_order`` when it ends before it starts, ``fraction`` beyond full time, ``status`` when the
    file is not with the candidate.
    """
    if activity.until_on and activity.until_on < activity.from_on:
        raise UnfitError("experience_order", from_on=activity.from_on, until_on=activity.until_on)
    if activity.fraction is not None and not 0 < activity.fraction <= 1:
        raise UnfitError("fraction", fraction=activity.fraction)
    with taken(candidacy, revision, Status.DRAFT, Status.RETURNED, Status.ADMISSIBLE) as row:
        kept = row.experiences.get(pk=experience.pk) if experience else Experience(candidacy=row)
        standing = [one for one in kept.attestations.all() if one.stands_for(kept)] if experience else []
        proofs = DocumentVersion.objects.filter(document__candidacy=row)
        proof = proofs.filter(pk=activity.proof).first() if activity.proof else None
        kept.position, kept.employer, kept.tasks = activity.position, activity.employer, activity.tasks
        kept.kind, kept.from_on, kept.until_on = activity.kind.value, activity.from_on, activity.until_on
        kept.numerator = activity.fraction.numerator if activity.fraction else None
        kept.denominator = activity.fraction.denominator if activity.fraction else None
        kept.tags, kept.proof = list(activity.tags), proof
        kept.is_proved, kept.proved_at, kept.proved_by, kept.proof_comment = None, None, None, ""
        kept.save()
        forget(row, "experiences")
        lost = [one.pk for one in standing if not one.stands_for(kept)]
        details = {"experience": kept.pk, "is_new": experience is None, "attestations_lost": lost}
        note(row, "experience_saved", at, by, details)
    return kept


def remove_experience(
    *, candidacy: Candidacy, experience: Experience, by: Person, at: datetime, revision: int | None = None
) -> None:
    """The activity is no longer in the file."""
    with taken(candidacy, revision, Status.DRAFT, Status.RETURNED, Status.ADMISSIBLE) as row:
        row.experiences.filter(pk=experience.pk).delete()
        forget(row, "experiences")
        note(row, "experience_removed", at, by, {"experience": experience.pk})


def declare(
    *, candidacy: Candidacy, answers: dict[str, bool | None], by: Person, at: datetime, revision: int | None = None
) -> None:
    """Each answer is kept under its code; one that changes must be verified again."""
    with taken(candidacy, revision, *ACTIVE) as row:
        known = {statement.code: statement for statement in row.statements.all()}
        changed = []
        for code, answer in answers.items():
            statement = known.get(code) or Statement(candidacy=row, code=code)
            if statement.pk and statement.declared == answer:
                continue
            statement.declared, statement.declared_at = answer, at
            statement.verified, statement.verified_at, statement.verified_by = None, None, None
            statement.save()
            changed.append(code)
        forget(row, "statements")
        if changed:
            note(row, "declared", at, by, {"codes": changed})


def drop_document(
    *,
    candidacy: Candidacy,
    content: "File[bytes]",
    measured: Measured,
    by: Person | None,
    at: datetime,
    kind: str = "",
    title: str = "",
    document: Document | None = None,
    revision: int | None = None,
) -> DocumentVersion:
    """A new version of that kind of document (or of ``document``, or of a new one under ``title``).

    UnfitError ``locked`` when its version is in a deposit that waits or was accepted, ``too_many`` documents,
    ``too_many_versions`` of one, ``no_room`` left for its bytes, or ``status`` once the file is closed.
    """
    with stored_with_its_row() as stored, taken(candidacy, revision, *ACTIVE) as row:
        kept = _document(row, kind, title, document, at)
        if is_locked(kept):
            raise UnfitError("locked")
        number = (kept.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        if number > settings.VERSIONS_LIMIT:
            raise UnfitError("too_many_versions", most=settings.VERSIONS_LIMIT)
        check_room(row, measured.size)
        version = DocumentVersion(
            document=kept,
            number=number,
            name=measured.name,
            media_type=measured.media_type,
            size=measured.size,
            sha256=measured.sha256,
            pages=measured.pages,
            characters=measured.characters,
            minutes=measured.minutes,
            is_readable=measured.is_readable,
            warnings=list(measured.warnings),
            uploaded_by=by,
            uploaded_at=at,
        )
        version.content.save(measured.name, content, save=False)
        stored.append(version.content)
        version.save()
        forget(row, "documents")
        details = {"document": kept.pk.hex, "kind": kind, "number": number, "sha256": measured.sha256}
        note(row, "document_dropped", at, by, details)
    return version


def remove_document(
    *, candidacy: Candidacy, document: Document, by: Person, at: datetime, revision: int | None = None
) -> None:
    """The document's version no longer stands; UnfitError ``locked`` when a deposit holds it."""
    with taken(candidacy, revision, *ACTIVE) as row:
        kept = row.documents.get(pk=document.pk)
        if is_locked(kept):
            raise UnfitError("locked")
        kept.versions.filter(removed_at__isnull=True).update(removed_at=at)
        forget(row, "documents")
        note(row, "document_removed", at, by, {"document": kept.pk.hex})


def sign_document(
    *,
    candidacy: Candidacy,
    version: DocumentVersion,
    actor: str,
    signer: str,
    assurance: Assurance,
    at: datetime,
    by: Person | None = None,
    link: Link | None = None,
    revision: int | None = None,
) -> Signature:
    """The version is signed in that role, once; a later version must be signed again."""
    with taken(candidacy, revision, *ACTIVE) as row:
        kept = current(row.documents.get(pk=version.document_id))
        if kept is None or kept.pk != version.pk:
            raise UnfitError("replaced")
        signature, is_new = Signature.objects.get_or_create(
            version=version,
            actor=actor,
            defaults={"signer": signer, "person": by, "link": link, "assurance": assurance, "signed_at": at},
        )
        forget(row, "documents")
        if is_new:
            details = {"version": version.pk.hex, "actor": actor, "assurance": assurance.value}
            note(row, "document_signed", at, by, {**details, "link": link.pk.hex if link else None})
    return signature


def is_locked(document: Document) -> bool:
    """Whether a deposit that waits or was accepted holds its version."""
    held = (Deposit.Answer.PENDING, Deposit.Answer.ACCEPTED)
    return document.versions.filter(removed_at__isnull=True, deposits__answer__in=held).exists()


@contextmanager
def stored_with_its_row() -> Iterator[list[FieldFile]]:
    """A file stored inside is deleted again when its row could not be written, the transaction's end included."""
    stored: list[FieldFile] = []
    try:
        yield stored
    except BaseException:
        for content in stored:
            content.storage.delete(content.name or "")
        raise


def _document(row: Candidacy, kind: str, title: str, document: Document | None, at: datetime) -> Document:
    if document:
        return row.documents.get(pk=document.pk)
    if kind:
        return Document.objects.get_or_create(candidacy=row, kind=kind, defaults={"created_at": at})[0]
    if row.documents.count() >= ANY_FILE:
        raise UnfitError("too_many", most=ANY_FILE)
    return Document.objects.create(candidacy=row, title=title, created_at=at)
