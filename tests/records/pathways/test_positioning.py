"""What an interview writes: two people at once, a leader who takes over, its step done, its booklet handed on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from parchemin.records.candidacies.actions.closing import withdraw_candidacy
from parchemin.records.candidacies.errors import UnfitError
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.queries import entries_of
from parchemin.records.pathways.actions.handing import hand_on
from parchemin.records.pathways.actions.positioning import (
    Positioned,
    close_positioning,
    conclude,
    lead_positioning,
    open_positioning,
    tell_own_view,
)
from parchemin.records.pathways.asked import positioning_steps, to_position
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Handover, Positioning
from parchemin.records.pathways.wordings import sentence
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, AT, FEST, ON, TITLE, Cast

DAY = timedelta(days=1)


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file that follows a pathway."""
    return casting.opened(cast.candidate, cast.certification(), "pathway")


def refused(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(PathwayError) as raised:
        act()
    assert raised.value.code == code
    assert sentence(raised.value)


def opened(cast: Cast, row: Candidacy, **changes: Any) -> Positioning:
    told = {"leader": cast.professional, "held_on": ON, "by": cast.professional, "at": AT, **changes}
    return open_positioning(candidacy=row, **told)


def concluded(cast: Cast, row: Candidacy, *acquired: str, **changes: Any) -> Positioning:
    found = opened(cast, row, **changes)
    scheme = Judged(row, ON).scheme
    lines = [Positioned(code=code, answer=code in acquired, example="Vu") for code in to_position(scheme, row.blocks)]
    conclude(positioning=found, lines=lines, by=cast.professional, at=AT)
    return found


def steps(row: Candidacy) -> dict[str, Any]:
    return {one.step: one.done_on for one in Candidacy.objects.get(pk=row.pk).steps_done.all()}


def test_its_close_marks_the_step_done_the_day_it_was_held(cast: Cast, row: Candidacy) -> None:
    found = concluded(cast, row, held_on=ON - DAY)
    assert steps(row) == {}
    close_positioning(positioning=found, by=cast.professional, at=AT)
    assert steps(row) == {"positioning": ON - DAY}
    kinds = [entry.kind for entry in entries_of(row.pk)]
    assert kinds[-2:] == ["candidacy.positioning_closed", "candidacy.step_done"]
    close_positioning(positioning=concluded(cast, row), by=cast.professional, at=AT)
    assert steps(row) == {"positioning": ON - DAY}, "the first interview is the one the pathway follows"


def test_a_second_one_serves_the_next_step_that_the_route_has(cast: Cast) -> None:
    row = casting.opened(cast.candidate, cast.certification(FEST), "continuing")
    scheme = Judged(row, ON).scheme
    assert [(step.id, step.is_optional) for step in positioning_steps(scheme, row.route)] == [
        ("positioning", False),
        ("prognosis", True),
    ]
    for _number in range(2):
        close_positioning(positioning=concluded(cast, row), by=cast.professional, at=AT)
    assert steps(row) == {"positioning": ON, "prognosis": ON}


def test_it_is_not_closed_before_its_day(cast: Cast, row: Candidacy) -> None:
    found = concluded(cast, row, held_on=ON + DAY)
    refused("not_held", lambda: close_positioning(positioning=found, by=cast.professional, at=AT))
    conclude(positioning=found, lines=[], held_on=ON, by=cast.professional, at=AT)
    close_positioning(positioning=found, by=cast.professional, at=AT)
    assert Positioning.objects.get().held_on == ON


def test_candidate_and_leader_write_at_once_and_neither_overtakes_the_other(cast: Cast, row: Candidacy) -> None:
    found = opened(cast, row)
    line = [Positioned(code="C1", answer=True, example="Vu")]
    conclude(positioning=found, lines=line, by=cast.professional, at=AT, revision=0)
    tell_own_view(positioning=found, lines=line, by=cast.candidate, at=AT, revision=0)
    with pytest.raises(StalePathwayError):
        tell_own_view(positioning=found, lines=line, by=cast.candidate, at=AT, revision=0)
    kept = Positioning.objects.get()
    assert (kept.revision, kept.own_revision) == (1, 1)


def test_somebody_else_takes_it_over_with_what_was_concluded(cast: Cast, row: Candidacy) -> None:
    found = concluded(cast, row, "C1")
    refused("own_file", lambda: lead_positioning(positioning=found, by=cast.candidate, at=AT))
    lead_positioning(positioning=found, by=cast.companion, at=AT)
    lead_positioning(positioning=found, by=cast.companion, at=AT)
    assert [one.kind for one in entries_of(row.pk)].count("candidacy.positioning_taken_over") == 1
    refused("another", lambda: close_positioning(positioning=found, by=cast.professional, at=AT))
    close_positioning(positioning=found, by=cast.companion, at=AT)
    assert Positioning.objects.get().lines.get(code="C1").is_acquired
    refused("positioning_closed", lambda: lead_positioning(positioning=found, by=cast.professional, at=AT))


def test_what_is_not_assessed_is_not_concluded_on(cast: Cast) -> None:
    row = casting.opened(cast.candidate, cast.certification(FEST), "continuing")
    scheme = Judged(row, ON).scheme
    beside = next(code for code, one in scheme.competences.items() if one.is_assessed is False)
    found = opened(cast, row)
    line = [Positioned(code=beside, answer=True, example="Vu")]
    refused("not_assessed", lambda: conclude(positioning=found, lines=line, by=cast.professional, at=AT))
    refused("not_assessed", lambda: tell_own_view(positioning=found, lines=line, by=cast.candidate, at=AT))
    assert not found.lines.exists()


def test_whoever_aims_at_blocks_is_positioned_on_them_alone(cast: Cast) -> None:
    row = casting.opened(cast.candidate, cast.certification(TITLE))
    scheme = Judged(row, ON).scheme
    codes = to_position(scheme, ["B1"])
    assert codes and {scheme.competences[code].block for code in codes} == {"B1"}
    assert set(codes) < set(to_position(scheme, []))
    close_positioning(positioning=concluded(cast, row), by=cast.professional, at=AT)
    assert steps(row) == {}, "that route has no such step"


def test_nobody_is_positioned_where_the_source_names_no_competence(cast: Cast) -> None:
    row = casting.opened(cast.candidate, cast.certification(ALTERNANCE), "continuing")
    refused("no_framework", lambda: opened(cast, row))


def test_the_booklet_is_handed_on_and_told_once_a_day(cast: Cast, row: Candidacy) -> None:
    def hand(**changes: Any) -> Handover:
        told = {"document": "positioning_booklet", "actor": "external_evaluator", "handed_on": ON, "name": " Esther "}
        return hand_on(candidacy=row, by=cast.candidate, at=AT, **{**told, **changes})

    assert hand() == hand()
    assert Handover.objects.get().name == "Esther"
    assert [one.kind for one in entries_of(row.pk)].count("candidacy.document_handed_on") == 1
    refused("no_document", lambda: hand(document="certificate"))
    refused("no_document", lambda: hand(document="strange"))
    refused("actor", lambda: hand(actor="teacher"))
    refused("day_to_come", lambda: hand(handed_on=ON + DAY))


def test_nothing_of_it_is_written_on_a_closed_file(cast: Cast, row: Candidacy) -> None:
    withdraw_candidacy(candidacy=row, reason="", on=ON, by=cast.candidate, at=AT)
    with pytest.raises(UnfitError, match="status"):
        opened(cast, row)
