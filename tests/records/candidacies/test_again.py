"""A file answered once that comes back to be answered again: the first answer no longer stands, and time runs anew."""

from datetime import date, timedelta

import pytest

from parchemin.core.facts import Milestone
from parchemin.records.candidacies.actions import closing, deciding, depositing, opening
from parchemin.records.candidacies.actions.reminding import remind
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Deposit, Reminder, Status
from tests.records.candidacies.files import decided
from tests.web.cast import ALTERNANCE, AT, ON, Cast, deposited, opened

DAY = timedelta(days=1)
LATE = date(2026, 9, 1)


def upheld(cast: Cast, complete: Candidacy, on: date) -> Candidacy:
    """Refused, contested, and sent back to be decided again that day."""
    decided(cast, complete, is_favourable=False)
    record = complete.decisions.get(answer="unfavourable")
    appeal = closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON)
    closing.answer_appeal(appeal=appeal, is_upheld=True, answer="Oui.", by=cast.secretary, at=AT, on=on)
    return Candidacy.objects.get(pk=complete.pk)


def test_after_an_appeal_upheld_the_time_to_answer_starts_again(cast: Cast, complete: Candidacy) -> None:
    row = upheld(cast, complete, LATE)
    assert (row.status, Judged(row, LATE).facts.is_favourable) == (Status.COMPLETE, None)
    assert row.due_on == date(2026, 11, 1)
    assert deciding.apply_time(candidacy=row, at=AT, on=date(2026, 11, 1)) is None
    record = deciding.apply_time(candidacy=row, at=AT, on=date(2026, 11, 2))
    assert record is not None and record.answer == "favourable"


def test_a_second_refusal_after_an_appeal_is_frozen_as_a_refusal(cast: Cast, complete: Candidacy) -> None:
    row = upheld(cast, complete, LATE)
    record = deciding.decide_admissibility(
        candidacy=row, is_favourable=False, reason="Hors du champ.", by=cast.second_secretary, at=AT, on=LATE
    )
    assert isinstance(record, DecisionRecord)
    assert (record.answer, record.outcome) == ("unfavourable", "not_met")
    assert "silence" not in str([f["seen"] for f in record.decision["findings"] if f["rule"].endswith(".admissible")])


@pytest.mark.parametrize("before", ["favourable", "unfavourable"])
def test_an_answer_given_on_another_route_does_not_answer_the_new_request(
    cast: Cast, complete: Candidacy, before: str
) -> None:
    row = complete
    if before == "unfavourable":
        row = upheld(cast, row, ON)
    else:
        decided(cast, row)
    assert opening.change_route(candidacy=row, route="pathway", reason="x", by=cast.candidate, at=AT, on=LATE) is None
    assert opening.change_route(candidacy=row, route="vae", reason="x", by=cast.candidate, at=AT, on=LATE + DAY) is None
    deposited(row, on=LATE + DAY)
    facts = Judged(row, LATE + DAY).facts
    assert (row.status, facts.is_favourable) == (Status.RECEIVED, None)
    assert Milestone.ANSWERED not in facts.dates
    assert row.due_on == date(2026, 11, 2)


def test_once_silence_has_accepted_nothing_is_sent_back(cast: Cast, received: Candidacy) -> None:
    assert received.due_on is not None
    late = received.due_on + DAY
    with pytest.raises(UnfitError) as refused:
        depositing.return_application(candidacy=received, reasons="Il manque tout.", by=cast.secretary, at=AT, on=late)
    assert refused.value.code == "silence"
    assert received.status == Status.RECEIVED
    depositing.return_application(
        candidacy=received, reasons="Il manque tout.", by=cast.secretary, at=AT, on=received.due_on
    )
    assert received.deposits.get().answer == Deposit.Answer.RETURNED


@pytest.fixture
def confirming(cast: Cast) -> Candidacy:
    """A file admissible by silence under the national rules, to be confirmed every six months."""
    row = deposited(opened(cast.candidate, cast.certification(ALTERNANCE)))
    assert row.due_on is not None
    assert deciding.apply_time(candidacy=row, at=AT, on=row.due_on + DAY) is not None
    return row


def test_a_lapse_lifted_starts_a_new_period(cast: Cast, confirming: Candidacy) -> None:
    assert confirming.due_on is not None
    late = confirming.due_on + 10 * DAY
    with pytest.raises(UnfitError) as refused:
        deciding.confirm_going_on(candidacy=confirming, by=cast.candidate, at=AT, on=late)
    assert refused.value.code == "confirmation_late"
    record = deciding.restore_candidacy(
        candidacy=confirming, reason="Hospitalisation.", by=cast.secretary, at=AT, on=late
    )
    confirmed = [one for one in record.decision["findings"] if one["rule"].endswith(".confirmed")]
    assert [one["outcome"] for one in confirmed] == ["met"]
    assert confirming.due_on is not None and confirming.due_on > late
    with pytest.raises(UnfitError) as refused:
        deciding.restore_candidacy(candidacy=confirming, reason="x", by=cast.secretary, at=AT, on=late)
    assert refused.value.code == "not_lapsed"


def test_silence_noted_late_counts_from_the_day_it_accepted(received: Candidacy) -> None:
    assert received.due_on is not None
    since = received.due_on + DAY
    record = deciding.apply_time(candidacy=received, at=AT, on=since + 88 * DAY)
    assert record is not None and record.decided_on == since + 88 * DAY
    assert Judged(received, record.decided_on).facts.dates[Milestone.ANSWERED] == since


def test_each_confirmation_has_its_reminder(cast: Cast, confirming: Candidacy) -> None:
    reminder = Reminder.objects.create(
        organisation=cast.organisation,
        status="admissible",
        audience="candidate",
        after="due",
        days=15,
        subject="Confirmez",
        words="Confirmez que vous continuez.",
    )
    for _period in range(3):
        assert confirming.due_on is not None
        due = confirming.due_on
        assert remind(reminder=reminder, at=AT, on=due - 15 * DAY) == 1
        assert remind(reminder=reminder, at=AT, on=due - 14 * DAY) == 0
        deciding.confirm_going_on(candidacy=confirming, by=cast.candidate, at=AT, on=due)
    assert confirming.letters.filter(kind="reminder").count() == 3
