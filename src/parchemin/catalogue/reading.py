"""YAML read as a tree that remembers every place, safe on hostile files.

libyaml only splits the text into events; values are resolved here by the YAML 1.2 core schema, so that a date is a
date and ``no`` is a word. Nothing is expanded, built recursively or executed.
"""

import math
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from _ruamel_yaml import CParser
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from parchemin.catalogue.problems import Mark, RefusedError, problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_VALUES = 50_000

Scalar = str | int | float | bool | None
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
INTEGER = re.compile(r"^[-+]?[0-9]+$")
DECIMAL = re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
WORDS: dict[str, Scalar] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass
class Node:
    """A value and its place; for a mapping, the place of each key too."""

    value: Any
    mark: Mark
    keys: dict[str, Mark] = field(default_factory=dict)

    @property
    def mapping(self) -> dict[str, "Node"]:
        """The entries of a mapping, none for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list["Node"]:
        """The items of a list, none for anything else."""
        return self.value if isinstance(self.value, list) else []

    def get(self, key: str) -> "Node | None":
        """The entry of a mapping under that key."""
        return self.mapping.get(key)

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    @property
    def is_unknown(self) -> bool:
        """Whether this says that the source does not say."""
        return self.value == "unknown" or (isinstance(self.value, dict) and set(self.value) == {"unknown"})

    def with_entry(self, key: str, node: "Node") -> "Node":
        """The same mapping with one entry set."""
        return Node({**self.mapping, key: node}, self.mark, {**self.keys, key: self.keys.get(key, node.mark)})


def read_file(path: Path, name: str) -> tuple[Node, bytes]:
    """The tree of a file and its bytes; ``name`` is how problems call it. RefusedError when it is unfit."""
    mark = Mark(name)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would wait, a device would never end
            raise RefusedError([problem("not_found", mark)])
        if found.st_size > MAX_BYTES:
            raise RefusedError([problem("too_large", mark, size=found.st_size, limit=MAX_BYTES)])
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        raise RefusedError([problem("not_found", mark)]) from None
    return read_bytes(content, name), content


def read_bytes(content: bytes, name: str) -> Node:
    """The tree of a YAML text; RefusedError with every problem that could be found."""
    if len(content) > MAX_BYTES:
        raise RefusedError([problem("too_large", Mark(name), size=len(content), limit=MAX_BYTES)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RefusedError([problem("not_utf8", Mark(name, line), position=error.start)]) from None
    bad = FORBIDDEN.search(text)
    if bad:
        before = text[: bad.start()]
        mark = Mark(name, before.count("\n") + 1, bad.start() - before.rfind("\n"))
        raise RefusedError([problem("control_character", mark, character=_named(bad.group()))])
    return _Builder(name).build(text)


class _Builder:
    """Turns events into nodes with an explicit stack: depth and number are bounded whatever the text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Any] = []
        self.values = 0

    def build(self, text: str) -> Node:
        try:
            root = self._assemble(self._events(text))
        except MarkedYAMLError as error:
            at = error.problem_mark or error.context_mark
            mark = Mark(self.name, at.line + 1, at.column + 1) if at else Mark(self.name)
            raise RefusedError([*self.problems, problem("not_yaml", mark, detail=error.problem or "?")]) from None
        except YAMLError as error:
            raise RefusedError([problem("not_yaml", Mark(self.name), detail=str(error).split("\n")[0])]) from None
        if root is None:
            raise RefusedError([problem("empty", Mark(self.name))])
        if self.problems:
            raise RefusedError(self.problems)
        return root

    def _events(self, text: str) -> Iterator[Any]:
        parser = CParser(text)
        try:
            while parser.check_event():
                yield parser.get_event()
        finally:
            parser.dispose()

    def _mark(self, event: Any) -> Mark:
        return Mark(self.name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _assemble(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        stack: list[tuple[Node, list[tuple[str, Mark]]]] = []
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse("several_documents", event)
            elif isinstance(event, AliasEvent) or getattr(event, "anchor", None):
                self._refuse("anchor", event)
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                stack.pop()
            elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
                node = self._node(event)
                if stack:
                    self._place(stack[-1], node, event)
                elif root is None:
                    root = node
                if not isinstance(event, ScalarEvent):
                    stack.append((node, []))
                    if len(stack) > MAX_DEPTH:
                        self._refuse("too_deep", event, limit=MAX_DEPTH)
        return root

    def _refuse(self, code: str, event: Any, **values: object) -> None:
        raise RefusedError([*self.problems, problem(code, self._mark(event), **values)])

    def _node(self, event: Any) -> Node:
        self.values += 1
        if self.values > MAX_VALUES:
            self._refuse("too_many", event, limit=MAX_VALUES)
        if event.tag and event.tag != "!":
            self._refuse("tag", event, tag=event.tag)
        if isinstance(event, ScalarEvent):
            bad = FORBIDDEN.search(event.value)  # written as an escape, which the text itself does not show
            if bad:
                self.problems.append(problem("control_character", self._mark(event), character=_named(bad.group())))
            return Node(_resolve(event), self._mark(event))
        return Node({} if isinstance(event, MappingStartEvent) else [], self._mark(event))

    def _place(self, top: tuple[Node, list[tuple[str, Mark]]], node: Node, event: Any) -> None:
        parent, pending = top
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif pending:
            key, mark = pending.pop()
            if key in parent.value:
                self.problems.append(problem("duplicate_key", mark, key=key, line=parent.keys[key].line))
            parent.value[key] = node
            parent.keys.setdefault(key, mark)
        elif isinstance(event, ScalarEvent):
            pending.append((event.value, node.mark))
        else:
            self._refuse("key_not_text", event)


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"


def _resolve(event: Any) -> Scalar:
    text: str = event.value
    if event.style not in (None, ""):
        return text
    if text in WORDS:
        return WORDS[text]
    if INTEGER.match(text):
        return int(text) if len(text) < 16 else text
    if DECIMAL.match(text) and len(text) < 32 and math.isfinite(float(text)):
        return float(text)
    return text
