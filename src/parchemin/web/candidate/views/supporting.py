"""Words of support: those given, those awaited, and asking somebody for one by a one-use link."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.candidacies.actions.witnessing import ask_endorsement
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.queries.linked import ENDORSE, links_waiting
from parchemin.records.people.permissions import Action
from parchemin.web.candidate.attempts import REFUSED
from parchemin.web.candidate.files import draw, on_own_file
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.clock import now
from parchemin.web.shared.linking import AskForm, has_sent


@on_own_file(Action.EDIT_APPLICATION)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Somebody is asked to say a word for the candidacy."""
    person, back = person_of(request), reverse("candidate:proofs", args=[row.pk])
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = _("dire en quelques mots pourquoi vous soutenez cette candidature.")
        told = {**form.cleaned_data, "by": person, "at": now()}
        if has_sent(form, partial(ask_endorsement, candidacy=row, **told), asked=asked, by=person):
            messages.success(request, _("Le lien est envoyé à %(email)s. Il vaut 21 jours.") % told)
            return redirect(back)
    return draw(
        request,
        row,
        "ask",
        _("Demander un mot de soutien"),
        status=REFUSED if form.is_bound else 200,
        through=((_("Autres justificatifs"), back),),
        form=form,
        lede=_(
            "Quelqu’un qui connaît votre travail l’écrit en quelques lignes, par un lien qui sert une fois. "
            "Le secrétariat lira ce mot avec votre dossier ; il ne remplace aucune pièce demandée."
        ),
        back=back,
    )


def support(row: Candidacy) -> dict[str, Any]:
    """The words given, and the links that still wait for one."""
    return {
        "endorsements": row.endorsements.filter(said_at__isnull=False),
        "awaited": links_waiting(row, ENDORSE, now()),
    }
