"""Reads packed office documents (Word, Excel, PowerPoint, OpenDocument): what they are, and what they carry along."""

import io
import re
import zipfile
from typing import BinaryIO

from parchemin.edges.documents import opendocument
from parchemin.edges.documents.archives import BROKEN, opened
from parchemin.edges.documents.kinds import HEAD, Family, Kind, found_in
from parchemin.edges.documents.parts import elements, number, read_part
from parchemin.edges.documents.problems import UploadProblem, UploadRefusedError, problem
from parchemin.edges.documents.reading import Limits, Reading, shown
from parchemin.edges.documents.words import WordText

TYPES = "[Content_Types].xml"
RELATIONS = "_rels/.rels"
MAIN: dict[str, Kind] = {
    "wordprocessingml.document.main+xml": Kind.DOCX,
    "spreadsheetml.sheet.main+xml": Kind.XLSX,
    "presentationml.presentation.main+xml": Kind.PPTX,
}
MACRO_NAMES = re.compile(r"(vbaproject\.bin|vbadata\.xml|/activex/|/macrosheets/|/dialogsheets/)", re.IGNORECASE)
MACRO_TYPES = ("vbaproject", "macroenabled", "macrosheet", "activex", "control.binary")
FETCHED = ("attachedTemplate", "oleObject", "frame", "subDocument", "externalLinkPath", "aFChunk")
"""Relations through which a document takes in another one when it is opened."""
ELSEWHERE = re.compile(r"^\s*(https?:|ftp:|\\\\|//|file:/*\\\\|file://[^/]|mhtml:|ms-\w+:)", re.IGNORECASE)
DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
PACKED_DRAWINGS = frozenset({"emz", "wmz", "svgz"})
WITHIN = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp"})
"""What a chart or a table may be carried along as: looked at like the document itself, one level deep."""


def read_package(stream: BinaryIO, limits: Limits) -> Reading:
    """Kind, length and problems of a packed document. Raises UploadRefusedError."""
    with opened(stream, limits) as archive:
        return _read(archive, limits)


def _read(archive: zipfile.ZipFile, limits: Limits) -> Reading:
    names = archive.namelist()
    if TYPES in names:
        return _office(archive, limits)
    if "mimetype" in names:
        _check_contents(archive, limits)
        return opendocument.read_opendocument(archive, limits)
    is_program = {"META-INF/MANIFEST.MF", "AndroidManifest.xml"} & set(names)
    raise UploadRefusedError(problem("program" if is_program else "archive"))


def _office(archive: zipfile.ZipFile, limits: Limits) -> Reading:
    types = {
        attributes.get("PartName", "").lstrip("/"): attributes.get("ContentType", "")
        for _, attributes in elements(archive, TYPES, "Override", "Default")
    }
    defaults = {attributes.get("ContentType", "") for _, attributes in elements(archive, TYPES, "Default")}
    kind, main = _main_part(archive, types)
    _check_macros(archive, {*types.values(), *defaults})
    _check_contents(archive, limits)
    _check_relations(archive)
    if kind is Kind.DOCX:
        return _word(archive, main, types, limits)
    slides = len(elements(archive, main, "sldId")) if kind is Kind.PPTX else None
    if kind is Kind.XLSX:
        elements(archive, main, "sheet")
    return Reading(kind=kind, pages=slides, is_readable=True)


def _main_part(archive: zipfile.ZipFile, types: dict[str, str]) -> tuple[Kind, str]:
    for _, relation in elements(archive, RELATIONS, "Relationship"):
        if relation.get("Type", "").endswith("/officeDocument"):
            main = relation.get("Target", "").lstrip("/")
            found = types.get(main, "")
            if "macroEnabled" in found:
                raise UploadRefusedError(problem("macros", what=shown(found)))
            if "template.main" in found:
                raise UploadRefusedError(problem("template"))
            for ending, kind in MAIN.items():
                if found.endswith(ending):
                    return kind, main
    raise UploadRefusedError(problem("unrecognised"))


def _check_macros(archive: zipfile.ZipFile, types: set[str]) -> None:
    for name in archive.namelist():
        if MACRO_NAMES.search(f"/{name}"):
            raise UploadRefusedError(problem("macros", what=shown(name)))
    for found in types:
        if any(word in found.lower() for word in MACRO_TYPES):
            raise UploadRefusedError(problem("macros", what=shown(found)))


def _check_contents(archive: zipfile.ZipFile, limits: Limits) -> None:
    """No program, archive, old office object or web page inside, except the plain documents that charts are kept in."""
    for entry in archive.infolist():
        try:
            with archive.open(entry) as part:
                head = part.read(HEAD)
        except BROKEN as error:
            raise UploadRefusedError(problem("broken")) from error
        found, extension = found_in(head), entry.filename.rpartition(".")[2].lower()
        if extension in {"xml", "rels"}:
            if DECLARATION.search(head.replace(b"\x00", b"")):
                raise UploadRefusedError(problem("hostile_xml", entry=shown(entry.filename)))
        elif found is Family.PACKAGE and extension in WITHIN:
            _check_nested(archive, entry, limits)
        elif extension in PACKED_DRAWINGS and isinstance(found, UploadProblem) and found.code == "archive":
            continue
        elif found is Family.PACKAGE or _is_carried(found) or (extension == "bin" and "/embeddings/" in entry.filename):
            raise UploadRefusedError(problem("embedded_files", what=shown(entry.filename)))


def _is_carried(found: object) -> bool:
    return isinstance(found, UploadProblem) and found.code in {"program", "archive", "legacy_office", "web_page"}


def _check_nested(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> None:
    if entry.file_size > limits.max_bytes:
        raise UploadRefusedError(problem("embedded_files", what=shown(entry.filename)))
    try:
        inner = io.BytesIO(archive.read(entry))
    except BROKEN as error:
        raise UploadRefusedError(problem("broken")) from error
    with opened(inner, limits) as nested:
        _check_macros(nested, set())
        for part in nested.infolist():
            try:
                with nested.open(part) as stream:
                    found = found_in(stream.read(HEAD))
            except BROKEN as error:
                raise UploadRefusedError(problem("broken")) from error
            if found is Family.PACKAGE or _is_carried(found):
                raise UploadRefusedError(problem("embedded_files", what=shown(f"{entry.filename}/{part.filename}")))


def _check_relations(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if name.endswith(".rels"):
            for _, relation in elements(archive, name, "Relationship"):
                target = relation.get("Target", "")
                is_fetched = relation.get("Type", "").rpartition("/")[2] in FETCHED
                if relation.get("TargetMode") == "External" and is_fetched and ELSEWHERE.match(target):
                    raise UploadRefusedError(problem("remote_content", what=shown(target)))
        if "/externalLinks/" in name and name.endswith(".xml") and elements(archive, name, "ddeLink"):
            raise UploadRefusedError(problem("remote_content", what="DDE"))


def _word(archive: zipfile.ZipFile, main: str, types: dict[str, str], limits: Limits) -> Reading:
    text = WordText(limits.max_characters)
    read_part(archive, main, text)
    for part, found in types.items():
        if found.endswith(("footnotes+xml", "endnotes+xml")) and part in archive.namelist():
            read_part(archive, part, text)
    if text.fetches:
        raise UploadRefusedError(problem("remote_content", what="DDE"))
    pages = number(archive, "docProps/app.xml", "Pages") if "docProps/app.xml" in archive.namelist() else None
    has_images = any("/media/" in name for name in archive.namelist())
    return opendocument.written(Kind.DOCX, text.total, pages, has_images)
