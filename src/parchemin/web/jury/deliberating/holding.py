"""The jury tells how a method that it holds itself went off."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parchemin.records.juries.actions.sitting import hold_method, methods_of
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.deliberating.facing import led
from parchemin.web.jury.deliberating.interview import method_form
from parchemin.web.jury.deliberating.page import page
from parchemin.web.jury.reaching import attempted


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_POST
def held(request: HttpRequest, id: UUID, hearing: UUID, method: str) -> HttpResponse:
    """The jury held that method with the candidate."""
    facing = led(request, id, hearing)
    if method not in methods_of(facing.deliberation):
        raise Http404
    form = method_form(facing, method, request.POST)
    status, attempt = 422, None
    if form.is_valid():
        attempt = attempted(
            form,
            lambda: hold_method(
                hearing=facing.hearing,
                method=method,
                revision=form.cleaned_data["revision"],
                **form.told,
                **facing.found.signed,
            ),
        )
        if attempt.is_done:
            messages.success(request, _("C’est noté : la proposition en tient compte."))
            return redirect(facing.url + "#avis")
        status = attempt.status
    return page(led(request, id, hearing), holding={method: form}, attempt=attempt, status=status)
