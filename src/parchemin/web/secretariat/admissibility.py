"""Completeness first, then the decision: what is missing goes back in words, what is decided goes out in a letter."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parchemin.core.decision import Decision, Outcome, Stage
from parchemin.records.assessments.queries.sending import Sending
from parchemin.records.candidacies.actions import deciding, depositing
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Deposit, Status
from parchemin.records.candidacies.queries.missing import missing
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.secretariat import showing
from parchemin.web.secretariat.acts import Act, Draw, acted, nothing_to_do
from parchemin.web.secretariat.attempting import FileForm
from parchemin.web.secretariat.desk import Desk, on_desk
from parchemin.web.secretariat.file import clicked
from parchemin.web.secretariat.forms import AnswerFileForm, DecideForm, OverrideForm, ReturnForm, reasons_of

FOUND = 302


@needs(Action.DECIDE_ADMISSIBILITY)
@require_POST
def complete(request: HttpRequest, id: UUID) -> HttpResponse:
    """One click: the application has everything it needs to be decided on."""
    desk = on_desk(request, id, Action.DECIDE_ADMISSIBILITY)
    form = FileForm(request.POST)

    def do() -> None:
        depositing.accept_application(candidacy=desk.candidacy, revision=form.cleaned_data["revision"], **desk.dated)

    return clicked(desk, form, do, "decision")


@needs(Action.RETURN_FILE)
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, id: UUID) -> HttpResponse:
    """The application goes back: what is missing is ticked, the rest is written, the letter is shown."""
    desk = on_desk(request, id, Action.RETURN_FILE)
    if request.method == "GET" and desk.candidacy.status not in (Status.RECEIVED, Status.COMPLETE):
        return nothing_to_do(desk)
    absent = lacking(desk.judged)
    items = list((absent | _unmet(desk.judged)).items())
    make = partial(ReturnForm, items=items)
    act = Act(
        name="return",
        title=_("Renvoyer à compléter"),
        lede=_("Le candidat reçoit la liste de ce qui manque ; ses pièces redeviennent modifiables."),
        button=_("Renvoyer au candidat"),
        said=_("Le dossier %(number)s est renvoyé au candidat.") % {"number": desk.candidacy.number},
        warning=_("Le renvoi part aussitôt : il ne se reprend pas."),
        has_next=True,
        letter=lambda typed: Draw(
            kind="incomplete",
            values={"reasons": _listed(items, typed)},
            decision=desk.judged.decided(Stage.ELIGIBILITY),
        ),
    )

    def do(form: ReturnForm) -> Any:
        return depositing.return_application(
            candidacy=desk.candidacy, reasons=form.reasons, revision=form.cleaned_data["revision"], **desk.dated
        )

    return acted(desk, act, make, do, {"items": list(absent)})


def lacking(judged: Judged) -> dict[str, str]:
    """What the application lacks, in words by key: what is not there, then limits that are not kept."""
    found = {f"{one.key}:{number}": one.says for number, one in enumerate(missing(judged))}
    return found | dict(showing.missing_lengths(showing.papers(judged)))


def _unmet(judged: Judged) -> dict[str, str]:
    found = judged.answerable.those(Outcome.NOT_MET)
    return {f"rule:{finding.rule}": f"{finding.says} ({finding.seen})" for finding in found}


def _listed(items: list[tuple[str, str]], typed: Mapping[str, Any]) -> str:
    chosen = set(typed.get("items") or ())
    return reasons_of([says for key, says in items if key in chosen], str(typed.get("words") or ""))


@needs(Action.DECIDE_ADMISSIBILITY)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    """The decision on the request: its ground, its reasons, and the letter as it will be sent."""
    desk = on_desk(request, id, Action.DECIDE_ADMISSIBILITY)
    if request.method == "GET" and desk.candidacy.status != Status.COMPLETE:
        return nothing_to_do(desk)
    judged = desk.judged
    ground = judged.answerable
    act = Act(
        name="decide",
        title=_("Décider de la recevabilité"),
        button=_("Envoyer la décision"),
        said=_("La décision sur le dossier %(number)s est prise, la lettre part.") % {"number": desk.candidacy.number},
        warning=_("Une décision envoyée ne se reprend pas : elle est gardée telle quelle, et la lettre part aussitôt."),
        has_next=True,
        template="secretariat/decide.html",
        letter=lambda typed: _letter(desk, typed),
        context={
            "ground": showing.heaviest_first(ground),
            "clocks": showing.clocks_of(judged),
            "open_rules": showing.open_rules(judged, ground),
            "needs_reason": _needs_reason(ground),
        },
    )

    def do(form: DecideForm) -> Any:
        return deciding.decide_admissibility(
            candidacy=desk.candidacy,
            is_favourable=form.cleaned_data["answer"] == "favourable",
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            **desk.dated,
        )

    led_to = "unfavourable" if ground.outcome is Outcome.NOT_MET else "favourable"
    answer = request.GET.get("answer", "")
    asked = {"answer": answer} if answer in ("favourable", "unfavourable") else {}
    return acted(desk, act, DecideForm, do, {"answer": led_to}, asked)


def _letter(desk: Desk, typed: Mapping[str, Any]) -> Draw:
    is_favourable = typed.get("answer") != "unfavourable"
    return Draw(
        kind="admissible" if is_favourable else "refused",
        values={"reasons": typed["reason"]} if str(typed.get("reason") or "").strip() else {},
        decision=desk.judged.answered(is_favourable=is_favourable),
    )


def _needs_reason(ground: Decision) -> str:
    """When a reason is asked for, said before it is missing."""
    return {
        Outcome.MET: _("Les règles mènent à « recevable » : un refus demande un motif."),
        Outcome.UNKNOWN: _("Les règles ne suffisent pas à dire « recevable » : un avis favorable demande un motif."),
        Outcome.NOT_MET: _(
            "Une règle bloquante n’est pas remplie : seul « non recevable » est possible, sauf à corriger ce qui est "
            "vérifié ou à accorder une dérogation."
        ),
    }[ground.outcome]


@needs(Action.DECIDE_ADMISSIBILITY)
@require_http_methods(["GET", "POST"])
def override(request: HttpRequest, id: UUID, rule: str) -> HttpResponse:
    """A rule that is not met is lifted for this file, for a reason and on a source; then back to what it held back."""
    desk = on_desk(request, id, Action.DECIDE_ADMISSIBILITY)
    later = (
        {one.rule: one for one in Sending(desk.judged).to_lift} if desk.candidacy.status == Status.ADMISSIBLE else {}
    )
    findings = later | {one.rule: one for one in showing.open_rules(desk.judged, desk.judged.answerable)}
    if request.method == "GET" and rule not in findings:
        return nothing_to_do(desk, _("Cette règle n’appelle pas de dérogation sur ce dossier."))
    act = Act(
        name=f"override:{rule}",
        title=_("Accorder une dérogation"),
        button=_("Accorder la dérogation"),
        said=_("La dérogation est accordée : elle figure à la décision, avec son motif et votre nom."),
        warning=_("Elle est inscrite au journal et montrée au candidat."),
        template="secretariat/override.html",
        context={"finding": findings.get(rule), "scheme": str(desk.judged.scheme.ref)},
    )

    def do(form: OverrideForm) -> Any:
        return deciding.override_rule(
            candidacy=desk.candidacy,
            rule=rule,
            reason=form.cleaned_data["reason"],
            source=form.cleaned_data["source"],
            revision=form.cleaned_data["revision"],
            **desk.dated,
        )

    answer = acted(desk, act, OverrideForm, do, {})
    return redirect("assessment:transmit", id) if answer.status_code == FOUND and rule in later else answer


@needs(Action.DECIDE_ADMISSIBILITY)
@require_http_methods(["GET", "POST"])
def answer_file(request: HttpRequest, id: UUID) -> HttpResponse:
    """The file for the jury is accepted as complete, or it goes back with reasons."""
    desk = on_desk(request, id, Action.DECIDE_ADMISSIBILITY)
    pending = desk.candidacy.deposits.filter(stage=Stage.COMPLETENESS, answer=Deposit.Answer.PENDING)
    if request.method == "GET" and not pending.exists():
        return nothing_to_do(desk, _("Aucun dépôt n’attend de réponse."))
    decision = desk.judged.decided(Stage.COMPLETENESS)

    def letter(typed: Mapping[str, Any]) -> Draw:
        if typed.get("answer") == "incomplete":
            return Draw(kind="file_incomplete", values={"reasons": typed.get("reason")}, decision=decision)
        return Draw(kind="file_complete", decision=decision)

    act = Act(
        name="answer_file",
        title=_("Répondre au dépôt du dossier pour le jury"),
        button=_("Envoyer la réponse"),
        said=_("La réponse est donnée, la lettre part."),
        warning=_("Une réponse envoyée ne se reprend pas."),
        has_next=True,
        template="secretariat/decide.html",
        letter=letter,
        context={"ground": showing.heaviest_first(decision), "clocks": (), "open_rules": (), "needs_reason": ""},
    )

    def do(form: AnswerFileForm) -> Any:
        return depositing.answer_file(
            candidacy=desk.candidacy,
            is_complete=form.cleaned_data["answer"] == "complete",
            reasons=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            **desk.dated,
        )

    led_to = "incomplete" if decision.outcome is Outcome.NOT_MET else "complete"
    return acted(desk, act, AnswerFileForm, do, {"answer": led_to})
