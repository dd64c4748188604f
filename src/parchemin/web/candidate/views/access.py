"""Who reads one's file: opening it to somebody who accompanies one, and closing it at once."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parchemin.records.candidacies.actions.sharing import offer_access, revoke_access
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.models import Role
from parchemin.records.people.permissions import Action
from parchemin.web.access.invitations import send_opening
from parchemin.web.candidate.attempts import REFUSED
from parchemin.web.candidate.files import draw, on_own_file
from parchemin.web.candidate.forms.sharing import AccessForm
from parchemin.web.candidate.readers import readers
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.typesetting import day

USUAL = timedelta(days=182)
FIELDS = {"access_own": "email", "access_end": "until_on"}
"""What is wrong with a field, by why the file could not be opened."""


@on_own_file(Action.GRANT_ACCESS)
@require_http_methods(["GET", "POST"])
def access(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Everybody to whom the file is open, and opening it to one more person."""
    form = AccessForm(request.POST or None, initial={"until_on": today() + USUAL})
    if request.method == "POST" and form.is_valid() and _has_opened(request, row, form):
        told = {"email": form.cleaned_data["email"], "day": day(form.cleaned_data["until_on"])}
        said = _("Votre dossier est ouvert à %(email)s jusqu’au %(day)s : un e-mail l’annonce.")
        messages.success(request, said % told)
        return redirect("candidate:access", row.pk)
    found = readers(row)
    return draw(
        request,
        row,
        "access",
        _("Qui peut lire mon dossier"),
        status=REFUSED if form.is_bound else 200,
        form=form,
        running=[one for one in found if one.access.is_running(today())],
        over=[one for one in found if not one.access.is_running(today())],
        is_active=row.is_active,
    )


@on_own_file(Action.GRANT_ACCESS)
@require_POST
def close(request: HttpRequest, row: Candidacy, access: int) -> HttpResponse:
    """One of the accesses that the candidate opened is closed; those that the organisation opened are its own."""
    found = row.accesses.filter(pk=access, organisation__isnull=True).first()
    if found is None:
        raise Http404
    revoke_access(access=found, by=person_of(request), at=now())
    messages.success(request, _("L’accès est fermé : cette personne ne lit plus votre dossier."))
    return redirect("candidate:access", row.pk)


def _has_opened(request: HttpRequest, row: Candidacy, form: AccessForm) -> bool:
    told: dict[str, Any] = {"role": Role.COMPANION, "by": person_of(request), "at": now(), "on": today()}
    asked = {name: form.cleaned_data[name] for name in ("email", "until_on")}
    try:
        with transaction.atomic():
            send_opening(*offer_access(candidacy=row, **asked, **told))
    except UnfitError as unfit:
        form.add_error(FIELDS.get(unfit.code), sentence(unfit))
        return False
    return True
