"""Userinfo answered as a signed JWT (OpenID Connect Core 1.0, 5.3.2), as ProConnect does."""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS = [f"{family}256" for family in ("ES", "PS", "RS")]
"""Asymmetric only: with a shared secret, whoever reads the userinfo could also write one."""
LEEWAY = 60
"""Seconds by which two clocks may differ."""


def verified_claims(
    token: str, *, keys: Mapping[str, Any], issuer: str, audience: str, now: int | None = None
) -> dict[str, Any]:
    """What the provider says of the person, once it is sure that this provider says it, to us.

    ``keys`` is its JSON Web Key Set. ``now`` is in seconds since 1970, the server's clock without one. OAuth2Error
    when the signature, the issuer, the audience or the dates are not right, or when nobody is named.
    """
    try:
        read = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=ALGORITHMS)  # type: ignore[arg-type]
        expected = jwt.JWTClaimsRegistry(
            now=now,
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            sub={"essential": True},
        )
        expected.validate(read.claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise OAuth2Error(f"The signed userinfo is refused: {error}") from error
    return dict(read.claims)
