"""What an open file aims at, and who prepares the candidate: changed while it may be."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from parchemin.records.candidacies.actions import opening
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.actions.accrediting import authorise_partner, suspend_partner
from parchemin.records.people.models import Organisation, OrganisationKind, PartnerAuthorisation, Person
from tests.web import cast as casting
from tests.web.candidate.paths import read

SignedIn = Callable[[Person], Client]
TODAY = "2026-03-02 10:00 +0100"
BOTH = PartnerAuthorisation.Scope.BOTH


def aiming(cast: casting.Cast) -> Candidacy:
    """A draft that aims at one block of a certification made of four."""
    return casting.opened(cast.candidate, cast.certification(casting.ALTERNANCE), blocks=["B1"])


@time_machine.travel(TODAY, tick=False)
def test_blocks_are_changed_while_the_file_is_in_hand(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = aiming(cast)
    client = signed_in(cast.candidate)
    url = reverse("candidate:aim", args=[row.pk])
    assert url in read(client.get(reverse("candidate:file", args=[row.pk])))
    form = client.get(url).context["form"]
    assert (form["target"].value(), form["blocks"].value()) == ("blocks", ["B1"])
    nothing = client.post(url, {"revision": row.revision, "target": "blocks"})
    assert "Cochez au moins un bloc" in read(nothing)
    assert client.post(url, {"revision": 9, "target": "certification"}).status_code == 409
    sent = client.post(url, {"revision": row.revision, "target": "blocks", "blocks": ["B1", "B3"]}, follow=True)
    assert "C’est noté" in read(sent)
    row.refresh_from_db()
    assert row.blocks == ["B1", "B3"]
    client.post(url, {"revision": row.revision, "target": "certification"})
    row.refresh_from_db()
    assert row.blocks == []
    assert "Toute la certification" in read(client.get(reverse("candidate:file", args=[row.pk])))


@time_machine.travel(TODAY, tick=False)
def test_blocks_stay_once_the_file_is_sent(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.deposited(aiming(cast))
    client = signed_in(cast.candidate)
    url = reverse("candidate:aim", args=[row.pk])
    assert url not in read(client.get(reverse("candidate:file", args=[row.pk])))
    assert "n’est plus entre vos mains" in read(client.get(url))
    answer = client.post(url, {"revision": row.revision, "target": "blocks", "blocks": ["B3"]})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.blocks == ["B1"]


@time_machine.travel(TODAY, tick=False)
def test_a_certification_given_whole_has_no_page_for_blocks(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    assert signed_in(cast.candidate).get(reverse("candidate:aim", args=[row.pk])).status_code == 404


def authorised(cast: casting.Cast, name: str = "Formation fictive", **changes: Any) -> PartnerAuthorisation:
    """A provider that the awarding body authorises for the certification of ``aiming``."""
    given = {"scheme": casting.ALTERNANCE, "scope": BOTH, "from_on": casting.ON, "at": casting.AT, **changes}
    provider = casting.organisation(name, OrganisationKind.PROVIDER)
    return authorise_partner(provider=provider, **{"awarding_body": cast.organisation, **given})


@time_machine.travel(TODAY, tick=False)
def test_a_provider_is_chosen_among_those_authorised(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = aiming(cast)
    client = signed_in(cast.candidate)
    url, file = reverse("candidate:provider", args=[row.pk]), reverse("candidate:file", args=[row.pk])
    assert url not in read(client.get(file))
    assert "Aucun organisme de formation n’est autorisé" in read(client.get(url))
    one = authorised(cast, blocks=["B1", "B2"], until_on=date(2027, 12, 1))
    assert "Choisir un organisme de formation" in read(client.get(file))
    page = read(client.get(url))
    assert "Formation fictive" in page
    assert "pour B1, B2" in page
    assert "1er décembre 2027" in page
    assert "ne lui ouvre pas votre dossier" in page
    chosen = {"provider": str(one.provider_id)}
    assert client.post(url, {**chosen, "revision": row.revision + 1}).status_code == 409
    assert client.post(url, {**chosen, "revision": row.revision}).status_code == 302
    row.refresh_from_db()
    assert row.provider == one.provider
    assert "Changer d’organisme de formation" in read(client.get(file))
    assert "Formation fictive" in read(client.get(reverse("candidate:deposit", args=[row.pk])))
    suspend_partner(authorisation=one, reason="Fin", by=cast.manager, at=casting.AT, on=casting.ON)
    assert "Formation fictive n’est plus autorisé" in read(client.get(url))
    client.post(url, {"provider": "", "revision": row.revision})
    row.refresh_from_db()
    assert row.provider is None


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize(
    "change",
    [
        {"scope": PartnerAuthorisation.Scope.EVALUATE},
        {"scheme": casting.CQP},
        {"from_on": date(2026, 3, 3)},
        {"from_on": date(2025, 1, 1), "until_on": date(2026, 3, 1)},
        {"blocks": ["B2"]},
        {"awarding_body": None},
    ],
    ids=["evaluates", "elsewhere", "later", "over", "other-blocks", "other-body"],
)
def test_others_are_not_proposed_nor_taken(cast: casting.Cast, signed_in: SignedIn, change: dict[str, Any]) -> None:
    row = aiming(cast)
    if "awarding_body" in change:
        change = {"awarding_body": cast.other_organisation}
    one = authorised(cast, **change)
    authorised(cast, "Celle-ci")
    client = signed_in(cast.candidate)
    url = reverse("candidate:provider", args=[row.pk])
    page = read(client.get(url))
    assert "Celle-ci" in page
    assert "Formation fictive" not in page
    assert client.post(url, {"provider": str(one.provider_id), "revision": row.revision}).status_code == 422
    row.refresh_from_db()
    assert row.provider is None


@time_machine.travel(TODAY, tick=False)
def test_a_route_led_by_a_provider_says_so(cast: casting.Cast, signed_in: SignedIn) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    opening.change_route(candidacy=row, route="pathway", reason="", by=cast.candidate, at=casting.AT, on=casting.ON)
    page = read(signed_in(cast.candidate).get(reverse("candidate:provider", args=[row.pk])))
    assert "Parcours de développement" in page
    assert Organisation.objects.filter(kind=OrganisationKind.PROVIDER).count() == 0
