"""One candidate: what is proposed, what the jury says of each part, the voices, the decision; all rules drawn live."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parchemin.records.juries.actions import deliberating
from parchemin.records.juries.models import DECIDED, Verdict
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.deliberating.facing import Facing, faced, led
from parchemin.web.jury.deliberating.findings import findings
from parchemin.web.jury.deliberating.forms import ReopenForm
from parchemin.web.jury.deliberating.opinions import OpinionsForm, differences
from parchemin.web.jury.deliberating.page import page
from parchemin.web.jury.reaching import attempted

IN = (Action.CONVENE_JURY, Action.SIT_IN_JURY)


@needs(*IN)
@require_GET
def hearing(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """The candidate, as whoever looks may see and do."""
    return page(faced(request, id, hearing))


@needs(*IN)
@require_POST
def decide(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """The opinions are told, then the decision is taken if asked; both or neither."""
    facing = led(request, id, hearing)
    form = OpinionsForm(request.POST, deliberation=facing.deliberation)
    is_deciding = request.POST.get("act") == "decide"
    if not form.is_valid() or (is_deciding and not _has_verdict(form)):
        return page(facing, opinions=form, status=422)
    attempt = attempted(form, lambda: _said(facing, form, is_deciding=is_deciding))
    if attempt.is_done:
        messages.success(request, _decided(facing) if is_deciding else _("Les avis sont notés."))
        return redirect(facing.url)
    again = led(request, id, hearing)
    rows = differences(form, again.deliberation) if attempt.is_overtaken else None
    return page(again, opinions=form, attempt=attempt, conflict=rows, status=attempt.status)


@needs(*IN)
@require_POST
def preview(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """What the rules would say of what stands in the form; nothing is kept."""
    facing = led(request, id, hearing)
    form = OpinionsForm(request.POST, deliberation=facing.deliberation)
    return render(request, "jury/hearing_findings.html", {"facing": facing, **findings(facing, form)})


@needs(*IN)
@require_POST
def reopen(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """What was decided is taken up again."""
    facing = led(request, id, hearing)
    form = ReopenForm(request.POST, auto_id="id-reopen-%s")
    status = 422
    if form.is_valid():
        said = form.cleaned_data
        attempt = attempted(
            form,
            lambda: deliberating.reopen_hearing(
                hearing=facing.hearing, reason=said["reason"], revision=said["revision"], **facing.found.signed
            ),
        )
        if attempt.is_done:
            messages.success(request, _("La délibération est rouverte : les voix sont à donner de nouveau."))
            return redirect(facing.url)
        status = attempt.status
    return page(led(request, id, hearing), reopening=form, status=status)


def _has_verdict(form: OpinionsForm) -> bool:
    if form.cleaned_data["verdict"]:
        return True
    form.add_error("verdict", _("Choisissez la décision."))
    return False


def _said(facing: Facing, form: OpinionsForm, *, is_deciding: bool) -> None:
    """Opinions told and, if asked, the decision: both or neither."""
    signed, row, said = facing.found.signed, facing.hearing, form.cleaned_data
    revision = said["revision"]
    verdict = Verdict(said["verdict"]) if is_deciding else None
    with transaction.atomic():
        if verdict is None or verdict in DECIDED:
            deliberating.tell_opinions(
                hearing=row, opinions=form.opinions, attested=form.told_attested, revision=revision, **signed
            )
            revision = row.revision
        if verdict is not None:
            deliberating.decide_hearing(
                hearing=row, verdict=verdict, reason=said["decision_reason"], revision=revision, **signed
            )


def _decided(facing: Facing) -> str:
    name = facing.hearing.candidacy.candidate.name
    return _("%(name)s : la décision est prise. Elle prendra effet avec le procès-verbal.") % {"name": name}
