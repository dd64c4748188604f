"""What the rules ask to declare, and the regulation to accept."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.candidacies.actions.depositing import accept_regulation
from parchemin.records.candidacies.actions.filling import declare
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.models import Person
from parchemin.records.people.permissions import Action
from parchemin.web.candidate.attempts import attempt, shown
from parchemin.web.candidate.files import draw, on_own_file
from parchemin.web.candidate.forms.saying import StatementsForm, answered
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.clock import now, today


@on_own_file(Action.EDIT_APPLICATION)
@require_http_methods(["GET", "POST"])
def statements(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Each question, and the regulation; answers that change are to be verified again."""
    judged = Judged(row, today())
    codes = dict.fromkeys((*judged.application.statements, *judged.later.statements))
    told = {one.code: one for one in row.statements.all()}
    form = shown(
        StatementsForm,
        request,
        row,
        statements={code: judged.scheme.statements.get(code, code) for code in codes},
        may_accept=row.is_with_candidate and row.regulation_accepted_at is None,
        initial={code: answered(one.declared) for code, one in told.items()},
    )
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _keep(row, form, person_of(request))):
        messages.success(request, _said(row, form))
        return redirect("candidate:file", row.pk)
    asked = [
        {"field": form[code], "verified": told[code].verified if code in told else None, "code": code} for code in codes
    ]
    return draw(
        request,
        row,
        "statements",
        _("Vos déclarations"),
        status=form.http_status,
        form=form,
        now_asked=[one for one in asked if one["code"] in judged.application.statements],
        later_asked=[one for one in asked if one["code"] not in judged.application.statements],
        ref=judged.scheme.ref,
        label=judged.scheme.version_label if isinstance(judged.scheme.version_label, str) else "",
        is_active=row.is_active,
    )


def _keep(row: Candidacy, form: StatementsForm, by: Person) -> None:
    at = now()
    with transaction.atomic():
        declare(candidacy=row, answers=form.answers(), by=by, at=at, revision=form.cleaned_data["revision"])
        if form.accepts:
            accept_regulation(candidacy=row, by=by, at=at, revision=row.revision)


def _said(row: Candidacy, form: StatementsForm) -> str:
    if form.accepts:
        return (
            _("Vos réponses sont enregistrées, et le règlement est accepté.")
            if form.statements
            else _("Le règlement est accepté.")
        )
    if row.regulation_accepted_at is None:
        return _("Vos réponses sont enregistrées. Il reste à accepter le règlement.")
    return _("Vos réponses sont enregistrées.")
