"""A formal record on paper, such as minutes: facts under their labels, tables, paragraphs, in parts."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from parchemin.edges.letters.letter import Language
from parchemin.fonts import FONTS
from parchemin.fonts.characters import for_paper

TEMPLATE = Path(__file__).with_name("record.typ")
_LAYING_OUT = Lock()

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a head; ``widths`` are the shares of the columns, in the same order."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part under its title, at level 2 or 3: facts, then paragraphs, then a table; what is empty is not shown."""

    title: str
    level: int = 2
    facts: tuple[Fact, ...] = ()
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record in reading order; ``mark`` stands above its title while it is a draft, ``footer`` under each page."""

    language: Language
    title: str
    author: str
    mark: str = ""
    facts: tuple[Fact, ...] = ()
    parts: tuple[Part, ...] = field(default_factory=tuple)
    footer: str = ""
    page_word: str = "Page"


def record_pdf(record: Record, at: datetime) -> bytes:
    """The record as a PDF (PDF/UA-1 and PDF/A-3a, A4, fonts embedded) made ``at``; the same gives the same bytes."""
    written = json.dumps(for_paper(asdict(record)), ensure_ascii=False)
    with _LAYING_OUT:
        pdf = _compiler().compile(
            format="pdf", sys_inputs={"record": written}, pdf_standards=["ua-1", "a-3a"], timestamp=int(at.timestamp())
        )
    if not isinstance(pdf, bytes):
        raise TypeError(f"one PDF was expected, not {type(pdf).__name__}")
    return pdf


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True)
