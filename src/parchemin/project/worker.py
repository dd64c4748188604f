"""The worker: runs tasks in threads, takes back those of dead workers, and schedules when it leads."""

import contextlib
import logging
import os
import random
import secrets
import signal
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType
from typing import Any, cast

from django.db import DatabaseError, InterfaceError, close_old_connections, connections, transaction
from django.utils import timezone
from django_tasks.base import TaskContext, TaskResult
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from parchemin.project.durable import Row, WorkerDiedError, done, try_again
from parchemin.project.models import Heartbeat
from parchemin.project.scheduler import resign, tick

BEAT = 2.0
"""Seconds between two heartbeats."""
DEAD = timedelta(seconds=45)
"""Without a beat for that long a worker is dead: twice as long as a beat may wait for a database that is locked."""
POLL = 0.5
"""Seconds between two looks at the queue when it is empty."""
PAUSE = 2.0
"""Seconds waited after the database did not answer."""
log = logging.getLogger(__name__)


def named() -> str:
    """A name for a worker of this process: its machine, its process, and something of its own."""
    return f"{_prefix(os.getpid())}{secrets.token_hex(4)}"


class Worker:
    """Runs tasks until told to stop; a task under way is finished first."""

    def __init__(self, name: str, threads: int = 2) -> None:
        self.name = name
        self._threads = [threading.Thread(target=self._work, name=f"tasks-{index}") for index in range(threads)]
        self._beating = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        self._stopping = threading.Event()
        self._over = threading.Event()

    def run(self) -> None:
        """Work until ``stop``; after, its heartbeat is gone and somebody else may lead."""
        self._insist(lambda: alive(self.name, timezone.now()))
        for thread in (self._beating, *self._threads):
            thread.start()
        for thread in self._threads:
            while thread.is_alive():  # a wait without an end would keep signals from being seen
                thread.join(0.5)
        self._over.set()
        self._beating.join(timeout=5)

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End after the tasks under way; told twice, end at once."""
        if self._stopping.is_set():
            os._exit(1)
        self._stopping.set()

    def stop_on_signals(self) -> None:
        """SIGTERM and Ctrl-C stop it."""
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self.stop)

    def _work(self) -> None:
        try:
            while not self._stopping.is_set():
                close_old_connections()
                try:
                    row = claimed(self.name)
                except DatabaseError:
                    log.exception("the queue cannot be read")
                    self._stopping.wait(PAUSE)
                    continue
                if row is None:
                    self._stopping.wait(POLL * random.uniform(0.8, 1.2))
                else:
                    self._perform(row)
        finally:
            connections.close_all()

    def _perform(self, row: Row) -> None:
        try:
            value = called(row)
        except BaseException as error:  # a task that asks to exit failed too
            why = error
            self._insist(lambda: try_again(row, why, timezone.now()))
        else:
            self._insist(lambda: done(row, value, timezone.now()))

    def _insist(self, write: Callable[[], object]) -> None:
        """What must be written is tried until the database answers; told to stop, it is left to whoever reaps."""
        while True:
            try:
                write()
                return
            except (DatabaseError, InterfaceError):
                log.exception("the database does not answer the worker")
                if self._stopping.wait(PAUSE):
                    return
                close_old_connections()

    def _beat(self) -> None:
        try:
            while not self._over.is_set():
                close_old_connections()
                try:
                    alive(self.name, timezone.now())
                    reap(timezone.now())
                    if not self._stopping.is_set():
                        tick(self.name)
                except Exception:
                    log.exception("the worker could not beat")
                self._over.wait(BEAT)
            with contextlib.suppress(DatabaseError, InterfaceError):
                resign(self.name)
                Heartbeat.objects.filter(worker=self.name).delete()
        finally:
            connections.close_all()


def claimed(worker: str) -> Row | None:
    """The next task that is ready, claimed by that worker and by no other; None when there is none."""
    ready = DBTaskResult.objects.ready().filter(backend_name="default")
    if not ready.exists():  # an empty queue is seen without locking a thing
        return None
    with transaction.atomic():
        row = ready.get_locked()
        if row is not None:
            row.claim(worker)
        return row


def called(row: Row) -> object:
    """Run the task of that row; what it answers, as JSON keeps it."""
    task, told = row.task, cast("TaskResult[Any]", row.task_result)
    given = (TaskContext(task_result=told), *told.args) if task.takes_context else told.args
    return normalize_json(task.call(*given, **told.kwargs))


def alive(worker: str, now: datetime) -> None:
    """The worker says so."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"beat_at": now})


def reap(now: datetime) -> int:
    """The tasks of workers that no longer beat are to be done again, or failed too often; how many were taken back.

    A worker beats before it claims: the tasks are read first, so that none of a new worker is taken for a dead one's.
    """
    rows = list(DBTaskResult.objects.running())
    if not rows:
        return 0
    living = set(Heartbeat.objects.filter(beat_at__gte=now - DEAD).values_list("worker", flat=True))
    count = 0
    for row in rows:
        last = row.worker_ids[-1] if row.worker_ids else ""
        if last not in living:
            count += try_again(row, WorkerDiedError(last), now)
    Heartbeat.objects.filter(beat_at__lt=now - 100 * DEAD).delete()
    return count


def bury(process: int) -> int:
    """The worker of that process of this machine ended: its tasks are taken back at once; how many."""
    prefix = _prefix(process)
    Heartbeat.objects.filter(worker__startswith=prefix).delete()
    rows = [row for row in DBTaskResult.objects.running() if row.worker_ids and row.worker_ids[-1].startswith(prefix)]
    return sum(try_again(row, WorkerDiedError(prefix), timezone.now()) for row in rows)


def _prefix(process: int) -> str:
    return f"{socket.gethostname()[:40]}-{process}-"
