"""Reads one document in a process of its own: it comes on standard input, what was found goes to standard output.

A reader that crashes, loops or eats memory on a hostile file ends this process and nothing else. The process limits
itself before the first byte is read; it was given no secret, and it writes nothing but its answer.
"""

import os
import sys
from collections.abc import Callable
from typing import BinaryIO

from parchemin.edges.documents.kinds import Family, Kind
from parchemin.edges.documents.problems import UploadRefusedError
from parchemin.edges.documents.reading import ATTACHED, REFUSED, REWRITE, Limits, Reading

LEAST_WRITTEN = 256 * 1024
"""Bytes an answer may take however small the files accepted."""
Reader = Callable[[BinaryIO, Limits], Reading]


def main() -> int:
    """Do the task named by the first argument within the limits of the second."""
    task, limits = sys.argv[1], Limits.from_json(sys.argv[2])
    confine(limits)
    with os.fdopen(0, "rb") as stream, os.fdopen(os.dup(1), "wb") as answer:
        if task not in (REWRITE, ATTACHED):
            answer.write(read(task, stream, limits).to_json().encode())
            return 0
        try:
            answer.write(_writer(task)(stream, limits))
        except UploadRefusedError as refused:
            answer.write(Reading(kind=None, problems=(refused.problem,)).to_json().encode())
            return REFUSED
    return 0


def confine(limits: Limits) -> None:
    """Bound memory, processor time and what is written; no core dump. Nothing happens where the system cannot."""
    try:
        import resource
    except ImportError:  # not a POSIX system: the time limit of whoever started this process still holds
        return
    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.seconds + 1,
        resource.RLIMIT_FSIZE: max(LEAST_WRITTEN, 4 * limits.max_bytes),
        resource.RLIMIT_CORE: 0,
    }
    for what, most in wanted.items():
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a stricter limit already holds, or the system has no such one
            continue


def read(task: str, stream: BinaryIO, limits: Limits) -> Reading:
    """What the document holds; a refusal is a reading with that problem, of no kind."""
    try:
        return _reader(task)(stream, limits)
    except UploadRefusedError as refused:
        return Reading(kind=None, problems=(refused.problem,))


def _writer(task: str) -> Callable[[BinaryIO, Limits], bytes]:
    """What answers with bytes of its own."""
    if task == ATTACHED:
        from parchemin.edges.documents.attached import read_attached

        return read_attached
    from parchemin.edges.documents.images import rewritten

    return rewritten


def _reader(task: str) -> Reader:
    """The reader of a kind or family; only its own libraries are loaded, so that starting stays quick."""
    if task == Kind.PDF:
        from parchemin.edges.documents.pdf import read_pdf

        return read_pdf
    if task == Family.PACKAGE:
        from parchemin.edges.documents.office import read_package

        return read_package
    if task in (Kind.JPEG, Kind.PNG):
        from parchemin.edges.documents.images import read_image

        return read_image
    from parchemin.edges.documents import media, plain

    readers: dict[str, Reader] = {
        Kind.WAV: media.read_wav,
        Kind.MP3: media.read_mp3,
        Family.MOVIE: media.read_movie,
        Kind.TEXT: plain.read_text,
    }
    return readers[task]


if __name__ == "__main__":
    sys.exit(main())
