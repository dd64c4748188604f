"""Formal records on paper: tagged, archived, the same each time, their text copied whole."""

from datetime import UTC, datetime
from typing import Any

from parchemin.edges.letters import Part, Record, Table, record_pdf
from tests.edges.letters.cast import read, squeezed

AT = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
SEATS = Table(
    head=("Nom", "Siège", "Présence"),
    rows=(("Alix Fictif", "Employeurs", "Présente"), ("Cyriane Fictif", "Salariés\net cadres", "—")),
    widths=(3, 3, 2),
)
LINE = Part(
    title="1. Odile Fictive — 2026-0001",
    level=3,
    facts=(("Décision", "Certification délivrée"), ("Règles", "Le jury est paritaire.\nVu : deux et deux (l. 24).")),
    table=Table(head=("Partie", "Décision"), rows=(("C1 Accueillir", "acquis"),), widths=(3, 1)),
)
WORDS = "Un incident sans gravité. " * 3


def record(**changes: Any) -> Record:
    fields: dict[str, Any] = {
        "language": "fr",
        "title": "Procès-verbal PV2026-0001",
        "author": "Commission fictive",
        "mark": "PROJET",
        "facts": (("Session", "J2026-0001, le 20 mars 2026"),),
        "parts": (Part(title="Membres", table=SEATS), Part(title="Incidents", paragraphs=(WORDS,)), LINE),
        "footer": "PV2026-0001 — empreinte 01234567",
    }
    return Record(**(fields | changes))


def texts(value: object) -> list[str]:
    """Every text of a record, in reading order, but those that are not printed in its body."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for one in value for text in texts(one)]
    if isinstance(value, Table):
        return texts((value.head, value.rows))
    if isinstance(value, Part):
        return texts((value.title, value.facts, value.paragraphs, value.table))
    if isinstance(value, Record):
        return texts((value.mark, value.title, value.facts, value.parts))
    return []


def test_its_text_is_copied_whole_and_in_reading_order() -> None:
    made = record()
    found = squeezed(read(record_pdf(made, AT)).text)
    place = 0
    for text in texts(made):
        place = found.find(squeezed(text), place)
        assert place >= 0, text


def test_it_is_tagged_and_archived_with_one_output_intent() -> None:
    pdf = record_pdf(record(), AT)
    seen = read(pdf)
    assert seen.is_tagged
    assert {"H1", "H2", "H3", "Table", "TH", "TD", "P"} <= seen.tags
    assert b"pdfuaid:part" in pdf and b"pdfaid:part" in pdf
    assert pdf.count(b"/Type/OutputIntent/") == 1
    assert seen.metadata["Title"] == "Procès-verbal PV2026-0001"
    assert seen.metadata["Author"] == "Commission fictive"


def test_its_fonts_are_embedded() -> None:
    fonts = read(record_pdf(record(), AT)).fonts
    assert fonts and all(is_embedded for _, is_embedded in fonts)
    assert all(name.startswith("SourceSerif4") for name, _ in fonts)


def test_the_same_record_gives_the_same_bytes() -> None:
    assert record_pdf(record(), AT) == record_pdf(record(), AT)
    assert record_pdf(record(), AT) != record_pdf(record(mark=""), AT)


def test_what_is_typed_is_never_read_as_layout() -> None:
    hostile = 'Bonjour #let x = 1 *gras* _x_ [a] $b$ \\ " <e> // rien /* non */ = titre - puce @ref `c`'
    made = record(
        title=hostile, mark=hostile, facts=((hostile, hostile),), parts=(Part(title=hostile, paragraphs=(hostile,)),)
    )
    assert squeezed(read(record_pdf(made, AT)).text).count(squeezed(hostile)) == 6


def test_a_part_without_anything_in_it_and_a_record_without_parts_are_laid_out() -> None:
    assert read(record_pdf(record(parts=(Part(title="Décisions"),), facts=(), mark=""), AT)).is_tagged
    assert read(record_pdf(record(parts=()), AT)).is_tagged


def test_each_page_says_what_it_is_of_how_many() -> None:
    pdf = record_pdf(record(parts=(Part(title="Décisions"), *(LINE,) * 30)), AT)
    text = read(pdf).text
    pages = text.count("empreinte 01234567")
    assert pages > 2
    assert f"Page {pages}/{pages}" in text
