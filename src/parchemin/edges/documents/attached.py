"""The texts attached to a PDF, read in a process of its own: what a certificate carries beside its page."""

import ctypes
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import pypdfium2
from pypdfium2 import raw

from parchemin.edges.documents.problems import UploadProblem, UploadRefusedError, problem
from parchemin.edges.documents.reading import Limits

MOST_FILES = 50
LARGEST_TEXT = 4_000_000
"""Bytes of one attached text; a larger file is left out."""


def read_attached(stream: BinaryIO, limits: Limits) -> bytes:
    """The attached files that are UTF-8 texts, as a JSON list. Raises UploadRefusedError."""
    try:
        with pypdfium2.PdfDocument(stream.read()) as document:
            count = document.count_attachments()
            if count > MOST_FILES:
                raise UploadRefusedError(_too_much())
            files = [document.get_attachment(number) for number in range(count)]
            found, size = [], 0
            for text in (text for file in files for text in _text(file)):
                size += len(text)
                if size > limits.max_characters:
                    raise UploadRefusedError(_too_much())
                found.append(text)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise UploadRefusedError(problem("encrypted" if locked else "broken")) from error
    return json.dumps(found).encode()


def _too_much() -> UploadProblem:
    return problem("explosive", what_fr="les fichiers joints", what_en="the attached files")


def _text(file: Any) -> Iterator[str]:
    length = ctypes.c_ulong()
    raw.FPDFAttachment_GetFile(file, None, 0, length)
    if not 0 < length.value <= LARGEST_TEXT:
        return
    try:
        yield bytes(file.get_data()).decode()
    except (UnicodeDecodeError, pypdfium2.PdfiumError):
        return
