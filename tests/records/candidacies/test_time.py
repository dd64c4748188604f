"""What time decides: silence that accepts or refuses, answers that come too late, lapses and what lifts them."""

from datetime import date, timedelta

import pytest

from parchemin.core.decision import Outcome, Stage
from parchemin.core.facts import Milestone
from parchemin.records.candidacies.actions import closing, deciding, depositing, opening
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Status
from parchemin.records.journal import queries as journal
from tests.records.candidacies.files import changed, completed, decided, dropped
from tests.web.cast import AT, CQP, ON, TITLE, Cast, deposited, opened, worked

DAY = timedelta(days=1)


@pytest.fixture
def refusing(cast: Cast) -> Candidacy:
    """An application received by a certification whose ruling says that silence refuses."""
    offered = changed(cast, "admissible/silence, value: accepts", "admissible/silence, value: refuses")
    row = opened(cast.candidate, offered)
    worked(row)
    dropped(row)
    return deposited(row)


def due(row: Candidacy) -> date:
    assert row.due_on is not None
    return row.due_on


def test_silence_refuses_the_day_after_where_the_ruling_says_so(cast: Cast, refusing: Candidacy) -> None:
    assert due(refusing) == ON.replace(month=5)
    assert deciding.apply_time(candidacy=refusing, at=AT, on=due(refusing)) is None
    record = deciding.apply_time(candidacy=refusing, at=AT, on=due(refusing) + DAY)
    assert record is not None
    assert (record.answer, record.decided_by, refusing.status) == ("unfavourable", None, Status.REFUSED)
    assert refusing.letters.order_by("-reference")[0].kind == "refused_by_silence"
    appeal = closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=record.decided_on)
    closing.answer_appeal(appeal=appeal, is_upheld=True, answer="Oui.", by=cast.secretary, at=AT, on=record.decided_on)
    refusing.refresh_from_db()
    assert refusing.status == Status.COMPLETE
    decided(cast, refusing)
    assert refusing.status == Status.ADMISSIBLE


def test_a_refusal_after_silence_refused_is_not_too_late(cast: Cast, refusing: Candidacy) -> None:
    depositing.accept_application(candidacy=refusing, by=cast.secretary, at=AT, on=ON)
    late = due(refusing) + DAY
    found = deciding.decide_admissibility(
        candidacy=refusing, is_favourable=False, reason="Hors du champ.", by=cast.secretary, at=AT, on=late
    )
    assert isinstance(found, DecisionRecord)
    assert refusing.status == Status.REFUSED


def test_when_time_decides_nothing_whoever_types_is_not_disturbed(received: Candidacy) -> None:
    before = Candidacy.objects.filter(pk=received.pk).values().get()
    entries = journal.entries_of(received.pk).count()
    assert deciding.apply_time(candidacy=received, at=AT, on=due(received)) is None
    assert Candidacy.objects.filter(pk=received.pk).values().get() == before
    assert journal.entries_of(received.pk).count() == entries


def test_time_does_nothing_to_a_file_that_closed_since_it_was_read(cast: Cast, received: Candidacy) -> None:
    read_before = Candidacy.objects.get(pk=received.pk)
    late = due(received) + DAY
    closing.withdraw_candidacy(candidacy=received, reason="", by=cast.candidate, at=AT, on=ON)
    assert deciding.apply_time(candidacy=read_before, at=AT, on=late) is None
    received.refresh_from_db()
    assert received.status == Status.WITHDRAWN


def test_a_favourable_answer_after_silence_accepted_is_still_recorded(cast: Cast, complete: Candidacy) -> None:
    found = deciding.decide_admissibility(
        candidacy=complete, is_favourable=True, reason="", by=cast.secretary, at=AT, on=due(complete) + DAY
    )
    assert isinstance(found, DecisionRecord)
    assert complete.status == Status.ADMISSIBLE


def test_sent_back_and_handed_in_again_the_time_to_answer_starts_again(cast: Cast, received: Candidacy) -> None:
    late = due(received) + DAY
    depositing.return_application(candidacy=received, reasons="Page 2.", by=cast.secretary, at=AT, on=ON + DAY)
    assert deciding.apply_time(candidacy=received, at=AT, on=late) is None
    again = ON + 40 * DAY
    deposited(received, on=again)
    dates = {row.milestone: row.on for row in received.dates.all()}
    assert (dates[Milestone.REQUESTED], dates[Milestone.RECEIVED]) == (ON, again)
    assert due(received) > late
    assert deciding.apply_time(candidacy=received, at=AT, on=late) is None


def test_documents_are_locked_again_at_each_deposit_and_until_it_is_sent_back(cast: Cast, draft: Candidacy) -> None:
    completed(cast, draft)
    with pytest.raises(UnfitError):
        dropped(draft)
    depositing.return_application(candidacy=draft, reasons="Page 2.", by=cast.secretary, at=AT, on=ON)
    second = dropped(draft)
    assert second.number == 2
    deposited(draft, on=ON + DAY)
    last = draft.deposits.get(number=2)
    assert list(last.versions.values_list("pk", flat=True)) == [second.pk]
    assert [one.number for one in draft.deposits.get(number=1).versions.all()] == [1]
    with pytest.raises(UnfitError):
        dropped(draft)


def test_another_route_unlocks_what_had_been_accepted(cast: Cast, admissible: Candidacy) -> None:
    assert admissible.deposits.get().answer == "accepted"
    opening.change_route(
        candidacy=admissible, route="pathway", reason="Embauche", by=cast.candidate, at=AT, on=ON + DAY
    )
    assert admissible.status == Status.RETURNED
    assert admissible.deposits.get().answer == "returned"
    assert dropped(admissible).number == 2
    assert admissible.decisions.filter(answer="favourable").exists()


def test_an_appeal_rejected_leaves_the_file_refused(cast: Cast, complete: Candidacy) -> None:
    decided(cast, complete, is_favourable=False)
    record = complete.decisions.get(answer="unfavourable")
    appeal = closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON)
    closing.answer_appeal(appeal=appeal, is_upheld=False, answer="Non.", by=cast.secretary, at=AT, on=ON)
    complete.refresh_from_db()
    appeal.refresh_from_db()
    assert (complete.status, appeal.state, appeal.answered_by) == (Status.REFUSED, "rejected", cast.secretary)
    with pytest.raises(UnfitError) as met:
        closing.file_appeal(record=record, grounds="y", by=cast.candidate, at=AT, on=ON)
    assert met.value.code == "appealed"


def test_an_appeal_upheld_is_not_answered_beside_a_file_that_goes_on(cast: Cast, complete: Candidacy) -> None:
    decided(cast, complete, is_favourable=False)
    record = complete.decisions.get(answer="unfavourable")
    appeal = closing.file_appeal(record=record, grounds="x", by=cast.candidate, at=AT, on=ON)
    opened(cast.candidate, complete.certification)
    with pytest.raises(UnfitError) as met:
        closing.answer_appeal(appeal=appeal, is_upheld=True, answer="Oui.", by=cast.secretary, at=AT, on=ON)
    assert met.value.code == "already_open"
    appeal.refresh_from_db()
    assert appeal.state == "filed"


def test_a_lapse_is_noted_by_the_secretariat_and_lifted(cast: Cast, admissible: Candidacy) -> None:
    record = deciding.lapse_candidacy(candidacy=admissible, reason="Sans nouvelles.", by=cast.secretary, at=AT, on=ON)
    assert (record.answer, admissible.status, admissible.closed_at) == ("lapsed", Status.LAPSED, AT)
    later = ON + 30 * DAY
    record = deciding.restore_candidacy(
        candidacy=admissible, reason="Hospitalisation.", by=cast.secretary, at=AT, on=later
    )
    assert (record.answer, admissible.status, admissible.closed_at) == ("restored", Status.ADMISSIBLE, None)
    assert Judged(admissible, later).facts.resumed_on == later


def test_requests_of_the_year_count_against_the_next_one(cast: Cast, received: Candidacy) -> None:
    """One request a year for the same certification (code de l’éducation, art. L335-5, as encoded by the scheme)."""
    closing.withdraw_candidacy(candidacy=received, reason="", by=cast.candidate, at=AT, on=ON)
    again = opened(cast.candidate, received.certification, on=ON + DAY)
    facts = Judged(again, ON + DAY).facts
    assert [(one.scheme, one.requested_on) for one in facts.requests or ()] == [(CQP, ON)]
    other = opened(cast.other_candidate, received.certification, on=ON + DAY)
    assert Judged(other, ON + DAY).facts.requests == ()


def test_a_draft_is_not_a_request(cast: Cast, draft: Candidacy) -> None:
    other = opened(cast.candidate, cast.certification(TITLE))
    assert Judged(other, ON).facts.requests == ()


def test_the_derogation_lifts_for_this_file_only(cast: Cast, draft: Candidacy) -> None:
    rows = [draft, opened(cast.other_candidate, draft.certification)]
    for row in rows:
        worked(row, ON.replace(year=2024))
        dropped(row)
        deposited(row)
    deciding.override_rule(
        candidacy=draft, rule="eligibility.experience", reason="x", source="PV", by=cast.secretary, at=AT, on=ON
    )
    found = [Judged(row, ON).decided(Stage.ELIGIBILITY) for row in rows]
    lifted = [any(one.override for one in decision.findings) for decision in found]
    assert lifted == [True, False]
    assert found[1].outcome is Outcome.NOT_MET
