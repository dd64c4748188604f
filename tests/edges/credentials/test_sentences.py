"""Every problem has its sentence, in both languages, and every sentence its problem."""

import re
from pathlib import Path

import pytest

from parchemin.edges import credentials
from parchemin.edges.credentials.problems import CredentialError, Problem
from parchemin.edges.credentials.sentences import SENTENCES
from parchemin.edges.credentials.verifying import COULD_NOT_TELL

MODULES = sorted(Path(credentials.__file__).parent.glob("*.py"))
RAISED = re.compile(r'(?:CredentialError|Problem)\(\s*"([a-z_]+)"|"(revoked|suspended)"')
FIELD = re.compile(r"\{(\w+)\}")


def test_the_sentences_are_those_of_the_problems_there_are() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in MODULES if path.name != "sentences.py")
    raised = {code or other for code, other in RAISED.findall(source)}
    assert raised == set(SENTENCES)
    assert set(SENTENCES) > COULD_NOT_TELL


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_says_the_same_in_both_languages(code: str) -> None:
    french, english = SENTENCES[code]["fr"], SENTENCES[code]["en"]
    assert set(FIELD.findall(french)) == set(FIELD.findall(english))
    for text in (french, english):
        assert (text.endswith((".", "}")) and text[0] in "«“{") or text[0].isupper()
    values = dict.fromkeys(FIELD.findall(french), "{x} « é »")
    assert "{x} « é »" in Problem(code, values).sentence("fr") or not values
    assert str(CredentialError(code, **values)).startswith(f"{code}: ")
