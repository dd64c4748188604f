"""What is mastered, what is done for the rest, and how training at work was lived, as the core sees them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from parchemin.core.case import Case
from parchemin.core.checks.completeness import PathwayCovers, ReflectionsApart, WorkTrainingOrder
from parchemin.core.decision import Outcome
from parchemin.core.facts import Facts
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.actions.planning import (
    Planned,
    approve_pathway,
    remove_training,
    save_training,
    tell_hours,
)
from parchemin.records.pathways.actions.positioning import (
    Positioned,
    close_positioning,
    conclude,
    open_positioning,
    tell_own_view,
)
from parchemin.records.pathways.actions.working import log_moment, take_back_moment
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.facts import hours_of, pathway_of, positioning_of, work_training_of
from parchemin.records.pathways.models import (
    Approval,
    Handover,
    Moment,
    Pathway,
    Positioning,
    PositioningLine,
    Training,
)
from parchemin.records.pathways.wordings import sentence
from parchemin.records.people.models import Assurance
from tests.web.cast import AT, ON, Cast

SIX = ("C1", "C2", "C3", "C4", "C5", "C6")
DAY = timedelta(days=1)


def refused(code: str, act: Callable[[], Any]) -> PathwayError:
    with pytest.raises(PathwayError) as raised:
        act()
    assert raised.value.code == code
    assert sentence(raised.value)
    return raised.value


def again(row: Candidacy) -> Candidacy:
    return Candidacy.objects.get(pk=row.pk)


def opened(cast: Cast, row: Candidacy) -> Positioning:
    return open_positioning(candidacy=row, leader=cast.professional, held_on=ON, by=cast.secretary, at=AT)


def concluded(cast: Cast, row: Candidacy, *missing: str) -> Positioning:
    found = opened(cast, row)
    lines = [Positioned(code=code, answer=code not in missing, example=f"Vu pour {code}") for code in SIX]
    conclude(positioning=found, lines=lines, by=cast.professional, at=AT)
    close_positioning(positioning=found, by=cast.professional, at=AT)
    return found


def trained(cast: Cast, row: Candidacy, *codes: str, **changes: Any) -> Training:
    values = {"kind": Training.Kind.COURSE, "title": "Accueil", "codes": codes, "hours_planned": Decimal(14)}
    return save_training(candidacy=row, planned=Planned(**{**values, **changes}), by=cast.secretary, at=AT)


def test_what_the_last_closed_interview_concludes_stands(cast: Cast, row: Candidacy) -> None:
    assert positioning_of(again(row)) is None
    concluded(cast, row, "C2", "C3")
    assert positioning_of(again(row)) == {code: code not in ("C2", "C3") for code in SIX}
    second = opened(cast, row)
    assert second.number == 2
    assert positioning_of(again(row)) == {code: code not in ("C2", "C3") for code in SIX}


def test_an_interview_is_closed_whole_by_whoever_leads_it_and_never_changed(cast: Cast, row: Candidacy) -> None:
    found = opened(cast, row)
    leader = cast.professional
    refused("positioning_open", lambda: opened(cast, row))
    line = Positioned(code="C1", answer=True, example="Vu")
    refused("another", lambda: conclude(positioning=found, lines=[line], by=cast.secretary, at=AT))
    bare = Positioned(code="C1", answer=True)
    refused("example", lambda: conclude(positioning=found, lines=[bare], by=leader, at=AT))
    strange = Positioned(code="C9", answer=True, example="x")
    refused("no_competence", lambda: conclude(positioning=found, lines=[strange], by=leader, at=AT))
    conclude(positioning=found, lines=[line], by=leader, at=AT)
    error = refused("missing", lambda: close_positioning(positioning=found, by=leader, at=AT))
    assert error.values["lines"] == "C2, C3, C4, C5, C6"
    refused("another", lambda: close_positioning(positioning=found, by=cast.secretary, at=AT))
    rest = [Positioned(code=code, answer=False, example="À voir") for code in SIX[1:]]
    conclude(positioning=found, lines=rest, by=leader, at=AT)
    close_positioning(positioning=found, by=leader, at=AT)
    refused("positioning_closed", lambda: conclude(positioning=found, lines=[line], by=leader, at=AT))
    refused(
        "own_file",
        lambda: open_positioning(candidacy=row, leader=cast.candidate, held_on=ON, by=cast.secretary, at=AT),
    )


def test_the_candidate_gives_their_own_view_beside(cast: Cast, row: Candidacy) -> None:
    found = opened(cast, row)
    own = [Positioned(code="C1", answer=False, example="Jamais fait seule")]
    refused("another", lambda: tell_own_view(positioning=found, lines=own, by=cast.professional, at=AT))
    tell_own_view(positioning=found, lines=own, by=cast.candidate, at=AT)
    conclude(
        positioning=found,
        lines=[Positioned(code="C1", answer=True, example="Vu au guichet")],
        by=cast.professional,
        at=AT,
    )
    line = found.lines.get()
    assert (line.own_view, line.own_example, line.is_acquired, line.example) == (
        False,
        "Jamais fait seule",
        True,
        "Vu au guichet",
    )


def test_two_windows_on_one_interview_overwrite_nothing(cast: Cast, row: Candidacy) -> None:
    found = opened(cast, row)
    line = Positioned(code="C1", answer=True, example="Vu")
    conclude(positioning=found, lines=[line], by=cast.professional, at=AT, revision=0)
    with pytest.raises(StalePathwayError):
        conclude(positioning=found, lines=[Positioned(code="C1")], by=cast.professional, at=AT, revision=0)


def test_the_pathway_covers_what_is_to_acquire_as_the_core_counts_it(cast: Cast, row: Candidacy) -> None:
    concluded(cast, row, "C2", "C3")

    def covers() -> tuple[Outcome, str]:
        known = again(row)
        facts = Facts(positioning=positioning_of(known), pathway=pathway_of(known))
        seen = PathwayCovers().look(Case(facts, Judged(known, ON).scheme, ON))
        return seen.outcome, seen.words

    assert covers()[0] is Outcome.UNKNOWN
    trained(cast, row, "C2")
    assert covers() == (Outcome.NOT_MET, "manque C3")
    both = trained(cast, row, "C3", "C2", kind=Training.Kind.WORK)
    assert covers()[0] is Outcome.MET
    extra = trained(cast, row, "C1")
    assert covers() == (Outcome.NOT_MET, "en trop C1")
    remove_training(training=extra, by=cast.secretary, at=AT)
    refused("removed", lambda: remove_training(training=extra, by=cast.secretary, at=AT))
    assert covers()[0] is Outcome.MET
    assert pathway_of(again(row)) == ("C2", "C3")
    assert hours_of(again(row)) == 0
    tell_hours(training=both, hours=Decimal("10.5"), by=cast.companion, at=AT)
    assert hours_of(again(row)) == Fraction(21, 2)
    refused("hours", lambda: tell_hours(training=both, hours=Decimal(-1), by=cast.companion, at=AT))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "title"),
        ({"hours_planned": Decimal(-1)}, "hours"),
        ({"from_on": ON, "until_on": ON - DAY}, "dates"),
        ({"codes": ("C9",)}, "no_competence"),
        ({"codes": ()}, "codes"),
    ],
)
def test_an_action_that_cannot_be_is_refused(cast: Cast, row: Candidacy, changes: dict[str, Any], code: str) -> None:
    refused(code, lambda: trained(cast, row, "C1", **changes))
    assert not Training.objects.exists()


def test_an_approval_holds_for_the_pathway_as_it_was_seen(cast: Cast, row: Candidacy) -> None:
    def approve(revision: int, actor: str = "company") -> Approval:
        return approve_pathway(
            candidacy=row,
            actor=actor,
            by=cast.companion,
            at=AT,
            revision=revision,
            assurance=Assurance.SECOND_FACTOR,
        )

    refused("nothing", lambda: approve(0))
    first = trained(cast, row, "C1")
    seen = Pathway.objects.get().revision
    refused("actor", lambda: approve(seen, "teacher"))
    assert approve(seen).pk == approve(seen).pk
    assert Approval.objects.get().assurance == Assurance.SECOND_FACTOR
    save_training(
        candidacy=row,
        planned=Planned(kind=Training.Kind.REMOTE, title="À distance", codes=("C1",), hours_planned=Decimal(7)),
        by=cast.secretary,
        at=AT,
        training=first,
    )
    with pytest.raises(StalePathwayError):
        approve(seen)
    assert Approval.objects.get().revision != Pathway.objects.get().revision


def moment(cast: Cast, row: Candidacy, kind: Moment.Kind, start: datetime, **changes: Any) -> Moment:
    return log_moment(candidacy=row, kind=kind, from_at=start, by=cast.companion, at=AT, **changes)


def test_training_at_work_is_told_to_the_core_as_it_was_lived(cast: Cast, row: Candidacy) -> None:
    assert work_training_of(again(row)) is None
    start = datetime(2026, 2, 10, 8, 0, tzinfo=UTC)
    hour = timedelta(hours=1)
    moment(cast, row, Moment.Kind.ANALYSIS, start - 3 * DAY)
    moment(cast, row, Moment.Kind.DESIGNATION, start + DAY, trainer="Rose")
    moment(cast, row, Moment.Kind.SITUATION, start, until_at=start + 2 * hour, codes=("C1",))
    inside = moment(cast, row, Moment.Kind.REFLECTION, start + hour, until_at=start + 3 * hour)

    def look(check: Any) -> tuple[Outcome, str]:
        known = again(row)
        facts = Facts(work_training=work_training_of(known))
        seen = check.look(Case(facts, Judged(known, ON).scheme, ON))
        return seen.outcome, seen.words

    outcome, words = look(ReflectionsApart())
    assert outcome is Outcome.NOT_MET and "de 10:00 à 12:00 pendant la situation de 09:00 à 11:00" in words
    outcome, words = look(WorkTrainingOrder())
    assert outcome is Outcome.NOT_MET and "désignation du formateur le 11 février 2026, après" in words
    refused("another", lambda: take_back_moment(moment=inside, by=cast.candidate, at=AT))
    take_back_moment(moment=inside, by=cast.companion, at=AT)
    refused("removed", lambda: take_back_moment(moment=inside, by=cast.companion, at=AT))
    moment(cast, row, Moment.Kind.REFLECTION, start + 3 * hour, until_at=start + 4 * hour)
    assert look(ReflectionsApart())[0] is Outcome.MET
    moment(cast, row, Moment.Kind.HOT, start + 5 * hour)
    work = work_training_of(again(row))
    assert work is not None
    assert (work.analysed_on, work.assessed_hot_on, work.assessed_cold_on) == (
        date(2026, 2, 7),
        (date(2026, 2, 10),),
        (),
    )


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        (Moment.Kind.SITUATION, {}, "ends"),
        (Moment.Kind.REFLECTION, {"until_at": AT - DAY}, "ends"),
        (Moment.Kind.FEEDBACK, {"until_at": AT - 2 * DAY}, "ends"),
        (Moment.Kind.DESIGNATION, {"trainer": " "}, "trainer"),
        (Moment.Kind.SITUATION, {"until_at": AT + DAY}, "to_come"),
        (Moment.Kind.ANALYSIS, {"codes": ("C9",)}, "no_competence"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(
    cast: Cast, row: Candidacy, kind: Moment.Kind, changes: dict[str, Any], code: str
) -> None:
    refused(code, lambda: moment(cast, row, kind, AT - DAY, **changes))
    assert not Moment.objects.exists()


REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("positioned_with_example", PositioningLine, {"is_acquired": True, "example": ""}),
    ("handover_of_something", Handover, {"document": ""}),
    ("handover_to_somebody", Handover, {"actor": ""}),
    ("training_kind_known", Training, {"kind": "nap"}),
    ("training_has_title", Training, {"title": ""}),
    ("training_hours_not_negative", Training, {"hours_done": -1}),
    ("training_ends_after_start", Training, {"from_on": ON, "until_on": ON - DAY}),
    ("approval_has_role", Approval, {"actor": ""}),
    ("approval_assurance_known", Approval, {"assurance": ""}),
    ("moment_kind_known", Moment, {"kind": "nap"}),
    ("moment_ends_after_start", Moment, {"until_at": AT}),
    ("moment_has_its_end", Moment, {"kind": "situation", "until_at": None}),
    ("moment_designates_somebody", Moment, {"kind": "designation"}),
]
TWICE: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("positioning_number_once", Positioning, {"closed_at": AT}),
    ("positioning_open_once", Positioning, {"number": 2}),
    ("positioned_once", PositioningLine, {}),
    ("handover_once_a_day", Handover, {}),
    ("approval_once_a_revision", Approval, {}),
]


@pytest.fixture
def make(cast: Cast, row: Candidacy) -> Callable[..., models.Model]:
    """Rows that stand, changed as asked."""
    positioning = Positioning(candidacy=row, number=9, leader=cast.professional, held_on=ON, opened_at=AT, closed_at=AT)
    positioning.save()
    pathway = Pathway.objects.create(candidacy=row, opened_at=AT)
    usual: dict[type[models.Model], dict[str, Any]] = {
        Positioning: {
            "candidacy": row,
            "number": 1,
            "leader": cast.professional,
            "held_on": ON,
            "opened_at": AT,
        },
        PositioningLine: {"positioning": positioning, "code": "C1"},
        Handover: {"candidacy": row, "document": "x", "actor": "x", "handed_on": ON, "noted_at": AT},
        Training: {"pathway": pathway, "kind": "course", "title": "x", "hours_planned": 1},
        Approval: {
            "pathway": pathway,
            "person": cast.companion,
            "actor": "x",
            "revision": 0,
            "approved_at": AT,
            "assurance": "password",
        },
        Moment: {"candidacy": row, "kind": "feedback", "from_at": AT, "until_at": AT + DAY, "logged_at": AT},
    }
    return lambda model, **values: model._default_manager.create(**{**usual[model], **values})


@pytest.mark.parametrize(("name", "model", "values"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_refused_by_the_database(
    make: Callable[..., models.Model], name: str, model: type[models.Model], values: dict[str, Any]
) -> None:
    make(model)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make(model, **values)


@pytest.mark.parametrize(("name", "model", "values"), TWICE, ids=[name for name, *_ in TWICE])
def test_refused_twice_by_the_database(
    make: Callable[..., models.Model], name: str, model: type[models.Model], values: dict[str, Any]
) -> None:
    make(model)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(model, **values)


def test_every_constraint_is_tested() -> None:
    known = {one.name for model in apps.get_app_config("pathways").get_models() for one in model._meta.constraints}
    told = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert {name for name in known if f'"{name}"' not in told} == set()
