"""The page of a file: everything at a glance, and the small things done on it with one click."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parchemin.core.decision import Stage
from parchemin.records.awards.queries.renewing import earlier_of
from parchemin.records.candidacies.actions import closing, deciding, depositing, talking
from parchemin.records.candidacies.contributing import JOINED
from parchemin.records.candidacies.models import SUBMITTED, Appeal, Deposit, Status
from parchemin.records.candidacies.queries.appeals import APPEALABLE
from parchemin.records.candidacies.queries.missing import missing
from parchemin.records.candidacies.queries.timeline import timeline
from parchemin.records.candidacies.queries.visible import was_sent
from parchemin.records.journal.queries import entries_of
from parchemin.records.people.actions.identifying import check_identity
from parchemin.records.people.errors import StaleIdentityError
from parchemin.records.people.models import CivilIdentity
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.secretariat import showing
from parchemin.web.secretariat.appeals import has_court
from parchemin.web.secretariat.appeals import shown as shown_appeals
from parchemin.web.secretariat.attempting import FileForm, attempted
from parchemin.web.secretariat.desk import Desk, on_desk
from parchemin.web.secretariat.drafts import keeping, sent
from parchemin.web.secretariat.forms import MessageForm, VerifyForm
from parchemin.web.secretariat.hearing import conversation, heard
from parchemin.web.secretariat.history import events
from parchemin.web.secretariat.witnesses import Witnesses
from parchemin.web.shared.states import state

ROWS = ("candidate__identity__checked_by", "centre", "provider")
MOST_EVENTS = 200
DECIDABLE = (*SUBMITTED, Status.ADMISSIBLE)
COMPARABLE = (*DECIDABLE, Status.AWARDED)
"""Where an identity may be compared with a document: one put right after the award still is."""


@needs(Action.HEAR)
@require_GET
def file(request: HttpRequest, id: UUID) -> HttpResponse:
    """The whole file, and what is asked of the secretariat now; before it is handed in, what its candidate says."""
    return _drawn(on_desk(request, id, Action.HEAR, *ROWS))


def _drawn(desk: Desk, **also: Any) -> HttpResponse:
    return shown(desk, **also) if was_sent(desk.candidacy) else heard(desk, **also)


def shown(desk: Desk, *, changes: list[str] | None = None, status: int = 200, **also: Any) -> HttpResponse:
    """The page of the file; with what others did in the meantime when an action was overtaken."""
    row, judged = desk.candidacy, desk.judged
    is_decidable = row.status in DECIDABLE
    is_admissible = row.status == Status.ADMISSIBLE
    ground = judged.decided(Stage.ELIGIBILITY) if is_admissible else judged.answerable
    papers = showing.papers(judged)
    identity = getattr(row.candidate, "identity", None)
    context: dict[str, Any] = {
        "desk": desk,
        "row": row,
        "state": state(row.status),
        "route": judged.scheme.route_of(row.route),
        "blocks": [judged.scheme.blocks[code].title for code in row.blocks if code in judged.scheme.blocks],
        "clocks": showing.clocks_of(judged),
        "next_url": desk.following,
        "lacking": missing(judged) if row.status == Status.RECEIVED else (),
        "too_long": showing.missing_lengths(papers),
        "is_submitted": row.status in SUBMITTED,
        "missed_on": judged.missed_on if is_admissible else None,
        "ground": showing.heaviest_first(ground) if is_decidable else None,
        "is_admissible": is_admissible,
        "open_rules": showing.open_rules(judged, ground) if is_decidable else (),
        "said": showing.statements(judged),
        "activities": showing.activities(judged),
        "supporters": Witnesses(judged).in_support(),
        "totals": judged.totals,
        "papers": papers,
        "identity": identity,
        "identity_told": showing.facts_of_identity(identity),
        "identity_changed": is_changed(desk, identity),
        "gaps": showing.gaps(judged),
        "stricter": showing.stricter(judged),
        "renews": earlier_of([row], desk.on).get(row.pk) if row.is_active else None,
        "moments": timeline(judged, is_candidate=False),
        "is_mine": row.holder_id == desk.person.pk,
        "can_verify": is_decidable and desk.may(Action.DECIDE_ADMISSIBILITY),
        "can_compare": row.status in COMPARABLE and desk.may(Action.DECIDE_ADMISSIBILITY),
        "may": {action.value: desk.may(action) for action in Action},
        "changes": changes,
        "crumbs": desk.crumbs(),
        **_rows(desk),
        **also,
    }
    return render(desk.request, "secretariat/file.html", context, status=status)


def _rows(desk: Desk) -> dict[str, Any]:
    row = desk.candidacy
    records = {record.pk: record for record in row.decisions.all()}
    contested = [record.pk for record in records.values() if record.answer in APPEALABLE]
    rows = Appeal.objects.filter(decision__in=contested).prefetch_related("exhibits")
    appeals = list(rows) if contested else []
    for appeal in appeals:
        appeal.decision = records[appeal.decision_id]
    deposits = list(row.deposits.filter(stage=Stage.COMPLETENESS).order_by("-number"))
    return {
        "records": sorted(records.values(), key=lambda one: one.decided_at, reverse=True),
        "appeals": shown_appeals(desk, appeals),
        "recordable": [records[pk] for pk in contested if has_court(desk, records[pk])],
        "deposit": next((one for one in deposits if one.answer == Deposit.Answer.PENDING), None),
        "letters": list(desk.letters.defer("text", "values")),
        **conversation(desk),
    }


def is_changed(desk: Desk, identity: CivilIdentity | None) -> bool:
    """Whether the civil identity is no longer the one that was handed in."""
    kept = desk.candidacy.identity
    return bool(kept and identity and kept != depositing.snapshot(identity))


@needs(Action.SEE_FILE)
@require_GET
def history(request: HttpRequest, id: UUID) -> HttpResponse:
    """What happened to the file, from the journal: a page of its own, or a part of the file's page."""
    desk = on_desk(request, id, Action.SEE_FILE)
    found = events(list(entries_of(desk.candidacy.pk).order_by("-number")[:MOST_EVENTS]))
    is_part = bool(getattr(request, "htmx", False))
    template = "secretariat/history_part.html" if is_part else "secretariat/history.html"
    transfers = list(desk.candidacy.transfers.select_related("from_organisation", "to_organisation", "by"))
    versions = list(desk.candidacy.version_changes.select_related("by"))
    told = {"desk": desk, "events": found, "transfers": transfers, "versions": versions}
    context = {**told, "crumbs": desk.crumbs(_("Historique"))}
    return render(request, template, context)


@needs(Action.SEE_FILE)
@require_GET
def for_jury(request: HttpRequest, id: UUID) -> HttpResponse:
    """What the rules say of the file before the jury: a page of its own, or a part of the file's page."""
    desk = on_desk(request, id, Action.SEE_FILE, *JOINED)
    is_part = bool(getattr(request, "htmx", False))
    found = showing.heaviest_first(desk.judged.decided(Stage.COMPLETENESS))
    context = {"desk": desk, "for_jury": found, "crumbs": desk.crumbs(_("Avant d’aller au jury"))}
    template = "secretariat/for_jury_part.html" if is_part else "secretariat/for_jury.html"
    return render(request, template, context)


def clicked(desk: Desk, form: forms.Form, do: Callable[[], Any], anchor: str) -> HttpResponse:
    """One click on the page of a file: done and back where it was; overtaken, the page tells by what."""
    if not form.is_valid():
        messages.error(desk.request, _("La page était incomplète : rien n’a été fait. Recommencez."))
        return desk.back(anchor)
    attempt = attempted(form, do)
    if attempt.changes is not None:
        fresh = on_desk(desk.request, desk.candidacy.pk, Action.SEE_FILE, *ROWS)
        return shown(fresh, changes=attempt.changes, status=409)
    for error in form.non_field_errors():
        messages.error(desk.request, str(error))
    return desk.back(anchor)


@needs(Action.DECIDE_ADMISSIBILITY)
@require_POST
def verify_statement(request: HttpRequest, id: UUID, code: str) -> HttpResponse:
    """A declaration is found true, false, or to be looked at again."""
    desk = on_desk(request, id, Action.DECIDE_ADMISSIBILITY)
    if code not in {one.code for one in showing.statements(desk.judged)}:
        raise Http404
    form = VerifyForm(request.POST)

    def do() -> None:
        deciding.verify_statement(
            candidacy=desk.candidacy,
            code=code,
            is_true=form.answer,
            revision=form.cleaned_data["revision"],
            **desk.signed,
        )

    return clicked(desk, form, do, "declarations")


@needs(Action.DECIDE_ADMISSIBILITY)
@require_POST
def verify_experience(request: HttpRequest, id: UUID, experience: int) -> HttpResponse:
    """An activity is found proved, not proved, or to be looked at again."""
    desk = on_desk(request, id, Action.DECIDE_ADMISSIBILITY)
    row = desk.candidacy.experiences.filter(pk=experience).first()
    if row is None:
        raise Http404
    form = VerifyForm(request.POST)

    def do() -> None:
        deciding.verify_experience(
            candidacy=desk.candidacy,
            experience=row,
            is_proved=form.answer,
            comment=form.cleaned_data["comment"],
            revision=form.cleaned_data["revision"],
            **desk.signed,
        )

    return clicked(desk, form, do, "activites")


@needs(Action.DECIDE_ADMISSIBILITY)
@require_POST
def verify_all(request: HttpRequest, id: UUID) -> HttpResponse:
    """Every declaration not looked at yet is found as it was declared; activities are looked at one by one."""
    desk = on_desk(request, id, Action.DECIDE_ADMISSIBILITY)
    form = FileForm(request.POST)

    def do() -> None:
        with transaction.atomic():
            _verify_all(desk, form.cleaned_data["revision"])

    return clicked(desk, form, do, "declarations")


def _verify_all(desk: Desk, revision: int) -> None:
    row = desk.candidacy
    statements = [one for one in row.statements.all() if one.verified is None and one.declared is not None]
    for one in statements:
        deciding.verify_statement(candidacy=row, code=one.code, is_true=one.declared, revision=revision, **desk.signed)
        revision = row.revision


@needs(Action.DECIDE_ADMISSIBILITY)
@require_POST
def verify_identity(request: HttpRequest, id: UUID) -> HttpResponse:
    """The civil identity was compared with an identity document, or that is taken back."""
    desk = on_desk(request, id, Action.DECIDE_ADMISSIBILITY)
    identity = CivilIdentity.objects.filter(person_id=desk.candidacy.candidate_id).first()
    form = VerifyForm(request.POST)
    if identity is None:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("La page était incomplète : rien n’a été fait. Recommencez."))
        return desk.back("identite")
    try:
        check_identity(
            identity=identity,
            is_checked=form.answer is True,
            revision=form.cleaned_data["revision"],
            **desk.signed,
        )
    except StaleIdentityError:
        messages.error(request, _("L’état civil vient d’être modifié : relisez-le avant de le dire comparé."))
    return desk.back("identite")


@needs(Action.SEE_FILE)
@require_POST
def take_charge(request: HttpRequest, id: UUID) -> HttpResponse:
    """Whoever clicks follows the file, or no longer does."""
    desk = on_desk(request, id, Action.SEE_FILE)
    form = FileForm(request.POST)
    holder = None if request.POST.get("leave") else desk.person

    def do() -> None:
        closing.take_charge(
            candidacy=desk.candidacy, holder=holder, revision=form.cleaned_data["revision"], **desk.signed
        )

    return clicked(desk, form, do, "")


@needs(Action.HEAR)
@require_POST
def message(request: HttpRequest, id: UUID) -> HttpResponse:
    """A message goes to the candidate; those of the candidate are read."""
    desk = on_desk(request, id, Action.HEAR, *ROWS)
    desk.must(Action.MESSAGE)
    form = MessageForm(request.POST)
    talking.mark_read(candidacy=desk.candidacy, is_candidate=False, at=desk.signed["at"])
    if "read" in request.POST:
        return desk.back("messages")
    if not form.is_valid():
        return _drawn(desk, message_form=keeping(desk, "message", form))
    talking.send_message(candidacy=desk.candidacy, body=form.cleaned_data["body"], **desk.signed)
    sent(desk, "message", MessageForm, is_done=True)
    told = _("Le message est envoyé : il est dans le dossier, et le candidat en est prévenu par e-mail.")
    messages.success(request, told)
    return desk.back("messages")
