"""The standard words of the letters."""

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import parchemin.edges.letters
from parchemin.core.errors import Misuse
from parchemin.edges.letters import Kind, Said, standard
from tests.edges.letters.cast import VALUES, needs

TABLE: dict[str, dict[str, Any]] = tomllib.loads(
    Path(parchemin.edges.letters.__file__).with_name("wordings.toml").read_text(encoding="utf-8")
)


def shape(node: object) -> object:
    """What both languages must have in common: the same sentences, which need the same values."""
    if isinstance(node, str):
        return sorted({name for _, name, _, _ in Formatter().parse(node) if name})
    if isinstance(node, dict):
        return {key: [] if key == "label" else shape(value) for key, value in node.items()}
    assert isinstance(node, list)
    return [shape(inner) for inner in node]


def test_there_are_words_for_every_kind_and_no_other() -> None:
    assert set(TABLE) == {kind.value for kind in Kind}


@pytest.mark.parametrize("kind", Kind)
def test_both_languages_say_as_much(kind: Kind) -> None:
    entry = TABLE[kind]
    assert set(entry) <= {"fr", "en", "needs"}
    assert set(entry["fr"]) <= {"subject", "opening", "next_steps", "closing"}
    assert shape(entry["fr"]) == shape(entry["en"])


@pytest.mark.parametrize("kind", Kind)
def test_words_are_typed_with_real_apostrophes_and_state_no_figure(kind: Kind) -> None:
    written = str(list(TABLE[kind]["fr"].values())).replace("\\'", "'")
    assert not re.search(r"\w'\w", written)
    assert not re.search(r"\d", re.sub(r"{\w+}", "", written))


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_a_kind_needs_is_asked(kind: Kind, language: Any) -> None:
    needed = {name: VALUES[name] for name in needs(kind)}
    assert standard(kind, language=language, values=needed).subject
    for name in needed:
        with pytest.raises(Misuse, match=f"missing_value.*{name}"):
            standard(kind, language=language, values={**needed, name: " "})


def test_a_sentence_whose_value_is_not_given_is_left_out() -> None:
    without = standard(Kind.RECEIVED, language="fr")
    given = standard(Kind.RECEIVED, language="fr", values={"due_on": date(2027, 1, 1), "received_on": None})
    assert given.opening == (*without.opening, "Nous vous répondrons au plus tard le 1er\u00a0janvier\u00a02027.")
    assert without.opening[0] == "Votre demande nous est bien parvenue."


def test_reasons_stand_under_their_label() -> None:
    words = standard(Kind.REFUSED, language="en", values={"reasons": "Trop court {x}."})
    assert Said("Reason", "Trop court {x}.") in words.opening
    assert Said("Reason", "") not in standard(Kind.REFUSED, language="en", values={"reasons": ""}).opening


@pytest.mark.parametrize("given", [date(2026, 2, 1), "2026-02-01", datetime(2026, 2, 1, 8)])
def test_dates_are_told_in_words(given: object) -> None:
    told = standard(Kind.CONFIRMATION_DUE, language="en", values={"due_on": given})
    assert "1\u00a0February\u00a02026" in str(told.opening[0]).replace("\\xa0", "\u00a0")


def test_misuse_is_named() -> None:
    with pytest.raises(Misuse, match=r"unknown_value.*raisons.*known=.*reasons"):
        standard(Kind.REFUSED, language="fr", values={"raisons": "x"})
    with pytest.raises(Misuse, match=r"not_a_date.*due_on.*demain"):
        standard(Kind.RECEIVED, language="fr", values={"due_on": "demain"})
