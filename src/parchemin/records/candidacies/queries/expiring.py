"""What the retention rules of an organisation would erase on a day: of which files, and since when."""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import DateTimeField, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from parchemin.core.durations import Duration
from parchemin.records.candidacies.contributing import KEPT, NEEDING
from parchemin.records.candidacies.models import (
    Accommodation,
    Appeal,
    Attestation,
    Candidacy,
    DocumentVersion,
    Draft,
    Endorsement,
    Exhibit,
    Message,
    RetentionLine,
    RetentionRule,
    RetentionRun,
    Status,
)
from parchemin.records.candidacies.queries.appeals import UNSETTLED
from parchemin.records.journal.models import Entry
from parchemin.records.people.models import Organisation

KIND = RetentionRule.Kind
CLOSED = (Status.AWARDED, Status.REFUSED, Status.LAPSED, Status.WITHDRAWN)


class Changes(NamedTuple):
    """Since a run was prepared: how many of its lines are no longer to be erased, how many others are."""

    fewer: int
    more: int


def due(rule: RetentionRule, on: date) -> QuerySet[Candidacy]:
    """The files whose documents of that class have passed their time on that day, and still hold some."""
    before = Duration(months=rule.months).before(on)
    files = Candidacy.objects.filter(organisation=rule.organisation_id)
    if rule.kind == KIND.DRAFTS:
        return files.filter(status=Status.DRAFT, waiting_since__date__lt=before).exclude(_touched(before))
    appeals = Appeal.objects.filter(decision__candidacy=OuterRef("pk"))
    contested = Exists(appeals.filter(UNSETTLED | Q(answered_at__date__gte=before)))
    closed = files.filter(status__in=CLOSED, waiting_since__date__lt=before).exclude(contested)
    held = {
        KIND.EVIDENCE: _evidence(),
        KIND.PATHWAY: _lived(),
        KIND.MESSAGES: Q(pk__in=Message.objects.values("candidacy")),
        KIND.ACCOMMODATION: Q(pk__in=Accommodation.objects.exclude(need="").values("candidacy")),
        KIND.IDENTITY: Q(identity__isnull=False) & ~Q(identity={}) & ~_needed(),
    }
    return closed.filter(held[KIND(rule.kind)])


def counts_due(organisation: Organisation, on: date) -> dict[str, int]:
    """How many files each rule of the organisation would erase something of on that day."""
    return {rule.kind: due(rule, on).count() for rule in organisation.retention_rules.all()}


def lines_due(run: RetentionRun) -> Iterator[RetentionLine]:
    """The lines of the run on its day, not written yet: what each rule would erase of each file."""
    for rule in run.organisation.retention_rules.all():
        length = Duration(months=rule.months)
        for row in _dated(due(rule, run.on), rule).iterator():
            last = max(filter(None, (row.waiting_since, row.touched_at, row.typed_at)))  # type: ignore[attr-defined]
            yield RetentionLine(
                run=run,
                candidacy=row,
                number=row.number,
                kind=rule.kind,
                status=row.status,
                closed_on=timezone.localdate(row.waiting_since),
                ended_on=length.after(timezone.localdate(last)),
            )


def changes_since(run: RetentionRun, on: date) -> Changes:
    """What is no longer as the run was prepared, on that day."""
    still = more = 0
    for rule in run.organisation.retention_rules.all():
        found, lines = due(rule, on), run.lines.filter(kind=rule.kind)
        still += lines.filter(candidacy__in=found).count()
        more += found.exclude(pk__in=lines.filter(candidacy__isnull=False).values("candidacy")).count()
    return Changes(run.lines.count() - still, more)


def _evidence() -> Q:
    """What was handed in or said by others: a version erased has lost its name, a person who spoke theirs."""
    held = Q(pk__in=DocumentVersion.objects.exclude(name="").values("document__candidacy"))
    held |= Q(pk__in=Exhibit.objects.exclude(name="").values("appeal__decision__candidacy"))
    held |= Q(pk__in=Attestation.objects.exclude(bearer="").values("experience__candidacy"))
    return held | Q(pk__in=Endorsement.objects.exclude(link__email="").values("candidacy"))


def _lived() -> Q:
    """What was written since admissibility, in the apps that come after this one."""
    return reduce(or_, (one.held() for one in KEPT), Q(pk__in=[]))


def _needed() -> Q:
    """Whose identity somebody is still owed, by what the apps that come after this one say."""
    return reduce(or_, (needing() for needing in NEEDING), Q(pk__in=[]))


def _touched(since: date) -> Q:
    """Whether something was done on the file, or typed for it, since that day."""
    done = Entry.objects.filter(subject=OuterRef("pk"), occurred_at__date__gte=since)
    typed = Draft.objects.filter(candidacy=OuterRef("pk"), saved_at__date__gte=since)
    return Q(Exists(done)) | Q(Exists(typed))


def _dated(rows: QuerySet[Candidacy], rule: RetentionRule) -> QuerySet[Candidacy]:
    """Each file with what its time is counted from, besides the day it came to this state."""
    if rule.kind == KIND.DRAFTS:
        done = Entry.objects.filter(subject=OuterRef("pk")).order_by("-occurred_at").values("occurred_at")[:1]
        return rows.annotate(
            touched_at=Subquery(done, output_field=DateTimeField()), typed_at=Max("drafts__saved_at")
        ).order_by("number")
    answered = Max("decisions__appeals__answered_at")
    return rows.annotate(touched_at=answered, typed_at=answered).order_by("number")
