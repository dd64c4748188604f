"""What is only declared never counts in a decision, whatever is declared; and what was frozen is decided again."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parchemin.core.deciding import decide
from parchemin.core.decision import Stage
from parchemin.core.facts import ExperienceKind
from parchemin.core.plain import decision_from_plain, decision_to_plain
from parchemin.records.candidacies.actions import deciding, depositing
from parchemin.records.candidacies.facts import facts_of, with_facts
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Experience, Statement
from parchemin.records.certifications import queries
from parchemin.records.certifications.queries import scheme_of
from tests.records.candidacies.files import completed, decided, dropped
from tests.web.cast import ALTERNANCE, AT, CQP, FEST, MASTER, ON, TITLE, Cast, deposited, opened, worked

DAY = timedelta(days=1)
ROUTES = {CQP: "vae", ALTERNANCE: "vae", FEST: "vae", MASTER: "student", TITLE: "vae"}
ACTIVITIES = st.lists(
    st.tuples(st.sampled_from(list(ExperienceKind)), st.integers(1, 6000), st.booleans(), st.integers(1, 7)), max_size=4
)
ANSWERS = st.dictionaries(st.integers(0, 9), st.booleans(), max_size=6)


@pytest.mark.parametrize("scheme", ROUTES)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(activities=ACTIVITIES, answers=ANSWERS)
def test_what_is_only_declared_never_counts(
    cast: Cast,
    scheme: str,
    activities: list[tuple[ExperienceKind, int, bool, int]],
    answers: dict[int, bool],
) -> None:
    """The decision on a file is the same whatever declarations are added; activities add nothing that is proved."""
    row = Candidacy.objects.filter(candidate=cast.candidate).first() or opened(
        cast.candidate, cast.certification(scheme), ROUTES[scheme]
    )
    row.statements.all().delete()
    row.experiences.all().delete()
    bare = Judged(Candidacy.objects.get(pk=row.pk), ON)
    alone = decision_to_plain(bare.decided(Stage.ELIGIBILITY))
    codes = sorted(bare.scheme.statements) or ["x"]
    Statement.objects.bulk_create(
        Statement(candidacy=row, code=code, declared=told, declared_at=AT)
        for code, told in {codes[index % len(codes)]: told for index, told in answers.items()}.items()
    )
    with_statements = Judged(Candidacy.objects.get(pk=row.pk), ON)
    assert with_statements.facts.statements == {}
    assert decision_to_plain(with_statements.decided(Stage.ELIGIBILITY)) == alone
    Experience.objects.bulk_create(
        Experience(
            candidacy=row,
            position="x",
            kind=kind.value,
            from_on=ON - length * DAY,
            until_on=None if runs else ON,
            numerator=1,
            denominator=part,
        )
        for kind, length, runs, part in activities
    )
    whole = Judged(Candidacy.objects.get(pk=row.pk), ON)
    assert all(one.is_proved is None for one in whole.facts.experiences or ())
    assert all(one.is_proved for one in whole.hoped.experiences or ())
    assert set(whole.hoped.statements) == {one.code for one in row.statements.all()}, (
        "what is declared is what is foreseen with"
    )


def test_what_was_verified_is_kept_against_what_is_declared(cast: Cast, draft: Candidacy) -> None:
    experience = worked(draft)
    deciding.verify_experience(candidacy=draft, experience=experience, is_proved=False, by=cast.secretary, at=AT)
    judged = Judged(Candidacy.objects.get(pk=draft.pk), ON)
    assert [one.is_proved for one in judged.hoped.experiences or ()] == [False]


@pytest.mark.parametrize("is_favourable", [True, False])
def test_what_was_frozen_is_decided_again_from_the_same_facts_and_the_published_files(
    cast: Cast, draft: Candidacy, is_favourable: bool
) -> None:
    decided(cast, completed(cast, draft), is_favourable=is_favourable)
    queries._held.clear()  # the files are read from their rows again
    row = with_facts(Candidacy.objects.all()).get(pk=draft.pk)
    record = row.decisions.get(answer="favourable" if is_favourable else "unfavourable")
    scheme = scheme_of(row.certification.scheme, version=row.version, on=record.decided_on, began=row.began_on)
    again = decide(Stage(record.stage), facts_of(row, scheme), scheme, record.decided_on)
    assert decision_to_plain(again) == record.decision
    assert decision_to_plain(decision_from_plain(record.decision)) == record.decision
    published = row.certification.versions.get(name=row.version)
    assert published.digest in str(record.decision) or scheme.ref.digest in str(record.decision)


def test_each_record_of_a_whole_life_reads_back_as_it_was_frozen(cast: Cast, draft: Candidacy) -> None:
    worked(draft)
    dropped(draft)
    deposited(draft)
    depositing.return_application(candidacy=draft, reasons="x", by=cast.secretary, at=AT, on=ON)
    deposited(draft, on=ON + DAY)
    depositing.accept_application(candidacy=draft, by=cast.secretary, at=AT, on=ON + DAY)
    deciding.decide_admissibility(candidacy=draft, is_favourable=True, reason="", by=cast.secretary, at=AT, on=ON + DAY)
    deciding.lapse_candidacy(candidacy=draft, reason="x", by=cast.secretary, at=AT, on=ON + DAY)
    deciding.restore_candidacy(candidacy=draft, reason="x", by=cast.secretary, at=AT, on=ON + 2 * DAY)
    records = list(DecisionRecord.objects.filter(candidacy=draft))
    assert sorted(one.answer for one in records) == ["complete", "favourable", "incomplete", "lapsed", "restored"]
    for record in records:
        read = decision_from_plain(record.decision)
        assert decision_to_plain(read) == record.decision
        assert (read.stage, read.outcome, read.decided_on) == (record.stage, record.outcome, record.decided_on)
