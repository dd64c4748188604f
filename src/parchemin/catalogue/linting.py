"""What no single value shows: sources cited and declared, names that exist, stages that would check nothing."""

import dataclasses
import types
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from parchemin.catalogue.formats import hints_of, key_of, place, wrong
from parchemin.catalogue.problems import Mark, Problem, nearest, problem
from parchemin.catalogue.reading import Node
from parchemin.catalogue.rulings import JOINED, ids_cited
from parchemin.core.checks import AllOf, AnyOf
from parchemin.core.decision import Effect, Stage
from parchemin.core.scheme import Check, Jury, Rule, Scheme, Source
from parchemin.core.terms import PARTS, Confidence, Ref, Unknown, listed

NATIONAL = "_national"
"""The folder of the national packs, whose rules may bear on routes a scheme does not have."""


def lint(scheme: Scheme, root: Node, problems: list[Problem]) -> None:
    """Add every problem that shows only on the whole scheme."""
    _sources(root, problems)
    _references(scheme, root, problems)
    _stages(scheme, root, problems)
    _titles(scheme, root, problems)
    _equivalences(scheme, root, problems)
    rules = [rule for rules in scheme.rules.values() for rule in rules]
    problems.extend(unsure((*rules, *scheme.conformity)))


def unsure(rules: Iterable[Rule]) -> list[Problem]:
    """A problem for each rule that blocks though it is to be confirmed."""
    return [
        problem("blocking_to_confirm", mark_of(rule), rule=rule.id)
        for rule in rules
        if rule.confidence is Confidence.TO_CONFIRM and rule.effect is Effect.BLOCKING
    ]


def mark_of(rule: Rule) -> Mark:
    """Where a rule is written."""
    return Mark(rule.file, rule.line, rule.column)


def rendered(rule: Rule, sources: Mapping[str, Source], node: Node, problems: list[Problem]) -> Rule:
    """The rule with its sources written out as readers see them: title, then place."""
    written = node.mapping["source"]
    source = _cited(rule.source, sources, written.mark, problems)
    return dataclasses.replace(
        rule, source=source, check=_with_sources(rule.check, source, sources, written.mark, problems)
    )


def _with_sources(
    check: Check, default: str, sources: Mapping[str, Source], mark: Mark, problems: list[Problem]
) -> Check:
    if not isinstance(check, AnyOf | AllOf):
        return check
    parts = []
    for part in check.parts:
        source = _cited(part.source, sources, mark, problems) if part.source else default
        parts.append(
            dataclasses.replace(part, source=source, check=_with_sources(part.check, source, sources, mark, problems))
        )
    return type(check)(parts=tuple(parts))


def _cited(text: str, sources: Mapping[str, Source], mark: Mark, problems: list[Problem]) -> str:
    told = []
    for one in text.split(JOINED):
        id, _, where = (part.strip() for part in one.partition(","))
        if id not in sources:
            problems.append(problem("unknown_source", mark, name=id, **nearest(id, sources, len(problems))))
            continue
        told.append(sources[id].title + (f", {where}" if where else ""))
    return JOINED.join(told)


def _sources(root: Node, problems: list[Problem]) -> None:
    declared = root.mapping["sources"]
    cited = set()
    for node, in_rules in _citations(root, in_rules=False):
        for id in ids_cited(str(node.value)):
            cited.add(id)
            if id not in declared.mapping and not in_rules:
                hints = nearest(id, declared.mapping, len(problems))
                problems.append(problem("unknown_source", node.mark, name=id, **hints))
    for id, mark in declared.keys.items():
        if id not in cited and mark.file == declared.mark.file:
            problems.append(problem("uncited_source", mark, name=id))


def _citations(node: Node, *, in_rules: bool) -> Iterator[tuple[Node, bool]]:
    for key, child in node.mapping.items():
        if key == "source" and isinstance(child.value, str):
            yield child, in_rules
        elif key != "sources":
            yield from _citations(child, in_rules=in_rules or key in ("rules", "conformity"))
    for child in node.items:
        yield from _citations(child, in_rules=in_rules)


class Found(NamedTuple):
    """A reference met in a scheme: what it names, in which section, and where it stands."""

    section: str
    name: str
    path: tuple[Any, ...]


def _references(scheme: Scheme, root: Node, problems: list[Problem]) -> None:
    known = declared_in(scheme)
    for f in dataclasses.fields(scheme):
        if f.name not in ("ref", "rules", "conformity"):
            for found in _found(getattr(scheme, f.name), hints_of(Scheme)[f.name], (key_of(f.name),)):
                _check(found, known, place(root, found.path)[1], problems)
    for rule in (*(rule for rules in scheme.rules.values() for rule in rules), *scheme.conformity):
        for found in (*_found(rule.when, type(rule.when), ()), *_in_check(rule.check)):
            if found.section != "routes" or not rule.file.startswith(f"{NATIONAL}/"):
                _check(found, known, mark_of(rule), problems)


def _check(found: Found, known: Mapping[str, set[str]], mark: Mark, problems: list[Problem]) -> None:
    if found.section in known and found.name not in known[found.section]:
        hints = nearest(found.name, known[found.section], len(problems))
        problems.append(problem("dangling", mark, name=found.name, section=found.section, **hints))


def declared_in(scheme: Scheme) -> dict[str, set[str]]:
    """The identifiers a scheme declares, by section."""
    frame = scheme.framework
    steps = {step.id for route in scheme.routes.values() for step in listed(route.steps)}
    juries = [jury for jury in scheme.juries.values() if isinstance(jury, Jury)]
    return {
        "routes": set(scheme.routes),
        "steps": steps,
        "documents": set(scheme.documents),
        "methods": set(scheme.methods),
        "juries": set(scheme.juries),
        "actors": set(scheme.actors),
        "colleges": {id for jury in juries if not isinstance(jury.colleges, Unknown) for id in jury.colleges},
        "blocks": set(scheme.blocks),
        "activities": {activity.id for activity in listed(frame.activities)},
        "functions": {function.id for function in frame.functions},
        "competences": set(scheme.competences),
        PARTS: parts_of(scheme),
        "learnings": {learning.id for learning in frame.learnings},
        "units": {unit.id for unit in frame.units},
        "statements": set(scheme.statements),
        "experience_tags": set(scheme.experience_tags),
    }


def parts_of(scheme: Scheme) -> set[str]:
    """The codes of what can be held: its blocks and its competences."""
    return {*scheme.blocks, *(competence.id for competence in listed(scheme.framework.competences))}


def _equivalences(scheme: Scheme, root: Node, problems: list[Problem]) -> None:
    """Another version is named, with parts to hold and parts to give; each that counts for itself is one of ours."""
    known = parts_of(scheme)
    for index, one in enumerate(listed(scheme.equivalences)):
        at = ("equivalences", index)
        if one.version == scheme.ref.version:
            problems.append(problem("own_equivalence", place(root, (*at, "version"))[0].mark, version=one.version))
        for key, codes in (("held", one.held), ("gives", one.gives)):
            if codes == ():
                problems.append(wrong(place(root, (*at, key))[0], "parts"))
        for number, code in enumerate(one.held if one.gives == "same" else ()):
            if code not in known:
                hints = nearest(code, known, len(problems))
                mark = place(root, (*at, "held", number))[1]
                problems.append(problem("dangling", mark, name=code, section=PARTS, **hints))


def _in_check(check: Check) -> Iterator[Found]:
    if isinstance(check, AnyOf | AllOf):
        for part in check.parts:
            yield from _in_check(part.check)
    else:
        yield from _found(check, type(check), ())


def _found(value: Any, hint: Any, path: tuple[Any, ...]) -> Iterator[Found]:
    origin, args = get_origin(hint), get_args(hint)
    if value is None or isinstance(value, Unknown):
        return
    if origin is Annotated and isinstance(args[1], Ref):
        yield Found(args[1].section, value, path)
    elif origin in (Union, types.UnionType):
        for arg in args:
            if _may_hold(arg):
                yield from _found(value, arg, path)
    elif origin is tuple and isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _found(item, args[0], (*path, index))
    elif origin is Mapping:
        for key, item in value.items():
            yield from _found(key, args[0], (*path, key))
            yield from _found(item, args[1], (*path, key))
    elif _is_dataclass(hint) and isinstance(value, hint) and _may_hold(hint):
        for f in dataclasses.fields(value):
            yield from _found(getattr(value, f.name), hints_of(hint)[f.name], (*path, key_of(f.name)))


@cache
def _may_hold(hint: Any) -> bool:
    """Whether a reference can be found somewhere below the hint."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return isinstance(args[1], Ref) and args[1].section != "cited"
    if _is_dataclass(hint):
        return any(_may_hold(inner) for inner in hints_of(hint).values())
    return any(_may_hold(arg) for arg in args if arg is not Ellipsis and not isinstance(arg, str | int))


def _is_dataclass(hint: Any) -> bool:
    return dataclasses.is_dataclass(hint) and isinstance(hint, type)


def _stages(scheme: Scheme, root: Node, problems: list[Problem]) -> None:
    for id, route in scheme.routes.items():
        if route.is_open is False:
            continue
        for stage in Stage:
            if not any(_blocks(rule, id) for rule in scheme.rules[stage]):
                mark = root.mapping["routes"].keys[id]
                problems.append(problem("no_blocking_rule", mark, route=id, stage=stage.value))


def _blocks(rule: Rule, route: str) -> bool:
    when = rule.when
    always = when.sought != "partial" and when.target != "blocks"
    return rule.effect is Effect.BLOCKING and always and (not when.route or route in when.route)


def _titles(scheme: Scheme, root: Node, problems: list[Problem]) -> None:
    first: dict[str, Any] = {}
    for index, competence in enumerate(listed(scheme.framework.competences)):
        if isinstance(competence.title, str) and isinstance(competence.block, str):
            other = first.setdefault(competence.title.casefold(), competence)
            if other.block != competence.block:
                mark = place(root, ("framework", "competences", index))[1]
                problems.append(problem("repeated_title", mark, name=competence.id, other=other.id))


def unique_ids(root: Node, problems: list[Problem]) -> None:
    """Add a problem for each identifier given twice in a list of the files, or twice among the rules."""
    _unique(root, "", problems)
    stages = root.get("rules")
    rules = [rule for stage in (stages.mapping.values() if stages else ()) for rule in stage.items]
    _distinct(rules, "rules", problems)


def _unique(node: Node, section: str, problems: list[Problem]) -> None:
    _distinct(node.items, section, problems)
    for child in node.items:
        _unique(child, section, problems)
    for key, child in node.mapping.items():
        if key != "rules":
            _unique(child, key, problems)


def _distinct(nodes: list[Node], section: str, problems: list[Problem]) -> None:
    seen = set()
    for node in nodes:
        id = node.get("id")
        if id is not None and isinstance(id.value, str):
            if id.value in seen:
                problems.append(problem("duplicate_id", id.mark, name=id.value, section=section))
            seen.add(id.value)
