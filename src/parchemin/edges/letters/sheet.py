"""A written work on paper: its title, then its texts under theirs, exactly as their author typed them."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from parchemin.edges.letters.letter import Language
from parchemin.edges.letters.typesetting import PARAGRAPHS
from parchemin.fonts import FONTS
from parchemin.fonts.characters import cleaned, for_paper, on_one_line, unprintable

TEMPLATE = Path(__file__).with_name("sheet.typ")
_LAYING_OUT = Lock()


@dataclass(frozen=True, slots=True)
class Section:
    """A text under its title; an empty title is not shown."""

    title: str
    paragraphs: tuple[str, ...]

    @classmethod
    def of(cls, title: str, text: str) -> "Section":
        """The section of a text as it was typed: an empty line ends a paragraph."""
        return cls(on_one_line(title), tuple(one for part in PARAGRAPHS.split(cleaned(text)) if (one := part.strip())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A work in reading order: ``about`` stands under the title, ``footer`` under each page beside its number."""

    language: Language
    title: str
    author: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    footer: str
    page_word: str = "Page"


def sheet_pdf(sheet: Sheet, at: datetime) -> bytes:
    """The sheet as a PDF (PDF/UA-1 and PDF/A-3a, A4, fonts embedded) made ``at``; the same gives the same bytes."""
    written = json.dumps(for_paper(asdict(sheet)), ensure_ascii=False)
    with _LAYING_OUT:
        pdf = _compiler().compile(
            format="pdf", sys_inputs={"sheet": written}, pdf_standards=["ua-1", "a-3a"], timestamp=int(at.timestamp())
        )
    if not isinstance(pdf, bytes):
        raise TypeError(f"one PDF was expected, not {type(pdf).__name__}")
    return pdf


def missing_characters(texts: Iterable[str]) -> set[str]:
    """The characters of these texts that paper can only show as □."""
    return unprintable([cleaned(text) for text in texts])


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True)
