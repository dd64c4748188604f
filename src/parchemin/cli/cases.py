"""``parchemin case test``: run the rule tests and tell each difference."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from parchemin.catalogue.cases import Ran, case_files, read_cases, run
from parchemin.catalogue.lookup import Catalogue, Version
from parchemin.cli.common import Schemes, argument, opened, option
from parchemin.cli.messages import HELP, Language, labelled, text
from parchemin.cli.printing import Page


def application(language: Language) -> typer.Typer:
    """The ``case`` commands."""
    app = typer.Typer(help=HELP["case"][language], no_args_is_help=True)

    @app.callback()
    def group() -> None:
        pass

    @app.command(help=HELP["test"][language])
    def test(
        paths: Annotated[list[Path] | None, argument("paths", language)] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        schemes: Schemes = None,
    ) -> None:
        page = Page(language, as_json=as_json)
        with opened(page, schemes) as catalogue:
            files = chosen(catalogue, paths)
            ran = [run(catalogue, case) for version, path in files for case in read_cases(version, path)]
        failed = [one for one in ran if one.differences]
        for one in failed:
            _tell(page, one)
        passed = len(ran) - len(failed)
        page.say("cases_passed" if ran else "no_cases", "bold", passed=passed, total=len(ran))
        page.answer({"format": "parchemin/cases-1", "passed": passed, "failed": [_plain(one) for one in failed]})
        if failed or not ran:
            raise typer.Exit(1)

    return app


def chosen(catalogue: Catalogue, paths: list[Path] | None) -> Iterator[tuple[Version, Path]]:
    """The case files under the paths given: a case file, a folder of certifications, or identifiers; all if none."""
    wanted = [
        path.resolve() if path.exists() else (catalogue.root / path).resolve() for path in paths or [catalogue.root]
    ]
    for path in wanted:
        if not path.exists():
            catalogue.version(path.name, date.max)
    for id in catalogue.versions:
        for version, file in case_files(catalogue, id):
            if any(file.resolve().is_relative_to(path) for path in wanted):
                yield version, file


def _tell(page: Page, ran: Ran) -> None:
    page.line(f"✗ {ran.case.title}", "bold red")
    page.line(f"    {ran.case.mark}", "dim")
    for difference in ran.differences:
        page.line(difference.what, indent=4)
        for key, value, style in (("expected", difference.expected, "green"), ("found", difference.found, "red")):
            page.line(labelled(text(key, page.language), value or "—", page.language), style, 6)


def _plain(ran: Ran) -> dict[str, Any]:
    mark = ran.case.mark
    return {
        "case": ran.case.title,
        "file": mark.file,
        "line": mark.line,
        "differences": [difference._asdict() for difference in ran.differences],
    }
