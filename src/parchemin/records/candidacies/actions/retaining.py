"""Keeping no longer than said: what would be erased is written down, then erased."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile

from parchemin.records.candidacies.contributing import KEPT
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import (
    ABOUT_NEEDS,
    Accommodation,
    Attestation,
    Candidacy,
    DocumentVersion,
    Draft,
    Letter,
    Message,
    RetentionLine,
    RetentionRule,
    RetentionRun,
    Signature,
)
from parchemin.records.candidacies.queries.expiring import CLOSED, due, lines_due
from parchemin.records.candidacies.queries.linked import links_of_file
from parchemin.records.journal.actions import append
from parchemin.records.people.models import CivilIdentity, Organisation, Person

KIND = RetentionRule.Kind
BATCH = 500
TAKEN_OUT = "–"
"""What stands for words that may not be missing."""


@transaction.atomic
def set_retention(
    *, organisation: Organisation, kind: RetentionRule.Kind, months: int | None, basis: str, by: Person, at: datetime
) -> None:
    """That class is kept that many months after a file closed, on that ground; without an end for None.

    UnfitError ``basis`` for a length that nothing grounds. Nothing when it was so already.
    """
    rules = organisation.retention_rules.filter(kind=kind)
    before = rules.values_list("months", "basis").first()
    if months is None:
        if not rules.delete()[0]:
            return
    elif not basis.strip():
        raise UnfitError("basis")
    elif before == (months, basis.strip()):
        return
    else:
        RetentionRule.objects.update_or_create(
            organisation=organisation, kind=kind, defaults={"months": months, "basis": basis.strip()}
        )
    told = {"kind": kind.value, "months": months, "before": before[0] if before else None}
    append(kind="retention.rule", at=at, actor=by.pk, subject=organisation.pk, details=told)


@transaction.atomic
def prepare_retention(*, organisation: Organisation, by: Person, at: datetime, on: date) -> RetentionRun:
    """What the rules would erase that day is written down, file by file; nothing of the files is changed.

    It takes the place of what was prepared before and not done. UnfitError ``nothing_due``.
    """
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    row.retention_runs.filter(at__isnull=True).delete()
    run = RetentionRun.objects.create(organisation=row, on=on, prepared_at=at, prepared_by=by)
    lines = lines_due(run)
    while batch := list(islice(lines, BATCH)):
        RetentionLine.objects.bulk_create(batch)
    if not run.lines.exists():
        raise UnfitError("nothing_due")
    return run


@transaction.atomic
def run_retention(*, run: RetentionRun, by: Person, at: datetime, on: date, visa: str = "") -> RetentionRun:
    """What was prepared is erased, and nothing else; a line that is no longer due that day is left, and says so.

    UnfitError ``visa`` for a public body without its approval (code du patrimoine), ``erased`` when it is done already.
    """
    row = RetentionRun.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=run.pk)
    if row.at:
        raise UnfitError("erased")
    if row.organisation.is_public and not visa.strip():
        raise UnfitError("visa")
    row.lines.update(is_erased=False)
    for rule in row.organisation.retention_rules.all():
        lines = row.lines.filter(kind=rule.kind)
        lines.filter(candidacy__in=due(rule, on)).update(is_erased=True)
        erased = lines.filter(is_erased=True)
        ids = list(erased.values_list("candidacy", flat=True))
        for start in range(0, len(ids), BATCH):
            for candidacy in Candidacy.objects.filter(pk__in=ids[start : start + BATCH]):
                ERASERS[rule.kind](candidacy)
        row.counts[rule.kind] = erased.count()
    row.at, row.by, row.visa = at, by, visa.strip()
    row.save()
    told = {"run": row.pk, "counts": row.counts, "left": row.lines.filter(is_erased=False).count()}
    append(kind="retention.run", at=at, actor=by.pk, subject=row.organisation_id, details=told)
    return row


def _erase_evidence(row: Candidacy) -> None:
    for version in DocumentVersion.objects.filter(document__candidacy=row).exclude(name=""):
        _delete_stored(version.content)
        version.removed_at = version.removed_at or version.uploaded_at
        version.name = ""
        version.save(update_fields=["removed_at", "name"])
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
    if content.name:
        transaction.on_commit(lambda: content.storage.delete(content.name or ""))


ERASERS: dict[str, Callable[[Candidacy], None]] = {
    KIND.EVIDENCE: _erase_evidence,
    KIND.PATHWAY: _erase_pathway,
    KIND.MESSAGES: _erase_messages,
    KIND.ACCOMMODATION: _erase_accommodation,
    KIND.IDENTITY: _erase_identity,
    KIND.DRAFTS: _erase_draft,
}
