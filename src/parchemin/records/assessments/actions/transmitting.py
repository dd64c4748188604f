"""A complete file goes to the jury: what the rules said is frozen, the milestone is reached, the candidate is told."""

from collections.abc import Collection
from datetime import date, datetime

from parchemin.core.decision import Decision, Stage
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.models import Transmission
from parchemin.records.assessments.queries.sending import STAGES, Sending
from parchemin.records.candidacies.actions.freezing import freeze
from parchemin.records.candidacies.actions.taking import ask_letter, forget, note, reach, taken
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Statement, Status, StepDone
from parchemin.records.people.models import Person


def transmit_file(
    *,
    candidacy: Candidacy,
    by: Person,
    at: datetime,
    on: date,
    attested: Collection[str] = (),
    revision: int | None = None,
) -> DecisionRecord | Decision:
    """The file goes to the jury, with what whoever sends it attests of it; what the rules say is frozen.

    It goes again once the jury sent it back, or once something was settled since. The Decision of the first stage that
    holds it back, and nothing done, when something is missing. AssessmentError ``transmitted`` when the jury has it as
    it stands, ``no_statement`` when something else is attested than what is asked.
    """
    with taken(candidacy, revision, Status.ADMISSIBLE) as row:
        sending = Sending(Judged(row, on), tuple(attested))
        if sending.sent.last and not sending.sent.may_go:
            raise AssessmentError("transmitted", day=f"{sending.sent.last.sent_on:%d/%m/%Y}")
        if unknown := [code for code in attested if code not in sending.to_attest]:
            raise AssessmentError("no_statement", statement=unknown[0])
        for stage in STAGES:
            if sending.lacking(stage):
                return sending.decided(stage)
        answer = DecisionRecord.Answer.TRANSMITTED
        records = {stage: freeze(row, sending.decided(stage), answer, at=at, on=on, by=by) for stage in STAGES}
        made = _kept(row, sending, records, by, at)
        details = {
            "transmission": made.pk.hex,
            "number": made.number,
            "records": [one.pk.hex for one in records.values()],
            "attested": made.attested,
        }
        last = records[STAGES[-1]]
        note(row, "file_transmitted", at, by, details, sending.decided(STAGES[-1]))
        ask_letter(row, "file_transmitted", at, on=on, by=by, decision=last)
    return last


def _kept(
    row: Candidacy, sending: Sending, records: dict[Stage, DecisionRecord], by: Person, at: datetime
) -> Transmission:
    """The transmission, and what it tells of the file: attested words, steps done, milestones reached."""
    for code in sending.attested:
        verified = {"verified": True, "verified_at": at, "verified_by": by}
        Statement.objects.update_or_create(candidacy=row, code=code, defaults=verified)
    for step, day in sending.steps.items():
        if day is None:
            StepDone.objects.filter(candidacy=row, step=step).delete()
        else:
            StepDone.objects.update_or_create(candidacy=row, step=step, defaults={"done_on": day, "by": by})
    for milestone, day in sending.dates.items():
        reach(row, milestone, day)
    forget(row, "statements", "steps_done", "decisions")
    return Transmission.objects.create(
        candidacy=row,
        number=len(sending.sent.rows) + 1,
        attested=sorted(sending.attested),
        assessed=records[Stage.ASSESSMENT],
        completed=records[Stage.COMPLETENESS],
        sent_on=sending.judged.on,
        sent_at=at,
        sent_by=by,
    )
