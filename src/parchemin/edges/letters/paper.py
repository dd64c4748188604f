"""The paper face of a letter: an accessible, archivable PDF laid out by Typst from the composed page."""

import json
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from parchemin.edges.letters.page import Page
from parchemin.fonts import FONTS
from parchemin.fonts.characters import for_paper

TEMPLATE = Path(__file__).with_name("letter.typ")
_LAYING_OUT = Lock()


def laid_out(page: Page, at: datetime) -> bytes:
    """The page as a PDF (PDF/UA-1 and PDF/A-3a, A4, fonts embedded) that says it was made ``at``.

    The same page and the same instant give the same bytes. What is written reaches the layout as JSON only, never as
    markup. One letter is laid out at a time.
    """
    written = json.dumps(for_paper(_as_tree(page)), ensure_ascii=False)
    with _LAYING_OUT:
        pdf = _compiler().compile(
            format="pdf", sys_inputs={"page": written}, pdf_standards=["ua-1", "a-3a"], timestamp=int(at.timestamp())
        )
    if not isinstance(pdf, bytes):
        raise TypeError(f"one PDF was expected, not {type(pdf).__name__}")
    return pdf


def _as_tree(page: Page) -> dict[str, object]:
    tree = asdict(page)
    if page.ruling:
        for shown_group, group in zip(page.ruling.groups, tree["ruling"]["groups"], strict=True):
            for shown, finding in zip(shown_group.findings, group["findings"], strict=True):
                finding["length"] = shown.length
    return tree


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True)
