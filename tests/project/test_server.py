"""Children are started again, later each time they die early, and all is given up when one cannot be kept."""

import os
import sys
import time

import pytest

from parchemin.project import server
from parchemin.project.server import Child, Death, supervise
from tests.project.background import until


def test_a_child_that_cannot_run_is_tried_a_few_times_then_all_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "MOST", 2)
    deaths: list[Death] = []
    broken = Child([sys.executable, "-c", "raise SystemExit(3)"], deaths.append)
    steady = Child([sys.executable, "-c", "import time; time.sleep(600)"])
    started = time.monotonic()
    assert supervise([steady, broken]) == 1
    assert time.monotonic() - started < server.GRACE + 15
    assert [(one.code, one.wait) for one in deaths] == [(3, 0.5), (3, 1.0)]
    assert steady.process
    assert steady.process.returncode


def test_what_a_dead_child_had_started_does_not_outlive_it() -> None:
    script = "import os, subprocess, sys; subprocess.Popen(['sleep', '600']); os._exit(1)"
    child = Child([sys.executable, "-c", script])
    child.keep(0)
    assert child.process
    group = child.process.pid
    assert child.process.wait(30) == 1
    os.killpg(group, 0)
    child.keep(0)

    def is_over() -> bool:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        return False

    assert until(is_over, 5)
