"""Rules read one by one: the common keys, then the parameters of the named check, then the parts if composed."""

import dataclasses
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, create_model

from parchemin.catalogue.documents import PartHead, RuleHead
from parchemin.catalogue.formats import CLOSED, field_of, hints_of, inside, key_of, maybe, model_of, read_as, translate
from parchemin.catalogue.problems import Problem, is_near, nearest, problem
from parchemin.catalogue.reading import Node
from parchemin.core.checks import CHECKS, AllOf, AnyOf, Part, Silent
from parchemin.core.scheme import Check, Rule
from parchemin.core.terms import Unknown

COMPOSED: Mapping[str, Any] = {"any_of": AnyOf, "all_of": AllOf}


@cache
def parameters_of(name: str) -> type[BaseModel]:
    """The closed model of a check's parameters; each may be unknown."""
    cls: Any = CHECKS[name]
    hints = hints_of(cls)
    fields: dict[str, Any] = {}
    for f in dataclasses.fields(cls):
        kind = translate(hints[f.name])
        fields[inside(f.name)] = field_of(f, kind if _accepts_unknown(hints[f.name]) else maybe(kind))
    return create_model(f"{name}_parameters", __config__=CLOSED, __doc__=cls.__doc__, **fields)


def _accepts_unknown(hint: Any) -> bool:
    return Unknown in getattr(hint, "__args__", ())


def read_rule(node: Node, problems: list[Problem]) -> Rule | None:
    """The rule written at ``node``, its source not yet rendered; None with every problem added."""
    heads = [key_of(f.name) for f in dataclasses.fields(RuleHead)]
    before = len(problems)
    head = read_as(RuleHead, _only(node, heads), problems)
    check = _check(node, heads, problems)
    problems[before:] = _told_once(problems[before:])
    if head is None or check is None or len(problems) > before:
        return None
    own = {f.name: getattr(head, f.name) for f in dataclasses.fields(RuleHead) if f.name != "note"}
    return Rule(**own, check=check, file=node.mark.file, line=node.mark.line, column=node.mark.column)


def _told_once(problems: list[Problem]) -> list[Problem]:
    """The problems without the missing keys that are there under a misspelt name."""
    strange = [str(one.values["key"]) for one in problems if one.code == "unknown_key"]
    return [
        one
        for one in problems
        if one.code not in ("missing_key", "unsourced")
        or not any(is_near(key, str(one.values["key"])) for key in strange)
    ]


def _check(node: Node, heads: list[str], problems: list[Problem]) -> Check | None:
    kinds = [key for key in ("check", *COMPOSED) if key in node.mapping]
    if len(kinds) != 1:
        problems.append(problem("no_check", node.mark))
        return None
    kind = kinds[0]
    if kind in COMPOSED:
        _refuse_others(node, [*heads, kind], problems)
        parts = [_part(part, problems) for part in node.mapping[kind].items]
        if not parts:
            problems.append(problem("no_check", node.mark))
        return COMPOSED[kind](parts=tuple(part for part in parts if part)) if parts else None
    name = node.mapping["check"].plain()
    if not isinstance(name, str) or name not in CHECKS:
        hints = nearest(str(name), CHECKS, len(problems))
        problems.append(problem("unknown_check", node.mapping["check"].mark, name=str(name)[:60], **hints))
        return None
    keys = [key_of(f.name) for f in dataclasses.fields(CHECKS[name])]  # type: ignore[arg-type]
    _refuse_others(node, [*heads, "check", *keys], problems)
    return _built(name, _only(node, keys), problems)


def _part(node: Node, problems: list[Problem]) -> Part | None:
    heads = [key_of(f.name) for f in dataclasses.fields(PartHead)]
    head = read_as(PartHead, _only(node, heads), problems)
    check = _check(node, heads, problems)
    return Part(says=head.says, source=head.source or "", check=check) if head and check else None


def _built(name: str, node: Node, problems: list[Problem]) -> Check | None:
    read = read_as(parameters_of(name), node, problems)
    if read is None:
        return None
    fields = dataclasses.fields(CHECKS[name])  # type: ignore[arg-type]
    given = {f.name: getattr(read, inside(f.name)) for f in fields}
    hints = hints_of(CHECKS[name])
    silent = tuple(
        key_of(key) for key, value in given.items() if isinstance(value, Unknown) and not _accepts_unknown(hints[key])
    )
    if silent:
        known = {key: value for key, value in given.items() if not isinstance(value, Unknown)}
        return Silent(of=name, missing=silent, known=known)
    return CHECKS[name](**given)


def _only(node: Node, keys: list[str]) -> Node:
    kept = {key: value for key, value in node.mapping.items() if key in keys}
    return Node(kept, node.mark, node.keys)


def _refuse_others(node: Node, keys: list[str], problems: list[Problem]) -> None:
    for key, mark in node.keys.items():
        if key in node.mapping and key not in keys:
            problems.append(problem("unknown_key", mark, key=key, **nearest(key, keys, len(problems))))


def rule_schema() -> dict[str, Any]:
    """The JSON Schema definitions of a rule, one alternative per named check, for editors."""
    definitions: dict[str, Any] = {}
    for head in (RuleHead, PartHead):
        definitions[head.__name__] = _opened(_schema(model_of(head), definitions))
    for name, head in (("rule", RuleHead), ("part", PartHead)):
        checks = [_alternative(head, check, definitions) for check in CHECKS]
        definitions[name] = {"anyOf": [*checks, *(_composed(head, kind) for kind in COMPOSED)]}
    return definitions


def _schema(model: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = TypeAdapter(model).json_schema(ref_template="#/$defs/{model}")
    definitions.update(schema.pop("$defs", {}))
    return schema


def _opened(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema, to be joined with others: only what none of them knows is refused."""
    return {key: value for key, value in schema.items() if key != "additionalProperties"}


def _alternative(head: type, name: str, definitions: dict[str, Any]) -> dict[str, Any]:
    key = f"check_{name}"
    if key not in definitions:
        definitions[key] = _opened(_schema(parameters_of(name), definitions))
        definitions[key].setdefault("properties", {})["check"] = {"const": name}
        definitions[key].setdefault("required", []).append("check")
    heads = {"$ref": f"#/$defs/{head.__name__}"}
    return {"allOf": [heads, {"$ref": f"#/$defs/{key}"}], "unevaluatedProperties": False}


def _composed(head: type, kind: str) -> dict[str, Any]:
    parts = {"type": "array", "items": {"$ref": "#/$defs/part"}, "minItems": 1}
    return {
        "allOf": [{"$ref": f"#/$defs/{head.__name__}"}],
        "properties": {kind: parts},
        "required": [kind],
        "unevaluatedProperties": False,
    }
