"""Reading everything again, knowing what the rules foresee, and handing in: the application, then the jury's file."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.core.decision import NOT_MET, Decision, Stage
from parchemin.core.terms import title_of
from parchemin.records.candidacies.actions import depositing
from parchemin.records.candidacies.facts import current
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Deposit, Status
from parchemin.records.people.models import CivilIdentity
from parchemin.records.people.permissions import Action
from parchemin.web.candidate.attempts import REFUSED, Done, attempt, shown
from parchemin.web.candidate.checklist import checklist
from parchemin.web.candidate.files import draw, on_own_file
from parchemin.web.candidate.forms.identity import birthplace
from parchemin.web.candidate.forms.saying import DepositForm
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.clock import now, today

Handed = Done[Decision | Deposit]


@on_own_file(Action.DEPOSIT_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def application(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """The application as it would be sent, and what the rules foresee of it; a refusal is drawn and nothing is sent."""
    judged = Judged(row, today())
    identity = CivilIdentity.objects.filter(person_id=row.candidate_id).first()
    decision = judged.foreseen(Stage.ELIGIBILITY)
    form = shown(DepositForm, request, row, may_insist=decision.outcome is NOT_MET)

    def hand_in(revision: int, is_insisting: bool) -> Decision | Deposit:
        return depositing.deposit_application(
            candidacy=row, by=person_of(request), at=now(), on=today(), is_insisting=is_insisting, revision=revision
        )

    done = _handed_in(form, hand_in) if request.method == "POST" else None
    if done and isinstance(done.value, Deposit):
        messages.success(request, _("Votre candidature est déposée. Un accusé de réception vous est envoyé."))
        return redirect("candidate:file", row.pk)
    return draw(
        request,
        row,
        "deposit",
        _("Relire et déposer"),
        status=REFUSED if done else form.http_status,
        form=form,
        decision=done.value if done else decision,
        is_refused=done is not None,
        identity=identity,
        birthplace=birthplace(identity),
        checklist=checklist(judged, identity),
        statements=_statements(judged),
        documents=_documents(judged, judged.application.documents, with_others=True),
        route=judged.scheme.route_of(row.route),
        is_open=row.is_with_candidate,
        tags=judged.scheme.experience_tags,
    )


@on_own_file(Action.DEPOSIT_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """The file for the jury as it would be sent, and what is missing; a document the rules refuse is drawn."""
    judged = Judged(row, today())
    form = shown(DepositForm, request, row)

    def hand_in(revision: int, is_insisting: bool) -> Decision | Deposit:
        return depositing.deposit_file(candidacy=row, by=person_of(request), at=now(), on=today(), revision=revision)

    done = _handed_in(form, hand_in) if request.method == "POST" else None
    if done and isinstance(done.value, Deposit):
        messages.success(request, _("Votre dossier pour le jury est déposé."))
        return redirect("candidate:file", row.pk)
    return draw(
        request,
        row,
        "deposit_file",
        _("Déposer le dossier pour le jury"),
        status=REFUSED if done else form.http_status,
        form=form,
        decision=done.value if done else judged.decided(Stage.COMPLETENESS),
        is_refused=done is not None,
        documents=_documents(judged, judged.later.documents),
        is_open=row.status == Status.ADMISSIBLE,
    )


def _handed_in(form: DepositForm, act: Callable[[int, bool], Decision | Deposit]) -> Handed | None:
    if not form.is_valid():
        return None
    told = form.cleaned_data
    return attempt(form, lambda: act(told["revision"], told.get("is_insisting", False)))


def _statements(judged: Judged) -> list[tuple[str, bool | None]]:
    told = {one.code: one.declared for one in judged.candidacy.statements.all()}
    said = judged.scheme.statements
    return [(said.get(code, code), told.get(code)) for code in judged.application.statements]


def _documents(judged: Judged, kinds: tuple[str, ...], *, with_others: bool = False) -> list[tuple[str, object]]:
    rows = list(judged.candidacy.documents.all())
    held = {one.kind: current(one) for one in rows if one.kind}
    found: list[tuple[str, object]] = [(title_of(judged.scheme.documents, kind), held.get(kind)) for kind in kinds]
    if with_others:
        found += [(one.title, version) for one in rows if not one.kind and (version := current(one))]
    return found
