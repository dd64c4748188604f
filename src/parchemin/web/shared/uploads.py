"""Files that people send: looked at before anything keeps them, and what to say of their length."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language

from parchemin.core.terms import Unknown
from parchemin.edges.documents import (
    Bounded,
    Comparison,
    Inspection,
    Kind,
    Lengths,
    Limits,
    UploadProblem,
    UploadRefusedError,
    Verdict,
    against,
    inspect,
    reencoded_image,
)
from parchemin.records.candidacies.actions.filling import Measured
from parchemin.records.candidacies.models import DocumentVersion

DECLARED, PARTIAL = "pages_are_declared", "characters_are_partial"
"""Doubts on a count, kept beside the problems found so that they are told again with it."""
TEXT_ALONE = "characters_are_text_alone"
"""Kept with a work written here: its characters are those its author wrote, without what the source leaves out."""
ACCEPT = ".pdf,.docx,.odt,.xlsx,.ods,.pptx,.odp,.txt,.jpg,.jpeg,.png,.mp3,.m4a,.wav,.mp4"
"""What a browser offers to choose; only the content decides."""
PICTURES = (Kind.JPEG, Kind.PNG)
SECONDS = 60


@dataclass(frozen=True)
class Received:
    """A file as it was found: what to keep of it, and why it is refused or what to warn of."""

    measured: Measured
    content: "File[bytes]"
    inspection: Inspection

    @property
    def is_refused(self) -> bool:
        """Whether nothing may be kept."""
        return self.inspection.is_refused

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is wrong, refusals first, in the reader's language."""
        return self.inspection.sentences(language())


@dataclass(frozen=True, slots=True)
class Told:
    """One length against its limit, in words; ``tone`` met, unknown or not_met."""

    sentence: str
    tone: str


def language() -> Literal["fr", "en"]:
    """The language of the page, for the sentences of the edges."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def received(file: "UploadedFile[Any]") -> Received:
    """The file inspected; a picture loses what it tells of its author, and is measured as it is kept."""
    name = str(file.name or "")
    limits = Limits(max_bytes=settings.UPLOAD_LIMIT, max_media_bytes=settings.MEDIA_LIMIT)
    found = inspect(file, name, limits=limits)  # type: ignore[arg-type]  # an uploaded file reads as a stream
    content: File[bytes] = file
    if found.kind in PICTURES and not found.is_refused:
        try:
            cleaned = reencoded_image(file, limits=limits)  # type: ignore[arg-type]
        except UploadRefusedError as refused:
            found = replace(found, problems=(*found.problems, refused.problem))
        else:
            content = ContentFile(cleaned, name=found.name)
            found = replace(found, size=len(cleaned), sha256=hashlib.sha256(cleaned).hexdigest())
    return Received(measured(found), content, found)


def measured(found: Inspection) -> Measured:
    """What the file's records keep of an inspection."""
    doubts = [DECLARED] * found.pages_are_declared + [PARTIAL] * found.characters_are_partial
    warnings = [{"code": one.code, "values": dict(one.values)} for one in found.problems if not one.is_refusal]
    return Measured(
        name=found.name,
        media_type=found.media_type,
        size=found.size,
        sha256=found.sha256,
        pages=found.pages,
        characters=found.characters,
        minutes=found.minutes,
        is_readable=found.is_readable,
        warnings=(*warnings, *({"code": doubt} for doubt in doubts)),
    )


def warnings_of(version: DocumentVersion) -> tuple[str, ...]:
    """What its owner was warned of when the version came, in the reader's language."""
    return tuple(one.sentence(language()) for one in _problems(version.warnings))


def told(version: DocumentVersion, kind: Bounded | None) -> tuple[Told, ...]:
    """Each length of the version against the limits of its kind, in the reader's language."""
    if kind is None:
        return ()
    doubts = {one.get("code") for one in version.warnings}
    found = Inspection(
        kind=None,
        media_type=version.media_type,
        name=version.name,
        size=version.size,
        sha256=version.sha256,
        pages=version.pages,
        pages_are_declared=DECLARED in doubts,
        characters=version.characters,
        characters_are_partial=PARTIAL in doubts,
        seconds=None if version.minutes is None else version.minutes * SECONDS,
        is_readable=version.is_readable,
    )
    limits = _of_text_alone(kind) if TEXT_ALONE in doubts else kind
    return tuple(Told(one.sentence(language()), _tone(one)) for one in against(found, limits))


def _of_text_alone(kind: Bounded) -> Lengths:
    """The same limits, where the way to count characters that the source gives was followed."""
    bounds = kind.characters
    is_said = bounds is not None and not isinstance(bounds, Unknown) and isinstance(bounds.counting, str)
    characters = replace(bounds, counting=None) if is_said else bounds  # type: ignore[type-var]
    return Lengths(pages=kind.pages, characters=characters, minutes=kind.minutes)


def _problems(warnings: Iterable[dict[str, Any]]) -> Iterable[UploadProblem]:
    return (UploadProblem(one["code"], one["values"]) for one in warnings if "values" in one)


def _tone(found: Comparison) -> str:
    tones = {Verdict.WITHIN: "met", Verdict.TOO_LONG: "not_met", Verdict.TOO_SHORT: "not_met"}
    return tones.get(found.verdict, "unknown")
