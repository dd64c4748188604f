"""What was seen of the candidate at work: signed with an account, or asked of somebody who has none."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.pathways.actions.observing import ask_observation, observe
from parchemin.records.pathways.queries.working import moments_of, situations_in
from parchemin.records.people.permissions import Action
from parchemin.web.access.assurance import assurance_of
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.borne import choices_of, codes_of
from parchemin.web.pathway.competences import titles_of
from parchemin.web.pathway.sending import is_sent
from parchemin.web.pathway.trying import DONE, tried
from parchemin.web.pathway.work.forms import AskObservationForm, ObserveForm, chosen_moment
from parchemin.web.pathway.work.found import draw, may_log, may_observe, work_url
from parchemin.web.shared.reached import reached

REFUSED = 422


@needs(Action.COMMENT_EVIDENCE)
@require_http_methods(["GET", "POST"])
def observe_one(request: HttpRequest, id: UUID) -> HttpResponse:
    """The grid, for somebody who follows the candidate."""
    found = reached(request, id, Action.COMMENT_EVIDENCE)
    scheme, row = found.judged.scheme, found.candidacy
    codes = codes_of(scheme, row)
    if not may_observe(found) or not codes:
        raise Http404
    names, situations = titles_of(scheme), situations_in(moments_of(row))
    form = ObserveForm(
        request.POST or None,
        titles=[(code, names[code]) for code in codes],
        situations=situations,
        initial={"observed_on": found.on},
    )
    if form.is_valid():
        told = {"marks": form.marks, **{name: form.cleaned_data[name] for name in ("words", "observed_on", "quality")}}
        told |= {"moment": chosen_moment(form, situations), "assurance": assurance_of(request), **found.signed}
        if tried(form, lambda: observe(candidacy=row, **told)) == DONE:
            messages.success(request, _("Votre observation est signée."))
            return redirect(work_url(found))
    title = _("Observer au travail")
    lede = _("Ce que vous avez vu appuie le dossier ; vous ne décidez de rien ici.")
    context = {"form": form, "title": title, "lede": lede, "back": work_url(found)}
    return draw(found, "work_observe", context, title, status=REFUSED if form.is_bound else 200)


@needs(Action.LOG_WORK)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, id: UUID) -> HttpResponse:
    """Somebody without an account is asked what they saw, by a one-use link."""
    found = reached(request, id, Action.LOG_WORK)
    row, codes = found.candidacy, choices_of(found.judged.scheme, found.candidacy)
    if not may_log(found) or not codes:
        raise Http404
    situations = situations_in(moments_of(row))
    form = AskObservationForm(request.POST or None, codes=codes, situations=situations)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("bearer", "quality", "email", "codes")}
        told |= {"moment": chosen_moment(form, situations), **found.signed}
        asked = _("dire ce que vous avez vu de %(name)s au travail, en quelques appuis.") % {"name": row.candidate.name}
        if is_sent(form, partial(ask_observation, candidacy=row, **told), asked=asked, by=found.person):
            messages.success(request, _("Le lien est envoyé à %(email)s. Il vaut 21 jours.") % form.cleaned_data)
            return redirect(work_url(found))
    title = _("Demander une observation")
    lede = _("Un tuteur la remplit sur son téléphone, sans compte, par un lien qui sert une fois.")
    context = {"form": form, "title": title, "lede": lede, "label": _("Envoyer le lien"), "back": work_url(found)}
    return draw(found, "work_form", context, title, status=REFUSED if form.is_bound else 200)
