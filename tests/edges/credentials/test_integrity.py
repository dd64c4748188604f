"""Embedded proofs: those of the W3C vectors, our own, and each way of tampering."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parchemin.edges.credentials.canonical import canonical_json, canonical_rdf
from parchemin.edges.credentials.integrity import JCS, RDFC, Suite, check_proof, proofs_of, require_form, sign
from parchemin.edges.credentials.keys import SigningKey, read_base58, read_multikey
from parchemin.edges.credentials.problems import CredentialError
from tests.edges.credentials.cast import (
    AT,
    BADGE_SAMPLES,
    KEY,
    OTHER_KEY,
    RECORD_SAMPLES,
    VECTORS,
    Json,
    badge,
    bare,
    changed,
    sample,
    with_samples,
    words,
)

SUITES: tuple[Suite, ...] = (RDFC, JCS)
VECTOR_AT = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)


def checked(document: Json) -> None:
    for proof in proofs_of(document):
        require_form(proof)
        check_proof(document, proof, read_multikey(proof["verificationMethod"].rpartition("#")[2].rpartition(":")[2]))


def refusal(document: Json) -> str:
    with pytest.raises(CredentialError) as caught:
        checked(document)
    return caught.value.code


def vector_key() -> SigningKey:
    return SigningKey.from_seed(read_base58(sample(VECTORS / "keyPair.json")["privateKeyMultibase"])[2:])


@with_samples
@pytest.mark.parametrize(
    ("suite", "signed"),
    [(RDFC, "eddsa-rdfc-2022/signedDataInt.json"), (JCS, "eddsa-jcs-2022/signedJCS.json")],
)
def test_the_vectors_are_reproduced_whole(suite: Suite, signed: str) -> None:
    document = sample(VECTORS / "unsigned.json")
    assert sign(document, vector_key(), created=VECTOR_AT, suite=suite) == sample(VECTORS / signed)


@with_samples
@pytest.mark.parametrize(
    ("folder", "suffix", "configuration"),
    [
        ("eddsa-rdfc-2022", "DataInt.txt", "proofConfigDataInt.json"),
        ("Ed25519Signature2020", "EdSig.txt", "proofConfigEdSig.json"),
    ],
)
def test_each_step_of_the_rdf_vectors_is_reproduced(folder: str, suffix: str, configuration: str) -> None:
    def text(name: str) -> str:
        return (VECTORS / folder / f"{name}{suffix}").read_text(encoding="utf-8")

    form = canonical_rdf(sample(VECTORS / "unsigned.json"))
    options = canonical_rdf(sample(VECTORS / folder / configuration))
    assert form.decode() == text("canonDoc")
    assert options.decode() == text("proofCanon")
    assert sha256(form).hexdigest() == text("docHash")
    assert sha256(options).hexdigest() + sha256(form).hexdigest() == text("combinedHash")
    assert vector_key().private.sign(bytes.fromhex(text("combinedHash"))).hex() == text("sigHex")


@with_samples
def test_each_step_of_the_json_vector_is_reproduced() -> None:
    folder = VECTORS / "eddsa-jcs-2022"
    form = canonical_json(sample(VECTORS / "unsigned.json"))
    options = canonical_json(sample(folder / "proofConfigJCS.json"))
    assert form.decode() == (folder / "canonDocJCS.txt").read_text(encoding="utf-8")
    assert options.decode() == (folder / "proofCanonJCS.txt").read_text(encoding="utf-8")
    assert (sha256(options).hexdigest() + sha256(form).hexdigest()) == (folder / "combinedHashJCS.txt").read_text()


@with_samples
@pytest.mark.parametrize(
    "name",
    [
        "Ed25519Signature2020/signedEdSig.json",
        "eddsa-rdfc-2022/signedDataInt.json",
        "eddsa-jcs-2022/signedJCS.json",
        "proof-set-chain/signedProofSet1.json",
        "proof-set-chain/signedProofSet2.json",
        "proof-set-chain/signedProofChain1.json",
        "proof-set-chain/signedProofChain2.json",
    ],
)
def test_every_signed_vector_is_accepted_and_refused_once_altered(name: str) -> None:
    document = sample(VECTORS / name)
    checked(document)
    assert refusal(changed(document, "name", to="Autre")) == "altered"


@with_samples
def test_a_chain_without_its_first_proof_is_refused() -> None:
    document = sample(VECTORS / "proof-set-chain" / "signedProofChain1.json")
    assert refusal(document | {"proof": document["proof"][1:]}) == "missing_proof"
    swapped = changed(document, "proof", 0, "created", to="2023-02-24T23:36:39Z")
    assert refusal(swapped) == "altered"


@with_samples
def test_the_vector_in_a_vocabulary_that_is_not_held_is_refused_by_its_name() -> None:
    folder = VECTORS / "eddsa-rdfc-2022" / "employ"
    document = sample(folder / "signedDataInt.json")
    assert refusal(document) == "unknown_context"
    form = (folder / "canonDocDataInt.txt").read_bytes()
    options = (folder / "proofCanonDataInt.txt").read_bytes()
    signature = read_base58(document["proof"]["proofValue"])
    public = read_multikey(document["proof"]["verificationMethod"].rpartition("#")[2])
    public.verify(signature, sha256(options).digest() + sha256(form).digest())


@with_samples
@pytest.mark.parametrize(
    "path",
    [
        *(
            BADGE_SAMPLES / name
            for name in (
                "simple.json",
                "simple.1ob",
                "simple_v1.json",
                "simple-context-alias.json",
                "simple-context-version.json",
                "simple-did-key-method.json",
                "simple-eddsa-2022.json",
                "credential-status-revoked.json",
                "bit-string-list/credential-status-revoked.json",
                "bit-string-list/credential-status-revoked-blank-nodes.json",
                "bit-string-list/testlist",
                "simple-err-expired.json",
            )
        ),
        *(RECORD_SAMPLES / name for name in ("complex.json", "simple.json", "simple_v1.json")),
    ],
    ids=lambda path: path.name,
)
def test_the_official_samples_are_signed_by_the_keys_they_name(path: Path) -> None:
    checked(sample(path))


@with_samples
def test_the_sample_with_another_signature_is_refused() -> None:
    assert refusal(sample(BADGE_SAMPLES / "simple-err-proof-value.json")) == "altered"


@pytest.mark.parametrize("suite", SUITES)
def test_what_is_signed_is_accepted_and_its_content_left_as_it_was(suite: Suite) -> None:
    signed = sign(badge(), KEY, created=AT, suite=suite)
    checked(signed)
    assert bare(signed) == badge()
    assert signed["proof"]["created"] == "2026-06-15T10:30:00Z"
    assert signed["proof"]["verificationMethod"] == KEY.method


@pytest.mark.parametrize("suite", SUITES)
def test_a_second_proof_stands_beside_the_first(suite: Suite) -> None:
    signed = sign(sign(badge(), KEY, created=AT, suite=suite), OTHER_KEY, created=AT, suite=suite)
    assert [proof["verificationMethod"] for proof in signed["proof"]] == [KEY.method, OTHER_KEY.method]
    checked(signed)


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize(
    ("path", "to", "code"),
    [
        (("name",), "Autre titre", "altered"),
        (("credentialSubject", "achievement", "criteria", "narrative"), "x", "altered"),
        (("credentialSubject", "achievement", "tag", 0), "x", "altered"),
        (("credentialSubject", "identifier", 0, "hashed"), True, "altered"),
        (("type",), ["VerifiableCredential"], "altered"),
        (("@context",), ["https://www.w3.org/ns/credentials/v2"], None),
        (("mention",), "bien", "undefined_term"),
        (("credentialSubject", "achievement", "mention"), "bien", "undefined_term"),
        (("proof", "created"), "2026-06-15T10:30:01Z", "altered"),
        (("proof", "created"), "hier", "bad_instant"),
        (("proof", "proofPurpose"), "authentication", "bad_proof"),
        (("proof", "cryptosuite"), "ecdsa-rdfc-2019", "unsupported_suite"),
        (("proof", "type"), "RsaSignature2018", "unsupported_suite"),
        (("proof", "mention"), "x", "undefined_term"),
        (("proof", "domain"), "certif.example", "altered"),
        (("proof", "proofValue"), "z" + "1" * 64, "altered"),
        (("proof", "proofValue"), "z123", "bad_proof"),
        (("proof", "proofValue"), "m" + "1" * 64, "bad_proof"),
        (("proof", "proofValue"), None, "bad_proof"),
        (("proof", "previousProof"), "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544", "missing_proof"),
        (("proof",), "x", "bad_proof"),
    ],
)
def test_each_alteration_is_seen(suite: Suite, path: tuple[str | int, ...], to: Any, code: str | None) -> None:
    altered = changed(sign(badge(), KEY, created=AT, suite=suite), *path, to=to)
    assert refusal(altered) in ((code,) if code else ("altered", "undefined_term"))


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("field", ["mention", "https://a b"])
def test_nothing_undefined_is_signed(suite: Suite, field: str) -> None:
    with pytest.raises(CredentialError) as caught:
        sign(badge() | {field: "x"}, KEY, created=AT, suite=suite)
    assert caught.value.code in ("undefined_term", "bad_address")


@pytest.mark.parametrize("suite", SUITES)
def test_a_proof_is_dated_with_its_zone(suite: Suite) -> None:
    with pytest.raises(CredentialError) as caught:
        sign(badge(), KEY, created=datetime(2026, 6, 15), suite=suite)
    assert caught.value.code == "no_time_zone"


def test_the_key_of_another_does_not_do() -> None:
    signed = sign(badge(), KEY, created=AT)
    with pytest.raises(CredentialError) as caught:
        check_proof(signed, signed["proof"], OTHER_KEY.private.public_key())
    assert caught.value.code == "altered"


def test_a_context_may_be_added_after_a_json_proof_was_made() -> None:
    """eddsa-jcs-2022, section 3.3.2: the contexts signed are a prefix of the document's."""
    signed = sign(badge(), KEY, created=AT, suite=JCS)
    more = [*signed["@context"], "https://w3id.org/security/data-integrity/v2"]
    checked(signed | {"@context": more})
    assert refusal(signed | {"@context": more[1:]}) == "altered"


@settings(max_examples=25)
@given(name=words, narrative=words, suite=st.sampled_from(SUITES))
def test_any_text_is_signed_as_it_is(name: str, narrative: str, suite: Suite) -> None:
    document = changed(badge(name=name), "credentialSubject", "achievement", "criteria", "narrative", to=narrative)
    signed = sign(document, KEY, created=AT, suite=suite)
    checked(signed)
    assert refusal(changed(signed, "name", to=name + ".")) == "altered"
