"""The minutes of a session are drawn up once everything is settled."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.juries.actions.minuting import draw_minutes
from parchemin.records.juries.models import State
from parchemin.records.juries.queries.written import heard
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.minutes.forms import DrawForm
from parchemin.web.jury.reaching import Attempt, Convened, attempted, convened


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, id: UUID) -> HttpResponse:
    """What the minutes would say, and what is not settled; on POST they are drawn up, by the office or the chair."""
    found = convened(request, id)
    if not (found.is_office or found.is_chair):
        raise Http404
    if last := found.session.all_minutes.filter(dropped_at__isnull=True).order_by("drawn_at").last():
        return redirect("jury:minutes", last.pk)
    if request.method != "POST":
        return _page(found, DrawForm(initial={"revision": found.session.revision}))
    form = DrawForm(request.POST)
    if not form.is_valid():
        return _page(found, form, Attempt())
    revision = form.cleaned_data["revision"]
    tried = attempted(form, lambda: draw_minutes(session=found.session, revision=revision, **found.signed))
    if not tried.is_done:
        return _page(convened(request, id), form, tried)
    messages.success(request, _("Le procès-verbal est établi : chaque membre présent peut le lire et le signer."))
    return redirect("jury:minutes", tried.result.pk)


def _page(found: Convened, form: DrawForm, tried: Attempt | None = None) -> HttpResponse:
    hearings = heard(found.session)
    context = {
        "found": found,
        "form": form,
        "tried": tried,
        "hearings": hearings,
        "waiting": [one for one in hearings if not one.verdict],
        "is_open": found.session.state is State.OPEN,
        "crumbs": found.crumbs(_("Procès-verbal")),
    }
    return render(found.request, "jury/minutes_draw.html", context, status=tried.status if tried else 200)
