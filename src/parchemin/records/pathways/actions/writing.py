"""Written works on line: kept as they are typed, then frozen into a version of their document."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.core.files.base import File
from django.utils.timezone import localdate

from parchemin.core import facts as core
from parchemin.core.asking import leaves
from parchemin.core.checks.completeness import DocumentWithin
from parchemin.core.deciding import decide
from parchemin.core.decision import NOT_MET, Decision, Stage
from parchemin.records.candidacies.actions.filling import Measured, drop_document
from parchemin.records.candidacies.actions.taking import taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Candidacy, DocumentVersion
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Passage, Work
from parchemin.records.pathways.written import Written, works_of
from parchemin.records.people.models import Person

LARGEST = 300_000
"""The characters of all the texts of a work: beyond, a file is dropped instead."""


def save_work(
    *,
    candidacy: Candidacy,
    document: str,
    texts: Mapping[str, str],
    by: Person,
    at: datetime,
    revision: int,
    pen: str = "",
) -> Work:
    """The texts are kept, by the code of what they bear on; one that is not given stays as it is.

    The window that made the last save (``pen``) goes on from any revision: its answer may have been lost on the way.
    PathwayError ``another`` for anybody but the candidate, ``no_work`` for a document that they do not write after
    admissibility, ``no_part``, ``work_too_long``; StalePathwayError when another window saved since.
    """
    with taken(candidacy, None, *ACTIVE) as row:
        if by.pk != row.candidate_id:
            raise PathwayError("another")
        asked = work_asked(Judged(row, localdate(at)), document)
        known = {"", *(part.code for part in asked.parts)}
        if strange := next((code for code in texts if code not in known), None):
            raise PathwayError("no_part", part=strange)
        work, _is_new = Work.objects.select_for_update().get_or_create(
            candidacy=row, document=document, defaults={"saved_at": at}
        )
        is_same_pen = bool(pen) and pen == work.pen
        if revision != work.revision and not is_same_pen:
            raise StalePathwayError
        if _write(work, texts):
            work.revision += 1
            work.pen, work.saved_at = pen, at
            work.save()
    return work


def freeze_work(
    *, candidacy: Candidacy, document: str, content: "File[bytes]", measured: Measured, by: Person, at: datetime
) -> DocumentVersion | Decision:
    """The work, laid out and measured, is a new version of its document.

    The Decision, and nothing kept, when a blocking limit of the document is not kept. PathwayError ``another``,
    ``no_work``, ``work_empty``; UnfitError ``locked`` once the document is handed in.
    """
    if by.pk != candidacy.candidate_id:
        raise PathwayError("another")
    judged = Judged(candidacy, localdate(at))
    work_asked(judged, document)
    if not any(one.words.strip() for one in Passage.objects.filter(work__candidacy=candidacy, work__document=document)):
        raise PathwayError("work_empty")
    refused = refusal(judged, document, measured)
    if refused:
        return refused
    return drop_document(candidacy=candidacy, content=content, measured=measured, by=by, at=at, kind=document)


def work_asked(judged: Judged, document: str) -> Written:
    """That work among those of the file; PathwayError ``no_work``."""
    found = next((one for one in works_of(judged) if one.id == document), None)
    if found is None:
        raise PathwayError("no_work", document=document)
    return found


def refusal(judged: Judged, document: str, measured: Measured) -> Decision | None:
    """What the rules say of the lengths of that document when one of its blocking limits is not kept, else None."""
    known = judged.at(Stage.COMPLETENESS)
    others = tuple(one for one in known.documents or () if one.id != document)
    version = core.Document(id=document, pages=measured.pages, characters=measured.characters, minutes=measured.minutes)
    facts = replace(known, documents=(*others, version))
    rules = {
        rule.id
        for rule in judged.scheme.rules.get(Stage.COMPLETENESS, ())
        if any(isinstance(leaf, DocumentWithin) and leaf.document == document for leaf in leaves(rule.check))
    }
    decision = decide(Stage.COMPLETENESS, facts, judged.scheme, judged.on)
    found = tuple(one for one in decision.findings if one.rule in rules)
    kept = replace(decision, outcome=NOT_MET, findings=found)
    return kept if kept.those(NOT_MET) else None


def _write(work: Work, texts: Mapping[str, str]) -> bool:
    """Whether something changed; PathwayError ``work_too_long``."""
    kept = {one.code: one for one in work.passages.all()}
    whole = {code: one.words for code, one in kept.items()} | {code: clean(text) for code, text in texts.items()}
    if sum(map(len, whole.values())) > LARGEST:
        raise PathwayError("work_too_long", most=LARGEST)
    changed = [code for code in texts if whole[code] != (kept[code].words if code in kept else "")]
    for code in changed:
        passage = kept.get(code) or Passage(work=work, code=code)
        passage.words = whole[code]
        passage.save()
    return bool(changed)


def clean(text: str) -> str:
    """The text as it is kept: lines ended by a newline, no null character, which PostgreSQL does not keep."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
