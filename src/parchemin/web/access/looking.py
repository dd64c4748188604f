"""Looking through somebody's eyes: the page that asks why, and the way back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Person
from parchemin.records.people.permissions import Action
from parchemin.web.access import viewing
from parchemin.web.access.decorators import needs, signed_in
from parchemin.web.access.forms import ViewAsForm


@needs(Action.VIEW_AS)
@require_http_methods(["GET", "POST"])
def start_view_as(request: HttpRequest, id: UUID) -> HttpResponse:
    """From now on the pages are shown as that person sees them, for a reason that is journaled."""
    viewed = get_object_or_404(Person, pk=id, is_active=True)
    form = ViewAsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            viewing.start(request, viewed, form.cleaned_data["reason"])
        except RefusalError as refusal:
            form.add_error("reason" if refusal.code in ("reasons", "addresses") else None, refusal.sentence)
        else:
            return redirect("home")
    crumbs = [(_("Regarder par les yeux de quelqu’un"), None)]
    return render(request, "access/view_as.html", {"viewed": viewed, "form": form, "crumbs": crumbs})


@signed_in
@require_POST
def stop_view_as(request: HttpRequest) -> HttpResponse:
    """One looks through one's own eyes again."""
    viewing.stop(request)
    return redirect("home")
