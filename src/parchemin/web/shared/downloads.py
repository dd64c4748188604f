"""Kept files sent back: always to be saved, never shown by the browser as a page of ours."""

from mimetypes import guess_type
from pathlib import PurePath

from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _

from parchemin.records.candidacies.models import DocumentVersion, Exhibit, Letter
from parchemin.records.juries.models import JurySession
from parchemin.records.pathways.models import Evidence
from parchemin.records.people.models import Accreditation

SEALED = "sandbox; default-src 'none'"


def to_keep(content: bytes, media_type: str, name: str) -> HttpResponse:
    """What was just drawn, as a file to keep; a browser that opens it runs nothing of it."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": SEALED,
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)


def respond_with(version: DocumentVersion) -> FileResponse:
    """The version as a download under its safe name; Http404 when its content was erased."""
    return _sent(version.content, version.name, version.media_type)


def respond_with_evidence(evidence: Evidence) -> FileResponse:
    """The file of a piece of evidence as a download; Http404 when it has none, or it was erased."""
    return _sent(evidence.content, evidence.name, evidence.media_type)


def respond_with_exhibit(exhibit: Exhibit) -> FileResponse:
    """The document attached to an appeal as a download; Http404 when its content was erased."""
    return _sent(exhibit.content, exhibit.name, exhibit.media_type)


def respond_with_letter(letter: Letter) -> FileResponse:
    """The letter's PDF as a download; Http404 when it is not written."""
    return _sent(letter.pdf, f"{letter.reference}.pdf", "application/pdf")


def respond_with_proof(accreditation: Accreditation) -> FileResponse:
    """The proof of somebody's training as a download; Http404 when there is none."""
    suffix = PurePath(str(accreditation.proof.name or "")).suffix
    media_type = guess_type(f"x{suffix}")[0] or "application/octet-stream"
    return _sent(accreditation.proof, f"{_('preuve de formation')}{suffix}", media_type)


def respond_with_nomination(session: JurySession) -> FileResponse:
    """The act that names the members of a jury as a download; Http404 when there is none."""
    suffix = PurePath(str(session.nomination.name or "")).suffix
    media_type = guess_type(f"x{suffix}")[0] or "application/octet-stream"
    return _sent(session.nomination, f"{_('acte de nomination')} {session.number}{suffix}", media_type)


def _sent(content: object, name: str, media_type: str) -> FileResponse:
    if not content or not name:
        raise Http404
    try:
        stream = content.open("rb")  # type: ignore[attr-defined]
    except (FileNotFoundError, ValueError) as erased:
        raise Http404 from erased
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SEALED
    response.headers["Cache-Control"] = "private, no-store"
    return response
