"""JSON from outside has one meaning, or is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import DEEPEST, read_object


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "repeated_key"),
        ('{"a": NaN}', "bad_number"),
        ('{"a": 1e999}', "bad_number"),
        ('{"a": 9007199254740993}', "bad_number"),
        ('{"a": 3.3e20}', "bad_number"),
        ('{"a": "\\ud800"}', "bad_text"),
        ('{"\\udc00": 1}', "bad_text"),
        ("[1]", "not_an_object"),
        ('"texte"', "not_an_object"),
        ("{", "not_json"),
        ("", "not_json"),
        (b"\xff\xfe{", "not_json"),
        (b'{"a": "\xe9"}', "not_json"),
        ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", "not_json"),
        ('{"a":' + "[" * DEEPEST + "]" * DEEPEST + "}", "too_deep"),
        (" " * 5_000_000, "too_large"),
    ],
)
def test_ambiguous_or_excessive_json_is_refused(content: str | bytes, code: str) -> None:
    with pytest.raises(CredentialError) as caught:
        read_object(content)
    assert caught.value.code == code


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), plain))
def test_plain_json_is_read_as_it_is(value: dict[str, Any]) -> None:
    assert read_object(json.dumps(value)) == value
    assert read_object(json.dumps(value, ensure_ascii=False).encode()) == value
