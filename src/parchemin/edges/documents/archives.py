"""Zip archives that documents are packed in, opened only once their directory shows they are harmless to unpack."""

import io
import stat
import struct
import zipfile
from typing import BinaryIO
from zlib import error as ZlibError  # noqa: N812 - it is an exception, named as one

from parchemin.edges.documents.problems import UploadRefusedError, problem
from parchemin.edges.documents.reading import Limits, shown

END = b"PK\x05\x06"
END_SIZE = 22
LONGEST_COMMENT = 65_535
DIRECTORY_BYTES = 512
"""Greatest mean size of an entry in the directory."""
LONGEST_PATH = 255
BROKEN = (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, UnicodeDecodeError, OSError, struct.error)
"""What reading a damaged archive raises."""


def opened(stream: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """The archive, nothing unpacked yet; refused when unpacking could harm, or when it is more than an archive.

    Its directory is measured before it is read. Sizes it states are binding: an entry is never read beyond its own.
    Raises UploadRefusedError.
    """
    size = stream.seek(0, io.SEEK_END)
    _check_directory(stream, size, limits)
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN as error:
        raise UploadRefusedError(problem("broken")) from error
    entries = archive.infolist()
    for entry in entries:
        _check_entry(entry)
    if len({entry.filename for entry in entries}) < len(entries):
        raise UploadRefusedError(problem("bad_path", entry="2 ×"))
    _check_sizes(entries, size, limits)
    return archive


def has_archive_at_end(content: bytes) -> bool:
    """Whether a zip archive can be opened from the end of this file, whatever its beginning."""
    at = content.rfind(END, max(0, len(content) - END_SIZE - LONGEST_COMMENT))
    if at < 0 or at + END_SIZE > len(content):
        return False
    entries, directory_size, _, comment = struct.unpack_from("<10xHLLH", content, at)
    directory = at - directory_size
    return bool(entries and directory >= 0 and content[directory : directory + 4] == b"PK\x01\x02") and (
        at + END_SIZE + comment <= len(content)
    )


def _check_directory(stream: BinaryIO, size: int, limits: Limits) -> None:
    stream.seek(max(0, size - END_SIZE - LONGEST_COMMENT))
    tail = stream.read()
    at = tail.rfind(END)
    if at < 0 or at + END_SIZE > len(tail):
        raise UploadRefusedError(problem("truncated"))
    entries, directory_size, _, comment = struct.unpack_from("<10xHLLH", tail, at)
    if at + END_SIZE + comment != len(tail):
        raise UploadRefusedError(problem("polyglot", other="?"))
    if entries > limits.max_entries or directory_size > limits.max_entries * DIRECTORY_BYTES:
        raise UploadRefusedError(
            problem(
                "explosive",
                what_fr=f"plus de {limits.max_entries} éléments",
                what_en=f"over {limits.max_entries} items",
            )
        )
    stream.seek(0)
    if b"%PDF-" in stream.read(1024):
        raise UploadRefusedError(problem("polyglot", other="PDF"))
    stream.seek(0)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    parts = name.rstrip("/").split("/")
    if entry.flag_bits & 0x1:
        raise UploadRefusedError(problem("encrypted"))
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    is_odd = len(name) > LONGEST_PATH or not name.isprintable() or "\\" in name or ":" in name
    if is_link or is_odd or any(part in {"", ".", ".."} for part in parts):
        raise UploadRefusedError(problem("bad_path", entry=shown(name)))
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UploadRefusedError(problem("broken"))


def _check_sizes(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    """No overlap (the same bytes unpacked many times), no excess in all, no excess against what is packed."""
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < reached:
            raise UploadRefusedError(problem("explosive", what_fr="éléments superposés", what_en="overlapping items"))
        if reached == 0 < entry.header_offset:
            raise UploadRefusedError(problem("polyglot", other="?"))
        reached = entry.header_offset + 30 + len(entry.orig_filename) + entry.compress_size
    if not entries or reached > size:
        raise UploadRefusedError(problem("broken"))
    unpacked = sum(entry.file_size for entry in entries)
    is_out_of_proportion = unpacked > limits.free_ratio_bytes and unpacked > limits.max_ratio * size
    if unpacked > limits.max_unpacked_bytes or is_out_of_proportion:
        mega = max(1, unpacked // 1_000_000)
        raise UploadRefusedError(problem("explosive", what_fr=f"{mega} Mo", what_en=f"{mega} MB"))
