"""Closed minutes are put right by others, for one candidate at a time."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.records.juries.actions.minuting import Corrected, correct_minutes
from parchemin.records.juries.models import Hearing, State, Verdict
from parchemin.records.juries.queries.deliberating import Deliberation
from parchemin.records.juries.queries.told import title_of_part
from parchemin.records.juries.queries.written import day_of, heard
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.minutes.forms import CorrectForm
from parchemin.web.jury.reaching import Convened, attempted, convened

REFUSED = 422


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, id: UUID) -> HttpResponse:
    """Which candidate, then what is said of them instead; the minutes that say it are to be signed and closed."""
    found = convened(request, id, is_office=True)
    if found.session.state not in (State.CLOSED, State.PUBLISHED):
        return redirect("jury:session", id)
    hearings = heard(found.session)
    chosen = next((one for one in hearings if str(one.pk) == request.GET.get("candidat")), None)
    if chosen is None:
        context = {"found": found, "hearings": hearings, "crumbs": found.crumbs(_("Rectifier"))}
        return render(request, "jury/minutes_choose.html", context)
    return _corrected(found, chosen)


def standing(row: Hearing) -> Mapping[str, Any]:
    """What the last closed minutes say of that candidate."""
    last = row.conclusions.select_related("minutes").order_by("pk").last()
    assert last is not None
    return next(one for one in last.minutes.told["candidates"] if one["hearing"] == str(row.pk))


def _corrected(found: Convened, chosen: Hearing) -> HttpResponse:
    request, deliberation = found.request, Deliberation(chosen, day_of(chosen))
    parts = [(part, title_of_part(deliberation.judged.scheme, part.code)) for part in deliberation.proposal.to_decide]
    stands = standing(chosen)
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        parts=parts,
        initial={
            "verdict": stands["verdict"],
            "granted": [part["code"] for part in stands.get("parts", ()) if part["is_granted"]],
        },
    )

    def act() -> object:
        told = form.cleaned_data
        line = Corrected(
            hearing=chosen, verdict=Verdict(told["verdict"]), reason=told["reason"], granted=told["granted"]
        )
        return correct_minutes(session=found.session, corrected=[line], reason=told["reason"], **found.signed)

    decision = None
    if request.method == "POST" and form.is_valid():
        tried = attempted(form, act)
        if tried.is_done:
            messages.success(request, _("Le procès-verbal rectificatif est établi : il reste à le signer."))
            return redirect("jury:minutes", tried.result.pk)
        decision = tried.decision
    context = {
        "found": found,
        "hearing": chosen,
        "form": form,
        "decision": decision,
        "crumbs": found.crumbs(_("Rectifier")),
    }
    return render(request, "jury/minutes_correct.html", context, status=REFUSED if request.method == "POST" else 200)
