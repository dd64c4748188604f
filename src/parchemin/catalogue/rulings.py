"""Decisions of the awarding body, laid over a version: they fill gaps, replace rules by dated ones, and add rules."""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from parchemin.catalogue.documents import Fill, RulingFile
from parchemin.catalogue.problems import Mark, Problem, nearest, problem
from parchemin.catalogue.reading import Node
from parchemin.core.checks import AnyOf, Part
from parchemin.core.scheme import Rule

JOINED = " ; "
"""Between two sources of one value: the document's and the ruling's."""
TRANSITIONS = ("more_favourable", "former_rule", "new_rule")


class Gap(NamedTuple):
    """Something the source does not say: its address, why, and where the file says so."""

    address: str
    why: str
    mark: Mark


class Ruling(NamedTuple):
    """A ruling file and its tree."""

    file: RulingFile
    node: Node


def gaps_of(root: Node) -> Iterator[Gap]:
    """Every ``unknown`` of a version's tree, with its address, in the order of the files."""
    yield from _gaps(root, "")


def _gaps(node: Node, address: str) -> Iterator[Gap]:
    if node.is_unknown:
        why = node.mapping["unknown"].value if node.mapping else ""
        yield Gap(address, str(why or ""), node.mark)
        return
    for key, child in _children(node, address):
        yield from _gaps(child, f"{address}/{key}" if address else key)


def _children(node: Node, address: str) -> Iterator[tuple[str, Node]]:
    if address == "rules":
        yield from ((_name(rule, i), rule) for stage in node.mapping.values() for i, rule in enumerate(stage.items))
    else:
        yield from node.mapping.items()
        yield from ((_name(item, index), item) for index, item in enumerate(node.items))


def _name(node: Node, index: int) -> str:
    id = node.get("id")
    return str(id.value) if id else str(index)


def fill(root: Node, filled: Fill, mark_of: Node, problems: list[Problem]) -> None:
    """Put the value of a ruling where the version says ``unknown``; a problem when there is no such gap."""
    steps = filled.gap.split("/")
    parent, address = root, ""
    for step in steps[:-1]:
        following = dict(_children(parent, address)).get(step)
        if following is None:
            break
        parent, address = following, f"{address}/{step}" if address else step
    else:
        target = dict(_children(parent, address)).get(steps[-1])
        if target is not None:
            value = copied(mark_of.mapping["value"])
            if not target.is_unknown:
                problems.append(problem("not_a_gap", mark_of.mark, gap=filled.gap))
                return
            target.value, target.mark, target.keys = value.value, value.mark, value.keys
            _cite(root, steps, filled.source)
            return
    known = [gap.address for gap in gaps_of(root)]
    problems.append(problem("no_such_gap", mark_of.mark, gap=filled.gap, **nearest(filled.gap, known)))


def _cite(root: Node, steps: list[str], source: str) -> None:
    if steps[0] != "rules":
        return
    rule = dict(_children(root.mapping["rules"], "rules"))[steps[1]]
    cited = rule.get("source")
    if cited is not None and source not in str(cited.value).split(JOINED):
        rule.value["source"] = Node(f"{cited.value}{JOINED}{source}", cited.mark)


def copied(node: Node) -> Node:
    """The same tree, free to be written over."""
    if isinstance(node.value, dict):
        return Node({key: copied(child) for key, child in node.value.items()}, node.mark, dict(node.keys))
    if isinstance(node.value, list):
        return Node([copied(child) for child in node.value], node.mark, {})
    return Node(node.value, node.mark, {})


def replaced(rules: Sequence[Rule], new: Rule, transition: str, since: date) -> list[Rule]:
    """The rules with ``new`` in the place of the one it replaces, by a transition for paths begun before ``since``.

    ``more_favourable``: either may be met; ``former_rule``: the former one goes on; ``new_rule``: only the new one.
    A rule replaced before stands there once for each of its periods, and each keeps its own.
    """
    before: list[Rule] = []
    others: list[Rule] = []
    for rule in rules:
        if rule.id != new.id:
            others.append(rule)
        elif transition != "new_rule" and (earlier := _until(rule, since - timedelta(days=1))):
            before.append(earlier if transition == "former_rule" else _either(earlier, new))
    first = next(index for index, rule in enumerate(rules) if rule.id == new.id)
    after = new if transition == "new_rule" else _from(new, since)
    return [*others[:first], *before, after, *others[first:]]


def _until(rule: Rule, day: date) -> Rule | None:
    """The rule for paths begun until ``day`` only; None when it was for later ones."""
    when = rule.when
    if when.began_from and when.began_from > day:
        return None
    until = min(when.began_until, day) if when.began_until else day
    return dataclasses.replace(rule, when=dataclasses.replace(when, began_until=until))


def _from(rule: Rule, day: date) -> Rule:
    since = max(rule.when.began_from, day) if rule.when.began_from else day
    return dataclasses.replace(rule, when=dataclasses.replace(rule.when, began_from=since))


def _either(former: Rule, new: Rule) -> Rule:
    """The new rule over the period of the former one, met when either is."""
    both = AnyOf(parts=tuple(Part(says=rule.says, source=rule.source, check=rule.check) for rule in (former, new)))
    return dataclasses.replace(new, check=both, source=f"{former.source} ; {new.source}", when=former.when)
