"""What every command shares: its options, and how it ends on bad files or bad words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from parchemin.catalogue import formats, shelf
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.problems import RefusedError
from parchemin.cli.messages import HELP, Language, counted, text
from parchemin.cli.printing import Page
from parchemin.places import library

MISUSE = {"no_scheme", "no_version"}


def option(key: str, language: Language, *names: str) -> Any:
    """A typer option with its help in that language."""
    return typer.Option(*names, help=HELP[key][language])


def argument(key: str, language: Language) -> Any:
    """A typer argument with its help in that language."""
    return typer.Argument(help=HELP[key][language], show_default=False)


def root_of(schemes: Path | None) -> Path:
    """The folder of certifications asked for, or the usual one."""
    return schemes or library("schemes")


def day_of(value: str | None, page: Page) -> date:
    """The date written, or today; a misuse when it is no date."""
    if value is None:
        return date.today()
    try:
        return formats.day_of(value)
    except ValueError:
        misuse(page, "bad_date", value=value)


def misuse(page: Page, key: str, **values: object) -> NoReturn:
    """Say what was asked wrongly, and end with 2."""
    page.answer({"format": "parchemin/error-1", "code": key, "message": text(key, page.language, **values)})
    typer.echo(text(key, page.language, **values), err=True)
    raise typer.Exit(2)


@contextmanager
def opened(page: Page, schemes: Path | None) -> Iterator[Catalogue]:
    """The catalogue asked for, or the usual one; what it resolves is kept for next time.

    Unfit files become a list of problems and exit code 1, or 2 when what was named does not exist.
    """
    root = root_of(schemes)
    if not root.is_dir():
        misuse(page, "no_folder", value=root)
    catalogue = Catalogue(root, shelf=shelf.usual_folder())
    try:
        yield catalogue
    except RefusedError as refused:
        told = [one.as_dict(page.language) for one in refused.problems]
        page.answer({"format": "parchemin/problems-1", "problems": told})
        page.problems(refused.problems)
        page.line(counted("problems", len(refused.problems), page.language), "bold red")
        raise typer.Exit(2 if {one.code for one in refused.problems} <= MISUSE else 1) from None
    finally:
        catalogue.keep()


Schemes = Annotated[Path | None, typer.Option("--schemes", envvar="PARCHEMIN_SCHEMES", show_default=False)]
