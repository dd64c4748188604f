"""Decisions with their reasons, their letters, and contesting them."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.base import File
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.candidacies.actions import closing
from parchemin.records.candidacies.actions.filling import Measured
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Appeal, Candidacy, DecisionRecord
from parchemin.records.candidacies.queries.appeals import APPEALABLE, asked_here, ladder, obstacle
from parchemin.records.candidacies.queries.told import told_decisions
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.candidate.attempts import REFUSED
from parchemin.web.candidate.drafts import fill, kept
from parchemin.web.candidate.files import draw, letters_of, on_own_file
from parchemin.web.candidate.forms.saying import AppealForm
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.downloads import respond_with_exhibit, respond_with_letter
from parchemin.web.shared.ladders import drawn_ladder
from parchemin.web.shared.returning import shows_no_page
from parchemin.web.shared.uploads import ACCEPT, received


@on_own_file(Action.SEE_OWN_FILE)
@require_GET
def decisions(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Every decision on the file and every letter, the last first."""
    return draw(
        request,
        row,
        "decisions",
        _("Décisions et courriers"),
        decisions=list(told_decisions(row).order_by("-decided_at")),
        letters=list(letters_of(request, row)[:100]),
    )


@on_own_file(Action.SEE_OWN_FILE)
@require_GET
def decision(request: HttpRequest, row: Candidacy, record: UUID) -> HttpResponse:
    """A decision with its reasons, as it was frozen, its letter, and before whom it may be contested."""
    found = _record(row, record)
    rungs = ladder(found, Judged(row, today())) if found.answer in APPEALABLE else []
    here = asked_here(rungs)
    against = obstacle(found, row, today(), here) if here else None
    return draw(
        request,
        row,
        "decision",
        found.get_answer_display(),
        through=_through(row),
        record=found,
        letters=list(found.letters.exclude(written_at=None)),
        appeals=list(found.appeals.prefetch_related("exhibits")),
        steps=drawn_ladder(rungs),
        may_appeal=here is not None and against is None,
        here=here,
        is_late=against is not None and against.code == "appeal_late",
    )


@on_own_file(Action.APPEAL)
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, row: Candidacy, record: UUID) -> HttpResponse:
    """Contesting a decision that goes against the candidate, with the documents that show it is wrong."""
    found = _record(row, record)
    if found.answer not in APPEALABLE:
        raise Http404
    rung = asked_here(ladder(found, Judged(row, today())))
    if request.method == "GET" and (rung is None or obstacle(found, row, today(), rung)):
        return redirect("candidate:decision", row.pk, found.pk)
    form = AppealForm(request.POST or None)
    draft = kept(request, "appeal", row, found.pk.hex)
    fill(form, draft)
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        exhibits, problems = _received(request)
        if form.is_valid() and not problems:
            try:
                closing.file_appeal(
                    record=found,
                    grounds=form.cleaned_data["grounds"],
                    by=person_of(request),
                    at=now(),
                    on=today(),
                    rung=rung,
                    exhibits=exhibits,
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
        problems=problems,
        draft=draft,
        record=found,
        rung=rung,
        accept=ACCEPT,
        limit=settings.UPLOAD_LIMIT,
    )


@on_own_file(Action.APPEAL)
@require_http_methods(["GET", "POST"])
def exhibits(request: HttpRequest, row: Candidacy, appeal: UUID) -> HttpResponse:
    """The documents attached to an appeal, and others while it waits for its answer."""
    found = _appeal(row, appeal)
    page = reverse("candidate:decision", args=[row.pk, found.decision_id])
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        given, problems = _received(request)
        if not problems:
            try:
                closing.add_exhibits(appeal=found, exhibits=given, by=person_of(request), at=now())
            except UnfitError as unfit:
                problems = (_("Choisissez un fichier, puis envoyez-le.") if unfit.code == "empty" else sentence(unfit),)
            else:
                messages.success(request, _("Vos pièces sont jointes au recours."))
                return redirect("candidate:exhibits", row.pk, found.pk)
    return draw(
        request,
        row,
        "exhibits",
        _("Pièces jointes au recours"),
        status=REFUSED if problems else 200,
        through=(*_through(row), (found.decision.get_answer_display(), page)),
        appeal=found,
        exhibits=list(found.exhibits.all()),
        problems=problems,
        back=page,
        accept=ACCEPT,
        limit=settings.UPLOAD_LIMIT,
    )


@shows_no_page
@on_own_file(Action.SEE_OWN_FILE)
@require_GET
def exhibit(request: HttpRequest, row: Candidacy, appeal: UUID, exhibit: UUID) -> HttpResponseBase:
    """A document attached to an appeal, as it came."""
    found = _appeal(row, appeal).exhibits.filter(pk=exhibit).first()
    if found is None:
        raise Http404
    return respond_with_exhibit(found)


@on_own_file(Action.APPEAL)
@require_http_methods(["GET", "POST"])
def withdraw_appeal(request: HttpRequest, row: Candidacy, appeal: UUID) -> HttpResponse:
    """No longer contesting, once it is confirmed."""
    found = _appeal(row, appeal)
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
    found = told_decisions(row).filter(pk=record).select_related("decided_by").first()
    if found is None:
        raise Http404
    return found


def _appeal(row: Candidacy, appeal: UUID) -> Appeal:
    found = Appeal.objects.filter(decision__candidacy=row, court="", pk=appeal).select_related("decision").first()
    if found is None:
        raise Http404
    return found


def _received(request: HttpRequest) -> tuple[list[tuple["File[bytes]", Measured]], tuple[str, ...]]:
    """The files sent, looked at; or why none is kept."""
    found = [received(one) for one in request.FILES.getlist("file")]
    refused = [one for one in found if one.is_refused]
    problems = [
        said
        for one in refused
        for said in (_("« %(name)s » n’a pas été gardé.") % {"name": one.measured.name}, *one.sentences)
    ]
    return [(one.content, one.measured) for one in found], tuple(problems)


def _through(row: Candidacy) -> tuple[tuple[str, str], ...]:
    return ((_("Décisions et courriers"), reverse("candidate:decisions", args=[row.pk])),)
