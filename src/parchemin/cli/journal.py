"""``parchemin journal``: verify that nobody rewrote the journal, nor the rows it seals, and give what to publish.

What is published shows later that the journal was rewritten.

The framework is loaded when a command runs, so that the other commands start without it.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parchemin.cli.common import misuse, option
from parchemin.cli.messages import HELP, Language, counted, text
from parchemin.cli.printing import Page

if TYPE_CHECKING:
    from parchemin.records.journal.queries import Anchor, Verdict
    from parchemin.records.journal.witnessing import Rewritten

ANCHOR = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
FAULTS = {
    "unreadable": "fault_unreadable",
    "hash": "fault_hash",
    "link": "fault_link",
    "missing": "fault_missing",
    "cut": "fault_cut",
    "stray": "fault_stray",
    "head": "fault_head",
    "anchor": "fault_anchor",
}


def application(language: Language) -> typer.Typer:
    """The ``journal`` commands."""
    app = typer.Typer(help=HELP["journal"][language], no_args_is_help=True)
    _verify(app, language)
    _anchor(app, language)
    return app


def _verify(app: typer.Typer, language: Language) -> None:
    @app.command("verify", help=HELP["verify"][language])
    def command(
        from_number: Annotated[int, option("from_number", language, "--from")] = 1,
        anchor: Annotated[str | None, option("published", language, "--anchor")] = None,
        home: Annotated[Path | None, option("home", language, "--home")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
    ) -> None:
        page = Page(language, as_json=as_json)
        given = None if anchor is None else ANCHOR.fullmatch(anchor.strip().lower())
        if anchor is not None and given is None:
            misuse(page, "bad_anchor", value=anchor)
        with records(page, home) as connection:
            from parchemin.core.errors import Misuse
            from parchemin.records.journal import append_only, queries, witnessing

            published = queries.Anchor(int(given[1]), given[2]) if given else None
            try:
                verdict = queries.verify(from_number, anchor=published)
            except Misuse:
                misuse(page, "no_entry", value=from_number, last=queries.head().number)
            missing = append_only.unguarded(connection)
            _tell(page, verdict, missing)
            changed = _rows(page, witnessing.rewritten())
        if changed or not verdict.is_whole:
            page.say("journal_broken")
        page.answer(_plain(verdict, missing, published, changed))
        if changed or not verdict.is_whole:
            raise typer.Exit(1)


def _anchor(app: typer.Typer, language: Language) -> None:
    @app.command("anchor", help=HELP["anchor"][language])
    def command(
        home: Annotated[Path | None, option("home", language, "--home")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
    ) -> None:
        page = Page(language, as_json=as_json)
        with records(page, home):
            from parchemin.records.journal import queries

            head = queries.head()
        page.line(str(head))
        page.answer({"format": "parchemin/journal-anchor-1", "number": head.number, "hash": head.hash})


@contextmanager
def records(page: Page, home: Path | None) -> Iterator[Any]:
    """The connection to the database of the home folder asked for, or PARCHEMIN_HOME.

    A misuse when there is no such folder, when the database does not answer, or holds no journal.
    """
    folder = home or Path(os.environ.get("PARCHEMIN_HOME", "parchemin-home"))
    if not folder.is_dir() and (home or not os.environ.get("DATABASE_URL")):
        misuse(page, "no_home", value=folder)
    if home:
        os.environ["PARCHEMIN_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parchemin.project.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from django.db import OperationalError, connection

    try:
        if "journal_entry" not in connection.introspection.table_names():
            misuse(page, "no_journal", value=connection.settings_dict["NAME"])
        yield connection
    except OperationalError as error:
        misuse(page, "no_database", value=connection.settings_dict["NAME"], error=str(error).strip())


def _tell(page: Page, verdict: "Verdict", missing: list[str]) -> None:
    if verdict.fault:
        values = {"number": verdict.fault.number, "before": verdict.fault.number - 1, "head": verdict.head.number}
        page.line(f"✗ {text(FAULTS[verdict.fault.why], page.language, **values)}", "bold red")
        for key, value in (("expected", verdict.fault.expected), ("found", verdict.fault.found)):
            if value:
                page.line(f"{text(key, page.language)} {value}", "dim", 2)
    elif verdict.head.number == 0:
        page.say("journal_empty", "green")
    else:
        page.line(f"✓ {counted('journal_whole', verdict.entries, page.language)}", "bold green")
        page.line(str(verdict.head), "dim", 2)
    for name in missing:
        page.line(f"! {text('guard_missing', page.language, name=name)}", "yellow")


def _rows(page: Page, found: "Iterable[Rewritten]") -> list[dict[str, Any]]:
    """Every row that was rewritten, told as soon as it is found; what JSON says of it."""
    changed = []
    for one in found:
        key = "rows_gone" if not one.where else "row_changed" if one.entry else "row_unknown"
        said = text(key, page.language, where=one.where, what=one.row, entry=one.entry)
        page.line(f"✗ {said}", "bold red")
        changed.append({"where": one.where, "row": one.row, "entry": one.entry or None})
    if changed:
        page.line(counted("rows_rewritten", len(changed), page.language))
    return changed


def _plain(
    verdict: "Verdict", missing: list[str], published: "Anchor | None", changed: list[dict[str, Any]]
) -> dict[str, Any]:
    fault = verdict.fault
    return {
        "format": "parchemin/journal-verdict-1",
        "is_whole": verdict.is_whole,
        "entries": verdict.entries,
        "head": {"number": verdict.head.number, "hash": verdict.head.hash},
        "anchor": published and {"number": published.number, "hash": published.hash},
        "fault": fault
        and {"number": fault.number, "why": fault.why.value, "expected": fault.expected, "found": fault.found},
        "missing_guards": missing,
        "rewritten": changed,
    }
