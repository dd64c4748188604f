"""Reads OpenDocument files: texts, spreadsheets, presentations."""

import re
import zipfile

from parchemin.edges.documents.archives import BROKEN
from parchemin.edges.documents.kinds import FORMATS, ODF, Kind
from parchemin.edges.documents.parts import elements, plain_number, read_part
from parchemin.edges.documents.problems import UploadRefusedError, problem
from parchemin.edges.documents.reading import Limits, Reading, shown
from parchemin.edges.documents.words import OpenText

KINDS = {FORMATS[kind].media_type: kind for kind in (Kind.ODT, Kind.ODS, Kind.ODP)}
MANIFEST = "META-INF/manifest.xml"
MACRO = re.compile(r"^(Basic/.+/(?!(script|dialog)-l[bc]\.xml$)[^/]+|Scripts/.*[^/])$", re.IGNORECASE)
"""Where macros are kept; LibreOffice writes the empty lists of them in every document."""


def read_opendocument(archive: zipfile.ZipFile, limits: Limits) -> Reading:
    """Kind, length and problems of an OpenDocument file. Raises UploadRefusedError."""
    kind = _kind(archive)
    names = set(archive.namelist())
    if MANIFEST in names:
        _check_manifest(archive)
    for name in sorted(names):
        if MACRO.match(name):
            raise UploadRefusedError(problem("macros", what=shown(name)))
    text = OpenText(limits.max_characters)
    read_part(archive, "content.xml", text)
    if kind is Kind.ODP:
        return Reading(kind=kind, pages=text.pages, is_readable=True)
    if kind is Kind.ODS:
        return Reading(kind=kind, is_readable=True)
    return written(kind, text.total, _pages(archive, names), bool(text.images))


def written(kind: Kind, characters: int, pages: int | None, has_images: bool) -> Reading:
    """The reading of a text document: its pages are those its software declared when it saved it, never counted."""
    if not characters and not has_images:
        raise UploadRefusedError(problem("blank_document"))
    return Reading(
        kind=kind,
        pages=pages,
        pages_are_declared=pages is not None,
        characters=characters or None,
        is_readable=bool(characters),
        problems=() if characters else (problem("no_text"),),
    )


def _kind(archive: zipfile.ZipFile) -> Kind:
    try:
        with archive.open("mimetype") as part:
            media_type = part.read(100).decode("ascii", errors="replace").strip()
    except BROKEN as error:
        raise UploadRefusedError(problem("broken")) from error
    if media_type.startswith(ODF) and media_type.endswith("-template"):
        raise UploadRefusedError(problem("template"))
    if media_type not in KINDS:
        raise UploadRefusedError(problem("unrecognised"))
    return KINDS[media_type]


def _check_manifest(archive: zipfile.ZipFile) -> None:
    for name, attributes in elements(archive, MANIFEST, "encryption-data", "file-entry"):
        if name == "encryption-data":
            raise UploadRefusedError(problem("encrypted"))
        if "oleobject" in attributes.get("media-type", "").lower():
            raise UploadRefusedError(problem("embedded_files", what=shown(attributes.get("full-path", ""))))


def _pages(archive: zipfile.ZipFile, names: set[str]) -> int | None:
    if "meta.xml" not in names:
        return None
    found = elements(archive, "meta.xml", "document-statistic")
    return plain_number(found[0][1].get("page-count", "")) if found else None
