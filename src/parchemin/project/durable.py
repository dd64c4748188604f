"""Tasks that survive: tried again when they fail, taken back when their worker died, given up after so many times."""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django_tasks import task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

P = ParamSpec("P")
T = TypeVar("T")
Row = DBTaskResult[Any, Any]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Policy:
    """How often a task is tried in all, and how long it waits: ``first`` doubles each time, up to ``longest``.

    ``jitter`` is the share by which each wait is lengthened or shortened at random, so that tasks which failed
    together do not all come back together.
    """

    attempts: int = 6
    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(hours=1)
    jitter: float = 0.2

    def wait(self, tries: int) -> timedelta:
        """How long to wait once it was tried that many times, at least 1."""
        doubled: timedelta = min(self.longest, self.first * 2 ** min(tries - 1, 20))
        return doubled * random.uniform(1 - self.jitter, 1 + self.jitter)


ONCE = Policy(attempts=1)
"""Of a task that does not say it may be run again."""


class WorkerDiedError(Exception):
    """The worker was killed, or its machine stopped, in the middle of the task."""


def durable_task(
    *, attempts: int = 6, first: timedelta = Policy.first, longest: timedelta = Policy.longest, priority: int = 0
) -> Callable[[Callable[P, T]], Task[P, T]]:
    """A task that may be run again without harm, and is: ``attempts`` times in all, later each time.

    Make its effects once with ``once(key, effect)``. ``priority`` goes from -100 to 100; the highest is done first.
    """

    def made(function: Callable[P, T]) -> Task[P, T]:
        function.durability = Policy(attempts, first, longest)  # type: ignore[attr-defined]
        return task(priority=priority)(function)

    return made


def policy_of(row: Row) -> Policy:
    """The policy of that row's task; the usual one when this version does not know the task: another may."""
    try:
        found = getattr(row.task.func, "durability", ONCE)
    except (ImportError, SuspiciousOperation):
        return Policy()
    return found if isinstance(found, Policy) else ONCE


def try_again(row: Row, error: BaseException, now: datetime) -> bool:
    """The task under way goes back in the queue, later each time; False, and it stays failed, after so many times.

    The error is kept either way. Nothing is changed when the row was meanwhile taken from whoever ran it.
    """
    policy, tries = policy_of(row), len(row.worker_ids)
    told = {
        "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
        "traceback": "".join(format_exception(error)),
        "return_value": None,
    }
    if tries >= policy.attempts:
        if under_way(row).update(status="FAILED", finished_at=now, **told):
            log.error("%s failed for good (tried %d times): %r", row.task_path, tries, error)
        return False
    wait = policy.wait(tries)
    if not under_way(row).update(status="READY", run_after=now + wait, finished_at=None, **told):
        return False
    log.warning(
        "%s failed (%d of %d), again in %d s: %r", row.task_path, tries, policy.attempts, wait.total_seconds(), error
    )
    return True


def done(row: Row, value: Any, now: datetime) -> bool:
    """The task under way succeeded; False when the row was meanwhile taken from whoever ran it."""
    ended = {"status": "SUCCESSFUL", "finished_at": now, "return_value": value}
    return bool(under_way(row).update(exception_class_path="", traceback="", **ended))


def under_way(row: Row) -> QuerySet[Row]:
    """That row, as long as it is being run by whoever claimed it then: each claim has its own instant."""
    return DBTaskResult.objects.filter(pk=row.pk, status="RUNNING", started_at=row.started_at)
