"""A rule on assessment or on the whole file may be lifted before it goes to the jury; a firm one never is."""

from datetime import date

import pytest

from parchemin.core.decision import NOT_MET, UNKNOWN, Decision, Stage
from parchemin.records.assessments.queries.sending import Sending
from parchemin.records.candidacies.actions.deciding import override_rule
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord
from tests.records.assessments import sending
from tests.records.assessments.sending import ATTESTED, SEEN_ON
from tests.records.assessments.sheets import LATER
from tests.records.assessments.test_transmitting import refused
from tests.web.cast import Cast

SOURCE = "PV de la commission du 2 mars 2026"


def lifted(cast: Cast, row: Candidacy, rule: str, on: date = SEEN_ON) -> None:
    override_rule(
        candidacy=row,
        rule=rule,
        reason="Habilitation renouvelée avec retard par la commission.",
        source=SOURCE,
        by=cast.secretary,
        at=LATER,
        on=on,
    )


def fresh(row: Candidacy) -> Sending:
    return Sending(Judged(Candidacy.objects.get(pk=row.pk), SEEN_ON), ATTESTED)


def test_an_accreditation_ended_is_lifted_by_a_dated_decision(cast: Cast, admissible: Candidacy) -> None:
    """An evaluation before somebody no longer accredited stands if the body decides so (S4-2)."""
    row = sending.ready(cast, admissible)
    cast.evaluator.accreditations.update(until_on=date(2026, 2, 23))
    refused(Candidacy.objects.get(pk=row.pk), cast)
    assert [one.rule for one in fresh(row).to_lift] == ["assessment.accreditation"]
    lifted(cast, row, "assessment.accreditation")
    assert fresh(row).to_lift == () and fresh(row).is_ready
    sending.sent(cast, row)
    record = DecisionRecord.objects.get(answer="transmitted", stage="assessment")
    kept = next(one for one in record.decision["findings"] if one["rule"] == "assessment.accreditation")
    assert kept["outcome"] == "not_met"
    assert (kept["override"]["author"], kept["override"]["source"]) == (cast.secretary.name, SOURCE)


def test_a_derogation_decided_later_lifts_nothing_yet(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    cast.evaluator.accreditations.update(until_on=date(2026, 2, 23))
    lifted(cast, row, "assessment.accreditation", on=date(2026, 3, 4))
    assert isinstance(refused(Candidacy.objects.get(pk=row.pk), cast), Decision)


def test_a_firm_rule_is_never_lifted(cast: Cast, admissible: Candidacy) -> None:
    row = sending.ready(cast, admissible)
    row.documents.get(kind="decision_form").versions.update(removed_at=LATER)
    found = fresh(row)
    unmet = {one.rule for one in found.decided(Stage.COMPLETENESS).those(NOT_MET)}
    assert "completeness.documents" in unmet and found.to_lift == ()
    with pytest.raises(UnfitError) as raised:
        lifted(cast, row, "completeness.documents")
    assert raised.value.code == "firm"


def test_what_is_only_to_be_established_is_not_to_be_lifted(cast: Cast, admissible: Candidacy) -> None:
    found = fresh(admissible)
    unsure = {one.rule for one in found.lacking(Stage.ASSESSMENT) if one.outcome is UNKNOWN}
    assert unsure and not unsure & {one.rule for one in found.to_lift}


@pytest.mark.parametrize("rule", ["jury.seats", "award.all", "assessment.nowhere"])
def test_nothing_of_later_stages_is_lifted_before_the_jury(cast: Cast, admissible: Candidacy, rule: str) -> None:
    with pytest.raises(UnfitError) as raised:
        lifted(cast, admissible, rule)
    assert raised.value.code == "no_rule"
