"""Decisions of the awarding body, laid over a version: they fill gaps, replace rules by dated ones, and add rules."""

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from parchemin.catalogue.documents import Fill, RulingFile
from parchemin.catalogue.formats import wrong
from parchemin.catalogue.problems import HINTS, Mark, Problem, nearest, problem
from parchemin.catalogue.reading import Node
from parchemin.core.checks import AnyOf, Part
from parchemin.core.scheme import Rule, Source

JOINED = " ; "
"""Between two sources of one value: the document's and the ruling's."""
NAME = re.compile(r"[\w-]+")
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


class Filled(NamedTuple):
    """A gap that a ruling filled: its address, the text that fills it as readers see it, and where that is written."""

    address: str
    source: str
    mark: Mark


class Filling:
    """A version's tree while rulings fill its gaps, one after the other."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.filled: dict[str, Filled] = {}
        self._since: dict[str, tuple[date, date]] = {}

    @cached_property
    def known(self) -> list[str]:
        """The addresses that may be filled."""
        return [gap.address for gap in gaps_of(self.root)]

    def lay(self, ruling: Ruling, problems: list[Problem]) -> None:
        """Put the values of a ruling where the version says ``unknown``; a problem for each that has no such place.

        What an earlier ruling filled takes the value of a later one.
        """
        ids = self._declared(ruling)
        written = ruling.node.get("fills")
        for one, node in zip(ruling.file.fills, written.items if written else [], strict=True):
            strange = [id for id in ids_cited(one.source) if id not in ids]
            for id in strange:
                hints = nearest(id, ids, len(problems))
                problems.append(problem("unknown_source", node.mapping["source"].mark, name=id, **hints))
            if not strange:
                self._fill(one, node, ruling, ids, problems)

    def _declared(self, ruling: Ruling) -> dict[str, str]:
        """The sources of a ruling, added to those of the version under a name of their own, by the name they have."""
        sources = self.root.get("sources")
        names = {}
        for id, node in ruling.node.mapping["sources"].mapping.items():
            name, number = id, 2
            while sources and name in sources.mapping and sources.mapping[name].plain() != node.plain():
                name, number = f"{id} ({number})", number + 1
            if sources and isinstance(sources.value, dict):
                sources.mapping.setdefault(name, node)
                sources.keys.setdefault(name, node.mark)
            names[id] = name
        return names

    def _fill(self, one: Fill, node: Node, ruling: Ruling, ids: Mapping[str, str], problems: list[Problem]) -> None:
        steps = one.gap.split("/")
        target = self._at(steps)
        if target is None:
            hints = nearest(one.gap, () if len(problems) >= HINTS else self.known, len(problems))
            problems.append(problem("no_such_gap", node.mark, gap=one.gap, **hints))
            return
        given = node.mapping["value"]
        if given.is_unknown:
            problems.append(wrong(given, "value"))
            return
        dates = (ruling.file.effect, ruling.file.decided_on)
        former = self.filled.get(one.gap)
        if not target.is_unknown and not (former and self._since[one.gap] < dates):
            problems.append(self._refusal(one.gap, node))
            return
        value = _cited_as(copied(given), ids)
        target.value, target.mark, target.keys = value.value, value.mark, value.keys
        source = told(one.source, ruling.file.sources)
        self.filled[one.gap] = Filled(one.gap, f"{former.source}{JOINED}{source}" if former else source, node.mark)
        self._since[one.gap] = dates
        if steps[0] == "rules":
            self._cite(steps[1], _renamed(one.source, ids))

    def _at(self, steps: list[str]) -> Node | None:
        if steps[0] == "rules" and len(steps) < len(("rules", "id", "parameter")):
            return None
        node: Node | None = self.root
        for index, step in enumerate(steps):
            node = _child(node, "/".join(steps[:index]), step) if node else None
        return node

    def _refusal(self, gap: str, node: Node) -> Problem:
        steps = gap.split("/")
        for length in range(len(steps), 0, -1):
            former = self.filled.get("/".join(steps[:length]))
            if former:
                return problem("already_filled", node.mark, gap=gap, file=former.mark.file)
        return problem("not_a_gap", node.mark, gap=gap)

    def _cite(self, id: str, source: str) -> None:
        rule = _child(self.root.mapping["rules"], "rules", id)
        cited = rule.get("source") if rule else None
        if rule and cited and source not in str(cited.value).split(JOINED):
            rule.value["source"] = Node(f"{cited.value}{JOINED}{source}", cited.mark)


def _child(node: Node, address: str, step: str) -> Node | None:
    if address != "rules" and step in node.mapping:
        return node.mapping[step]
    return next((child for name, child in _children(node, address) if name == step), None)


def ids_cited(source: str) -> list[str]:
    """The source ids that a written source cites."""
    return [one.partition(",")[0].strip() for one in source.split(JOINED)]


def told(source: str, sources: Mapping[str, Source]) -> str:
    """A written source as readers see it: title, then place. Its ids are declared."""
    pairs = [(sources[one.partition(",")[0].strip()], one.partition(",")[2].strip()) for one in source.split(JOINED)]
    return JOINED.join(found.title + (f", {where}" if where else "") for found, where in pairs)


def _renamed(source: str, ids: Mapping[str, str]) -> str:
    parts = []
    for one in source.split(JOINED):
        id, comma, where = one.partition(",")
        parts.append(f"{ids.get(id.strip(), id)}{comma}{where}")
    return JOINED.join(parts)


def _cited_as(node: Node, ids: Mapping[str, str]) -> Node:
    """A filled value whose own sources are cited by the name they have been given."""
    for key, child in node.mapping.items():
        if key == "source" and isinstance(child.value, str):
            child.value = _renamed(child.value, ids)
        _cited_as(child, ids)
    for child in node.items:
        _cited_as(child, ids)
    return node


def named_in(node: Node, key: str, folder: Path, problems: list[Problem]) -> tuple[Path, ...]:
    """The ruling files that a file names under ``key``, all in one folder; a problem for what is not a plain name."""
    found = node.get(key)
    names = (found.items or [found]) if found and found.value != [] else []
    problems.extend(wrong(one, "name") for one in names if not NAME.fullmatch(str(one.value)))
    return tuple(folder / f"{one.value}.yaml" for one in names if NAME.fullmatch(str(one.value)))


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
        elif transition != "new_rule" and since > date.min and (earlier := _until(rule, since - timedelta(days=1))):
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
