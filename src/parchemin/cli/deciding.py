"""``parchemin decide``: one file of facts, one stage, one date, the decision and its reasons."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from parchemin.catalogue.documents import FactsFile
from parchemin.catalogue.formats import read_as
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.mentions import unknown_ids
from parchemin.catalogue.problems import Problem, RefusedError
from parchemin.catalogue.reading import read_file
from parchemin.cli.common import Schemes, argument, day_of, misuse, opened, option
from parchemin.cli.messages import HELP, Language, text
from parchemin.cli.printing import Page
from parchemin.core import words
from parchemin.core.deciding import decide
from parchemin.core.decision import MET, Decision, Stage
from parchemin.core.facts import Milestone
from parchemin.core.plain import decision_to_plain


def add(app: typer.Typer, language: Language) -> None:
    """Add the command to the application."""

    @app.command("decide", help=HELP["decide"][language])
    def command(
        file: Annotated[Path, argument("file", language)],
        stage: Annotated[str | None, option("stage", language, "--stage")] = None,
        on: Annotated[str | None, option("on", language, "--on")] = None,
        brief: Annotated[bool, option("brief", language, "--brief")] = False,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        schemes: Schemes = None,
    ) -> None:
        page = Page(language, as_json=as_json)
        if stage is not None and stage not in list(Stage):
            misuse(page, "bad_stage", value=stage, known=", ".join(Stage))
        with opened(page, schemes) as catalogue:
            decision = decision_on(
                file,
                catalogue,
                Stage(stage) if stage else None,
                day_of(on, page) if on else None,
                page,
            )
        ref = decision.scheme
        told = (str(ref), words.day(decision.decided_on), f"{text('digest', language)} {ref.digest[:12]}")
        page.line(" · ".join(told), "dim")
        page.decision(decision, "folded" if brief else "full")
        page.answer(decision_to_plain(decision))
        if decision.outcome is not MET:
            raise typer.Exit(1)


def decision_on(path: Path, catalogue: Catalogue, stage: Stage | None, on: date | None, page: Page) -> Decision:
    """The decision on a facts file; RefusedError when the file or the scheme's files are unfit."""
    node, _ = read_file(path, path.name)
    problems: list[Problem] = []
    asked = read_as(FactsFile, node, problems)
    if problems:
        raise RefusedError(problems)
    chosen = stage or asked.stage
    if chosen is None:
        misuse(page, "need_stage")
    day = on or asked.date or date.today()
    rulings = [path.parent / name for name in asked.rulings]
    began = asked.facts.dates.get(Milestone.BEGAN)
    scheme = catalogue.resolve(asked.scheme, on=day, began=began, rulings=rulings, fills=asked.fills).scheme
    strange = unknown_ids(node.get("facts"), scheme)
    if strange:
        raise RefusedError(strange)
    return decide(chosen, asked.facts, scheme, day)
