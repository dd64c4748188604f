"""Controller documents (did.json): the keys of an issuer, those in use and those retired.

A key retired in the ordinary course has ``expires``: what it signed before stays good. A key revoked has ``revoked``
and may no longer assert: it may be in other hands, so that the date of a proof made with it proves nothing.
Source: Controlled Identifiers 1.0, sections 2.1, 2.2 and 2.3.2.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from parchemin.edges.credentials.instants import instant, read_instant
from parchemin.edges.credentials.keys import DID_KEY, public_jwk, read_multikey
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import Json

CONTEXT = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedKey:
    """A public key that an issuer publishes: its address, its Multikey, and when it stopped being used."""

    method: str
    public: str
    expires: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyingKey:
    """A key found in a controller document, with what it may be used for and until when.

    ``jwk`` is the key for tokens; ``public`` is None for a key that is not Ed25519.
    """

    method: str
    controller: str
    public: Ed25519PublicKey | None
    jwk: Json
    may_assert: bool
    expires: datetime | None
    revoked: datetime | None


def controller_document(controller: str, keys: Iterable[PublishedKey]) -> Json:
    """The document of an issuer, to be served as application/did+json: all its keys, retired ones included.

    Raises CredentialError: foreign_key for a key of another controller, bad_key.
    """
    keys = tuple(keys)
    for key in keys:
        if key.method.partition("#")[0] != controller or not key.method.partition("#")[2]:
            raise CredentialError("foreign_key", method=key.method, controller=controller)
        read_multikey(key.public)
    return {
        "@context": CONTEXT,
        "id": controller,
        "verificationMethod": [_written(key, controller) for key in keys],
        "assertionMethod": [key.method for key in keys if key.revoked is None],
    }


def find_key(method: str, document: Json) -> VerifyingKey:
    """The key at address ``method`` in a controller document.

    Raises CredentialError: foreign_key if the document is of another controller, unknown_key if it does not hold the
    key, bad_key, bad_instant.
    """
    controller = method.partition("#")[0]
    if document.get("id") != controller:
        raise CredentialError("foreign_key", method=method[:200], controller=str(document.get("id"))[:200])
    asserting = _listed(document.get("assertionMethod"))
    for one in [*_listed(document.get("verificationMethod")), *asserting]:
        if isinstance(one, dict) and _absolute(one.get("id"), controller) == method:
            return _read(one, method, controller, asserting)
    raise CredentialError("unknown_key", method=method[:200])


def published_keys(controller: str, document: Json) -> list[VerifyingKey]:
    """Every key that the document of ``controller`` holds and that can be read."""
    found = []
    for one in _listed(document.get("verificationMethod")):
        if isinstance(one, dict) and one.get("id"):
            try:
                found.append(find_key(_absolute(one["id"], controller), document))
            except CredentialError:
                continue
    return found


def did_key_document(did: str) -> Json:
    """The document that a did:key states by itself; CredentialError bad_key."""
    public = did.removeprefix(DID_KEY)
    return controller_document(did, [PublishedKey(method=f"{did}#{public}", public=public)])


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _written(key: PublishedKey, controller: str) -> Json:
    found = {"id": key.method, "type": "Multikey", "controller": controller, "publicKeyMultibase": key.public}
    dates = {"expires": key.expires, "revoked": key.revoked}
    return found | {name: instant(at) for name, at in dates.items() if at is not None}


def _read(one: Json, method: str, controller: str, asserting: list[Any]) -> VerifyingKey:
    if one.get("controller") != controller:
        raise CredentialError("foreign_key", method=method[:200], controller=str(one.get("controller"))[:200])
    public, jwk = _public(one)
    named = {_absolute(each.get("id") if isinstance(each, dict) else each, controller) for each in asserting}
    return VerifyingKey(
        method=method,
        controller=controller,
        public=public,
        jwk=jwk,
        may_assert=method in named,
        expires=read_instant(one["expires"]) if "expires" in one else None,
        revoked=read_instant(one["revoked"]) if "revoked" in one else None,
    )


def _public(one: Json) -> tuple[Ed25519PublicKey | None, Json]:
    jwk = one.get("publicKeyJwk")
    if one.get("type") in ("JsonWebKey", "JsonWebKey2020") and isinstance(jwk, dict):
        return None, jwk
    if one.get("type") not in ("Multikey", "Ed25519VerificationKey2020"):
        raise CredentialError("bad_key", key=str(one.get("type"))[:100])
    public = read_multikey(str(one.get("publicKeyMultibase", "")))
    return public, public_jwk(public)


def _absolute(address: object, controller: str) -> str:
    text = address if isinstance(address, str) else ""
    return controller + text if text.startswith("#") else text
