"""Several pieces of evidence at once: all of them or none, each with its trace."""

from collections.abc import Callable
from typing import Any

import pytest

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal.queries import entries_of
from parchemin.records.pathways.actions.evidencing import attach_several, move_several
from parchemin.records.pathways.errors import PathwayError, StalePathwayError
from parchemin.records.pathways.models import Evidence, EvidenceCode
from tests.records.pathways.kept import ZONE, evidence
from tests.records.pathways.test_pathways import refused
from tests.web.cast import AT, Cast, opened


def picked(*rows: Evidence) -> dict[Any, int]:
    return {one.pk: one.revision for one in rows}


def zones() -> list[str]:
    return sorted(Evidence.objects.values_list("zone", flat=True))


def test_they_are_moved_together_and_each_has_its_trace(cast: Cast, row: Candidacy) -> None:
    rows = [evidence(row, ZONE.PRIVATE, "C1") for _ in range(3)]
    told: dict[str, Any] = {"candidacy": row, "by": cast.candidate, "at": AT}
    assert move_several(picked=picked(*rows), zone=ZONE.SHARED, **told) == 3
    rows = list(Evidence.objects.all())
    assert move_several(picked=picked(*rows[:2]), zone=ZONE.SUBMITTED, **told) == 2
    assert zones() == ["shared", "submitted", "submitted"]
    moved = [one for one in entries_of(row.pk) if one.kind == "candidacy.evidence_moved"]
    assert len(moved) == 5 and {one.details["to"] for one in moved} == {"shared", "submitted"}


def test_one_that_may_not_be_moved_leaves_all_as_they_are(cast: Cast, row: Candidacy) -> None:
    private, shared = evidence(row), evidence(row, ZONE.SHARED)
    told: dict[str, Any] = {"candidacy": row, "by": cast.candidate, "at": AT}
    for rows, zone, code in (
        ((shared, private), ZONE.SUBMITTED, "evidence_zone"),
        ((private, shared), ZONE.SHARED, "evidence_zone"),
        ((shared, evidence(row, ZONE.SUBMITTED)), ZONE.PRIVATE, "evidence_submitted"),
    ):
        before = zones()
        with pytest.raises(PathwayError, match=code):
            move_several(picked=picked(*rows), zone=zone, **told)
        assert zones() == before
    with pytest.raises(StalePathwayError):
        move_several(picked={**picked(private), shared.pk: 0}, zone=ZONE.PRIVATE, **told)
    elsewhere = evidence(opened(cast.candidate, cast.certification("formateur-alternance"), "continuing"), codes=[])
    with pytest.raises(StalePathwayError):
        move_several(picked=picked(private, elsewhere), zone=ZONE.SHARED, **told)
    refused("another", lambda: move_several(picked=picked(private), zone=ZONE.SHARED, **{**told, "by": cast.companion}))
    assert Evidence.objects.get(pk=private.pk).zone == ZONE.PRIVATE


def test_they_bear_on_one_more_competence(cast: Cast, row: Candidacy) -> None:
    first, second = evidence(row, ZONE.PRIVATE, "C1"), evidence(row, ZONE.SHARED, "C1", "C2")
    told: dict[str, Any] = {"candidacy": row, "by": cast.candidate, "at": AT}
    assert attach_several(picked=picked(first, second), codes=["C2"], **told) == 1
    assert set(EvidenceCode.objects.values_list("evidence", "code")) == {
        (first.pk, "C1"), (first.pk, "C2"), (second.pk, "C1"), (second.pk, "C2"),
    }  # fmt: skip
    kept = Evidence.objects.get(pk=second.pk)
    assert kept.revision == second.revision, "what bore on it already is not changed"


@pytest.mark.parametrize(
    ("codes", "zone", "code"),
    [
        ([], ZONE.PRIVATE, "evidence_codes"),
        (["C9"], ZONE.PRIVATE, "no_competence"),
        (["C2"], ZONE.SUBMITTED, "evidence_submitted"),
    ],
)
def test_what_cannot_be_attached_is_refused_whole(
    cast: Cast, row: Candidacy, codes: list[str], zone: Evidence.Zone, code: str
) -> None:
    rows = [evidence(row, ZONE.PRIVATE, "C1"), evidence(row, zone, "C1")]

    def attach() -> int:
        return attach_several(candidacy=row, picked=picked(*rows), codes=codes, by=cast.candidate, at=AT)

    refused(code, attach)
    assert set(EvidenceCode.objects.values_list("code", flat=True)) == {"C1"}


def test_many_ask_little_more_of_the_database(
    cast: Cast, row: Candidacy, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    rows = [evidence(row, ZONE.PRIVATE, "C1") for _ in range(20)]
    with django_assert_max_num_queries(90):
        move_several(candidacy=row, picked=picked(*rows), zone=ZONE.SHARED, by=cast.candidate, at=AT)
