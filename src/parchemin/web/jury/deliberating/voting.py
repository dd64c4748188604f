"""Each member votes from their own screen; who leads sees who has, and how once all have."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parchemin.records.juries.actions.deliberating import cast_vote
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.deliberating.facing import read
from parchemin.web.jury.deliberating.forms import VoteForm
from parchemin.web.jury.deliberating.page import page
from parchemin.web.jury.deliberating.voices import voices_of
from parchemin.web.jury.reaching import attempted


@needs(Action.SIT_IN_JURY)
@require_POST
def vote(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """The member's voice on what is about to be decided, in place of an earlier one."""
    facing = read(request, id, hearing)
    member = facing.found.member
    if member is None:
        raise Http404
    form = VoteForm(request.POST)
    if form.is_valid():
        attempt = attempted(
            form,
            lambda: cast_vote(
                hearing=facing.hearing,
                member=member,
                ballot=form.chosen,
                revision=form.cleaned_data["revision"],
                **facing.found.signed,
            ),
        )
        if attempt.is_done:
            messages.success(request, _("Votre voix est notée."))
            return redirect(facing.url + "#voix")
        conflict: list[dict[str, str]] | None = [] if attempt.is_overtaken else None
        return page(read(request, id, hearing), voting=form, conflict=conflict, status=attempt.status)
    return page(read(request, id, hearing), voting=form, status=422)


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_GET
def voices(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """Where the vote stands, as a part that the page asks for again and again."""
    facing = read(request, id, hearing)
    if not getattr(request, "htmx", False):
        return redirect(facing.url + "#voix")
    is_changed = request.GET.get("revision", "") != str(facing.hearing.revision)
    context = {"facing": facing, "voices": voices_of(facing), "is_changed": is_changed}
    return render(request, "jury/hearing_voices.html", context)
