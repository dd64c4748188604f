"""`parchemin serve` on an empty folder: everything is made, whatever dies comes back, and it stops when told."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.project.background import until
from tests.samples import ROOT


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def status(address: str) -> int:
    """The status at that address, not following where it leads; 0 when nobody answers."""
    try:
        with urllib.request.build_opener(_Stay).open(address, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def started_by(process: int) -> dict[int, str]:
    """The processes that one started, and those that they did, by their commands."""
    parents, commands = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                commands[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
    found = {process}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return {one: commands[one] for one in found - {process}}


def living(processes: Iterable[int]) -> list[int]:
    """Those that are still there, and not waiting to be counted."""
    found = []
    for one in processes:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                found.append(one)
    return found


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a new database on the server of the tests; empty when they use a file."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield ""
        return
    name = f"serve_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def run(tmp_path: Path, database: str) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Starts a command on the home folder of the test; what it says goes to the file ``out``."""
    started: list[subprocess.Popen[bytes]] = []
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PARCHEMIN_", "DJANGO_", "DATAB"))
    }
    environment = {**kept, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"}
    if database:
        environment["DATABASE_URL"] = database

    def start(*words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "parchemin", *words, "--home", str(tmp_path / "home")]
        with (tmp_path / "out").open("wb") as out:
            started.append(subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT))
        return started[-1]

    yield start
    below = [one for process in started if process.poll() is None for one in started_by(process.pid)]
    for process in started:
        process.kill()
        process.wait()
    assert until(lambda: not living(below), 15)


def test_an_empty_folder_is_served_whatever_is_killed_and_stopped_when_told(
    tmp_path: Path, database: str, run: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    home, out, port = tmp_path / "home", tmp_path / "out", free_port()
    site = f"http://127.0.0.1:{port}"
    serve = run("serve", "--port", str(port))
    assert until(lambda: status(f"{site}/sante/") == 200, 180), out.read_text()
    assert status(f"{site}/") in (200, 302)
    link = re.search(rf"{site}(/compte/premier-acces/\S+)", out.read_text())
    assert link
    with urllib.request.urlopen(f"{site}{link[1]}", timeout=10) as page:
        assert "password" in page.read().decode()
    assert (home / "parchemin.sqlite3").is_file() == (not database)
    assert (home / "secret.key").stat().st_mode & 0o077 == 0
    assert home.stat().st_mode & 0o077 == 0

    web = next(one for one, command in started_by(serve.pid).items() if "granian" in command and started_by(one))
    under = [web, *started_by(web)]
    os.kill(web, signal.SIGKILL)
    assert until(lambda: not living(under))
    assert until(lambda: status(f"{site}/sante/") == 200), out.read_text()
    assert "Le site s’est arrêté" in out.read_text()
    worker = next(one for one, command in started_by(serve.pid).items() if command.endswith("worker "))
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: any(c.endswith("worker ") and o != worker for o, c in started_by(serve.pid).items()))

    def is_at_work() -> bool:
        check = run("check", "--json")
        assert check.wait(60) == 0, out.read_text()
        told = json.loads(out.read_text())
        assert told["is_fit"]
        return "worker_fit" in {point["code"] for point in told["points"]}

    assert until(is_at_work)

    below = started_by(serve.pid)
    serve.send_signal(signal.SIGTERM)
    assert serve.wait(15) == 0
    assert not living(below)

    killed = run("serve", "--port", str(port))
    assert until(lambda: status(f"{site}/sante/") == 200), out.read_text()
    below = started_by(killed.pid)
    killed.kill()
    killed.wait()
    assert until(lambda: not living(below), 15)
    again = run("serve", "--port", str(port), "--no-worker")
    assert until(lambda: status(f"{site}/sante/") == 200), out.read_text()
    assert not [command for command in started_by(again.pid).values() if command.endswith("worker ")]
    again.send_signal(signal.SIGINT)
    assert again.wait(15) == 0


def test_a_port_that_is_taken_or_does_not_exist_is_said_at_once(
    tmp_path: Path, run: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert run("serve", "--port", str(other.getsockname()[1])).wait(60) == 2
    assert "--port" in (tmp_path / "out").read_text()
    assert run("serve", "--host", "192.0.2.1").wait(60) == 2
    assert "192.0.2.1" in (tmp_path / "out").read_text()
    assert not (tmp_path / "home").exists()
