"""Whatever is typed, a letter is written, says what was typed, and runs nothing of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parchemin.edges.letters import Appeal, Kind, Letter, Recipient, Said, Sender, Signature, pdf, text, written
from tests.edges.letters.cast import DATED, decision, finding, letter, override, read, squeezed

MARKUP = [
    '#eval("1 + 1")', "#{panic()}", "]", "[[", "$ x^2 $", "*gras* _italique_", "`code`", "<étiquette>", "@renvoi",
    "// fin", "/* fin", "\\u{41}", "= Titre", "- liste", '"', "'", "{x}", "{0}", "%(x)s", "%s", "\\", "#import \"a\"",
]  # fmt: skip


def filled(value: str) -> Letter:
    """A letter with that text wherever one can be written."""
    inner = finding(value, parts=(finding(value), finding(value, parts=(finding(value),))))
    return Letter(
        kind=Kind.REFUSED,
        reference=value,
        dated_on=DATED,
        place=value,
        sender=Sender(name=value, address=(value,), email=value),
        recipient=Recipient(name=value, address=(value, value)),
        certification=value,
        candidacy=value,
        subject=value,
        salutation=value,
        opening=(value, Said(value, value)),
        decision=decision(finding(value), inner, finding(value, override=override(value)), scheme=value),
        next_steps=(value,),
        appeal=Appeal(how=value),
        closing=(value,),
        signature=Signature(name=value, quality=value),
    )


@pytest.mark.parametrize("value", MARKUP)
def test_markup_is_only_text(value: str) -> None:
    both = written(letter(opening=(f"a {value} z", Said(value, value)), decision=decision(finding(f"b {value} c"))))
    typeset = squeezed(value)
    for said in (squeezed(both.text), squeezed(read(both.pdf).text)):
        assert f"a{typeset}z" in said
        assert f"b{typeset}c" in said
    assert squeezed(read(both.pdf).text) == squeezed(both.text)
    assert read(pdf(filled(value))).is_tagged


@pytest.mark.parametrize("value", ["", " ", "\n\n\n", "\t", "\x00\x07\x1b", "\ud800", "\u202e\u2066\u200f", "\ufeff"])
def test_empty_and_invisible_texts_leave_a_letter(value: str) -> None:
    both = written(filled(value))
    assert both.subject == "Votre demande n’est pas recevable"
    assert read(both.pdf).metadata["Title"] == both.subject
    assert all(character.isprintable() or character in "\n\u202f\u00a0" for character in both.text)


@pytest.mark.parametrize("value", ["x" * 10_000, "mot " * 2_500, "é" * 10_000, "#" * 10_000])
def test_very_long_texts_stay_inside_the_page(value: str) -> None:
    both = written(letter(opening=(value,), recipient=Recipient(name=value[:1000], address=("42100 Saint-Étienne",))))
    assert squeezed(read(both.pdf).text) == squeezed(both.text)
    assert max(map(len, both.text.splitlines())) <= 72


def test_a_long_reference_is_shortened_at_the_foot_only() -> None:
    reference = "R" * 300
    seen = read(pdf(letter(reference=reference)))
    assert reference in squeezed(seen.text)
    assert "R" * 59 + "…" in squeezed(seen.feet[0])
    assert "R" * 60 not in squeezed(seen.feet[0])


@pytest.mark.parametrize(("value", "missing"), [("😀", "😀"), ("שלום", "שלום"), ("مرحبا", "مرحبا"), ("漢字", "漢字")])
def test_what_the_fonts_lack_is_told_and_stays_in_the_email(value: str, missing: str) -> None:
    both = written(letter(opening=(f"Nom : {value}.",)))
    assert set(both.unprintable) == set(missing)
    assert value in both.text
    assert "□" * len(set(value)) in read(both.pdf).text


@pytest.mark.parametrize(
    "value",
    [
        "àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ",
        "ąćęłńóśźżčďěňřšťůžőűğışțđøåß ĀĒĪŌŪ",
        "✓ ✗ ? ! – — … € § ° « » “ ” ’ №",
        "Ωμέγα Жуков",
    ],
)
def test_names_of_europe_and_signs_are_drawn(value: str) -> None:
    both = written(letter(opening=(value,)))
    assert both.unprintable == ""
    assert squeezed(value) in squeezed(read(both.pdf).text)


def test_what_can_be_written_otherwise_is() -> None:
    both = written(letter(opening=("e\u0301te\u0301 ﬀ Ａ Ⅷ z\u0363",)))
    assert both.unprintable == ""
    assert "été ff A VIII z" in read(both.pdf).text.replace("ff", "ff")
    assert "été" in both.text


def test_lines_of_all_systems_are_lines() -> None:
    assert "un\ndeux\ntrois\nquatre\n\n" in text(letter(opening=("un\r\ndeux\rtrois\u2028quatre",)))


def test_letters_may_be_asked_for_at_once() -> None:
    letters = [letter(reference=f"R{number}") for number in range(24)]
    alone = [pdf(one) for one in letters]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(pdf, letters)) == alone


@settings(max_examples=60)
@given(st.text(st.characters(), max_size=80))
def test_any_text_makes_a_letter(value: str) -> None:
    both = written(filled(value))
    assert both.pdf.startswith(b"%PDF-1.7")
    assert all(len(line) <= 72 or "://" in line for line in both.text.split("\n"))


@settings(max_examples=40)
@given(st.text(st.characters(codec="latin-1", exclude_categories=("Cc", "Cf", "Zs")), max_size=120))
def test_any_western_text_is_on_both_faces(value: str) -> None:
    both = written(letter(opening=(f"<{value}>",)))
    assert both.unprintable == ""
    assert squeezed(read(both.pdf).text) == squeezed(both.text)
