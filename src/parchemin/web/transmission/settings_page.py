"""Under which numbers a body sends its awards."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.people.permissions import Action
from parchemin.records.transmissions.actions.channelling import save_channel
from parchemin.web.access.decorators import needs
from parchemin.web.transmission.forms import ChannelForm
from parchemin.web.transmission.reaching import REFUSED, attempted, sender

FIELDS = ("certifier", "emitter", "contract", "version")


@needs(Action.TRANSMIT_AWARDS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, body: UUID) -> HttpResponse:
    """The numbers that the next files bear."""
    found = sender(request, body)
    known = found.channel
    initial = {name: getattr(known, name) for name in FIELDS} if known else {}
    form = ChannelForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        made, why = attempted(lambda: save_channel(organisation=found.body, **told, **found.signed))
        if made:
            messages.success(request, _("Les réglages sont enregistrés : les prochains fichiers les porteront."))
            return redirect(found.url("home"))
        form.add_error(None, why)
    context = {"found": found, "channel": known, "form": form, "crumbs": found.crumbs((_("Réglages"), None))}
    return render(request, "transmission/settings.html", context, status=REFUSED if form.is_bound else 200)
