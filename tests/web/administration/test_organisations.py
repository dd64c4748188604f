"""Organisations: created, corrected, renamed without losing their names, and their centres."""

from datetime import date

import pytest
from django.test import Client

from parchemin.records.journal.models import Entry
from parchemin.records.people.models import Organisation
from tests.web.administration.scene import page, words
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db


def test_an_organisation_is_created_then_corrected(keeper: Client) -> None:
    told = {"kind": "provider", "name": "Greta fictif", "siret": "123 456 789 00012", "email": "g@example.org"}
    made = keeper.post(page("new_organisation"), told)
    row = Organisation.objects.get(name="Greta fictif")
    assert made.status_code == 302 and str(row.pk) in made["Location"]
    assert row.siret == "12345678900012"
    told = {"siret": "", "email": "autre@example.org", "town": "Rennes", "is_public": "on"}
    assert keeper.post(page("edit_organisation", row.pk), told).status_code == 302
    row.refresh_from_db()
    assert (row.siret, row.town, row.is_public) == ("", "Rennes", True)
    assert "Rennes" in words(keeper.get(page("organisation", row.pk)))
    assert Entry.objects.filter(subject=row.pk).values_list("kind", flat=True).last() == "organisation.updated"


def test_a_siret_is_of_one_organisation(cast: Cast, keeper: Client) -> None:
    told = {"kind": "provider", "name": "Premier", "siret": "12345678900012"}
    keeper.post(page("new_organisation"), told)
    refused = keeper.post(page("new_organisation"), {**told, "name": "Second"})
    assert refused.status_code == 422
    assert "Une autre organisation a déjà ce SIRET : Premier" in words(refused)
    assert 'value="Second"' in words(refused)
    short = keeper.post(page("new_organisation"), {**told, "siret": "123"})
    assert "14 chiffres" in words(short)
    assert Organisation.objects.filter(siret="12345678900012").count() == 1


def test_a_name_is_changed_and_the_former_one_found(cast: Cast, manager: Client, keeper: Client) -> None:
    body = cast.organisation
    told = {"name": "Commission rénovée", "from_on": "2026-04-01"}
    assert manager.post(page("rename_organisation", body.pk), told).status_code == 302
    body.refresh_from_db()
    assert body.name == "Commission rénovée"
    assert "Commission fictive" in words(manager.get(page("organisation", body.pk)))
    found = words(keeper.get(page("organisations") + "?text=fictive"))
    assert "Commission rénovée" in found and "Certificateur d’à côté" not in found
    again = manager.post(page("rename_organisation", body.pk), told)
    assert again.status_code == 422 and "porte déjà ce nom" in words(again)


def test_an_alias_has_its_dates(cast: Cast, manager: Client) -> None:
    address = page("alias", cast.organisation.pk)
    wrong = manager.post(address, {"name": "CPNE", "from_on": "2010-01-01", "until_on": "2009-01-01"})
    assert wrong.status_code == 422 and "La fin est avant le début" in words(wrong)
    assert manager.post(address, {"name": "CPNE", "from_on": "2010-01-01", "until_on": ""}).status_code == 302
    assert cast.organisation.names.get().from_on == date(2010, 1, 1)


def test_a_centre_belongs_to_its_organisation(cast: Cast, manager: Client) -> None:
    assert manager.post(page("new_centre", cast.organisation.pk), {"name": "Centre sud"}).status_code == 302
    centre = cast.organisation.centres.get()
    assert manager.get(page("organisation", centre.pk)).status_code == 200
    assert manager.get(page("new_centre", centre.pk)).status_code == 404


def test_a_centre_is_never_made_under_another_organisation(cast: Cast, manager: Client) -> None:
    answer = manager.post(page("new_centre", cast.other_organisation.pk), {"name": "Intrus"})
    assert answer.status_code == 404
    assert not Organisation.objects.filter(name="Intrus").exists()
