"""Messages with the secretariat, and asking for an accommodation."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.candidacies.actions import talking
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Accommodation, Candidacy
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.candidate.attempts import REFUSED
from parchemin.web.candidate.drafts import fill, kept
from parchemin.web.candidate.files import draw, on_own_file
from parchemin.web.candidate.forms.saying import MessageForm, NeedForm
from parchemin.web.shared.asked import person_of, standing_of, viewer_of
from parchemin.web.shared.clock import now

SHOWN = 200
"""Messages shown, the last ones."""


@on_own_file(Action.MESSAGE)
@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """What was said on the file; opening it reads it."""
    form = MessageForm(request.POST or None)
    draft = kept(request, "message", row)
    fill(form, draft)
    if request.method == "POST" and form.is_valid():
        try:
            talking.send_message(candidacy=row, body=form.cleaned_data["body"], by=person_of(request), at=now())
        except UnfitError as unfit:
            form.add_error("body", sentence(unfit))
        else:
            draft.forget(person_of(request))
            messages.success(request, _("Votre message est envoyé."))
            return redirect("candidate:messages", row.pk)
    said = list(row.messages.select_related("author").order_by("-sent_at")[:SHOWN])
    if person_of(request).pk == viewer_of(request).pk and any(not one.is_from_candidate for one in said):
        talking.mark_read(candidacy=row, is_candidate=True, at=now())
    return draw(
        request,
        row,
        "messages",
        _("Messages"),
        status=REFUSED if form.is_bound else 200,
        form=form,
        draft=draft,
        thread=said[::-1],
        own=row.candidate_id,
    )


@on_own_file(Action.EDIT_APPLICATION)
@require_http_methods(["GET", "POST"])
def accommodation(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """A need told, and what was answered."""
    form = NeedForm(request.POST or None)
    draft = kept(request, "accommodation", row)
    fill(form, draft)
    if request.method == "POST" and form.is_valid():
        try:
            talking.ask_accommodation(candidacy=row, need=form.cleaned_data["need"], by=person_of(request), at=now())
        except UnfitError as unfit:
            form.add_error(None, sentence(unfit))
        else:
            draft.forget(person_of(request))
            messages.success(request, _("Votre demande est enregistrée, chiffrée. Vous recevrez une réponse écrite."))
            return redirect("candidate:accommodation", row.pk)
    asked = list(row.accommodations.order_by("-asked_at"))
    return draw(
        request,
        row,
        "accommodation",
        _("Aménagement des épreuves"),
        status=REFUSED if form.is_bound else 200,
        form=form,
        draft=draft,
        asked=asked,
        can_read=standing_of(request).has(Action.SEE_OWN_NEED),
        is_refused=bool(asked) and asked[0].state == Accommodation.State.REFUSED,
        is_waiting=any(one.state == Accommodation.State.ASKED for one in asked),
        is_active=row.is_active,
    )


@on_own_file(Action.EDIT_APPLICATION)
@require_http_methods(["GET", "POST"])
def withdraw_need(request: HttpRequest, row: Candidacy, accommodation: UUID) -> HttpResponse:
    """The request is taken back, and what was told is erased, once it is confirmed."""
    asked = row.accommodations.filter(pk=accommodation).first()
    if asked is None:
        raise Http404
    back = reverse("candidate:accommodation", args=[row.pk])
    if request.method != "POST":
        return draw(
            request,
            row,
            "confirm",
            _("Retirer ma demande d’aménagement"),
            through=((_("Aménagement des épreuves"), back),),
            lede=_("Ce que vous avez écrit sera effacé, et personne ne pourra plus y répondre."),
            label=_("Retirer cette demande"),
            back=back,
            is_danger=True,
        )
    try:
        talking.withdraw_accommodation(accommodation=asked, by=person_of(request), at=now())
    except UnfitError as unfit:
        messages.error(request, sentence(unfit))
    else:
        messages.success(request, _("La demande est retirée, et ce que vous aviez écrit est effacé."))
    return redirect(back)
