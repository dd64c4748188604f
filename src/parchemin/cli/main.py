"""The application: commands, language, and how errors end."""

import io
import os
import sys
from typing import Annotated, Any

import typer

from parchemin.cli import cases, checkup, deciding, demo, journal, proofs, schemes, serve
from parchemin.cli.common import option
from parchemin.cli.messages import HELP, Language

STYLE: dict[str, Any] = {"no_args_is_help": True, "add_completion": False, "pretty_exceptions_enable": False}


def language_first(arguments: list[str]) -> list[str]:
    """The arguments with ``--lang`` at the front, wherever it was written; PARCHEMIN_LANG, or French, without one."""
    rest = list(arguments)
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            del rest[index : index + 2]
            return ["--lang", arguments[index + 1], *rest]
        if argument.startswith("--lang="):
            del rest[index]
            return ["--lang", argument.partition("=")[2], *rest]
    return ["--lang", "en" if os.environ.get("PARCHEMIN_LANG", "").startswith("en") else "fr", *rest]


def application(language: Language) -> typer.Typer:
    """The command line in that language."""
    app = typer.Typer(help=HELP["app"][language], **STYLE)

    @app.callback()
    def options(lang: Annotated[Language, option("lang", language, "--lang")] = language) -> None:
        pass

    app.add_typer(schemes.application(language), name="scheme")
    app.add_typer(cases.application(language), name="case")
    app.add_typer(journal.application(language), name="journal")
    app.add_typer(proofs.credentials(language), name="credential")
    app.add_typer(proofs.register(language), name="register")
    app.add_typer(proofs.keys(language), name="key")
    deciding.add(app, language)
    demo.add(app, language)
    serve.add(app, language)
    checkup.add(app, language)
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exit with 0, 1 when refused or failed, 2 when misused."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show ✗ shows ? rather than a failure
            stream.reconfigure(errors="replace")
    given = language_first(sys.argv[1:] if arguments is None else arguments)
    asked = given if len(given) > 2 else []
    application("en" if given[1] == "en" else "fr")(args=asked, prog_name="parchemin")
