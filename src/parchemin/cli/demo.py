"""``parchemin demo``: the main job on real certifications, whole lives decided day by day with their reasons."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.rule import Rule as Line

from parchemin.catalogue.lives import Life, Lived, live, read_life
from parchemin.catalogue.lookup import Catalogue
from parchemin.cli.common import Schemes, opened, option
from parchemin.cli.messages import HELP, Language
from parchemin.cli.printing import Page
from parchemin.cli.schemes import checked
from parchemin.core import words
from parchemin.core.plain import decision_to_plain
from parchemin.places import library
from parchemin.typography import french


def add(app: typer.Typer, language: Language) -> None:
    """Add the command to the application."""

    @app.command("demo", help=HELP["demo"][language])
    def command(
        only: Annotated[str | None, option("only", language, "--only")] = None,
        full: Annotated[bool, option("full", language, "--full")] = False,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        schemes: Schemes = None,
    ) -> None:
        page = Page(language, as_json=as_json)
        started = time.perf_counter()
        with opened(page, schemes) as catalogue:
            lives = [life for life in lives_in(library("demo") / "lives") if only in (None, life.file.scheme)]
            problems = [problem for id in catalogue.versions for problem in checked(catalogue, id, page).problems]
            lived = [(life, [_shown(page, day, full=full) for day in _days(page, life, catalogue)]) for life in lives]
        days = [day for _, those in lived for day in those]
        decisions = sum(len(day.decisions) for day in days)
        seconds = time.perf_counter() - started
        page.say("lived", "bold", lives=len(lives), decisions=decisions, seconds=seconds)
        page.say("fictitious", "dim")
        page.answer({"format": "parchemin/demo-1", "lives": [_plain(life, those) for life, those in lived]})
        if problems or not lives or any(day.surprises for day in days):
            raise typer.Exit(1)


def lives_in(folder: Path) -> list[Life]:
    """Every life of a folder."""
    return [read_life(path) for path in sorted(folder.glob("*.yaml"))]


def _days(page: Page, life: Life, catalogue: Catalogue) -> Any:
    page.line("")
    if not page.as_json:
        page.console.print(Line(french(f"{life.file.who} — {life.file.title}"), style="blue", align="left"))
    return live(life, catalogue)


def _shown(page: Page, day: Lived, *, full: bool) -> Lived:
    page.line("")
    page.line(f"{words.day(day.step.date)} — {day.step.title}", "bold")
    page.line(day.step.tells, "italic")
    for decision in day.decisions:
        page.decision(decision, "full" if full else "short")
    for surprise in day.surprises:
        page.say("surprise", "bold red", what=surprise)
    return day


def _plain(life: Life, days: list[Lived]) -> dict[str, Any]:
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
            for day in days
        ],
    }
