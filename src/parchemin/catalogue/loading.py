"""From files to one Scheme: the version, the packs of the date, the rulings in force, checked as a whole."""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from parchemin.catalogue import digest
from parchemin.catalogue.documents import Fill, PackFile, RulingFile, SchemeFile
from parchemin.catalogue.formats import read_as, wrong
from parchemin.catalogue.linting import lint, mark_of, rendered, unique_ids, unsure
from parchemin.catalogue.problems import Mark, Problem, RefusedError, nearest, problem
from parchemin.catalogue.reading import Node, read_file
from parchemin.catalogue.renewing import ask_renewal, gaps_left
from parchemin.catalogue.rules import read_rule
from parchemin.catalogue.rulings import TRANSITIONS, Filled, Filling, Gap, Ruling, copied, replaced
from parchemin.core.decision import SchemeRef, Stage
from parchemin.core.framework import Framework
from parchemin.core.scheme import Rule, Scheme, Source
from parchemin.core.terms import Unknown

RULE_KEYS = ("rules", "conformity")
STAGES = {stage.value for stage in Stage}
_EPOCH = date.min
TRIAL = "trial"


class VersionFiles(NamedTuple):
    """A version as read: its two trees and the fingerprint of each file."""

    folder: Path
    label: str
    root: Node
    fingerprints: dict[str, str]


class Pack(NamedTuple):
    """A pack file as read."""

    file: PackFile
    node: Node
    name: str
    fingerprint: str


class Loaded(NamedTuple):
    """A resolved scheme, what its sources still do not say, and what rulings say in their place."""

    scheme: Scheme
    gaps: tuple[Gap, ...]
    filled: tuple[Filled, ...] = ()


def read_version(folder: Path, label: str) -> VersionFiles:
    """The trees of a version's files, the framework under ``framework``; RefusedError with the problems of both."""
    problems: list[Problem] = []
    trees: dict[str, Node] = {}
    fingerprints = {}
    for name in digest.FREEZABLE:
        try:
            trees[name], content = read_file(folder / name, f"{label}/{name}")
            fingerprints[f"{label}/{name}"] = digest.of_bytes(content)
        except RefusedError as refused:
            problems.extend(refused.problems)
    if problems:
        raise RefusedError(problems)
    root = trees["scheme.yaml"].with_entry("framework", trees["framework.yaml"])
    return VersionFiles(folder, label, root, fingerprints)


def read_pack(path: Path, label: str) -> Pack:
    """A pack file, its rules not yet read; RefusedError when its head is unfit."""
    node, content = read_file(path, label)
    problems: list[Problem] = []
    file = read_as(PackFile, _without(node, RULE_KEYS), problems)
    if file is not None:
        for key, value, expected in (("pack", file.pack, path.parent.name), ("from", str(file.from_), path.stem)):
            if value != expected:
                mark = node.mapping[key].mark
                problems.append(problem("misplaced", mark, key=key, value=value, expected=expected))
    if problems:
        raise RefusedError(problems)
    return Pack(file, node, label, digest.of_bytes(content))


def pack_problems(pack: Pack) -> list[Problem]:
    """Every problem of a pack's own rules, whether a certification includes it or not."""
    problems: list[Problem] = []
    unique_ids(pack.node, problems)
    rules = _Rules.read(pack.node, problems, pack.file.sources)
    problems.extend(unsure((*(rule for those in rules.stages.values() for rule in those), *rules.conformity)))
    return problems


def read_ruling(path: Path, label: str) -> tuple[Ruling, str]:
    """A ruling file and its fingerprint; RefusedError when its head is unfit."""
    node, content = read_file(path, label)
    problems: list[Problem] = []
    file = read_as(RulingFile, _without(node, ("replaces", "adds")), problems)
    if problems:
        raise RefusedError(problems)
    return Ruling(file, node), digest.of_bytes(content)


def assemble(version: VersionFiles, packs: Sequence[Pack], rulings: Sequence[tuple[Ruling, str, str]] = ()) -> Loaded:
    """The scheme these files make together, rulings in the order given; RefusedError with every problem of them all."""
    problems: list[Problem] = []
    root = copied(version.root)
    ask_renewal(root)
    filling = Filling(root)
    for ruling, _, _ in rulings:
        filling.lay(ruling, problems)
    file = read_as(SchemeFile, _without(root, (*RULE_KEYS, "framework")), problems)
    framework = read_as(Framework, root.mapping["framework"], problems)
    if file is not None:
        _placed(root, version, problems)
    unique_ids(root, problems)
    own = _Rules.read(root, problems, file.sources if file else _declared(root))
    for ruling, _, _ in rulings:
        own.change(ruling, problems)
    for pack in packs:
        own.include(_Rules.read(pack.node, problems, pack.file.sources), file, problems)
    if problems or file is None or framework is None:
        raise RefusedError(problems)
    fingerprints = dict(version.fingerprints)
    fingerprints |= {pack.name: pack.fingerprint for pack in packs}
    fingerprints |= {label: fingerprint for _, label, fingerprint in rulings}
    ref = SchemeRef(file.id, file.version, digest.of_files(fingerprints))
    values = {f.name: getattr(file, f.name) for f in dataclasses.fields(file) if f.name not in SchemeRef._fields}
    del values["format"], values["includes"]
    scheme = Scheme(ref=ref, framework=framework, rules=own.by_stage(), conformity=tuple(own.conformity), **values)
    lint(scheme, root, problems)
    if problems:
        raise RefusedError(problems)
    return Loaded(scheme, gaps_left(scheme, root), tuple(filling.filled.values()))


def _without(node: Node, keys: Iterable[str]) -> Node:
    kept = {key: value for key, value in node.mapping.items() if key not in keys}
    return Node(kept if isinstance(node.value, dict) else node.value, node.mark, node.keys)


def _declared(root: Node) -> dict[str, Source]:
    """The sources of a file whose head is unfit, by name only: its rules are still checked for their own mistakes."""
    sources = root.get("sources")
    return {name: Source(title=name, read_on=_EPOCH) for name in (sources.mapping if sources else {})}


def _placed(root: Node, version: VersionFiles, problems: list[Problem]) -> None:
    for key, expected in (("id", version.folder.parent.name), ("version", version.folder.name)):
        node = root.mapping[key]
        if node.value != expected:
            problems.append(problem("misplaced", node.mark, key=key, value=node.value, expected=expected))


class _Rules:
    """Rules by stage while they are being put together."""

    def __init__(self) -> None:
        self.stages: dict[Stage, list[Rule]] = {stage: [] for stage in Stage}
        self.conformity: list[Rule] = []

    @classmethod
    def read(cls, root: Node, problems: list[Problem], sources: Any) -> "_Rules":
        rules = cls()
        stages = root.get("rules")
        if stages is not None and not isinstance(stages.value, dict):
            problems.append(wrong(stages, "mapping"))
        for name, node in (stages.mapping if stages else {}).items():
            if name not in STAGES:
                mark = stages.keys[name] if stages else node.mark
                problems.append(problem("unknown_key", mark, key=name, **nearest(name, STAGES)))
                continue
            rules.stages[Stage(name)] = _read_all(node, name, problems, sources)
        conformity = root.get("conformity")
        if conformity is not None:
            rules.conformity = _read_all(conformity, "conformity", problems, sources)
        return rules

    def change(self, ruling: Ruling, problems: list[Problem]) -> None:
        sources = ruling.file.sources
        added, replacing = ruling.node.get("adds"), ruling.node.get("replaces")
        if added is not None:
            self.include(_Rules.read(Node({"rules": added}, added.mark), problems, sources), None, problems)
        if replacing is not None and not isinstance(replacing.value, list):
            problems.append(wrong(replacing, "list"))
        for node in replacing.items if replacing else []:
            if isinstance(node.value, dict):
                self._replace(node, ruling, problems)
            else:
                problems.append(wrong(node, "mapping"))

    def _replace(self, node: Node, ruling: Ruling, problems: list[Problem]) -> None:
        how, id = node.get("transition"), node.get("rule")
        if how is None or id is None:
            problems.append(problem("missing_key", node.mark, key="rule" if id is None else "transition"))
            return
        if how.value not in TRANSITIONS:
            problems.append(wrong(how, "one_of", nearest(str(how.plain()), TRANSITIONS, len(problems))))
            return
        if not isinstance(id.value, str):
            problems.append(wrong(id, "text"))
            return
        stage = id.value.partition(".")[0]
        rules = self.stages.get(Stage(stage), []) if stage in STAGES else []
        if not any(rule.id == id.value for rule in rules):
            known = [rule.id for rules in self.stages.values() for rule in rules]
            hints = nearest(id.value, known, len(problems))
            problems.append(problem("no_such_rule", id.mark, rule=id.value, **hints))
            return
        written = _without(node, ("rule", "transition")).with_entry("id", id)
        new = _read_one(written, stage, problems, ruling.file.sources)
        if new is not None:
            self.stages[Stage(stage)] = replaced(rules, new, how.value, ruling.file.from_)

    def include(self, other: "_Rules", scheme: Any, problems: list[Problem]) -> None:
        """Add another file's rules, but those on routes or registers the scheme does not have."""
        for stage, rules in other.stages.items():
            self.stages[stage] = _joined(self.stages[stage], [r for r in rules if _concerns(r, scheme)], problems)
        self.conformity = _joined(self.conformity, [r for r in other.conformity if _concerns(r, scheme)], problems)

    def by_stage(self) -> dict[Stage, tuple[Rule, ...]]:
        return {stage: tuple(rules) for stage, rules in self.stages.items()}


def _joined(rules: list[Rule], more: list[Rule], problems: list[Problem]) -> list[Rule]:
    known = {rule.id for rule in rules}
    for rule in more:
        if rule.id in known:
            problems.append(problem("duplicate_id", mark_of(rule), name=rule.id, section="rules"))
        known.add(rule.id)
    return [*rules, *more]


def _concerns(rule: Rule, scheme: Any) -> bool:
    if scheme is None:
        return True
    here = not rule.when.route or any(route in scheme.routes for route in rule.when.route)
    register = scheme.register
    return here and (not rule.when.registers or isinstance(register, Unknown) or register in rule.when.registers)


def _read_all(node: Node, stage: str, problems: list[Problem], sources: Any) -> list[Rule]:
    if not isinstance(node.value, list):
        problems.append(problem("no_check", node.mark))
    read = (_read_one(item, stage, problems, sources) for item in node.items)
    return [rule for rule in read if rule is not None]


def _read_one(node: Node, stage: str, problems: list[Problem], sources: Any) -> Rule | None:
    rule = read_rule(node, problems)
    if rule is None:
        return None
    if not rule.id.startswith(f"{stage}."):
        problems.append(problem("wrong_stage", node.mapping["id"].mark, rule=rule.id, stage=stage))
    return rendered(rule, sources, node, problems)


def inline_ruling(scheme: str, version: str, fills: dict[str, Any], label: str) -> tuple[Ruling, str, str]:
    """A fictitious ruling for one case: the gaps it fills and their values."""
    mark = Mark(label)
    file = RulingFile(
        format="parchemin/ruling-1", scheme=scheme, version=version, by="", decided_on=_EPOCH, from_=_EPOCH,
        fictitious=True, sources={TRIAL: Source(title="valeur d'essai de ce cas", read_on=_EPOCH)},
        fills=tuple(Fill(gap=gap, value=value, source=TRIAL) for gap, value in fills.items()),
    )  # fmt: skip
    nodes = [Node({"value": _node(value, mark)}, mark) for value in fills.values()]
    trial = {"title": "valeur d'essai de ce cas", "read_on": _EPOCH.isoformat()}
    entries = {"sources": _node({TRIAL: trial}, mark), "fills": Node(nodes, mark)}
    return Ruling(file, Node(entries, mark)), label, digest.of_bytes(repr(sorted(fills.items())).encode())


def _node(value: Any, mark: Mark) -> Node:
    if isinstance(value, dict):
        return Node({key: _node(child, mark) for key, child in value.items()}, mark, dict.fromkeys(value, mark))
    if isinstance(value, list | tuple):
        return Node([_node(child, mark) for child in value], mark)
    return Node(value, mark)
