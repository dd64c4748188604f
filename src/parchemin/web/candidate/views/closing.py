"""Confirming going on, changing route, withdrawing."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parchemin.core.decision import Decision
from parchemin.core.scheme import Scheme
from parchemin.core.terms import title_of
from parchemin.records.candidacies.actions import closing, deciding, opening
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.candidacies.queries.prospects import Prospect
from parchemin.records.candidacies.wordings import sentence
from parchemin.records.people.permissions import Action
from parchemin.web.candidate.attempts import REFUSED, attempt, shown
from parchemin.web.candidate.files import draw, on_own_file
from parchemin.web.candidate.forms.opening import RouteForm
from parchemin.web.candidate.forms.saying import WithdrawForm
from parchemin.web.shared.asked import person_of
from parchemin.web.shared.clock import now, today


@dataclass(frozen=True)
class Difference:
    """What another route would ask more, and no longer."""

    id: str
    title: str
    more: list[str]
    less: list[str]


@on_own_file(Action.EDIT_APPLICATION)
@require_POST
def confirm(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """The candidate goes on, from today."""
    try:
        deciding.confirm_going_on(candidacy=row, by=person_of(request), at=now(), on=today())
        messages.success(request, _("C’est noté : vous poursuivez. Merci."))
    except UnfitError as unfit:
        messages.error(request, sentence(unfit))
    return redirect("candidate:file", row.pk)


@on_own_file(Action.EDIT_APPLICATION)
@require_http_methods(["GET", "POST"])
def change_route(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Going on by another route from today, knowing what it changes."""
    scheme = Judged(row, today()).scheme
    others = [id for id, route in scheme.routes.items() if route.is_open is True and id != row.route]
    form = shown(RouteForm, request, row, routes=[(id, scheme.routes[id].title) for id in others])
    decision: Decision | None = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = attempt(
            form,
            lambda: opening.change_route(
                candidacy=row,
                route=told["route"],
                reason=told["reason"],
                by=person_of(request),
                at=now(),
                on=today(),
                revision=told["revision"],
            ),
        )
        if done and done.value is None:
            messages.success(request, _("Votre dossier suit la nouvelle voie à partir d’aujourd’hui."))
            return redirect("candidate:file", row.pk)
        decision = done.value if done else None
    return draw(
        request,
        row,
        "change_route",
        _("Changer de voie"),
        status=REFUSED if decision else form.http_status,
        form=form,
        decision=decision,
        current=scheme.route_of(row.route),
        differences=[_difference(scheme, row, id) for id in others],
        is_sent=row.status in (Status.RECEIVED, Status.COMPLETE, Status.ADMISSIBLE),
        is_active=row.is_active,
    )


@on_own_file(Action.WITHDRAW)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Giving up the file, once confirmed."""
    form = shown(WithdrawForm, request, row)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = attempt(
            form,
            lambda: closing.withdraw_candidacy(
                candidacy=row,
                reason=told["reason"],
                by=person_of(request),
                at=now(),
                on=today(),
                revision=told["revision"],
            ),
        )
        if done:
            messages.success(request, _("Votre candidature est retirée."))
            return redirect("candidate:home")
    return draw(
        request,
        row,
        "withdraw",
        _("Retirer ma candidature"),
        status=form.http_status,
        form=form,
        is_active=row.is_active,
    )


def _difference(scheme: Scheme, row: Candidacy, route: str) -> Difference:
    before, after = _asked(scheme, row.route), _asked(scheme, route)
    more = [said for said in after if said not in before]
    less = [said for said in before if said not in after]
    return Difference(route, scheme.routes[route].title, more, less)


def _asked(scheme: Scheme, route: str) -> list[str]:
    if route not in scheme.routes:
        return []
    prospect = Prospect(scheme, route, today())
    documents = (*prospect.documents, *prospect.later_documents)
    said = [title_of(scheme.documents, one) for one in documents]
    said += [scheme.statements.get(one, one) for one in prospect.now.statements]
    return said + [rule.says for rule in (*prospect.now.experience, *prospect.later.experience)]
