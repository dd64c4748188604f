"""Appeals: answering them, writing down those that a court has, going on to what follows from one upheld."""

from collections.abc import Mapping
from copy import copy
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.core.decision import Stage
from parchemin.records.candidacies.actions import closing
from parchemin.records.candidacies.models import Appeal, DecisionRecord
from parchemin.records.candidacies.queries.appeals import APPEALABLE, Standing, answer_values, ladder
from parchemin.records.candidacies.queries.told import letter_of
from parchemin.records.juries.queries.again import contested_in
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.secretariat.acts import Act, Draw, acted, nothing_to_do
from parchemin.web.secretariat.desk import Desk, on_desk
from parchemin.web.secretariat.forms import AppealForm, CourtForm
from parchemin.web.shared.downloads import respond_with_exhibit
from parchemin.web.shared.ladders import drawn_ladder

STATE, REMEDY = Appeal.State, Appeal.Remedy


@needs(Action.ANSWER_APPEAL)
@require_http_methods(["GET", "POST"])
def answer_appeal(request: HttpRequest, id: UUID, appeal: UUID) -> HttpResponse:
    """An appeal is rejected with reasons, or upheld; where a jury decided, one goes straight on to what follows."""
    desk = on_desk(request, id, Action.ANSWER_APPEAL)
    found = _found(desk, appeal)
    if request.method == "GET" and found.state != STATE.FILED:
        return redirect(next_url(desk, found) or desk.url()) if waits(found) else _answered(desk)
    rungs = ladder(found.decision, desk.judged)
    act = Act(
        name=f"appeal:{found.pk}",
        title=_("Enregistrer ce qui a été jugé") if found.court else _("Répondre au recours"),
        button=_("Enregistrer") if found.court else _("Envoyer la réponse"),
        said=_("C’est noté au dossier.") if found.court else _("La réponse au recours est donnée, la lettre part."),
        warning="" if found.court else _("Une réponse envoyée ne se reprend pas."),
        template="secretariat/appeal.html",
        letter=None if found.court else partial(_letter, desk, found),
        context={
            "appeal": found,
            "rung": next((one for one in rungs if one.level == found.level), None),
            "steps": drawn_ladder(rungs),
            "exhibits": list(found.exhibits.all()),
        },
    )

    def do(form: AppealForm) -> Any:
        return closing.answer_appeal(appeal=found, **form.told, **desk.dated)

    answer = acted(desk, act, partial(AppealForm, appeal=found), do, {})
    if request.method == "POST" and answer.status_code == 302:
        found.refresh_from_db()
        if waits(found) and (url := next_url(desk, found)):
            return redirect(url)
    return answer


@needs(Action.ANSWER_APPEAL)
@require_http_methods(["GET", "POST"])
def record_appeal(request: HttpRequest, id: UUID, record: UUID) -> HttpResponse:
    """An appeal that a court has is written down, with its number; its time is for the court to judge."""
    desk = on_desk(request, id, Action.ANSWER_APPEAL)
    found = desk.candidacy.decisions.filter(pk=record, answer__in=APPEALABLE).first()
    if found is None or not has_court(desk, found):
        raise Http404
    rungs = [one for one in ladder(found, desk.judged) if not one.is_here and one.appeal is None]
    act = Act(
        name="appeal_recorded",
        title=_("Enregistrer un recours devant une juridiction"),
        lede=_("Il se dépose hors de ce site ; le candidat verra ici qu’il est enregistré, et ce qui sera jugé."),
        button=_("Enregistrer le recours"),
        said=_("Le recours est enregistré."),
    )

    def do(form: CourtForm) -> Any:
        told = dict(form.cleaned_data)
        rung = next(one for one in rungs if one.level == told.pop("level"))
        return closing.record_appeal(record=found, rung=rung, **told, **desk.dated)

    return acted(desk, act, partial(CourtForm, rungs=rungs), do, {"level": rungs[0].level, "court": ""})


@needs(Action.SEE_FILE)
@require_GET
def exhibit(request: HttpRequest, id: UUID, appeal: UUID, exhibit: UUID) -> Any:
    """A document that the candidate attached to an appeal, as it came."""
    desk = on_desk(request, id, Action.SEE_FILE)
    found = _found(desk, appeal).exhibits.filter(pk=exhibit).first()
    desk.must(Action.DOWNLOAD_DOCUMENT)
    if found is None:
        raise Http404
    return respond_with_exhibit(found)


def has_court(desk: Desk, record: DecisionRecord) -> bool:
    """Whether an appeal that a court has may be written down against that decision, once the candidate knows of it."""
    if record.stage == Stage.AWARD and letter_of(record) is None:
        return False
    return any(not one.is_here and one.appeal is None for one in ladder(record, desk.judged))


def waits(appeal: Appeal) -> bool:
    """Whether what follows from an appeal upheld is still to be done."""
    return appeal.state == STATE.UPHELD and appeal.carried_out_at is None


def next_url(desk: Desk, appeal: Appeal) -> str:
    """Where what follows from it is done; empty for whoever may not, or once a session has the file again."""
    hearing = contested_in(appeal)
    if hearing is None or not desk.may(Action.CONVENE_JURY):
        return ""
    if appeal.remedy == REMEDY.MINUTES:
        return reverse("jury:correct_minutes", args=[hearing.session_id])
    again = appeal.hearings.filter(removed_at__isnull=True, verdict="").first()
    if again:
        return reverse("jury:session", args=[again.session_id])
    return reverse("jury:present_again", args=[hearing.session_id, hearing.pk])


def shown(desk: Desk, appeals: list[Appeal]) -> list[dict[str, Any]]:
    """Each appeal of a file: at which level, by when it is to be answered, what is left to do."""
    told = []
    for one in appeals:
        rung = next((each for each in ladder(one.decision, desk.judged) if each.level == one.level), None)
        is_due = rung is not None and one.state == STATE.FILED and not one.court
        told.append(
            {
                "row": one,
                "rung": rung,
                "due_on": rung.silent_on if rung and is_due else None,
                "is_silent": rung is not None and rung.standing is Standing.SILENT,
                "next_url": next_url(desk, one) if waits(one) else "",
                "waits": waits(one),
            }
        )
    return told


def _answered(desk: Desk) -> HttpResponse:
    return nothing_to_do(desk, _("Une réponse a déjà été donnée."))


def _found(desk: Desk, appeal: UUID) -> Appeal:
    rows = Appeal.objects.filter(decision__candidacy=desk.candidacy, pk=appeal).select_related("decision")
    found = rows.first()
    if found is None:
        raise Http404
    return found


def _letter(desk: Desk, appeal: Appeal, typed: Mapping[str, Any]) -> Draw:
    """The letter as the answer stands; what comes next is told as if it were rejected today."""
    supposed = copy(appeal)
    is_upheld = typed.get("answer") not in ("", None, "rejected")
    supposed.state = STATE.UPHELD if is_upheld else STATE.REJECTED
    supposed.answered_on, supposed.answer = desk.on, ""
    kind = "appeal_upheld" if is_upheld else "appeal_rejected"
    return Draw(kind=kind, values={**answer_values(supposed, desk.judged), "answer": typed.get("reason")})
