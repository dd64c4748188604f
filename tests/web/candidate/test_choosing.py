"""Choosing a certification and a route, knowing what is asked; opening a file."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.models import Candidacy
from parchemin.records.certifications.actions import set_open
from parchemin.records.people.models import Person
from tests.web import cast as casting
from tests.web.candidate.paths import read

SignedIn = Callable[[Person], Client]
TODAY = "2026-11-21 10:00 +0100"


def page(client: Client, name: str, *args: object) -> str:
    return read(client.get(reverse(f"candidate:{name}", args=args)))


def test_anybody_reads_what_is_offered(cast: casting.Cast, client: Client) -> None:
    assert "Aucune certification n’est ouverte" in page(client, "certifications")
    for scheme in casting.FIVE:
        cast.certification(scheme)
    found = page(client, "certifications")
    assert found.count("card linked") == 5
    assert "niveau 5" in found
    assert "4 blocs de compétences" in found
    set_open(certification=cast.certification(casting.CQP), is_open=False, by=None, at=casting.AT)
    assert page(client, "certifications").count("card linked") == 4
    assert client.get(reverse("candidate:certification", args=[casting.CQP])).status_code == 404


def test_the_list_does_not_grow_with_certifications(
    cast: casting.Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    for scheme in casting.FIVE:
        cast.certification(scheme)
    page(client, "certifications")
    with django_assert_max_num_queries(3):
        page(client, "certifications")


def test_closed_routes_say_why_and_unsettled_ones_what_is_to_settle(cast: casting.Cast, client: Client) -> None:
    cast.certification(casting.ALTERNANCE)
    closed = page(client, "certification", casting.ALTERNANCE)
    assert "Voies fermées" in closed
    assert "Candidature individuelle : voie fermée" in closed
    cast.certification(casting.FEST)
    unsettled = page(client, "certification", casting.FEST)
    assert "Voies que l’organisme doit encore fixer" in unsettled
    assert "sans dire qu’elles sont les seules" in unsettled


@pytest.mark.parametrize("scheme", casting.FIVE)
def test_every_route_of_every_certification_has_its_page(cast: casting.Cast, client: Client, scheme: str) -> None:
    from parchemin.records.certifications.queries import offers

    cast.certification(scheme)
    (offer,) = offers(casting.ON, scheme=scheme)
    for route in offer.loaded.scheme.routes:
        answer = client.get(reverse("candidate:route", args=[scheme, route]))
        assert answer.status_code == 200
        assert "Les étapes" in answer.content.decode()
    assert client.get(reverse("candidate:route", args=[scheme, "nowhere"])).status_code == 404


def test_a_route_tells_what_it_asks_its_limits_and_where_the_scheme_is_stricter(
    cast: casting.Cast, client: Client
) -> None:
    cast.certification(casting.ALTERNANCE)
    found = page(client, "route", casting.ALTERNANCE, "apprenticeship")
    assert "de 15 à 20 pages" in found
    cast.certification()
    found = page(client, "route", casting.CQP, "vae")
    assert "au moins trois ans d’activités" in found
    assert "le droit n’exige plus aucune durée" in found
    assert "Il vérifie l’évaluation déjà faite" in found
    assert "Fiche de décision" not in found.split("Les étapes")[0]


@time_machine.travel(TODAY, tick=False)
def test_a_file_is_opened_and_only_once(cast: casting.Cast, signed_in: SignedIn) -> None:
    cast.certification()
    client = signed_in(cast.candidate)
    url = reverse("candidate:start", args=[casting.CQP, "vae"])
    answer = client.post(url, {"began_on": "2026-11-02"})
    row = Candidacy.objects.get()
    assert answer.headers["Location"] == reverse("candidate:file", args=[row.pk])
    assert (row.candidate, row.route, str(row.began_on)) == (cast.candidate, "vae", "2026-11-02")
    again = client.post(url, {"began_on": "2026-11-02"})
    assert again.status_code == 422
    assert row.number in again.content.decode()
    assert row.number in client.get(reverse("candidate:certification", args=[casting.CQP])).content.decode()


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"began_on": "2026-11-22"}, "Cette date est dans le futur"),
        ({"began_on": "31/02/2026"}, "Cette date n’existe pas"),
        ({"began_on": "2009-01-01"}, "Aucune version de cette certification"),
        ({"began_on": "2026-11-20", "target": "blocks"}, "Cochez au moins un bloc"),
    ],
)
def test_what_is_wrong_at_the_start_is_told(
    cast: casting.Cast, signed_in: SignedIn, typed: dict[str, str], said: str
) -> None:
    cast.certification(casting.ALTERNANCE)
    url = reverse("candidate:start", args=[casting.ALTERNANCE, "apprenticeship"])
    answer = signed_in(cast.candidate).post(url, {"target": "certification", **typed})
    assert said in answer.content.decode()
    assert not Candidacy.objects.exists()


@time_machine.travel(TODAY, tick=False)
def test_blocks_alone_may_be_aimed_at_where_the_award_allows(cast: casting.Cast, signed_in: SignedIn) -> None:
    cast.certification(casting.ALTERNANCE)
    url = reverse("candidate:start", args=[casting.ALTERNANCE, "apprenticeship"])
    client = signed_in(cast.candidate)
    assert "Certains blocs seulement" in client.get(url).content.decode()
    client.post(url, {"began_on": "2026-11-20", "target": "blocks", "blocks": ["B1", "B3"]})
    assert Candidacy.objects.get().blocks == ["B1", "B3"]


@time_machine.travel(TODAY, tick=False)
def test_a_closed_route_draws_the_decision_and_opens_nothing(cast: casting.Cast, signed_in: SignedIn) -> None:
    cast.certification(casting.ALTERNANCE)
    url = reverse("candidate:start", args=[casting.ALTERNANCE, "individual"])
    client = signed_in(cast.candidate)
    for answer in (client.get(url), client.post(url, {"began_on": "2026-11-20", "target": "certification"})):
        found = answer.content.decode()
        assert "eligibility.route" in found
        assert 'class="decision' in found
    assert not Candidacy.objects.exists()


def test_pages_are_read_in_english_too(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    client = signed_in(cast.candidate)
    client.cookies["parchemin_language"] = "en"
    found = page(client, "file", row.pk)
    assert "What is asked now" in found
    assert "Ce qui est demandé" not in found
    assert "2 documents later" in page(client, "certification", casting.CQP)
