"""Once its time has passed, nothing that was written of a pathway is left, rows and files."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from parchemin.records.candidacies.actions import closing, retaining
from parchemin.records.candidacies.models import Candidacy, RetentionRule
from parchemin.records.candidacies.queries.expiring import counts_due
from parchemin.records.pathways.actions.positioning import open_positioning
from parchemin.records.pathways.actions.writing import save_work
from parchemin.records.pathways.models import Evidence, Moment, Positioning, Work
from tests.records.candidacies.files import erased
from tests.records.pathways.kept import filed, lived
from tests.web.cast import AT, ON, Cast, opened

LATER = ON.replace(year=ON.year + 1)
KIND = RetentionRule.Kind


def written(cast: Cast, row: Candidacy) -> Path:
    """Something of each sort; the path of the file of its evidence."""
    open_positioning(candidacy=row, leader=cast.professional, held_on=ON, by=cast.professional, at=AT)
    lived(row, Moment.Kind.ANALYSIS)
    save_work(
        candidacy=row,
        document="activity_table",
        texts={"C1": "Un texte"},
        by=row.candidate,
        at=AT,
        pen="a",
        revision=0,
    )
    shown = filed(row, "C1")
    return Path(default_storage.path(shown.content.name or ""))


def test_a_pathway_goes_whole_and_that_of_others_stays(
    cast: Cast, row: Candidacy, django_capture_on_commit_callbacks: object
) -> None:
    path = written(cast, row)
    other = written(cast, opened(cast.other_candidate, cast.certification()))
    RetentionRule.objects.create(organisation=cast.organisation, kind=KIND.PATHWAY, months=6, basis="x")
    assert counts_due(cast.organisation, LATER) == {"pathway": 0}
    closing.withdraw_candidacy(candidacy=row, reason="", by=cast.candidate, at=AT, on=ON)
    assert counts_due(cast.organisation, LATER) == {"pathway": 1}
    run = retaining.prepare_retention(organisation=cast.organisation, by=cast.manager, at=AT, on=LATER)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erased(cast, run, LATER)
    assert not path.exists() and other.exists()
    for model in (Positioning, Moment, Work, Evidence):
        assert model._default_manager.count() == 1, model
    assert counts_due(cast.organisation, LATER) == {"pathway": 0}


@pytest.mark.usefixtures("row")
def test_a_file_without_a_pathway_has_nothing_to_erase(cast: Cast) -> None:
    RetentionRule.objects.create(organisation=cast.organisation, kind=KIND.PATHWAY, months=6, basis="x")
    assert counts_due(cast.organisation, LATER) == {"pathway": 0}


def test_a_draft_that_goes_takes_its_evidence_along(
    cast: Cast, row: Candidacy, django_capture_on_commit_callbacks: object
) -> None:
    path = written(cast, row)
    RetentionRule.objects.create(organisation=cast.organisation, kind=KIND.DRAFTS, months=6, basis="x")
    run = retaining.prepare_retention(organisation=cast.organisation, by=cast.manager, at=AT, on=LATER)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erased(cast, run, LATER)
    assert not Candidacy.objects.exists()
    assert not path.exists()
