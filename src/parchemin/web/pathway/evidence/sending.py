"""One-use links about a pathway: asking somebody to vouch for evidence, and taking a link back."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parchemin.records.pathways.actions.evidencing import ask_vouching
from parchemin.records.pathways.queries.linked import LIAISE, OBSERVE, find_link
from parchemin.records.people.actions.linking import revoke_link
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.evidence.found import draw, shown_of
from parchemin.web.pathway.sending import is_sent
from parchemin.web.shared.linking import AskForm
from parchemin.web.shared.reached import reached

BACK = {OBSERVE: "pathway:work", LIAISE: "pathway:alternance"}
"""The page of the links that are about no evidence."""


@needs(Action.SHARE_EVIDENCE)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, id: UUID, evidence: UUID) -> HttpResponse:
    """Somebody is asked to vouch for a piece of evidence that its owner shares."""
    one = shown_of(request, id, evidence, Action.SHARE_EVIDENCE)
    if not one.may_ask:
        raise Http404
    form = AskForm(request.POST or None)
    if form.is_valid():
        told = {**form.cleaned_data, **one.found.signed}
        asked = _("confirmer une preuve que vous connaissez : « %(title)s ».") % {"title": one.row.title}
        if is_sent(form, partial(ask_vouching, evidence=one.row, **told), asked=asked, by=one.found.person):
            messages.success(request, _("Le lien est envoyé à %(email)s. Il vaut 21 jours.") % form.cleaned_data)
            return redirect(one.url())
    title = _("Faire confirmer cette preuve")
    context = {
        "form": form,
        "title": title,
        "lede": _(
            "Quelqu’un qui vous a vu faire la lit par un lien qui sert une fois, et dit en quelques lignes ce qu’il "
            "en est. Sa parole appuie la preuve ; elle ne décide de rien."
        ),
        "label": _("Envoyer le lien"),
        "back": one.url(),
    }
    crumbs = (one.row.title, one.url())
    return draw(one.found, "evidence_form", context, crumbs, title, status=422 if form.is_bound else 200)


@needs(Action.LOG_WORK)
@require_POST
def revoke(request: HttpRequest, id: UUID, link: UUID) -> HttpResponse:
    """A link that waits opens nothing from now on; by its candidate, or by whoever sent it."""
    found = reached(request, id, Action.LOG_WORK)
    kept = find_link(found.candidacy, link)
    if kept is None or not (found.is_own or kept.created_by_id == found.person.pk):
        raise Http404
    revoke_link(link=kept, by=found.person, at=found.signed["at"])
    messages.success(request, _("Le lien est annulé : il n’ouvre plus rien."))
    if kept.act in BACK:
        return redirect(BACK[kept.act], found.candidacy.pk)
    return redirect("pathway:one_evidence", found.candidacy.pk, kept.subject)
