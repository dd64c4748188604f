"""Status lists: one bit each, never fewer than 131,072, read with every check."""

import base64
import gzip
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parchemin.edges.credentials.canonical import canonical_rdf
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.status import (
    FEWEST,
    MOST,
    decoded_list,
    encoded_list,
    is_flagged,
    status_entry,
    status_list,
)
from tests.edges.credentials.cast import (
    AT,
    BADGE_SAMPLES,
    ISSUER,
    STANDARDS,
    Json,
    badge,
    changed,
    sample,
    with_samples,
)

URL = "https://certif.example/statuts/1"


def published(*flagged: int, **changes: Any) -> Json:
    return status_list(url=URL, issuer=ISSUER, flagged=flagged, valid_from=AT, **changes)


def refusal(call: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(CredentialError) as caught:
        call(*arguments, **named)
    return caught.value.code


@settings(max_examples=25)
@given(st.sets(st.integers(0, FEWEST - 1), max_size=20), st.integers(0, FEWEST - 1))
def test_an_entry_is_flagged_when_its_bit_is(flagged: set[int], index: int) -> None:
    found = published(*flagged)
    assert is_flagged(status_entry(URL, index), found) == (index in flagged)
    assert all(is_flagged(status_entry(URL, one), found) for one in flagged)


def test_the_first_entry_is_the_highest_bit_of_the_first_byte() -> None:
    bits = decoded_list(encoded_list([0, 9]))
    assert bits[:3] == b"\x80\x40\x00" and len(bits) == FEWEST // 8


def test_the_same_entries_give_the_same_list() -> None:
    assert encoded_list([3, 1]) == encoded_list([1, 3, 3])


def test_entry_and_list_are_fully_defined_by_the_contexts() -> None:
    canonical_rdf(published(5))
    canonical_rdf(badge(credentialStatus=status_entry(URL, 5)))
    assert published(valid_until=AT)["validUntil"] == "2026-06-15T10:30:00Z"
    assert "validUntil" not in published()


@with_samples
def test_the_list_of_the_specification_holds_no_entry() -> None:
    text = (STANDARDS / "w3c" / "vc-bitstring-status-list" / "examples-from-REC-2025.json").read_text(encoding="utf-8")
    example = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert example in text
    assert decoded_list(example) == bytes(FEWEST // 8)


@with_samples
@pytest.mark.parametrize("index", [0, 22, 23, 24, 131_071])
def test_the_official_list_flags_its_one_entry(index: int) -> None:
    found = sample(BADGE_SAMPLES / "bit-string-list" / "testlist")
    entry = sample(BADGE_SAMPLES / "bit-string-list" / "credential-status-revoked.json")["credentialStatus"]
    assert entry["statusListIndex"] == 23
    assert is_flagged(entry | {"statusListIndex": index}, found) == (index == 23)


@pytest.mark.parametrize("index", [-1, FEWEST, MOST])
def test_no_entry_stands_outside_its_list(index: int) -> None:
    assert refusal(encoded_list, [index]) == "status_out_of_range"
    if index == FEWEST:
        assert refusal(is_flagged, status_entry(URL, index), published()) == "status_out_of_range"
        assert is_flagged(status_entry(URL, index), published(index, length=FEWEST * 2))
    else:
        assert refusal(status_entry, URL, index) == "status_out_of_range"


@pytest.mark.parametrize("length", [0, 8, FEWEST - 1])
def test_a_short_list_is_neither_made_nor_read(length: int) -> None:
    assert refusal(encoded_list, [], length) == "status_list_too_short"
    short = base64.urlsafe_b64encode(gzip.compress(bytes(length // 8))).rstrip(b"=").decode()
    assert refusal(decoded_list, "u" + short) == "status_list_too_short"


def packed(raw: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_status_list"),
        ("z123", "bad_status_list"),
        ("u", "bad_status_list"),
        ("u!!!", "bad_status_list"),
        ("ué", "bad_status_list"),
        (packed(b"pas du gzip"), "bad_status_list"),
        (packed(gzip.compress(bytes(FEWEST))[:-9]), "bad_status_list"),
        (packed(gzip.compress(bytes(MOST // 8 + 1))), "too_large"),
    ],
)
def test_a_list_that_is_cut_wrong_or_huge_is_refused(text: str, code: str) -> None:
    assert refusal(decoded_list, text) == code


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"statusListIndex": "-1"}, "bad_status_entry"),
        ({"statusListIndex": "٣"}, "bad_status_entry"),
        ({"statusListIndex": "1.0"}, "bad_status_entry"),
        ({"statusListIndex": "01"}, "bad_status_entry"),
        ({"statusListIndex": True}, "bad_status_entry"),
        ({"statusListIndex": None}, "bad_status_entry"),
        ({"statusPurpose": "suspension"}, "status_purpose_differs"),
        ({"statusSize": 2}, "unsupported_status_size"),
    ],
)
def test_a_wrong_entry_is_refused(entry: Json, code: str) -> None:
    assert refusal(is_flagged, status_entry(URL, 5) | entry, published(5)) == code


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("type",), ["VerifiableCredential"]),
        (("credentialSubject",), []),
        (("credentialSubject", "type"), "Autre"),
        (("credentialSubject", "encodedList"), None),
    ],
)
def test_what_is_not_a_status_list_is_refused(path: tuple[str, ...], to: Any) -> None:
    assert refusal(is_flagged, status_entry(URL, 5), changed(published(5), *path, to=to)) == "bad_status_list"


def test_a_list_has_one_of_two_purposes() -> None:
    wrong: Any = "message"
    assert refusal(status_entry, URL, 5, wrong) == "bad_purpose"
    assert refusal(published, purpose=wrong) == "bad_purpose"
    assert is_flagged(status_entry(URL, 5, "suspension"), published(5, purpose="suspension"))
