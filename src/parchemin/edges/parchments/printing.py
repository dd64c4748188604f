"""Documents on paper: PDF/A-3a and PDF/UA-1, the signed credential inside, the same bytes each time."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from parchemin.edges.parchments.award_page import award_page
from parchemin.edges.parchments.colours import tint
from parchemin.edges.parchments.document_page import extract_page, statement_page, supplement_page
from parchemin.edges.parchments.guilloche import drawn, frame, medallion, rosette, traced
from parchemin.edges.parchments.parchment import (
    BlockCertificate,
    Certificate,
    MinutesExtract,
    Parchment,
    StatementOfResults,
    Supplement,
)
from parchemin.edges.parchments.pictures import as_svg
from parchemin.edges.parchments.problems import ParchmentRefusedError
from parchemin.edges.parchments.setting import broken, check_characters
from parchemin.edges.parchments.verification import check_address, qr_svg
from parchemin.fonts import FONTS

TEMPLATES = Path(__file__).parent
COUNT = re.compile(rb"/Type/Pages/Count (\d+)")
ONE_PAGE = frozenset({"certificate", "block"})
SHEET = (297, 210)
"""A4 as a landscape, in millimetres."""
SCREEN = 110
"""Dots to the inch of a picture to look at on a screen."""
_PRINTING = Lock()
_traced = lru_cache(maxsize=256)(traced)

PAGES: dict[type, tuple[str, Callable[[Any], dict[str, Any]]]] = {
    Certificate: ("certificate", award_page),
    BlockCertificate: ("block", award_page),
    StatementOfResults: ("document", statement_page),
    MinutesExtract: ("document", extract_page),
    Supplement: ("document", supplement_page),
}
"""The template and the composer of each kind."""


def parchment_pdf(parchment: Parchment, at: datetime, credential: bytes | None = None) -> bytes:
    """The document as a PDF (PDF/A-3a: ISO 19005-3, and PDF/UA-1: ISO 14289-1), A4, tagged, its fonts inside.

    It says it was made ``at`` (an instant with its zone); the same arguments give the same bytes. ``credential`` is a
    signed JSON document, attached byte for byte as an alternative of the page. What is written reaches the layout as
    data only. Raises ParchmentRefusedError when a character cannot be drawn, a text is empty or does not fit.
    """
    template, inputs = _composed(parchment, at, credential)
    with _PRINTING:
        pdf = compiler_of(template).compile(
            format="pdf", sys_inputs=inputs, pdf_standards=["a-3a", "ua-1"], timestamp=int(at.timestamp())
        )
    if not isinstance(pdf, bytes):
        raise TypeError(f"one PDF was expected, not {type(pdf).__name__}")
    if template in ONE_PAGE and _pages(pdf) != 1:
        raise ParchmentRefusedError("too_long")
    return pdf


def parchment_picture(parchment: Certificate | BlockCertificate, at: datetime, dots: int = SCREEN) -> bytes:
    """The only page of the same document, drawn the same way, as a PNG picture of ``dots`` to the inch.

    Raises ParchmentRefusedError as ``parchment_pdf``.
    """
    template, inputs = _composed(parchment, at, None)
    with _PRINTING:
        drawn = compiler_of(template).compile(format="png", sys_inputs=inputs, ppi=dots)
    if not isinstance(drawn, bytes):
        raise ParchmentRefusedError("too_long")
    return drawn


def parchment_pdfs(orders: Iterable[tuple[Parchment, bytes | None]], at: datetime) -> Iterator[bytes]:
    """The PDF of each document with its credential, in order, made one after the other with the same layout.

    Each is the same as ``parchment_pdf`` makes alone. Fonts, templates, logo and drawings are read once for all. To use
    several processors, give a share of the orders to each of several processes, spawned and not forked: the threads of
    the layout do not survive a fork, and a child forked from a process that has printed would wait for ever.
    """
    for parchment, credential in orders:
        yield parchment_pdf(parchment, at, credential)


def _composed(parchment: Parchment, at: datetime, credential: bytes | None) -> tuple[str, dict[str, str]]:
    """The template and what it is given."""
    template, compose = PAGES[type(parchment)]
    _check(parchment, at)
    page = broken(compose(parchment))
    inputs = {**_drawings(parchment, template), "credential": _readable(credential)}
    inputs["page"] = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
    return template, inputs


def _check(parchment: Parchment, at: datetime) -> None:
    if at.utcoffset() is None:
        raise ParchmentRefusedError("naive_instant")
    needed = {"intitulé": parchment.certification.title}
    if not isinstance(parchment, Supplement):
        needed |= {"nom": parchment.holder.name, "prénoms": parchment.holder.first_names}
    if isinstance(parchment, Certificate | BlockCertificate | StatementOfResults):
        needed["numéro"] = parchment.number
        check_address(parchment.address)
    elif parchment.address:
        check_address(parchment.address)
    if isinstance(parchment, BlockCertificate):
        needed |= {"intitulé du bloc": parchment.block.title, "code du bloc": parchment.block.code}
    for where, text in needed.items():
        if not text.strip():
            raise ParchmentRefusedError("empty", where=where)
    check_characters(parchment)


def _drawings(parchment: Parchment, template: str) -> dict[str, str]:
    house = parchment.house
    logo, scan = house.printed_logo(), house.printed_signature()
    inputs = {
        "logo": as_svg(logo) if logo else "",
        "scan": as_svg(scan) if scan else "",
        "qr": qr_svg(parchment.address) if parchment.address else "",
    }
    if isinstance(parchment, Certificate):
        across, down = drawn(frame(*SHEET, 12.5), parchment.number)
        inputs["across"] = _traced(across, (0, 0, *SHEET), tint(house.primary, 0.25), 0.11)
        inputs["down"] = _traced(down, (0, 0, *SHEET), tint(house.primary, 0.25), 0.11)
        (seal,) = drawn(rosette(7.4, 5.2), parchment.number)
        inputs["seal"] = _traced(seal, (-13, -13, 26, 26), tint(house.accent, 0.15), 0.09)
    elif isinstance(parchment, BlockCertificate):
        (corner,) = drawn(medallion(56, 32), parchment.number)
        inputs["corner"] = _traced(corner, (-90, -90, 180, 180), tint(house.primary, 0.7), 0.2)
    return inputs


def _readable(credential: bytes | None) -> str:
    if credential is None:
        return ""
    try:
        text = credential.decode("utf-8")
        is_object = isinstance(json.loads(text), dict)
    except ValueError as error:
        raise ParchmentRefusedError("bad_credential") from error
    if not is_object:
        raise ParchmentRefusedError("bad_credential")
    return text


def _pages(pdf: bytes) -> int:
    found = COUNT.search(pdf)
    if not found:
        raise TypeError("the PDF does not tell how many pages it has")
    return int(found[1])


@cache
def compiler_of(template: str) -> typst.Compiler:
    """What sets that template: our fonts alone, nothing read outside the folder of templates; one at a time."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    path = TEMPLATES / f"{template}.typ"
    return typst.Compiler(path, root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)
