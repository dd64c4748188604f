"""One result before the office and the jury: what was decided and where it comes from, the letter, another session."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parchemin.core.decision import Decision
from parchemin.records.awards.queries.due import NO_PART
from parchemin.records.juries.actions.listing import put_on_agenda
from parchemin.records.juries.models import JurySession, Verdict
from parchemin.records.juries.queries.again import asking_of
from parchemin.records.juries.queries.results import Result, result_of
from parchemin.records.people.permissions import Action
from parchemin.web.access.decorators import needs
from parchemin.web.jury.deliberating.facing import Facing, faced, read
from parchemin.web.jury.deliberating.wording import look_of_verdict
from parchemin.web.jury.reaching import Attempt, attempted
from parchemin.web.jury.results.forms import AgainForm
from parchemin.web.jury.results.office import look_of_letter
from parchemin.web.jury.results.trace import traced
from parchemin.web.shared.letters import preview


@needs(Action.CONVENE_JURY, Action.SIT_IN_JURY)
@require_GET
def outcome(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """What closed minutes say of one candidate, from the decision down to the rule; what their letter says."""
    facing = read(request, id, hearing)
    one = _result(facing)
    assert one.line is not None and one.conclusion is not None
    context: dict[str, Any] = {
        "facing": facing,
        "one": one,
        "row": facing.hearing.candidacy,
        "look": look_of_verdict(one.verdict),
        "letter": look_of_letter(one),
        "written": _letter(facing, one) if facing.found.is_office else None,
        "traced": traced(facing.hearing, one.line, facing.deliberation.judged, names_raters=True),
        "appeal": asking_of(facing.hearing) if facing.found.is_office else None,
        "may_state": _is_stated(facing, one),
        "may_present": facing.found.is_office and one.verdict != Verdict.FULL,
        "crumbs": facing.found.crumbs(facing.hearing.candidacy.candidate.name),
    }
    return render(request, "jury/outcome.html", context)


@needs(Action.CONVENE_JURY)
@require_http_methods(["GET", "HEAD", "POST"])
def present_again(request: HttpRequest, id: UUID, hearing: UUID) -> HttpResponse:
    """The file is put on the agenda of another session, which takes this deliberation up again."""
    facing = faced(request, id, hearing)
    if not facing.found.is_office:
        raise Http404
    one, sessions = _result(facing), _others(facing)
    form = AgainForm(request.POST if request.method == "POST" else None, sessions=sessions)
    tried = None
    if request.method == "POST":
        tried = Attempt()
        if form.is_valid():
            chosen = next(row for row in sessions if str(row.pk) == form.cleaned_data["session"])
            tried = attempted(form, lambda: _put(facing, chosen))
        if tried.is_done:
            messages.success(request, _("Le dossier est inscrit à l’ordre du jour de l’autre session."))
            return redirect("jury:session", form.cleaned_data["session"])
    context = {
        "facing": facing,
        "one": one,
        "row": facing.hearing.candidacy,
        "sessions": sessions,
        "form": form,
        "appeal": asking_of(facing.hearing),
        "decision": tried.decision if tried else None,
        "crumbs": facing.found.crumbs(_("Présenter de nouveau")),
    }
    return render(request, "jury/present_again.html", context, status=tried.status if tried else 200)


def _is_stated(facing: Facing, one: Result) -> bool:
    """Whether a statement of results is given to that candidate, by whoever looks: all was refused, told, at once."""
    is_told = one.is_told and one.verdict == Verdict.NONE
    return is_told and one.scheme.award.partial == NO_PART and facing.found.may(Action.ISSUE_CERTIFICATES)


def _result(facing: Facing) -> Result:
    """The result that stands; not found before the minutes are closed."""
    found = result_of(facing.hearing, facing.found.on)
    if found.conclusion is None:
        raise Http404
    return found


def _letter(facing: Facing, one: Result) -> dict[str, Any]:
    """The letter as it was written, or as it would be."""
    row, known = facing.hearing.candidacy, one.letter if one.is_told else None
    if known and known.written_at:
        return {"subject": known.subject, "text": known.text, "row": known}
    record = one.conclusion.award_record if one.conclusion else None
    subject, text = preview(
        row,
        f"jury_{one.verdict}",
        dated_on=facing.found.on,
        decision=record.decision if record else None,
        values=one.values,
        by=facing.found.person,
    )
    return {"subject": subject, "text": text, "row": None}


def _others(facing: Facing) -> list[JurySession]:
    """The sessions to come of the same jury."""
    session = facing.session
    rows = JurySession.objects.filter(
        organisation=session.organisation_id,
        certification=session.certification_id,
        jury=session.jury,
        opened_at__isnull=True,
        cancelled_at__isnull=True,
    )
    return list(rows.exclude(pk=session.pk).order_by("starts_at"))


def _put(facing: Facing, session: JurySession) -> Any | Decision:
    hearing = facing.hearing
    return put_on_agenda(
        session=session,
        candidacy=hearing.candidacy,
        on=facing.found.on,
        blocks=hearing.blocks,
        prior=hearing,
        **facing.found.signed,
    )
