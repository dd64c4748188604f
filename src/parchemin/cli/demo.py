"""``parchemin demo``: the main job on real certifications, in a database of its own, then served.

Whole lives are walked day by day through the actions that the screens call, and decided with their reasons.
"""

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.rule import Rule as Line

from parchemin.catalogue.lives import Life, Lived, read_life
from parchemin.catalogue.lookup import Catalogue
from parchemin.cli.common import misuse, opened, option
from parchemin.cli.messages import HELP, Language
from parchemin.cli.printing import Page
from parchemin.cli.schemes import checked
from parchemin.cli.serve import free, run
from parchemin.cli.serve import opened as served
from parchemin.core import words
from parchemin.core.plain import decision_to_plain
from parchemin.places import library
from parchemin.typography import french

if TYPE_CHECKING:
    from parchemin.project.demo.cast import Cast

FOLDER = Path("parchemin-demo")
MARK = "demonstration.json"


def add(app: typer.Typer, language: Language) -> None:
    """Add the command to the application."""

    @app.command("demo", help=HELP["demo"][language])
    def command(
        only: Annotated[str | None, option("only", language, "--only")] = None,
        full: Annotated[bool, option("full", language, "--full")] = False,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        home: Annotated[Path, option("demo_home", language, "--home")] = FOLDER,
        host: Annotated[str, option("host", language, "--host")] = "127.0.0.1",
        port: Annotated[int, option("port", language, "--port")] = 8000,
        no_serve: Annotated[bool, option("no_serve", language, "--no-serve")] = False,
    ) -> None:
        page = Page(language, as_json=as_json)
        started = time.perf_counter()
        if not no_serve and not as_json:
            free(page, host, port)
        renewed(page, home)
        served(page, home, host, port)
        is_as_told = shown(page, only, full=full, started=started)
        if not is_as_told or no_serve or as_json:
            raise typer.Exit(0 if is_as_told else 1)
        raise typer.Exit(run(page, host, port, 1, with_worker=True))


def renewed(page: Page, home: Path) -> None:
    """An empty home: what an earlier demonstration left is erased, and nothing else ever is."""
    if (home / MARK).is_file():
        shutil.rmtree(home)
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        misuse(page, "not_empty", folder=home)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / MARK).write_text(json.dumps({"format": "parchemin/demonstration-1"}), encoding="utf-8")
    os.environ["PARCHEMIN_HOME"] = str(home)


def shown(page: Page, only: str | None, *, full: bool, started: float) -> bool:
    """The lives walked and printed, then what was made; whether everything went as the lives tell."""
    from django.utils import timezone

    from parchemin.core.errors import Misuse
    from parchemin.project.demo import making

    with opened(page, None) as catalogue:
        try:
            cast = making.make(timezone.now(), timezone.localdate())
        except Misuse:
            misuse(page, "inhabited")
        lives = [life for life in lives_in(library("demo") / "lives") if only in (None, life.file.scheme)]
        problems = [problem for id in catalogue.versions for problem in checked(catalogue, id, page).problems]
        lived = [(life, list(days(page, cast, life, catalogue, full=full))) for life in lives]
        files = making.filled(cast, timezone.localdate())
        verified = making.proven(timezone.now())
        followed = making.followed(cast, timezone.localdate())
    all_days = [day for _, those in lived for day in those]
    decisions = sum(len(day.decisions) for day in all_days)
    page.say("lived", "bold", lives=len(lives), decisions=decisions, seconds=time.perf_counter() - started)
    page.say("queued", "bold", files=files)
    page.say("followed", "bold", **followed._asdict())
    if verified:
        page.say("to_verify", "bold", address=verified)
    page.say("fictitious", "dim")
    tell_logins(page, cast)
    page.answer({"format": "parchemin/demo-1", "lives": [_plain(life, those) for life, those in lived]})
    return bool(lives) and not problems and not any(day.surprises for day in all_days)


def lives_in(folder: Path) -> list[Life]:
    """Every life of a folder."""
    return [read_life(path) for path in sorted(folder.glob("*.yaml"))]


def days(page: Page, cast: "Cast", life: Life, catalogue: Catalogue, *, full: bool) -> Iterator[Lived]:
    """Each day of a life, walked in the records and printed."""
    from parchemin.project.demo.making import walked

    page.line("")
    if not page.as_json:
        page.console.print(Line(french(f"{life.file.who} — {life.file.title}"), style="blue", align="left"))
    for day in walked(cast, life, catalogue):
        yield _shown(page, day, full=full)


def tell_logins(page: Page, cast: "Cast") -> None:
    """Whom one may sign in as, and with which password."""
    from parchemin.project.demo.cast import PASSWORD

    page.line("")
    page.say("logins", "bold", password=PASSWORD)
    for said, email in cast.logins:
        page.line(f"  {email:<42} {said}")


def _shown(page: Page, day: Lived, *, full: bool) -> Lived:
    page.line("")
    page.line(f"{words.day(day.step.date)} — {day.step.title}", "bold")
    page.line(day.step.tells, "italic")
    for decision in day.decisions:
        page.decision(decision, "full" if full else "short")
    for surprise in day.surprises:
        page.say("surprise", "bold red", what=surprise)
    return day


def _plain(life: Life, those: Iterable[Lived]) -> dict[str, Any]:
    return {
        "scheme": life.file.scheme,
        "title": life.file.title,
        "who": life.file.who,
        "days": [
            {
                "date": day.step.date.isoformat(),
                "title": day.step.title,
                "decisions": [decision_to_plain(decision) for decision in day.decisions],
                "surprises": list(day.surprises),
            }
            for day in those
        ],
    }
