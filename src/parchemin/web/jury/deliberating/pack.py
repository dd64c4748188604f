"""What the jury reads of a file: as it was transmitted, with what was settled and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parchemin.core.facts import Attendance
from parchemin.core.grid import Refused
from parchemin.core.terms import title_of
from parchemin.records.assessments.models import Result, Sitting
from parchemin.records.assessments.queries.evidence import submitted
from parchemin.records.assessments.queries.ledger import ACQUIRED, MARKED, TO_ACQUIRE, Held, Ledger
from parchemin.records.assessments.queries.settled import settled_after_difference
from parchemin.records.assessments.queries.transmissions import sent_of
from parchemin.records.candidacies.models import Accommodation, DocumentVersion
from parchemin.records.candidacies.queries.handed_in import activities_handed_in
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.deliberating.facing import Facing, read, unshut
from parchemin.web.jury.deliberating.wording import Look
from parchemin.web.shared.decisions import stage_names
from parchemin.web.shared.downloads import respond_with, respond_with_evidence
from parchemin.web.shared.typesetting import day

IN = (Action.CONVENE_JURY, Action.SIT_IN_JURY)


@needs(*IN)
@require_GET
def pack(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """The file as the jury reads it: a page of its own, or a part of the candidate's page."""
    facing = read(request, id, hearing)
    is_part = bool(getattr(request, "htmx", False))
    if facing.is_shut:
        return render(request, "jury/pack_shut.html", {"facing": facing}) if is_part else redirect(facing.url)
    row = facing.hearing.candidacy
    ledger = Ledger(facing.deliberation.judged)
    context: dict[str, Any] = {
        "facing": facing,
        "row": row,
        "papers": _papers(facing),
        "activities": activities_handed_in(row),
        "pieces": [_piece(facing, one) for one in submitted(row).prefetch_related("codes")],
        "results": _results(facing, ledger),
        "sittings": [_sitting(facing, one) for one in ledger.sittings],
        "settled": _settled(facing, ledger.sittings),
        "decisions": [{"row": one, "stage": _stage(one.stage)} for one in row.decisions.order_by("decided_at")],
        "given": _given(facing),
        "crumbs": facing.found.crumbs((row.candidate.name, facing.url), _("Le dossier")),
    }
    return render(request, f"jury/pack{'_part' if is_part else ''}.html", context)


@needs(*IN)
@require_GET
def document(request: HttpRequest, id: UUID, hearing: UUID, version: UUID) -> Any:
    """A document of the file as the jury has it; not found when it is not one of these."""
    facing = unshut(request, id, hearing)
    wanted = next((one for one in _versions(facing) if one.pk == version), None)
    if wanted is None:
        raise Http404
    return respond_with(wanted)


@needs(*IN)
@require_GET
def evidence(request: HttpRequest, id: UUID, hearing: UUID, piece: UUID) -> Any:
    """The file of a piece of evidence that was submitted."""
    facing = unshut(request, id, hearing)
    wanted = submitted(facing.hearing.candidacy).filter(pk=piece).first()
    if wanted is None:
        raise Http404
    return respond_with_evidence(wanted)


def _versions(facing: Facing) -> list[DocumentVersion]:
    """The version of each document that stood when the file was last transmitted; two queries."""
    row = facing.hearing.candidacy
    sent = sent_of(row).last
    held = DocumentVersion.objects.filter(document__candidacy=row, removed_at__isnull=True)
    if sent:
        held = held.filter(uploaded_at__lte=sent.sent_at)
    rows = held.order_by("number").select_related("document").prefetch_related("signatures")
    return list({one.document_id: one for one in rows}.values())


def _papers(facing: Facing) -> list[dict[str, Any]]:
    scheme = facing.scheme
    rank = {kind: place for place, kind in enumerate(scheme.documents)}
    rows = sorted(_versions(facing), key=lambda one: rank.get(one.document.kind, len(rank)))
    return [
        {
            "title": title_of(scheme.documents, one.document.kind) if one.document.kind else one.document.title,
            "version": one,
            "url": facing.address("pack_document", one.pk),
            "signed": [title_of(scheme.actors, each.actor) for each in one.signatures.all()],
        }
        for one in rows
    ]


def _piece(facing: Facing, row: Any) -> dict[str, Any]:
    codes = [facing.scheme.code_of(each.code) for each in row.codes.all()]
    url = facing.address("pack_evidence", row.pk) if row.content else ""
    return {"row": row, "codes": sorted(set(codes)), "url": url}


def _results(facing: Facing, ledger: Ledger) -> list[dict[str, Any]]:
    """What was settled on each line, by block; ledgers of units and of learnings after competences."""
    units = {"title": _("Unités d’enseignement"), "lines": [_line(one) for one in ledger.units]}
    parts = [
        {
            "title": " — ".join(text for text in (one.code, one.title) if text),
            "lines": [_line(each) for each in one.lines],
        }
        for one in (*ledger.competences, *ledger.learnings)
    ]
    return [one for one in (units, *parts) if one["lines"]]


def _line(one: Held) -> dict[str, Any]:
    return {
        "code": one.line.code,
        "title": one.line.title or "",
        "state": _look(one),
        "now": one.result,
        "mark": _mark(one.result),
        "earlier": [f"{_look_of(old)['label']} — {day(old.settled_at)}" for old in one.earlier],
    }


def _look(one: Held) -> Look:
    if one.line.refused is Refused.NOT_ASSESSED:
        return {"label": _("Non évaluée : sans résultat"), "tone": "", "icon": "minus"}
    return _look_of(one.result) if one.result else {"label": _("À évaluer"), "tone": "", "icon": "circle"}


def _look_of(result: Result) -> Look:
    looks = {
        ACQUIRED: {"label": _("Acquis"), "tone": "met", "icon": "circle-check"},
        TO_ACQUIRE: {"label": _("À acquérir"), "tone": "not_met", "icon": "circle-x"},
        MARKED: {"label": _("Noté"), "tone": "now", "icon": "pencil"},
    }
    return looks[MARKED if result.is_acquired is None else ACQUIRED if result.is_acquired else TO_ACQUIRE]


def _mark(result: Result | None) -> str:
    if result is None or result.mark is None:
        return ""
    return f"{result.mark.normalize():f}".replace(".", ",")


def _sitting(facing: Facing, row: Sitting) -> dict[str, Any]:
    """A sitting as it went off, and who assessed."""
    labels: Mapping[str, str] = {
        Attendance.HELD: _("Tenue"),
        Attendance.ABSENT: _("Absent : pas un échec"),
        Attendance.EXCUSED: _("Excusé : pas un échec"),
        Attendance.ADJOURNED: _("Reportée"),
        Attendance.FRAUD: _("Fraude constatée"),
        Attendance.VOID: _("Nulle : elle ne compte pas"),
    }
    label = labels.get(row.attendance, _("À venir"))
    if row.attendance == Attendance.HELD and row.is_passed is not None:
        label = _("Réussie") if row.is_passed else _("Non réussie")
    who = [f"{one.person.name} ({title_of(facing.scheme.actors, one.actor)})" for one in row.evaluators.all()]
    return {"row": row, "title": title_of(facing.scheme.methods, row.method), "label": label, "who": ", ".join(who)}


def _settled(facing: Facing, sittings: Sequence[Sitting]) -> list[dict[str, Any]]:
    """The lines on which evaluators differed, with what they settled and why, never who had rated what."""
    found: list[dict[str, Any]] = []
    for sitting in (one for one in sittings if one.settled_at):
        people = sitting.evaluators.prefetch_related("ratings")
        found += [
            {"code": one.code, "state": _look_of(one), "mark": _mark(one), "why": one.reason}
            for one in settled_after_difference(sitting, people)
        ]
    return found


def _stage(stage: str) -> str:
    return next((title for one, title in stage_names().items() if one.value == stage), stage)


def _given(facing: Facing) -> Iterable[str]:
    """The time and the means granted; never the need they answer."""
    rows = facing.hearing.candidacy.accommodations.filter(state=Accommodation.State.GRANTED).defer("need")
    return [one.measures for one in rows if one.measures]
