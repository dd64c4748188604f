"""Training at work: what the rules tell of it, the cold assessment reminded of, and what observers sign."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from parchemin.core.decision import Outcome, Stage
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.queries import entries_of, verify
from parchemin.records.pathways.actions.observing import ask_observation, observe, sign_observation
from parchemin.records.pathways.actions.working import cold_due, plan_cold, remind_of_cold, take_back_moment
from parchemin.records.pathways.models import ColdDate, Moment, Observation, ObservationLine
from parchemin.records.pathways.queries.linked import links_of_pathway, observation_linked
from parchemin.records.people.actions.linking import make_link, open_link, revoke_link, use_link
from parchemin.records.people.errors import RefusalError
from parchemin.records.people.models import Assurance, Link
from tests.records.pathways.kept import lived
from tests.records.pathways.test_pathways import refused
from tests.web.cast import AT, FEST, ON, Cast, opened

KIND, MARK = Moment.Kind, ObservationLine.Mark
DAY = timedelta(days=1)
MORNING = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
ROSE = {"email": "rose@example.org", "bearer": "Rose Tutrice", "quality": "Tutrice"}


@pytest.fixture
def fest(cast: Cast) -> Candidacy:
    """A file of the certification whose rules look at training at work."""
    return opened(cast.other_candidate, cast.certification(FEST), "continuing")


def outcomes(row: Candidacy) -> dict[str, Outcome]:
    """What the rules say of the file, by rule."""
    judged = Judged(Candidacy.objects.get(pk=row.pk), ON + 60 * DAY)
    return {one.rule: one.outcome for one in judged.decided(Stage.COMPLETENESS).findings}


def test_a_reflective_phase_within_a_work_situation_is_told_by_the_rules(fest: Candidacy) -> None:
    lived(fest, KIND.ANALYSIS, AT)
    lived(fest, KIND.DESIGNATION, AT)
    lived(fest, KIND.SITUATION, MORNING, hours=3)
    within = lived(fest, KIND.REFLECTION, MORNING + timedelta(hours=1))
    apart, order = "completeness.law.reflections_apart", "completeness.law.work_training_order"
    assert outcomes(fest)[apart] is Outcome.NOT_MET
    assert outcomes(fest)[order] is Outcome.MET
    take_back_moment(moment=within, by=fest.candidate, at=AT)
    lived(fest, KIND.REFLECTION, MORNING + timedelta(hours=3))
    assert outcomes(fest)[apart] is Outcome.MET


def test_a_designation_that_comes_after_is_told_by_the_rules(fest: Candidacy) -> None:
    lived(fest, KIND.ANALYSIS, AT)
    lived(fest, KIND.SITUATION, MORNING)
    lived(fest, KIND.DESIGNATION, MORNING + DAY)
    assert outcomes(fest)["completeness.law.work_training_order"] is Outcome.NOT_MET


def test_the_cold_assessment_is_reminded_of_once_when_its_day_comes(fest: Candidacy) -> None:
    plan_cold(candidacy=fest, on=ON + 30 * DAY, by=fest.candidate, at=AT)
    assert not cold_due(ON + 30 * DAY).exists(), "nothing was assessed hot"
    lived(fest, KIND.HOT, AT)
    assert not cold_due(ON + 29 * DAY).exists()
    due = cold_due(ON + 30 * DAY).get()
    told: dict[str, Any] = {"planned": due, "at": AT, "on": ON + 30 * DAY}
    assert remind_of_cold(**told)
    assert not remind_of_cold(**told)
    letter = fest.letters.get()
    assert (letter.kind, letter.values["subject"]) == ("reminder", "L’évaluation à froid arrive")
    assert verify().is_whole


def test_what_was_assessed_cold_is_not_reminded_of(fest: Candidacy) -> None:
    plan_cold(candidacy=fest, on=ON + 30 * DAY, by=fest.candidate, at=AT)
    lived(fest, KIND.HOT, AT)
    cold = lived(fest, KIND.COLD, AT + 20 * DAY)
    assert not cold_due(ON + 30 * DAY).exists()
    take_back_moment(moment=cold, by=fest.candidate, at=AT)
    assert cold_due(ON + 30 * DAY).exists()


def test_the_day_of_the_cold_assessment_moves_and_goes(fest: Candidacy) -> None:
    plan_cold(candidacy=fest, on=ON + DAY, by=fest.candidate, at=AT)
    ColdDate.objects.update(reminded_at=AT)
    plan_cold(candidacy=fest, on=ON + DAY, by=fest.candidate, at=AT)
    assert ColdDate.objects.get().reminded_at, "the same day changes nothing"
    plan_cold(candidacy=fest, on=ON + 9 * DAY, by=fest.candidate, at=AT)
    assert ColdDate.objects.get().reminded_at is None
    plan_cold(candidacy=fest, on=None, by=fest.candidate, at=AT)
    assert not ColdDate.objects.exists()
    refused("cold_past", lambda: plan_cold(candidacy=fest, on=ON - DAY, by=fest.candidate, at=AT))


def asked(row: Candidacy, *codes: str, **changes: Any) -> tuple[Link, str]:
    told = {"candidacy": row, "codes": codes, "by": row.candidate, "at": AT, **ROSE, **changes}
    return ask_observation(**told)


def signed(observation: Observation, link: Link, marks: dict[str, Any], **changes: Any) -> Observation:
    told = {"words": "À l’aise.", "observed_on": ON, "bearer": "Rose", "quality": "Tutrice", "at": AT, **changes}
    return sign_observation(observation=observation, marks=marks, link=link, **told)


def test_a_tutor_without_an_account_signs_what_they_saw_once(cast: Cast, row: Candidacy) -> None:
    situation = lived(row, KIND.SITUATION)
    link, secret = asked(row, "C1", "C2", "C3", moment=situation)
    waiting = observation_linked(link)
    assert waiting is not None
    assert (waiting.moment, waiting.signed_at) == (situation, None)
    assert list(links_of_pathway(row)) == [link]
    used = use_link(secret=secret, at=AT)
    kept = signed(waiting, used, {"C1": MARK.SEEN, "C2": MARK.NOT_YET, "C3": None})
    assert {one.code: one.mark for one in kept.lines.all()} == {"C1": "seen", "C2": "not_yet", "C3": "not_seen"}
    assert (kept.assurance, str(kept)) == (Assurance.EMAIL, "Rose, Tutrice")
    with pytest.raises(RefusalError):
        use_link(secret=secret, at=AT)
    assert "candidacy.observation_signed" in [one.kind for one in entries_of(row.pk)]


def test_a_link_revoked_or_late_opens_nothing(cast: Cast, row: Candidacy) -> None:
    link, secret = asked(row, "C1")
    _later, late = asked(row, "C1")
    revoke_link(link=link, by=cast.candidate, at=AT)
    for one, at in ((secret, AT), (late, AT + 30 * DAY)):
        with pytest.raises(RefusalError):
            open_link(one, at)


def test_an_observation_asked_of_nobody_or_about_nothing_is_refused(cast: Cast, row: Candidacy) -> None:
    refused("observed_codes", lambda: asked(row))
    refused("no_competence", lambda: asked(row, "Z9"))
    gone = lived(row, KIND.SITUATION)
    take_back_moment(moment=gone, by=cast.candidate, at=AT)
    refused("removed", lambda: asked(row, "C1", moment=gone))
    with pytest.raises(RefusalError):
        asked(row, "C1", email=cast.candidate.email)
    assert not Observation.objects.exists()


def test_what_was_not_asked_is_not_answered(row: Candidacy) -> None:
    link, _secret = asked(row, "C1", "C2")
    waiting = Observation.objects.get()
    refused("observed_nothing", lambda: signed(waiting, link, {"C1": None}))
    refused("no_competence", lambda: signed(waiting, link, {"C3": MARK.SEEN}))
    refused("day_to_come", lambda: signed(waiting, link, {"C1": MARK.SEEN}, observed_on=ON + DAY))


def test_a_companion_signs_with_their_account(cast: Cast, row: Candidacy) -> None:
    told: dict[str, Any] = {
        "candidacy": row, "words": "", "observed_on": ON, "at": AT, "assurance": Assurance.SECOND_FACTOR,
    }  # fmt: skip
    kept = observe(marks={"C1": MARK.SEEN, "C2": None}, by=cast.companion, **told)
    assert [(one.code, one.mark) for one in kept.lines.all()] == [("C1", "seen")]
    assert (kept.observer, kept.assurance) == (cast.companion, Assurance.SECOND_FACTOR)
    refused("own_observation", lambda: observe(marks={"C1": MARK.SEEN}, by=cast.candidate, **told))
    refused("observed_nothing", lambda: observe(marks={"C1": None}, by=cast.companion, **told))


REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("observation_by_somebody", Observation, {"observer": None}),
    ("observation_signed_whole", Observation, {"signed_at": None}),
    ("observation_mark_known", ObservationLine, {"mark": "perhaps"}),
]
TWICE: list[tuple[str, type[models.Model]]] = [("observed_once", ObservationLine)]


@pytest.fixture
def make(cast: Cast, row: Candidacy) -> Callable[..., models.Model]:
    """Rows that stand, changed as asked."""
    whole = {"candidacy": row, "observed_on": ON, "assurance": "password", "signed_at": AT}
    kept = Observation.objects.create(observer=cast.companion, **whole)
    usual: dict[type[models.Model], dict[str, Any]] = {
        Observation: {**whole, "observer": cast.companion},
        ObservationLine: {"observation": kept, "code": "C1"},
    }
    return lambda model, **values: model._default_manager.create(**{**usual[model], **values})


@pytest.mark.parametrize(("name", "model", "values"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_refused_by_the_database(
    make: Callable[..., models.Model], name: str, model: type[models.Model], values: dict[str, Any]
) -> None:
    make(model)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(model, **values)


@pytest.mark.parametrize(("name", "model"), TWICE)
def test_refused_twice_by_the_database(make: Callable[..., models.Model], name: str, model: type[models.Model]) -> None:
    make(model)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(model)


def test_nobody_and_somebody_else_sign_no_observation(cast: Cast, row: Candidacy) -> None:
    link, _secret = make_link(act="x", subject=row.pk, email="a@example.org", bearer="A", at=AT)
    with pytest.raises(IntegrityError, match="observation_by_somebody"), transaction.atomic():
        Observation.objects.create(
            candidacy=row, observer=cast.companion, link=link, observed_on=ON, assurance="email", signed_at=AT
        )
