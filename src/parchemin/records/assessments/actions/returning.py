"""The jury sends a file back: it may be assessed again and go again; the candidate and its evaluators are told."""

from datetime import datetime

from django.utils import timezone

from parchemin.core.facts import Attendance, Milestone
from parchemin.records.assessments.actions.welcoming import open_again
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.models import Evaluator, JuryReturn
from parchemin.records.assessments.queries.sending import SENT_STEP
from parchemin.records.assessments.queries.transmissions import sent_of
from parchemin.records.candidacies.actions.depositing import reopen_file
from parchemin.records.candidacies.actions.noticing import tell_of_return
from parchemin.records.candidacies.actions.taking import ask_letter, forget, leave, note, taken
from parchemin.records.candidacies.models import Candidacy, Status
from parchemin.records.people.models import Person


def return_from_jury(
    *,
    candidacy: Candidacy,
    reason: str,
    by: Person,
    at: datetime,
    reopens_documents: bool = False,
    revision: int | None = None,
) -> JuryReturn:
    """The jury no longer has the file: it waits to be assessed or completed, then to go again.

    What it told of being transmitted no longer stands, and stays written; with ``reopens_documents`` the candidate may
    replace what they had handed in. AssessmentError ``reason``, ``not_with_jury`` when the jury does not have it.
    """
    if not reason.strip():
        raise AssessmentError("reason")
    on = timezone.localdate(at)
    with taken(candidacy, revision, Status.ADMISSIBLE) as row:
        last = sent_of(row).last
        if last is None or last.sent_back:
            raise AssessmentError("not_with_jury")
        made = JuryReturn.objects.create(
            transmission=last, reason=reason.strip(), returned_on=on, returned_at=at, returned_by=by
        )
        leave(row, Milestone.TRANSMITTED)
        row.steps_done.filter(step=SENT_STEP).delete()
        forget(row, "steps_done")
        if reopens_documents:
            reopen_file(row, made.reason, by, at)
        told = {"transmission": last.pk.hex, "number": last.number, "documents": reopens_documents}
        note(row, "file_returned", at, by, told)
        ask_letter(row, "file_returned", at, on=on, by=by, values={"reasons": made.reason})
        _welcome(row, by, at)
    return made


def _welcome(row: Candidacy, by: Person, at: datetime) -> None:
    """Those who assessed it read it again, and are told why."""
    rows = Evaluator.objects.filter(sitting__candidacy=row, sitting__attendance=Attendance.HELD)
    told = rows.filter(person__is_active=True, person__erased_at__isnull=True).select_related("person", "sitting")
    for one in {one.person_id: one for one in told}.values():
        open_again(row, one, by, at)
        tell_of_return(row, one.person, at)
