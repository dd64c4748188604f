"""Credentials as signed tokens."""

import base64
import json
import re
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from joserfc import jws
from joserfc.jwk import ECKey, RSAKey
from PIL import Image

from parchemin.edges.credentials.keys import public_jwk
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.tokens import (
    check_token,
    claims_of,
    looks_like_token,
    read_token,
    require_claims,
    sign_token,
)
from tests.edges.credentials.cast import BADGE_SAMPLES, ISSUER, KEY, OTHER_KEY, RECORD_SAMPLES, badge, with_samples

JWK = public_jwk(KEY.private.public_key())


def refusal(call: Any, *arguments: Any) -> str:
    with pytest.raises(CredentialError) as caught:
        call(*arguments)
    return caught.value.code


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_a_token_holds_its_credential_and_repeats_it_in_its_claims() -> None:
    token = sign_token(badge(validUntil="2031-06-15T10:30:00Z"), KEY)
    check_token(token, JWK)
    found = read_token(token)
    require_claims(found)
    assert found.header == {"alg": "EdDSA", "typ": "JWT", "kid": KEY.method}
    assert found.credential == badge(validUntil="2031-06-15T10:30:00Z")
    assert found.claims == {"iss": ISSUER, "jti": badge()["id"], "nbf": 1781519400, "exp": 1939285800}
    assert looks_like_token(token) and not looks_like_token(json.dumps(badge()))


def test_the_subject_is_claimed_when_it_has_an_address() -> None:
    subject = badge()["credentialSubject"] | {"id": "urn:uuid:0d9b1f8e-3c8e-4f0a-9d6e-6f1c8f9e7a10"}
    assert claims_of(badge(credentialSubject=subject))["sub"] == subject["id"]


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_tokens_of_other_issuers_are_read(algorithm: str) -> None:
    key: RSAKey | ECKey
    if algorithm == "RS256":
        key = RSAKey.import_key(rsa.generate_private_key(65537, 2048))
    else:
        key = ECKey.import_key(ec.generate_private_key(ec.SECP256R1()))
    token = jws.serialize_compact({"alg": algorithm}, json.dumps(badge()), key)
    check_token(token, key.as_dict(private=False))
    assert refusal(check_token, token, JWK) in ("altered", "bad_token", "bad_key")


def test_a_weak_key_is_refused() -> None:
    token = f"{part({'alg': 'RS256'})}.{part(badge())}.AAAA"
    assert refusal(check_token, token, {"kty": "RSA", "e": "AQAB", "n": "w" * 171}) == "bad_key"


@with_samples
def test_the_official_tokens_are_signed_by_the_keys_they_hold() -> None:
    tokens = [(RECORD_SAMPLES / "simple.jwt").read_text(encoding="utf-8").strip()]
    for name in ("simple-jwt.png", "simple-jwt_v1.png"):
        with Image.open(BADGE_SAMPLES / name) as picture:
            picture.load()
            tokens.append(str(picture.info["openbadgecredential"]))
    svg = (BADGE_SAMPLES / "simple-jwt_v1.svg").read_text(encoding="utf-8")
    tokens += re.findall('verify="([^"]+)"', svg)
    assert len(tokens) == 4
    for token in tokens:
        found = read_token(token)
        assert found.header["alg"] == "RS256"
        check_token(token, found.header["jwk"])
        require_claims(found)
        header, _, signature = token.split(".")
        payload = found.claims | found.credential | {"name": "Autre"}
        assert refusal(check_token, f"{header}.{part(payload)}.{signature}", found.header["jwk"]) == "altered"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"alg": "none"}, "unsupported_algorithm"),
        ({"alg": "HS256"}, "unsupported_algorithm"),
        ({}, "unsupported_algorithm"),
        ({"alg": ["EdDSA"]}, "unsupported_algorithm"),
    ],
)
def test_only_known_algorithms_are_accepted(header: Any, code: str) -> None:
    token = f"{part(header)}.{part(badge())}.AAAA"
    assert refusal(read_token, token) == code
    assert refusal(check_token, token, JWK) in ("unsupported_algorithm", "bad_token")


@pytest.mark.parametrize(
    "token", ["", "a.b", "a.b.c.d", "é.é.é", f"{part([])}.{part({})}.AA", f"{part({'alg': 'EdDSA'})}.%%.AA"]
)
def test_what_is_not_a_token_is_refused(token: str) -> None:
    assert refusal(read_token, token) in ("bad_token", "not_an_object", "not_json")


def test_the_signature_covers_header_and_payload() -> None:
    header, payload, signature = sign_token(badge(), KEY).split(".")
    other = sign_token(badge(name="Autre"), KEY).split(".")
    assert refusal(check_token, f"{header}.{other[1]}.{signature}", JWK) == "altered"
    assert refusal(check_token, f"{part({'alg': 'EdDSA'})}.{payload}.{signature}", JWK) == "altered"
    assert refusal(check_token, f"{header}.{payload}.{other[2]}", JWK) == "altered"
    assert (
        refusal(check_token, f"{header}.{payload}.{signature}", public_jwk(OTHER_KEY.private.public_key())) == "altered"
    )
    assert refusal(check_token, f"{header}.{payload}.", JWK) in ("altered", "bad_token")


@pytest.mark.parametrize("jwk", [{}, {"kty": "OKP"}, {"kty": "oct", "k": "AAAA"}, {"kty": "x"}, JWK | {"x": "AA"}])
def test_a_key_of_another_kind_is_refused(jwk: dict[str, str]) -> None:
    assert refusal(check_token, sign_token(badge(), KEY), jwk) in ("bad_key", "bad_token")


@pytest.mark.parametrize(
    ("claim", "value"), [("iss", "did:web:autre.example"), ("jti", "urn:x"), ("nbf", 0), ("iss", None)]
)
def test_claims_that_contradict_the_credential_are_refused(claim: str, value: Any) -> None:
    payload = badge() | claims_of(badge()) | {claim: value}
    if value is None:
        del payload[claim]
    token = read_token(f"{part({'alg': 'EdDSA'})}.{part(payload)}.AAAA")
    with pytest.raises(CredentialError) as caught:
        require_claims(token)
    assert caught.value.code == "claims_differ" and caught.value.problem.values == {"claim": claim}


def test_nothing_undefined_or_already_signed_is_signed() -> None:
    assert refusal(sign_token, badge(mention="bien"), KEY) == "undefined_term"
    assert refusal(sign_token, badge(proof={}), KEY) == "already_signed"
    assert refusal(sign_token, badge(issuer={"type": ["Profile"]}), KEY) == "no_issuer"
