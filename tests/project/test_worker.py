"""Background work survives what happens to workers: killed, failing, several, told to stop, or replaced."""

import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from parchemin.project.durable import Policy, done, try_again
from parchemin.project.models import Heartbeat, Mail
from parchemin.project.worker import DEAD, Worker, alive, bury, claimed, named, reap
from tests.project.background import failing, failing_plainly, leaving, slowly, until, worker

pytestmark = pytest.mark.django_db(transaction=True)


def all_succeeded() -> bool:
    return not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


def given_up() -> bool:
    return DBTaskResult.objects.filter(status="FAILED").exists()


@contextmanager
def running(*names: str) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Workers in processes of their own, told to stop at the end: each ends well."""
    processes = [worker(name) for name in names]
    try:
        yield processes
        for process in processes:
            process.send_signal(signal.SIGTERM)
        assert [process.wait(20) for process in processes] == [0] * len(processes)
    finally:
        for process in processes:
            process.kill()
            process.wait()


@contextmanager
def working(name: str) -> Iterator[None]:
    """A worker in threads of this process, stopped at the end."""
    one = Worker(name)
    thread = threading.Thread(target=one.run)
    thread.start()
    try:
        yield
    finally:
        one.stop()
        thread.join(20)
    assert not thread.is_alive()


@pytest.mark.parametrize(("inside", "after"), [(30.0, 0.0), (0.0, 30.0)], ids=["in the effect", "after the effect"])
def test_a_worker_is_killed_in_the_middle_of_a_task_and_it_takes_effect_once(inside: float, after: float) -> None:
    slowly.enqueue("letter", inside, after)
    doomed = worker("doomed")
    try:
        assert until(lambda: DBTaskResult.objects.filter(status="RUNNING").exists())
        assert not after or until(Mail.objects.exists)
    finally:
        doomed.kill()
        doomed.wait()
    assert DBTaskResult.objects.get().status == "RUNNING"
    assert Mail.objects.count() == bool(after)
    DBTaskResult.objects.update(args_kwargs={"args": ["letter", 0.0, 0.0], "kwargs": {}})
    with running("second"):
        assert until(all_succeeded)
    assert Mail.objects.count() == 1
    assert DBTaskResult.objects.get().worker_ids == ["doomed", "second"]
    assert not Heartbeat.objects.filter(worker="second").exists()


def test_two_workers_do_each_of_two_hundred_tasks_once() -> None:
    for number in range(200):
        slowly.enqueue(f"letter-{number}", 0.0, 0.0)
    with running("one", "two"):
        assert until(all_succeeded)
    assert Mail.objects.count() == 200
    tries = [tuple(ids) for ids in DBTaskResult.objects.values_list("worker_ids", flat=True)]
    assert {len(ids) for ids in tries} == {1}
    assert set(Counter(tries)) <= {("one",), ("two",)}


def test_told_to_stop_a_worker_finishes_the_task_under_way_and_begins_no_other() -> None:
    slowly.enqueue("first", 0.0, 1.5)
    slowly.enqueue("second", 0.0, 1.5)
    slowly.enqueue("third", 0.0, 0.0)
    with running("one"):
        assert until(lambda: Mail.objects.count() == 2)
    found = DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True)
    assert list(found) == ["SUCCESSFUL", "SUCCESSFUL", "READY"]


def test_a_task_that_fails_is_tried_again_later_then_given_up_with_its_last_error() -> None:
    failing.enqueue("letter")
    with working("one"):
        assert until(lambda: DBTaskResult.objects.exclude(traceback="").exists())
        first = DBTaskResult.objects.get()
        assert until(given_up)
    row = DBTaskResult.objects.get()
    assert row.worker_ids == ["one"] * 3
    assert row.exception_class_path == "builtins.OSError"
    assert "out of ink" in row.traceback
    assert row.traceback != first.traceback
    assert row.finished_at
    assert not Mail.objects.exists()


def test_a_task_that_does_not_say_it_may_be_run_again_is_not() -> None:
    failing_plainly.enqueue()
    with working("one"):
        assert until(given_up)
    assert DBTaskResult.objects.get().worker_ids == ["one"]


def test_a_task_that_asks_to_exit_fails_and_the_worker_goes_on() -> None:
    leaving.enqueue()
    with working("one"):
        assert until(given_up)
        slowly.enqueue("letter", 0.0, 0.0)
        assert until(Mail.objects.exists)


def test_each_wait_is_longer_up_to_the_longest_and_no_two_are_alike() -> None:
    policy = Policy(first=timedelta(seconds=10), longest=timedelta(minutes=5))
    for tries, seconds in ((1, 10), (2, 20), (3, 40), (5, 160), (6, 300), (400, 300)):
        waits = {policy.wait(tries).total_seconds() for _ in range(20)}
        assert len(waits) == 20
        assert all(0.8 * seconds <= one <= 1.2 * seconds for one in waits)


def test_the_task_of_a_dead_worker_waits_before_it_comes_back_and_is_given_up_in_the_end() -> None:
    failing.enqueue("letter")
    now = timezone.now()
    for tries in (1, 2, 3):
        DBTaskResult.objects.update(run_after=now)
        alive("one", now)
        assert claimed("one")
        assert reap(now) == 0
        assert reap(now + DEAD + timedelta(seconds=1)) == (tries < 3)
    row = DBTaskResult.objects.get()
    assert row.status == "FAILED"
    assert "WorkerDiedError" in row.exception_class_path
    assert not claimed("one")


def test_a_worker_that_was_thought_dead_changes_nothing_to_a_task_given_to_another() -> None:
    slowly.enqueue("letter", 0.0, 0.0)
    mine = claimed("one")
    assert mine
    assert reap(timezone.now()) == 1
    DBTaskResult.objects.update(run_after=timezone.now())
    theirs = claimed("two")
    assert theirs
    assert not done(mine, None, timezone.now())
    assert not try_again(mine, OSError(), timezone.now())
    assert DBTaskResult.objects.get().status == "RUNNING"
    assert done(theirs, None, timezone.now())


def test_the_tasks_of_a_process_known_to_be_dead_come_back_at_once() -> None:
    slowly.enqueue("letter", 0.0, 0.0)
    name = named()
    alive(name, timezone.now())
    assert claimed(name)
    process = int(name.rsplit("-", 2)[1])
    assert bury(process + 1) == 0
    assert bury(process) == 1
    assert DBTaskResult.objects.get().status == "READY"
    assert not Heartbeat.objects.exists()
