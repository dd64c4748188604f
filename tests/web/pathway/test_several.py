"""Several pieces of evidence from the list: ticked, read over, done together; nothing chosen is lost on a refusal."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.pathways.models import Evidence, EvidenceCode
from parchemin.records.people.models import Person
from tests.records.pathways.kept import ZONE, evidence
from tests.web.candidate.paths import read
from tests.web.cast import Cast
from tests.web.pathway import kept

SignedIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """Every page is asked for on the same day."""
    with time_machine.travel(kept.NOW, tick=True):
        yield


@pytest.fixture
def row(cast: Cast) -> Candidacy:
    """A file followed and judged."""
    return kept.followed(cast)


def url(name: str, *args: object) -> str:
    return reverse(f"pathway:{name}", args=args)


def told(act: str, *rows: Evidence, **more: str) -> dict[str, Any]:
    return {"act": act, "evidence": [f"{one.pk}:{one.revision}" for one in rows], **more}


def titled(row: Candidacy, *zones: Evidence.Zone) -> list[Evidence]:
    return [evidence(row, zone, "A1-C1", title=f"Preuve {number}") for number, zone in enumerate(zones)]


def test_ticked_in_the_list_read_over_then_shared_and_submitted(
    cast: Cast, row: Candidacy, signed_in: SignedIn
) -> None:
    first, second, done = titled(row, ZONE.PRIVATE, ZONE.SHARED, ZONE.SUBMITTED)
    client, address = signed_in(cast.candidate), url("several_evidence", row.pk)
    page = read(client.get(url("evidence", row.pk)))
    assert all(f'value="{one.pk}"' in page for one in (first, second))
    assert f'value="{done.pk}"' not in page, "what is submitted is not ticked"
    chosen = {"act": "shared", "evidence": [str(one.pk) for one in (first, second, done)]}
    confirm = read(client.get(address, chosen))
    assert "Partager 1 preuve" in confirm and "partagée déjà" in confirm and "elle ne change plus" in confirm
    assert Evidence.objects.get(pk=first.pk).zone == ZONE.PRIVATE, "asking does nothing"
    assert client.post(address, told("shared", first)).status_code == 302
    first.refresh_from_db()
    assert "Soumettre 2 preuves" in read(client.get(address, {**chosen, "act": "submitted"}))
    answer = client.post(address, told("submitted", first, second), follow=True)
    assert "2 preuves sont soumises." in read(answer)
    assert set(Evidence.objects.values_list("zone", flat=True)) == {"submitted"}
    assert "several-act" not in read(client.get(url("evidence", row.pk))), "nothing is left to do"


def test_several_bear_on_one_more_competence(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    rows = titled(row, ZONE.PRIVATE, ZONE.SHARED)
    client, address = signed_in(cast.candidate), url("several_evidence", row.pk)
    nothing = client.post(address, told("attach", *rows))
    assert nothing.status_code == 422 and "Choisissez une compétence." in read(nothing)
    assert all(f"{one.pk}:{one.revision}" in read(nothing) for one in rows), "what was ticked is kept"
    assert client.post(address, told("attach", *rows, code="A9-C9")).status_code == 422
    answer = client.post(address, told("attach", *rows, code="A3-C1"), follow=True)
    assert "2 preuves de plus portent sur A3-C1." in read(answer)
    assert EvidenceCode.objects.filter(code="A3-C1").count() == 2


def test_one_changed_elsewhere_stops_all_and_keeps_the_choice(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    first, second = titled(row, ZONE.PRIVATE, ZONE.PRIVATE)
    client, address = signed_in(cast.candidate), url("several_evidence", row.pk)
    Evidence.objects.filter(pk=second.pk).update(revision=4)
    stale = client.post(address, told("shared", first, second))
    assert stale.status_code == 409 and "a changé depuis" in read(stale) and f"{second.pk}:4" in read(stale)
    assert set(Evidence.objects.values_list("zone", flat=True)) == {"private"}
    second.refresh_from_db()
    assert client.post(address, told("shared", first, second)).status_code == 302
    for one in (first, second):
        one.refresh_from_db()
    Evidence.objects.filter(pk=first.pk).update(zone="submitted", submitted_at=kept.NOW)
    refused = client.post(address, told("private", first, second))
    assert refused.status_code == 422 and "elle ne change plus" in read(refused)
    assert Evidence.objects.get(pk=second.pk).zone == ZONE.SHARED


@pytest.mark.parametrize(
    "sent",
    [{}, {"act": "shared"}, {"act": "burn", "evidence": ["x"]}, {"act": "shared", "evidence": ["x", "", "1:2:3"]}],
)
def test_nothing_ticked_or_nonsense_says_what_to_do(
    cast: Cast, row: Candidacy, signed_in: SignedIn, sent: dict[str, Any]
) -> None:
    titled(row, ZONE.PRIVATE)
    client = signed_in(cast.candidate)
    for method in (client.get, client.post):
        answer = method(url("several_evidence", row.pk), sent, follow=True)
        assert "Cochez au moins une preuve" in read(answer)


def test_nobody_else_and_nothing_of_another_file(cast: Cast, row: Candidacy, signed_in: SignedIn) -> None:
    rows = titled(row, ZONE.SHARED)
    for role in ("companion", "professional", "evaluator", "secretary", "other_candidate", "outsider"):
        client = signed_in(getattr(cast, role))
        assert client.post(url("several_evidence", row.pk), told("submitted", *rows)).status_code == 404
        assert client.get(url("several_evidence", row.pk), told("submitted", *rows)).status_code == 404
        assert "several-act" not in client.get(url("evidence", row.pk)).content.decode()
    Candidacy.objects.filter(pk=row.pk).update(status="refused")
    client = signed_in(cast.candidate)
    assert client.post(url("several_evidence", row.pk), told("submitted", *rows)).status_code == 404
    assert Evidence.objects.get().zone == ZONE.SHARED
