"""``parchemin credential``, ``register`` and ``key``: check what was awarded, and look after the keys that sign it.

What they stand on is loaded when a command runs, so that the other commands start without it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from parchemin.cli.common import argument, misuse, option
from parchemin.cli.journal import records
from parchemin.cli.messages import HELP, Language, counted, text
from parchemin.cli.printing import Page

LARGEST = 50_000_000
ENDINGS = {"valid": 0, "not_valid": 1, "unchecked": 3}
SAID = {
    "valid": ("✓", "credential_valid", "bold green"),
    "not_valid": ("✗", "credential_not_valid", "bold red"),
    "unchecked": ("?", "credential_unchecked", "bold yellow"),
}


def credentials(language: Language) -> typer.Typer:
    """The ``credential`` commands."""
    app = typer.Typer(help=HELP["credential"][language], no_args_is_help=True)

    @app.callback()
    def several() -> None:
        pass

    @app.command("verify", help=HELP["verify_credential"][language])
    def command(
        file: Annotated[Path, argument("credential_file", language)],
        keys: Annotated[list[Path] | None, option("keys", language, "--keys")] = None,
        statuses: Annotated[list[Path] | None, option("statuses", language, "--status")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
    ) -> None:
        from parchemin.edges.credentials import verify

        page = Page(language, as_json=as_json)
        known = {one["id"]: one for one in (_document(page, path) for path in keys or ())}
        lists = {_document(page, path)["id"]: _content(page, path) for path in statuses or ()}
        found = verify(_content(page, file), keys=known, statuses=lists, at=datetime.now(UTC))
        sign, key, style = SAID[found.answer]
        page.line(f"{sign} {text(key, language)}", style)
        for reason in found.reasons:
            page.line(reason.sentence(language), indent=2)
        reasons = [{"code": one.code, "message": one.sentence(language)} for one in found.reasons]
        page.answer({"format": "parchemin/credential-verdict-1", "answer": str(found.answer), "reasons": reasons})
        if ENDINGS[found.answer]:
            raise typer.Exit(ENDINGS[found.answer])

    return app


def register(language: Language) -> typer.Typer:
    """The ``register`` commands."""
    app = typer.Typer(help=HELP["register"][language], no_args_is_help=True)

    @app.callback()
    def several() -> None:
        pass

    @app.command("verify", help=HELP["verify_register"][language])
    def command(
        home: Annotated[Path | None, option("home", language, "--home")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
    ) -> None:
        page = Page(language, as_json=as_json)
        with records(page, home):
            from parchemin.edges.credentials.keeping import here
            from parchemin.edges.registers.keeping import audited

            found = audited(here().register)
        if found.broken is not None:
            page.line(f"✗ {found.broken.sentence(language)}", "bold red")
            page.say("register_broken")
        elif not found.entries:
            page.say("register_empty", "green")
        else:
            page.line(f"✓ {counted('register_whole', found.entries, language)}", "bold green")
            page.line(found.root.hex(), "dim", 2)
        fault = found.broken and {"code": found.broken.code, "message": found.broken.sentence(language)}
        page.answer(
            {
                "format": "parchemin/register-verdict-1",
                "is_whole": found.holds,
                "entries": found.entries,
                "signed": found.vouched,
                "root": found.root.hex(),
                "fault": fault,
            }
        )
        if not found.holds:
            raise typer.Exit(1)

    return app


def keys(language: Language) -> typer.Typer:
    """The ``key`` commands."""
    app = typer.Typer(help=HELP["key"][language], no_args_is_help=True)

    @app.callback()
    def several() -> None:
        pass

    @app.command("replace", help=HELP["replace_key"][language])
    def command(
        body: Annotated[UUID | None, option("body", language, "--body")] = None,
        is_lost: Annotated[bool, option("lost", language, "--lost")] = False,
        home: Annotated[Path | None, option("home", language, "--home")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
    ) -> None:
        page = Page(language, as_json=as_json)
        with records(page, home):
            from parchemin.edges.credentials.keeping import drawn_pair
            from parchemin.records.awards.actions.keys import replace_key
            from parchemin.records.people.models import Organisation

            found = Organisation.objects.filter(pk=body).first() if body else None
            if body and found is None:
                misuse(page, "no_body", value=body)
            made = replace_key(organisation=found, draw=drawn_pair, at=datetime.now(UTC), is_lost=is_lost)
        page.say("key_made", "green", public=made.public)
        page.answer({"format": "parchemin/key-1", "public": made.public, "body": body and str(body)})

    return app


def _content(page: Page, path: Path) -> bytes:
    if not path.is_file():
        misuse(page, "no_credential", value=path)
    if path.stat().st_size > LARGEST:
        misuse(page, "too_large", value=path, most=LARGEST // 1_000_000)
    return path.read_bytes()


def _document(page: Page, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(_content(page, path))
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        misuse(page, "no_document", value=path)
    return found
