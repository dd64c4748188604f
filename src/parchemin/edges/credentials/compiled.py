"""Canonical forms of many documents alike: what the shape of a document states is worked out once, then filled in.

Only the reading of JSON-LD is kept from one document to the next; blank nodes are named by the whole RDFC-1.0 algorithm
each time. The shape holds everything that reading may depend on: the structure, the keys and their order, contexts,
types, languages, numbers, and which addresses are equal. The texts left are values, which reading copies.
"""

from typing import Any

from parchemin.edges.credentials.canonical import FULL
from parchemin.edges.credentials.inlining import TYPES
from parchemin.edges.credentials.linked import ADDRESS, Statement, statements
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import Json
from parchemin.edges.credentials.templates import MARK, MARKED, Template

Shape = tuple[Any, ...] | str | None

FIXED = frozenset({"@context", "@language", "proofPurpose", *TYPES})
"""Keys whose values are words that the contexts define, and not texts."""
SCHEMES = ("https://", "http://", "urn:", "did:")
"""Addresses that no context rewrites: a test holds that no frozen context has a term named as one of these schemes."""
MOST_SHAPES = 200


class _NotCompilableError(Exception):
    """The document must go through the whole algorithm."""


class CompiledForms:
    """Canonical forms for many documents alike; one for each thread.

    A document whose shape is new, or whose values do not fit, goes through the whole algorithm: the forms are always
    those of ``canonical.FULL``.
    """

    def __init__(self) -> None:
        self._addresses: dict[Shape, tuple[int, ...]] = {}
        self._templates: dict[tuple[Shape, tuple[int, ...]], Template | None] = {}

    def rdf(self, document: Json) -> bytes:
        """The canonical N-Quads of a document (RDFC-1.0)."""
        try:
            template, texts = self._template(document)
            return "".join(template.lines(texts)).encode()
        except (_NotCompilableError, UnicodeEncodeError):
            return FULL.rdf(document)

    def require_defined(self, document: Json) -> None:
        """Refuse a document with a term or a type that no context defines."""
        try:
            _, texts = self._template(document)
            "".join(texts).encode()
        except (_NotCompilableError, UnicodeEncodeError):
            FULL.require_defined(document)

    def _template(self, document: Json) -> tuple[Template, list[str]]:
        texts: list[str] = []
        shape = _shape(document, texts)
        if shape not in self._addresses:
            if MARK in repr(shape):
                raise _NotCompilableError
            if len(self._addresses) >= MOST_SHAPES:
                self._addresses.clear()
                self._templates.clear()
            self._addresses[shape] = _address_slots(document, len(texts))
        addresses = self._addresses[shape]
        first: dict[str, int] = {}
        equal = tuple(first.setdefault(_address(texts[slot]), slot) for slot in addresses)
        if (shape, equal) not in self._templates:
            slots = dict(zip(addresses, equal, strict=True))
            self._templates[shape, equal] = _compiled(document, texts, addresses, slots)
        template = self._templates[shape, equal]
        if template is None:
            raise _NotCompilableError
        return template, texts


def _shape(value: Any, texts: list[str]) -> Shape:
    """The shape of a value; its texts are added to ``texts`` in the order of their slots."""
    kind = type(value)
    if kind is str:
        texts.append(value)
        return None
    if kind is dict:
        found: list[Any] = []
        for key, one in value.items():
            found.append(key)
            if type(one) is str and key not in FIXED:
                texts.append(one)
                found.append(None)
            else:
                found.append(_fixed(one) if key in FIXED else _shape(one, texts))
        return tuple(found)
    if isinstance(value, list):
        return (0, *(_shape(one, texts) for one in value))
    if isinstance(value, bool | int | float):
        return f"#{value!r}"
    raise _NotCompilableError


def _fixed(value: Any) -> Shape:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return (0, *value)
    raise _NotCompilableError


def _address(text: str) -> str:
    if text.startswith(SCHEMES) and ADDRESS.fullmatch(text):
        return text
    raise _NotCompilableError


def _probed(document: Json, slots: list[int]) -> list[Statement]:
    """What the document states when each text is a mark of its slot; equal slots have the same mark."""
    marks = iter(slots)

    def marked(value: Any) -> Any:
        if isinstance(value, str):
            return f"{MARK}{next(marks)}"
        if isinstance(value, dict):
            return {key: one if key in FIXED else marked(one) for key, one in value.items()}
        return [marked(one) for one in value] if isinstance(value, list) else value

    try:
        return statements(marked(document))
    except CredentialError as error:
        raise _NotCompilableError from error


def _address_slots(document: Json, count: int) -> tuple[int, ...]:
    """The slots whose texts are read as addresses."""
    statements(document)
    found = (MARKED.fullmatch(part) for one in _probed(document, list(range(count))) for part in one)
    return tuple(sorted({int(mark[2]) for mark in found if mark and mark[1] == "<"}))


def _compiled(document: Json, texts: list[str], addresses: tuple[int, ...], equal: dict[int, int]) -> Template | None:
    """The template of a document's shape, checked on the document itself; None if it does not give its form."""
    slots = [equal.get(slot, slot) for slot in range(len(texts))]
    template = Template(_probed(document, slots), len(texts), addresses)
    is_exact = "".join(template.lines(texts)).encode() == FULL.rdf(document)
    return template if is_exact and template.slots == set(slots) else None
