"""Decisions, problems and tables on a terminal, the same words as on screens and letters."""

import json
import sys
import textwrap
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.text import Text

from parchemin.catalogue.problems import Problem
from parchemin.cli.messages import OUTCOMES, STAGES, Language, counted, text
from parchemin.core import words
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Decision, Effect, Finding, Outcome
from parchemin.typography import french

SIGNS = {MET: ("✓", "green"), UNKNOWN: ("?", "yellow"), NOT_MET: ("✗", "red")}
CAUTIONS = {MET: ("✓", "green"), UNKNOWN: ("?", "yellow"), NOT_MET: ("!", "yellow")}


class Page:
    """Where a command writes: a terminal page, or one JSON value at the end."""

    def __init__(self, language: Language, *, as_json: bool) -> None:
        self.language = language
        self.as_json = as_json
        self.console = Console(highlight=False, soft_wrap=False, quiet=as_json)

    def say(self, key: str, style: str = "", **values: object) -> None:
        """A sentence of the command line."""
        self.line(text(key, self.language, **values), style)

    def line(self, content: str, style: str = "", indent: int = 0) -> None:
        """A line, typeset when in French, wrapped under itself and never at a no-break space."""
        shown = french(content) if self.language == "fr" else content
        margin = " " * (len(shown) - len(shown.lstrip(" ")) + indent)
        width = max(self.console.width - len(margin), 20)
        for row in textwrap.wrap(shown.lstrip(" "), width, break_long_words=False, break_on_hyphens=False) or [""]:
            self.console.print(Text(margin + row, style=style), soft_wrap=True)

    def answer(self, value: dict[str, Any]) -> None:
        """The JSON answer, when one was asked."""
        if self.as_json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def problems(self, problems: Iterable[Problem]) -> None:
        """Each problem with its place."""
        for one in problems:
            self.console.print(Text(str(one.mark), style="bold"))
            self.line(one.sentence(self.language), indent=2)

    def decision(self, decision: Decision, *, brief: bool = False) -> None:
        """The verdict in a sentence, then the findings: not met, to be settled, cautions, met."""
        sign, style = SIGNS[decision.outcome]
        stage = STAGES[decision.stage.value][self.language]
        self.line(f"{sign} {stage} : {verdict(decision, self.language)}", f"bold {style}")
        groups = [decision.those(NOT_MET), decision.those(UNKNOWN)]
        for effect in (Effect.WARNING, Effect.INFORMATION):
            groups += [decision.those(NOT_MET, effect), decision.those(UNKNOWN, effect)]
        for finding in (finding for group in groups for finding in group):
            self.finding(finding)
        met = [finding for finding in decision.findings if finding.counts_as is MET]
        if brief and met:
            self.line(f"  ✓ {counted('met_folded', len(met), self.language)}", "dim")
        for finding in () if brief else met:
            self.finding(finding)

    def finding(self, finding: Finding, indent: int = 2) -> None:
        """One rule, what was seen, and its source."""
        sign, style = (SIGNS if finding.effect is Effect.BLOCKING else CAUTIONS)[finding.outcome]
        kind = "" if finding.effect is Effect.BLOCKING else f"{text(finding.effect.value, self.language)} : "
        self.line(f"{sign} {kind}{finding.says}", style if finding.outcome is not MET else "", indent)
        if finding.parts:
            for part in finding.parts:
                self.finding(part, indent + 4)
        else:
            self.line(f"{text('seen', self.language)} : {finding.seen}.", indent=indent + 4)
        if finding.rule:
            self.line(f"{finding.rule} — {finding.source}", "dim", indent + 4)
        if finding.override:
            one = finding.override
            values = {"author": one.author, "on": words.day(one.decided_on), "reason": one.reason, "source": one.source}
            self.line(text("override", self.language, **values), "cyan", indent + 4)


def verdict(decision: Decision, language: Language) -> str:
    """The outcome in one sentence, with how many conditions are not met or not settled."""
    if decision.outcome is MET:
        return text("verdict_met", language)
    count = len(decision.those(decision.outcome))
    return counted(f"verdict_{decision.outcome.value}", count, language) if count else text("no_rule", language)


def outcome_word(outcome: Outcome, language: Language) -> str:
    """The outcome in a word."""
    return OUTCOMES[outcome.value][language]
