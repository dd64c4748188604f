"""Withdrawing, passing a file to another organisation, taking charge of it, contesting a decision."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from parchemin.core.decision import Stage
from parchemin.core.facts import Milestone
from parchemin.records.candidacies.actions.filling import Measured, stored_with_its_row
from parchemin.records.candidacies.actions.taking import ask_letter, check_alone, note, pass_on, reach, taken
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import (
    ACTIVE,
    Appeal,
    Candidacy,
    DecisionRecord,
    Exhibit,
    Status,
    Transfer,
)
from parchemin.records.candidacies.queries.appeals import Rung, answer_values, obstacle, receipt_values
from parchemin.records.candidacies.room import check_room
from parchemin.records.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.core.files.base import File
    from django.db.models.fields.files import FieldFile

MOST_EXHIBITS = 20


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
    *,
    record: DecisionRecord,
    grounds: str,
    by: Person,
    at: datetime,
    on: date,
    rung: Rung | None = None,
    exhibits: Sequence[tuple["File[bytes]", Measured]] = (),
) -> Appeal:
    """The decision is contested at that level of its ladder (the only one unless told), with these documents.

    A decision is contested once at each level, unless that was taken back. UnfitError ``empty``, ``level_elsewhere``
    for one that is not filed here, ``too_many`` documents, ``no_room`` for them, or what ``obstacle`` says.
    """
    if not grounds.strip():
        raise UnfitError("empty")
    step = rung or Rung()
    if not step.is_here:
        raise UnfitError("level_elsewhere", to=step.to)
    with stored_with_its_row() as stored, taken(record.candidacy, None) as row:
        if unfit := obstacle(record, row, on, step):
            raise unfit
        appeal = Appeal.objects.create(
            decision=record,
            level=step.level,
            grounds=grounds.strip(),
            filed_at=at,
            filed_on=on,
            until_on=step.until,
            due_on=step.silence_after.after(on) if step.silence_after else None,
        )
        _attach(row, appeal, exhibits, at, stored)
        reach(row, Milestone.APPEALED, on)
        details = {"record": record.pk.hex, "appeal": appeal.pk.hex, "level": step.level, "exhibits": len(exhibits)}
        note(row, "appealed", at, by, details)
        ask_letter(
            row, "appeal_received", at, on=on, decision=record, values=receipt_values(replace(step, appeal=appeal))
        )
    return appeal


def record_appeal(
    *,
    record: DecisionRecord,
    rung: Rung,
    court: str,
    number: str,
    filed_on: date,
    by: Person,
    at: datetime,
    on: date,
) -> Appeal:
    """An appeal that was lodged elsewhere is written down, as the organisation learns of it.

    Its time is for whoever it was lodged with to judge. UnfitError ``empty`` without the court and its number,
    ``level_here``, ``filed_later`` for a day to come or before the decision was told, or what ``obstacle`` says.
    """
    if not court.strip() or not number.strip():
        raise UnfitError("empty")
    if rung.is_here:
        raise UnfitError("level_here")
    if not record.decided_on <= filed_on <= on:
        raise UnfitError("filed_later")
    with taken(record.candidacy, None) as row:
        if (unfit := obstacle(record, row, filed_on, rung)) and unfit.code not in ("appeal_late", "level_shut"):
            raise unfit
        appeal = Appeal.objects.create(
            decision=record,
            level=rung.level,
            court=court.strip(),
            number=number.strip(),
            filed_at=at,
            filed_on=filed_on,
            until_on=rung.until,
        )
        reach(row, Milestone.APPEALED, filed_on)
        details = {"record": record.pk.hex, "appeal": appeal.pk.hex, "level": rung.level}
        note(row, "appeal_recorded", at, by, details)
    return appeal


def add_exhibits(
    *, appeal: Appeal, exhibits: Sequence[tuple["File[bytes]", Measured]], by: Person, at: datetime
) -> None:
    """These documents are attached to an appeal that waits for its answer; UnfitError ``answered`` once it has it.

    ``empty`` without any, ``too_many``, ``no_room``.
    """
    if not exhibits:
        raise UnfitError("empty")
    with stored_with_its_row() as stored, taken(appeal.decision.candidacy, None) as row:
        kept = Appeal.objects.select_for_update().get(pk=appeal.pk)
        if kept.state != Appeal.State.FILED:
            raise UnfitError("answered")
        _attach(row, kept, exhibits, at, stored)
        note(row, "appeal_exhibits", at, by, {"appeal": kept.pk.hex, "exhibits": len(exhibits)})


def _attach(
    row: Candidacy,
    appeal: Appeal,
    exhibits: Sequence[tuple["File[bytes]", Measured]],
    at: datetime,
    stored: "list[FieldFile]",
) -> None:
    if appeal.exhibits.count() + len(exhibits) > MOST_EXHIBITS:
        raise UnfitError("too_many", most=MOST_EXHIBITS)
    for content, measured in exhibits:
        check_room(row, measured.size)
        kept = Exhibit(
            appeal=appeal,
            name=measured.name,
            media_type=measured.media_type,
            size=measured.size,
            sha256=measured.sha256,
            added_at=at,
        )
        kept.content.save(measured.name, content, save=False)
        stored.append(kept.content)
        kept.save()


def withdraw_appeal(*, appeal: Appeal, by: Person, at: datetime) -> None:
    """The candidate no longer contests; what they wrote stays on the file. UnfitError ``answered`` once it was."""
    with taken(appeal.decision.candidacy, None) as row:
        waiting = Appeal.objects.filter(pk=appeal.pk, state=Appeal.State.FILED)
        if not waiting.update(state=Appeal.State.WITHDRAWN):
            raise UnfitError("answered")
        note(row, "appeal_withdrawn", at, by, {"appeal": appeal.pk.hex})


def answer_appeal(
    *,
    appeal: Appeal,
    is_upheld: bool,
    answer: str,
    by: Person,
    at: datetime,
    on: date,
    remedy: str = "",
    answered_on: date | None = None,
) -> None:
    """The appeal is answered with reasons; upheld, what follows is said too.

    Against a jury ``remedy`` says who deliberates again, or that the minutes are put right; it waits until that is
    done. Against another decision the file goes back to be decided again, as if received that day. ``answered_on`` is
    the day a court answered, whose answer the candidate has from it: no letter goes. UnfitError ``reasons``,
    ``remedy``, ``answered``, ``filed_later`` for an answer before the appeal or to come.
    """
    if not answer.strip():
        raise UnfitError("reasons")
    with taken(appeal.decision.candidacy, None) as row:
        kept = Appeal.objects.select_for_update().get(pk=appeal.pk)
        if kept.state != Appeal.State.FILED:
            raise UnfitError("answered")
        day = answered_on or on
        if not kept.filed_on <= day <= on:
            raise UnfitError("filed_later")
        kept.state = Appeal.State.UPHELD if is_upheld else Appeal.State.REJECTED
        kept.answer, kept.answered_at, kept.answered_on, kept.answered_by = answer.strip(), at, day, by
        kept.remedy = _remedy(kept, remedy) if is_upheld else ""
        kept.carried_out_at = at if kept.remedy == Appeal.Remedy.EXAMINED else None
        kept.save()
        if is_upheld and row.status in (Status.REFUSED, Status.LAPSED):
            check_alone(row)
            pass_on(row, Status.COMPLETE, at)
            reach(row, Milestone.RECEIVED, on)
            row.closed_at, row.due_on = None, Judged(row, on).due_on
        note(row, "appeal_answered", at, by, {"appeal": kept.pk.hex, "is_upheld": is_upheld, "remedy": kept.remedy})
        if not kept.court:
            kind = "appeal_upheld" if is_upheld else "appeal_rejected"
            values = answer_values(kept, Judged(row, on))
            ask_letter(row, kind, at, on=on, by=by, decision=kept.decision, values=values)


def _remedy(appeal: Appeal, asked: str) -> str:
    """What follows, where a jury decided; elsewhere the file is examined again and nothing else can follow."""
    if appeal.decision.stage != Stage.AWARD:
        return Appeal.Remedy.EXAMINED
    if asked not in (Appeal.Remedy.SAME_JURY, Appeal.Remedy.OTHER_JURY, Appeal.Remedy.MINUTES):
        raise UnfitError("remedy")
    return asked
