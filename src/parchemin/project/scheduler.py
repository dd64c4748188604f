"""Periodic jobs: one leader at a time does what is due; another takes over when it no longer renews its lease.

The lease only avoids useless work. That a job is done once for each moment it is due comes from its ``Slot`` row,
written in the transaction of the job: two leaders, or one killed in the middle, change nothing to it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from parchemin.project.models import Lease, Slot

NAME = "scheduler"
LASTS = timedelta(seconds=15)
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
PAUSE = timedelta(minutes=1)
log = logging.getLogger(__name__)
_paused: dict[str, datetime] = {}

Every = Callable[[datetime], datetime]
"""Of a moment, the last one at which the job was due."""


@dataclass(frozen=True)
class Job:
    """What is done each time it is due, in one transaction: it must be short, and leave long work to tasks."""

    name: str
    every: Every
    function: Callable[[datetime], object]


JOBS: dict[str, Job] = {}


def register(name: str, every: Every, function: Callable[[datetime], object]) -> Job:
    """``function`` is called with the moment it was due, once for each; a job of that name is replaced.

    Moments that passed while no scheduler ran are not made up for, but the last of them is.
    """
    JOBS[name] = Job(name, every, function)
    return JOBS[name]


def seconds(count: int) -> Every:
    """Every that many seconds."""

    def due(now: datetime) -> datetime:
        return now - (now - EPOCH) % timedelta(seconds=count)

    return due


def daily(at: time) -> Every:
    """Every day at that time on the clock of the server's time zone; on the days the clock moves, once too."""

    def due(now: datetime) -> datetime:
        zone, local = timezone.get_current_timezone(), timezone.localtime(now)
        moment = datetime.combine(local.date(), at, zone)
        if moment.astimezone(UTC) > now:
            moment = datetime.combine(local.date() - timedelta(days=1), at, zone)
        return moment.astimezone(UTC)

    return due


def tick(holder: str, now: datetime | None = None) -> bool:
    """Do what is due if ``holder`` leads; whether it does. A job that fails is logged, and tried again in a minute."""
    now = now or timezone.now()
    if not leads(holder, now):
        return False
    for job in list(JOBS.values()):
        if now < _paused.get(job.name, EPOCH):
            continue
        try:
            do(job, now)
        except Exception:
            log.exception("the periodic job %s failed", job.name)
            _paused[job.name] = now + PAUSE
    return True


def do(job: Job, now: datetime) -> bool:
    """The job is done for the last moment it was due; False when it was before, by anybody."""
    due = job.every(now)
    if Slot.objects.filter(job=job.name, last__gte=due).exists():
        return False
    with transaction.atomic():
        if not _is_first(job.name, due):
            return False
        job.function(due)
    return True


def leads(holder: str, now: datetime) -> bool:
    """Whether ``holder`` has the lease for the next 15 seconds: renewed, taken when it ended, or never held."""
    renewed = Lease.objects.filter(name=NAME, holder=holder).update(until=now + LASTS)
    taken = renewed or Lease.objects.filter(name=NAME, until__lt=now).update(holder=holder, until=now + LASTS)
    if taken:
        return True
    if not Lease.objects.filter(name=NAME).exists():
        Lease.objects.bulk_create([Lease(name=NAME, holder=holder, until=now + LASTS)], ignore_conflicts=True)
    return Lease.objects.filter(name=NAME, holder=holder).exists()


def resign(holder: str) -> None:
    """Somebody else may lead at once."""
    Lease.objects.filter(name=NAME, holder=holder).delete()


def _is_first(name: str, due: datetime) -> bool:
    """Whether this transaction is the one that may do the job; the row is locked until it ends."""
    if not Slot.objects.filter(job=name).exists():
        Slot.objects.bulk_create([Slot(job=name, last=EPOCH)], ignore_conflicts=True)
    return bool(Slot.objects.filter(job=name, last__lt=due).update(last=due))
