"""Who signed a credential, and whether that key could: the issuer's own, in use at the time.

Sources: Data Integrity 1.0, sections 4.5 and 4.6; Controlled Identifiers 1.0, section 3.3; Open Badges 3.0, section 8.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from parchemin.edges.credentials.canonical import Forms
from parchemin.edges.credentials.controllers import VerifyingKey, find_key, published_keys
from parchemin.edges.credentials.instants import instant, read_instant
from parchemin.edges.credentials.integrity import check_proof, proofs_of, require_form
from parchemin.edges.credentials.keys import DID_KEY, DID_WEB, read_multikey
from parchemin.edges.credentials.problems import CredentialError, Problem
from parchemin.edges.credentials.strict import Json
from parchemin.edges.credentials.structure import issuer_of, listed
from parchemin.edges.credentials.tokens import PARTS, Token, check_token, read_token, require_claims

Keys = Mapping[str, Json]
"""The controller documents of the issuers who are known, by their address."""

SCHEMES = (DID_KEY, DID_WEB, "https://", "http://", "urn:uuid:")
SKEW = timedelta(minutes=5)
MOST_PROOFS = 20


def check_signatures(credential: Json, token: str | None, keys: Keys, at: datetime, forms: Forms) -> list[Problem]:
    """What is to be said of the signatures of a credential, of its token or of each of its proofs; nothing if all hold.

    Raises CredentialError for what cannot even be looked at, or that was altered.
    """
    issuer = str(issuer_of(credential))
    if token is not None:
        return _check_token(read_token(token), token, issuer, keys, at)
    proofs = proofs_of(credential)
    if not proofs:
        raise CredentialError("not_signed")
    if len(proofs) > MOST_PROOFS:
        raise CredentialError("bad_proof", part="proof")
    return [reason for proof in proofs for reason in _check_proof(credential, proof, issuer, keys, at, forms)]


def _check_proof(credential: Json, proof: Json, issuer: str, keys: Keys, at: datetime, forms: Forms) -> list[Problem]:
    require_form(proof)
    method = _whole(proof["verificationMethod"])
    controller, _, fragment = method.partition("#")
    if controller not in keys:
        # Nobody here knows who that is, but a signature that its own key refuses is wrong all the same.
        if fragment.startswith("z6Mk"):
            check_proof(credential, proof, read_multikey(fragment), forms)
        else:
            forms.require_defined({name: value for name, value in credential.items() if name != "proof"})
        return [_unknown(controller, issuer, keys)]
    key = find_key(method, keys[controller])
    if key.public is None:
        raise CredentialError("bad_key", key=method[:100])
    _require_issuer(issuer, controller, keys)
    check_proof(credential, proof, key.public, forms)
    created = read_instant(proof["created"]) if "created" in proof else None
    until = read_instant(proof["expires"]) if "expires" in proof else None
    late = [Problem("proof_expired", {"until": instant(until)})] if until is not None and until <= at else []
    return [*late, *_times(key, created, at)]


def _check_token(token: Token, text: str, issuer: str, keys: Keys, at: datetime) -> list[Problem]:
    require_claims(token)
    given = token.header.get("jwk")
    named = token.header.get("kid")
    if issuer not in keys:
        if isinstance(given, dict):
            check_token(text, given)
        return [_unknown(issuer, issuer, keys)]
    if isinstance(named, str):
        method = named if "#" in named else f"{issuer}#{named}"
        key = find_key(_whole(method), keys.get(method.partition("#")[0], {}))
        _require_issuer(issuer, key.controller, keys)
    elif isinstance(given, dict):
        key = _same_key(given, issuer, keys[issuer])
    else:
        raise CredentialError("bad_token")
    check_token(text, key.jwk)
    issued = token.claims.get("iat")
    if isinstance(issued, int | float) and not isinstance(issued, bool) and 0 <= issued < 2**33:
        return _times(key, datetime.fromtimestamp(issued, UTC), at)
    return _times(key, None, at)


def _whole(method: str) -> str:
    """The address of a key, in full: a did:key alone stands for its one key. CredentialError unsupported_method."""
    if not method.startswith(SCHEMES):
        raise CredentialError("unsupported_method", method=method[:200])
    if method.startswith(DID_KEY) and "#" not in method:
        return f"{method}#{method.removeprefix(DID_KEY)}"
    return method


def _unknown(controller: str, issuer: str, keys: Keys) -> Problem:
    """The issuer is unknown; or the key is another's, unless it is a did:key, which may be an unknown issuer's."""
    if controller != issuer and (issuer in keys or not controller.startswith(DID_KEY)):
        raise CredentialError("issuer_differs", controller=controller[:200], issuer=issuer[:200])
    return Problem("unknown_issuer", {"issuer": issuer[:200]})


def _require_issuer(issuer: str, controller: str, keys: Keys) -> None:
    """The controller is the issuer, or its known document says that it is also the issuer (``alsoKnownAs``)."""
    if controller != issuer and issuer not in listed(keys[controller].get("alsoKnownAs")):
        raise CredentialError("issuer_differs", controller=controller[:200], issuer=issuer[:200])


def _same_key(jwk: Json, issuer: str, document: Json) -> VerifyingKey:
    """The key of the issuer that is the one a token brings."""
    parts = ("kty", *PARTS.get(str(jwk.get("kty")), ()))
    for key in published_keys(issuer, document):
        if all(key.jwk.get(name) == jwk.get(name) for name in parts):
            return key
    raise CredentialError("unknown_key", method=f"jwk {jwk.get('kty')}"[:50])


def _times(key: VerifyingKey, created: datetime | None, at: datetime) -> list[Problem]:
    """Whether the key was in use when it signed."""
    named = {"method": key.method[:200]}
    if created is not None and created > at + SKEW:
        return [Problem("proof_from_the_future", {"created": instant(created)})]
    if not key.may_assert and key.revoked is None:
        return [Problem("key_may_not_assert", named)]
    ended = min((end for end in (key.expires, key.revoked) if end is not None), default=None)
    if ended is None or (created is None and ended > at):
        return []
    if created is None:
        return [Problem("undated_proof", named)]
    if created >= ended:
        return [Problem("key_retired", named | {"at": instant(ended)})]
    return [] if key.revoked is None else [Problem("key_revoked_since", named | {"at": instant(key.revoked)})]
