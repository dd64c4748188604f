"""A file goes to the jury again once something was settled since, or once the jury sent it back; never otherwise."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import DatabaseError

from parchemin.core.decision import Decision
from parchemin.core.facts import Attendance
from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.holding import tell_attendance
from parchemin.records.assessments.actions.planning import declare_links, name_evaluator, plan_sitting
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.actions.returning import return_from_jury
from parchemin.records.assessments.actions.settling import correct_result
from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.models import JuryReturn, Result, Transmission
from parchemin.records.assessments.queries.sending import held_back
from parchemin.records.assessments.queries.transmissions import Sent, sent_of
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.actions.depositing import answer_file, deposit_file
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, FileAccess, Letter, Notice
from parchemin.records.journal import queries as journal
from parchemin.records.journal.queries import entries_of
from parchemin.web.shared import letters, notices
from tests.records.assessments import sending
from tests.records.assessments.sending import ATTESTED, SEEN_ON
from tests.records.assessments.sheets import LATER
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.cast import Cast

AGAIN_ON = date(2026, 4, 20)
AGAIN_AT = LATER + timedelta(days=49)
SITTING_AT = LATER + timedelta(days=40)
REASON = "La fiche de décision n’est pas datée : à reprendre avant la prochaine session."


def of(row: Candidacy) -> Sent:
    return sent_of(Candidacy.objects.get(pk=row.pk))


def sent_again(cast: Cast, row: Candidacy, attested: tuple[str, ...] = ATTESTED) -> DecisionRecord | Decision:
    return transmit_file(candidacy=row, by=cast.evaluator, at=AGAIN_AT, on=AGAIN_ON, attested=attested)


def sent_back(cast: Cast, row: Candidacy, **values: bool) -> JuryReturn:
    return return_from_jury(candidacy=row, reason=REASON, by=cast.secretary, at=LATER + timedelta(days=20), **values)


def sat_again(cast: Cast, row: Candidacy, code: str) -> None:
    """What was missing is sat once more, and acquired."""
    sitting = plan_sitting(
        candidacy=row, method="assessment", by=cast.secretary, at=SITTING_AT, starts_at=SITTING_AT, place="company"
    )
    people = ((cast.professional, "sector_professional"), (cast.evaluator, "external_evaluator"))
    named = [
        name_evaluator(sitting=sitting, person=person, actor=actor, by=cast.secretary, at=SITTING_AT)
        for person, actor in people
    ]
    for one in named:
        declare_links(evaluator=one, links=[], at=SITTING_AT, by=one.person)
    tell_attendance(sitting=sitting, attendance=Attendance.HELD, by=cast.secretary, at=SITTING_AT)
    lines = [Rated(code=code, is_acquired=True), Rated(code="assessment", kind=Kind.WHOLE, is_acquired=True)]
    for one in named:
        rate(evaluator=one, lines=lines, by=one.person, at=SITTING_AT)
        sign_ratings(evaluator=one, by=one.person, at=SITTING_AT)


def test_what_was_sat_again_goes_to_the_jury_again(cast: Cast, admissible: Candidacy) -> None:
    """After a partial decision, only what is missing is sat; the jury then has the file once more."""
    row = sending.ready(cast, admissible, "C4")
    sending.sent(cast, row)
    assert of(row).is_with_jury and not of(row).may_go
    sat_again(cast, row, "C4")
    assert of(row).is_with_jury and of(row).may_go
    assert isinstance(sent_again(cast, row), DecisionRecord)
    first, second = of(row).rows
    assert (first.number, first.sent_on, second.number, second.sent_on) == (1, SEEN_ON, 2, AGAIN_ON)
    days = {one.milestone: one.on for one in row.dates.all()}
    assert (days["transmitted"], days["assessed"]) == (AGAIN_ON, date(2026, 4, 11))
    assert {one.step: one.done_on for one in row.steps_done.all()} == {"assessment": date(2026, 4, 11)}
    assert DecisionRecord.objects.filter(answer="transmitted").count() == 4
    assert {first.completed_id, second.completed_id, first.assessed_id, second.assessed_id} == set(
        DecisionRecord.objects.filter(answer="transmitted").values_list("pk", flat=True)
    )
    assert Letter.objects.filter(kind="file_transmitted").count() == 2
    assert journal.verify().is_whole


def test_another_deliberation_is_to_come_after_the_one_that_gave_part_of_it(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible, "C4")
    sending.sent(cast, row)
    row.steps_done.create(step="deliberation", done_on=date(2026, 3, 20), by=cast.secretary)
    sat_again(cast, row, "C4")
    assert isinstance(sent_again(cast, row), DecisionRecord)
    assert {one.step for one in row.steps_done.all()} == {"assessment"}
    assert held_back(Judged(Candidacy.objects.get(pk=row.pk), AGAIN_ON)) is None


def test_with_nothing_new_it_does_not_go_again(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible, "C4")
    sending.sent(cast, row)
    with pytest.raises(AssessmentError) as raised:
        sent_again(cast, row)
    assert "03/03/2026" in sentence(raised.value) and "rien n’a été arrêté depuis" in sentence(raised.value)
    assert Transmission.objects.count() == 1


def test_a_correction_is_something_new(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible, "C4")
    sending.sent(cast, row)
    result = Result.objects.get(code="C4")
    correct_result(result=result, is_acquired=True, reason="Grille mal reportée.", by=cast.secretary, at=SITTING_AT)
    assert isinstance(sent_again(cast, row), DecisionRecord)


def test_what_was_attested_once_is_attested_again(cast: Cast, admissible: Candidacy) -> None:
    """It was said of the file as it was then."""
    row = sending.ready(cast, admissible, "C4")
    sending.sent(cast, row)
    sat_again(cast, row, "C4")
    found = sent_again(cast, row, tuple(one for one in ATTESTED if one != "observation_done"))
    assert isinstance(found, Decision)
    assert Transmission.objects.count() == 1
    assert isinstance(sent_again(cast, row), DecisionRecord)
    assert [one.attested for one in of(row).rows] == [sorted(ATTESTED)] * 2


def test_the_jury_sends_it_back_and_it_goes_again(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    sending.sent(cast, row)
    made = sent_back(cast, row)
    assert (made.reason, made.returned_on, made.returned_by) == (REASON, date(2026, 3, 22), cast.secretary)
    sent = of(row)
    assert sent.may_go and not sent.is_with_jury
    assert sent.last and sent.last.sent_back == made
    assert not row.dates.filter(milestone="transmitted").exists()
    assert isinstance(sent_again(cast, row), DecisionRecord)
    assert [one.sent_back for one in of(row).rows] == [made, None]
    assert row.dates.get(milestone="transmitted").on == AGAIN_ON
    kinds = [one.kind for one in entries_of(row.pk)]
    assert kinds.count("candidacy.file_transmitted") == 2 and kinds.count("candidacy.file_returned") == 1
    assert journal.verify().is_whole


def test_everybody_is_told_of_what_comes_back(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    sending.sent(cast, row)
    FileAccess.objects.filter(candidacy=row).update(until_on=date(2026, 3, 10))
    sent_back(cast, row)
    letter = Letter.objects.get(kind="file_returned")
    mail.outbox.clear()
    letters.post(letter.pk, at=AGAIN_AT)
    for notice in Notice.objects.filter(kind="returned"):
        notices.post(notice.pk, at=AGAIN_AT)
    told = {one.to[0]: str(one.body) for one in mail.outbox}
    assert set(told) == {cast.candidate.email, cast.evaluator.email, cast.professional.email}
    assert "n’est pas datée" in told[cast.candidate.email].replace("\n", " ")
    for who in (cast.evaluator, cast.professional):
        assert cast.candidate.name in told[who.email] and "n’est pas datée" not in told[who.email]
        opened = row.accesses.get(person=who, closed_at__isnull=True)
        assert opened.until_on == date(2026, 5, 21)


def test_what_was_handed_in_is_open_again_only_if_asked(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    deposit = deposit_file(candidacy=row, by=cast.candidate, at=LATER, on=SEEN_ON)
    assert not isinstance(deposit, Decision)
    answer_file(candidacy=row, is_complete=True, reasons="", by=cast.secretary, at=LATER, on=SEEN_ON)
    sending.sent(cast, row)
    sent_back(cast, row)
    assert row.deposits.get(stage="completeness").answer == "accepted"
    assert isinstance(sent_again(cast, row), DecisionRecord)
    return_from_jury(
        candidacy=row, reason=REASON, by=cast.secretary, at=AGAIN_AT + timedelta(days=1), reopens_documents=True
    )
    kept = row.deposits.get(stage="completeness")
    assert (kept.answer, kept.reasons) == ("returned", REASON)


def test_only_what_the_jury_has_comes_back_with_why(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    with pytest.raises(AssessmentError) as never:
        sent_back(cast, row)
    assert never.value.code == "not_with_jury" and "n’a pas ce dossier" in sentence(never.value)
    sending.sent(cast, row)
    with pytest.raises(AssessmentError) as silent:
        return_from_jury(candidacy=row, reason="  ", by=cast.secretary, at=LATER)
    assert silent.value.code == "reason"
    with pytest.raises(StaleError):
        return_from_jury(candidacy=row, reason=REASON, by=cast.secretary, at=LATER, revision=0)
    sent_back(cast, row)
    with pytest.raises(AssessmentError) as twice:
        sent_back(cast, row)
    assert twice.value.code == "not_with_jury"
    assert JuryReturn.objects.count() == 1


def test_only_an_admissible_file_comes_back(cast: Cast) -> None:
    row = files.completed(cast, casting.opened(cast.candidate, cast.certification()))
    with pytest.raises(UnfitError):
        return_from_jury(candidacy=row, reason=REASON, by=cast.secretary, at=LATER)


def test_what_is_void_since_is_nothing_new(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible, "C4")
    sending.sent(cast, row)
    sat_again(cast, row, "C4")
    row.sittings.filter(number=2).update(attendance="void", settled_at=None, is_passed=None, incidents="x")
    assert not of(row).may_go


@pytest.mark.parametrize("model", [Transmission, JuryReturn])
def test_neither_is_ever_changed(
    cast: Cast, admissible: Candidacy, model: type[Transmission] | type[JuryReturn]
) -> None:
    row = sending.ready(cast, admissible)
    sending.sent(cast, row)
    sent_back(cast, row)
    table = model._meta.db_table
    for words in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)
