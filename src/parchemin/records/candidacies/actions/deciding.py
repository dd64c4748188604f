"""Admissibility: verifying what is declared, derogating, deciding, and what time decides."""

from datetime import date, datetime

from parchemin.core.asking import asked
from parchemin.core.decision import MET, NOT_MET, Decision, Stage
from parchemin.core.facts import Milestone
from parchemin.core.terms import listed
from parchemin.records.candidacies.actions.freezing import freeze
from parchemin.records.candidacies.actions.taking import ask_letter, check_alone, forget, note, pass_on, reach, taken
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged, dues
from parchemin.records.candidacies.models import (
    SUBMITTED,
    Candidacy,
    Confirmation,
    DecisionRecord,
    Experience,
    OverrideRecord,
    Statement,
    Status,
    StepDone,
)
from parchemin.records.people.models import Person

ANSWER = DecisionRecord.Answer
WITH_SECRETARIAT = (*SUBMITTED, Status.ADMISSIBLE)
LIFTED = (Stage.ELIGIBILITY, Stage.COMPLETENESS, Stage.ASSESSMENT)
"""The stages of which a rule may be lifted before the jury has the file."""


def verify_statement(
    *, candidacy: Candidacy, code: str, is_true: bool | None, by: Person, at: datetime, revision: int | None = None
) -> None:
    """The secretariat found the declaration true or not, or takes back what it found (None)."""
    with taken(candidacy, revision, *WITH_SECRETARIAT) as row:
        Statement.objects.update_or_create(
            candidacy=row,
            code=code,
            defaults={"verified": is_true, "verified_at": None if is_true is None else at, "verified_by": by},
        )
        forget(row, "statements")
        note(row, "statement_verified", at, by, {"code": code, "is_true": is_true})


def verify_experience(
    *,
    candidacy: Candidacy,
    experience: Experience,
    is_proved: bool | None,
    by: Person,
    at: datetime,
    comment: str = "",
    revision: int | None = None,
) -> None:
    """The secretariat found the activity proved or not, for that reason, or takes back what it found (None).

    What others attested of it stays.
    """
    with taken(candidacy, revision, Status.DRAFT, Status.RETURNED, *WITH_SECRETARIAT) as row:
        kept = row.experiences.get(pk=experience.pk)
        kept.is_proved, kept.proved_at = is_proved, None if is_proved is None else at
        kept.proved_by, kept.proof_comment = (None, "") if is_proved is None else (by, comment.strip())
        kept.save()
        forget(row, "experiences")
        note(row, "experience_verified", at, by, {"experience": kept.pk, "is_proved": is_proved})


def record_step(
    *, candidacy: Candidacy, step: str, done_on: date, by: Person, at: datetime, revision: int | None = None
) -> None:
    """The step of the route was done that day; told again, the last day stands. UnfitError ``no_step``."""
    with taken(candidacy, revision, Status.ADMISSIBLE) as row:
        route = Judged(row, done_on).scheme.route_of(row.route)
        if step not in [one.id for one in (listed(route.steps) if route else ())]:
            raise UnfitError("no_step", step=step)
        StepDone.objects.update_or_create(candidacy=row, step=step, defaults={"done_on": done_on, "by": by})
        forget(row, "steps_done")
        note(row, "step_done", at, by, {"step": step, "on": done_on.isoformat()})


def override_rule(
    *,
    candidacy: Candidacy,
    rule: str,
    reason: str,
    source: str,
    by: Person,
    at: datetime,
    on: date,
    revision: int | None = None,
) -> OverrideRecord:
    """A rule on what comes before the jury is lifted for this file, for a reason and on a source.

    It changes nothing as long as the rule is met, nor where it is not known to be otherwise. UnfitError ``firm`` when
    the rule may not be lifted, ``no_rule`` when none such applies, ``reasons`` without both.
    """
    if not reason.strip() or not source.strip():
        raise UnfitError("reasons")
    with taken(candidacy, revision, *WITH_SECRETARIAT) as row:
        judged = Judged(row, on)
        rules = {one.id: one for one in asked(judged.scheme, judged.facts, on, *LIFTED).rules}
        if rule not in rules:
            raise UnfitError("no_rule", rule=rule)
        if rules[rule].is_firm:
            raise UnfitError("firm", rule=rule)
        record, _ = OverrideRecord.objects.update_or_create(
            candidacy=row, rule=rule, defaults={"author": by, "reason": reason, "source": source, "decided_on": on}
        )
        note(row, "rule_overridden", at, by, {"rule": rule})
    return record


def decide_admissibility(
    *,
    candidacy: Candidacy,
    is_favourable: bool,
    reason: str,
    by: Person,
    at: datetime,
    on: date,
    revision: int | None = None,
) -> DecisionRecord | Decision:
    """The request is answered, the rules' findings frozen with the answer, and a letter is due.

    The Decision, and nothing done, when a favourable answer is asked and a blocking rule is not met: correct, or
    derogate. UnfitError ``reasons`` for an answer that the rules do not lead to, without a reason; ``silence`` when
    silence has already accepted.
    """
    with taken(candidacy, revision, Status.COMPLETE) as row:
        judged = Judged(row, on)
        ground = judged.answerable
        if is_favourable and ground.outcome is NOT_MET:
            return ground
        if judged.silent is MET and not is_favourable:
            raise UnfitError("silence")
        leads_to = MET if is_favourable else NOT_MET
        if ground.outcome is not leads_to and not reason.strip():
            raise UnfitError("reasons")
        decision = judged.answered(is_favourable=is_favourable)
        record = freeze(
            row,
            decision,
            ANSWER.FAVOURABLE if is_favourable else ANSWER.UNFAVOURABLE,
            at=at,
            on=on,
            by=by,
            reason=reason,
        )
        reach(row, Milestone.ANSWERED, on)
        forget(row, "decisions")
        pass_on(row, Status.ADMISSIBLE if is_favourable else Status.REFUSED, at)
        row.due_on = Judged(row, on).due_on if is_favourable else None
        details = {"record": record.pk.hex, "is_favourable": is_favourable}
        note(row, "admissibility_decided", at, by, details, decision)
        kind = "admissible" if is_favourable else "refused"
        ask_letter(row, kind, at, on=on, by=by, decision=record, values={"reasons": reason})
    return record


def apply_time(*, candidacy: Candidacy, at: datetime, on: date) -> DecisionRecord | None:
    """What time alone decides on that day: silence accepts or refuses, or a confirmation did not come.

    Nothing and None when time decides nothing, so that it may be asked any number of times.
    """
    with taken(candidacy, None) as row:
        return _timed(row, at, on) if row.status in WITH_SECRETARIAT else None


def _timed(row: Candidacy, at: datetime, on: date) -> DecisionRecord | None:
    judged = Judged(row, on)
    decision = judged.decided(Stage.ELIGIBILITY)
    row.due_on = judged.due_on or row.due_on  # once it has passed, it stays to be seen
    if row.status in SUBMITTED:
        return _silence(row, judged, decision, at, on)
    if not _has_lapsed(decision):
        return None
    record = freeze(row, decision, ANSWER.LAPSED, at=at, on=on, by=None)
    pass_on(row, Status.LAPSED, at)
    row.due_on, row.closed_at = None, at
    note(row, "lapsed", at, None, {"record": record.pk.hex}, decision)
    ask_letter(row, "lapsed", at, on=on, decision=record)
    return record


def confirm_going_on(*, candidacy: Candidacy, by: Person, at: datetime, on: date, revision: int | None = None) -> None:
    """The candidate goes on: the next confirmation is counted from that day.

    UnfitError ``confirmation_late`` once it was due: whoever handles the file may lift the lapse.
    """
    with taken(candidacy, revision, Status.ADMISSIBLE) as row:
        if missed := Judged(row, on).missed_on:
            raise UnfitError("confirmation_late", due=missed)
        Confirmation.objects.get_or_create(candidacy=row, on=on)
        forget(row, "confirmations")
        row.due_on = Judged(row, on).due_on
        note(row, "confirmed", at, by, {"on": on.isoformat()})


def restore_candidacy(
    *, candidacy: Candidacy, reason: str, by: Person, at: datetime, on: date, revision: int | None = None
) -> DecisionRecord:
    """The lapse is lifted: the file is admissible again, and the next confirmation is counted from that day.

    An admissible file whose confirmation is overdue, where the rules only warn, goes on in the same way. UnfitError
    ``reasons`` without a reason, ``not_lapsed``, ``already_open`` when another file of the certification is under way.
    """
    if not reason.strip():
        raise UnfitError("reasons")
    with taken(candidacy, revision, Status.LAPSED, Status.ADMISSIBLE) as row:
        check_alone(row)
        judged = Judged(row, on)
        if row.status == Status.ADMISSIBLE and judged.missed_on is None:
            raise UnfitError("not_lapsed")
        decision = judged.resumed()
        record = freeze(row, decision, ANSWER.RESTORED, at=at, on=on, by=by, reason=reason)
        forget(row, "decisions")
        pass_on(row, Status.ADMISSIBLE, at)
        row.closed_at, row.due_on = None, Judged(row, on).due_on
        note(row, "restored", at, by, {"record": record.pk.hex}, decision)
        ask_letter(row, "restored", at, on=on, by=by, decision=record, values={"reasons": reason})
    return record


def _silence(row: Candidacy, judged: Judged, decision: Decision, at: datetime, on: date) -> DecisionRecord | None:
    if judged.silent is MET:
        record = freeze(row, decision, ANSWER.FAVOURABLE, at=at, on=on, by=None)
        status, kind = Status.ADMISSIBLE, "admissible_by_silence"
    elif judged.silent is NOT_MET:
        record = freeze(row, decision, ANSWER.UNFAVOURABLE, at=at, on=on, by=None)
        status, kind = Status.REFUSED, "refused_by_silence"
    else:
        return None
    reach(row, Milestone.ANSWERED, judged.silent_since)
    pass_on(row, status, at)
    row.deposits.filter(answer="pending").update(answer="accepted", answered_at=at)
    forget(row, "decisions")
    row.due_on = Judged(row, on).due_on if status == Status.ADMISSIBLE else None
    note(row, "silence", at, None, {"record": record.pk.hex, "status": status.value}, decision)
    ask_letter(row, kind, at, on=on, decision=record)
    return record


def lapse_candidacy(
    *, candidacy: Candidacy, reason: str, by: Person, at: datetime, on: date, revision: int | None = None
) -> DecisionRecord:
    """The secretariat notes that admissibility lapsed, where the rules only warn of it; UnfitError without a reason."""
    if not reason.strip():
        raise UnfitError("reasons")
    with taken(candidacy, revision, Status.ADMISSIBLE) as row:
        decision = Judged(row, on).decided(Stage.ELIGIBILITY)
        record = freeze(row, decision, ANSWER.LAPSED, at=at, on=on, by=by, reason=reason)
        pass_on(row, Status.LAPSED, at)
        row.due_on, row.closed_at, row.closing_reason = None, at, reason
        note(row, "lapsed", at, by, {"record": record.pk.hex}, decision)
        ask_letter(row, "lapsed", at, on=on, by=by, decision=record, values={"reasons": reason})
    return record


def _has_lapsed(decision: Decision) -> bool:
    return any(due < decision.decided_on for due in dues(decision.those(NOT_MET)))
