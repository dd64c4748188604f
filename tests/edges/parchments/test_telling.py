"""From a certificate that a body issued to the paper that its holder frames."""

from datetime import timedelta

import pytest

from parchemin.edges.credentials import carried
from parchemin.edges.parchments.telling import printed
from parchemin.records.awards.actions.issuing import issue_statement
from parchemin.records.awards.models import Certificate
from parchemin.records.awards.numbers import grouped
from tests.edges.awarding import signed
from tests.edges.letters.cast import read as read_pdf
from tests.records.awards.bench import ISSUED_AT, ISSUED_ON, decided, given, housed, told
from tests.records.juries.bench import Bench
from tests.web.cast import ALTERNANCE, FEST, Cast

ADDRESS = "https://certif.example/verifier/{}/"


def paper(row: Certificate, **more: object) -> bytes:
    credential = getattr(row, "credential", None)
    return printed(
        row.told,
        address=ADDRESS.format(grouped(row.number)),
        at=ISSUED_AT,
        credential=credential.text if credential else "",
        **more,  # type: ignore[arg-type]
    )


def said(content: bytes) -> str:
    text = read_pdf(content).text
    for sign, plain in (("\u202f", " "), ("\u00a0", " "), ("’", "'")):
        text = text.replace(sign, plain)
    return " ".join(text.split())


def test_the_whole_certification(cast: Cast, bench: Bench) -> None:
    (row,) = given(told(bench), cast.manager)
    signed()
    row = Certificate.objects.get(pk=row.pk)
    content = paper(row)
    words = said(content)
    for wanted in (row.told["title"], "Odile", "Fictive", "9 mars 1984", "Nantes", "27 mars 2026", "Camille Fictive"):
        assert wanted in words, wanted
    assert row.number in words.replace(" ", "")
    assert carried(content) == row.credential.text
    again = said(paper(row, duplicate_on=ISSUED_ON + timedelta(days=9)))
    assert "DUPLICATA" in again.upper() and "DUPLICATA" not in words.upper()


def test_a_block_and_a_statement(cast: Cast) -> None:
    housed(cast, ALTERNANCE)
    row, _other = given(decided(cast, ALTERNANCE, "apprenticeship", "partial", ("B1", "B3"), "B2"), cast.manager)
    words = said(paper(row))
    assert row.told["title"] in words and row.told["certification"] in words


def test_what_certifies_nothing_says_so(cast: Cast) -> None:
    housed(cast, FEST)
    hearing = decided(cast, FEST, "continuing", "none", ("A1-C1",), "A1-C2")
    row = issue_statement(hearing=hearing, by=cast.manager, at=ISSUED_AT, on=ISSUED_ON)
    words = said(paper(row))
    assert "A1-C1" in words and "A1-C2" in words


@pytest.mark.parametrize("name", ["Nguyễn", "Zażółć", "O’Sullivan-Lemaître"])
def test_names_of_everywhere_are_printed_whole(cast: Cast, bench: Bench, name: str) -> None:
    (row,) = given(told(bench), cast.manager)
    text = row.told | {"holder": row.told["holder"] | {"birth_name": name}}
    content = printed(text, address=ADDRESS.format(grouped(row.number)), at=ISSUED_AT)
    assert name.replace("’", "'") in said(content)
