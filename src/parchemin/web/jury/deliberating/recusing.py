"""A member leaves the deliberation on one candidate, or comes back to it: told by whoever leads."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parchemin.records.juries.actions import listing
from parchemin.records.juries.models import Member
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.deliberating.facing import Facing, faced, leads
from parchemin.web.jury.deliberating.forms import ReasonForm, RevisedForm
from parchemin.web.jury.deliberating.page import page
from parchemin.web.jury.reaching import attempted


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_POST
def recuse(request: HttpRequest, id: UUID, hearing: UUID, member: UUID) -> HttpResponse:
    """The member does not deliberate on this candidate, for that reason."""
    facing, row = _reached(request, id, hearing, member)
    form = ReasonForm(request.POST)

    def do() -> Any:
        said = form.cleaned_data
        return listing.recuse(
            hearing=facing.hearing,
            member=row,
            reason=said["reason"],
            revision=said["revision"],
            **facing.found.signed,
        )

    told = _("%(name)s ne délibère pas sur ce candidat.") % {"name": row.person.name}
    return _done(facing, form, do, told)


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_POST
def take_back(request: HttpRequest, id: UUID, hearing: UUID, member: UUID) -> HttpResponse:
    """The member deliberates on this candidate after all."""
    facing, row = _reached(request, id, hearing, member)
    form = RevisedForm(request.POST)

    def do() -> Any:
        revision = form.cleaned_data["revision"]
        return listing.take_back_recusal(hearing=facing.hearing, member=row, revision=revision, **facing.found.signed)

    return _done(facing, form, do, _("%(name)s délibère de nouveau sur ce candidat.") % {"name": row.person.name})


def _reached(request: HttpRequest, id: UUID, hearing: UUID, member: UUID) -> tuple[Facing, Member]:
    """Whoever leads may, but nobody takes back their own recusal, nor acts on a candidate they left."""
    facing = faced(request, id, hearing)
    if not leads(facing.found) or facing.is_recused:
        raise Http404
    return facing, get_object_or_404(facing.session.members.select_related("person"), pk=member)


def _done(facing: Facing, form: forms.Form, do: Callable[[], Any], told: str) -> HttpResponse:
    request, row = facing.found.request, facing.hearing
    status = 422
    if form.is_valid():
        attempt = attempted(form, do)
        if attempt.is_done:
            messages.success(request, told)
            back = reverse("jury:live", args=[row.session_id]) + f"#h-{row.pk.hex}"
            return redirect(back if request.POST.get("from") == "live" else facing.url)
        status = attempt.status
    return page(faced(request, row.session_id, row.pk), refused=form, status=status)
