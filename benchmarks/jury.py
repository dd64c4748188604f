"""A session of 120 candidates and eight members, from the agenda to the results, clicked through as everybody would.

Run with the project's own Python: ``.venv/bin/python benchmarks/jury.py [--database URL] [--candidates 120]``. The
database named must be an empty one; without it a file of SQLite is made. Every click is a request that the whole site
answers, in this process: what is printed is the time of the server and of its database, without the network. The joint
jury counts as many employers as employees, so that eight sit where seven were aimed at.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SEATED = (
    *(("edith", "employers", "f"), ("fabrice", "employers", "m")),
    *(("garance", "employees", "f"), ("hector", "employees", "m")),
)
"""The members beside the four of the tests' bench: login, college, gender."""


class Clicks:
    """The times of each kind of click, in milliseconds: on the clock, then of processor; and the most queries."""

    def __init__(self) -> None:
        self.times: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.queries: dict[str, int] = defaultdict(int)

    def measured(self, name: str, act: Callable[[], Any]) -> Any:
        """What ``act`` gives, its time kept under that name."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        started, spent = time.perf_counter(), time.process_time()
        if len(self.times[name]) % 10:
            found = act()
        else:
            with CaptureQueriesContext(connection) as captured:
                found = act()
            self.queries[name] = max(self.queries[name], len(captured))
        self.times[name].append((1000 * (time.perf_counter() - started), 1000 * (time.process_time() - spent)))
        return found

    def told(self) -> None:
        """Print them, a line for each kind."""
        print(f"{'':34} {'times':>6} {'p50 ms':>8} {'p95 ms':>8} {'processor p50':>14} {'queries':>8}")
        for name, times in self.times.items():
            clock = sorted(one for one, _ in times)
            used = sorted(one for _, one in times)
            print(
                f"{name:34} {len(times):6} {_at(clock, 0.5):8.1f} {_at(clock, 0.95):8.1f} {_at(used, 0.5):14.1f} "
                f"{self.queries[name]:8}"
            )


def _at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(share * len(times)))]


class Hall:
    """Everybody's browser, and the clicks they make."""

    def __init__(self, clicks: Clicks) -> None:
        self.clicks = clicks
        self.clients: dict[Any, Any] = {}

    def client(self, person: Any) -> Any:
        """The browser of that person."""
        from django.test import Client

        if person.pk not in self.clients:
            client = Client(headers={"host": "127.0.0.1", "accept-language": "fr"})
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            self.clients[person.pk] = client
        return self.clients[person.pk]

    def recognise(self, person: Any) -> None:
        """They say again who they are, as a signature asks."""
        from django.urls import reverse
        from tests.web.cast import PASSWORD

        answer = self.client(person).post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()[-2000:]

    def get(self, name: str, person: Any, address: str) -> Any:
        """A page is opened."""
        client = self.client(person)
        answer = self.clicks.measured(name, lambda: client.get(address))
        assert answer.status_code == 200, (name, address, answer.status_code)
        return answer

    def post(self, name: str, person: Any, address: str, told: dict[str, Any], expected: int = 302) -> Any:
        """A form is sent."""
        client = self.client(person)
        answer = self.clicks.measured(name, lambda: client.post(address, told))
        assert answer.status_code == expected, (name, address, answer.status_code, answer.content.decode()[-2000:])
        return answer


def held(count: int, clicks: Clicks) -> None:
    """The whole session."""
    from django.urls import reverse
    from tests.records.juries import bench as benches
    from tests.web import cast as casting
    from tests.web.posted import typed

    from parchemin.records.juries.models import Hearing, Minutes

    def url(name: str, *about: Any) -> str:
        return reverse(f"jury:{name}", args=[getattr(one, "pk", one) for one in about])

    cast = casting.cast()
    bench = benches.bench(cast)
    for login, college, gender in SEATED:
        bench.members[login[0]] = benches.seated(bench, casting.person(login, login.title(), "Fictif"), college, gender)
    started = time.perf_counter()
    files = [
        benches.transmitted(cast, *(("C4",) if n % 5 == 0 else ()), who=casting.person(f"c{n}", "Candidat", f"N{n}"))
        for n in range(count)
    ]
    print(f"{count} files made whole by the records' own actions in {time.perf_counter() - started:.0f} s", flush=True)

    hall, session, office = Hall(clicks), bench.session, cast.secretary
    place = url("add_to_agenda", session)
    hall.get("files that wait for the jury", office, place)
    for first in range(0, count, 50):
        ticked = {"file": [one.pk for one in files[first : first + 50]]}
        hall.post("50 files put on the agenda", office, place, ticked)
    hall.get("session, for the office", office, url("session", session))
    for member in bench.members.values():
        place = url("ties", session)
        shown = hall.get("ties, all candidates", member.person, place)
        told = typed(shown.content.decode(), place, {"others": "1"})
        hall.post("ties declared, all candidates", member.person, place, told)
    live = url("live", session)
    shown = hall.get("session day, before it opens", office, live)
    hall.post("opening", office, url("open", session), typed(shown.content.decode(), url("open", session), {}))

    for hearing in Hearing.objects.order_by("position"):
        page = url("hearing", session, hearing)
        shown = hall.get("a candidate, for the chair", bench.chair, page)
        place = url("decide", session, hearing)
        form = typed(shown.content.decode(), place, {"attested": ["conformity_verified"], "act": "tell"})
        hall.post("rules drawn while deciding", bench.chair, url("preview", session, hearing), form, 200)
        hall.post("opinions kept", bench.chair, place, form)
        for member in bench.members.values():
            hall.get("a candidate, for a member", member.person, page)
            hearing.refresh_from_db()
            ballot = {"ballot": "for", "revision": hearing.revision}
            hall.post("a vote", member.person, url("vote", session, hearing), ballot)
        shown = hall.get("a candidate, once voted", bench.chair, page)
        held_back = hearing.opinions.filter(is_granted=False).exists()
        verdict = "partial" if held_back else "full"
        form = typed(shown.content.decode(), place, {"act": "decide", "verdict": verdict})
        hall.post("decision", bench.chair, place, form)
        hall.get("session day, under way", bench.chair, live)

    place = url("draw_minutes", session)
    shown = hall.get("before the minutes", office, place)
    hall.post("minutes drawn", office, place, typed(shown.content.decode(), place, {}))
    minutes = Minutes.objects.get()
    for member in bench.members.values():
        hall.recognise(member.person)
        place = url("sign_minutes", minutes)
        shown = hall.get("minutes, to sign", member.person, place)
        hall.post("a signature", member.person, place, typed(shown.content.decode(), place, {"is_read": "on"}))
    for _ in range(5):
        hall.get("minutes as a PDF", office, url("minutes_pdf", minutes))
    place = url("close_minutes", minutes)
    shown = hall.get("before closing", bench.chair, place)
    hall.post("minutes closed", bench.chair, place, typed(shown.content.decode(), place, {}))
    place = url("results", session)
    shown = hall.get("results, for the office", office, place)
    hall.post("results published", office, place, typed(shown.content.decode(), place, {}))
    for hearing in Hearing.objects.select_related("candidacy__candidate").order_by("position")[:20]:
        hall.get("a result, for its candidate", hearing.candidacy.candidate, url("result", hearing))
        hall.get("a result, for the office", office, url("outcome", session, hearing))


def main() -> None:
    """Build, hold, print."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    reading.add_argument("--candidates", type=int, default=120)
    options = reading.parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PARCHEMIN_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "parchemin.project.settings"
        if options.database:
            os.environ["DATABASE_URL"] = options.database
        import django
        import time_machine

        django.setup()
        from tests.records.juries.bench import SESSION

        from parchemin.project.setup import prepare_home
        from parchemin.records.journal.queries import verify

        prepare_home()
        clicks = Clicks()
        with time_machine.travel(SESSION + timedelta(minutes=5), tick=True):
            held(options.candidates, clicks)
            assert clicks.measured("journal verified", verify).is_whole
        clicks.told()


if __name__ == "__main__":
    main()
