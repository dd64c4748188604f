"""Tasks and a periodic job of the tests, and a worker in a process of its own on the tests' database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import connection, transaction
from django_tasks import task

from parchemin.project.durable import durable_task
from parchemin.project.models import Mail
from parchemin.project.once import once
from parchemin.project.tasks import erase_what_is_due
from parchemin.records.candidacies.actions.erasing import erase_file
from tests.samples import ROOT

SCRIPT = """
import os, sys, django
from datetime import timedelta
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
django.setup()
from parchemin.project import scheduler, worker
from tests.project import background
worker.BEAT, worker.DEAD, scheduler.LASTS = 0.2, timedelta(seconds=2), timedelta(seconds=2)
if "--job" in sys.argv:
    scheduler.register("tests", scheduler.seconds(1), background.note)
one = worker.Worker(sys.argv[1])
one.stop_on_signals()
one.run()
"""
QUICKLY = timedelta(milliseconds=100)


def keep(subject: str) -> None:
    """One message of that subject is kept."""
    Mail.objects.create(to="somebody@example.org", subject=subject, text="")


def note(due: datetime) -> None:
    """The periodic job of the tests: it keeps when it was due."""
    keep(due.isoformat())


@durable_task(first=QUICKLY)
def slowly(key: str, inside: float, after: float) -> None:
    """Keep one message, once, taking that many seconds in the middle of it, and after it."""

    def effect() -> None:
        keep(key)
        time.sleep(inside)

    once(key, effect)
    time.sleep(after)


@durable_task(attempts=3, first=QUICKLY)
def failing(key: str) -> None:
    """Keep a message, then fail: nothing of it may stay."""

    def effect() -> None:
        keep(key)
        raise OSError(f"the printer is out of ink ({time.monotonic_ns()})")

    once(key, effect)


@durable_task(first=QUICKLY)
def erase_slowly(run: int, seconds: float) -> None:
    """What a run of retention says is erased, that long for each file before it is committed."""

    def slow(**told: Any) -> int:
        with transaction.atomic():
            erased = erase_file(**told)
            time.sleep(seconds)
        return erased

    with patch("parchemin.project.tasks.erase_file", slow):
        erase_what_is_due.call(run)


@task()
def failing_plainly() -> None:
    """Fail, without a word about whether it may be run again."""
    raise OSError


@durable_task(attempts=2, first=QUICKLY)
def leaving() -> None:
    """Ask the process to end: a task may not."""
    sys.exit(3)


def worker(name: str, *given: str) -> "subprocess.Popen[bytes]":
    """A worker process of that name, which is impatient; it schedules the job of the tests with ``--job``."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PARCHEMIN_TEST_HOME": os.environ["PARCHEMIN_TEST_HOME"],
    }
    assert settings.TASKS
    return subprocess.Popen([sys.executable, "-c", SCRIPT, name, *given], env=environment, cwd=ROOT)


def until(true: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Whether it becomes true in that time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False
