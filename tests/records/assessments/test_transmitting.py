"""A file goes to the jury whole or not at all: what is missing is listed, what was said is frozen."""

from datetime import date
from decimal import Decimal

import pytest

from parchemin.core.decision import MET, NOT_MET, UNKNOWN, Decision, Stage
from parchemin.core.facts import Milestone
from parchemin.core.grid import Kind
from parchemin.core.plain import decision_to_plain
from parchemin.records.assessments.actions.entering import Entered, enter_results
from parchemin.records.assessments.actions.transmitting import transmit_file
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.queries.sending import STAGES, Sending
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Letter, Statement
from parchemin.records.journal import queries as journal
from parchemin.records.journal.models import Entry
from tests.records.assessments import sending
from tests.records.assessments.sending import ATTESTED, SEEN_ON
from tests.records.assessments.sheets import LATER
from tests.records.candidacies import files
from tests.web import cast as casting
from tests.web.cast import Cast


def refused(row: Candidacy, cast: Cast, attested: tuple[str, ...] = ATTESTED) -> Decision:
    """It is refused, and nothing was done."""
    evaluator = cast.evaluator  # made when first named
    before = Entry.objects.count()
    found = transmit_file(candidacy=row, by=evaluator, at=LATER, on=SEEN_ON, attested=attested)
    assert isinstance(found, Decision)
    assert Entry.objects.count() == before
    assert not DecisionRecord.objects.filter(answer="transmitted").exists()
    assert not row.dates.filter(milestone="transmitted").exists()
    assert not Statement.objects.filter(code__in=ATTESTED).exists()
    return found


def told(decision: Decision) -> str:
    return " ".join(one.seen for one in decision.findings if one.counts_as is not MET)


def test_a_whole_file_goes_to_the_jury(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    record = sending.sent(cast, row)
    assert (record.stage, record.answer, record.outcome) == ("completeness", "transmitted", "met")
    assert DecisionRecord.objects.filter(answer="transmitted").count() == len(STAGES)
    dates = {one.milestone: one.on for one in row.dates.all()}
    assert dates["transmitted"] == SEEN_ON and dates["assessed"] == date(2026, 3, 2)
    assert {one.step: one.done_on for one in row.steps_done.all()} == {"assessment": date(2026, 3, 2)}
    assert set(row.statements.filter(verified=True, verified_by=cast.evaluator).values_list("code", flat=True)) == {
        *ATTESTED
    }
    assert Letter.objects.get(kind="file_transmitted").decision == record
    assert Entry.objects.get(kind="candidacy.file_transmitted").decision_text
    assert journal.verify().is_whole


def test_what_was_frozen_is_what_the_rules_say_again(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    sending.sent(cast, row)
    again = Judged(Candidacy.objects.get(pk=row.pk), SEEN_ON)
    for record in DecisionRecord.objects.filter(answer="transmitted"):
        assert decision_to_plain(again.decided(Stage(record.stage))) == record.decision


def test_it_goes_once(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    sending.sent(cast, row)
    with pytest.raises(AssessmentError) as raised:
        transmit_file(candidacy=row, by=cast.evaluator, at=LATER, on=SEEN_ON)
    assert "03/03/2026" in sentence(raised.value)


def test_what_failed_goes_before_the_jury_and_what_is_awaited_does_not(cast: Cast) -> None:
    """The jury grants in part: a block that failed is its to judge, one whose results are not all known is not yet."""
    row = sending.student(cast)
    feeding = [one.id for one in Judged(row, SEEN_ON).scheme.framework.units if "BC01" in one.blocks]

    def standing(*marks: tuple[str, int]) -> Sending:
        lines = [Entered(code=code, kind=Kind.UNIT, mark=Decimal(mark), reason="") for code, mark in marks]
        enter_results(candidacy=row, lines=lines, by=cast.secretary, at=LATER)
        return Sending(Judged(Candidacy.objects.get(pk=row.pk), SEEN_ON))

    def held_back(found: Sending) -> set[str]:
        return {one.rule for one in found.lacking(Stage.ASSESSMENT)}

    awaited = standing(*((code, 8) for code in feeding[:-1]))
    assert "assessment.bc01" in held_back(awaited)
    assert "assessment.bc01" not in {one.rule for one in awaited.failed}
    told = standing((feeding[-1], 12))
    assert "assessment.bc01" not in held_back(told) and "assessment.bc02" in held_back(told)
    assert [one.rule for one in told.failed] == ["assessment.bc01"]
    assert "assessment.bc01" not in {one.rule for one in told.to_lift}
    assert (
        next(one for one in told.decided(Stage.ASSESSMENT).findings if one.rule == "assessment.bc01").outcome is NOT_MET
    )


def test_a_document_that_is_not_there_holds_it_back(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    row.documents.get(kind="decision_form").versions.update(removed_at=LATER)
    found = refused(Candidacy.objects.get(pk=row.pk), cast)
    assert found.stage is Stage.COMPLETENESS
    assert "Fiche de décision : manque" in told(found)


def test_a_competence_without_a_result_holds_it_back(cast: Cast, admissible: Candidacy) -> None:
    sending.documented(cast, admissible)
    found = refused(Candidacy.objects.get(pk=admissible.pk), cast)
    assert found.stage is Stage.ASSESSMENT
    assert "résultats non renseignés" in told(found)


def test_an_accreditation_ended_the_week_before_holds_it_back(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    cast.evaluator.accreditations.update(until_on=date(2026, 2, 23))
    found = refused(Candidacy.objects.get(pk=row.pk), cast)
    assert found.stage is Stage.ASSESSMENT and "Esther Spécimen" in told(found)


def test_what_nobody_attests_holds_it_back(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    assert set(ATTESTED) <= set(Sending(Judged(row, SEEN_ON)).to_attest)
    found = refused(row, cast, tuple(one for one in ATTESTED if one != "sent_by_evaluator"))
    assert found.stage is Stage.COMPLETENESS
    found = refused(row, cast, tuple(one for one in ATTESTED if one != "file_used"))
    assert found.stage is Stage.ASSESSMENT


def test_only_what_is_asked_is_attested(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    with pytest.raises(AssessmentError) as raised:
        transmit_file(candidacy=row, by=cast.evaluator, at=LATER, on=SEEN_ON, attested=["conformity_verified"])
    assert "conformity_verified" in sentence(raised.value)


def test_a_competence_still_to_acquire_does_not_keep_the_jury_from_deciding(cast: Cast, admissible: Candidacy) -> None:
    """Every competence has a result, acquired or not: the jury validates in part."""
    row = sending.ready(cast, admissible, "C4")
    assert sending.sent(cast, row).outcome == "met"


def test_somebody_overtaken_sends_nothing(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    with pytest.raises(StaleError):
        transmit_file(candidacy=row, by=cast.evaluator, at=LATER, on=SEEN_ON, attested=ATTESTED, revision=0)
    assert not row.dates.filter(milestone=Milestone.TRANSMITTED.value).exists()


def test_only_an_admissible_file_goes(cast: Cast) -> None:
    row = files.completed(cast, casting.opened(cast.candidate, cast.certification()))
    with pytest.raises(UnfitError):
        transmit_file(candidacy=row, by=cast.evaluator, at=LATER, on=SEEN_ON)


def test_what_only_the_jury_will_say_does_not_hold_it_back(cast: Cast) -> None:
    row = casting.opened(cast.candidate, cast.certification(casting.MASTER), "vae")
    found = Sending(Judged(row, SEEN_ON))
    assert found.decided(Stage.ASSESSMENT).outcome is not MET
    assert found.lacking(Stage.ASSESSMENT) == ()


def test_results_that_nobody_gives_before_the_jury_do_not_hold_it_back_but_strange_ones_do(cast: Cast) -> None:
    row = casting.opened(cast.candidate, cast.certification(casting.MASTER), "vae")
    codes = next(one for one in Sending(Judged(row, SEEN_ON)).decided(Stage.ASSESSMENT).findings)
    assert (codes.rule, codes.outcome) == ("assessment.codes", UNKNOWN)
    told = {"settled_at": LATER, "settled_by": cast.secretary, "kind": "competence", "is_acquired": True}
    row.results.create(code="BC99", **told)
    found = Sending(Judged(Candidacy.objects.get(pk=row.pk), SEEN_ON))
    assert [one.rule for one in found.lacking(Stage.ASSESSMENT)] == ["assessment.codes"]
