"""Credentials as compact JWS, in the form of Open Badges 3.0 (section 8.2): the credential with its claims beside.

Signed with EdDSA; RS256 and ES256 are read too. The header names the key (``kid``); others give it whole (``jwk``).
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey, import_key

from parchemin.edges.credentials.canonical import FULL, Forms, canonical_json
from parchemin.edges.credentials.instants import read_instant
from parchemin.edges.credentials.keys import SigningKey
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import LARGEST_BYTES, Json, read_object

ALGORITHMS = ("EdDSA", "Ed25519", "RS256", "ES256")
CLAIMS = ("iss", "jti", "sub", "nbf", "exp", "iat", "aud", "vc", "vp")
LARGEST_HEADER = 8_000
PARTS = {"OKP": ("crv", "x"), "EC": ("crv", "x", "y"), "RSA": ("n", "e")}
"""The public parts of each kind of key (RFC 7518 section 6, RFC 8037)."""
FEWEST_RSA_LETTERS = 342
"""A modulus of 2048 bits in base64url."""


class _Registry(jws.JWSRegistry):
    """The algorithms that Open Badges verifiers know. They know Ed25519 under its older name EdDSA (RFC 8037)."""

    max_header_length = LARGEST_HEADER
    max_payload_length = LARGEST_BYTES

    def get_alg(self, name: str) -> Any:
        if name not in ALGORITHMS:
            raise CredentialError("unsupported_algorithm", algorithm=str(name)[:50])
        return self.algorithms[name]


_REGISTRY = _Registry(strict_check_header=False)


@dataclass(frozen=True, slots=True)
class Token:
    """What a compact JWS holds, before its signature is checked: header, registered claims and credential."""

    header: Json
    claims: Json
    credential: Json


def sign_token(credential: Json, key: SigningKey, forms: Forms = FULL) -> str:
    """The credential as a compact JWS by ``key``, with the claims iss, jti, sub, nbf and exp.

    Raises CredentialError for anything that the contexts do not define, for a credential already signed
    (already_signed), and no_issuer, bad_instant.
    """
    if "proof" in credential:
        raise CredentialError("already_signed")
    forms.require_defined(credential)
    header = {"alg": "EdDSA", "typ": "JWT", "kid": key.method}
    payload = canonical_json(credential | claims_of(credential))
    private = OKPKey.import_key(key.private_jwk())
    return jws.serialize_compact(header, payload, private, registry=_REGISTRY)


def claims_of(credential: Json) -> Json:
    """The registered claims that repeat a credential's own fields (Open Badges 3.0, section 8.2.2).

    Raises CredentialError: no_issuer, bad_instant.
    """
    issuer = credential.get("issuer")
    issuer = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(issuer, str):
        raise CredentialError("no_issuer")
    found: Json = {"iss": issuer}
    subject = credential.get("credentialSubject")
    texts = {"jti": credential.get("id"), "sub": subject.get("id") if isinstance(subject, dict) else None}
    found |= {name: text for name, text in texts.items() if isinstance(text, str)}
    starts = credential.get("validFrom", credential.get("issuanceDate"))
    ends = credential.get("validUntil", credential.get("expirationDate"))
    dates = {"nbf": starts, "exp": ends}
    return found | {name: int(read_instant(text).timestamp()) for name, text in dates.items() if text is not None}


def looks_like_token(text: str) -> bool:
    """Whether the text could be a compact JWS: three parts in base64url, the first a JSON object."""
    return text.startswith("eyJ") and text.count(".") == 2


def read_token(text: str) -> Token:
    """What a compact JWS holds, its signature not checked; CredentialError bad_token, unsupported_algorithm."""
    parts = text.split(".")
    if len(parts) != 3:
        raise CredentialError("bad_token")
    header = read_object(_decoded(parts[0]), LARGEST_HEADER)
    payload = read_object(_decoded(parts[1]))
    if header.get("alg") not in ALGORITHMS:
        raise CredentialError("unsupported_algorithm", algorithm=str(header.get("alg"))[:50])
    inner = payload.get("vc")
    credential = inner if isinstance(inner, dict) else {k: v for k, v in payload.items() if k not in CLAIMS}
    return Token(header, {name: payload[name] for name in CLAIMS if name in payload and name != "vc"}, credential)


def check_token(text: str, jwk: Json) -> None:
    """Accept a compact JWS as signed by the key ``jwk``.

    Raises CredentialError: altered if the signature is of other content or by another key, bad_key, bad_token,
    unsupported_algorithm.
    """
    kind = str(jwk.get("kty"))[:50]
    wanted = PARTS.get(kind, ())
    if not wanted or not all(isinstance(jwk.get(name), str) for name in wanted):
        raise CredentialError("bad_key", key=kind)
    if kind == "RSA" and len(jwk["n"]) < FEWEST_RSA_LETTERS:
        raise CredentialError("bad_key", key=kind)
    try:
        key = import_key({"kty": kind} | {name: jwk[name] for name in wanted})
    except (JoseError, ValueError) as error:
        raise CredentialError("bad_key", key=kind) from error
    try:
        jws.deserialize_compact(text, key, registry=_REGISTRY)
    except JoseError as error:
        raise CredentialError("altered" if error.error == "bad_signature" else "bad_token") from error
    except (ValueError, TypeError) as error:
        raise CredentialError("bad_token") from error


def require_claims(token: Token) -> None:
    """Refuse claims that say otherwise than the credential; CredentialError claims_differ, no_issuer, bad_instant."""
    if "iss" not in token.claims:
        raise CredentialError("claims_differ", claim="iss")
    for name, value in claims_of(token.credential).items():
        if name in token.claims and token.claims[name] != value:
            raise CredentialError("claims_differ", claim=name)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise CredentialError("bad_token") from error
