"""Rule tests in YAML, beside each version: read, run, and told when they fail."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from parchemin.catalogue.documents import CaseFile, Expected
from parchemin.catalogue.formats import read_as
from parchemin.catalogue.lookup import Catalogue, Version
from parchemin.catalogue.mentions import unknown_ids
from parchemin.catalogue.problems import Mark, Problem, RefusedError, nearest, problem
from parchemin.catalogue.reading import Node, read_file
from parchemin.catalogue.rulings import named_in
from parchemin.core.deciding import decide
from parchemin.core.decision import NOT_MET, UNKNOWN, Decision, Effect, Outcome, Stage
from parchemin.core.facts import Facts, Milestone

INHERITED = ("date", "fills", "rulings")


class Case(NamedTuple):
    """One rule test, ready to run."""

    title: str
    mark: Mark
    stage: Stage
    version: Version
    on: date
    facts: Facts
    fills: dict[str, Any]
    rulings: tuple[Path, ...]
    expect: Expected
    told: Node | None = None


class Difference(NamedTuple):
    """What a case expected of something and what came instead."""

    what: str
    expected: str
    found: str


class Ran(NamedTuple):
    """A case, the decision it led to, and how it differs from what was expected (nothing when it passes)."""

    case: Case
    decision: Decision
    differences: tuple[Difference, ...]


def case_files(catalogue: Catalogue, id: str) -> Iterator[tuple[Version, Path]]:
    """The case files of every version of a certification, in the order of the stages."""
    for version in catalogue.versions.get(id, ()):
        for stage in Stage:
            path = version.folder / "cases" / f"{stage.value}.yaml"
            if path.is_file():
                yield version, path


def read_cases(version: Version, path: Path) -> list[Case]:
    """The cases of one file, named by its stage; RefusedError with every problem of the file."""
    label = f"{version.label}/cases/{path.name}"
    node, _ = read_file(path, label)
    problems: list[Problem] = []
    if not isinstance(node.value, list):
        read_as(tuple[CaseFile, ...], node, problems)
    earlier: dict[str, Node] = {}
    cases = []
    for item in node.items:
        whole = _laid_over(item, earlier, problems)
        read = read_as(CaseFile, whole, problems)
        if read is not None:
            if read.case in earlier:
                problems.append(problem("duplicate_id", item.mark, name=read.case, section="cases"))
            earlier[read.case] = whole
            rulings = named_in(whole, "rulings", path.parent / "rulings", problems)
            stage = Stage(path.stem)
            case = Case(
                read.case, item.mark, stage, version, read.date, read.facts, dict(read.fills), rulings, read.expect,
                whole.get("facts"),
            )  # fmt: skip
            cases.append(case)
    if problems:
        raise RefusedError(problems)
    return cases


def _laid_over(item: Node, earlier: dict[str, Node], problems: list[Problem]) -> Node:
    like = item.get("like")
    if like is None:
        return item
    base = earlier.get(str(like.value))
    if base is None:
        name = str(like.plain())[:60]
        problems.append(problem("no_such_case", like.mark, name=name, **nearest(name, earlier, len(problems))))
        return item
    whole = item
    for key in INHERITED:
        if key in base.mapping and key not in item.mapping:
            whole = whole.with_entry(key, base.mapping[key])
    facts, given = base.get("facts"), item.get("facts")
    if facts is not None:
        laid = facts
        for key, node in (given.mapping if given else {}).items():
            laid = laid.with_entry(key, node)
            laid.keys[key] = given.keys.get(key, node.mark) if given else node.mark
        whole = whole.with_entry("facts", laid)
    return whole


def run(catalogue: Catalogue, case: Case) -> Ran:
    """The decision of a case and its differences from what is expected; RefusedError when its files are unfit."""
    began = case.facts.dates.get(Milestone.BEGAN)
    scheme = catalogue.resolve(
        case.version.id, on=case.on, began=began, version=case.version, rulings=case.rulings, fills=case.fills
    ).scheme
    strange = unknown_ids(case.told, scheme)
    if strange:
        raise RefusedError(strange)
    decision = decide(case.stage, case.facts, scheme, case.on)
    return Ran(case, decision, tuple(_differences(case.expect, decision)))


def _differences(expect: Expected, decision: Decision) -> Iterator[Difference]:
    if decision.outcome is not expect.outcome:
        yield Difference("outcome", expect.outcome.value, decision.outcome.value)
    exact: list[tuple[str, tuple[str, ...] | None, Outcome, Effect]] = [
        ("not_met", expect.not_met, NOT_MET, Effect.BLOCKING),
        ("unknown", expect.unknown, UNKNOWN, Effect.BLOCKING),
        ("warns", expect.warns, NOT_MET, Effect.WARNING),
    ]
    for name, rules, outcome, effect in exact:
        found = sorted(finding.rule for finding in decision.those(outcome, effect))
        if rules is not None and sorted(rules) != found:
            yield Difference(name, ", ".join(sorted(rules)), ", ".join(found))
    findings = {finding.rule: finding for finding in decision.findings}
    for rule in expect.met:
        outcome_found = findings[rule].counts_as.value if rule in findings else "—"
        if outcome_found != Outcome.MET.value:
            yield Difference(rule, Outcome.MET.value, outcome_found)
    for rule, words in expect.seen.items():
        seen = findings[rule].seen if rule in findings else "—"
        if seen != words:
            yield Difference(f"seen {rule}", words, seen)
