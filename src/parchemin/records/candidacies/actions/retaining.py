"""Keeping no longer than said: how long, what would be erased, and that it is to be."""

from datetime import date, datetime
from itertools import islice

from django.db import transaction

from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import RetentionLine, RetentionRule, RetentionRun
from parchemin.records.candidacies.queries.expiring import lines_due
from parchemin.records.journal.actions import append
from parchemin.records.people.models import Organisation, Person

BATCH = 500


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

    It takes the place of what was prepared before and not confirmed. UnfitError ``nothing_due``, or ``erasing`` while
    what was confirmed before is being erased.
    """
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if row.retention_runs.filter(confirmed_at__isnull=False, at__isnull=True).exists():
        raise UnfitError("erasing")
    row.retention_runs.filter(confirmed_at__isnull=True).delete()
    run = RetentionRun.objects.create(organisation=row, on=on, prepared_at=at, prepared_by=by)
    lines = lines_due(run)
    while batch := list(islice(lines, BATCH)):
        RetentionLine.objects.bulk_create(batch)
    if not run.lines.exists():
        raise UnfitError("nothing_due")
    return run


@transaction.atomic
def confirm_retention(*, run: RetentionRun, by: Person, at: datetime, on: date, visa: str = "") -> RetentionRun:
    """What was prepared, and nothing else, is to be erased as that day has it, in the background: see ``erasing``.

    UnfitError ``visa`` for a public body without its approval (code du patrimoine), ``erased`` when it was confirmed.
    """
    row = RetentionRun.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=run.pk)
    if row.confirmed_at:
        raise UnfitError("erased")
    if row.organisation.is_public and not visa.strip():
        raise UnfitError("visa")
    row.confirmed_at, row.confirmed_on, row.by, row.visa = at, on, by, visa.strip()
    row.save()
    told = {"run": row.pk, "lines": row.lines.count()}
    append(kind="retention.confirmed", at=at, actor=by.pk, subject=row.organisation_id, details=told)
    return row
