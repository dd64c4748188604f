"""JSON Schemas of the file formats, for editors; generated, and checked to be fresh."""

import json
from pathlib import Path
from typing import Any

from parchemin.catalogue.documents import CaseFile, FactsFile, LifeFile, PackFile, RulingFile, SchemeFile
from parchemin.catalogue.formats import adapter_of
from parchemin.catalogue.problems import Mark, Problem, problem
from parchemin.catalogue.rules import rule_schema
from parchemin.core.decision import Stage
from parchemin.core.framework import Framework

FOLDER = "_formats"
NAMES: dict[str, Any] = {
    "scheme": SchemeFile,
    "framework": Framework,
    "pack": PackFile,
    "ruling": RulingFile,
    "cases": tuple[CaseFile, ...],
    "facts": FactsFile,
    "life": LifeFile,
}


def schemas() -> dict[str, str]:
    """The text of each schema file by its name."""
    made = {f"{name}.schema.json": _schema(name, hint) for name, hint in NAMES.items()}
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n" for name, schema in made.items()
    }


def write(root: Path) -> list[Path]:
    """Write every schema under ``root/_formats``; the paths written are returned."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in schemas()]


def stale(root: Path) -> list[Problem]:
    """A problem for each schema file that is missing or not what the formats say today."""
    found = []
    for name, text in schemas().items():
        path = root / FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            found.append(problem("stale_schema", Mark(f"{FOLDER}/{name}")))
    return found


def _schema(name: str, hint: Any) -> dict[str, Any]:
    schema = adapter_of(hint).json_schema(ref_template="#/$defs/{model}")
    definitions = schema.setdefault("$defs", {})
    target = definitions.get(schema["$ref"].rsplit("/", 1)[1]) if "$ref" in schema else schema
    rules = {"type": "array", "items": {"$ref": "#/$defs/rule"}}
    stages = {
        "type": "object",
        "properties": {stage.value: rules for stage in Stage},
        "additionalProperties": False,
    }
    more = {
        "scheme": {"rules": stages, "conformity": rules},
        "pack": {"rules": stages, "conformity": rules},
        "ruling": {"adds": stages, "replaces": {"type": "array", "items": {"$ref": "#/$defs/replacement"}}},
    }.get(name, {})
    if more and target is not None:
        target["properties"].update(more)
        definitions.update(rule_schema())
    if name == "ruling":
        definitions["replacement"] = {"type": "object", "required": ["rule", "transition", "says", "source"]}
    if name == "cases":
        case = definitions["CaseFile"]
        case["required"].remove("date")
        case["anyOf"] = [{"required": ["date"]}, {"required": ["like"]}]  # the date may come from the case it is like
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_loosened(schema),
        "title": f"parchemin/{name}-1",
    }


def _loosened(schema: Any) -> Any:
    """The same schema as the reader reads: one word alone is a list of one, and ``unknown`` may also be a text."""
    if isinstance(schema, list):
        return [_loosened(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {"anyOf" if key == "oneOf" else key: _loosened(value) for key, value in schema.items()}
    items = made.get("items")
    if made.get("type") == "array" and isinstance(items, dict) and (items.get("type") == "string" or "enum" in items):
        return {"anyOf": [made, items]}
    return made
