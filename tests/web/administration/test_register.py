"""The register of processing: read by everybody, with the times that each organisation set, and taken away whole."""

import pytest
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.actions.retaining import set_retention
from parchemin.records.candidacies.models import RetentionRule
from parchemin.records.certifications.models import Certification
from parchemin.records.journal.models import Entry
from parchemin.records.people.models import Organisation
from parchemin.web.shared.processing import PROCESSINGS
from tests.web.administration.scene import page, words
from tests.web.cast import AT, MASTER, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evidence_kept_two_years(cast: Cast) -> None:
    """The first organisation decided for its evidence, and for nothing else."""
    cast.certification()
    set_retention(
        organisation=cast.organisation,
        kind=RetentionRule.Kind.EVIDENCE,
        months=24,
        basis="Délibération 12",
        by=cast.manager,
        at=AT,
    )


def test_anybody_reads_the_times_that_were_really_set(cast: Cast) -> None:
    text = words(Client().get(reverse("shared:processing")))
    assert "24 mois après la clôture du dossier (Délibération 12)" in text
    assert "Messages : pas encore décidée" in text
    assert "Commission fictive" in text
    for told in ("Fondement", "Destinataires", "Protection", "Hors de l’Union européenne", "Le besoin est chiffré"):
        assert told in text
    assert "CSV" not in text


def test_with_several_organisations_each_has_its_own(cast: Cast) -> None:
    other = cast.other_organisation
    Certification.objects.create(scheme=MASTER, title="Master", awarding_body=other)
    Organisation.objects.filter(pk=other.pk).update(is_public=True)
    common = words(Client().get(reverse("shared:processing")))
    assert "fixée par chaque organisme" in common and "24 mois" not in common
    own = words(Client().get(reverse("shared:processing_of", args=[other.pk])))
    assert "24 mois" not in own and "pas encore décidée" in own and "art. 6.1.e)" in own
    first = words(Client().get(reverse("shared:processing_of", args=[cast.organisation.pk])))
    assert "24 mois" in first


def test_only_those_who_deliver_something_have_one(cast: Cast) -> None:
    address = reverse("shared:processing_of", args=[cast.other_organisation.pk])
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_is_taken_away_and_that_is_written(cast: Cast, manager: Client, kind: str) -> None:
    assert page("export_register", kind) in words(manager.get(reverse("shared:processing")))
    answer = manager.get(page("export_register", kind))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if kind == "csv":
        text = content.decode("utf-8-sig")
        assert text.startswith("Responsable;Traitement;But;Personnes;Données;Fondement;Destinataires;")
        assert "24 mois après la clôture du dossier (Délibération 12)" in text
    told = {"list": "registre-des-traitements", "format": kind, "filters": [], "count": len(PROCESSINGS)}
    assert Entry.objects.get(kind="list.exported").details == told
