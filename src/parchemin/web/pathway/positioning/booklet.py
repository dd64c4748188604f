"""The booklet of an interview handed on, from whoever keeps it to whoever asks for it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.pathways.actions.handing import hand_on
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.positioning.forms import HandForm
from parchemin.web.pathway.positioning.found import draw, index_url
from parchemin.web.pathway.positioning.told import kept_documents
from parchemin.web.pathway.trying import REFUSED, said
from parchemin.web.shared.reached import Reached, reached


@needs(Action.TELL_OWN_VIEW, Action.PLAN_PATHWAY)
@require_http_methods(["GET", "POST"])
def hand(request: HttpRequest, id: UUID, document: str) -> HttpResponse:
    """To whom the document was handed, and when."""
    found = reached(request, id, Action.SEE_PATHWAY)
    if not found.is_own:
        found.must(Action.PLAN_PATHWAY)
    kept = next((one for one in kept_documents(found.judged.scheme, found.candidacy) if one.id == document), None)
    if kept is None:
        raise Http404
    form = HandForm(request.POST or None, actors=kept.actors, initial={"handed_on": found.on})
    if request.method == "POST" and form.is_valid() and _handed(found, form, document):
        messages.success(request, _("C’est noté."))
        return redirect(index_url(found))
    title = _("Remettre : %(title)s") % {"title": kept.title}
    context = {"form": form, "title": title, "kept": kept}
    return draw(found, "positioning_hand", context, title, status=REFUSED if form.is_bound else 200)


def _handed(found: Reached, form: HandForm, document: str) -> bool:
    told: dict[str, Any] = {name: form.cleaned_data[name] for name in ("actor", "name", "handed_on")}
    try:
        hand_on(candidacy=found.candidacy, document=document, **told, **found.signed)
    except (PathwayError, UnfitError) as error:
        form.add_error(None, said(error))
        return False
    return True
