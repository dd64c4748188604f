"""Data Integrity proofs with EdDSA: made with eddsa-rdfc-2022 or eddsa-jcs-2022, and checked, with older forms besides.

Source: Data Integrity EdDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025), sections 3.2 and 3.3;
Data Integrity 1.0, sections 2.1 and 4.
"""

from datetime import datetime
from hashlib import sha256
from typing import Literal

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from parchemin.edges.credentials.canonical import FULL, Forms, canonical_json
from parchemin.edges.credentials.inlining import addresses
from parchemin.edges.credentials.instants import instant, read_instant
from parchemin.edges.credentials.keys import SigningKey, read_base58
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import Json

Suite = Literal["eddsa-rdfc-2022", "eddsa-jcs-2022"]

RDFC: Suite = "eddsa-rdfc-2022"
JCS: Suite = "eddsa-jcs-2022"
RDFC_NAMES = (RDFC, "eddsa-2022")
LEGACY = "Ed25519Signature2020"
PURPOSE = "assertionMethod"
SIGNATURE_LENGTH = 64


def sign(document: Json, key: SigningKey, *, created: datetime, suite: Suite = RDFC, forms: Forms = FULL) -> Json:
    """The document with a proof by ``key`` made at ``created``, beside the proofs it has.

    ``forms`` gives the canonical forms; for many documents alike, one ``CompiledForms`` gives them faster.
    Raises CredentialError for a document with anything its contexts do not define, and no_time_zone.
    """
    proofs = proofs_of(document)
    bare = {name: value for name, value in document.items() if name != "proof"}
    options: Json = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": instant(created),
        "verificationMethod": key.method,
        "proofPurpose": PURPOSE,
    }
    if suite == JCS:
        options["@context"] = bare["@context"]
    hashed = _hash(bare, options, suite, forms)
    proof = options | {"proofValue": "z" + base58.b58encode(key.private.sign(hashed)).decode()}
    return bare | {"proof": [*proofs, proof] if proofs else proof}


def proofs_of(document: Json) -> list[Json]:
    """The proofs of a document, in its order; CredentialError bad_proof if it has something else in their place."""
    given = document.get("proof", [])
    found = given if isinstance(given, list) else [given]
    if not all(isinstance(one, dict) for one in found):
        raise CredentialError("bad_proof", part="proof")
    return found


def check_proof(document: Json, proof: Json, public: Ed25519PublicKey, forms: Forms = FULL) -> None:
    """Accept ``document`` as what ``public`` signed with ``proof``, one of its proofs.

    Raises CredentialError: altered if the signature is of other content or by another key; unsupported_suite,
    bad_proof, missing_proof; and what canonicalising raises.
    """
    signature = _signature(proof)
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    bare = _unsecured(document, proof)
    suite = _suite(options)
    if suite == JCS and "@context" in options:
        bare = bare | {"@context": _signed_context(bare, options)}
    hashed = _hash(bare, options, suite, forms)
    try:
        public.verify(signature, hashed)
    except InvalidSignature as error:
        raise CredentialError("altered") from error


def require_form(proof: Json) -> None:
    """Refuse a proof whose own fields are wrong; CredentialError bad_proof, unsupported_suite, bad_instant."""
    _suite(proof)
    _signature(proof)
    for name in ("created", "expires"):
        if name in proof:
            read_instant(proof[name])
    if proof.get("proofPurpose") != PURPOSE:
        raise CredentialError("bad_proof", part="proofPurpose")
    if not isinstance(proof.get("verificationMethod"), str):
        raise CredentialError("bad_proof", part="verificationMethod")


def _suite(proof: Json) -> Suite:
    kind, suite = proof.get("type"), proof.get("cryptosuite")
    if kind == LEGACY:
        return RDFC
    if kind != "DataIntegrityProof" or suite not in (*RDFC_NAMES, JCS):
        raise CredentialError("unsupported_suite", suite=str(suite or kind)[:100])
    return RDFC if suite in RDFC_NAMES else JCS


def _signature(proof: Json) -> bytes:
    try:
        found = read_base58(str(proof.get("proofValue", "")))
    except ValueError as error:
        raise CredentialError("bad_proof", part="proofValue") from error
    if len(found) != SIGNATURE_LENGTH:
        raise CredentialError("bad_proof", part="proofValue")
    return found


def _unsecured(document: Json, proof: Json) -> Json:
    """What a proof covers: the document without proofs, but for those that the proof says it follows."""
    bare = {name: value for name, value in document.items() if name != "proof"}
    named = proof.get("previousProof", [])
    ids = named if isinstance(named, list) else [named]
    if not ids:
        return bare
    known = {one["id"]: one for one in proofs_of(document) if isinstance(one.get("id"), str)}
    if not all(isinstance(one, str) and one in known for one in ids) or proof.get("id") in ids:
        raise CredentialError("missing_proof")
    return bare | {"proof": [known[one] for one in ids]}


def _signed_context(bare: Json, options: Json) -> object:
    """The context that was signed: the document's may only have gained others after it (section 3.3.2, step 4)."""
    signed = addresses(options)
    if addresses(bare)[: len(signed)] != signed:
        raise CredentialError("altered")
    return options["@context"]


def _hash(bare: Json, options: Json, suite: Suite, forms: Forms) -> bytes:
    """What is signed: the hash of the proof's options, then of the document."""
    meant = {"@context": bare.get("@context", []), **options}
    if suite == RDFC:
        return sha256(forms.rdf(meant)).digest() + sha256(forms.rdf(bare)).digest()
    forms.require_defined(meant)
    forms.require_defined(bare)
    return sha256(canonical_json(options)).digest() + sha256(canonical_json(bare)).digest()
