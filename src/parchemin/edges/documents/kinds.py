"""The kinds of document that are accepted, and what the first bytes of a file say it is, whatever its name."""

from dataclasses import dataclass
from enum import StrEnum

from parchemin.edges.documents.problems import Language, UploadProblem, problem

HEAD = 4096
"""How many first bytes are looked at to tell what a file is."""


class Kind(StrEnum):
    """A format that can be accepted."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    XLSX = "xlsx"
    ODS = "ods"
    PPTX = "pptx"
    ODP = "odp"
    TEXT = "text"
    JPEG = "jpeg"
    PNG = "png"
    MP3 = "mp3"
    M4A = "m4a"
    WAV = "wav"
    MP4 = "mp4"


@dataclass(frozen=True)
class Format:
    """How a kind is written: its media type, the extensions that fit it (the usual one first), its name to readers."""

    media_type: str
    extensions: tuple[str, ...]
    fr: str
    en: str

    def title(self, language: Language) -> str:
        """Its name in that language."""
        return self.fr if language == "fr" else self.en


OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
FORMATS: dict[Kind, Format] = {
    Kind.PDF: Format("application/pdf", ("pdf",), "un PDF", "a PDF"),
    Kind.DOCX: Format(f"{OOXML}.wordprocessingml.document", ("docx",), "un document Word", "a Word document"),
    Kind.ODT: Format(f"{ODF}.text", ("odt",), "un document OpenDocument", "an OpenDocument text"),
    Kind.XLSX: Format(f"{OOXML}.spreadsheetml.sheet", ("xlsx",), "un classeur Excel", "an Excel workbook"),
    Kind.ODS: Format(f"{ODF}.spreadsheet", ("ods",), "un classeur OpenDocument", "an OpenDocument spreadsheet"),
    Kind.PPTX: Format(
        f"{OOXML}.presentationml.presentation", ("pptx",), "un diaporama PowerPoint", "a PowerPoint presentation"
    ),
    Kind.ODP: Format(f"{ODF}.presentation", ("odp",), "un diaporama OpenDocument", "an OpenDocument presentation"),
    Kind.TEXT: Format("text/plain", ("txt",), "du texte simple", "plain text"),
    Kind.JPEG: Format("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "une image JPEG", "a JPEG picture"),
    Kind.PNG: Format("image/png", ("png",), "une image PNG", "a PNG picture"),
    Kind.MP3: Format("audio/mpeg", ("mp3",), "un son MP3", "an MP3 sound"),
    Kind.M4A: Format("audio/mp4", ("m4a", "mp4"), "un son M4A", "an M4A sound"),
    Kind.WAV: Format("audio/wav", ("wav",), "un son WAV", "a WAV sound"),
    Kind.MP4: Format("video/mp4", ("mp4", "m4v"), "une vidéo MP4", "an MP4 video"),
}
IMAGES = frozenset({Kind.JPEG, Kind.PNG})
MEDIA = frozenset({Kind.MP3, Kind.M4A, Kind.WAV, Kind.MP4})
PACKAGES = frozenset({Kind.DOCX, Kind.ODT, Kind.XLSX, Kind.ODS, Kind.PPTX, Kind.ODP})
NOT_ACCEPTED = """
    doc dot docm dotx dotm xls xlsm xlsb xltx xltm ppt pptm potx pps ppsx ppsm ott ots otp odg rtf
    pages numbers key epub
    htm html xhtml mht mhtml svg xml js mjs css php py sh bat cmd com exe msi scr dll jar vbs ps1 lnk hta apk app
    zip rar 7z gz tar bz2 xz iso csv md eml msg gif webp heic heif avif bmp tif tiff ico eps ps ai psd
    ogg oga opus flac aac wma webm mov avi mkv wmv
"""
DISGUISES = frozenset(NOT_ACCEPTED.split())
"""Extensions of formats that are not accepted: a name that bears one promises something else than its content."""


class Family(StrEnum):
    """What the first bytes may leave open: which kind it is shows further in the file."""

    PACKAGE = "package"
    MOVIE = "movie"


Found = Kind | Family | UploadProblem

SIGNATURES: tuple[tuple[bytes, Found], ...] = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"PK\x03\x04", Family.PACKAGE),
    (b"ID3", Kind.MP3),
    (b"MZ", problem("program")),
    (b"\x7fELF", problem("program")),
    (b"#!", problem("program")),
    (b"\xca\xfe\xba\xbe", problem("program")),
    (b"\xfe\xed\xfa\xce", problem("program")),
    (b"\xfe\xed\xfa\xcf", problem("program")),
    (b"\xce\xfa\xed\xfe", problem("program")),
    (b"\xcf\xfa\xed\xfe", problem("program")),
    (b"\x00asm", problem("program")),
    (b"L\x00\x00\x00\x01\x14\x02\x00", problem("program")),
    (b"PK\x05\x06", problem("archive")),
    (b"PK\x07\x08", problem("archive")),
    (b"Rar!\x1a\x07", problem("archive")),
    (b"7z\xbc\xaf\x27\x1c", problem("archive")),
    (b"\x1f\x8b", problem("archive")),
    (b"BZh", problem("archive")),
    (b"\xfd7zXZ\x00", problem("archive")),
    (b"\x28\xb5\x2f\xfd", problem("archive")),
    (b"{\\rtf", problem("rich_text")),
    (b"GIF8", problem("image_format", format="GIF")),
    (b"II*\x00", problem("image_format", format="TIFF")),
    (b"MM\x00*", problem("image_format", format="TIFF")),
    (b"%!PS", problem("image_format", format="PostScript")),
    (b"OggS", problem("media_format", format="Ogg")),
    (b"fLaC", problem("media_format", format="FLAC")),
    (b"\x1aE\xdf\xa3", problem("media_format", format="WebM, Matroska")),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", problem("media_format", format="Windows Media")),
)
RIFFS: dict[bytes, Found] = {
    b"WAVE": Kind.WAV,
    b"WEBP": problem("image_format", format="WebP"),
    b"AVI ": problem("media_format", format="AVI"),
}
PICTURE_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF"}


def found_in(head: bytes) -> Found | None:
    """What the first bytes of a file say it is, or why it cannot be accepted; None when only its text can tell."""
    for signature, found in SIGNATURES:
        if head.startswith(signature):
            return found
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return problem("legacy_office")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x0c\x00").startswith(b"%PDF-"):
        return Kind.PDF
    if head[:4] == b"RIFF":
        return RIFFS.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _movie(head[8:12])
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:  # frame sync, layer III
        return Kind.MP3
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return problem("image_format", format="BMP")
    return _markup(head)


def _movie(brand: bytes) -> Found:
    if brand in PICTURE_BRANDS:
        return problem("image_format", format=PICTURE_BRANDS[brand])
    return problem("media_format", format="QuickTime (MOV)") if brand == b"qt  " else Family.MOVIE


def _markup(head: bytes) -> UploadProblem | None:
    """Web pages, SVG and XML, in any of the encodings a browser would guess."""
    text = head.replace(b"\x00", b"").lower()
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        text = text.removeprefix(mark)
    text = text.lstrip()
    if not text.startswith(b"<"):
        return problem("web_page") if text.startswith((b"mime-version:", b"content-type: multipart/related")) else None
    if b"<svg" in text or b":svg" in text or b"//www.w3.org/2000/svg" in text:
        return problem("svg")
    if text.startswith(b"<?xml"):
        return problem("web_page" if b"<html" in text else "markup")
    tags = (b"<!", b"<html", b"<head", b"<body", b"<script", b"<iframe", b"<style", b"<title", b"<table", b"<div")
    more = (b"<meta", b"<link", b"<a ", b"<p>", b"<h1", b"<br", b"<b>", b"<font", b"<img", b"<object", b"<?php", b"<%")
    return problem("web_page") if text.startswith((*tags, *more)) else None
