"""Everything about a file in one archive: a page to read, data to reuse, and the files as they were dropped.

In the language of its candidate, whoever asks for it.
"""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import IO, Any

from django.contrib.staticfiles import finders
from django.core.files.base import File
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override

from parchemin.core.terms import title_of
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Appeal, Candidacy, Document, DocumentVersion, Exhibit, Letter
from parchemin.records.candidacies.queries.told import DELIBERATION, HELD_BACK, is_held_back, told_decisions
from parchemin.records.followups.queries.portable import kept_of
from parchemin.records.people.models import CivilIdentity
from parchemin.web.candidate.forms.identity import birthplace
from parchemin.web.candidate.lived import evidence_path, evidences, lived
from parchemin.web.candidate.readers import readers
from parchemin.web.shared.decisions import drawn

FORMAT = "parchemin/file-1"
CHUNK = 1024 * 1024
IN_MEMORY = 1024 * 1024
SHEETS = ("tokens", "base", "components", "print")
BY_LINK = ("bearer", "quality", "assurance", "words", "said_at")


def archive(row: Candidacy, on: date) -> IO[bytes]:
    """The archive at its beginning, on the disk beyond a megabyte whatever the size of the files."""
    documents = list(row.documents.prefetch_related("versions__signatures"))
    letters = list(row.letters.exclude(written_at=None))
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    try:
        with override(row.candidate.language):
            _write(made, row, content(Judged(row, on), documents, letters), documents, letters)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made


def _write(
    made: IO[bytes], row: Candidacy, told: dict[str, Any], documents: list[Document], letters: list[Letter]
) -> None:
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("index.html", page(row, told))
        packed.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=1, default=_plain))
        for document in documents:
            for version in document.versions.all():
                _add(packed, path_of(document, version), version.content)
        for letter in letters:
            _add(packed, letter_path(letter), letter.pdf)
        for one in evidences(row):
            _add(packed, evidence_path(one), one.content)
        for exhibit in Exhibit.objects.filter(appeal__decision__candidacy=row):
            _add(packed, exhibit_path(exhibit), exhibit.content)


def content(judged: Judged, documents: Iterable[Document], letters: Iterable[Letter]) -> dict[str, Any]:
    """Everything kept of the file, in JSON types."""
    row, scheme = judged.candidacy, judged.scheme
    route = scheme.route_of(row.route)
    identity = CivilIdentity.objects.filter(person_id=row.candidate_id).first()
    secret = is_held_back(judged.facts.dates)
    return {
        "format": FORMAT,
        "taken_on": judged.on,
        "number": row.number,
        "certification": {"title": row.certification.title, "scheme": str(scheme.ref), "digest": scheme.ref.digest},
        "organisation": row.organisation.name,
        "provider": row.provider.name if row.provider else None,
        "route": route.title if route else row.route,
        "routes": [
            {"title": title_of(scheme.routes, one.route), **_fields(one, "route", "from_on", "reason")}
            for one in row.routes.all()
        ],
        "transfers": [
            {"from": one.from_organisation.name, "to": one.to_organisation.name, "at": one.at, "reason": one.reason}
            for one in row.transfers.select_related("from_organisation", "to_organisation")
        ],
        "blocks": row.blocks,
        "status": row.get_status_display(),
        "began_on": row.began_on,
        "closed_at": row.closed_at,
        "closing_reason": row.closing_reason,
        "regulation_accepted_at": row.regulation_accepted_at,
        "dates": {one.milestone: one.on for one in row.dates.all() if not (secret and one.milestone in HELD_BACK)},
        "candidate": {"name": row.candidate.name, "email": row.candidate.email},
        "identity": _identity(identity),
        "identity_sent": row.identity,
        "experiences": [
            _experience(one, scheme.experience_tags) for one in row.experiences.prefetch_related("attestations")
        ],
        "endorsements": [_fields(one, *BY_LINK) for one in row.endorsements.exclude(said_at=None)],
        "statements": [
            {"says": scheme.statements.get(one.code, one.code), **_fields(one, "code", "declared", "verified")}
            for one in row.statements.all()
            if not (secret and one.declared is None)
        ],
        "documents": [_document(one, scheme.documents) for one in documents],
        "deposits": [
            _fields(one, "stage", "number", "deposited_at", "answer", "answered_at", "reasons")
            for one in row.deposits.all()
        ],
        "decisions": [_decision(one) for one in told_decisions(row).prefetch_related("appeals__exhibits")],
        "overrides": [_fields(one, "rule", "reason", "source", "decided_on") for one in row.overrides.all()],
        "readers": [
            {"name": one.name, **_fields(one.access, "role", "from_on", "until_on", "seen_at", "closed_at")}
            for one in readers(row)
        ],
        "steps_done": [
            _fields(one, "step", "done_on") for one in row.steps_done.all() if not (secret and one.step == DELIBERATION)
        ],
        "confirmed_on": [one.on for one in row.confirmations.all()],
        "accommodations": [
            _fields(one, "need", "asked_at", "measures", "decided_on", "reason") | {"state": one.get_state_display()}
            for one in row.accommodations.all()
        ],
        "messages": [
            {"by": one.author.name if one.author else "", "sent_at": one.sent_at, "body": one.body}
            for one in row.messages.select_related("author")
        ],
        "certificates": [one.told for one in row.certificates.order_by("issued_at", "number")],
        "followups": kept_of(row),
        "letters": [_letter(one) for one in letters],
        "lived": lived(row),
    }


def page(row: Candidacy, told: dict[str, Any]) -> str:
    """The page to read, whole in one file: nothing is fetched from elsewhere."""
    css = "\n".join(_sheet(name) for name in SHEETS)
    style = mark_safe(f"<style>{css}</style>")
    return render_to_string(
        "candidate/takeaway/index.html", {"row": row, "told": told, "style": style, "language": get_language()}
    )


def path_of(document: Document, version: DocumentVersion) -> str:
    """Where a version is in the archive."""
    return f"pieces/{str(document.pk)[:8]}-v{version.number}-{version.name or 'effacee'}"


def letter_path(letter: Letter) -> str:
    """Where a letter is in the archive."""
    return f"courriers/{letter.reference}.pdf"


def exhibit_path(exhibit: Exhibit) -> str:
    """Where a document attached to an appeal is in the archive."""
    return f"recours/{str(exhibit.pk)[:8]}-{exhibit.name or 'effacee'}"


def _add(packed: zipfile.ZipFile, path: str, content: "File[bytes]") -> None:
    if not content:
        return
    try:
        source = content.open("rb")
    except FileNotFoundError:  # erased at the end of its time: its description stays
        return
    with source, packed.open(path, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target, CHUNK)


def _sheet(name: str) -> str:
    found = finders.find(f"parchemin/css/{name}.css")
    if not isinstance(found, str):
        return ""
    with open(found, encoding="utf-8") as sheet:  # noqa: PTH123 - a path given by the finders
        return "\n".join(line for line in sheet if "@font-face" not in line and "</" not in line)


def _fields(row: object, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _identity(identity: CivilIdentity | None) -> dict[str, Any] | None:
    civil = "birth_name used_name first_names sex born_on birth_commune birth_country birth_city"
    names = f"{civil} address postcode town phone".split()
    return {**_fields(identity, *names), "birthplace": birthplace(identity)} if identity else None


def _experience(one: Any, tags: Any) -> dict[str, Any]:
    kept = _fields(one, "position", "employer", "tasks", "from_on", "until_on", "is_proved", "proof_comment")
    share = str(one.fraction) if one.fraction else None
    attested = [_fields(each, *BY_LINK, "is_confirmed", "told") for each in one.attestations.all()]
    tags = [tags.get(tag, tag) for tag in one.tags]
    return {**kept, "kind": one.get_kind_display(), "share": share, "tags": tags, "attestations": attested}


def _document(one: Document, kinds: Any) -> dict[str, Any]:
    title = kinds[one.kind].title if one.kind in kinds else one.title or one.kind
    return {"title": title, "kind": one.kind, "versions": [_version(one, each) for each in one.versions.all()]}


def _version(document: Document, one: DocumentVersion) -> dict[str, Any]:
    names = ("number", "name", "media_type", "size", "sha256", "pages", "characters", "minutes", "uploaded_at")
    signed = [_fields(each, "actor", "signer", "assurance", "signed_at") for each in one.signatures.all()]
    return {**_fields(one, *names, "removed_at"), "file": path_of(document, one), "signatures": signed}


def _decision(one: Any) -> dict[str, Any]:
    kept = _fields(one, "stage", "outcome", "reason", "decided_on", "decision")
    appeals = [_appeal(each) for each in one.appeals.all()]
    return {**kept, "answer": one.get_answer_display(), "verdict": drawn(one.decision).verdict, "appeals": appeals}


def _appeal(one: Appeal) -> dict[str, Any]:
    return {
        **_fields(one, "level", "grounds", "court", "number", "filed_on", "until_on", "answer", "answered_on"),
        "state": one.get_state_display(),
        "remedy": one.get_remedy_display(),
        "exhibits": [
            {**_fields(each, "name", "media_type", "size", "sha256", "added_at"), "file": exhibit_path(each)}
            for each in one.exhibits.all()
        ],
    }


def _letter(one: Letter) -> dict[str, Any]:
    return {**_fields(one, "reference", "subject", "dated_on", "sent_at", "text"), "file": letter_path(one)}


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
