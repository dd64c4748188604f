"""Ed25519 keys and how they are written and named: Multikey, did:key, did:web.

Sources: Controlled Identifiers 1.0 section 2.2.2 (Multikey), did:key method 0.9, did:web method.
"""

import base64
import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import Json

ED25519 = b"\xed\x01"
KEY_LENGTH = 32
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
DID_KEY = "did:key:"
DID_WEB = "did:web:"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the address of its verification method, whose part before ``#`` is its controller."""

    method: str
    private: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def from_seed(cls, seed: bytes, controller: str | None = None) -> "SigningKey":
        """The key of a seed of 32 random bytes, under ``controller`` (a did:web or a profile), or under its did:key.

        Raises CredentialError bad_seed.
        """
        if len(seed) != KEY_LENGTH:
            raise CredentialError("bad_seed", limit=KEY_LENGTH)
        private = Ed25519PrivateKey.from_private_bytes(seed)
        written = multikey(private.public_key())
        return cls(method=f"{controller or DID_KEY + written}#{written}", private=private)

    @property
    def controller(self) -> str:
        """Who answers for the key."""
        return self.method.partition("#")[0]

    @property
    def public(self) -> str:
        """The public key as a Multikey."""
        return multikey(self.private.public_key())

    def private_jwk(self) -> Json:
        """The private key as a JSON Web Key."""
        return public_jwk(self.private.public_key()) | {"d": _base64(self.private.private_bytes_raw())}


def public_jwk(public: Ed25519PublicKey) -> Json:
    """The key as a JSON Web Key (RFC 8037)."""
    return {"kty": "OKP", "crv": "Ed25519", "x": _base64(public.public_bytes_raw())}


def multikey(public: Ed25519PublicKey) -> str:
    """The key as a Multikey: ``z6Mk…`` in base58btc."""
    return "z" + base58.b58encode(ED25519 + public.public_bytes_raw()).decode()


def read_multikey(text: str) -> Ed25519PublicKey:
    """The Ed25519 key written ``z6Mk…``; CredentialError bad_key for anything else."""
    try:
        raw = read_base58(text)
        if raw[:2] != ED25519:
            raise CredentialError("bad_key", key=text[:100])
        return Ed25519PublicKey.from_public_bytes(raw[2:])
    except ValueError as error:
        raise CredentialError("bad_key", key=text[:100]) from error


def read_base58(text: str, longest: int = 200) -> bytes:
    """The bytes of a multibase text in base58btc (``z…``); ValueError for anything else."""
    if not text.startswith("z") or len(text) > longest or not text.isascii():
        raise ValueError("not base58btc")
    return base58.b58decode(text[1:])


def did_key(public: Ed25519PublicKey) -> str:
    """The did:key of a key."""
    return DID_KEY + multikey(public)


def did_web(host: str, *path: str, port: int | None = None) -> str:
    """The did:web of a host and the segments of a path: ``did:web:certif.example:2026``; CredentialError bad_host."""
    try:
        name = host.encode("idna").decode().lower()
    except UnicodeError as error:
        raise CredentialError("bad_host", host=host[:100]) from error
    if not HOST.fullmatch(name):
        raise CredentialError("bad_host", host=host[:100])
    place = f"{name}%3A{port}" if port else name
    return ":".join((DID_WEB + place, *(quote(one, safe="") for one in path)))


def did_web_location(did: str) -> str:
    """Where the document of a did:web must be served; CredentialError bad_did."""
    host, *path = did.removeprefix(DID_WEB).split(":")
    if not did.startswith(DID_WEB) or not host or not all(path):
        raise CredentialError("bad_did", did=did[:200])
    return f"https://{unquote(host)}/{'/'.join(path) or '.well-known'}/did.json"


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
