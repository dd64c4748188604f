"""Decisions with their reasons, their letters, and contesting them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.candidacies.actions import closing
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Appeal, Candidacy, DecisionRecord
from parchemin.records.candidacies.queries.appeals import APPEALABLE, appeal_within, obstacle
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.candidate.attempts import REFUSED
from parchemin.web.candidate.drafts import fill, kept
from parchemin.web.candidate.files import draw, letters_of, on_own_file, person_of
from parchemin.web.candidate.forms.saying import AppealForm
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.downloads import respond_with_letter


@on_own_file(Action.SEE_OWN_FILE)
@require_GET
def decisions(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Every decision on the file and every letter, the last first."""
    return draw(
        request,
        row,
        "decisions",
        _("Décisions et courriers"),
        decisions=list(row.decisions.order_by("-decided_at")),
        letters=list(letters_of(request, row)[:100]),
    )


@on_own_file(Action.SEE_OWN_FILE)
@require_GET
def decision(request: HttpRequest, row: Candidacy, record: UUID) -> HttpResponse:
    """A decision with its reasons, as it was frozen, its letter, and how to contest it."""
    found = _record(row, record)
    within = appeal_within(Judged(row, today())) if found.answer in APPEALABLE else None
    until = within.after(found.decided_on) if within else None
    against = obstacle(found, row, today(), until)
    return draw(
        request,
        row,
        "decision",
        found.get_answer_display(),
        through=_through(row),
        record=found,
        letters=list(found.letters.exclude(written_at=None)),
        appeals=list(found.appeals.all()),
        may_appeal=against is None,
        until=until,
        is_late=against is not None and against.code == "appeal_late",
    )


@on_own_file(Action.APPEAL)
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, row: Candidacy, record: UUID) -> HttpResponse:
    """Contesting a decision that goes against the candidate."""
    found = _record(row, record)
    if found.answer not in APPEALABLE:
        raise Http404
    within = appeal_within(Judged(row, today()))
    until = within.after(found.decided_on) if within else None
    if request.method == "GET" and obstacle(found, row, today(), until):
        return redirect("candidate:decision", row.pk, found.pk)
    form = AppealForm(request.POST or None)
    draft = kept(request, "appeal", row, found.pk.hex)
    fill(form, draft)
    if request.method == "POST" and form.is_valid():
        try:
            closing.file_appeal(
                record=found,
                grounds=form.cleaned_data["grounds"],
                by=person_of(request),
                at=now(),
                on=today(),
                within=within,
            )
        except UnfitError as unfit:
            form.add_error(None, sentence(unfit))
        else:
            draft.forget(person_of(request))
            messages.success(request, _("Votre contestation est déposée. Un accusé de réception vous est envoyé."))
            return redirect("candidate:decision", row.pk, found.pk)
    page = reverse("candidate:decision", args=[row.pk, found.pk])
    return draw(
        request,
        row,
        "appeal",
        _("Contester cette décision"),
        status=REFUSED if form.is_bound else 200,
        through=(*_through(row), (found.get_answer_display(), page)),
        form=form,
        draft=draft,
        record=found,
        until=until,
    )


@on_own_file(Action.APPEAL)
@require_http_methods(["GET", "POST"])
def withdraw_appeal(request: HttpRequest, row: Candidacy, appeal: UUID) -> HttpResponse:
    """No longer contesting, once it is confirmed."""
    found = Appeal.objects.filter(decision__candidacy=row, pk=appeal).select_related("decision").first()
    if found is None:
        raise Http404
    page = reverse("candidate:decision", args=[row.pk, found.decision_id])
    if request.method != "POST":
        return draw(
            request,
            row,
            "confirm",
            _("Retirer ma contestation"),
            through=(*_through(row), (found.decision.get_answer_display(), page)),
            lede=_("La décision restera ce qu’elle est. Vous pourrez la contester de nouveau tant que le délai court."),
            label=_("Retirer ma contestation"),
            back=page,
            is_danger=True,
        )
    try:
        closing.withdraw_appeal(appeal=found, by=person_of(request), at=now())
    except UnfitError as unfit:
        messages.error(request, sentence(unfit))
    else:
        messages.success(request, _("Votre contestation est retirée."))
    return redirect(page)


@on_own_file(Action.SEE_OWN_FILE)
@require_GET
def letter(request: HttpRequest, row: Candidacy, letter: UUID) -> HttpResponseBase:
    """A letter as it was sent, in PDF."""
    found = letters_of(request, row).filter(pk=letter).first()
    if found is None:
        raise Http404
    return respond_with_letter(found)


def _record(row: Candidacy, record: UUID) -> DecisionRecord:
    found = row.decisions.filter(pk=record).select_related("decided_by").first()
    if found is None:
        raise Http404
    return found


def _through(row: Candidacy) -> tuple[tuple[str, str], ...]:
    return ((_("Décisions et courriers"), reverse("candidate:decisions", args=[row.pk])),)
