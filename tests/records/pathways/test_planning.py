"""What is written of a pathway beyond its actions: why its hours, that it is over, in whose name it is approved."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from parchemin.core.decision import Stage
from parchemin.records.candidacies.judging import Judged
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.queries import entries_of
from parchemin.records.pathways.actions.planning import (
    Planned,
    approve_pathway,
    finish_step,
    justify_hours,
    save_training,
    tell_hours,
)
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.foreseeing import as_done, once_done
from parchemin.records.pathways.models import Pathway, Training
from parchemin.records.pathways.wordings import sentence
from parchemin.records.people.models import Assurance
from tests.web import cast as casting
from tests.web.cast import ALTERNANCE, AT, FEST, ON, Cast


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file that follows a pathway."""
    return casting.opened(cast.candidate, cast.certification(), "pathway")


def refused(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(PathwayError) as raised:
        act()
    assert raised.value.code == code
    assert sentence(raised.value)


def planned(cast: Cast, row: Candidacy) -> Training:
    wanted = Planned(kind=Training.Kind.COURSE, title="Accueil", codes=("C1",), hours_planned=Decimal(14))
    return save_training(candidacy=row, planned=wanted, by=cast.companion, at=AT)


def kinds(row: Candidacy) -> list[str]:
    return [entry.kind.removeprefix("candidacy.") for entry in entries_of(row.pk)]


def test_hours_are_justified_and_approvals_given_before_no_longer_hold(cast: Cast, row: Candidacy) -> None:
    planned(cast, row)
    pathway = Pathway.objects.get()
    told: dict[str, Any] = {"candidacy": row, "by": cast.companion, "at": AT}
    approve_pathway(actor="company", revision=pathway.revision, assurance=Assurance.PASSWORD, **told)
    justify_hours(words=" Déjà formée ailleurs. ", revision=pathway.revision, **told)
    justify_hours(words="Déjà formée ailleurs.", **told)
    kept = Pathway.objects.get()
    assert (kept.justification, kept.revision) == ("Déjà formée ailleurs.", pathway.revision + 1)
    assert kinds(row).count("hours_justified") == 1
    assert kept.approvals.get().revision < kept.revision
    with pytest.raises(StalePathwayError):
        justify_hours(words="Autre", revision=pathway.revision, **told)


def test_the_pathway_and_its_practice_are_over_one_day(cast: Cast, row: Candidacy) -> None:
    told: dict[str, Any] = {"candidacy": row, "by": cast.companion, "at": AT}
    finish_step(step="pathway", done_on=ON - timedelta(days=9), **told)
    finish_step(step="practice", done_on=ON - timedelta(days=3), **told)
    finish_step(step="practice", done_on=ON - timedelta(days=2), **told)
    assert {one.step: one.done_on for one in row.steps_done.all()} == {
        "pathway": ON - timedelta(days=9),
        "practice": ON - timedelta(days=2),
    }
    refused("day_to_come", lambda: finish_step(step="practice", done_on=ON + timedelta(days=1), **told))
    refused("no_step", lambda: finish_step(step="deliberation", done_on=ON, **told))


def test_a_route_without_such_a_step_does_not_finish_it(cast: Cast) -> None:
    row = casting.opened(cast.candidate, cast.certification(ALTERNANCE), "continuing")
    refused("no_step", lambda: finish_step(candidacy=row, step="pathway", done_on=ON, by=cast.companion, at=AT))


def test_nobody_approves_in_the_name_of_another(cast: Cast, row: Candidacy) -> None:
    planned(cast, row)

    def approve(actor: str, by: Any) -> Any:
        return approve_pathway(candidacy=row, actor=actor, by=by, at=AT, revision=1, assurance=Assurance.PASSWORD)

    refused("another", lambda: approve("candidate", cast.companion))
    refused("another", lambda: approve("company", cast.candidate))
    assert approve("candidate", cast.candidate).actor == "candidate"
    assert approve("company", cast.companion).actor == "company"


def test_the_rules_say_of_the_pathway_what_they_say_of_the_whole_file(cast: Cast) -> None:
    row = casting.opened(cast.candidate, cast.certification(FEST), "continuing")
    wanted = Planned(kind=Training.Kind.COURSE, title="x", codes=("A1-C1",), hours_planned=Decimal("40.5"))
    one = save_training(candidacy=row, planned=wanted, by=cast.companion, at=AT)
    tell_hours(training=one, hours=Decimal(12), by=cast.companion, at=AT)
    judged = Judged(Candidacy.objects.get(pk=row.pk), ON)
    whole = {finding.rule: finding for finding in judged.decided(Stage.COMPLETENESS).findings}
    assert as_done(judged) and all(whole[finding.rule] == finding for finding in as_done(judged))
    assert [finding.seen for finding in as_done(judged)] == ["12 heures (40 à 70)"]
    assert [finding.seen for finding in once_done(judged)] == ["40,5 heures (40 à 70)"]
