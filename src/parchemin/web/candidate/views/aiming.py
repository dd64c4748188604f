"""What an open file aims at, and who prepares the candidate."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parchemin.core.terms import listed
from parchemin.records.candidacies.actions import opening
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.candidacies.queries.providers import authorised_for
from parchemin.records.people.permissions import Action
from parchemin.web.candidate.attempts import REFUSED, attempt, shown
from parchemin.web.candidate.files import draw, on_own_file
from parchemin.web.candidate.forms.opening import SOME, WHOLE, AimForm, ProviderForm
from parchemin.web.candidate.offering import block_choices, may_aim_at_blocks
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.clock import now, today

PROVIDER = "provider"
"""The actor of a scheme who trains, as the glossary names it."""


@on_own_file(Action.EDIT_APPLICATION)
@require_http_methods(["GET", "POST"])
def aim(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Aiming at other blocks, or at the whole certification, while the file is in the candidate's hands."""
    scheme = Judged(row, today()).scheme
    if not may_aim_at_blocks(scheme):
        raise Http404
    initial = {"target": SOME if row.blocks else WHOLE, "blocks": row.blocks}
    form = shown(AimForm, request, row, blocks=block_choices(scheme), initial=initial)
    if request.method == "POST" and row.is_with_candidate and form.is_valid():
        done = attempt(
            form,
            lambda: opening.aim_at_blocks(
                candidacy=row,
                blocks=form.blocks_wanted,
                by=person_of(request),
                at=now(),
                on=today(),
                revision=form.cleaned_data["revision"],
            ),
        )
        if done:
            messages.success(request, _("C’est noté. Ce qui vous est demandé suit ce que vous visez."))
            return redirect("candidate:file", row.pk)
    is_refused = request.method == "POST" and not row.is_with_candidate
    return draw(
        request, row, "aim", _("Ce que vous visez"), status=REFUSED if is_refused else form.http_status, form=form
    )


@on_own_file(Action.EDIT_APPLICATION)
@require_http_methods(["GET", "POST"])
def provider(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Naming who prepares the candidate, of the providers that the awarding body authorises."""
    authorised = authorised_for(row, today())
    initial = {"provider": str(row.provider_id or "")}
    form = shown(ProviderForm, request, row, authorised=authorised.values(), initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: opening.name_provider(
                candidacy=row,
                provider=form.wanted,
                by=person_of(request),
                at=now(),
                on=today(),
                revision=form.cleaned_data["revision"],
            ),
        )
        if done:
            messages.success(request, _("Votre organisme de formation est noté au dossier."))
            return redirect("candidate:file", row.pk)
    route = Judged(row, today()).scheme.route_of(row.route)
    return draw(
        request,
        row,
        "provider",
        _("Votre organisme de formation"),
        status=form.http_status,
        form=form,
        has_choice=bool(authorised),
        led=[step.title for step in listed(route.steps) if PROVIDER in listed(step.owner)] if route else [],
        accompaniment=route.accompaniment if route else "",
        is_over=row.provider_id is not None and row.provider_id not in authorised,
        is_active=row.is_active,
    )
