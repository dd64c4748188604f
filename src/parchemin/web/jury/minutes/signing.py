"""A member signs the minutes, having just said again who they are."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.juries.actions.signing import sign_minutes
from parchemin.records.people.permissions import Action
from parchemin.web.access.assurance import assurance_of
from parchemin.web.access.decorators import needs
from parchemin.web.jury.minutes.forms import SignForm
from parchemin.web.jury.minutes.reached import Read, heading, read, seat_of
from parchemin.web.jury.reaching import attempted
from parchemin.web.shared.clock import now

CHANGED, REFUSED = 409, 422


@needs(Action.SIT_IN_JURY)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, id: UUID) -> HttpResponse:
    """The text to sign; on POST it is, unless it is not the one that was read."""
    here = read(request, id)
    seat_of(here)
    if not here.may_sign:
        return redirect(here.url)
    answer: HttpResponse = _signed_again(request, here)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]
def _signed_again(request: HttpRequest, here: Read) -> HttpResponse:
    if request.method != "POST":
        return _page(request, here, SignForm(initial={"digest": here.minutes.digest}))
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, here, form, REFUSED)
    if not form.is_of(here.minutes.digest):
        return _page(request, here, form, CHANGED)
    tried = attempted(form, lambda: _sign(request, here))
    if not tried.is_done:
        return _page(request, here, form, tried.status)
    messages.success(request, _("Votre signature est enregistrée."))
    return redirect(here.url)


def _sign(request: HttpRequest, here: Read) -> object:
    return sign_minutes(minutes=here.minutes, member=seat_of(here), assurance=assurance_of(request), at=now())


def _page(request: HttpRequest, here: Read, form: SignForm, status: int = 200) -> HttpResponse:
    context = {"here": here, "form": form, "facts": heading(here), "crumbs": here.crumbs(_("Signer"))}
    return render(request, "jury/minutes_sign.html", context, status=status)
