"""Keys, their names, and the documents that publish them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from parchemin.edges.credentials.controllers import (
    PublishedKey,
    controller_document,
    did_key_document,
    find_key,
)
from parchemin.edges.credentials.keys import (
    SigningKey,
    did_key,
    did_web,
    did_web_location,
    multikey,
    public_jwk,
    read_multikey,
)
from parchemin.edges.credentials.problems import CredentialError
from tests.edges.credentials.cast import ISSUER, KEY, OTHER_KEY, STANDARDS, changed, sample, with_samples

RETIRED = datetime(2026, 1, 1, tzinfo=UTC)
DOCUMENT = controller_document(
    ISSUER,
    [
        PublishedKey(method=KEY.method, public=KEY.public),
        PublishedKey(method=OTHER_KEY.method, public=OTHER_KEY.public, expires=RETIRED),
        PublishedKey(method=f"{ISSUER}#volée", public=KEY.public, revoked=RETIRED),
    ],
)


def refusal(call: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(CredentialError) as caught:
        call(*arguments, **named)
    return caught.value.code


def test_a_key_is_written_as_its_multikey_and_read_back() -> None:
    assert KEY.public.startswith("z6Mk")
    assert multikey(read_multikey(KEY.public)) == KEY.public
    assert public_jwk(read_multikey(KEY.public)) == {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": public_jwk(KEY.private.public_key())["x"],
    }


@pytest.mark.parametrize(
    "text",
    ["", "z", "6Mk", "z6Mk", KEY.public + "1", KEY.public[:-1], KEY.public.replace("6Mk", "6LS"), "zé0OIl", "z" * 5000],
)
def test_what_is_not_an_ed25519_key_is_refused(text: str) -> None:
    assert refusal(read_multikey, text) == "bad_key"


def test_a_private_key_does_not_show() -> None:
    assert "private" not in repr(KEY) and KEY.method in repr(KEY)


@pytest.mark.parametrize("seed", [b"", b"x" * 31, b"x" * 33])
def test_a_seed_has_its_length(seed: bytes) -> None:
    assert refusal(SigningKey.from_seed, seed) == "bad_seed"


def test_without_a_controller_a_key_is_its_own() -> None:
    alone = SigningKey.from_seed(b"\x01" * 32)
    assert alone.controller == did_key(alone.private.public_key()) == f"did:key:{alone.public}"
    assert find_key(alone.method, did_key_document(alone.controller)).may_assert


@with_samples
def test_the_keys_of_the_did_key_vectors_are_named_as_there() -> None:
    vectors = sample(STANDARDS / "w3c" / "did-method-key" / "test-vectors" / "ed25519-x25519.json")
    seen = 0
    for did, vector in vectors.items():
        if "seed" in vector and "Ed25519" in str(vector.get("verificationKeyPair", {}).get("type", "")):
            assert SigningKey.from_seed(bytes.fromhex(vector["seed"])).controller == did
            seen += 1
    assert seen


@pytest.mark.parametrize(
    ("arguments", "port", "did", "location"),
    [
        (["certif.example"], None, "did:web:certif.example", "https://certif.example/.well-known/did.json"),
        (["Certif.Example", "2026", "é"], None, "did:web:certif.example:2026:%C3%A9", "https://certif.example/2026/%C3%A9/did.json"),
        (["certif.example"], 8443, "did:web:certif.example%3A8443", "https://certif.example:8443/.well-known/did.json"),
        (["évaluation.fr"], None, "did:web:xn--valuation-93a.fr", "https://xn--valuation-93a.fr/.well-known/did.json"),
    ],
)  # fmt: skip
def test_a_did_web_says_where_its_document_is(arguments: list[str], port: int | None, did: str, location: str) -> None:
    assert did_web(*arguments, port=port) == did
    assert did_web_location(did) == location


@pytest.mark.parametrize(
    "host", ["", "https://certif.example", "certif.example/x", "a b", "certif.example:80", "a#b", "..", "x" * 300]
)
def test_what_is_not_a_host_is_refused(host: str) -> None:
    assert refusal(did_web, host) == "bad_host"


@pytest.mark.parametrize("did", ["did:web:", "did:key:z6Mk", "certif.example", "did:web:a::b"])
def test_what_is_not_a_did_web_has_no_location(did: str) -> None:
    assert refusal(did_web_location, did) == "bad_did"


def test_a_document_publishes_every_key_and_lets_revoked_ones_assert_nothing() -> None:
    assert [one["id"] for one in DOCUMENT["verificationMethod"]] == [KEY.method, OTHER_KEY.method, f"{ISSUER}#volée"]
    assert DOCUMENT["assertionMethod"] == [KEY.method, OTHER_KEY.method]
    current, retired, stolen = (find_key(one["id"], DOCUMENT) for one in DOCUMENT["verificationMethod"])
    assert (current.may_assert, current.expires, current.revoked) == (True, None, None)
    assert (retired.may_assert, retired.expires, retired.revoked) == (True, RETIRED, None)
    assert (stolen.may_assert, stolen.expires, stolen.revoked) == (False, None, RETIRED)


def test_a_key_may_be_named_relatively_and_embedded_in_its_relationship() -> None:
    method = {"id": "#k", "type": "Multikey", "controller": ISSUER, "publicKeyMultibase": KEY.public}
    found = find_key(f"{ISSUER}#k", {"id": ISSUER, "assertionMethod": [method]})
    assert found.may_assert


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"id": "did:web:autre.example", "verificationMethod": DOCUMENT["verificationMethod"]}, "foreign_key"),
        ({"id": ISSUER}, "unknown_key"),
        (changed(DOCUMENT, "verificationMethod", 0, "controller", to="did:web:autre.example"), "foreign_key"),
        (changed(DOCUMENT, "verificationMethod", 0, "type", to="X25519KeyAgreementKey2020"), "bad_key"),
        (changed(DOCUMENT, "verificationMethod", 0, "publicKeyMultibase", to=3), "bad_key"),
        (changed(DOCUMENT, "verificationMethod", 0, "expires", to="2026"), "bad_instant"),
        ({"id": ISSUER, "verificationMethod": "x", "assertionMethod": 3}, "unknown_key"),
    ],
)
def test_a_document_that_does_not_hold_the_key_is_refused(document: Any, code: str) -> None:
    assert refusal(find_key, KEY.method, document) == code


def test_a_key_of_another_is_not_published() -> None:
    stray = PublishedKey(method="did:web:autre.example#k", public=KEY.public)
    assert refusal(controller_document, ISSUER, [stray]) == "foreign_key"
    assert refusal(controller_document, ISSUER, [PublishedKey(method=ISSUER, public=KEY.public)]) == "foreign_key"
    assert refusal(controller_document, ISSUER, [PublishedKey(method=f"{ISSUER}#k", public="z6Mk")]) == "bad_key"
