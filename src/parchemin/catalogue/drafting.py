"""A ruling written for somebody: the values they typed for the gaps of a version, as the file they would have written.

It is JSON laid out as YAML, one gap a line, so that a problem found at a line is a problem of that gap.
"""

import json
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from parchemin.catalogue.problems import RefusedError
from parchemin.catalogue.reading import read_file
from parchemin.catalogue.rulings import JOINED

SOURCE = "decision"
STRUCTURED = ("[", "{", '"', "'")


class Act(NamedTuple):
    """The decision that a ruling puts down: who took it, when, from when it applies, and the text that says so."""

    by: str
    decided_on: date
    from_on: date
    title: str
    read_on: date
    where: str = ""
    is_fictitious: bool = False


class Drafted(NamedTuple):
    """A ruling's text, and the gap that each of its lines fills, by number from 1."""

    text: str
    gaps: Mapping[int, str]


def value_of(typed: str) -> Any:
    """What was typed as a file would say it: a number, true or false, a list, a mapping, else the very words.

    A text that begins with a bracket, a brace or a quote is read as YAML; RefusedError when it cannot be.
    """
    text = " ".join(typed.split())
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "value.yaml"
        path.write_text(f"value: {text}\n", encoding="utf-8")
        try:
            value = read_file(path, "value")[0].mapping["value"].plain()
        except RefusedError:
            if text.startswith(STRUCTURED):
                raise
            return text
    return value if text.startswith(STRUCTURED) or not isinstance(value, dict | list) else text


def ruling_text(*, scheme: str, version: str, act: Act, fills: Mapping[str, Any], wheres: Mapping[str, str]) -> Drafted:
    """The file that fills these gaps with these values; ``wheres`` says for a gap which part of the text decides it."""
    source = {"title": act.title, "read_on": act.read_on.isoformat()}
    lines = [
        "format: parchemin/ruling-1",
        f"scheme: {_said(scheme)}",
        f"version: {_said(version)}",
        f"by: {_said(act.by)}",
        f"decided_on: {act.decided_on.isoformat()}",
        f"from: {act.from_on.isoformat()}",
        *(["fictitious: true"] if act.is_fictitious else []),
        "sources:",
        f"  {SOURCE}: {_said({**source, 'fictitious': True} if act.is_fictitious else source)}",
        "fills:",
    ]
    gaps = {}
    for gap, value in fills.items():
        cited = [SOURCE, wheres.get(gap) or act.where]
        told = ", ".join(part.replace(JOINED, ", ") for part in cited if part)
        lines.append(f"  - {_said({'gap': gap, 'value': value, 'source': told})}")
        gaps[len(lines)] = gap
    return Drafted("\n".join(lines) + "\n", gaps)


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
