"""Verifying offline: the official samples each with its answer, and each reason on our own."""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from parchemin.edges.credentials.badges import award_badge, block_badges
from parchemin.edges.credentials.carrying import baked, carried
from parchemin.edges.credentials.compiled import CompiledForms
from parchemin.edges.credentials.controllers import PublishedKey, controller_document, did_key_document
from parchemin.edges.credentials.integrity import JCS, RDFC, Suite, proofs_of, sign
from parchemin.edges.credentials.keys import SigningKey, public_jwk
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.status import status_list
from parchemin.edges.credentials.tokens import read_token, sign_token
from parchemin.edges.credentials.transcripts import transcript
from parchemin.edges.credentials.verifying import Answer, Checked, verify
from tests.edges.credentials.awards import STATUS, award
from tests.edges.credentials.cast import (
    AT,
    BADGE_SAMPLES,
    ISSUER,
    KEY,
    OTHER_KEY,
    RECORD_SAMPLES,
    STANDARDS,
    Json,
    badge,
    changed,
    sample,
    with_samples,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OWN = controller_document(ISSUER, [PublishedKey(method=KEY.method, public=KEY.public)])
KEYS = {ISSUER: OWN}
THEIRS = (
    "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
    "z6MkrvfzkMnvCroEUP2DVc9SHPE48CRsvHiVSusHioxTYu1x",
    "z6MknNHHrBzPytzu6CUBP9Lg7fg4KSBjzimc2Frh693YbMiv",
    "z6MkmQ49FhpMN7V11B7Qzc6WC6Q3ymVW4xmHUsHBR2MWMMo1",
    "z6MkvREVgsHx7Ppae68vCoByy73ZD4aMSJiPML2cryVL8JAx",
)
ISSUERS = (
    "https://example.com/issuers/876543",
    "https://example.edu/issuers/565049",
    "https://1edtech.edu/issuers/565049",
    "https://state.gov/issuers/565049",
    "urn:uuid:4ca4a241-fc3b-4d92-978e-f56fa96ae795",
    "did:web:dc.1edtech.org:wellspring2022:wellspring-portal:org:da1e96e9-afcc-4eed-b9a2-2ddf7353214c",
)
LIST = (
    "https://raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main/inspector-vc"
    "/src/test/resources/ob30/bit-string-list/testlist"
)


def published(controller: str, *keys: str) -> Json:
    return controller_document(controller, [PublishedKey(method=f"{controller}#{key}", public=key) for key in keys])


def official_keys() -> dict[str, Json]:
    """The issuers of the official samples, known; two go by another name than their did:key."""
    keys = {issuer: published(issuer, *THEIRS) for issuer in ISSUERS}
    for did, name in (
        (f"did:key:{THEIRS[0]}", "urn:uuid:6f2e33e5-7a29-4155-840a-59483ba10164"),
        ("did:key:z6Mks4vZNz8Jwyb85odUeZrissHSY7JeJcXkNTDCcXLhYAZ4", "urn:uuid:4ca4a241-fc3b-4d92-978e-f56fa96ae795"),
    ):
        keys[did] = did_key_document(did) | {"alsoKnownAs": [name]}
    return keys


def codes(checked: Checked) -> list[str]:
    for reason in checked.reasons:
        assert reason.sentence("fr") and reason.sentence("en")
    return [reason.code for reason in checked.reasons]


OFFICIAL = [
    # name, answer, reasons
    ("simple.json", "valid", []),
    ("simple.1ob", "valid", []),
    ("simple_v1.json", "valid", []),
    ("simple-context-alias.json", "valid", []),
    ("simple-context-version.json", "valid", []),
    ("simple-did-key-method.json", "valid", []),
    ("simple-eddsa-2022.json", "valid", []),
    ("simple-json.svg", "valid", []),
    ("bit-string-list/credential-status-revoked.json", "not_valid", ["revoked"]),
    ("bit-string-list/credential-status-revoked-blank-nodes.json", "not_valid", ["revoked"]),
    ("bit-string-list/testlist", "valid", []),
    ("credential-status-revoked.json", "unchecked", ["unsupported_status"]),
    ("complete_v1.json", "not_valid", ["undefined_term"]),
    ("sd/derivedcredential.json", "unchecked", ["unsupported_suite"]),
    ("endorsement-err-schema-status-refresh.json", "not_valid", ["altered"]),
    ("simple-err-credential-subject-achievement-result-description-type.json", "not_valid", ["undefined_term"]),
    ("simple-err-credential-subject-profile-type.json", "not_valid", ["undefined_term"]),
    ("simple-err-credential-subject-type.json", "not_valid", ["incomplete"]),
    ("simple-err-expired.json", "not_valid", ["expired"]),
    ("simple-err-issuer-otheridentifier-type.json", "not_valid", ["undefined_term"]),
    ("simple-err-issuer-type.json", "not_valid", ["incomplete"]),
    ("simple-err-proof-method-no-scheme.json", "not_valid", ["unsupported_method"]),
    ("simple-err-proof-method-unknown-scheme.json", "not_valid", ["unsupported_method"]),
    ("simple-err-proof-value.json", "not_valid", ["altered"]),
    ("simple-noproof.json", "not_valid", ["incomplete"]),
    ("../../clr/validator-samples/simple.json", "valid", []),
    ("../../clr/validator-samples/simple_v1.json", "valid", []),
    ("../../clr/validator-samples/complex.json", "valid", []),
    ("../../clr/validator-samples/simple-noproof.json", "unchecked", ["unknown_context"]),
    ("../../clr/validator-samples/simple_old_safesigned.json", "unchecked", ["unknown_context"]),
]


@with_samples
@pytest.mark.parametrize(("name", "answer", "reasons"), OFFICIAL, ids=[name for name, _, _ in OFFICIAL])
def test_each_official_sample_has_its_answer(name: str, answer: str, reasons: list[str]) -> None:
    statuses = {LIST: (BADGE_SAMPLES / "bit-string-list" / "testlist").read_bytes()}
    content = (BADGE_SAMPLES / name).read_bytes()
    checked = verify(content, keys=official_keys(), statuses=statuses, at=NOW)
    assert (checked.answer, codes(checked)) == (answer, reasons)


@with_samples
def test_the_table_holds_every_official_sample() -> None:
    tables = {(BADGE_SAMPLES / name).resolve() for name, _, _ in OFFICIAL}
    tokens = {"simple-jwt.png", "simple-jwt_v1.png", "simple-jwt_v1.svg", "simple.jwt", "LICENSE"}
    every = [path for folder in (BADGE_SAMPLES, RECORD_SAMPLES) for path in folder.rglob("*") if path.is_file()]
    assert {path.resolve() for path in every if path.name not in tokens} == tables


@with_samples
@pytest.mark.parametrize(
    "path",
    [
        BADGE_SAMPLES / "simple-jwt.png",
        BADGE_SAMPLES / "simple-jwt_v1.png",
        BADGE_SAMPLES / "simple-jwt_v1.svg",
        RECORD_SAMPLES / "simple.jwt",
    ],
    ids=lambda path: path.name,
)
def test_each_official_token_is_valid_when_its_issuer_publishes_its_key(path: Path) -> None:
    content = path.read_bytes()
    unknown = verify(content, keys={}, statuses={}, at=NOW)
    assert (unknown.answer, codes(unknown)[0]) == ("unchecked", "unknown_issuer")
    assert unknown.credential
    issuer = unknown.credential["issuer"]["id"]
    other = verify(content, keys={issuer: published(issuer, *THEIRS)}, statuses={}, at=NOW)
    assert (other.answer, codes(other)[0]) == ("not_valid", "unknown_key")
    keys = {issuer: jwk_document(issuer, official_jwk(content))}
    found = verify(content, keys=keys, statuses={}, at=NOW)
    assert set(codes(found)) <= {"unsupported_status"}
    assert found.answer == ("unchecked" if codes(found) else "valid")


def official_jwk(content: bytes) -> Json:
    found = read_token(carried(content)).header["jwk"]
    assert isinstance(found, dict)
    return found


def jwk_document(issuer: str, jwk: Json) -> Json:
    method = {"id": f"{issuer}#rsa", "type": "JsonWebKey", "controller": issuer, "publicKeyJwk": jwk}
    return {"id": issuer, "verificationMethod": [method], "assertionMethod": [f"{issuer}#rsa"]}


@with_samples
def test_without_keys_the_samples_are_unchecked_and_not_wrong() -> None:
    checked = verify((BADGE_SAMPLES / "simple.json").read_bytes(), keys={}, statuses={}, at=NOW)
    assert (checked.answer, codes(checked)) == ("unchecked", ["unknown_issuer"])
    tampered = json.dumps(changed(sample(BADGE_SAMPLES / "simple.json"), "name", to="x")).encode()
    found = verify(tampered, keys={}, statuses={}, at=NOW)
    assert (found.answer, codes(found)) == ("not_valid", ["altered"])


CORPUS = STANDARDS / "w3c" / "vc-data-model-2.0-test-suite" / "tests" / "input"
"""Its inputs lack an issuer on purpose."""


@with_samples
@pytest.mark.parametrize("path", sorted(CORPUS.glob("credential-*-fail*.json")), ids=lambda path: path.name)
def test_no_malformed_credential_of_the_corpus_passes(path: Path) -> None:
    document = {"issuer": ISSUER} | sample(path)
    checked = verify(json.dumps(document).encode(), keys=KEYS, statuses={}, at=NOW)
    assert checked.answer != Answer.VALID
    assert codes(checked)[0] != "not_signed", "nothing but the missing signature was seen"


def content(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def signed(document: Json, key: SigningKey = KEY, created: datetime = AT, suite: Suite = RDFC) -> Json:
    return sign(document, key, created=created, suite=suite)


def answer(
    document: Json | str | bytes,
    keys: Mapping[str, Json] = KEYS,
    statuses: Mapping[str, bytes] | None = None,
    at: datetime = NOW,
) -> tuple[str, list[str]]:
    raw = (
        document
        if isinstance(document, bytes)
        else document.encode()
        if isinstance(document, str)
        else content(document)
    )
    checked = verify(raw, keys=keys, statuses=statuses or {}, at=at)
    return checked.answer.value, codes(checked)


def lists(*flagged: int, **changes: Any) -> dict[str, bytes]:
    made = status_list(url=STATUS, issuer=ISSUER, flagged=flagged, valid_from=AT - timedelta(days=1), **changes)
    return {STATUS: content(signed(made))}


MADE = award_badge(award())


@pytest.mark.parametrize("suite", [RDFC, JCS])
def test_what_we_award_is_valid_while_its_list_says_so(suite: Suite) -> None:
    document = signed(MADE, suite=suite)
    assert answer(document, statuses=lists(8)) == ("valid", [])
    assert answer(document, statuses=lists(7)) == ("not_valid", ["revoked"])
    assert answer(document) == ("unchecked", ["status_list_missing"])


def test_a_token_is_checked_as_a_proof_is() -> None:
    token = sign_token(MADE, KEY)
    assert answer(token, statuses=lists()) == ("valid", [])
    assert answer(token, statuses=lists(7)) == ("not_valid", ["revoked"])
    assert answer(token, keys={}, statuses=lists())[0] == "unchecked"
    assert answer(sign_token(MADE, OTHER_KEY), statuses=lists()) == ("not_valid", ["unknown_key"])
    head, payload, signature = token.split(".")
    forged = f"{head}.{payload[:-8]}{'A' * 8}.{signature}"
    assert answer(forged, statuses=lists())[0] == "not_valid"
    bearing = SigningKey(method=f"{ISSUER}#autre", private=KEY.private)
    assert answer(sign_token(MADE, bearing), statuses=lists()) == ("not_valid", ["unknown_key"])


def test_a_suspended_credential_is_not_valid() -> None:
    entry = MADE["credentialStatus"] | {"statusPurpose": "suspension"}
    document = signed(MADE | {"credentialStatus": entry})
    assert answer(document, statuses=lists(7, purpose="suspension")) == ("not_valid", ["suspended"])
    assert answer(document, statuses=lists(7)) == ("unchecked", ["status_purpose_differs"])


def test_a_list_is_believed_only_when_signed_current_and_of_the_issuer() -> None:
    document = signed(MADE)
    plain = status_list(url=STATUS, issuer=ISSUER, flagged=(), valid_from=AT)
    other = SigningKey.from_seed(b"\x07" * 32, "did:web:autre.example")
    keys = KEYS | {"did:web:autre.example": published("did:web:autre.example", other.public)}
    foreign = status_list(url=STATUS, issuer="did:web:autre.example", flagged=(), valid_from=AT)
    for wrong in (
        content(plain),
        content(changed(signed(plain), "validFrom", to="2026-06-15T10:30:01Z")),
        content(signed(foreign, other)),
        content(signed(plain | {"credentialStatus": MADE["credentialStatus"]})),
        b"pas une liste",
        b"{",
        content(signed(status_list(url=STATUS, issuer=ISSUER, flagged=(), valid_from=NOW + timedelta(days=1)))),
    ):
        assert answer(document, keys=keys, statuses={STATUS: wrong}) == ("unchecked", ["status_list_not_valid"])
    until = lists(valid_until=NOW - timedelta(days=1))
    assert answer(document, statuses=until) == ("unchecked", ["status_list_expired"])


def test_a_list_put_in_the_place_of_another_clears_nobody() -> None:
    elsewhere = signed(status_list(url=f"{STATUS}0", issuer=ISSUER, flagged=(9,), valid_from=AT))
    document = signed(MADE)
    assert answer(document, statuses={STATUS: content(elsewhere)}) == ("unchecked", ["status_list_not_valid"])
    short = signed(
        changed(json.loads(lists()[STATUS]), "credentialSubject", "encodedList", to="uH4sIAAAAAAAA_2NgAAABAAE")
    )
    assert answer(document, statuses={STATUS: content(short | {"proof": short["proof"][-1]})})[0] == "unchecked"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (AT, ("valid", [])),
        (AT - timedelta(seconds=1), ("not_valid", ["not_yet_valid"])),
        (datetime(2031, 6, 15, 10, 30, tzinfo=UTC), ("valid", [])),
        (datetime(2031, 6, 15, 10, 30, 1, tzinfo=UTC), ("not_valid", ["expired"])),
    ],
)
def test_a_credential_is_valid_between_its_dates(at: datetime, expected: tuple[str, list[str]]) -> None:
    assert answer(signed(MADE), statuses=lists(), at=at) == expected


def retired(**dates: datetime) -> dict[str, Json]:
    return {ISSUER: controller_document(ISSUER, [PublishedKey(method=KEY.method, public=KEY.public, **dates)])}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (retired(expires=AT + timedelta(days=1)), ("valid", [])),
        (retired(expires=AT), ("not_valid", ["key_retired"])),
        (retired(revoked=AT), ("not_valid", ["key_retired"])),
        (retired(revoked=AT + timedelta(days=1)), ("unchecked", ["key_revoked_since"])),
        ({ISSUER: OWN | {"assertionMethod": []}}, ("not_valid", ["key_may_not_assert"])),
        ({ISSUER: published(ISSUER, OTHER_KEY.public)}, ("not_valid", ["unknown_key"])),
        ({ISSUER: OWN | {"id": "did:web:autre.example"}}, ("not_valid", ["foreign_key"])),
        ({}, ("unchecked", ["unknown_issuer"])),
    ],
)
def test_a_key_signs_only_while_its_issuer_uses_it(keys: dict[str, Json], expected: tuple[str, list[str]]) -> None:
    assert answer(signed(badge()), keys=keys) == expected


def test_an_undated_token_by_a_retired_key_cannot_be_placed_in_time() -> None:
    token = sign_token(badge(), KEY)
    assert answer(token, keys=retired(expires=AT)) == ("unchecked", ["undated_proof"])
    assert answer(token, keys=retired(expires=NOW + timedelta(days=1))) == ("valid", [])


def test_a_proof_is_neither_of_the_future_nor_out_of_date() -> None:
    assert answer(signed(badge(), created=NOW + timedelta(hours=1))) == ("not_valid", ["proof_from_the_future"])
    assert answer(signed(badge(), created=NOW + timedelta(minutes=1))) == ("valid", [])


def test_the_key_of_another_issuer_does_not_do() -> None:
    alone = SigningKey.from_seed(b"\x05" * 32)
    assert answer(signed(badge(), alone)) == ("not_valid", ["issuer_differs"])
    assert answer(signed(badge(), alone), keys={}) == ("unchecked", ["unknown_issuer"])
    known = did_key_document(alone.controller)
    assert answer(signed(badge(), alone), keys={alone.controller: known}) == ("not_valid", ["issuer_differs"])
    also = known | {"alsoKnownAs": [ISSUER]}
    assert answer(signed(badge(), alone), keys={alone.controller: also}) == ("valid", [])
    stranger = SigningKey.from_seed(b"\x06" * 32, "did:web:faux.example")
    assert answer(signed(badge(), stranger), keys={}) == ("not_valid", ["issuer_differs"])


def test_every_proof_must_hold() -> None:
    document = signed(signed(badge()), created=AT)
    assert answer(document) == ("valid", [])
    assert answer(changed(document, "proof", 1, "created", to="2026-06-15T10:30:59Z")) == ("not_valid", ["altered"])
    assert answer(document | {"proof": []}) == ("not_valid", ["not_signed"])
    assert answer(document | {"proof": proofs_of(document) * 11})[0] == "not_valid"


def test_a_record_answers_for_itself_and_for_each_credential_in_it() -> None:
    made = award()
    badges = [signed(one) for one in (award_badge(made), *block_badges(made))]
    forged = changed(badges[1], "name", to="Autre bloc")
    document = signed(transcript(made, [badges[0], forged, badges[2]]))
    checked = verify(content(document), keys=KEYS, statuses=lists(102), at=NOW)
    assert (checked.answer, codes(checked)) == ("valid", [])
    assert [(part.answer.value, codes(part)) for part in checked.parts] == [
        ("valid", []),
        ("not_valid", ["altered"]),
        ("not_valid", ["revoked"]),
    ]


NAMELESS = {"type": "Achievement"}


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"@context": badge()["@context"][::-1]}, "@context"),
        ({"type": ["OpenBadgeCredential"]}, "type"),
        ({"id": "sans adresse"}, "id"),
        ({"credentialSubject": []}, "credentialSubject"),
        ({"credentialSubject": [{}]}, "credentialSubject"),
        ({"credentialStatus": {"id": "https://x.test/"}}, "credentialStatus"),
        ({"evidence": ["https://x.test/"]}, "evidence"),
        ({"validUntil": "2020-01-01T00:00:00Z"}, "validUntil"),
        ({"issuer": ISSUER}, "issuer.type"),
        ({"credentialSubject": {"type": ["AchievementSubject"]}}, "achievement"),
        ({"credentialSubject": {"type": "AchievementSubject", "achievement": NAMELESS}}, "achievement.id"),
    ],
)  # fmt: skip
def test_what_is_not_a_badge_is_told_by_the_field_at_fault(changes: Json, part: str) -> None:
    checked = verify(content(signed(badge()) | changes), keys=KEYS, statuses={}, at=NOW)
    assert checked.answer == Answer.NOT_VALID
    assert [(reason.code, reason.values["part"]) for reason in checked.reasons] == [("incomplete", part)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", ("unchecked", ["nothing_inside"])),
        (b"bonjour", ("unchecked", ["nothing_inside"])),
        (b"\x89PNG\r\n\x1a\n", ("unchecked", ["bad_png"])),
        (b"%PDF-1.7\n", ("unchecked", ["bad_pdf"])),
        (b"<svg", ("unchecked", ["bad_svg"])),
        (b"{", ("not_valid", ["not_json"])),
        (b"{}", ("not_valid", ["incomplete"])),
        (b'{"a": 1, "a": 2}', ("not_valid", ["repeated_key"])),
        (b"eyJhbGciOiJub25lIn0.e30.", ("unchecked", ["unsupported_algorithm"])),
        (b"{" + b" " * 20_000_001, ("unchecked", ["too_large"])),
    ],
)
def test_a_file_that_is_no_credential_has_its_reason(raw: bytes, expected: tuple[str, list[str]]) -> None:
    assert answer(raw) == expected


def test_a_picture_answers_as_the_credential_in_it() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (3, 3)).save(picture, "PNG")
    made = baked(picture.getvalue(), content(signed(badge())).decode())
    assert answer(made) == ("valid", [])
    assert answer(baked(picture.getvalue(), sign_token(badge(), KEY))) == ("valid", [])


def test_many_are_checked_alike_with_compiled_forms() -> None:
    forms = CompiledForms()
    for number in range(3):
        document = signed(award_badge(award(number="2026-00012" + str(number))))
        found = verify(content(document), keys=KEYS, statuses=lists(), at=NOW, forms=forms)
        assert found == verify(content(document), keys=KEYS, statuses=lists(), at=NOW)
        assert found.answer == Answer.VALID


json_values = st.recursive(
    st.sampled_from([None, True, 7, "", "x", "did:web:a", "2026-01-01T00:00:00Z", ISSUER, KEY.method]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "type", "x", "@value"]), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = ["@context", "id", "type", "issuer", "validFrom", "credentialSubject", "credentialStatus", "proof", "evidence"]
PROOF = ["type", "cryptosuite", "created", "expires", "verificationMethod", "proofPurpose", "proofValue", "id"]


@settings(max_examples=200)
@given(
    st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=2),
    st.dictionaries(st.sampled_from(PROOF), json_values, max_size=2),
    st.sampled_from([RDFC, JCS]),
)
def test_whatever_is_in_its_fields_a_credential_gets_an_answer(changes: Json, proof: Json, suite: Suite) -> None:
    document = signed(badge(), suite=suite)
    document = document | {"proof": document["proof"] | proof} | changes
    assert answer(document)[0] in ("valid", "not_valid", "unchecked")


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_get_an_answer(raw: bytes) -> None:
    assert answer(raw)[0] in ("not_valid", "unchecked")


@pytest.mark.parametrize("until", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-06-31T00:00:00Z"])
def test_a_date_out_of_the_calendar_is_refused(until: str) -> None:
    assert answer(badge(validUntil=until)) == ("not_valid", ["bad_instant"])


def test_the_instant_of_the_check_has_its_zone() -> None:
    with pytest.raises(CredentialError) as caught:
        answer(badge(), at=datetime(2026, 1, 1))
    assert caught.value.code == "no_time_zone"


@with_samples
@pytest.mark.parametrize("path", sorted(CORPUS.glob("**/credential-*-ok.json")), ids=lambda path: path.name)
def test_no_well_formed_credential_of_the_corpus_is_refused_for_its_form(path: Path) -> None:
    document = {"issuer": ISSUER} | sample(path)
    checked = verify(content(document), keys=KEYS, statuses={}, at=NOW)
    assert set(codes(checked)) <= {"not_signed", "inline_context", "unknown_context", "unsigned_value"}


@given(json_values, json_values, json_values)
def test_whatever_a_controller_publishes_a_credential_gets_an_answer(methods: Any, asserting: Any, others: Any) -> None:
    document = {"id": ISSUER, "verificationMethod": methods, "assertionMethod": asserting, "alsoKnownAs": others}
    for text in (TOKEN, SIGNED):
        assert answer(text, keys={ISSUER: document})[0] in ("not_valid", "unchecked")


TOKEN, SIGNED = sign_token(badge(), KEY), json.dumps(signed(badge()))


def test_an_issuer_with_a_key_of_another_kind_is_unchecked() -> None:
    method = {
        "id": KEY.method,
        "type": "JsonWebKey",
        "controller": ISSUER,
        "publicKeyJwk": public_jwk(KEY.private.public_key()),
    }
    document = {"id": ISSUER, "verificationMethod": [method], "assertionMethod": [KEY.method]}
    assert answer(signed(badge()), keys={ISSUER: document}) == ("unchecked", ["bad_key"])
    assert answer(sign_token(badge(), KEY), keys={ISSUER: document}) == ("valid", [])


def test_a_revoked_block_does_not_revoke_the_award() -> None:
    made = award()
    whole, first = signed(award_badge(made)), signed(block_badges(made)[0])
    assert answer(first, statuses=lists(101)) == ("not_valid", ["revoked"])
    assert answer(whole, statuses=lists(101)) == ("valid", [])
    assert replace(made, status_index=101).status_index == 101
