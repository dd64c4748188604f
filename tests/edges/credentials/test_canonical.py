"""Canonical forms: those of another implementation on honest documents, and nothing dropped in silence."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parchemin.edges.credentials.canonical import canonical_json, canonical_rdf
from parchemin.edges.credentials.loading import BADGES as OPEN_BADGES
from parchemin.edges.credentials.loading import CREDENTIALS, RECORDS
from parchemin.edges.credentials.problems import CredentialError
from tests.edges.credentials.cast import (
    BADGE_SAMPLES,
    RECORD_SAMPLES,
    STANDARDS,
    VECTORS,
    badge,
    bare,
    by_pyld,
    changed,
    sample,
    urls,
    with_samples,
    words,
)

BADGES = [path.name for path in sorted(BADGE_SAMPLES.glob("*.json"))]
UNDEFINED = {
    "complete_v1.json",
    "simple-err-credential-subject-achievement-result-description-type.json",
    "simple-err-credential-subject-profile-type.json",
    "simple-err-credential-subject-type.json",
    "simple-err-issuer-otheridentifier-type.json",
    "simple-err-issuer-type.json",
}
OTHERS = [
    STANDARDS / "openbadges" / "spec" / "examples" / "fullOpenBadge.json",
    STANDARDS / "openbadges" / "spec" / "examples" / "skillAssertionCase.json",
    STANDARDS / "openbadges" / "spec" / "examples" / "skillAssertionCtdl.json",
    RECORD_SAMPLES / "complex.json",
    RECORD_SAMPLES / "simple.json",
    RECORD_SAMPLES / "simple_v1.json",
    VECTORS / "unsigned.json",
    BADGE_SAMPLES / "bit-string-list" / "credential-status-revoked-blank-nodes.json",
    BADGE_SAMPLES / "bit-string-list" / "testlist",
]


def refused(document: Any) -> str:
    with pytest.raises(CredentialError) as caught:
        canonical_rdf(document)
    assert caught.value.problem.sentence("fr") and caught.value.problem.sentence("en")
    return caught.value.code


@with_samples
@pytest.mark.parametrize("name", [name for name in BADGES if name not in UNDEFINED])
def test_the_form_of_an_official_badge_is_that_of_another_implementation(name: str) -> None:
    document = bare(sample(BADGE_SAMPLES / name))
    assert canonical_rdf(document) == by_pyld(document)


@with_samples
@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_the_form_of_other_official_samples_is_that_of_another_implementation(path: Path) -> None:
    document = bare(sample(path))
    assert canonical_rdf(document) == by_pyld(document)


@with_samples
@pytest.mark.parametrize("name", sorted(UNDEFINED))
def test_a_sample_with_a_type_that_nothing_defines_is_refused(name: str) -> None:
    assert refused(bare(sample(BADGE_SAMPLES / name))) == "undefined_term"


@with_samples
@pytest.mark.parametrize("name", ["simple-noproof.json", "simple_old_safesigned.json"])
def test_a_sample_in_a_draft_vocabulary_is_refused(name: str) -> None:
    assert refused(bare(sample(RECORD_SAMPLES / name))) == "unknown_context"


@settings(deadline=None, max_examples=60)
@given(
    name=words,
    narrative=words,
    tags=st.lists(words, max_size=3),
    address=urls,
    evidence=st.lists(st.fixed_dictionaries({"type": st.just(["Evidence"]), "name": words}), max_size=3),
    hashed=st.booleans(),
    credits=st.none()
    | st.integers(-1000, 1000)
    | st.floats(-1e15, 1e15, allow_subnormal=False).filter(lambda number: abs(number) < 2**53),
)
def test_the_form_of_any_credential_is_that_of_another_implementation(
    name: str, narrative: str, tags: list[str], address: str, evidence: list[Any], hashed: bool, credits: float | None
) -> None:
    document = badge(name=name, evidence=evidence)
    document = changed(document, "credentialSubject", "achievement", "criteria", "narrative", to=narrative)
    document = changed(document, "credentialSubject", "achievement", "tag", to=tags)
    document = changed(document, "credentialSubject", "id", to=address)
    document = changed(document, "credentialSubject", "identifier", 0, "hashed", to=hashed)
    if credits is not None:
        document = changed(document, "credentialSubject", "creditsEarned", to=credits)
    assert canonical_rdf(document) == by_pyld(document)


@pytest.mark.parametrize(
    ("changes", "code", "seen"),
    [
        ({"mention": "très bien"}, "undefined_term", "mention"),
        ({"issuer": {"id": "did:web:a.test", "type": ["Profile"], "siret": "1"}}, "undefined_term", "siret"),
        ({"type": ["VerifiableCredential", "Parchemin"]}, "undefined_term", "Parchemin"),
        ({"type": ["VerifiableCredential", "Mon type"]}, "undefined_term", "Mon type"),
        ({"type": ["VerifiableCredential", "@faux"]}, "undefined_term", "@faux"),
        ({"type": ["VerifiableCredential", "_:b0"]}, "undefined_term", "_:b0"),
        ({"type": ["VerifiableCredential", 3]}, "undefined_term", "3"),
        ({"une clé": "x"}, "undefined_term", "une clé"),
        ({"id": "pas une adresse"}, "undefined_term", "pas une adresse"),
        ({"id": "//certif.example/1"}, "undefined_term", "//certif.example/1"),
        ({"id": ""}, "undefined_term", ""),
        ({"id": "http://certif example/"}, "bad_address", "http://certif example/"),
        ({"id": "http://certif.example/%zz"}, "bad_address", "http://certif.example/%zz"),
        ({"id": "http://certif.example/<a>"}, "bad_address", "http://certif.example/<a>"),
        ({"http://a b": "x"}, "bad_address", "http://a b"),
        ({"id": "_:b0"}, "unsigned_value", "_:b0"),
        ({"id": "@moi"}, "unsigned_value", "@moi"),
        ({"name": None}, "unsigned_value", "null"),
        ({"@index": "x"}, "unsigned_value", "@index"),
        ({"@graph": []}, "unsigned_value", "@graph"),
        ({"_:p": "x"}, "unsigned_value", "_:p"),
        ({"name": {"@value": "x", "@direction": "rtl"}}, "unsigned_value", "@direction"),
        ({"name": {"@value": "x", "@language": "fr fr"}}, "unsigned_value", "fr fr"),
    ],
)  # fmt: skip
def test_what_a_signature_would_not_cover_is_refused(changes: dict[str, Any], code: str, seen: str) -> None:
    with pytest.raises(CredentialError) as caught:
        canonical_rdf(badge(**changes))
    assert caught.value.code == code
    assert seen in caught.value.problem.values.values()


KINDS = st.lists(
    st.sampled_from(
        ["AchievementSubject", "Achievement", "Profile", "Result", "Evidence", "ClrSubject", "ClrCredential", "Image",
         "VerifiableCredential", "OpenBadgeCredential", "AchievementCredential", "IdentityObject"]
    ), min_size=1, max_size=4,
)  # fmt: skip
FIELDS = st.dictionaries(
    st.sampled_from(
        ["name", "partial", "identifier", "achievement", "role", "genre", "caption", "hashed", "tag", "image", "value",
         "issuer", "validFrom", "association", "encodedList", "creditsEarned", "familyName", "url", "status"]
    ), words | st.booleans() | st.integers(0, 9) | urls, max_size=4,
)  # fmt: skip


@settings(max_examples=150)
@given(KINDS, FIELDS, KINDS, FIELDS)
def test_whatever_the_types_of_a_node_what_is_accepted_has_the_form_of_another_implementation(
    outer: list[str], fields: dict[str, Any], inner: list[str], deep: dict[str, Any]
) -> None:
    contexts = [CREDENTIALS, RECORDS, OPEN_BADGES]
    node = {"type": inner, **deep}
    document = {"@context": contexts, "type": outer, **fields, "endorsement": [node], "description": "x"}
    try:
        found = canonical_rdf(document)
    except CredentialError as error:
        assert error.code in ("undefined_term", "bad_address", "unsigned_value", "invalid_linked_data")
    else:
        assert found == by_pyld(document)


def test_the_contexts_of_all_types_of_a_node_apply() -> None:
    """pyoxigraph applies the last alone: without care, ``partial`` would be dropped from this record."""
    record = badge(partial=False, type=["VerifiableCredential", "ClrCredential"])
    record["@context"] = [CREDENTIALS, RECORDS, OPEN_BADGES, *record["@context"][2:]]
    assert b'#partial> "false"' in canonical_rdf(record)
    assert canonical_rdf(record) == by_pyld(record)
    for forged in ("~", "x-parchemin-undefined:all-types"):
        assert refused(record | {"type": [*record["type"], forged]}) == "undefined_term"
        assert refused(record | {forged: "x"}) in ("undefined_term", "unsigned_value")


def test_a_document_without_a_vocabulary_is_refused() -> None:
    document = badge()
    del document["@context"]
    assert refused(document) == "no_context"


def test_terms_are_watched_even_where_a_context_forgets_them_all() -> None:
    inner = badge() | {"mention": "x"}
    inner.pop("@context")
    presentation = {"@context": [CREDENTIALS], "type": ["VerifiablePresentation"], "verifiableCredential": [inner]}
    assert refused(presentation) == "undefined_term"


def test_a_small_document_cannot_be_made_huge_by_its_contexts() -> None:
    node = {"@context": [CREDENTIALS, OPEN_BADGES], "type": ["Profile"]}
    assert refused(badge(endorsement=[node] * 300)) == "too_many_contexts"
    assert canonical_rdf(badge(endorsement=[node] * 20))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\tb", r"a\tb"),
        ("a\bb\fc", r"a\bb\fc"),
        ("a\r\nb", r"a\r\nb"),
        ("\x00\x0b\x1f\x7f", r"\u0000\u000B\u001F\u007F"),
        ('« \\ " »', r"« \\ \" »"),
        ("\u0085\u2028\U0001f393", "\u0085\u2028\U0001f393"),
    ],
)
def test_texts_are_written_as_canonical_n_quads(text: str, written: str) -> None:
    assert f'<https://schema.org/name> "{written}" .'.encode() in canonical_rdf(badge(name=text))


def test_a_tagged_text_keeps_its_language() -> None:
    assert b'"Titre"@fr .' in canonical_rdf(badge(name={"@value": "Titre", "@language": "fr"}))


def test_the_order_of_keys_says_nothing() -> None:
    document = badge()
    assert canonical_rdf(dict(reversed(document.items()))) == canonical_rdf(document)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ({"b": 1, "a": [True, None, "é\n"]}, '{"a":[true,null,"é\\n"],"b":1}'),
        ({"\u20ac": 1, "\r": 2, "1": 3}, '{"\\r":2,"1":3,"€":1}'),
        ({"n": 1e21, "m": 4.50, "z": -0.0}, '{"m":4.5,"n":1e+21,"z":0}'),
    ],
)
def test_json_is_canonical(value: dict[str, Any], form: str) -> None:
    assert canonical_json(value).decode() == form
    assert canonical_json(json.loads(form)).decode() == form


@pytest.mark.parametrize("value", [{"n": 2**60}, {"n": float("nan")}, {"n": object()}])
def test_json_that_has_no_canonical_form_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(CredentialError):
        canonical_json(value)
