"""What a JSON-LD document states, as RDF statements; what would be dropped silently and travel unsigned is refused.

Source: JSON-LD 1.1 Processing Algorithms and API (W3C Recommendation, 16 July 2020), section 8.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import pyoxigraph

from parchemin.edges.credentials.inlining import ALL_TYPES_ADDRESS, TYPES, inlined, require_few_contexts
from parchemin.edges.credentials.loading import CATCH_ALL, UNDEFINED
from parchemin.edges.credentials.numerals import rewritten
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import Json, require_plain

ALL_TYPES = f"<{ALL_TYPES_ADDRESS}>"
BASE = f"{UNDEFINED}//base/"
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[^\x00-\x20<>\"{}|\\^`%\x7f-\x9f]|%[0-9A-Fa-f]{2})*")
"""An IRI that N-Quads can write (RFC 3987, N-Quads 1.1 section 2.2)."""
MOST_STATEMENTS = 20_000


class Statement(NamedTuple):
    """An RDF statement, each part as N-Quads writes it; blank nodes start with ``_:``, the default graph is empty."""

    subject: str
    predicate: str
    value: str
    graph: str


def statements(document: Json) -> list[Statement]:
    """All that a document states, in no order.

    Raises CredentialError: unknown_context, inline_context, no_context, undefined_term, bad_address, unsigned_value,
    invalid_linked_data, too_many_contexts, too_many_statements, and what ``strict.require_plain`` raises.
    """
    require_plain(document)
    if "@context" not in document:
        raise CredentialError("no_context")
    require_few_contexts(document)
    said = json.dumps(inlined(document), ensure_ascii=False)
    found: list[Statement] = []
    seen: set[str] = set()
    texts = list(_texts(document))
    numbers = rewritten(document, set(texts))
    try:
        for quad in pyoxigraph.parse(said.encode(), format=pyoxigraph.RdfFormat.JSON_LD, base_iri=BASE, lenient=True):
            if str(quad.object) == ALL_TYPES:
                continue
            found.append(_statement(quad, seen, numbers))
            if len(found) > MOST_STATEMENTS:
                raise CredentialError("too_many_statements", limit=MOST_STATEMENTS)
    except SyntaxError as error:
        raise CredentialError("invalid_linked_data", detail=str(error.msg)[:200]) from error
    _require_all_said(texts, seen)
    return found


def _statement(quad: Any, seen: set[str], numbers: dict[str, str]) -> Statement:
    """The statement of a quad, its addresses checked, its numbers rewritten; ``seen`` gets its addresses and texts."""
    value = quad.object
    if numbers and isinstance(value, pyoxigraph.Literal) and value.value in numbers:
        value = pyoxigraph.Literal(numbers[value.value], datatype=value.datatype)
    for node in (quad.subject, quad.predicate, quad.object):
        if isinstance(node, pyoxigraph.NamedNode):
            _require_address(node.value)
            seen.add(node.value)
        elif isinstance(node, pyoxigraph.Literal):
            _require_address(node.datatype.value)
            seen.add(node.value)
    graph = quad.graph_name
    return Statement(
        str(quad.subject),
        str(quad.predicate),
        str(value),
        "" if isinstance(graph, pyoxigraph.DefaultGraph) else str(graph),
    )


def _require_address(iri: str) -> None:
    if iri.startswith(UNDEFINED):
        term = iri.removeprefix(CATCH_ALL["@vocab"]).removeprefix(BASE).removeprefix(UNDEFINED)
        raise CredentialError("undefined_term", term=term[:100])
    if not ADDRESS.fullmatch(iri):
        raise CredentialError("bad_address", address=iri[:200])


def _require_all_said(texts: list[str], seen: set[str]) -> None:
    """Refuse a text of the document that no statement holds: signed data would not cover it."""
    ends = {iri.rpartition("#")[2] for iri in seen}
    for text in texts:
        if text not in seen and text not in ends:
            raise CredentialError("unsigned_value", value=text[:100])


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in ("@context", "@language", *TYPES):
                yield from _texts(one)
