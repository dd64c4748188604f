"""Erasing what was confirmed, file by file, each once: whoever is stopped in the middle goes on where they were."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.fields.files import FieldFile

from parchemin.records.candidacies.contributing import KEPT
from parchemin.records.candidacies.models import (
    ABOUT_NEEDS,
    Accommodation,
    Attestation,
    Candidacy,
    DocumentVersion,
    Draft,
    Exhibit,
    Letter,
    Message,
    RetentionRule,
    RetentionRun,
    Signature,
)
from parchemin.records.candidacies.queries.expiring import CLOSED, due
from parchemin.records.candidacies.queries.linked import links_of_file
from parchemin.records.journal.actions import append
from parchemin.records.people.models import CivilIdentity

KIND = RetentionRule.Kind
TAKEN_OUT = "–"
"""What stands for words that may not be missing."""


def files_waiting(run: RetentionRun) -> list[UUID]:
    """The files of a confirmed run of which a line waits, in the order they were written down."""
    waiting = run.lines.filter(is_erased__isnull=True, candidacy__isnull=False)
    return list(dict.fromkeys(waiting.order_by("pk").values_list("candidacy", flat=True)))


@transaction.atomic
def erase_file(*, run: RetentionRun, file: UUID) -> int:
    """What the waiting lines say of that file is erased, and each says so; how many were.

    A line that was no longer due on the day of the confirmation, by the rules as they are now, is left and says so.
    """
    row = Candidacy.objects.select_for_update().filter(pk=file).first()
    if row is None:
        return 0
    waiting = run.lines.filter(candidacy=row, is_erased__isnull=True)
    kinds = [KIND(kind) for kind in waiting.order_by("pk").values_list("kind", flat=True)]
    erased = [kind for kind in kinds if _is_due(run, row, kind)]
    waiting.filter(kind__in=erased).update(is_erased=True)
    waiting.update(is_erased=False)
    for kind in erased:
        ERASERS[kind](row)
    return len(erased)


@transaction.atomic
def finish_retention(*, run: RetentionRun, at: datetime) -> bool:
    """The run is over and journaled, once; False while a file waits. A line whose file is gone by itself is left."""
    row = RetentionRun.objects.select_for_update(of=("self",)).select_related("by").get(pk=run.pk)
    if row.at or row.confirmed_at is None or files_waiting(row):
        return False
    row.lines.filter(is_erased__isnull=True).update(is_erased=False)
    found = row.lines.order_by("kind").values_list("kind").annotate(erased=Count("pk", filter=Q(is_erased=True)))
    ruled = row.organisation.retention_rules.values_list("kind", flat=True)
    row.counts, row.at = {**dict.fromkeys(ruled, 0), **dict(found)}, at
    row.save()
    told = {"run": row.pk, "counts": row.counts, "left": row.lines.filter(is_erased=False).count()}
    append(kind="retention.run", at=at, actor=row.by_id, subject=row.organisation_id, details=told)
    return True


def _is_due(run: RetentionRun, row: Candidacy, kind: RetentionRule.Kind) -> bool:
    rule = run.organisation.retention_rules.filter(kind=kind).first()
    on = run.confirmed_on
    return rule is not None and on is not None and due(rule, on).filter(pk=row.pk).exists()


def _erase_evidence(row: Candidacy) -> None:
    for version in DocumentVersion.objects.filter(document__candidacy=row).exclude(name=""):
        _delete_stored(version.content)
        version.removed_at = version.removed_at or version.uploaded_at
        version.name = version.content.name = ""
        version.save(update_fields=["removed_at", "name", "content"])
    for exhibit in Exhibit.objects.filter(appeal__decision__candidacy=row).exclude(name=""):
        _delete_stored(exhibit.content)
        exhibit.name = exhibit.content.name = ""
        exhibit.save(update_fields=["name", "content"])
    _forget_witnesses(row)


def _forget_witnesses(row: Candidacy) -> None:
    """Who attested, supported or signed, and in which words, is no longer known; what they answered is."""
    links_of_file(row).update(email="", bearer="", quality="")
    Signature.objects.filter(version__document__candidacy=row).update(signer=TAKEN_OUT)
    for said in (Attestation.objects.filter(experience__candidacy=row), row.endorsements.all()):
        said.update(bearer="", quality="")
        said.exclude(words="").update(words=TAKEN_OUT)


def _erase_pathway(row: Candidacy) -> None:
    for one in KEPT:
        one.erase(row)


def _erase_messages(row: Candidacy) -> None:
    Message.objects.filter(candidacy=row).delete()


def _erase_accommodation(row: Candidacy) -> None:
    Accommodation.objects.filter(candidacy=row).update(need="", measures="", reason=TAKEN_OUT)
    _erase_letters(row.letters.filter(kind__startswith=ABOUT_NEEDS))


def _erase_identity(row: Candidacy) -> None:
    Candidacy.objects.filter(pk=row.pk).update(identity={})
    others = Candidacy.objects.filter(candidate=row.candidate_id).exclude(pk=row.pk)
    if not others.exclude(status__in=CLOSED, identity__isnull=True).exclude(status__in=CLOSED, identity={}).exists():
        CivilIdentity.objects.filter(person=row.candidate_id).delete()
    _erase_letters(row.letters.all())


def _erase_draft(row: Candidacy) -> None:
    for version in DocumentVersion.objects.filter(document__candidacy=row):
        _delete_stored(version.content)
    _erase_letters(row.letters.all())
    Draft.objects.filter(candidacy=row).delete()
    _forget_witnesses(row)
    _erase_pathway(row)
    row.delete()


def _erase_letters(letters: QuerySet[Letter]) -> None:
    for letter in letters.exclude(pdf=""):
        _delete_stored(letter.pdf)
    letters.update(text="", subject="", sent_to="", values={}, pdf="")


def _delete_stored(content: FieldFile) -> None:
    """The stored file goes once that is committed; one that stays behind is named by no row, and swept."""
    if name := content.name:
        transaction.on_commit(lambda: content.storage.delete(name))


ERASERS: dict[str, Callable[[Candidacy], None]] = {
    KIND.EVIDENCE: _erase_evidence,
    KIND.PATHWAY: _erase_pathway,
    KIND.MESSAGES: _erase_messages,
    KIND.ACCOMMODATION: _erase_accommodation,
    KIND.IDENTITY: _erase_identity,
    KIND.DRAFTS: _erase_draft,
}
