"""Decisions, problems and tables on a terminal, the same words as on screens and letters."""

import json
import sys
import textwrap
from collections.abc import Iterable
from typing import Any, Literal

from rich.console import Console
from rich.text import Text

from parchemin.catalogue.problems import Problem
from parchemin.cli.messages import STAGES, Language, counted, labelled, text
from parchemin.core import words
from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Decision, Effect, Finding
from parchemin.typography import french

Detail = Literal["full", "short", "folded"]
SIGNS = {MET: ("✓", "green"), UNKNOWN: ("?", "yellow"), NOT_MET: ("✗", "red")}
HANGING = {"✓ ", "? ", "✗ ", "! "}
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
        """A line, typeset as French (its sentences are, whatever the messages), wrapped under itself."""
        shown = french(content)
        margin = " " * (len(shown) - len(shown.lstrip(" ")) + indent)
        width = max(self.console.width - len(margin), 20)
        hang = "  " if shown.lstrip(" ")[:2] in HANGING else ""
        wrapper = textwrap.TextWrapper(width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
        for row in wrapper.wrap(shown.lstrip(" ")) or [""]:
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

    def decision(self, decision: Decision, detail: Detail = "full") -> None:
        """The verdict in a sentence, then the findings: not met, to be settled, cautions, met.

        Rules that are met are told whole when ``full``, one to a line when ``short``, counted when ``folded``.
        """
        sign, style = SIGNS[decision.outcome]
        stage = STAGES[decision.stage.value][self.language]
        self.line(f"{sign} {labelled(stage, verdict(decision, self.language), self.language)}", f"bold {style}")
        for effect in Effect:
            for finding in (*decision.those(NOT_MET, effect), *decision.those(UNKNOWN, effect)):
                self.finding(finding)
        met = [finding for finding in decision.findings if finding.counts_as is MET]
        told = {"full": met, "short": [one for one in met if one.effect is Effect.BLOCKING], "folded": []}[detail]
        for finding in told:
            if detail == "full" or finding.override:
                self.finding(finding)
            else:
                self.line(f"✓ {finding.says} — {finding.seen}", "dim", 2)
        if len(met) > len(told):
            key = "met_others" if told else "met_folded"
            self.line(f"✓ {counted(key, len(met) - len(told), self.language)}", "dim", 2)

    def finding(self, finding: Finding, indent: int = 2) -> None:
        """One rule, what was seen, and its source."""
        sign, style = (SIGNS if finding.effect is Effect.BLOCKING else CAUTIONS)[finding.outcome]
        says = finding.says
        if finding.effect is not Effect.BLOCKING and finding.outcome is not MET:
            says = labelled(text(finding.effect.value, self.language), says, self.language)
        self.line(f"{sign} {says}", style if finding.outcome is not MET else "", indent)
        if finding.parts:
            for part in finding.parts:
                self.finding(part, indent + 4)
        else:
            self.line(labelled(text("seen", self.language), f"{finding.seen}.", self.language), indent=indent + 4)
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
