"""Once its time has passed, what evaluators thought is no longer known; what was settled is."""

import pytest

from parchemin.records.assessments.models import Evaluator, Rating, Result, Sitting, Stand, Telling
from parchemin.records.candidacies.actions import deciding, retaining
from parchemin.records.candidacies.models import Candidacy, RetentionRule
from parchemin.records.candidacies.queries.expiring import counts_due
from parchemin.records.journal.queries import verify
from tests.records.assessments.sheets import Pair, signed
from tests.records.candidacies.files import erased
from tests.web.cast import AT, ON, Cast

LATER = ON.replace(year=ON.year + 1)


@pytest.mark.usefixtures("admissible")
def test_views_go_and_results_stay(cast: Cast, admissible: Candidacy, pair: Pair) -> None:
    signed(pair.professional)
    signed(pair.outside, "C4")
    Sitting.objects.update(incidents="Le candidat s’est senti mal.")
    Telling.objects.update(incidents="Le candidat s’est senti mal.", reason="Le médecin l’a confirmé.")
    Evaluator.objects.update(justification="Il l’a formé autrefois.")
    settled = Result.objects.count()
    RetentionRule.objects.create(organisation=cast.organisation, kind=RetentionRule.Kind.PATHWAY, months=6, basis="x")
    deciding.lapse_candidacy(candidacy=admissible, reason="x", by=cast.secretary, at=AT, on=ON)
    assert counts_due(cast.organisation, LATER) == {"pathway": 1}
    run = retaining.prepare_retention(organisation=cast.organisation, by=cast.manager, at=AT, on=LATER)
    erased(cast, run, LATER)
    assert (Rating.objects.count(), Stand.objects.count()) == (0, 0)
    assert {one.justification for one in Evaluator.objects.all()} == {""}
    assert {one.incidents for one in Sitting.objects.all()} == {"–"}
    assert {(one.incidents, one.reason) for one in Telling.objects.all()} == {("–", "–")}
    assert Result.objects.count() == settled > 0
    assert counts_due(cast.organisation, LATER) == {"pathway": 0}
    assert verify().is_whole
