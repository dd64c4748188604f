"""Lives go through their juries in the records; what the records find otherwise is told."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parchemin.catalogue.lives import Lived, read_life
from parchemin.catalogue.lookup import Catalogue
from parchemin.places import library
from parchemin.project.demo import making
from parchemin.records.awards.models import Certificate, Credential, Kind, RegisterEntry
from parchemin.records.awards.numbers import grouped
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.journal import queries as journal
from parchemin.records.juries.models import Conclusion, Hearing, Holding, JurySession, Member
from parchemin.records.recommendations.models import Recommendation
from tests.samples import DEMO, edited
from tests.web.figures.shown import words

pytestmark = pytest.mark.django_db
PATHWAY, VAE = "cqp-assistant-formation-pathway", "cqp-assistant-formation-vae"


def walked(life: str, root: Path = DEMO) -> list[Lived]:
    """Every day of that life, done in the records."""
    cast = making.make(timezone.now(), timezone.localdate())
    return list(making.walked(cast, read_life(root / "lives" / f"{life}.yaml"), Catalogue(library("schemes"))))


def surprises(life: str, root: Path = DEMO) -> list[str]:
    """What did not go as that life tells."""
    return [one for lived in walked(life, root) for one in lived.surprises]


def edition(tmp_path: Path, life: str, old: str, new: str) -> Path:
    """The demonstration, with a word of that life changed."""
    root = shutil.copytree(DEMO, tmp_path / "demo")
    edited(root, f"lives/{life}.yaml", old, new)
    return root


def test_a_jury_without_employers_decides_nothing_and_the_next_one_awards() -> None:
    assert surprises(PATHWAY) == []
    first, second = JurySession.objects.order_by("starts_at")
    assert first.opening_reason.startswith("Trois salariés") and second.opening_reason == ""
    assert [one.verdict for one in Conclusion.objects.order_by("pk")] == ["deferred", "full"]
    hearing = Hearing.objects.get(session=second)
    assert hearing.attested == ["conformity_verified"] and hearing.votes.count() == 4
    assert hearing.notified_on == date(2025, 12, 15)
    minutes = second.all_minutes.get()
    assert minutes.signatures.count() == 4 and minutes.closed_by == second.members.get(is_chair=True).person
    assert {one.minutes for one in Holding.objects.all()} == {minutes}
    assert journal.verify().is_whole


def test_what_a_life_is_given_is_issued_and_anybody_verifies_it(client: Client) -> None:
    walked(PATHWAY)
    made = Certificate.objects.get(kind=Kind.WHOLE)
    assert made.awarded_on == date(2025, 12, 18) and made.issuer.name == "Commission paritaire fictive"
    address = making.proven(timezone.now())
    assert address.endswith(f"/verifier/{grouped(made.number)}/")
    answer = client.get(address.removeprefix(settings.ADDRESS))
    assert "Certificat valable" in answer.content.decode()
    assert Credential.objects.get(certificate=made).text and RegisterEntry.objects.count() == 1
    said = Recommendation.objects.select_related("version__certification").get()
    assert said.version and said.endorser_name == "Commission paritaire fictive"
    page = reverse("schemes:version", args=[said.version.certification.scheme, said.version.name])
    text = words(client.get(page))
    assert said.words in text and "Acceptée par École fictive des métiers" in text


def test_who_withdraws_is_stood_in_for_and_what_remains_is_awarded_years_later() -> None:
    days = walked(VAE)
    assert [one.surprises for one in days if one.surprises] == []
    first, last = JurySession.objects.order_by("starts_at")
    named = {one.person.given_name: one for one in Member.objects.filter(session=first)}
    assert named["Bleuenn"].substitutes == named["Yann"]
    hearing = first.hearings.get()
    assert hearing.verdict == "partial"
    tie = hearing.ties.get(is_recused=True)
    assert tie.member == named["Yann"] and set(tie.links or ()) == {"manager", "evaluator"}
    assert "evaluator" in tie.known
    assert [one.code for one in first.hearings.get().holdings.all()] == ["C1", "C2", "C3", "C4"]
    assert [one.code for one in last.hearings.get().holdings.all()] == ["C5", "C6"]
    row = Candidacy.objects.filter(status="awarded").get()
    assert row.steps_done.get(step="deliberation").done_on == date(2026, 4, 9)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("        - {code: C6, dates: {deliberated: 2025-12-11}}\n", "", "C6 (2025-12-11) : en trop"),
        (
            "votes: {Alix: for, Béranger: for, Cyriane: for, Doran: for}",
            "votes: {Alix: against, Béranger: against, Cyriane: against, Doran: for}",
            "La décision n’est pas adoptée : il faut d’abord la voter.",
        ),
        (
            "{code: C5, is_granted: true}, {code: C6, is_granted: true}]\n      holdings",
            "{code: C5, is_granted: true}, {code: C6, is_granted: false}]\n      holdings",
            "C6 (2025-12-11) : absent",
        ),
    ],
)
def test_what_the_records_find_otherwise_is_a_surprise(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert told in surprises(PATHWAY, edition(tmp_path, PATHWAY, old, new))


def test_a_file_held_back_has_no_jury(tmp_path: Path) -> None:
    root = edition(
        tmp_path,
        PATHWAY,
        "        - {id: assessment_booklet, signed_by: [sector_professional, external_evaluator], holder: joint_jury}",
        "        - {id: assessment_booklet, signed_by: [sector_professional], holder: joint_jury}",
    )
    found = surprises(PATHWAY, root)
    assert any(one.startswith("completeness.documents : not_met") for one in found)
    assert not Hearing.objects.exists() and not Holding.objects.exists()
