"""How fast pages answer with a hundred thousand files, on a real server, against a bare page of the same size.

Run with the project's own Python: ``.venv/bin/python benchmarks/web.py [--database URL] [--files 100000]``. The
database named must be an empty one; without it a file of SQLite is made. ``--home FOLDER`` keeps what was built, and
measures it again when it is there. The client runs beside the server and takes its share of the processors.
"""

import argparse
import http.client
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
PORT = 8765
SAMPLE = 200
"""Pages of each kind that are asked for in turn."""
BATCH = 500
"""Copies written together."""
COHORT = 200
"""Candidates of the matrix whose every competence has a result."""
WAITING = ("received", "complete", "returned")
GRIDS = 50
"""Grids that one evaluator has to rate."""
DONE = (200, 204)
TOKEN = "b" * 32
CSRF = f"parchemin_csrf={TOKEN}"
SENDING = {
    "Content-Type": "application/x-www-form-urlencoded",
    "X-CSRFToken": TOKEN,
    "X-Requested-With": "fetch",
}
SHARES = {"admissible": 55, "draft": 15, "refused": 10, "withdrawn": 7, "received": 5, "returned": 5, "complete": 3}
"""Out of a hundred files: most are old, and few wait."""
RARE = {"appeal": 40, "accommodation": 20, "message": 10}
"""One copy in so many keeps the appeal, the request or the message that its pattern has."""


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


class Page(NamedTuple):
    """A kind of page: its addresses, and the cookie of whoever asks for each; ``sent`` in turn when it is a form."""

    name: str
    asked: list[tuple[str, str]]
    sent: tuple[str, ...] = ()


def build(count: int) -> None:
    """``count`` files: forty made by the records' own actions, then copied with every row they have."""
    from django.db import connection
    from django.utils import timezone

    from parchemin.project.demo import making
    from parchemin.records.candidacies.models import Candidacy

    today = timezone.localdate()
    cast = making.make(timezone.now(), today)
    making.filled(cast, today)
    patterns = list(Candidacy.objects.order_by("number"))
    chance = random.Random(2026)
    started = time.perf_counter()
    for first in range(0, count - len(patterns), BATCH):
        copied(patterns, range(first, min(first + BATCH, count - len(patterns))), chance)
        if first % (20 * BATCH) == 0:
            print(f"  {first + BATCH:7,} files, {time.perf_counter() - started:5.0f} s", file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def copied(patterns: Sequence[Any], numbers: range, chance: random.Random) -> None:
    """Copies of the patterns, one for each number: other persons, other days, the same rows."""
    from django.db import transaction

    from parchemin.records.people.models import CivilIdentity, Person

    shares = [
        SHARES.get(one.status, 1) / sum(1 for other in patterns if other.status == one.status) for one in patterns
    ]
    taken = chance.choices(patterns, shares, k=len(numbers))
    people, files = [], []
    for number, pattern in zip(numbers, taken, strict=True):
        who = Person(
            email=f"copie{number}@example.org",
            given_name=pattern.candidate.given_name,
            family_name=f"{pattern.candidate.family_name} {number % 977}",
            password="!",
        )
        people.append(who)
        files.append(_moved(pattern, who, number, chance))
    with transaction.atomic():
        Person.objects.bulk_create(people)
        identities = {
            one.person_id: one for one in CivilIdentity.objects.filter(person__in={p.candidate_id for p in taken})
        }
        CivilIdentity.objects.bulk_create(
            _again(identities[pattern.candidate_id], person=who)
            for pattern, who in zip(taken, people, strict=True)
            if pattern.candidate_id in identities
        )
        type(files[0]).objects.bulk_create(files)
        for model, rows in _children(taken, files, chance):
            model._base_manager.bulk_create(rows, batch_size=5_000)


def _moved(pattern: Any, who: Any, number: int, chance: random.Random) -> Any:
    days = chance.randrange(60) if pattern.status in WAITING else chance.randrange(700)
    made = _again(pattern, candidate=who, number=f"{pattern.created_at.year}-{100_000 + number}")
    made.waiting_since -= timedelta(days=days)
    made.created_at -= timedelta(days=days)
    if made.due_on and pattern.status not in WAITING:
        made.due_on += timedelta(days=chance.randrange(90))
    return made


def _again(row: Any, **changes: Any) -> Any:
    """An unsaved copy of a row under another id."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    key = row._meta.pk
    if key.is_relation:
        fields.pop(key.attname)
    elif key.get_internal_type() == "UUIDField":
        fields[key.attname] = uuid4()
    else:
        fields.pop(key.attname)
    made = type(row)(**fields)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def _tables() -> list[tuple[Any, str]]:
    """Every table of a file and the column that says whose row it is, a row's own parts after it."""
    from parchemin.records.candidacies import models as m

    return [
        *((model, "candidacy") for model in (m.CandidacyDate, m.RouteChange, m.Confirmation, m.StepDone, m.Statement)),
        (m.Document, "candidacy"),
        (m.DocumentVersion, "document"),
        (m.Signature, "version"),
        (m.Experience, "candidacy"),
        (m.Deposit, "candidacy"),
        (m.DepositedVersion, "deposit"),
        *((model, "candidacy") for model in (m.DecisionRecord, m.OverrideRecord, m.Message, m.Accommodation)),
        (m.Appeal, "decision"),
        (m.Letter, "candidacy"),
    ]


def _children(patterns: Sequence[Any], files: Sequence[Any], chance: random.Random) -> Iterator[tuple[Any, list[Any]]]:
    """The rows under each file, table by table; what points to a row of the file points to its copy."""
    new = [{pattern.pk: file.pk} for pattern, file in zip(patterns, files, strict=True)]
    for model, owner in _tables():
        made = []
        for ids, pattern in zip(new, patterns, strict=True):
            if chance.randrange(RARE.get(model._meta.model_name, 1)):
                continue
            for row in _rows(model, owner, pattern):
                again = _again(row)
                for field in model._meta.concrete_fields:
                    if field.is_relation and getattr(row, field.attname) in ids:
                        setattr(again, field.attname, ids[getattr(row, field.attname)])
                if model._meta.model_name == "letter":
                    again.reference = f"B{uuid4().hex[:24]}"
                ids[row.pk] = again.pk
                made.append(again)
        if made:
            yield model, made


_ROWS: dict[Any, list[Any]] = {}


def _rows(model: Any, owner: str, pattern: Any) -> list[Any]:
    """The rows of a pattern in a table, read once."""
    key = (model, pattern.pk)
    if key not in _ROWS:
        through = {
            "document": "document__",
            "version": "version__document__",
            "deposit": "deposit__",
            "decision": "decision__",
        }
        _ROWS[key] = list(model._base_manager.filter(**{f"{through.get(owner, '')}candidacy": pattern}))
    return _ROWS[key]


def cookie_of(person: Any) -> str:
    """The cookie of somebody signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def rated() -> tuple[str, Any]:
    """Two hundred admissible files of the certification with the most competences have a result on each.

    Its id, and the organisation that handles the most of them.
    """
    from django.db.models import Count
    from django.utils import timezone

    from parchemin.records.assessments.models import Result
    from parchemin.records.candidacies.models import Candidacy
    from parchemin.records.certifications.queries import schemes_of

    admissible = Candidacy.objects.filter(status="admissible").order_by("pk")
    versions = admissible.order_by().values_list("certification__scheme", "version").distinct()
    schemes = schemes_of(list(versions), on=timezone.localdate())
    (scheme, _version), found = max(schemes.items(), key=lambda one: len(one[1].assessed))
    files = admissible.filter(certification__scheme=scheme)
    body = files.order_by().values_list("organisation").annotate(many=Count("pk")).order_by("-many")[0][0]
    rows = list(files.filter(organisation=body).values_list("pk", "candidate_id")[:COHORT])
    if not Result.objects.filter(candidacy__in=[pk for pk, _ in rows]).exists():
        at, chance = timezone.now(), random.Random(2026)
        Result.objects.bulk_create(
            [
                Result(
                    candidacy_id=pk,
                    code=code,
                    kind="competence",
                    is_acquired=chance.random() < 0.8,
                    settled_at=at,
                    settled_by_id=who,
                )
                for pk, who in rows
                for code in found.assessed
            ],
            batch_size=5_000,
        )
    return scheme, body


def graded(scheme: str, files: Any) -> Page:
    """The save of one line of a grid, by an evaluator who has many of them; the line changes each time."""
    from django.urls import reverse
    from django.utils import timezone

    from parchemin.core.facts import Attendance
    from parchemin.core.grid import Kind
    from parchemin.records.assessments.actions import holding, planning
    from parchemin.records.assessments.models import Evaluator
    from parchemin.records.assessments.sheets import sheet_of
    from parchemin.records.candidacies.judging import Judged
    from parchemin.records.people.models import Person

    at = timezone.now()
    who, _is_made = Person.objects.get_or_create(
        email="banc@example.org", defaults={"given_name": "Banc", "family_name": "Mesure", "password": "!"}
    )
    rows = list(files.filter(status="admissible", certification__scheme=scheme).order_by("pk")[:GRIDS])
    known = Judged(rows[0], timezone.localdate()).scheme
    method = next(id for id in known.methods if sheet_of(known, id)[0].kind is Kind.COMPETENCE)
    line = sheet_of(known, method)[0].code
    actor = next(id for id in known.actors if id != "candidate")
    named = Evaluator.objects.filter(
        person=who, sitting__method=method, sitting__candidacy__certification__scheme=scheme
    )
    if not named.exists():
        for row in rows:
            by = {"by": row.candidate, "at": at}
            sitting = planning.plan_sitting(candidacy=row, method=method, starts_at=at - timedelta(hours=1), **by)
            one = planning.name_evaluator(sitting=sitting, person=who, actor=actor, **by)
            planning.declare_links(evaluator=one, links=[], by=who, at=at)
            holding.tell_attendance(sitting=sitting, attendance=Attendance.HELD, **by)
    cookie = cookie_of(who)
    asked = [(reverse("assessment:grid", args=[id]), cookie) for id in named.values_list("sitting", flat=True)]
    forms = tuple(f"revision=999999999&value-competence-{line}={value}" for value in ("yes", "no"))
    return Page("grid save", asked, forms)


def pages() -> list[Page]:
    """The queue and the file of a secretary, the home and the file of candidates."""
    from django.db.models import Count
    from django.urls import reverse

    from parchemin.records.candidacies.models import Candidacy
    from parchemin.records.people.models import Grant, Organisation, Person

    busiest = Organisation.objects.annotate(many=Count("candidacies")).order_by("-many")[0]
    secretary = Grant.objects.filter(role="secretary", organisation=busiest).select_related("person")[0].person
    own = Candidacy.objects.filter(organisation=busiest).exclude(status="draft")
    shown = list(
        own.filter(candidate__email__startswith="copie").order_by("id").values_list("pk", "candidate_id")[:SAMPLE]
    )
    desk = cookie_of(secretary)
    scheme, body = rated()
    office = Grant.objects.filter(role="secretary", organisation=body).select_related("person")[0].person
    people = Person.objects.in_bulk([candidate for _, candidate in shown[:50]])
    cookies = {id: cookie_of(person) for id, person in people.items()}
    lists = reverse("secretariat:files")
    queries = ("", "?page=2", "?status=received", "?status=complete&sort=due", "?page=40", "?sort=name")
    return [
        Page("queue", [(reverse("secretariat:queue"), desk)]),
        Page("list", [(lists + query, desk) for query in queries]),
        Page("search", [(f"{lists}?text={word}", desk) for word in ("Abeille", "Muguet+12", "2026-10", "Katell")]),
        Page("file", [(reverse("secretariat:file", args=[pk]), desk) for pk, _ in shown]),
        Page("cohort", [(f"{reverse('assessment:cohort')}?scheme={scheme}", cookie_of(office))]),
        graded(scheme, Candidacy.objects.filter(organisation=body)),
        Page("home", [(reverse("candidate:home"), one) for one in cookies.values()]),
        Page("own file", [(reverse("candidate:file", args=[pk]), cookies[who]) for pk, who in shown if who in cookies]),
    ]


def counted(page: Page) -> tuple[int, int, list[str]]:
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


def _asker(client: Any, page: Page, address: str) -> Callable[[int], Any]:
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


def prepared(options: argparse.Namespace, home: str) -> None:
    """The settings read for that home and that database, and the files built unless they are there."""
    os.environ["PARCHEMIN_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "parchemin.project.settings"
    if options.database:
        os.environ["DATABASE_URL"] = options.database
    import django

    django.setup()
    from parchemin.project.setup import prepare_home
    from parchemin.records.candidacies.models import Candidacy

    prepare_home()
    if Candidacy.objects.count() < options.files:
        build(options.files)
    print(f"{Candidacy.objects.count():,} files, {options.database.partition(':')[0] or 'sqlite'}")


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
        known = [(page, *counted(page)) for page in pages()]
        with Server() as server:
            for page, most, size, slow in known:
                loaded(server, page.asked, 1, 1, page.sent)
                note = f"{most} queries, {size / 1024:.0f} kB"
                measured(lambda n, one=page: loaded(server, one.asked, n, options.seconds, one.sent), page.name, note)  # type: ignore[misc]
                if options.slow:
                    print(*(f"    {one}" for one in slow), sep="\n")
        with Server(is_bare=True) as server:
            for page, _, size, _ in known:
                asked = [(f"/bare/{size}/", page.asked[0][1])]
                loaded(server, asked, 1, 1)
                measured(lambda n, asked=asked: loaded(server, asked, n, options.seconds), "bare", f"as {page.name}")  # type: ignore[misc]


if __name__ == "__main__":
    main()
