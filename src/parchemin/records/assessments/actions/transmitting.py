"""A complete file goes to the jury: what the rules said is frozen, the milestone is reached, the candidate is told."""

from collections.abc import Collection
from datetime import date, datetime

from parchemin.core.decision import Decision
from parchemin.core.facts import Milestone
from parchemin.records.assessments.errors import AssessmentError
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

    The Decision of the first stage that holds it back, and nothing done, when something is missing. AssessmentError
    ``transmitted`` when the jury has it already, ``no_statement`` when something else is attested than what is asked.
    """
    with taken(candidacy, revision, Status.ADMISSIBLE) as row:
        if sent := row.dates.filter(milestone=Milestone.TRANSMITTED.value).first():
            raise AssessmentError("transmitted", day=f"{sent.on:%d/%m/%Y}")
        sending = Sending(Judged(row, on), tuple(attested))
        if unknown := [code for code in attested if code not in sending.to_attest]:
            raise AssessmentError("no_statement", statement=unknown[0])
        for stage in STAGES:
            if sending.lacking(stage):
                return sending.decided(stage)
        records = [
            freeze(row, sending.decided(stage), DecisionRecord.Answer.TRANSMITTED, at=at, on=on, by=by)
            for stage in STAGES
        ]
        _keep(row, sending, by, at)
        details = {"records": [one.pk.hex for one in records], "attested": sorted(attested)}
        note(row, "file_transmitted", at, by, details, sending.decided(STAGES[-1]))
        ask_letter(row, "file_transmitted", at, on=on, by=by, decision=records[-1])
    return records[-1]


def _keep(row: Candidacy, sending: Sending, by: Person, at: datetime) -> None:
    """What the transmission tells of the file: attested words, steps done, milestones reached."""
    for code in sending.attested:
        verified = {"verified": True, "verified_at": at, "verified_by": by}
        Statement.objects.update_or_create(candidacy=row, code=code, defaults=verified)
    for step, day in sending.steps.items():
        StepDone.objects.update_or_create(candidacy=row, step=step, defaults={"done_on": day, "by": by})
    for milestone, day in sending.dates.items():
        reach(row, milestone, day)
    forget(row, "statements", "steps_done", "decisions")
