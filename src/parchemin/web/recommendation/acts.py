"""What is done of a recommendation: shown, hidden, withdrawn."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parchemin.records.recommendations import actions
from parchemin.records.recommendations.errors import RecommendationError
from parchemin.records.recommendations.models import Stand
from parchemin.records.recommendations.queries import SIGN
from parchemin.records.recommendations.wordings import sentence
from parchemin.web.access.decorators import needs
from parchemin.web.recommendation.forms import WithdrawForm
from parchemin.web.recommendation.reaching import REFUSED, Shown, shown
from parchemin.web.recommendation.showing import look_of, subject_of


@needs(SIGN)
@require_POST
def accept(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everybody may read it."""
    found = shown(request, id, as_endorsed=True)
    told = _("La recommandation est acceptée : tout le monde peut la lire tant qu’elle vaut.")
    return _done(found, told, lambda: actions.accept(recommendation=found.row, on=found.on, **found.signed))


@needs(SIGN)
@require_POST
def hide(request: HttpRequest, id: UUID) -> HttpResponse:
    """Nobody else reads it."""
    found = shown(request, id, as_endorsed=True)
    told = _("La recommandation est masquée : elle n’est plus sur vos pages.")
    return _done(found, told, lambda: actions.hide(recommendation=found.row, **found.signed))


@needs(SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, id: UUID) -> HttpResponse:
    """It no longer stands, for good."""
    found = shown(request, id, as_endorser=True)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw(recommendation=found.row, reason=form.cleaned_data["reason"], **found.signed)
        except RecommendationError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("La recommandation est retirée : qui la vérifie l’apprend."))
            return redirect(found.url)
    context = {
        "found": found,
        "row": found.row,
        "look": look_of(found.row, found.on),
        "subject": subject_of(found.row),
        "form": form,
        "is_shut": found.stands is Stand.WITHDRAWN and not form.is_bound,
        "crumbs": found.crumbs(_("Retirer la recommandation")),
    }
    return render(request, "recommendation/withdraw.html", context, status=REFUSED if form.is_bound else 200)


def _done(found: Shown, told: str, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except RecommendationError as error:
        messages.error(found.request, sentence(error))
    else:
        messages.success(found.request, told)
    return redirect(found.url)
