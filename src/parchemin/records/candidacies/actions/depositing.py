"""Handing in: the application, then the file for the jury; sent back with reasons, or accepted."""

from datetime import date, datetime
from typing import Any

from parchemin.core.asking import documents_of
from parchemin.core.decision import MET, NOT_MET, Decision, Stage
from parchemin.core.facts import Milestone
from parchemin.records.candidacies.actions.freezing import freeze
from parchemin.records.candidacies.actions.taking import ask_letter, forget, note, pass_on, reach, taken
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.facts import current
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Deposit, DocumentVersion, Status
from parchemin.records.people.models import CivilIdentity, Person


def deposit_application(
    *,
    candidacy: Candidacy,
    by: Person,
    at: datetime,
    on: date,
    is_insisting: bool = False,
    revision: int | None = None,
) -> Decision | Deposit:
    """The application is handed in: identity copied as it is, documents locked, the time to answer starts.

    The Decision of eligibility as foreseen when the rules already refuse on what is declared; nothing is sent then,
    unless the candidate insists: everybody may ask for a decision, and contest it.
    UnfitError ``identity`` without a civil identity, ``regulation`` when it was not accepted.
    """
    with taken(candidacy, revision, Status.DRAFT, Status.RETURNED) as row:
        identity = CivilIdentity.objects.filter(person_id=row.candidate_id).first()
        if identity is None:
            raise UnfitError("identity")
        if row.regulation_accepted_at is None:
            raise UnfitError("regulation")
        judged = Judged(row, on)
        foreseen = judged.foreseen(Stage.ELIGIBILITY)
        if foreseen.outcome is NOT_MET and not is_insisting:
            return foreseen
        row.identity = snapshot(identity)
        deposit = _deposited(row, Stage.ELIGIBILITY, judged.application.documents, by, at)
        is_first = row.status == Status.DRAFT
        if is_first:
            reach(row, Milestone.REQUESTED, on)
        reach(row, Milestone.RECEIVED, on)
        pass_on(row, Status.RECEIVED, at)
        row.due_on = Judged(row, on).due_on
        note(row, "application_deposited", at, by, _told(deposit))
        ask_letter(row, "received", at, on=on, values={"due_on": row.due_on.isoformat() if row.due_on else None})
    return deposit


def accept_regulation(*, candidacy: Candidacy, by: Person, at: datetime, revision: int | None = None) -> None:
    """The candidate accepted the regulation of the version the file is under."""
    with taken(candidacy, revision, Status.DRAFT, Status.RETURNED) as row:
        row.regulation_accepted_at = at
        note(row, "regulation_accepted", at, by, {"version": row.version})


def return_application(
    *, candidacy: Candidacy, reasons: str, by: Person, at: datetime, on: date, revision: int | None = None
) -> DecisionRecord:
    """The application goes back to the candidate with what is missing; its documents may be replaced.

    UnfitError ``reasons`` without any, ``silence`` when silence has already accepted.
    """
    if not reasons.strip():
        raise UnfitError("reasons")
    with taken(candidacy, revision, Status.RECEIVED, Status.COMPLETE) as row:
        judged = Judged(row, on)
        if judged.silent is MET:
            raise UnfitError("silence")
        decision = judged.decided(Stage.ELIGIBILITY)
        record = _answered(row, Stage.ELIGIBILITY, decision, "incomplete", reasons, by, at, on)
        pass_on(row, Status.RETURNED, at)
        row.due_on = None
        note(row, "application_returned", at, by, {"record": record.pk.hex}, decision)
        ask_letter(row, "incomplete", at, on=on, by=by, decision=record, values={"reasons": reasons})
    return record


def accept_application(
    *, candidacy: Candidacy, by: Person, at: datetime, on: date, revision: int | None = None
) -> DecisionRecord:
    """The application has everything it needs to be decided on."""
    with taken(candidacy, revision, Status.RECEIVED) as row:
        decision = Judged(row, on).decided(Stage.ELIGIBILITY)
        record = _answered(row, Stage.ELIGIBILITY, decision, "complete", "", by, at, on)
        pass_on(row, Status.COMPLETE, at)
        note(row, "application_complete", at, by, {"record": record.pk.hex}, decision)
    return record


def deposit_file(
    *, candidacy: Candidacy, by: Person, at: datetime, on: date, revision: int | None = None
) -> Decision | Deposit:
    """The file for the jury is handed in and locked.

    The Decision of completeness when a blocking rule on a document handed in is not met: a page too many, say.
    """
    with taken(candidacy, revision, Status.ADMISSIBLE) as row:
        judged = Judged(row, on)
        decision = judged.decided(Stage.COMPLETENESS)
        if refused_documents(judged, decision):
            return decision
        deposit = _deposited(row, Stage.COMPLETENESS, judged.later.documents, by, at)
        reach(row, Milestone.DEPOSITED, on)
        note(row, "file_deposited", at, by, _told(deposit), decision)
        ask_letter(row, "deposited", at, on=on)
    return deposit


def refused_documents(judged: Judged, decision: Decision) -> list[str]:
    """The rules not met for a document that is the candidate's to hand in."""
    own = {*judged.application.documents, *judged.later.documents}
    route = judged.scheme.route_of(judged.candidacy.route)
    rules = {rule.id: rule for rule in judged.later.rules}
    found = decision.those(NOT_MET)
    return [f.rule for f in found if own & set(f.values.get("lacking") or documents_of(rules[f.rule].check, route))]


def answer_file(
    *,
    candidacy: Candidacy,
    is_complete: bool,
    reasons: str,
    by: Person,
    at: datetime,
    on: date,
    revision: int | None = None,
) -> DecisionRecord:
    """The file for the jury is accepted as complete, or sent back with reasons."""
    if not is_complete and not reasons.strip():
        raise UnfitError("reasons")
    with taken(candidacy, revision, Status.ADMISSIBLE) as row:
        if not row.deposits.filter(stage=Stage.COMPLETENESS, answer=Deposit.Answer.PENDING).exists():
            raise UnfitError("no_deposit")
        decision = Judged(row, on).decided(Stage.COMPLETENESS)
        answer = "complete" if is_complete else "incomplete"
        record = _answered(row, Stage.COMPLETENESS, decision, answer, reasons, by, at, on)
        note(row, f"file_{answer}", at, by, {"record": record.pk.hex}, decision)
        kind = "file_complete" if is_complete else "file_incomplete"
        ask_letter(row, kind, at, on=on, by=by, decision=record, values={"reasons": reasons})
    return record


def reopen_file(row: Candidacy, reasons: str, by: Person, at: datetime) -> None:
    """What was handed in for the jury may be replaced and handed in again, for these reasons. For other actions."""
    waiting = row.deposits.filter(stage=Stage.COMPLETENESS).exclude(answer=Deposit.Answer.RETURNED)
    waiting.update(answer=Deposit.Answer.RETURNED, answered_at=at, answered_by=by, reasons=reasons)


def snapshot(identity: CivilIdentity) -> dict[str, Any]:
    """The civil identity as it stood the day the application was handed in."""
    return {
        "birth_name": identity.birth_name,
        "used_name": identity.used_name,
        "first_names": list(identity.first_names),
        "sex": identity.sex,
        "born_on": identity.born_on.isoformat(),
        "birth_commune": identity.birth_commune,
        "birth_country": identity.birth_country,
        "birth_city": identity.birth_city,
        "address": identity.address,
        "postcode": identity.postcode,
        "town": identity.town,
    }


def _deposited(row: Candidacy, stage: Stage, kinds: tuple[str, ...], by: Person, at: datetime) -> Deposit:
    if row.deposits.filter(stage=stage, answer=Deposit.Answer.PENDING).exists():
        raise UnfitError("deposit_pending")
    number = row.deposits.filter(stage=stage).count() + 1
    deposit = Deposit.objects.create(candidacy=row, stage=stage, number=number, deposited_at=at, deposited_by=by)
    deposit.versions.set(_versions(row, kinds, with_others=stage is Stage.ELIGIBILITY))
    return deposit


def _versions(row: Candidacy, kinds: tuple[str, ...], *, with_others: bool) -> list[DocumentVersion]:
    wanted = [one for one in row.documents.all() if one.kind in kinds or (with_others and not one.kind)]
    return [version for one in wanted if (version := current(one))]


def _answered(
    row: Candidacy, stage: Stage, decision: Decision, answer: str, reasons: str, by: Person, at: datetime, on: date
) -> DecisionRecord:
    state = Deposit.Answer.ACCEPTED if answer == "complete" else Deposit.Answer.RETURNED
    waiting = row.deposits.filter(stage=stage).exclude(answer=Deposit.Answer.RETURNED)
    waiting.update(answer=state, answered_at=at, answered_by=by, reasons=reasons)
    forget(row, "decisions")
    return freeze(row, decision, answer, at=at, on=on, by=by, reason=reasons)


def _told(deposit: Deposit) -> dict[str, Any]:
    prints = sorted(deposit.versions.values_list("sha256", flat=True))
    return {"deposit": deposit.pk.hex, "stage": deposit.stage, "number": deposit.number, "sha256": prints}
