"""Reads PDF files: pages, text, and whatever would act by itself. Runs in a process of its own."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import pypdfium2
from pypdfium2 import raw

from parchemin.edges.documents.archives import has_archive_at_end
from parchemin.edges.documents.counting import counted_on_page
from parchemin.edges.documents.kinds import Kind
from parchemin.edges.documents.problems import UploadProblem, UploadRefusedError, problem
from parchemin.edges.documents.reading import Limits, Reading, shown

TAIL = 4096
"""How many last bytes the end mark is looked for in."""
STAMP = 40
"""A page whose text is shorter than this and that an image covers is a scan with a stamp on it."""
COVERED = 0.8
LISTED = 10
ACTIVE = frozenset(
    {"JavaScript", "Launch", "SubmitForm", "ImportData", "GoToE", "Rendition", "RichMedia", "RichMediaExecute", "XFA"}
)
"""The names of actions and forms that run, send or fetch something (ISO 32000-2, 12.6.4 and 12.7.8)."""
EMBEDDED = frozenset({"EmbeddedFile", "FileAttachment"})
NAME = rb"/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*+"
TOKEN = re.compile(
    rb"\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f\s]++>|(?P<stream>>>\s*stream\r?\n)"
    rb"|(?P<files>/EF\s*(?=<<|\d+ \d+ R))|(?P<name>" + NAME + rb")",
    re.DOTALL,
)
PLAIN_ACTION = re.compile(rb"/S\s{0,9}/(JavaScript|Launch)\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
TABLE = re.compile(rb"startxref\s+(\d{1,10})")
OFFSET = re.compile(rb"(\d{10}) \d{5} n")


def read_pdf(stream: BinaryIO, limits: Limits) -> Reading:
    """Pages, characters of the text layer and problems of a PDF. Raises UploadRefusedError."""
    content = stream.read()
    _check_ends(content)
    document = _opened(content)
    pages = len(document)
    if pages == 0:
        raise UploadRefusedError(problem("broken"))
    if pages > limits.max_pages:
        raise UploadRefusedError(problem("too_many_pages", pages=pages, limit=limits.max_pages))
    problems = [*_dangers(document, content), *_restrictions(document)]
    return _read(list(_surveyed(document, limits)), problems)


@dataclass(frozen=True)
class Page:
    """What one page shows: characters counted, those no machine can read, whether it is a scan or blank."""

    characters: int
    unreadable: int
    is_scan: bool
    is_blank: bool


def _check_ends(content: bytes) -> None:
    if b"%%EOF" not in content[-TAIL:]:
        raise UploadRefusedError(problem("truncated"))
    head = content[:1024].lower()
    if any(tag in head for tag in (b"<script", b"<html", b"<!doctype", b"<svg", b"<?php")):
        raise UploadRefusedError(problem("polyglot", other="HTML"))
    if has_archive_at_end(content):
        raise UploadRefusedError(problem("polyglot", other="ZIP"))


def _opened(content: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise UploadRefusedError(problem("encrypted" if locked else "broken")) from error


def _dangers(document: Any, content: bytes) -> Iterator[UploadProblem]:
    """What acts by itself or is carried along.

    The document is written anew, in memory, so that every object stands in the open, whatever it was packed in.
    The file as it came is looked at too, for readers that would find there what this one does not.
    """
    copy = io.BytesIO()
    try:
        document.save(copy, flags=raw.FPDF_NO_INCREMENTAL | raw.FPDF_REMOVE_SECURITY)
    except pypdfium2.PdfiumError as error:
        raise UploadRefusedError(problem("broken")) from error
    names = _names(copy.getvalue()) | {match.group(1).decode() for match in PLAIN_ACTION.finditer(content)}
    if active := sorted(names & ACTIVE):
        yield problem("active_content", what=", ".join(active))
    attached = [document.get_attachment(n).get_name() for n in range(min(document.count_attachments(), LISTED))]
    if attached or names & EMBEDDED:
        yield problem("embedded_files", what=shown(", ".join(attached)) or "/EmbeddedFile")


def _names(copy: bytes) -> set[str]:
    """Every name in the objects of a PDF that pdfium wrote, the strings and the streams left out."""
    pointer = TABLE.search(copy, max(0, len(copy) - 100))
    table = int(pointer.group(1)) if pointer else len(copy)
    starts = sorted(int(match.group(1)) for match in OFFSET.finditer(copy, table))
    if not starts:  # nothing could be looked at: never taken for nothing found
        raise UploadRefusedError(problem("broken"))
    found: set[str] = set()
    for start, end in zip(starts, [*starts[1:], table], strict=True):
        for token in TOKEN.finditer(copy, start, end):
            if token.group("stream"):
                break
            if token.group("files"):
                found.add("EmbeddedFile")
            elif name := token.group("name"):
                plain = ESCAPED.sub(lambda code: bytes([int(code.group(1), 16)]), name[1:])
                found.add(plain.decode("latin-1"))
    return found


def _restrictions(document: Any) -> Iterator[UploadProblem]:
    """ISO 32000-2, 7.6.4.2: bit 3 allows printing, bit 5 copying."""
    if raw.FPDF_GetSecurityHandlerRevision(document) > 0:
        allowed = raw.FPDF_GetDocPermissions(document)
        if not (allowed & 0b100 and allowed & 0b10000):
            yield problem("restricted")


def _surveyed(document: Any, limits: Limits) -> Iterator[Page]:
    total = 0
    for number in range(len(document)):
        try:
            page = document[number]
            surveyed = _survey(page)
        except pypdfium2.PdfiumError as error:
            raise UploadRefusedError(problem("broken")) from error
        page.close()
        total += surveyed.characters
        if total > limits.max_characters:
            raise UploadRefusedError(problem("too_much_text", limit=limits.max_characters))
        yield surveyed


def _survey(page: Any) -> Page:
    layer = page.get_textpage()
    text = layer.get_text_range() if layer.count_chars() else ""
    layer.close()
    characters, unreadable = counted_on_page(text)
    is_scan = is_blank = False
    if characters < STAMP:
        width, height = page.get_size()
        shapes = list(page.get_objects(max_depth=5))
        images = [shape for shape in shapes if shape.type == raw.FPDF_PAGEOBJ_IMAGE]
        is_scan = bool(images) and (not characters or _widest(images) >= COVERED * width * height)
        only_text = all(shape.type == raw.FPDF_PAGEOBJ_TEXT for shape in shapes)
        is_blank = not text.strip() and only_text and not raw.FPDFPage_GetAnnotCount(page)
    return Page(characters, unreadable, is_scan, is_blank)


def _widest(images: list[Any]) -> float:
    """The greatest area an image takes, in square points; nothing for one whose place is not known."""
    widest = 0.0
    for image in images:
        left, bottom, right, top = image.get_bounds()
        widest = max(widest, (right - left) * (top - bottom))
    return widest


def _read(pages: list[Page], problems: list[UploadProblem]) -> Reading:
    blank = [n for n, page in enumerate(pages, 1) if page.is_blank]
    if len(blank) == len(pages):
        raise UploadRefusedError(problem("blank_document"))
    characters = sum(page.characters for page in pages)
    scans = [n for n, page in enumerate(pages, 1) if page.is_scan]
    is_garbled = 2 * sum(page.unreadable for page in pages) > characters > 0
    has_text = any(page.characters and not page.is_scan for page in pages)
    if blank:
        problems.append(problem("blank_pages", pages=_listed(blank)))
    if not has_text:
        problems.append(problem("no_text"))
    elif is_garbled:
        problems.append(problem("garbled_text"))
    elif scans:
        problems.append(problem("partly_scanned", pages=_listed(scans)))
    is_readable = has_text and not is_garbled
    return Reading(
        kind=Kind.PDF,
        pages=len(pages),
        characters=characters if is_readable else None,
        characters_are_partial=is_readable and bool(scans),
        is_readable=is_readable,
        problems=tuple(problems),
    )


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers[:LISTED]) + ("…" if len(numbers) > LISTED else "")
