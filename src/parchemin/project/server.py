"""The server and its worker, side by side: started together, watched, stopped together.

``python -m parchemin.project.server HOST PORT WORKERS`` is the web server alone, as ``supervise`` starts it.
"""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

GRACE = 8.0
"""Seconds given to the children to finish what they do."""
STEADY = 30.0
"""Seconds after which a child that ran is no longer thought to be failing at its start."""
MOST = 8
"""Times in a row a child may fail at its start before all is given up."""
LIFELINE = "PARCHEMIN_LIFELINE"
"""The variable that tells a child which pipe closes when its parent is no more, even killed."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Death:
    """A process that ended on its own: its number, its exit code, and the seconds after which it is started again."""

    process: int
    code: int
    wait: float


def _untold(_death: Death) -> None:
    pass


@dataclass
class Child:
    """One process that must be running: started again when it dies, later each time it dies early.

    ``told`` hears of each death.
    """

    command: Sequence[str]
    told: Callable[[Death], object] = _untold
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    failures: int = 0
    again_at: float = field(default=0.0)

    def keep(self, lifeline: int) -> bool:
        """Start it if it is not running and its time has come; False when it failed too often to be tried again."""
        if self.process and self.process.poll() is None:
            if time.monotonic() - self.started > STEADY:
                self.failures = 0
            return True
        if self.process and not self.again_at:
            self._died(self.process)
        if self.failures >= MOST:
            return False
        if time.monotonic() >= self.again_at:
            environment = {**os.environ, LIFELINE: str(lifeline)}
            self.process = subprocess.Popen(
                self.command, env=environment, pass_fds=[lifeline], start_new_session=True, stdin=subprocess.DEVNULL
            )
            self.started, self.again_at = time.monotonic(), 0.0
        return True

    def stop(self) -> None:
        """Ask it to end."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def end(self, deadline: float) -> None:
        """Wait for it to end, then end it, and whatever it started."""
        if self.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.1, deadline - time.monotonic()))
            self._sweep(self.process)
            self.process.wait()

    def _died(self, process: "subprocess.Popen[bytes]") -> None:
        self.failures += 1
        wait = min(30.0, 0.5 * 2 ** (self.failures - 1))
        self.again_at = time.monotonic() + wait
        self._sweep(process)
        try:
            self.told(Death(process.pid, process.returncode, wait))
        except Exception:
            log.exception("what to do about a death could not be done")

    def _sweep(self, process: "subprocess.Popen[bytes]") -> None:
        """Its own children may outlive it, and hold the port."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def web_command(host: str, port: int, workers: int) -> list[str]:
    """How the web server is started."""
    return [sys.executable, "-m", "parchemin.project.server", host, str(port), str(workers)]


def worker_command() -> list[str]:
    """How the worker is started."""
    return [sys.executable, "-m", "parchemin", "worker"]


def supervise(children: Sequence[Child]) -> int:
    """Keep these running until told to stop, then stop them; 0, or 1 when one could not be kept running.

    Told twice, they are not waited for.
    """
    told = 0

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal told
        told += 1

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, stop)
    lifeline, held = os.pipe()
    code = 0
    while not told and not code:
        code = int(not all([child.keep(lifeline) for child in children]))  # noqa: C419  # each is kept, not only the first
        time.sleep(0.2)
    for child in children:
        child.stop()
    deadline = time.monotonic() + GRACE
    while told < 2 and time.monotonic() < deadline and any(c.process and c.process.poll() is None for c in children):
        time.sleep(0.05)
    for child in children:
        child.end(time.monotonic())
    os.close(held)
    os.close(lifeline)
    return code


def end_with_parent() -> None:
    """This process stops, as if told to, once the process that supervises it is no more."""
    lifeline = os.environ.pop(LIFELINE, "")
    if not lifeline:
        return

    def wait() -> None:
        with contextlib.suppress(OSError):
            os.read(int(lifeline), 1)  # nothing is ever written: it returns when the other end is gone
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def serve_web(host: str, port: int, workers: int) -> None:
    """The web server, until SIGTERM."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "parchemin.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=min(8, 2 * (os.cpu_count() or 1) + 1),
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=int(GRACE) // 2,
    ).serve()


if __name__ == "__main__":
    end_with_parent()
    serve_web(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
