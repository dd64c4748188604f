"""What cannot be printed is told: what, where, and what to do. Nothing is dropped or replaced in silence."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parchemin.edges.parchments import (
    Block,
    MinutesLine,
    ParchmentRefusedError,
    missing_characters,
    own_lines,
    parchment_pdf,
)
from parchemin.edges.parchments.problems import SENTENCES
from parchemin.edges.parchments.setting import exact
from parchemin.fonts.characters import in_serif
from tests.edges.letters.cast import read, squeezed
from tests.edges.parchments.cast import (
    AT,
    CERTIFICATION,
    NOUR,
    block_certificate,
    certificate,
    extract,
    house,
    statement,
    supplement,
)

LATIN = "abcdefghijklmnopqrstuvwxyzàâäæçéèêëîïôöœùûüÿABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸñßłżźćřčšđøåạếồữ -'"
LINE = MinutesLine(candidacy="2026-0042", subject="Certification", decision="Délivrée")


def code_of(action: Any) -> str:
    """The code of the refusal an action ends in."""
    with pytest.raises(ParchmentRefusedError) as caught:
        action()
    assert "{" not in caught.value.problem.sentence
    return caught.value.problem.code


@pytest.mark.parametrize("name", ["محمد", "משה", "王伟", "किरण", "Nour 🎓", "ᚠᛇᚻ", "Ana\u0489"])
def test_a_name_the_fonts_lack_is_told_and_not_printed(name: str) -> None:
    made = certificate(holder=replace(NOUR, name=name))
    assert missing_characters(made) == {"nom": "".join(sorted(set(name) - in_serif()))}
    with pytest.raises(ParchmentRefusedError) as caught:
        parchment_pdf(made, AT)
    assert caught.value.problem.code == "missing_characters"
    assert f"U+{ord(sorted(set(name) - in_serif())[0]):04X}" in caught.value.problem.sentence


@pytest.mark.parametrize(
    ("made", "where"),
    [
        (certificate(holder=replace(NOUR, first_names="נור")), "prénoms"),
        (certificate(holder=replace(NOUR, usage_name="王")), "nom d'usage"),
        (certificate(holder=replace(NOUR, born_at="東京")), "lieu de naissance"),
        (certificate(certification=replace(CERTIFICATION, title="Pâtissier 🍰")), "intitulé"),
        (certificate(house=house(place="東京")), "lieu de délivrance"),
        (certificate(house=house(wording={"certificate_heading": "証"})), "formules de l'organisme"),
        (supplement(skills=("Réparer", "修理")), "compétences"),
        (extract(lines=(replace(LINE, words="可"),)), "termes d'une ligne"),
    ],
)
def test_every_text_is_looked_at(made: Any, where: str) -> None:
    assert list(missing_characters(made)) == [where]
    assert code_of(lambda: parchment_pdf(made, AT)) == "missing_characters"


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(categories=("L", "Nd")), min_size=1, max_size=12))
def test_a_name_is_printed_whole_or_refused(name: str) -> None:
    made = certificate(holder=replace(NOUR, name=name))
    lacking = missing_characters(made)
    if lacking:
        assert code_of(lambda: parchment_pdf(made, AT)) == "missing_characters"
        assert set(lacking["nom"]) <= set(exact(name)) - in_serif()
    else:
        assert squeezed(exact(name)) in squeezed(read(parchment_pdf(made, AT)).text)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=LATIN, min_size=1, max_size=30).filter(lambda name: name.strip(" -'")))
def test_a_latin_name_is_printed_whole(name: str) -> None:
    made = certificate(holder=replace(NOUR, name=name))
    assert squeezed(exact(name)) in squeezed(read(parchment_pdf(made, AT)).text)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (certificate(holder=replace(NOUR, name=" ")), "empty"),
        (certificate(holder=replace(NOUR, first_names="")), "empty"),
        (certificate(number=" "), "empty"),
        (certificate(certification=replace(CERTIFICATION, title="")), "empty"),
        (supplement(certification=replace(CERTIFICATION, title="")), "empty"),
        (block_certificate(block=Block(code="", title="Accueillir")), "empty"),
        (block_certificate(block=Block(code="BC01", title=" ")), "empty"),
        (certificate(address=""), "bad_address"),
        (certificate(address="verification.exemple.fr/c/1"), "bad_address"),
        (certificate(address="http://verification.exemple.fr/c/1"), "bad_address"),
        (certificate(address="javascript:alert(1)"), "bad_address"),
        (certificate(address="https://vérification.exemple.fr/c/1"), "bad_address"),
        (certificate(address="https://exemple.fr/c/1 2"), "bad_address"),
        (certificate(address="https://exemple.fr/" + "x" * 200), "bad_address"),
        (certificate(address="https:///c/1"), "bad_address"),
        (certificate(address="https://[::1/c/1"), "bad_address"),
        (statement(address="ftp://exemple.fr"), "bad_address"),
        (extract(address="exemple.fr"), "bad_address"),
        (certificate(certification=replace(CERTIFICATION, title="Très long intitulé " * 120)), "too_long"),
        (block_certificate(block=Block(code="BC01", title="Très long intitulé " * 300)), "too_long"),
    ],
)  # fmt: skip
def test_what_is_empty_or_does_not_fit_is_refused(made: Any, code: str) -> None:
    assert code_of(lambda: parchment_pdf(made, AT)) == code


def test_one_s_own_machine_may_be_checked_without_tls() -> None:
    assert parchment_pdf(certificate(address="http://127.0.0.1:8000/c/1"), AT)
    assert parchment_pdf(certificate(address="http://localhost:8000/c/1"), AT)


@pytest.mark.parametrize("credential", [b"", b"[]", b'"x"', b"{", b"\xff{}", b'{"a": 1', "{}".encode("utf-16")])
def test_a_credential_that_is_no_json_object_is_refused(credential: bytes) -> None:
    assert code_of(lambda: parchment_pdf(certificate(), AT, credential)) == "bad_credential"


def test_an_instant_without_a_zone_is_refused() -> None:
    assert code_of(lambda: parchment_pdf(certificate(), datetime(2026, 3, 20))) == "naive_instant"


def test_a_language_that_is_not_planned_is_refused() -> None:
    assert code_of(lambda: supplement(language="de")) == "unknown_language"
    assert code_of(lambda: supplement(written_in="de")) == "unknown_language"


def test_an_extract_holds_the_lines_of_one_person_only() -> None:
    other = replace(LINE, candidacy="2026-0043", decision="Refusée")
    assert own_lines((other, LINE, other), "2026-0042") == (LINE,)
    assert code_of(lambda: extract(lines=(LINE, other))) == "foreign_line"
    assert code_of(lambda: extract(lines=own_lines((other,), "2026-0042"))) == "no_line"


def test_every_refusal_has_a_sentence_that_ends() -> None:
    assert all(sentence.endswith(".") and "  " not in sentence for sentence in SENTENCES.values())
