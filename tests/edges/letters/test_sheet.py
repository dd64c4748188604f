"""Written works on paper: laid out as typed, the same each time, and read back by the inspection of uploads."""

from datetime import UTC, datetime
from io import BytesIO

from parchemin.edges.documents import inspect
from parchemin.edges.letters import Section, Sheet, missing_characters, sheet_pdf

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def sheet(*sections: Section) -> Sheet:
    return Sheet(
        language="fr",
        title="Écrit professionnel",
        author="Odile Fictive",
        about=("Titre fictif", "Odile Fictive"),
        sections=sections,
        footer="2026-0001",
    )


def test_a_text_keeps_its_paragraphs_and_its_lines() -> None:
    found = Section.of("4.1 \n Concevoir", "Un.\r\nDeux.\n\n \n\nTrois\x00 !\n")
    assert found == Section("4.1 Concevoir", ("Un.\nDeux.", "Trois !"))


def test_it_is_an_accessible_pdf_the_same_each_time() -> None:
    made = sheet(Section.of("4.1", "Bonjour #let x = 1 *gras* [x] $a$ \\"), Section.of("", "Fin"))
    pdf = sheet_pdf(made, AT)
    assert pdf == sheet_pdf(made, AT)
    assert b"pdfuaid:part" in pdf


def test_a_long_work_is_measured_as_any_upload() -> None:
    text = "\n\n".join("Un paragraphe qui dit quelque chose. " * 20 for _ in range(190))
    assert len(text) > 140_000
    found = inspect(BytesIO(sheet_pdf(sheet(Section.of("4.1", text)), AT)), "ecrit.pdf")
    assert not found.is_refused
    assert found.pages and 30 < found.pages < 80
    assert found.is_readable


def test_what_paper_cannot_show_is_told() -> None:
    assert missing_characters(["é œ € —", "漢 🎓\n"]) == {"漢", "🎓"}
