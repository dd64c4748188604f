"""Secrets of links: what is sent, and the fingerprint that is kept."""

import hashlib
import secrets

LENGTH = 32
"""Random bytes in a secret."""


def made() -> tuple[str, str]:
    """A new secret for a URL, and its fingerprint."""
    secret = secrets.token_urlsafe(LENGTH)
    return secret, fingerprint(secret)


def fingerprint(secret: str) -> str:
    """The SHA-256 of a secret, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
