"""The chunk of a PNG picture that holds a credential (Open Badges 3.0, section 5.3.1; PNG, section 11.3.3.4)."""

import struct
import zlib
from collections.abc import Iterator

from parchemin.edges.credentials.problems import CredentialError
from parchemin.edges.credentials.strict import LARGEST_BYTES

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
LARGEST_PICTURE = 20_000_000
MOST_CHUNKS = 10_000

Chunk = tuple[bytes, bytes]


def baked_png(picture: bytes, credential: str) -> bytes:
    """The picture with the credential (JSON or compact JWS) in it, instead of the one it held, if any.

    Raises CredentialError: bad_png, too_large.
    """
    text = KEYWORD + b"\x00\x00\x00\x00\x00" + credential.encode()
    if len(text) > LARGEST_BYTES:
        raise CredentialError("too_large", limit=LARGEST_BYTES)
    kept = [chunk for chunk in _chunks(picture) if not _is_ours(chunk)]
    return SIGNATURE + b"".join(map(_written, [*kept[:-1], (b"iTXt", text), kept[-1]]))


def texts_in_png(picture: bytes) -> list[str]:
    """The credentials in a picture; CredentialError bad_png, too_large."""
    return [_text(content) for kind, content in _chunks(picture) if _is_ours((kind, content))]


def _is_ours(chunk: Chunk) -> bool:
    return chunk[0] == b"iTXt" and chunk[1].partition(b"\x00")[0] == KEYWORD


def _chunks(picture: bytes) -> Iterator[Chunk]:
    """Each chunk to the end one, its checksum checked; what follows the end is left out."""
    if len(picture) > LARGEST_PICTURE:
        raise CredentialError("too_large", limit=LARGEST_PICTURE)
    if not picture.startswith(SIGNATURE):
        raise CredentialError("bad_png")
    place = len(SIGNATURE)
    for _ in range(MOST_CHUNKS):
        head = picture[place : place + 8]
        if len(head) < 8:
            raise CredentialError("bad_png")
        length, kind = struct.unpack(">I4s", head)
        content = picture[place + 8 : place + 8 + length]
        place += 12 + length
        if picture[place - 4 : place] != struct.pack(">I", zlib.crc32(kind + content)):
            raise CredentialError("bad_png")
        yield kind, content
        if kind == b"IEND":
            return
    raise CredentialError("bad_png")


def _written(chunk: Chunk) -> bytes:
    kind, content = chunk
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _text(content: bytes) -> str:
    """The text of the chunk: after the keyword, whether it is compressed, a language and a translated keyword."""
    flags, rest = content[len(KEYWORD) + 1 :][:2], content[len(KEYWORD) + 3 :]
    fields = rest.split(b"\x00", 2)
    if len(flags) < 2 or len(fields) < 3:
        raise CredentialError("bad_png")
    try:
        return (_unpacked(fields[2]) if flags[0] else fields[2]).decode()
    except (UnicodeDecodeError, zlib.error) as error:
        raise CredentialError("bad_png") from error


def _unpacked(content: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    found = unpacking.decompress(content, LARGEST_BYTES + 1)
    if len(found) > LARGEST_BYTES:
        raise CredentialError("too_large", limit=LARGEST_BYTES)
    if not unpacking.eof:
        raise CredentialError("bad_png")
    return found
