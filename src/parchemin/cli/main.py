"""The application: commands, language, and how errors end."""

import os
import sys
from typing import Annotated, Any

import typer

from parchemin.cli import cases, deciding, demo, schemes
from parchemin.cli.common import option
from parchemin.cli.messages import HELP, Language

STYLE: dict[str, Any] = {"no_args_is_help": True, "add_completion": False, "pretty_exceptions_enable": False}


def chosen_language(arguments: list[str]) -> Language:
    """English when ``--lang en`` or PARCHEMIN_LANG asks for it, French otherwise."""
    asked = os.environ.get("PARCHEMIN_LANG", "fr")
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            asked = arguments[index + 1]
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
    return "en" if asked.startswith("en") else "fr"


def application(language: Language) -> typer.Typer:
    """The command line in that language."""
    app = typer.Typer(help=HELP["app"][language], **STYLE)

    @app.callback()
    def options(lang: Annotated[str, option("lang", language, "--lang")] = language) -> None:
        pass

    app.add_typer(schemes.application(language), name="scheme")
    app.add_typer(cases.application(language), name="case")
    deciding.add(app, language)
    demo.add(app, language)
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exit with 0, 1 when refused or failed, 2 when misused."""
    given = sys.argv[1:] if arguments is None else arguments
    language = chosen_language(given)
    kept = [a for i, a in enumerate(given) if not (a.startswith("--lang") or (i and given[i - 1] == "--lang"))]
    application(language)(args=kept, prog_name="parchemin")
