"""The home of a file: where it stands, what is asked, what was decided and said."""

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from parchemin.core.decision import Stage
from parchemin.records.awards.queries.progress import with_progress
from parchemin.records.awards.queries.renewing import earlier_of
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Deposit, Status
from parchemin.records.candidacies.queries.providers import authorised_for
from parchemin.records.candidacies.queries.timeline import timeline
from parchemin.records.candidacies.queries.told import told_decisions
from parchemin.records.juries.queries.results import told_results
from parchemin.records.people.models import CivilIdentity
from parchemin.records.people.permissions import Action
from parchemin.web.candidate.checklist import checklist, confirmation_due, requirements
from parchemin.web.candidate.files import draw, letters_of, may_fill, on_own_file
from parchemin.web.candidate.offering import may_aim_at_blocks
from parchemin.web.candidate.progress import is_with_candidate
from parchemin.web.shared.clock import today
from parchemin.web.shared.states import state


@on_own_file(Action.SEE_OWN_FILE)
@require_GET
def file(request: HttpRequest, row: Candidacy) -> HttpResponse:
    """Everything at a glance, and one thing to do."""
    prefetch_related_objects([row], "deposits")
    judged = Judged(row, today())
    identity = CivilIdentity.objects.filter(person_id=row.candidate_id).first()
    route = judged.scheme.route_of(row.route)
    messages = list(row.messages.select_related("author").order_by("-sent_at")[:3])
    answered = [one for one in told_decisions(row) if one.answer != DecisionRecord.Answer.COMPLETE]
    return draw(
        request,
        row,
        "file",
        route=route,
        status=200,
        state=state(row.status),
        is_with_me=is_with_candidate(with_progress(Candidacy.objects.filter(pk=row.pk)).get()),
        checklist=checklist(judged, identity),
        results=told_results(row),
        moments=timeline(judged, is_candidate=True),
        requirements=requirements(judged),
        thread=messages,
        unread=sum(not one.is_from_candidate and one.read_at is None for one in messages),
        decisions=sorted(answered, key=lambda one: one.decided_at, reverse=True),
        letters=list(letters_of(request, row)[:20]),
        blocks=[judged.scheme.blocks[code] for code in row.blocks if code in judged.scheme.blocks],
        silence_on=judged.silence_on if row.status in (Status.RECEIVED, Status.COMPLETE) else None,
        silence=judged.silence,
        must_confirm=confirmation_due(judged),
        is_returned=row.status == Status.RETURNED,
        sent_back=_sent_back(row, answered),
        returned=_returned(row) if row.status == Status.ADMISSIBLE else None,
        may_aim=row.is_with_candidate and may_aim_at_blocks(judged.scheme),
        may_name_provider=row.is_active and (row.provider is not None or bool(authorised_for(row, today()))),
        is_active=row.is_active,
        renews=earlier_of([row], today()).get(row.pk) if row.is_active else None,
        may_edit=may_fill(row),
    )


def _returned(row: Candidacy) -> Deposit | None:
    """The file for the jury as it was last handed in, when it was sent back."""
    found = [one for one in row.deposits.all() if one.stage == Stage.COMPLETENESS]
    last = max(found, key=lambda one: one.number, default=None)
    return last if last and last.answer == Deposit.Answer.RETURNED else None


def _sent_back(row: Candidacy, answered: list[DecisionRecord]) -> DecisionRecord | None:
    """The decision that sent the file back; None when a change of route did, or came since."""
    found = [
        one
        for one in answered
        if one.answer == DecisionRecord.Answer.INCOMPLETE and one.decided_at >= row.waiting_since
    ]
    changed = max((one.from_on for one in row.routes.all()[1:]), default=None)
    return next((one for one in found if changed is None or changed <= one.decided_on), None)
