"""The page of a holder's link: what they do today, or that they do not want to say. No account, no session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from parchemin.records.followups.actions.answering import answer as keep
from parchemin.records.followups.actions.answering import opened, refuse
from parchemin.records.followups.errors import FollowupError
from parchemin.records.followups.models import Followup
from parchemin.records.followups.wordings import sentence
from parchemin.records.people.errors import RefusalError
from parchemin.web.access.decorators import public
from parchemin.web.figures.forms import SurveyForm
from parchemin.web.figures.showing import when
from parchemin.web.shared.clock import now, today
from parchemin.web.shared.linked import refused, sealed

REFUSED = 422


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, then kept once; a link that cannot be used says why and nothing else."""
    try:
        row = opened(token, today())
        if request.method != "POST":
            return _page(request, row, SurveyForm())
        if request.POST.get("act") == "refuse":
            refuse(token=token, at=now(), on=today())
            return sealed(render(request, "figures/thanks.html", {"is_refused": True}))
        form = SurveyForm(request.POST)
        if form.is_valid():
            try:
                keep(token=token, said=form.said, at=now(), on=today())
                return sealed(render(request, "figures/thanks.html", {"is_refused": False}))
            except FollowupError as error:
                form.add_error("started" if error.code == "month" else None, sentence(error))
    except RefusalError as refusal:
        return refused(request, refusal)
    return _page(request, row, form, status=REFUSED)


def _page(request: HttpRequest, row: Followup, form: SurveyForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "title": row.certification.title,
        "body": row.certification.awarding_body,
        "when": when(row.wave),
        "closes_on": row.closes_on,
    }
    return sealed(render(request, "figures/survey.html", context, status=status))
