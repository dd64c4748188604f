"""The grid of one evaluator: rated alone, line by line, saved as it goes."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.assessments.actions.rating import rate
from parchemin.records.assessments.errors import AssessmentError, StaleRatingError
from parchemin.records.assessments.models import Rating
from parchemin.records.assessments.queries.assigned import Asked
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.wordings import sentence as sentence_of_file
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.assessment.rating.reaching import Mine, mine
from parchemin.web.assessment.rating.sheet import WORDS, drawn, read, typed_of
from parchemin.web.assessment.rating.telling import line_title, value_told

CONFLICT, REFUSED, SAVED = 409, 422, 204
REVISION = "X-Revision"
MOST = 2**31 - 1


@needs(Action.RATE)
@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, id: UUID) -> HttpResponse:
    """The grid; on POST what changed is kept, by a script a moment after the last key or by the button."""
    here = mine(request, id)
    if request.method != "POST":
        return _page(request, here)
    is_quiet = request.headers.get("X-Requested-With") == "fetch"
    lines, errors = read(request.POST)
    if errors:
        return _refused(request, here, is_quiet, errors=errors)
    try:
        rate(evaluator=here.evaluator, lines=lines, revision=_revision(request), **here.found.signed)
    except StaleRatingError as stale:
        return _overtaken(request, here, is_quiet, stale)
    except AssessmentError as error:
        return _refused(request, here, is_quiet, told=sentence(error))
    except UnfitError as error:
        return _refused(request, here, is_quiet, told=sentence_of_file(error))
    if is_quiet:
        return HttpResponse(status=SAVED, headers={REVISION: str(here.evaluator.revision)})
    if "sign" in request.POST:
        return redirect("assessment:sign", id)
    messages.success(request, _("Votre grille est enregistrée."))
    return redirect(here.grid_url)


def _revision(request: HttpRequest) -> int:
    """The revision the page was shown at; the first one when it says none that can be."""
    found = request.POST.get("revision", "")
    return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else 0


def _page(
    request: HttpRequest,
    here: Mine,
    *,
    errors: Mapping[str, str] | None = None,
    told: str = "",
    conflict: Sequence[Mapping[str, object]] | None = None,
    status: int = 200,
) -> HttpResponse:
    may_rate = here.asked is Asked.RATE
    sent = request.POST if request.method == "POST" else None
    context = {
        "here": here,
        "blocks": drawn(here.scheme, here.sheet, here.evaluator.ratings.all(), sent, errors, pieces=here.pieces),
        "rated": here.count - len(here.missing),
        "may_rate": may_rate,
        "errors": errors or {},
        "told": told,
        "conflict": conflict,
        "most": WORDS,
        "crumbs": here.crumbs(_("Grille")),
    }
    return render(request, "assessment/rating_grid.html", context, status=status)


def _refused(
    request: HttpRequest, here: Mine, is_quiet: bool, *, errors: Mapping[str, str] | None = None, told: str = ""
) -> HttpResponse:
    if is_quiet:
        words = [told] if told else list(dict.fromkeys((errors or {}).values()))
        return render(request, "assessment/rating_refused.html", {"items": words}, status=REFUSED)
    return _page(request, here, errors=errors, told=told, status=REFUSED)


def _overtaken(request: HttpRequest, here: Mine, is_quiet: bool, stale: StaleRatingError) -> HttpResponse:
    """Nothing was kept and nothing typed is lost: sent once more, it takes the place of what is told here."""
    rows = [_difference(request, here, one) for one in stale.lines]
    here.evaluator.revision = stale.revision
    if is_quiet:
        context = {"rows": rows, "url": here.grid_url}
        response = render(request, "assessment/rating_overtaken.html", context, status=CONFLICT)
    else:
        response = _page(request, here, conflict=rows, status=CONFLICT)
    response.headers[REVISION] = str(stale.revision)
    return response


def _difference(request: HttpRequest, here: Mine, kept: Rating) -> dict[str, object]:
    key = f"{kept.kind}-{kept.code}"
    typed = {part: ",".join(request.POST.getlist(f"{part}-{key}")) for part in typed_of(None)}
    return {
        "title": line_title(here.scheme, kept.kind, kept.code),
        "yours": value_told(kept.kind, typed),
        "theirs": value_told(kept.kind, typed_of(kept)),
    }
