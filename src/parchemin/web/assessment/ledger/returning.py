"""The jury sends the file back: the office tells it, with why, and the file is open again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.core.decision import Stage
from parchemin.records.assessments.actions.returning import return_from_jury
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.queries.transmissions import Sent, sent_of
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.models import Deposit
from parchemin.records.candidacies.wordings import sentence as unfit
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.ledger.file import page_of, whose
from parchemin.web.assessment.ledger.forms import ReturnForm
from parchemin.web.shared.reached import Reached, reached

CONFLICT, REFUSED = 409, 422


@needs(Action.RETURN_FROM_JURY)
@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, file: UUID) -> HttpResponse:
    """What the jury says of the file it has; once sent, it may be assessed and transmitted again."""
    found = reached(request, file, Action.RETURN_FROM_JURY)
    sent = sent_of(found.candidacy)
    if not sent.is_with_jury:
        messages.info(request, _("Le jury n’a pas ce dossier : il n’a pas à le renvoyer."))
        return redirect("assessment:file", file)
    form = _form(found, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(found, sent, form, status=REFUSED if form.is_bound else 200)
    try:
        return_from_jury(candidacy=found.candidacy, **form.cleaned_data, **found.signed)
    except StaleError:
        return _overtaken(request, file)
    except (AssessmentError, UnfitError) as error:
        form.add_error(None, sentence(error) if isinstance(error, AssessmentError) else unfit(error))
        return _page(found, sent, form, status=REFUSED)
    messages.success(request, _("Le dossier est rouvert ; le candidat et ceux qui l’ont évalué en sont prévenus."))
    return redirect("assessment:file", file)


def _form(found: Reached, data: Any) -> ReturnForm:
    kept = found.candidacy.deposits.filter(stage=Stage.COMPLETENESS).exclude(answer=Deposit.Answer.RETURNED)
    return ReturnForm(data, has_deposit=kept.exists(), initial={"revision": found.candidacy.revision})


def _overtaken(request: HttpRequest, file: UUID) -> HttpResponse:
    """The page again with what was typed, at the revision of now."""
    fresh = reached(request, file, Action.RETURN_FROM_JURY)
    typed = request.POST.copy()
    typed["revision"] = str(fresh.candidacy.revision)
    return _page(fresh, sent_of(fresh.candidacy), _form(fresh, typed), is_overtaken=True, status=CONFLICT)


def _page(found: Reached, sent: Sent, form: ReturnForm, *, status: int = 200, **also: Any) -> HttpResponse:
    context = {
        "row": found.candidacy,
        "whose": whose(found),
        "form": form,
        "sent": sent,
        "file_page": page_of(found)[1],
        "crumbs": found.crumbs(page_of(found), _("Retour du jury")),
        **also,
    }
    return render(found.request, "assessment/ledger_return.html", context, status=status)
