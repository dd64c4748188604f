"""What a candidate reads of what evaluators wrote, and what they never do; evidence named in the grid and opened."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.core.grid import Kind
from parchemin.records.assessments.actions.settling import take_stand
from parchemin.records.assessments.models import Rating, Result
from parchemin.records.candidacies.actions.sharing import grant_access
from parchemin.records.people.models import Person, Role
from tests.records.assessments.sheets import LATER, Pair, signed
from tests.records.pathways.kept import ZONE, evidence
from tests.web.assessment import rated
from tests.web.assessment.test_ledger import words
from tests.web.cast import AT, ON, Cast
from tests.web.posted import typed

SignedIn = Callable[[Person], Client]
PRIVATE, ASIDE, SAID, REASON = (
    "Il m’a paru bluffer au début.",
    "Je maintiens que c’est léger.",
    "Entraînez-vous à conclure.",
    "L’observation du matin suffit.",
)


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(rated.NOW, tick=True):
        yield


@pytest.fixture
def pair(cast: Cast) -> Pair:
    """A sitting held, its file opened to whoever accompanies."""
    made = rated.held(cast)
    grant_access(
        candidacy=made.sitting.candidacy, person=cast.companion, role=Role.COMPANION, by=cast.secretary, at=AT, on=ON
    )
    return made


def settled(pair: Pair) -> None:
    """Everything settled, after a difference on one line."""
    signed(pair.professional)
    Rating.objects.update(comment=PRIVATE, advice=SAID)
    signed(pair.outside, "C4")
    Rating.objects.filter(evaluator=pair.outside).update(comment=ASIDE)
    take_stand(
        evaluator=pair.outside,
        kind=Kind.COMPETENCE,
        code="C4",
        is_acquired=True,
        reason=REASON,
        by=pair.outside.person,
        at=LATER,
    )


def ledger(client: Client, pair: Pair) -> str:
    return words(client.get(reverse("assessment:file", args=[pair.sitting.candidacy_id])))


def test_a_candidate_reads_what_is_said_to_them_and_the_reason_and_no_remark(
    cast: Cast, pair: Pair, signed_in: SignedIn
) -> None:
    settled(pair)
    for who in (cast.candidate, cast.companion):
        told = ledger(signed_in(who), pair)
        assert SAID in told and REASON in told
        assert PRIVATE not in told and ASIDE not in told
    for who in (cast.secretary, cast.manager, cast.evaluator, cast.professional):
        told = ledger(signed_in(who), pair)
        assert SAID in told and REASON in told and PRIVATE in told


def test_what_a_candidate_takes_away_says_the_same(cast: Cast, pair: Pair, signed_in: SignedIn, tmp_path: Any) -> None:
    settled(pair)
    answer: Any = signed_in(cast.candidate).get(reverse("candidate:take_away", args=[pair.sitting.candidacy_id]))
    kept = tmp_path / "file.zip"
    kept.write_bytes(b"".join(answer.streaming_content))
    with ZipFile(kept) as packed:
        for name in ("index.html", "data.json"):
            told = packed.read(name).decode().replace("\u202f", " ").replace("&#x27;", "'")
            assert SAID in told and REASON in told, name
            assert PRIVATE not in told and ASIDE not in told, name


def test_whoever_takes_a_stand_is_told_that_the_candidate_reads_why(
    cast: Cast, pair: Pair, signed_in: SignedIn
) -> None:
    signed(pair.professional)
    signed(pair.outside, "C4")
    told = words(signed_in(cast.evaluator).get(rated.page("differences", pair.sitting)))
    assert "Le candidat le lira avec son résultat" in told


def test_evidence_is_named_from_the_list_and_opened(cast: Cast, pair: Pair, signed_in: SignedIn) -> None:
    row = pair.sitting.candidacy
    own = evidence(row, ZONE.SUBMITTED, "C1", title="Bilan de mars")
    far = evidence(row, ZONE.SUBMITTED, "C2", title="Plan de séance")
    evidence(row, ZONE.SHARED, "C1", title="Brouillon partagé")
    client, url = signed_in(cast.evaluator), rated.page("grid", pair.sitting)
    grid = words(client.get(url))
    assert "Brouillon partagé" not in grid
    line = re.search(r'<fieldset[^>]*id="l-competence-C1".*?</fieldset>', grid, re.S)
    assert line and line[0].index("Bilan de mars") < line[0].index("1 autre preuve du dossier") < line[0].index("Plan")
    named = [own.pk.hex, far.pk.hex]
    sent = typed(client.get(url).content.decode(), url, {"value-competence-C1": "yes", "evidence-competence-C1": named})
    assert client.post(url, sent).status_code == 302
    kept = Rating.objects.get(code="C1")
    assert kept.evidence == sorted(named)
    again = words(client.get(url))
    assert len(re.findall(r'name="evidence-competence-C1" value="\w+" checked', again)) == 2
    assert "Bilan de mars" in words(client.get(rated.page("sign", pair.sitting)))
    sent = typed(client.get(url).content.decode(), url, {})
    del sent["evidence-competence-C1"]
    assert client.post(url, sent).status_code == 302
    assert Rating.objects.get(code="C1").evidence == []


def test_evidence_that_is_not_submitted_is_refused_and_nothing_typed_is_lost(
    cast: Cast, pair: Pair, signed_in: SignedIn
) -> None:
    hidden = evidence(pair.sitting.candidacy, ZONE.SHARED, "C1")
    client, url = signed_in(cast.evaluator), rated.page("grid", pair.sitting)
    for wrong, said in ((hidden.pk.hex, "n’est pas soumise"), ("x", "Choisissez les preuves dans la liste")):
        sent = {"revision": 0, "comment-competence-C1": "Vu hier.", "evidence-competence-C1": wrong}
        answer = client.post(url, sent)
        assert answer.status_code == 422 and said in words(answer) and "Vu hier." in words(answer)
    assert not Rating.objects.exists()


def test_a_result_leads_to_its_evidence(cast: Cast, pair: Pair, signed_in: SignedIn) -> None:
    row = pair.sitting.candidacy
    kept = evidence(row, ZONE.SUBMITTED, "C1", title="Bilan de mars")
    for one in (pair.professional, pair.outside):
        signed(one)
        Rating.objects.filter(evaluator=one, code="C1").update(evidence=[kept.pk.hex])
    assert Result.objects.get(code="C1").evidence == [kept.pk.hex]
    link = f'href="{reverse("pathway:one_evidence", args=[row.pk, kept.pk])}"'
    for who in (cast.candidate, cast.secretary, cast.companion, cast.evaluator):
        client = signed_in(who)
        assert link in ledger(client, pair)
        assert client.get(reverse("pathway:one_evidence", args=[row.pk, kept.pk])).status_code == 200
