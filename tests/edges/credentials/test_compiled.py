"""Compiled forms are always the forms of the whole algorithm."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parchemin.edges.credentials import compiled
from parchemin.edges.credentials.canonical import FULL
from parchemin.edges.credentials.compiled import CompiledForms
from parchemin.edges.credentials.integrity import RDFC, sign
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.templates import MARK
from tests.edges.credentials.cast import (
    AT,
    BADGE_SAMPLES,
    KEY,
    RECORD_SAMPLES,
    STANDARDS,
    Json,
    badge,
    bare,
    changed,
    sample,
    urls,
    with_samples,
    words,
)

FORMS = CompiledForms()

any_text = st.text(st.characters(codec="utf-8"))
addresses = (
    urls
    | st.sampled_from(
        ["urn:uuid:1", "did:web:certif.example", "https://certif.example/titres/1", "_:b0", "x", "", "a:b"]
    )
    | any_text
)


def outcome(forms: Any, document: Json) -> bytes | str:
    try:
        found = forms.rdf(document)
        assert isinstance(found, bytes)
        return found
    except CredentialError as error:
        return error.code


@settings(max_examples=250)
@given(
    name=any_text,
    narrative=any_text,
    tags=st.lists(any_text, max_size=2),
    id=addresses,
    subject=addresses,
    achievement=addresses,
    creator=addresses,
    hashed=st.booleans(),
    evidence=st.integers(0, 2),
)
def test_any_values_give_the_form_or_the_refusal_of_the_whole_algorithm(
    name: str,
    narrative: str,
    tags: list[str],
    id: str,
    subject: str,
    achievement: str,
    creator: str,
    hashed: bool,
    evidence: int,
) -> None:
    document = badge(name=name, id=id, evidence=[{"type": ["Evidence"], "name": name}] * evidence)
    path = ("credentialSubject", "achievement")
    document = changed(document, "credentialSubject", "id", to=subject)
    document = changed(document, *path, "id", to=achievement)
    document = changed(document, *path, "tag", to=tags)
    document = changed(document, *path, "criteria", "narrative", to=narrative)
    document = changed(document, *path, "creator", to={"id": creator, "type": ["Profile"], "name": name})
    document = changed(document, "credentialSubject", "identifier", 0, "hashed", to=hashed)
    assert outcome(FORMS, document) == outcome(FULL, document)


RESULT: Json = {
    "id": "urn:uuid:1",
    "type": ["ResultDescription"],
    "name": "Note",
    "resultType": "LetterGrade",
    "allowedValue": ["A", "B"],
}


@pytest.mark.parametrize("same", [False, True])
def test_nodes_that_are_the_same_are_merged_as_the_whole_algorithm_does(same: bool) -> None:
    other = RESULT | {"id": "urn:uuid:1" if same else "urn:uuid:2"}
    for names in (("Note", "Note"), ("Note", "Autre")):
        document = changed(
            badge(), "credentialSubject", "achievement", "resultDescription",
            to=[RESULT | {"name": names[0]}, other | {"name": names[1]}],
        )  # fmt: skip
        assert FORMS.rdf(document) == FULL.rdf(document)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": {"@value": "Titre", "@language": "fr"}},
        {"name": {"@value": "Titre", "@language": "en"}},
        {"name": ["Un", "Deux"]},
        {"mention": "bien"},
        {"name": None},
        {"name": "\ud800"},
        {"type": ["VerifiableCredential"]},
        {"type": "VerifiableCredential"},
        {"type": [["VerifiableCredential"]]},
        {"@context": ["https://www.w3.org/ns/credentials/v2"]},
        {"@context": []},
        {"evidence": []},
    ],
)
def test_another_shape_is_another_matter(changes: Json) -> None:
    forms = CompiledForms()
    forms.rdf(badge())
    for _ in range(2):
        assert outcome(forms, badge(**changes)) == outcome(FULL, badge(**changes))


@settings(max_examples=30)
@given(st.integers(-5, 5) | st.floats(-1e3, 1e3) | st.booleans())
def test_numbers_belong_to_the_shape(credits: float) -> None:
    document = changed(badge(), "credentialSubject", "creditsEarned", to=credits)
    assert FORMS.rdf(document) == FULL.rdf(document)


@with_samples
@pytest.mark.parametrize(
    "path",
    [
        BADGE_SAMPLES / "simple.json",
        RECORD_SAMPLES / "complex.json",
        STANDARDS / "openbadges" / "spec" / "examples" / "fullOpenBadge.json",
        BADGE_SAMPLES / "simple-err-issuer-type.json",
    ],
    ids=lambda path: path.name,
)
def test_official_samples_have_the_same_form(path: Path) -> None:
    document = bare(sample(path))
    for _ in range(2):
        assert outcome(FORMS, document) == outcome(FULL, document)


def test_a_document_cannot_pass_its_words_for_the_marks_of_slots() -> None:
    forms = CompiledForms()
    for mark in (f"{MARK}0", f"{MARK}1"):
        for changes in ({"type": ["VerifiableCredential", mark]}, {mark: "x"}, {"name": mark}):
            for id in (mark, "urn:uuid:2"):
                document = badge(id=id, **changes)
                assert outcome(forms, document) == outcome(FULL, document)


def test_what_is_undefined_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(CredentialError) as caught:
            FORMS.require_defined(badge(mention="bien"))
        assert caught.value.code == "undefined_term"
    FORMS.require_defined(badge())
    with pytest.raises(CredentialError):
        FORMS.require_defined(badge(name="\ud800"))


@given(words)
@settings(max_examples=20)
def test_signing_with_compiled_forms_gives_the_same_proof(name: str) -> None:
    document = badge(name=name)
    assert sign(document, KEY, created=AT, suite=RDFC, forms=FORMS) == sign(document, KEY, created=AT)


def test_shapes_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "MOST_SHAPES", 10)
    forms = CompiledForms()
    for number in range(25):
        document = {"@context": badge()["@context"], "type": ["Achievement"], "creditsAvailable": number}
        assert forms.rdf(document) == FULL.rdf(document)
    assert len(forms._addresses) <= 10
