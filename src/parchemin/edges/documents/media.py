"""Reads how long sounds and videos last from their structure; nothing is decoded."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from parchemin.edges.documents.kinds import Kind
from parchemin.edges.documents.problems import UploadRefusedError, problem
from parchemin.edges.documents.reading import Limits, Reading

BITRATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
BITRATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
RATES = (44_100, 48_000, 32_000)
LOST = 64 * 1024
"""How many bytes may be skipped to find the next frame of a sound."""
MOST_BOXES = 10_000


def read_wav(stream: BinaryIO, limits: Limits) -> Reading:
    """The length of a WAV sound: bytes of sound by bytes a second. Raises UploadRefusedError."""
    stream.seek(12)
    rate = 0
    for _ in range(1_000):
        header = stream.read(8)
        if len(header) < 8:
            raise UploadRefusedError(problem("truncated"))
        name, size = struct.unpack("<4sL", header)
        if name == b"data":
            if not rate:
                raise UploadRefusedError(problem("broken"))
            here = stream.tell()
            if size not in (0, 0xFFFFFFFF) and stream.seek(0, 2) < here + size:
                raise UploadRefusedError(problem("truncated"))
            held = size if size not in (0, 0xFFFFFFFF) else stream.seek(0, 2) - here
            return Reading(kind=Kind.WAV, seconds=round(held / rate))
        if name == b"fmt ":
            found = stream.read(min(size, 16))
            rate = struct.unpack_from("<8xL", found)[0] if len(found) >= 12 else 0
            size -= len(found)
        stream.seek(size + size % 2, 1)
    raise UploadRefusedError(problem("broken"))


def read_mp3(stream: BinaryIO, limits: Limits) -> Reading:
    """The length of an MP3 sound, each of its frames counted, so that a variable rate is no guess.

    Raises UploadRefusedError when fewer than two frames follow one another.
    """
    content = stream.read()
    at = _after_tags(content)
    seconds, frames, lost = 0.0, 0, 0
    while at + 4 <= len(content) and lost < LOST:
        found = _frame(content, at)
        if found is None:
            found_at = content.find(b"\xff", at + 1)
            following = found_at if found_at > 0 else len(content)
            lost += following - at
            at = following
            continue
        size, lasts = found
        at += size
        seconds, frames, lost = seconds + lasts, frames + 1, 0
    if frames < 2:
        raise UploadRefusedError(problem("broken"))
    return Reading(kind=Kind.MP3, seconds=round(seconds))


def _after_tags(content: bytes) -> int:
    at = 0
    while content[at : at + 3] == b"ID3" and len(content) >= at + 10:
        a, b, c, d = content[at + 6 : at + 10]
        at += 10 + ((a & 0x7F) << 21 | (b & 0x7F) << 14 | (c & 0x7F) << 7 | d & 0x7F)
    return at


def _frame(content: bytes, at: int) -> tuple[int, float] | None:
    """Bytes and seconds of the MPEG layer III frame that begins there, if one does (ISO 11172-3, 2.4.1)."""
    _, one, two, _ = content[at : at + 4]
    if content[at] != 0xFF or one & 0xE6 != 0xE2 or two >> 4 in (0, 15) or two >> 2 & 3 == 3:
        return None
    version = one >> 3 & 3
    if version == 1:
        return None
    rate = RATES[two >> 2 & 3] // {3: 1, 2: 2, 0: 4}[version]
    samples = 1152 if version == 3 else 576
    kilobits = (BITRATES_1 if version == 3 else BITRATES_2)[two >> 4]
    return samples // 8 * kilobits * 1000 // rate + (two >> 1 & 1), samples / rate


def read_movie(stream: BinaryIO, limits: Limits) -> Reading:
    """The length of an MP4 video or M4A sound, as its movie header gives it; None when it is cut in fragments.

    Raises UploadRefusedError when boxes run past the end, or the movie header is missing.
    """
    end = stream.seek(0, 2)
    seconds: int | None = None
    has_movie = has_video = False
    for name, start, stop in _boxes(stream, 0, end):
        if stop > end:
            raise UploadRefusedError(problem("truncated"))
        if name == b"moov":
            has_movie = True
            for inner, inner_start, inner_stop in _boxes(stream, start, stop):
                if inner == b"mvhd":
                    seconds = _length(stream, inner_start)
                elif inner == b"trak":
                    has_video = has_video or _is_video(stream, inner_start, min(inner_stop, stop))
    if not has_movie:
        raise UploadRefusedError(problem("truncated"))
    return Reading(kind=Kind.MP4 if has_video else Kind.M4A, seconds=seconds)


def _boxes(stream: BinaryIO, start: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places (ISO 14496-12, 4.2): name, where the content starts, where it stops."""
    for _ in range(MOST_BOXES):
        if start + 8 > stop:
            return
        stream.seek(start)
        size, name = struct.unpack(">L4s", stream.read(8))
        header = 8
        if size == 1:
            size, header = struct.unpack(">Q", stream.read(8).rjust(8, b"\x00"))[0], 16
        elif size == 0:
            size = stop - start
        if size < header:
            raise UploadRefusedError(problem("broken"))
        yield name, start + header, start + size
        start += size
    raise UploadRefusedError(problem("broken"))


def _length(stream: BinaryIO, start: int) -> int | None:
    stream.seek(start)
    header = stream.read(32)
    if len(header) < 32:
        raise UploadRefusedError(problem("broken"))
    scale, length = struct.unpack_from(">LQ", header, 20) if header[0] == 1 else struct.unpack_from(">LL", header, 12)
    is_unknown = not scale or not length or length >= (1 << 64) - 1 or (header[0] == 0 and length == 0xFFFFFFFF)
    return None if is_unknown else round(length / scale)


def _is_video(stream: BinaryIO, start: int, stop: int) -> bool:
    for name, media_start, media_stop in _boxes(stream, start, stop):
        if name == b"mdia":
            for inner, handler, _ in _boxes(stream, media_start, min(media_stop, stop)):
                if inner == b"hdlr":
                    stream.seek(handler + 8)
                    return stream.read(4) == b"vide"
    return False
