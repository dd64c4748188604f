"""Closing an interview, or leading it in the place of whoever does."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.pathways.actions.positioning import close_positioning, lead_positioning
from parchemin.records.pathways.errors import PathwayError
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.pathway.competences import titles_of
from parchemin.web.pathway.positioning.found import Interview, draw, interview_of
from parchemin.web.pathway.trying import REFUSED, said


@needs(Action.POSITION)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, id: UUID, interview: UUID) -> HttpResponse:
    """The interview is over, once nothing is missing."""
    one = interview_of(request, id, interview, Action.POSITION)
    if request.method == "POST":
        try:
            close_positioning(positioning=one.row, **one.found.signed)
        except (PathwayError, UnfitError) as error:
            return _closing(one, said(error))
        messages.success(request, _("L’entretien est terminé : ce qu’il conclut fonde le parcours."))
        return redirect(one.url())
    if not one.is_led:
        messages.error(request, said(PathwayError("another")))
        return redirect(one.url())
    return _closing(one) if one.is_open else redirect(one.url())


@needs(Action.POSITION)
@require_http_methods(["GET", "POST"])
def lead(request: HttpRequest, id: UUID, interview: UUID) -> HttpResponse:
    """Whoever acts leads the interview from now on."""
    one = interview_of(request, id, interview, Action.POSITION)
    if one.found.is_own:
        raise Http404
    if request.method == "POST":
        try:
            lead_positioning(positioning=one.row, **one.found.signed)
        except (PathwayError, UnfitError) as error:
            messages.error(request, said(error))
        else:
            messages.success(request, _("Vous menez maintenant cet entretien."))
        return redirect(one.url())
    if not one.may_take_over:
        return redirect(one.url())
    title = _("Reprendre l’entretien")
    lede = _("Ce qui est déjà conclu reste. %(who)s ne pourra plus y écrire.") % {"who": one.row.leader.name}
    context = {"one": one, "title": title, "lede": lede, "label": _("Reprendre l’entretien")}
    return draw(one.found, "positioning_confirm", context, (one.title, one.url()), title)


def _closing(one: Interview, error: str = "") -> HttpResponse:
    title = _("Terminer l’entretien")
    titles = titles_of(one.scheme)
    context = {
        "one": one,
        "title": title,
        "lede": _("Terminé, il ne se modifie plus. Un autre entretien pourra se tenir plus tard."),
        "label": _("Terminer l’entretien"),
        "error": error,
        "missing": [f"{code} · {titles[code]}" for code in one.missing],
    }
    crumbs = ((one.title, one.url()), title)
    return draw(one.found, "positioning_confirm", context, *crumbs, status=REFUSED if error else 200)
