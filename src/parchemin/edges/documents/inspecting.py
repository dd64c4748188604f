"""Looks at an uploaded file as a stranger's: its content decides what it is, not its name nor its sender."""

import hashlib
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import BinaryIO

from parchemin.edges.documents.isolation import attached_apart, read_apart, rewrite_apart
from parchemin.edges.documents.kinds import FORMATS, HEAD, IMAGES, Family, Format, Kind, found_in
from parchemin.edges.documents.names import extension_of, safe_name
from parchemin.edges.documents.problems import Language, UploadProblem, UploadRefusedError, problem
from parchemin.edges.documents.reading import MEGA, UNREADABLE, Limits, Reading

CHUNK = 64 * 1024
DEFAULT = Limits()
LOCKED = "EncryptedPackage".encode("utf-16-le")
OCTETS = "application/octet-stream"


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """What is known of an uploaded document, and what is wrong with it.

    ``kind`` is None when the content is of no accepted format; ``size`` in bytes and ``sha256`` are those of the whole
    file, except that a file that is too large is not read further: ``size`` is then what was read, ``sha256`` empty.
    ``pages`` is counted (slides for presentations), or declared by the software that saved a text document when
    ``pages_are_declared``. ``characters`` is counted as ``how_counted`` says, and is a minimum when
    ``characters_are_partial``. ``seconds`` is to the nearest one. ``is_readable`` is False when nobody, or no machine,
    can read the text; None when that cannot be told (sounds, pictures of a page).
    """

    kind: Kind | None
    media_type: str
    name: str
    size: int
    sha256: str
    pages: int | None = None
    pages_are_declared: bool = False
    characters: int | None = None
    characters_are_partial: bool = False
    seconds: int | None = None
    is_readable: bool | None = None
    problems: tuple[UploadProblem, ...] = ()

    @property
    def minutes(self) -> int | None:
        """The length of a sound or video in minutes, one that has begun counted whole."""
        return None if self.seconds is None else -(-self.seconds // 60)

    @property
    def is_refused(self) -> bool:
        """Whether a problem forbids to accept the document."""
        return any(found.is_refusal for found in self.problems)

    def sentences(self, language: Language) -> tuple[str, ...]:
        """What is wrong, refusals first, in that language."""
        ordered = sorted(self.problems, key=lambda found: not found.is_refusal)
        return tuple(found.sentence(language) for found in ordered)


def inspect(stream: BinaryIO, name: str, *, limits: Limits = DEFAULT) -> Inspection:
    """What an uploaded document is and holds, and every reason to refuse it or to warn its owner.

    The stream is read once from where it stands, chunk by chunk, never beyond the limit of its size, and put back
    there if it can be. Its content is read by another process with bounded time and memory: a hostile file gives a
    problem, never an exception. A copy lies for that time in an unnamed temporary file.
    """
    with tempfile.TemporaryFile() as copy:
        size, sha256, found = _copied(stream, copy, limits)
        if isinstance(found, UploadProblem):
            reading = Reading(kind=None, problems=(found,))
        else:
            task = found or Kind.TEXT
            reading = read_apart(task, copy, limits)
            if isinstance(task, Kind) and reading.kind is None:
                reading = replace(reading, kind=None if _is_foreign(reading) else task)
    kind = reading.kind
    problems = (*_naming_problems(kind, name, limits), *reading.problems)
    is_unreadable = any(found.code in UNREADABLE for found in problems)
    return Inspection(
        kind=kind,
        media_type=FORMATS[kind].media_type if kind else OCTETS,
        name=safe_name(name, kind),
        size=size,
        sha256=sha256,
        pages=reading.pages,
        pages_are_declared=reading.pages_are_declared,
        characters=reading.characters,
        characters_are_partial=reading.characters_are_partial,
        seconds=reading.seconds,
        is_readable=False if is_unreadable else reading.is_readable,
        problems=problems,
    )


def reencoded_image(stream: BinaryIO, *, limits: Limits = DEFAULT) -> bytes:
    """A JPEG or PNG picture written anew, upright and in sRGB, without metadata: no place, no device, no author.

    Raises UploadRefusedError, whose ``problem`` says why, when it is not such a picture, or too large, or damaged.
    """
    with tempfile.TemporaryFile() as copy:
        _, _, found = _copied(stream, copy, limits)
        if isinstance(found, UploadProblem):
            raise UploadRefusedError(found)
        if found not in IMAGES:
            raise UploadRefusedError(_not_accepted(_format(found), IMAGES))
        return rewrite_apart(copy, limits)


def attached_texts(content: bytes, *, limits: Limits = DEFAULT) -> tuple[str, ...]:
    """The texts attached to a PDF, in its order; other attached files are left out.

    Raises UploadRefusedError when it cannot be read, or carries too much.
    """
    if len(content) > limits.max_bytes:
        raise UploadRefusedError(problem("too_large", limit_mb=max(1, limits.max_bytes // MEGA)))
    with tempfile.TemporaryFile() as copy:
        copy.write(content)
        return attached_apart(copy, limits)


def _copied(stream: BinaryIO, copy: BinaryIO, limits: Limits) -> tuple[int, str, Kind | Family | UploadProblem | None]:
    """Size, digest and what the first bytes say; no more is read once the file is too large."""
    start = _place(stream)
    digest, size, head = hashlib.sha256(), 0, b""
    too_large: UploadProblem | None = None
    while chunk := stream.read(CHUNK):
        if len(head) < HEAD:
            head = (head + chunk)[:HEAD]
        digest.update(chunk)
        copy.write(chunk)
        size += len(chunk)
        found = found_in(head)
        most = limits.max_bytes if isinstance(found, UploadProblem | None) else limits.bytes_for(found)
        if size > most:
            too_large = problem("too_large", limit_mb=max(1, most // MEGA))
            break
    if start is not None:
        stream.seek(start)
    found = found_in(head)
    if isinstance(found, UploadProblem) and found.code == "legacy_office" and _is_locked(copy):
        found = problem("encrypted")
    if not size:
        return 0, digest.hexdigest(), problem("empty")
    return (size, "", too_large) if too_large else (size, digest.hexdigest(), found)


def _is_locked(copy: BinaryIO) -> bool:
    """Whether a file in the old Office container is a new one under a password (MS-OFFCRYPTO, 2.3.4.4)."""
    copy.seek(0)
    before = b""
    while chunk := copy.read(CHUNK):
        if LOCKED in before + chunk:
            return True
        before = chunk[-len(LOCKED) :]
    return False


def _place(stream: BinaryIO) -> int | None:
    with suppress(OSError, AttributeError):
        return stream.tell() if stream.seekable() else None
    return None


def _is_foreign(reading: Reading) -> bool:
    return any(found.code in {"unrecognised", "polyglot"} for found in reading.problems)


def _naming_problems(kind: Kind | None, name: str, limits: Limits) -> tuple[UploadProblem, ...]:
    """Where the content is not what the name says, or is not wanted here."""
    if kind is None:
        return ()
    form, extension = FORMATS[kind], extension_of(name)
    if extension and extension not in form.extensions:
        wanted = ", ".join(f".{fitting}" for fitting in form.extensions)
        return (problem("mismatch", extension=extension, found_fr=form.fr, found_en=form.en, wanted=wanted),)
    return () if kind in limits.kinds else (_not_accepted(form, limits.kinds),)


def _not_accepted(form: Format, kinds: frozenset[Kind]) -> UploadProblem:
    accepted = [FORMATS[kind] for kind in Kind if kind in kinds]
    return problem(
        "kind_not_accepted",
        found_fr=form.fr,
        found_en=form.en,
        accepted_fr=", ".join(each.fr for each in accepted),
        accepted_en=", ".join(each.en for each in accepted),
    )


def _format(found: Kind | Family | None) -> Format:
    """The format of what was found, as far as the first bytes tell it."""
    if isinstance(found, Kind):
        return FORMATS[found]
    if found is Family.MOVIE:
        return FORMATS[Kind.MP4]
    return Format(OCTETS, (), "un document", "a document")
