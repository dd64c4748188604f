"""Where files stand once they are admissible: at the office, before the jury, decided, awarded."""

from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from parchemin.core.decision import Stage
from parchemin.core.facts import Milestone
from parchemin.records.awards.models import Certificate, Change, Kind
from parchemin.records.candidacies.models import Candidacy, CandidacyDate, Deposit, Status
from parchemin.records.juries.models import Hearing, Verdict


class Progress(StrEnum):
    """What an admissible file waits for, or what came of it."""

    PREPARED = "prepared"
    DEPOSITED = "deposited"
    ACCEPTED = "accepted"
    HEARD = "heard"
    GRANTED = "granted"
    PARTIAL = "partial"
    ANSWERED = "answered"
    REVOKED = "revoked"


DEPOSITS = {Deposit.Answer.PENDING.value: Progress.DEPOSITED, Deposit.Answer.ACCEPTED.value: Progress.ACCEPTED}


def with_progress(files: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    """The same files, with what ``progress_of`` reads: one query for all."""
    own = OuterRef("pk")
    heard = Hearing.objects.filter(candidacy=own, removed_at__isnull=True)
    told = heard.filter(told__isnull=False).order_by("-session__starts_at", "-pk")
    deposits = Deposit.objects.filter(candidacy=own, stage=Stage.COMPLETENESS.value).order_by("-number")
    sent = CandidacyDate.objects.filter(candidacy=own, milestone=Milestone.TRANSMITTED.value)
    revoked = Certificate.objects.filter(kind=Kind.WHOLE, conclusion=OuterRef("told"), changes__act=Change.Act.REVOKED)
    return files.annotate(
        is_before_jury=Exists(heard.filter(told__isnull=True, session__cancelled_at__isnull=True)),
        told_verdict=Subquery(told.values("told__verdict")[:1]),
        told_on=Subquery(told.values("notified_on")[:1]),
        is_revoked=Exists(told.filter(Exists(revoked))),
        deposit_answer=Subquery(deposits.values("answer")[:1]),
        deposited_on=Subquery(deposits.values("deposited_at__date")[:1]),
        transmitted_on=Subquery(sent.values("on")[:1]),
    )


def progress_of(row: Candidacy) -> Progress | None:
    """Where that file stands; None while it is not admissible. It was read by ``with_progress``."""
    if row.status != Status.ADMISSIBLE:
        return None
    read = vars(row)
    if read["is_before_jury"]:
        return Progress.HEARD
    since = read["told_on"] or date.min
    if read["transmitted_on"] and read["transmitted_on"] > since:
        return Progress.ACCEPTED
    if read["deposited_on"] and read["deposited_on"] > since:
        return DEPOSITS.get(read["deposit_answer"], Progress.PREPARED)
    if read["told_verdict"] == Verdict.FULL:
        return Progress.REVOKED if read["is_revoked"] else Progress.GRANTED
    if read["told_verdict"]:
        return Progress.PARTIAL if read["told_verdict"] == Verdict.PARTIAL else Progress.ANSWERED
    return Progress.PREPARED
