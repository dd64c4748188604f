"""The credential that a file carries: itself, or inside a PNG or SVG picture or among the files of a PDF."""

import ctypes
from collections.abc import Iterable

import pypdfium2
from pypdfium2 import raw

from parchemin.edges.credentials.png import SIGNATURE, baked_png, texts_in_png
from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import LARGEST_BYTES
from parchemin.edges.credentials.svg import baked_svg, texts_in_svg
from parchemin.edges.credentials.tokens import looks_like_token

LARGEST_FILE = 20_000_000
MOST_FILES = 50
MARK = b"\xef\xbb\xbf"


def baked(picture: bytes, credential: str) -> bytes:
    """A PNG or SVG picture with the credential (JSON or compact JWS) in it, instead of the one it held.

    Raises CredentialError: unbaked_picture, bad_png, bad_svg, too_large.
    """
    if picture.startswith(SIGNATURE):
        return baked_png(picture, credential)
    if _starts_with(picture, b"<"):
        return baked_svg(picture, credential)
    raise CredentialError("unbaked_picture")


def carried(content: bytes) -> str:
    """The one credential, as JSON or compact JWS, in a PNG, an SVG, a PDF, a JSON file or a token; not checked.

    Raises CredentialError: too_large, nothing_inside, several_inside, bad_png, bad_svg, bad_pdf.
    """
    if len(content) > LARGEST_FILE:
        raise CredentialError("too_large", limit=LARGEST_FILE)
    return _only(_texts(content))


def is_pdf(content: bytes) -> bool:
    """Whether the file would be read as a PDF."""
    if content.startswith(SIGNATURE) or _starts_with(content, b"<") or _starts_with(content, b"{"):
        return False
    return b"%PDF-" in content[:1024]


def one_of(texts: Iterable[str]) -> str:
    """The one text that could be a credential; CredentialError nothing_inside, several_inside, too_large."""
    return _only(text for given in texts for text in _credential_text(given.encode()))


def _only(texts: Iterable[str]) -> str:
    found = list(dict.fromkeys(text.strip() for text in texts))
    if not found:
        raise CredentialError("nothing_inside")
    if len(found) > 1:
        raise CredentialError("several_inside")
    return found[0]


def _texts(content: bytes) -> list[str]:
    if content.startswith(SIGNATURE):
        return texts_in_png(content)
    if _starts_with(content, b"<"):
        return texts_in_svg(content)
    return _texts_in_pdf(content) if is_pdf(content) else _credential_text(content)


def _starts_with(content: bytes, start: bytes) -> bool:
    return content.removeprefix(MARK).lstrip()[:1] == start


def _credential_text(content: bytes) -> list[str]:
    """The text, if it could be a credential: a JSON object or a token."""
    if len(content) > LARGEST_BYTES:
        raise CredentialError("too_large", limit=LARGEST_BYTES)
    try:
        text = content.removeprefix(MARK).decode().strip()
    except UnicodeDecodeError:
        return []
    return [text] if text.startswith("{") or looks_like_token(text) else []


def _texts_in_pdf(content: bytes) -> list[str]:
    """The attached files that could be credentials."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            count = document.count_attachments()
            if count > MOST_FILES:
                raise CredentialError("bad_pdf")
            return [text for number in range(count) for text in _attached(document.get_attachment(number))]
    except pypdfium2.PdfiumError as error:
        raise CredentialError("bad_pdf") from error


def _attached(file: pypdfium2.PdfAttachment) -> list[str]:
    """The text of an attached file, if it could be a credential; it is left out when it is too large for one."""
    length = ctypes.c_ulong()
    raw.FPDFAttachment_GetFile(file, None, 0, length)
    if not 0 < length.value <= LARGEST_BYTES:
        return []
    return _credential_text(bytes(file.get_data()))
