"""Minutes are closed by the chair, or put aside before that."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.juries.actions.minuting import close_minutes, drop_minutes
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.minutes.forms import CloseForm, DropForm
from parchemin.web.jury.minutes.reached import Read, read
from parchemin.web.jury.reaching import attempted

REFUSED = 422


@needs(Action.SIT_IN_JURY)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, id: UUID) -> HttpResponse:
    """The chair closes them: what they decide has effect from then on."""
    here = read(request, id)
    if not here.found.is_chair:
        raise Http404
    if not here.may_close:
        return redirect(here.url)
    form = CloseForm(request.POST or None)
    if not here.missing:
        del form.fields["reason"]

    def act() -> None:
        reason = form.cleaned_data.get("reason", "")
        close_minutes(minutes=here.minutes, on=here.found.on, reason=reason, **here.found.signed)

    told = _("Le procès-verbal est clos : les décisions ont effet.")
    return _asked(request, here, form, act, "jury/minutes_close.html", _("Clore"), told)


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, id: UUID) -> HttpResponse:
    """They are put aside with a reason, and the jury deliberates again."""
    here = read(request, id)
    if not (here.found.is_office or here.found.is_chair):
        raise Http404
    if not here.may_drop:
        return redirect(here.url)
    form = DropForm(request.POST or None)

    def act() -> None:
        drop_minutes(minutes=here.minutes, reason=form.cleaned_data["reason"], **here.found.signed)

    told = _("Le procès-verbal est abandonné : la délibération est reprise.")
    return _asked(request, here, form, act, "jury/minutes_drop.html", _("Abandonner"), told)


def _asked(
    request: HttpRequest, here: Read, form: forms.Form, act: Callable[[], None], template: str, title: str, told: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and attempted(form, act).is_done:
        messages.success(request, told)
        return redirect(here.url)
    context = {"here": here, "form": form, "crumbs": here.crumbs(title)}
    return render(request, template, context, status=REFUSED if request.method == "POST" else 200)
