"""How fast pages answer with a hundred thousand files, on a real server, against a bare page of the same size.

Run with the project's own Python: ``.venv/bin/python benchmarks/web.py [--database URL] [--files 100000]``. The
database named must be an empty one; without it a file of SQLite is made. ``--home FOLDER`` keeps what was built, and
measures it again when it is there. The client runs beside the server and takes its share of the processors.
"""

import argparse
import http.client
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pages import Page

ROOT = Path(__file__).resolve().parents[1]
PORT = 8765
DONE = (200, 204)
TOKEN = "b" * 32
CSRF = f"parchemin_csrf={TOKEN}"
SENDING = {
    "Content-Type": "application/x-www-form-urlencoded",
    "X-CSRFToken": TOKEN,
    "X-Requested-With": "fetch",
}


class Load(NamedTuple):
    """What a client met: milliseconds for each answer in order of size, answers a second.

    ``processor`` is the milliseconds of processor that the server spent on each, whoever else uses the machine.
    """

    times: list[float]
    rate: float
    processor: float

    def __str__(self) -> str:
        return (
            f"p50 {self.at(0.5):6.1f} ms, p95 {self.at(0.95):6.1f} ms, {self.rate:6.1f}/s, "
            f"{self.processor:5.1f} ms of processor each"
        )

    def at(self, share: float) -> float:
        """The time under which that share of the answers came."""
        return self.times[min(len(self.times) - 1, int(share * len(self.times)))]


def counted(page: "Page") -> tuple[int, int, list[str]]:
    """The most queries one of these pages takes, its bytes, and the five slowest queries met."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    most, size, met = 0, 0, []
    for address, cookie in page.asked[:10]:
        client = Client(headers={"cookie": cookie, "host": "127.0.0.1"})
        ask = _asker(client, page, address)
        ask(0)  # once in five minutes a visit is noted; that is not what is counted
        with CaptureQueriesContext(connection) as captured:
            answer = ask(1)
        assert answer.status_code in DONE, (address, answer.status_code)
        most, size = max(most, len(captured)), max(size, len(answer.content))
        met += [(float(one["time"]), one["sql"]) for one in captured.captured_queries]
    return most, size, [f"{1000 * spent:.0f} ms {sql[:2000]}" for spent, sql in sorted(met, reverse=True)[:5]]


def _asker(client: Any, page: "Page", address: str) -> Callable[[int], Any]:
    """Asks for that page, or sends its form, at each turn."""
    if not page.sent:
        return lambda turn: client.get(address)
    kind, headers = "application/x-www-form-urlencoded", {"x-requested-with": "fetch"}
    return lambda turn: client.post(address, page.sent[turn % len(page.sent)], kind, headers=headers)


def loaded(
    server: "Server", asked: Sequence[tuple[str, str]], connections: int, seconds: float, sent: Sequence[str] = ()
) -> Load:
    """What ``connections`` clients meet that ask one page after the other, without a pause, for that long.

    The forms ``sent`` are sent there instead, one then the other.
    """
    times: list[float] = []
    failures: list[str] = []
    until = time.perf_counter() + seconds

    def ask(turn: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        while time.perf_counter() < until and not failures:
            address, cookie = asked[turn % len(asked)]
            started = time.perf_counter()
            body = sent[turn // len(asked) % len(sent)] if sent else None
            headers = {"Cookie": f"{cookie}; {CSRF}", "Accept-Language": "fr", **(SENDING if sent else {})}
            link.request("POST" if sent else "GET", address, body, headers)
            answer = link.getresponse()
            answer.read()
            times.append(1000 * (time.perf_counter() - started))
            if answer.status not in DONE:
                failures.append(f"{address}: {answer.status}")
            turn += connections

    began, spent = time.perf_counter(), server.spent()
    threads = [threading.Thread(target=ask, args=(index,)) for index in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(f"not measured: {failures[0]}")
    took = time.perf_counter() - began
    return Load(sorted(times), len(times) / took, 1000 * (server.spent() - spent) / len(times))


class Server:
    """A real server of the project with one process, or the same of the bare page, while it is needed."""

    def __init__(self, *, is_bare: bool = False) -> None:
        from parchemin.project.server import web_command

        command = web_command("127.0.0.1", PORT, 1)
        if is_bare:
            threads = str(min(8, 2 * (os.cpu_count() or 1) + 1))
            told = [
                "--interface",
                "wsgi",
                "--host",
                "127.0.0.1",
                "--port",
                str(PORT),
                "--no-ws",
                "--log-level",
                "warning",
            ]
            command = [
                sys.executable,
                "-m",
                "granian",
                *told,
                "--blocking-threads",
                threads,
                "benchmarks.bare:application",
            ]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})

    def __enter__(self) -> "Server":
        for _ in range(200):
            try:
                link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
                link.request("GET", "/sante/")
                link.getresponse().read()
                return self
            except OSError:
                time.sleep(0.1)
        self.process.kill()
        raise SystemExit("the server did not start")

    def spent(self) -> float:
        """Seconds of processor that the server and its worker used so far."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:  # it ended meanwhile
                continue
            if self.process.pid in (int(stat.parent.name), int(fields[1])):
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def measured(measure: Callable[[int], Load], name: str, note: str) -> None:
    """Print what is met at one and at sixteen connections."""
    alone, many = measure(1), measure(16)
    told = [f"{'':9} {n:2}: {load}" for n, load in ((1, alone), (16, many))]
    print(f"{name:9} {note}", *told, sep="\n", flush=True)


def settled(database: str, home: str) -> None:
    """The settings read for that home and that database, whose tables are there."""
    os.environ["PARCHEMIN_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "parchemin.project.settings"
    if database:
        os.environ["DATABASE_URL"] = database
    import django

    django.setup()
    from parchemin.project.setup import prepare_home

    prepare_home()


def prepared(options: argparse.Namespace, home: str) -> None:
    """The settings read for that home and that database, and the files built unless they are there."""
    settled(options.database, home)
    from copies import build

    from parchemin.records.candidacies.models import Candidacy

    if Candidacy.objects.count() < options.files:
        build(options.files)
    print(f"{Candidacy.objects.count():,} files, {options.database.partition(':')[0] or 'sqlite'}")


def asked_for(pages: Sequence["Page"], options: argparse.Namespace) -> list[tuple["Page", int, int, list[str]]]:
    """Each page asked for on the real server, what is met printed; each with what ``counted`` says of it."""
    known = [(page, *counted(page)) for page in pages]
    with Server() as server:
        for page, most, size, slow in known:
            loaded(server, page.asked, 1, 1, page.sent)
            note = f"{most} queries, {size / 1024:.0f} kB"
            measured(lambda n, one=page: loaded(server, one.asked, n, options.seconds, one.sent), page.name, note)  # type: ignore[misc]
            if options.slow:
                print(*(f"    {one}" for one in slow), sep="\n")
    return known


def main() -> None:
    """Build, measure and print."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    reading.add_argument("--files", type=int, default=100_000)
    reading.add_argument("--seconds", type=float, default=8.0, help="for each figure")
    reading.add_argument("--home", default="", help="folder to build in, kept")
    reading.add_argument("--slow", action="store_true", help="print the slowest queries of each page")
    options = reading.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepared(options, options.home or folder)
        from pages import pages

        known = asked_for(pages(), options)
        with Server(is_bare=True) as server:
            for page, _, size, _ in known:
                asked = [(f"/bare/{size}/", page.asked[0][1])]
                loaded(server, asked, 1, 1)
                measured(lambda n, asked=asked: loaded(server, asked, n, options.seconds), "bare", f"as {page.name}")  # type: ignore[misc]


if __name__ == "__main__":
    main()
