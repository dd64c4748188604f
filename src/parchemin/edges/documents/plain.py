"""Reads plain text."""

import codecs
from typing import BinaryIO

from parchemin.edges.documents.counting import counted
from parchemin.edges.documents.kinds import Kind
from parchemin.edges.documents.problems import UploadProblem, UploadRefusedError, problem
from parchemin.edges.documents.reading import Limits, Reading

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(stream: BinaryIO, limits: Limits) -> Reading:
    """The characters of a plain text in UTF-8, UTF-16 with its mark, or else the Western code page of Windows.

    Raises UploadRefusedError when it holds control characters: it is then no text.
    """
    content = stream.read()
    text, problems = _decoded(content)
    if any((ord(character) < 32 and character not in "\t\r\n\x0c") or ord(character) == 127 for character in text):
        raise UploadRefusedError(problem("unrecognised"))
    characters = counted(text)
    if characters > limits.max_characters:
        raise UploadRefusedError(problem("too_much_text", limit=limits.max_characters))
    if not text.strip():
        raise UploadRefusedError(problem("blank_document"))
    return Reading(kind=Kind.TEXT, characters=characters, is_readable=True, problems=problems)


def _decoded(content: bytes) -> tuple[str, tuple[UploadProblem, ...]]:
    encodings = ("utf-16",) if content.startswith(WIDE) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, (problem("not_utf8"),) if encoding == "cp1252" else ()
    raise UploadRefusedError(problem("unrecognised"))
