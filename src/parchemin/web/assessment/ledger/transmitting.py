"""The file goes to the jury: what holds it back, what whoever sends it attests, and the documents still to join."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.core.decision import Decision
from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.queries.sending import STAGES, Sending
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.actions.filling import drop_document
from parchemin.records.candidacies.contributing import JOINED
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.models import Status
from parchemin.records.candidacies.wordings import sentence as unfit
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.ledger.file import page_of, whose
from parchemin.web.assessment.ledger.forms import TransmitForm
from parchemin.web.shared.reached import Reached, reached
from parchemin.web.shared.uploads import ACCEPT, received

CONFLICT, REFUSED = 409, 422


@needs(Action.TRANSMIT_FILE)
@require_http_methods(["GET", "POST"])
def transmit(request: HttpRequest, file: UUID) -> HttpResponse:
    """What is missing, drawn; what is attested, ticked; then the file goes, and again only if there is a reason to."""
    found = reached(request, file, Action.TRANSMIT_FILE, *JOINED)
    sending = Sending(found.judged)
    form = _form(found, sending, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(found, sending, form)
    if not form.is_valid():
        return _page(found, sending, form, status=REFUSED)
    attested = form.cleaned_data.get("attested", [])
    try:
        done = transmit_file(
            candidacy=found.candidacy,
            attested=attested,
            on=found.on,
            revision=form.cleaned_data["revision"],
            **found.signed,
        )
    except StaleError:
        return _overtaken(request, file)
    except (AssessmentError, UnfitError) as error:
        form.add_error(None, sentence(error) if isinstance(error, AssessmentError) else unfit(error))
        return _page(found, sending, form, status=REFUSED)
    if isinstance(done, Decision):
        fresh = reached(request, file, Action.TRANSMIT_FILE, *JOINED)
        return _page(fresh, Sending(fresh.judged, attested), form, is_refused=True, status=REFUSED)
    messages.success(request, _("Le dossier est transmis au jury : le candidat en est prévenu par courrier."))
    return redirect("assessment:file", file)


@needs(Action.TRANSMIT_FILE)
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, file: UUID, kind: str) -> HttpResponse:
    """A document that the jury wants and that the candidate does not hold is joined to the file."""
    found = reached(request, file, Action.TRANSMIT_FILE, *JOINED)
    title = Sending(found.judged).to_join.get(kind)
    if title is None or found.candidacy.status != Status.ADMISSIBLE:
        raise Http404
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        problems = _joined(found, kind)
        if not problems:
            messages.success(request, _("« %(title)s » est joint au dossier.") % {"title": title})
            return redirect("assessment:transmit", file)
    transmission = (_("Transmettre au jury"), reverse("assessment:transmit", args=[file]))
    context = {
        "row": found.candidacy,
        "title": title,
        "whose": whose(found),
        "problem": " ".join(problems),
        "accept": ACCEPT,
        "limit": settings.UPLOAD_LIMIT,
        "back": transmission[1],
        "crumbs": found.crumbs(page_of(found), transmission, title),
    }
    return render(request, "assessment/ledger_join.html", context, status=REFUSED if problems else 200)


def _joined(found: Reached, kind: str) -> tuple[str, ...]:
    """Why it was not kept; nothing once it is."""
    given = found.request.FILES.get("file")
    if given is None:
        return (_("Choisissez un fichier."),)
    looked_at = received(given)
    if looked_at.is_refused:
        return looked_at.sentences
    try:
        drop_document(
            candidacy=found.candidacy,
            content=looked_at.content,
            measured=looked_at.measured,
            kind=kind,
            **found.signed,
        )
    except UnfitError as error:
        return (unfit(error),)
    return ()


def _form(found: Reached, sending: Sending, data: Any) -> TransmitForm:
    again, initial = bool(sending.sent.rows), {"revision": found.candidacy.revision}
    return TransmitForm(data, to_attest=sending.to_attest, is_again=again, initial=initial)


def _overtaken(request: HttpRequest, file: UUID) -> HttpResponse:
    """The page again as the file stands now, what was ticked kept."""
    fresh = reached(request, file, Action.TRANSMIT_FILE, *JOINED)
    typed = request.POST.copy()
    typed["revision"] = str(fresh.candidacy.revision)
    sending = Sending(fresh.judged, typed.getlist("attested"))
    return _page(fresh, sending, _form(fresh, sending, typed), is_overtaken=True, status=CONFLICT)


def _page(found: Reached, sending: Sending, form: TransmitForm, *, status: int = 200, **also: Any) -> HttpResponse:
    row = found.candidacy
    sent = sending.sent
    is_open = row.status == Status.ADMISSIBLE and sent.may_go
    context = {
        "found": found,
        "row": row,
        "whose": whose(found),
        "form": form,
        "sent": sent,
        "is_open": is_open,
        "due_on": sending.due_on if is_open else None,
        "lacking": [one for stage in STAGES for one in sending.lacking(stage)] if is_open else [],
        "failed": sending.failed if is_open else (),
        "to_lift": {one.rule for one in sending.to_lift} if is_open and found.may(Action.DECIDE_ADMISSIBILITY) else (),
        "to_join": sending.to_join if is_open else {},
        "decisions": [sending.decided(stage) for stage in STAGES] if is_open else [],
        "file_page": page_of(found)[1],
        "crumbs": found.crumbs(page_of(found), _("Transmettre au jury")),
        **also,
    }
    return render(found.request, "assessment/ledger_transmit.html", context, status=status)
