"""The frozen contexts: their content, and that nothing else is ever looked for."""

import re
from hashlib import sha256
from typing import Any

import pytest

from parchemin.edges.credentials.canonical import canonical_rdf
from parchemin.edges.credentials.compiled import SCHEMES
from parchemin.edges.credentials.loading import FILES, FOLDER, context
from parchemin.edges.credentials.problems import CredentialError
from tests.edges.credentials.cast import STANDARDS, badge, sample, with_samples

ROW = re.compile(r"^\| `([^`]+)` \| (\S+) \| .* \| `([0-9a-f]{64})` \|$", re.MULTILINE)
ROWS = {url: (file, digest) for file, url, digest in ROW.findall((FOLDER / "README.md").read_text(encoding="utf-8"))}


def test_the_readme_names_every_context_and_no_other() -> None:
    assert {url: file for url, (file, _) in ROWS.items()} == FILES
    assert {path.name for path in FOLDER.iterdir()} == {*FILES.values(), "README.md"}


@pytest.mark.parametrize("url", FILES)
def test_each_context_is_the_one_that_was_frozen(url: str) -> None:
    file, digest = ROWS[url]
    assert sha256((FOLDER / file).read_bytes()).hexdigest() == digest


def test_the_first_context_is_the_one_the_recommendation_publishes_the_digest_of() -> None:
    _, digest = ROWS["https://www.w3.org/ns/credentials/v2"]
    assert digest == "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"


@with_samples
def test_each_context_is_a_copy_of_what_its_author_publishes() -> None:
    published = {sha256(path.read_bytes()).hexdigest() for path in STANDARDS.rglob("*.json*") if path.is_file()}
    assert {digest for _, digest in ROWS.values()} <= published


@pytest.mark.parametrize("url", ["https://example.com/context.json", "http://www.w3.org/ns/credentials/v2", "", "x"])
def test_an_unknown_context_is_an_error_that_names_it(url: str) -> None:
    with pytest.raises(CredentialError) as caught:
        canonical_rdf(badge(**{"@context": [url]}))
    assert caught.value.code == "unknown_context"
    assert caught.value.problem.values == {"url": url}


@pytest.mark.parametrize("given", [{"@vocab": "https://x.test/"}, None, [{"a": "https://x.test/a"}], 3])
def test_a_document_may_not_define_its_own_terms(given: Any) -> None:
    with pytest.raises(CredentialError) as caught:
        canonical_rdf(badge(**{"@context": given}))
    assert caught.value.code == "inline_context"


def terms(definition: Any) -> set[str]:
    if isinstance(definition, list):
        return {term for one in definition for term in terms(one)}
    if not isinstance(definition, dict):
        return set()
    return set(definition) | {term for value in definition.values() for term in terms(value)}


def test_no_context_rewrites_the_schemes_of_addresses() -> None:
    schemes = {scheme.partition(":")[0] for scheme in SCHEMES}
    for url in FILES:
        assert not schemes & terms(context(url))


def test_what_is_held_is_what_is_used() -> None:
    assert sample(FOLDER / "ob-v3p0-3.0.3.json")["@context"] == context(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
    )
