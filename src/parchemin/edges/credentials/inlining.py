"""A JSON-LD document made ready for a reader without network: contexts in place, nothing that would be lost in silence.

Before the contexts of a document comes a catch-all vocabulary: whatever they leave undefined comes out of the reader
with the scheme ``x-parchemin-undefined:``, where otherwise it would be dropped.
"""

import re
from typing import Any

from parchemin.edges.credentials.loading import CATCH_ALL, UNDEFINED, context, scoped
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import Json

TYPES = ("type", "@type")
SIGNED_KEYWORDS = frozenset({"@context", "@id", "@type", "@value", "@language"})
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
MOST_CONTEXTS = 500
"""Each is copied where it stands: many would make a small document huge."""
ALL_TYPES = "~"
"""The type, last in order, that gives a node the contexts of all its types: see ``_with_all_types``."""
ALL_TYPES_ADDRESS = f"{UNDEFINED}all-types"


def addresses(value: Json) -> tuple[str, ...]:
    """The addresses of the contexts of an object, in order; CredentialError inline_context for any other context."""
    given = value.get("@context", [])
    found = given if isinstance(given, list) else [given]
    if not all(isinstance(one, str) for one in found):
        raise CredentialError("inline_context")
    return tuple(found)


def require_few_contexts(document: Json) -> None:
    """Refuse a document with more contexts than an honest one has; CredentialError too_many_contexts."""
    if _contexts_in(document) > MOST_CONTEXTS:
        raise CredentialError("too_many_contexts", limit=MOST_CONTEXTS)


def _contexts_in(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(_contexts_in, value))
    if not isinstance(value, dict):
        return 0
    own = value.get("@context", [])
    return (len(own) if isinstance(own, list) else 1) + sum(map(_contexts_in, value.values()))


def inlined(value: Any, scopes: dict[str, Any] | None = None) -> Any:
    """The document with its contexts in place of their addresses, each list headed by the catch-all.

    ``scopes`` are the contexts that types bring, where the value stands. Raises CredentialError: unknown_context,
    inline_context, undefined_term for types, unsigned_value.
    """
    scopes = scopes or {}
    if isinstance(value, list):
        return [inlined(one, scopes) for one in value]
    if value is None:
        raise CredentialError("unsigned_value", value="null")
    if isinstance(value, str) and value.startswith(UNDEFINED):
        raise CredentialError("undefined_term", term=value[:100])
    if not isinstance(value, dict):
        return value
    urls = addresses(value)
    for url in urls:
        scopes = scopes | scoped(url)
    found = {key: inlined(one, scopes) for key, one in value.items() if key != "@context" and _is_signed(key, one)}
    if "@context" in value:
        found["@context"] = [CATCH_ALL, *(context(url) for url in urls)]
    return _with_all_types(found, scopes)


def _is_signed(key: str, value: Any) -> bool:
    """True, or the refusal of a key or of a type that signed data could not hold."""
    if key.startswith(("@", "_:", UNDEFINED)) and key not in SIGNED_KEYWORDS:
        raise CredentialError("unsigned_value", value=key[:100])
    if key == "@language" and not (isinstance(value, str) and LANGUAGE.fullmatch(value)):
        raise CredentialError("unsigned_value", value=str(value)[:100])
    if key in TYPES:
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, str) or one.startswith(("@", "_:", ALL_TYPES)):
                raise CredentialError("undefined_term", term=str(one)[:100])
    return True


def _with_all_types(node: Json, scopes: dict[str, Any]) -> Json:
    """The node with a type more, whose context is those of all its types, when several bring one.

    pyoxigraph 0.5 keeps the context of the last type alone, where JSON-LD 1.1 applies them all in the order of their
    names (API, section 5.1.2, step 11). The statement of that type is left out afterwards.
    """
    key = next((key for key in TYPES if key in node), None)
    kinds = node[key] if key and isinstance(node[key], list) else []
    bringing = [kind for kind in sorted(set(kinds)) if kind in scopes]
    if not key or len(bringing) < 2:
        return node
    whole = {ALL_TYPES: {"@id": ALL_TYPES_ADDRESS, "@context": [scopes[kind] for kind in bringing]}}
    return node | {key: [*kinds, ALL_TYPES], "@context": [*node.get("@context", []), whole]}
