"""The JSON-LD contexts, frozen in the package: what a term of a credential means never changes and is never fetched."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from parchemin.edges.credentials.problems import CredentialError

FOLDER = Path(__file__).with_name("contexts")

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
BADGE_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
RECORDS = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"

FILES = {
    CREDENTIALS: "credentials-v2.jsonld",
    "https://www.w3.org/2018/credentials/v1": "credentials-v1.jsonld",
    "https://www.w3.org/ns/credentials/examples/v2": "credentials-examples-v2.jsonld",
    BADGES: "ob-v3p0-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "ob-v3p0-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob-v3p0-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": "ob-v3p0.json",
    BADGE_EXTENSIONS: "ob-v3p0-extensions.json",
    RECORDS: "clr-v2p0-2.0.1.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context.json": "clr-v2p0.json",
    DATA_INTEGRITY: "data-integrity-v2.jsonld",
    "https://w3id.org/security/data-integrity/v1": "data-integrity-v1.jsonld",
    ED25519_2020: "suites-ed25519-2020.jsonld",
}
"""Which file holds the context of each address; contexts/README.md says where each comes from."""

UNDEFINED = "x-parchemin-undefined:"
"""The scheme that terms and relative references get when no context gives them a meaning. No real address has it."""

CATCH_ALL = {"@vocab": f"{UNDEFINED}term#"}


@cache
def context(url: str) -> Any:
    """The content of the ``@context`` published at ``url``; CredentialError unknown_context if it is not held here."""
    if url not in FILES:
        raise CredentialError("unknown_context", url=url)
    return _watched(json.loads((FOLDER / FILES[url]).read_bytes())["@context"])


@cache
def scoped(url: str) -> dict[str, Any]:
    """The contexts that the terms published at ``url`` bring, for those that bring one."""
    found = context(url)
    return {term: one["@context"] for term, one in found.items() if isinstance(one, dict) and "@context" in one}


def _watched(definition: Any) -> Any:
    """The definition where each null context, which forgets all terms, keeps the catch-all for undefined ones."""
    if isinstance(definition, dict):
        return {
            key: [None, CATCH_ALL] if key == "@context" and value is None else _watched(value)
            for key, value in definition.items()
        }
    return [_watched(one) for one in definition] if isinstance(definition, list) else definition
