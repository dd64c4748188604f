"""What follows awards, at volume: a file for the skills passport made from the database, its receipt, pages, figures.

Run with the project's own Python: ``.venv/bin/python benchmarks/after.py [--database URL] [--files 100000]``. The
database named must be an empty one; without it a file of SQLite is made. A few files are decided by the tests' bench,
then copied with what their jury decided, over five years. Each work is a process of its own, on one core, beside a
database that takes its share; pages are asked for on the real server, as ``web.py`` does. ``--home FOLDER`` keeps what
was built.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from web import asked_for, settled

if TYPE_CHECKING:
    from pages import Page

ROOT = Path(__file__).resolve().parents[1]
LINES = 20_000
"""Certifications in the file that is made and answered."""
YEARS = 5
BATCH = 1_000
FREE = 10_000_000
"""Numbers from here on are taken by nothing that the bench makes."""
PATTERNS = (
    *[("student", "full")] * 5,
    *[("vae", "full")] * 2,
    ("student", "partial"),
    ("vae", "partial"),
    ("vae", "none"),
)
REASONS = ("Aucun titulaire ne correspond aux critères obligatoires", "Plusieurs titulaires ont été identifiés")
MOST_BYTES = 100_000_000


def build(count: int) -> None:
    """``count`` files that a jury decided, seven in ten with a certificate, and holders who answered."""
    from copies import copied
    from django.db import connection
    from tests.guards import lifted
    from tests.records.awards.bench import decided, given, housed
    from tests.records.transmissions.bench import channelled
    from tests.web.cast import MASTER, cast, person

    told = cast()
    housed(told, MASTER)
    channelled(told)
    hearings: list[Any] = []
    for number, (route, verdict) in enumerate(PATTERNS):
        who = person(f"modele{number}", "Modèle", f"Fictif {chr(65 + number)}")
        session = hearings[0].session if hearings else None
        held = ("BC01",) if verdict != "none" else ()
        hearings.append(decided(told, MASTER, route, verdict, held, who=who, session=session))
        if verdict == "full":
            given(hearings[-1], told.manager)
    patterns = {one.candidacy_id: Pattern(one) for one in hearings}
    chance, started = random.Random(2026), time.perf_counter()
    with lifted(connection):
        for first in range(0, count, BATCH):
            files = [one.hearing.candidacy for one in patterns.values()]
            pairs = copied(files, range(first, min(first + BATCH, count)), chance, [1] * len(files))
            _heard([(patterns[pattern.pk], file) for pattern, file in pairs], first, chance)
            if first % (20 * BATCH) == 0:
                print(f"  {first + BATCH:7,} files, {time.perf_counter() - started:5.0f} s", file=sys.stderr)
    _followed()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Pattern:
    """A file decided: its hearing, what concluded it, the certificate of the whole if it gave one."""

    def __init__(self, hearing: Any) -> None:
        self.hearing = hearing
        self.conclusion = hearing.conclusions.get()
        self.certificate = self.conclusion.certificates.filter(kind="whole").first()


def _heard(pairs: Sequence[tuple[Pattern, Any]], first: int, chance: random.Random) -> None:
    """What their jury decided of these files, on some day of the last five years, and what was given."""
    from copies import again

    from parchemin.records.awards.models import Certificate
    from parchemin.records.awards.numbers import drawn
    from parchemin.records.candidacies.models import CandidacyDate, DecisionRecord
    from parchemin.records.juries.models import Conclusion, Hearing

    days = [timedelta(days=chance.randrange(365 * YEARS)) for _ in pairs]
    found = DecisionRecord.objects.filter(candidacy__in=[file for _, file in pairs])
    records = {(one.candidacy_id, one.stage): one for one in found}
    hearings, conclusions = [], []
    for rank, ((one, file), back) in enumerate(zip(pairs, days, strict=True)):
        told = again(one.conclusion, pk=FREE + first + rank, concluded_on=one.conclusion.concluded_on - back)
        told.jury_record, told.award_record = records[file.pk, "jury"], records[file.pk, "award"]
        heard = again(one.hearing, candidacy=file, told_id=told.pk, notified_on=one.hearing.notified_on - back)
        told.hearing_id = heard.pk
        hearings.append(heard)
        conclusions.append(told)
    Hearing.objects.bulk_create(hearings)
    Conclusion.objects.bulk_create(conclusions)
    Certificate.objects.bulk_create(
        again(
            one.certificate,
            candidacy=file,
            conclusion=conclusion,
            number=drawn(),
            place=FREE + first + rank,
            awarded_on=one.certificate.awarded_on - back,
            issued_at=one.certificate.issued_at - back,
        )
        for rank, ((one, file), conclusion, back) in enumerate(zip(pairs, conclusions, days, strict=True))
        if one.certificate
    )
    CandidacyDate.objects.filter(candidacy__in=[file for _, file in pairs]).delete()
    CandidacyDate.objects.bulk_create(
        CandidacyDate(candidacy=file, milestone=name, on=conclusion.concluded_on - timedelta(days=before + rank % 30))
        for rank, ((_one, file), conclusion) in enumerate(zip(pairs, conclusions, strict=True))
        for name, before in (("requested", 200), ("answered", 150))
    )


def _followed() -> None:
    """Holders of each year are asked, six in ten of whom answered."""
    from django.utils import timezone

    from parchemin.records.followups.actions.asking import open_waves
    from parchemin.records.followups.models import Answer, Followup

    for back in range(0, 365 * YEARS, 180):
        open_waves(on=timezone.localdate() - timedelta(days=back))
    Followup.objects.update(state="asked")
    ids = list(Followup.objects.values_list("pk", flat=True))
    rows = [(id, rank % 10) for rank, id in enumerate(ids) if rank % 10 < 6]
    said = ("employed", "employed", "employed", "own_business", "seeking", "studying")
    Answer.objects.bulk_create(
        (Answer(followup_id=id, situation=said[one], is_target_job=one < 3 if one < 4 else None) for id, one in rows),
        batch_size=5_000,
    )
    for first in range(0, len(rows), 5_000):
        some = [id for id, _ in rows[first : first + 5_000]]
        Followup.objects.filter(pk__in=some).update(state="answered")


def noticed() -> int:
    """Every certificate is given its line."""
    from parchemin.project.transmitting import notice_all

    return notice_all()


def made() -> int:
    """A file of twenty thousand certifications, checked against the schema and kept."""
    from django.utils import timezone

    from parchemin.edges.cpf.keeping import make_batch
    from parchemin.records.transmissions.models import Batch

    body, by = _body()
    row = make_batch(organisation=body, action=Batch.Action.CREATE, by=by, at=timezone.now(), most=LINES)
    return row.count


def downloaded() -> int:
    """The file written again from its rows."""
    from parchemin.edges.cpf.keeping import write_again
    from parchemin.records.transmissions.models import Batch

    row = Batch.objects.latest("made_at")
    write_again(row, BytesIO())
    return row.count


def answered() -> int:
    """A receipt of the whole file, one in ten refused."""
    from django.utils import timezone
    from tests.records.transmissions.bench import answer

    from parchemin.edges.cpf.receiving import take_receipt
    from parchemin.records.transmissions.models import Batch

    by, row = _body()[1], Batch.objects.latest("made_at")
    ids = list(row.sendings.values_list("technical_id", flat=True))
    refused = {id: [REASONS[rank % 2]] for rank, id in enumerate(ids[::10])}
    content = answer(row, [id for id in ids if id not in refused], refused)
    take_receipt(batch=row, content=content, most_bytes=MOST_BYTES, by=by, at=timezone.now())
    return len(ids)


def reminded() -> Callable[[], int]:
    """What the morning's letter counts, read from every line that waits; how many, asked for once that is done."""
    from django.utils import timezone

    from parchemin.edges.cpf.waiting import waiting_of
    from parchemin.records.transmissions.models import WAITING, Line

    body = _body()[0]
    waiting_of(body, timezone.localdate())
    return Line.objects.filter(organisation=body, state__in=WAITING).count


WORKS: dict[str, Callable[[], int | Callable[[], int]]] = {
    "lines noticed": noticed,
    "file made": made,
    "file written again": downloaded,
    "receipt read": answered,
    "letter counted": reminded,
}


def _body() -> tuple[Any, Any]:
    """The body of the bench and whoever answers for it."""
    from parchemin.records.people.models import Grant
    from parchemin.records.transmissions.models import Channel

    body = Channel.objects.get().organisation
    return body, Grant.objects.select_related("person").filter(organisation=body, role="awarding_body")[0].person


def pages() -> "list[Page]":
    """The pages of whoever sends what a body awards and reads its figures."""
    from django.urls import reverse
    from django.utils import timezone
    from pages import Page, cookie_of

    from parchemin.records.candidacies.models import Candidacy
    from parchemin.records.transmissions.models import Batch, Line

    body, by = _body()
    cookie, home = cookie_of(by), reverse("transmission:home", args=[body.pk])
    row, batch = Candidacy.objects.select_related("certification")[0].certification, Batch.objects.latest("made_at")
    refused = list(Line.objects.filter(state="rejected").values_list("pk", flat=True)[:50])
    last = timezone.localdate().year - 1
    years = [reverse("figures:year", args=[row.pk, year]) for year in range(last - YEARS + 2, last + 1)]

    def shown(name: str, *addresses: str) -> Page:
        return Page(name, [(one, cookie) for one in addresses])

    return [
        shown("lines", home, f"{home}?page=2", f"{home}?sort=name", f"{home}?page=20"),
        shown("refused", f"{home}?state=rejected", f"{home}?state=rejected&page=20"),
        shown("searched", *(f"{home}?text={one}" for one in ("Fictif+A", "Fictif+B+12"))),
        shown("late", f"{home}?state=late", f"{home}?state=soon"),
        shown("a file", reverse("transmission:batch", args=[body.pk, batch.pk])),
        shown("a line", *(reverse("transmission:line", args=[body.pk, one]) for one in refused)),
        shown("figures", reverse("figures:home")),
        shown("a year", *years),
        shown("to publish", *(f"{one}publier/" for one in years)),
        shown("sheet", reverse("figures:fiche", args=[row.pk, last])),
    ]


def worked(name: str) -> None:
    """Do one work and print its figures as JSON."""
    started, used = time.perf_counter(), time.process_time()
    done = WORKS[name]()
    figures = [time.perf_counter() - started, time.process_time() - used]
    figures.insert(0, done() if callable(done) else done)
    print(json.dumps([*figures, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def main() -> None:
    """Build, do each work in a process of its own, ask for the pages, print."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    reading.add_argument("--files", type=int, default=100_000)
    reading.add_argument("--seconds", type=float, default=8.0, help="for each figure of a page")
    reading.add_argument("--home", default="", help="folder to build in, kept")
    reading.add_argument("--slow", action="store_true", help="print the slowest queries of each page")
    reading.add_argument("--work", default="", help=argparse.SUPPRESS)
    options = reading.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or folder
        settled(options.database, home)
        if options.work:
            worked(options.work)
            return
        _all(options, home)


def _all(options: argparse.Namespace, home: str) -> None:
    from parchemin.records.candidacies.models import Candidacy
    from parchemin.records.transmissions.models import Receipt

    if not Candidacy.objects.exists():
        build(options.files)
    print(f"{Candidacy.objects.count():,} files, {options.database.partition(':')[0] or 'sqlite'}", flush=True)
    for name in WORKS if not Receipt.objects.exists() else ():
        command = [sys.executable, __file__, "--work", name, "--home", home, "--database", options.database]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        count, seconds, used, memory = json.loads(done.stdout.splitlines()[-1])
        print(
            f"{name:20} {count:7,} rows, {seconds:6.1f} s, {count / seconds:8,.0f} rows/s, {used:6.1f} s of processor, "
            f"peak memory {memory:4.0f} MB",
            flush=True,
        )
    asked_for(pages(), options)


if __name__ == "__main__":
    main()
