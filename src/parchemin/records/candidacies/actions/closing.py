"""Withdrawing, passing a file to another organisation, taking charge of it, contesting a decision."""

from datetime import date, datetime

from parchemin.core.durations import Duration
from parchemin.core.facts import Milestone
from parchemin.records.candidacies.actions.taking import ask_letter, check_alone, note, pass_on, reach, taken
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import ACTIVE, Appeal, Candidacy, DecisionRecord, Status, Transfer
from parchemin.records.candidacies.queries.appeals import obstacle
from parchemin.records.people.models import Organisation, Person


def withdraw_candidacy(
    *, candidacy: Candidacy, reason: str, by: Person, at: datetime, on: date, revision: int | None = None
) -> None:
    """The candidate gives up this file; what was decided on it stays."""
    with taken(candidacy, revision, *ACTIVE) as row:
        was_draft = row.status == Status.DRAFT
        pass_on(row, Status.WITHDRAWN, at)
        row.closed_at, row.closing_reason, row.due_on = at, reason.strip(), None
        note(row, "withdrawn", at, by)
        if not was_draft:
            ask_letter(row, "withdrawn", at, on=on)


def transfer_candidacy(
    *,
    candidacy: Candidacy,
    to: Organisation,
    reason: str,
    by: Person,
    at: datetime,
    on: date,
    revision: int | None = None,
) -> Transfer:
    """The file is handled by another organisation from now on, and by none of its centres yet.

    UnfitError ``reasons`` or ``same_organisation``.
    """
    if not reason.strip():
        raise UnfitError("reasons")
    with taken(candidacy, revision) as row:
        if row.organisation_id == to.pk:
            raise UnfitError("same_organisation", name=to.name)
        transfer = Transfer.objects.create(
            candidacy=row,
            from_organisation=row.organisation,
            to_organisation=to,
            reason=reason.strip(),
            at=at,
            by=by,
        )
        row.organisation, row.centre, row.holder = to, None, None
        note(row, "transferred", at, by, {"from": transfer.from_organisation_id.hex, "to": to.pk.hex})
        ask_letter(row, "transferred", at, on=on, by=by, values={"to": to.name, "reasons": reason})
    return transfer


def take_charge(
    *,
    candidacy: Candidacy,
    holder: Person | None,
    by: Person,
    at: datetime,
    revision: int | None = None,
    unless_held: bool = False,
) -> None:
    """That person of the secretariat follows the file, or nobody in particular.

    With ``unless_held``, UnfitError ``held`` when somebody else than ``by`` follows it.
    """
    with taken(candidacy, revision) as row:
        if unless_held and row.holder and row.holder != by:
            raise UnfitError("held", name=row.holder.name)
        row.holder = holder
        note(row, "taken_charge", at, by, {"holder": holder.pk.hex if holder else None})


def file_appeal(
    *, record: DecisionRecord, grounds: str, by: Person, at: datetime, on: date, within: Duration | None = None
) -> Appeal:
    """The decision is contested; ``within`` is the time the regulation gives from the day of the decision.

    A decision is contested once, unless that was taken back. UnfitError ``empty``, or what ``obstacle`` says.
    """
    if not grounds.strip():
        raise UnfitError("empty")
    until = within.after(record.decided_on) if within else None
    with taken(record.candidacy, None) as row:
        if unfit := obstacle(record, row, on, until):
            raise unfit
        appeal = Appeal.objects.create(decision=record, grounds=grounds.strip(), filed_at=at, until_on=until)
        reach(row, Milestone.APPEALED, on)
        note(row, "appealed", at, by, {"record": record.pk.hex, "appeal": appeal.pk.hex})
        ask_letter(row, "appeal_received", at, on=on, decision=record)
    return appeal


def withdraw_appeal(*, appeal: Appeal, by: Person, at: datetime) -> None:
    """The candidate no longer contests; what they wrote stays on the file. UnfitError ``answered`` once it was."""
    with taken(appeal.decision.candidacy, None) as row:
        waiting = Appeal.objects.filter(pk=appeal.pk, state=Appeal.State.FILED)
        if not waiting.update(state=Appeal.State.WITHDRAWN):
            raise UnfitError("answered")
        note(row, "appeal_withdrawn", at, by, {"appeal": appeal.pk.hex})


def answer_appeal(*, appeal: Appeal, is_upheld: bool, answer: str, by: Person, at: datetime, on: date) -> None:
    """The appeal is answered with reasons; upheld, the file goes back to be decided again, as if received that day."""
    if not answer.strip():
        raise UnfitError("reasons")
    with taken(appeal.decision.candidacy, None) as row:
        kept = Appeal.objects.select_for_update().get(pk=appeal.pk)
        if kept.state != Appeal.State.FILED:
            raise UnfitError("answered")
        kept.state = Appeal.State.UPHELD if is_upheld else Appeal.State.REJECTED
        kept.answer, kept.answered_at, kept.answered_by = answer.strip(), at, by
        kept.save()
        if is_upheld and row.status in (Status.REFUSED, Status.LAPSED):
            check_alone(row)
            pass_on(row, Status.COMPLETE, at)
            reach(row, Milestone.RECEIVED, on)
            row.closed_at, row.due_on = None, Judged(row, on).due_on
        note(row, "appeal_answered", at, by, {"appeal": kept.pk.hex, "is_upheld": is_upheld})
        kind = "appeal_upheld" if is_upheld else "appeal_rejected"
        ask_letter(row, kind, at, on=on, by=by, decision=kept.decision, values={"answer": kept.answer})
