"""The addresses by which a holder shows more of a certificate: made for a time, listed, closed when they wish."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from parchemin.records.awards.actions.sharing import LONGEST, end_share, share_certificate
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, Share
from parchemin.records.awards.queries.shared import shares_of
from parchemin.records.awards.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.held.owning import found
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.forms import DayField

USUAL = timedelta(days=30)
INVALID = 422


class ShareForm(forms.Form):
    """Until when; everything else follows from the certificate."""

    ends_on = DayField(
        label=gettext_lazy("Montré jusqu’au"),
        help_text=gettext_lazy("Le dernier jour compris, dans un an au plus. Vous pouvez fermer le lien avant."),
    )

    def clean_ends_on(self) -> Any:
        """A day to come, within a year."""
        day = self.cleaned_data["ends_on"]
        if not today() <= day < today() + LONGEST:
            raise forms.ValidationError(sentence(AwardError("share_end")))
        return day


@needs(Action.SEE_OWN_FILE)
@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: HttpRequest, id: UUID) -> HttpResponse:
    """The addresses made for a certificate, and one more. A new one is shown this once: its secret is not kept."""
    row = found(request, id)
    is_over = row.standing(today()).is_over
    if request.method != "POST":
        form = ShareForm(initial={"ends_on": today() + USUAL})
        return _page(request, row, form)
    form = ShareForm(request.POST)
    if is_over or not form.is_valid():
        return _page(request, row, form, status=INVALID)
    ends_at = timezone.make_aware(datetime.combine(form.cleaned_data["ends_on"], time(23, 59, 59)))
    try:
        made, secret = share_certificate(certificate=row, ends_at=ends_at, by=person_of(request), at=now())
    except AwardError as error:
        form.add_error(None, sentence(error))
        return _page(request, row, form, status=INVALID)
    address = settings.ADDRESS + reverse("verification:shared", args=[secret])
    return _page(request, row, ShareForm(initial={"ends_on": today() + USUAL}), made=made, address=address)


@needs(Action.SEE_OWN_FILE)
@require_POST
def end(request: HttpRequest, id: UUID, share: UUID) -> HttpResponse:
    """The address shows nothing from now on."""
    row = found(request, id)
    one = Share.objects.filter(certificate=row, pk=share).first()
    if one is None:
        raise Http404
    end_share(share=one, by=person_of(request), at=now())
    messages.success(request, _("Le lien est fermé : il ne montre plus rien."))
    return redirect("held:shares", id)


def _page(request: HttpRequest, row: Certificate, form: ShareForm, *, status: int = 200, **shown: Any) -> HttpResponse:
    at = now()
    context = {
        "row": row,
        "form": form,
        "is_over": row.standing(today()).is_over,
        "shares": [{"row": one, "is_open": one.is_open(at)} for one in shares_of(row)],
        "crumbs": [
            (_("Mes certificats"), reverse("held:mine")),
            (row.told["title"], reverse("held:one", args=[row.pk])),
            (_("Partager"), None),
        ],
        **shown,
    }
    return render(request, "held/shares.html", context, status=status)
