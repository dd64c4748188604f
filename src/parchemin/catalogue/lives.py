"""Whole lives through a certification, day after day: what becomes known is laid over, and stages are decided."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from parchemin.catalogue.documents import LifeFile, LifeStep
from parchemin.catalogue.formats import read_as
from parchemin.catalogue.lookup import Catalogue
from parchemin.catalogue.mentions import unknown_ids
from parchemin.catalogue.problems import Problem, RefusedError
from parchemin.catalogue.reading import Node, read_file
from parchemin.catalogue.rulings import named_in
from parchemin.core.deciding import decide
from parchemin.core.decision import NOT_MET, Decision, Effect
from parchemin.core.facts import Facts, Milestone
from parchemin.core.scheme import Scheme


class Life(NamedTuple):
    """A life as read, with its tree."""

    file: LifeFile
    node: Node
    path: Path
    rulings: tuple[Path, ...] = ()


class Lived(NamedTuple):
    """One day of a life: the step, what is known, the scheme that applied, the decisions, and what was not expected."""

    step: LifeStep
    facts: Facts
    scheme: Scheme
    decisions: tuple[Decision, ...]
    surprises: tuple[str, ...]


def read_life(path: Path) -> Life:
    """The life written in a file; RefusedError with every problem of it."""
    node, _ = read_file(path, path.name)
    problems: list[Problem] = []
    file = read_as(LifeFile, node, problems)
    rulings = named_in(node, "rulings", path.parent.parent / "rulings", problems) if file else ()
    if problems:
        raise RefusedError(problems)
    return Life(file, node, path, rulings)


def live(life: Life, catalogue: Catalogue) -> Iterator[Lived]:
    """Each day in turn. RefusedError when the facts of a day are unfit."""
    known = life.node.get("facts") or Node({}, life.node.mark)
    for step, node in zip(life.file.steps, life.node.mapping["steps"].items, strict=True):
        known = _laid(known, node)
        problems: list[Problem] = []
        facts = read_as(Facts, known, problems)
        if problems:
            raise RefusedError(problems)
        began = facts.dates.get(Milestone.BEGAN)
        scheme = catalogue.resolve(life.file.scheme, on=step.date, began=began, rulings=life.rulings).scheme
        strange = unknown_ids(known, scheme)
        if strange:
            raise RefusedError(strange)
        decisions = tuple(decide(stage, facts, scheme, step.date) for stage in step.decides)
        yield Lived(step, facts, scheme, decisions, tuple(_surprises(step, decisions)))


def _laid(known: Node, step: Node) -> Node:
    facts, adds = step.get("facts"), step.get("adds")
    for key, node in (facts.mapping if facts else {}).items():
        before = known.get(key)
        if before is not None and node.mapping and before.mapping and not node.is_unknown:
            merged = before
            for inner, value in node.mapping.items():
                merged = merged.with_entry(inner, value)
            node = merged
        known = known.with_entry(key, node)
    for key, node in (adds.mapping if adds else {}).items():
        before = known.get(key)
        known = known.with_entry(key, Node([*(before.items if before else []), *node.items], node.mark))
    return known


def _surprises(step: LifeStep, decisions: tuple[Decision, ...]) -> Iterator[str]:
    for decision in decisions:
        expected = step.decides[decision.stage]
        if decision.outcome is not expected:
            yield f"{decision.stage.value}: {expected.value} → {decision.outcome.value}"
    found = sorted(f.rule for d in decisions for f in d.those(NOT_MET, Effect.BLOCKING))
    if step.not_met is not None and sorted(step.not_met) != found:
        yield f"not_met: {', '.join(sorted(step.not_met))} → {', '.join(found)}"
