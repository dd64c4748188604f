"""A grid is read once more and signed; it is refused with what is missing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.assessments.actions.rating import sign_ratings
from parchemin.records.assessments.errors import AssessmentError, StaleRatingError
from parchemin.records.assessments.queries.assigned import Asked, asked_of
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.wordings import sentence as sentence_of_file
from parchemin.records.people.permissions import Action
from parchemin.web.access.assurance import assurance_of
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.rating.reaching import Mine, mine
from parchemin.web.assessment.rating.sheet import drawn
from parchemin.web.shared.clock import now

CONFLICT, REFUSED = 409, 422


@needs(Action.RATE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is about to be signed; on POST it is, unless something is missing or changed since it was read."""
    here = mine(request, id)
    if here.asked is not Asked.RATE:
        return redirect(here.url)
    if request.method != "POST":
        return _page(request, here)
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1
    try:
        sure = assurance_of(request)
        sign_ratings(evaluator=here.evaluator, revision=revision, assurance=sure, **here.found.signed)
    except StaleRatingError:
        told = _(
            "Votre grille a changé dans une autre fenêtre : la voici telle qu’elle est, relisez-la avant de signer."
        )
        return _page(request, here, told, CONFLICT)
    except AssessmentError as error:
        return _page(request, here, "" if error.code == "missing" else sentence(error), REFUSED)
    except UnfitError as error:
        return _page(request, here, sentence_of_file(error), REFUSED)
    messages.success(request, _("Votre grille est signée : elle ne change plus."))
    asked = asked_of(here.evaluator, now())
    return redirect("assessment:differences", id) if asked is Asked.SETTLE else redirect(here.url)


def _page(request: HttpRequest, here: Mine, told: str = "", status: int = 200) -> HttpResponse:
    missing = {(line.kind, line.code) for line in here.missing}
    blocks = drawn(here.scheme, here.sheet, here.evaluator.ratings.all(), pieces=here.pieces)
    lines = [one for block in blocks for one in block.lines]
    context = {
        "here": here,
        "blocks": blocks,
        "told": told,
        "missing": [one for one in lines if (one.line.kind, one.line.code) in missing],
        "has_no_links": here.evaluator.links is None,
        "counts": {value: sum(one.typed["value"] == value for one in lines) for value in ("yes", "no")},
        "is_refused": status == REFUSED,
        "crumbs": here.crumbs(_("Signer")),
    }
    return render(request, "assessment/rating_sign.html", context, status=status)
