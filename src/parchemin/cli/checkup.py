"""``parchemin check``: whether an installation is fit to be used by others, in plain words."""

from pathlib import Path
from typing import Annotated

import typer

from parchemin.cli.common import option
from parchemin.cli.messages import HELP, Language, counted, text
from parchemin.cli.printing import Page
from parchemin.cli.serve import loaded

SIGNS = {"fit": ("✓", "green"), "caution": ("!", "yellow"), "unfit": ("✗", "bold red")}
SENTENCES = (
    *("folder_fit", "folder_closed", "folder_open", "disk_fit", "disk_low", "disk_full"),
    *("keys_fit", "key_malformed", "key_short", "key_open"),
    *("address_fit", "address_local", "address_plain", "debug_on", "hosts_any", "host_refused"),
    *("proxy_missing", "mail_fit", "mail_kept", "mail_refused", "mail_nobody"),
    *("storage_fit", "storage_refused", "no_answer", "unreadable", "newer", "database_fit", "database_behind"),
    *("tables_shared", "tables_one_machine", "administrator_fit", "administrator_missing"),
    *("certifications_fit", "certifications_none", "certifications_bad"),
    *("worker_fit", "worker_missing", "tasks_failed"),
)
"""What may be said of an installation."""


def add(app: typer.Typer, language: Language) -> None:
    """Add the command to the application."""

    @app.command("check", help=HELP["checkup"][language])
    def command(
        home: Annotated[Path | None, option("home", language, "--home")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
    ) -> None:
        page = Page(language, as_json=as_json)
        loaded(page, home)
        from parchemin.project.checkup import points

        found = [(str(point.state), point.code, text(point.code, language, **point.values)) for point in points()]
        for state, _, sentence in found:
            sign, style = SIGNS[state]
            page.line(f"{sign} {sentence}", style if state != "fit" else "")
        bad = sum(state == "unfit" for state, _, _ in found)
        if bad:
            page.line(counted("unfit", bad, language), "bold red")
        else:
            page.say("is_fit", "bold green")
        told = [{"code": code, "state": state, "says": sentence} for state, code, sentence in found]
        page.answer({"format": "parchemin/checkup-1", "is_fit": not bad, "points": told})
        raise typer.Exit(1 if bad else 0)
