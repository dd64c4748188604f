"""Several people on one file at once, from the pathway to the jury: nothing is lost, and who is overtaken is told."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from parchemin.core.decision import Stage
from parchemin.records.assessments.actions.rating import Rated, rate
from parchemin.records.assessments.errors import StaleRatingError
from parchemin.records.candidacies.actions import depositing, filling
from parchemin.records.candidacies.errors import StaleError, UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy, DecisionRecord, Deposit
from parchemin.records.journal import queries as journal
from parchemin.records.pathways.actions.planning import Planned, save_training
from parchemin.records.pathways.errors import StalePathwayError
from parchemin.records.pathways.models import Pathway, Training
from parchemin.records.people.models import Assurance, Person
from tests.records.assessments import sheets
from tests.records.candidacies import files
from tests.records.candidacies.test_together import at_once
from tests.web import cast as casting
from tests.web.cast import AT, ON, Cast

pytestmark = pytest.mark.django_db(transaction=True)
PENDING, RETURNED = Deposit.Answer.PENDING, Deposit.Answer.RETURNED


@pytest.fixture
def committed(transactional_db: None) -> Cast:
    """A cast that other threads see."""
    return casting.cast()


@pytest.fixture
def admissible(committed: Cast) -> Candidacy:
    """A file of the CQP by experience, found admissible."""
    row = casting.opened(committed.candidate, committed.certification())
    return files.decided(committed, files.completed(committed, row))


@pytest.fixture
def handed_in(committed: Cast, admissible: Candidacy) -> Candidacy:
    """The same, its file for the jury handed in and waiting for an answer."""
    version = files.dropped(admissible, "vae_file")
    for actor in ("sector_professional", "external_evaluator"):
        filling.sign_document(
            candidacy=admissible, version=version, actor=actor, signer="x", assurance=Assurance.PASSWORD, at=AT
        )
    for kind in Judged(admissible, ON).later.documents:
        if kind != "vae_file":
            files.dropped(admissible, kind)
    assert isinstance(depositing.deposit_file(candidacy=admissible, by=committed.candidate, at=AT, on=ON), Deposit)
    return admissible


def planned(title: str) -> Planned:
    """An action of two days."""
    return Planned(kind=Training.Kind.COURSE, title=title, codes=["C1"], hours_planned=Decimal(14))


def saving(row: Candidacy, title: str, by: Person, **values: Any) -> Callable[[], Any]:
    """That person adds or changes an action, from their own window."""
    mine = Candidacy.objects.get(pk=row.pk)
    return lambda: save_training(candidacy=mine, planned=planned(title), by=by, at=AT, **values)


def test_the_candidate_deposits_while_the_secretariat_returns_the_file(committed: Cast, handed_in: Candidacy) -> None:
    mine, theirs = (Candidacy.objects.get(pk=handed_in.pk) for _ in range(2))
    found = at_once(
        lambda: depositing.deposit_file(candidacy=mine, by=committed.candidate, at=AT, on=ON),
        lambda: depositing.answer_file(
            candidacy=theirs, is_complete=False, reasons="Il manque une page.", by=committed.secretary, at=AT, on=ON
        ),
    )
    assert isinstance(found[1], DecisionRecord)
    deposits = list(handed_in.deposits.filter(stage=Stage.COMPLETENESS).order_by("number"))
    if isinstance(found[0], Deposit):
        assert [one.answer for one in deposits] == [RETURNED, PENDING]
    else:
        assert isinstance(found[0], UnfitError)
        assert found[0].code == "deposit_pending"
        assert [one.answer for one in deposits] == [RETURNED]
    assert journal.verify().is_whole


def test_on_the_page_they_saw_one_of_the_two_is_told(committed: Cast, handed_in: Candidacy) -> None:
    seen = handed_in.revision
    mine, theirs = (Candidacy.objects.get(pk=handed_in.pk) for _ in range(2))
    found = at_once(
        lambda: depositing.deposit_file(candidacy=mine, by=committed.candidate, at=AT, on=ON, revision=seen),
        lambda: depositing.answer_file(
            candidacy=theirs,
            is_complete=False,
            reasons="Il manque une page.",
            by=committed.secretary,
            at=AT,
            on=ON,
            revision=seen,
        ),
    )
    assert isinstance(found[0], StaleError | UnfitError)
    assert isinstance(found[1], DecisionRecord)
    assert handed_in.deposits.get(stage=Stage.COMPLETENESS).answer == RETURNED


def test_two_evaluators_who_save_at_once_each_keep_their_own(committed: Cast, admissible: Candidacy) -> None:
    pair = sheets.held(committed, admissible)
    named = (pair.professional, pair.outside)
    found = at_once(
        *[
            lambda one=one, value=value: rate(
                evaluator=one,
                lines=[Rated(code=code, is_acquired=value, comment=f"{one.actor} {code}") for code in sheets.SIX],
                by=one.person,
                at=sheets.LATER,
                revision=0,
            )
            for one, value in zip(named, (True, False), strict=True)
        ]
    )
    assert found == [1, 1]
    for one, value in zip(named, (True, False), strict=True):
        kept = list(one.ratings.values_list("code", "is_acquired", "comment").order_by("code"))
        assert kept == [(code, value, f"{one.actor} {code}") for code in sheets.SIX]
    assert journal.verify().is_whole


def test_one_evaluator_in_two_windows_is_told_in_the_second(committed: Cast, admissible: Candidacy) -> None:
    one = sheets.held(committed, admissible).outside
    rate(evaluator=one, lines=[Rated(code="C1", is_acquired=True, comment="a")], by=one.person, at=sheets.LATER)
    seen = one.revision
    found = at_once(
        *[
            lambda value=value: rate(
                evaluator=type(one).objects.get(pk=one.pk),
                lines=[Rated(code="C1", is_acquired=value, comment=str(value))],
                by=one.person,
                at=sheets.LATER,
                revision=seen,
            )
            for value in (True, False)
        ]
    )
    assert {type(answer) for answer in found} == {int, StaleRatingError}
    won = next(value for value, answer in zip((True, False), found, strict=True) if isinstance(answer, int))
    assert one.ratings.get(code="C1").is_acquired is won


def test_of_two_who_change_the_pathway_at_once_one_is_told(committed: Cast, admissible: Candidacy) -> None:
    first = save_training(candidacy=admissible, planned=planned("Accueil"), by=committed.secretary, at=AT)
    seen = first.pathway.revision
    found = at_once(
        saving(admissible, "Accueil, le matin", committed.secretary, training=first, revision=seen),
        saving(admissible, "Accueil, le soir", committed.companion, training=first, revision=seen),
    )
    assert {type(one) for one in found} == {Training, StalePathwayError}
    won = next(one for one in found if isinstance(one, Training))
    first.refresh_from_db()
    assert first.title == won.title
    assert Pathway.objects.get(candidacy=admissible).revision == seen + 1
    assert journal.verify().is_whole


def test_of_two_who_begin_the_pathway_at_once_one_is_told(committed: Cast, admissible: Candidacy) -> None:
    found = at_once(
        saving(admissible, "Accueil", committed.secretary, revision=0),
        saving(admissible, "Inscription", committed.companion, revision=0),
    )
    assert {type(one) for one in found} == {Training, StalePathwayError}
    assert Training.objects.filter(pathway__candidacy=admissible).count() == 1
