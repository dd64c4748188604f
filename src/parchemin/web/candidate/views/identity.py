"""Civil identity, and the places that a few letters lead to."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.actions.identifying import set_identity
from parchemin.records.people.errors import StaleIdentityError
from parchemin.records.people.models import CivilIdentity
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.candidate.drafts import fill, kept
from parchemin.web.candidate.files import draw, on_own_file
from parchemin.web.candidate.forms.identity import ABROAD, FRANCE, IdentityForm, initial_of, suggestions
from parchemin.web.shared.asked import person_of, viewer_of
from parchemin.web.shared.clock import now, today

LEAST = 2
"""Letters from which places are suggested."""


@on_own_file(Action.EDIT_APPLICATION)
@require_http_methods(["GET", "POST"])
def identity(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """What civil status says, and where letters go."""
    person = viewer_of(request)
    known = CivilIdentity.objects.filter(person=person).first()
    initial = initial_of(known, person.given_name, person.family_name)
    form = IdentityForm(request.POST or None, initial=initial, on=today())
    form.fields["place"].widget.attrs.update(_suggesting())
    draft = kept(request, "identity", row)
    fill(form, draft)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        draft.forget(person_of(request))
        told = _("Votre état civil est enregistré ; lieu de naissance : %(place)s.")
        messages.success(request, told % {"place": form.cleaned_data["place"]})
        for warning in form.warnings:
            messages.warning(request, warning)
        return redirect("candidate:file", row.pk)
    return draw(
        request,
        row,
        "identity",
        _("Votre état civil"),
        status=form.http_status,
        form=form,
        draft=draft,
        known=known,
        suggested=form.suggested,
        chosen=form["place_code"].value() or "",
        is_sent=row.identity is not None and not row.is_with_candidate,
    )


@needs(Action.APPLY)
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Communes or countries that begin as typed, to choose from."""
    typed = request.GET.get("place", "").strip()[:100]
    is_french = request.GET.get("born_in", FRANCE) != ABROAD
    found = suggestions(typed, is_french=is_french, on=_born_on(request)) if len(typed) >= LEAST else []
    return render(request, "candidate/parts/places.html", {"suggested": found, "chosen": ""})


def _born_on(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("born_on", ""))
    except ValueError:
        return None


def _saved(request: HttpRequest, form: IdentityForm) -> bool:
    person = person_of(request)
    try:
        set_identity(
            person=person, identity=form.identity(), by=person, at=now(), revision=form.cleaned_data["revision"]
        )
    except StaleIdentityError:
        form.changes = [_("Votre état civil a été modifié depuis une autre page.")]
        form.renew(CivilIdentity.objects.get(person=person).revision)
        return False
    return True


def _suggesting() -> dict[str, Any]:
    return {
        "hx-get": reverse("candidate:places"),
        "hx-trigger": "input changed delay:250ms",
        "hx-target": "#places",
        "hx-include": "[name=born_in], [name=born_on]",
        "aria-controls": "places",
    }
