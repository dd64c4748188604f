"""One sitting as somebody who assesses it sees it: what to know, what ties them to the candidate, what to do next."""

from collections.abc import Mapping
from copy import copy
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from parchemin.core.decision import Outcome, all_of
from parchemin.core.facts import Link
from parchemin.core.terms import title_of
from parchemin.records.assessments.actions.planning import declare_links
from parchemin.records.assessments.actions.summoning import duration
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.queries.assigned import Asked
from parchemin.records.assessments.queries.conflicts import Fit, fit_of
from parchemin.records.assessments.queries.planned import minutes_due, safeguards_of
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.models import Accommodation
from parchemin.records.candidacies.wordings import sentence as sentence_of_file
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.planning.showing import told_of
from parchemin.web.assessment.rating.forms import LINKS, LinksForm
from parchemin.web.assessment.rating.mine import ASKS, LOOKS, TITLES
from parchemin.web.assessment.rating.reaching import Mine, mine

REFUSED = 422
VERDICTS: Mapping[Outcome, object] = {
    Outcome.MET: gettext_lazy("Rien ne s’oppose à ce que vous évaluiez."),
    Outcome.UNKNOWN: gettext_lazy("Il reste quelque chose à établir sur vous."),
    Outcome.NOT_MET: gettext_lazy("Une règle qui vous concerne n’est pas remplie."),
}


@needs(Action.RATE)
@require_http_methods(["GET", "HEAD", "POST"])
def sitting(request: HttpRequest, id: UUID) -> HttpResponse:
    """The sitting; on POST, the links with the candidate are declared."""
    here = mine(request, id)
    form = LinksForm(request.POST) if request.method == "POST" else LinksForm(initial=_told(here))
    if request.method == "POST" and form.is_valid() and _declared(here, form):
        messages.success(request, _("C’est noté : merci."))
        return redirect(here.url)
    tone, icon = LOOKS[here.asked]
    fit = _fit(here, here.evaluator.links)
    context = {
        "here": here,
        "status": {"label": TITLES[here.asked], "tone": tone, "icon": icon},
        "asks": ASKS[here.asked],
        "facts": _facts(here),
        "given": _given(here),
        "safeguards": safeguards_of(here.found.judged, here.sitting.place) if here.sitting.place else (),
        "colleagues": _colleagues(here),
        "form": form,
        "is_declaring": form.is_bound or "liens" in request.GET or here.evaluator.links is None,
        "may_declare": here.evaluator.signed_at is None and here.asked is not Asked.DONE,
        "links": [LINKS[Link(one)] for one in here.evaluator.links or ()],
        "fit": fit,
        "verdict": VERDICTS[all_of(one.counts_as for one in fit.decision.findings)],
        "may_tell": here.asked is Asked.TELL,
        "told": told_of(here.sitting) if here.sitting.attendance else [],
        "may_rate": here.asked is Asked.RATE,
        "may_settle": here.asked is Asked.SETTLE,
        "rated": here.count - len(here.missing),
        "file_url": here.found.file_url if here.found.may(Action.FOLLOW_FILE) else "",
        "crumbs": here.crumbs(),
    }
    return render(request, "assessment/rating_sitting.html", context, status=REFUSED if form.errors else 200)


def _declared(here: Mine, form: LinksForm) -> bool:
    """Whether the links are kept; the form says why not."""
    links, justification = form.chosen, form.cleaned_data["justification"].strip()
    fit = _fit(here, [one.value for one in links])
    if links and fit.must_justify and not justification:
        form.add_error("justification", _("Les règles demandent pourquoi vous évaluez ce candidat : écrivez-le."))
        return False
    try:
        declare_links(evaluator=here.evaluator, links=links, justification=justification, **here.found.signed)
    except AssessmentError as error:
        form.add_error(None, sentence(error))
    except UnfitError as error:
        form.add_error(None, sentence_of_file(error))
    return not form.errors


def _fit(here: Mine, links: list[str] | None) -> Fit:
    """How the rules look at them with these links."""
    as_told = copy(here.evaluator)
    as_told.links = links
    return fit_of(here.found.judged, here.sitting, as_told)


def _told(here: Mine) -> dict[str, object]:
    links = here.evaluator.links
    has = None if links is None else "yes" if links else "no"
    return {"has": has, "links": links or [], "justification": here.evaluator.justification}


def _facts(here: Mine) -> list[tuple[str, object]]:
    sitting = here.sitting
    return [
        (_("Vous évaluez comme"), here.actor),
        (_("Jour et heure"), here.when),
        (_("Durée"), duration(sitting.minutes)),
        (_("Lieu"), " — ".join(one for one in (here.place, sitting.room) if one)),
    ]


def _given(here: Mine) -> list[str]:
    """The time and the means that were granted for this method; never the need they answer."""
    rows = here.row.accommodations.filter(state=Accommodation.State.GRANTED).defer("need")
    found = [
        one.measures for one in rows if one.measures and here.sitting.method in (one.methods or [here.sitting.method])
    ]
    if here.sitting.method in here.scheme.methods:
        due = minutes_due(here.found.judged, here.sitting.method, here.day)
        if due.is_longer and due.due:
            found.append(_("Durée portée à %(minutes)s.") % {"minutes": duration(due.due)})
    return found


def _colleagues(here: Mine) -> list[tuple[str, str]]:
    """Who assesses too, and as whom; nothing of where they are."""
    others = here.sitting.evaluators.exclude(pk=here.evaluator.pk).select_related("person")
    return [(one.person.name, title_of(here.scheme.actors, one.actor)) for one in others]
