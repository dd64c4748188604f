"""What rests on evidence, what is said to the candidate and what is not; kept with the result that was settled."""

from uuid import uuid4

import pytest

from parchemin.core.decision import MET, NOT_MET, Stage
from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.rating import Rated, rate, sign_ratings
from parchemin.records.assessments.actions.settling import correct_result, take_stand
from parchemin.records.assessments.errors import AssessmentError
from parchemin.records.assessments.models import Evaluator, Rating, Result
from parchemin.records.assessments.wordings import sentence
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from tests.records.assessments.sheets import LATER, SIX, Pair, held, signed
from tests.records.candidacies.files import changed
from tests.records.pathways.kept import ZONE, evidence
from tests.web import cast as casting
from tests.web.cast import ON, Cast

WHOLE = Rated(code="assessment", kind=Kind.WHOLE, is_acquired=True)


def rated(one: Evaluator, first: Rated) -> None:
    """That on the first line, the rest acquired without a word; signed."""
    lines = [first, *(Rated(code=code, is_acquired=True) for code in SIX if code != first.code), WHOLE]
    rate(evaluator=one, lines=lines, by=one.person, at=LATER)
    sign_ratings(evaluator=one, by=one.person, at=LATER)


def test_only_what_was_submitted_in_the_file_is_named(cast: Cast, admissible: Candidacy, pair: Pair) -> None:
    kept = evidence(admissible, ZONE.SUBMITTED)
    mine, shared = evidence(admissible, ZONE.PRIVATE), evidence(admissible, ZONE.SHARED)
    other = casting.opened(cast.other_candidate, cast.certification())
    elsewhere = evidence(other, ZONE.SUBMITTED)
    one = pair.outside
    for wrong in (mine.pk, shared.pk, elsewhere.pk, uuid4()):
        with pytest.raises(AssessmentError) as raised:
            rate(evaluator=one, lines=[Rated(code="C1", evidence=[kept.pk, wrong])], by=one.person, at=LATER)
        assert raised.value.code == "no_evidence" and "C1" in sentence(raised.value)
    assert not Rating.objects.exists()
    rate(evaluator=one, lines=[Rated(code="C1", evidence=[kept.pk, kept.pk])], by=one.person, at=LATER)
    assert Rating.objects.get().evidence == [kept.pk.hex]
    rate(evaluator=one, lines=[Rated(code="C1")], by=one.person, at=LATER)
    assert not Rating.objects.exists(), "a line without anything is taken back"


def test_what_each_names_is_kept_with_the_result(admissible: Candidacy, pair: Pair) -> None:
    first, second = evidence(admissible, ZONE.SUBMITTED), evidence(admissible, ZONE.SUBMITTED, "C2")
    rated(pair.professional, Rated(code="C1", is_acquired=True, evidence=[first.pk], advice="Continuez."))
    rated(pair.outside, Rated(code="C1", is_acquired=True, evidence=[first.pk, second.pk], comment="Entre nous."))
    made = Result.objects.get(code="C1")
    assert made.evidence == sorted([first.pk.hex, second.pk.hex])
    assert (made.comment, made.advice) == ("Entre nous.", "Continuez.")
    again = correct_result(result=made, is_acquired=False, reason="Erreur.", by=pair.outside.person, at=LATER)
    assert again.evidence == made.evidence and (again.comment, again.advice) == ("", "")


def test_words_of_whoever_changed_their_mind_are_not_kept_with_the_result(admissible: Candidacy, pair: Pair) -> None:
    kept = evidence(admissible, ZONE.SUBMITTED)
    rated(pair.professional, Rated(code="C1", is_acquired=True, comment="Vu.", advice="Bravo."))
    against = Rated(code="C1", is_acquired=False, comment="Il bluffe.", advice="Tout revoir.", evidence=[kept.pk])
    rated(pair.outside, against)
    assert not Result.objects.filter(code="C1").exists()
    take_stand(
        evaluator=pair.outside,
        kind=Kind.COMPETENCE,
        code="C1",
        is_acquired=True,
        reason="L’observation suffit.",
        by=pair.outside.person,
        at=LATER,
    )
    made = Result.objects.get(code="C1")
    assert (made.comment, made.advice, made.reason) == ("Vu.", "Bravo.", "L’observation suffit.")
    assert made.evidence == [kept.pk.hex], "what was looked at was, whoever looked"


COUNTING = """    - id: assessment.evidence
      says: "Chaque résultat repose sur une preuve au moins."
      source: "guide, l. 1"
      confidence: inferred
      check: evidence_per_result
      at_least: 1
"""


def test_a_piece_named_counts_once_where_a_rule_counts_evidence(cast: Cast) -> None:
    anchor = "    - id: assessment.only_assessed\n"
    certification = changed(cast, anchor, COUNTING + anchor)
    row = casting.opened(cast.candidate, certification)
    Candidacy.objects.filter(pk=row.pk).update(status="admissible", identity={})
    row = Candidacy.objects.get(pk=row.pk)
    pair = held(cast, row)
    on_first = evidence(row, ZONE.SUBMITTED, "C1")
    signed(pair.professional)
    rest = [Rated(code=code, is_acquired=True, evidence=[on_first.pk]) for code in SIX[:-1]]
    rate(
        evaluator=pair.outside,
        lines=[*rest, Rated(code="C6", is_acquired=True), WHOLE],
        by=pair.outside.person,
        at=LATER,
    )
    sign_ratings(evaluator=pair.outside, by=pair.outside.person, at=LATER)
    judged = Judged(Candidacy.objects.get(pk=row.pk), ON)
    assert {one.code: one.evidence for one in judged.whole.results or ()} == {**dict.fromkeys(SIX, 1), "C6": 0}
    found = next(one for one in judged.decided(Stage.ASSESSMENT).findings if one.rule == "assessment.evidence")
    assert found.outcome is NOT_MET and "manque C6" in found.seen
    evidence(row, ZONE.SUBMITTED, "C6")
    judged = Judged(Candidacy.objects.get(pk=row.pk), ON)
    found = next(one for one in judged.decided(Stage.ASSESSMENT).findings if one.rule == "assessment.evidence")
    assert found.outcome is MET
