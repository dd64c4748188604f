"""A holder's address shows more of a certificate to whoever has it, until it ends or is closed, and nothing else."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from parchemin.records.awards.actions.changing import revoke
from parchemin.records.awards.actions.sharing import MOST, end_share, share_certificate
from parchemin.records.awards.errors import AwardError
from parchemin.records.awards.models import Certificate, Share
from parchemin.records.awards.wordings import sentence
from parchemin.records.journal.queries import entries_of
from parchemin.records.people.models import Person
from parchemin.records.people.secrets import fingerprint
from parchemin.web.shared.clock import now, today
from parchemin.web.verification.shared import UNKNOWN
from tests.web.cast import Cast
from tests.web.secretariat.desk import words

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Person], Client]
MONTH = timedelta(days=30)


@pytest.fixture(autouse=True)
def _afresh() -> None:
    """What other tests tried counts for nothing."""
    cache.clear()


def place(row: Certificate) -> str:
    return reverse("held:shares", args=[row.pk])


def made(client: Client, row: Certificate, days: int = 30) -> str:
    """The secret of a new address, as its maker copies it from the page."""
    answer = client.post(place(row), {"ends_on": (today() + timedelta(days=days)).isoformat()})
    assert answer.status_code == 200, words(answer)
    found = re.search(r"/verifier/partage/([\w-]{43})/", answer.content.decode())
    assert found
    return found[1]


def opened(secret: str, who: Client | None = None) -> Any:
    return (who or Client()).get(reverse("verification:shared", args=[secret]))


def test_an_address_shows_the_name_and_the_parts_to_whoever_has_it(
    cast: Cast, issued: Certificate, signed_in: SignedIn
) -> None:
    client = signed_in(cast.candidate)
    secret = made(client, issued)
    answer = opened(secret)
    page = words(answer)
    said = [issued.told["title"], str(issued), "Certificat valable", issued.told["holder"]["birth_name"]]
    for one in (*said, *issued.told["holder"]["first_names"], *(part["code"] for part in issued.told["parts"])):
        assert one in page, one
    for private in ("1984", issued.told["holder"]["born_at"], issued.told["decision"]["minutes"]):
        assert private not in page, private
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer" and not answer.cookies.get("sessionid")


def test_the_secret_is_kept_nowhere_and_told_to_the_journal_by_nobody(
    cast: Cast, issued: Certificate, signed_in: SignedIn
) -> None:
    client = signed_in(cast.candidate)
    secret = made(client, issued)
    row = Share.objects.get()
    assert row.fingerprint == fingerprint(secret) and secret not in client.get(place(issued)).content.decode()
    assert "Ouvert jusqu’au" in words(client.get(place(issued)))
    client.post(reverse("held:end_share", args=[issued.pk, row.pk]))
    told = [one for one in entries_of(issued.candidacy_id) if one.kind.startswith("award.share")]
    assert {one.kind for one in told} == {"award.shared", "award.share_ended"}
    assert all(one.actor == cast.candidate.pk and secret not in str(one.details) for one in told)


def test_it_shows_nothing_once_closed_ended_or_never_made(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    closed, short = made(client, issued), made(client, issued, days=1)
    row = Share.objects.get(fingerprint=fingerprint(closed))
    answer = client.post(reverse("held:end_share", args=[issued.pk, row.pk]), follow=True)
    assert "ne montre plus rien" in words(answer) and "Fermé par vous" in words(answer)
    pages = [opened(closed), opened("x" * 43)]
    with time_machine.travel(now() + timedelta(days=3), tick=True):
        pages.append(opened(short))
        assert "Arrivé à sa fin" in words(client.get(place(issued)))
    assert {one.status_code for one in pages} == {404}
    said = [words(one).partition("<h1>")[2].partition("</main>")[0] for one in pages]
    assert len({*said}) == 1 and "arrivé à sa fin" in said[0]
    assert issued.number not in words(pages[0]) and str(issued) not in words(pages[0])
    assert all(one.headers["X-Robots-Tag"] == "noindex, nofollow" for one in pages)


def test_what_was_revoked_since_is_said(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    secret = made(client, issued)
    revoke(certificate=issued, reason="Fraude fictive.", by=cast.manager, at=now())
    page = words(opened(secret))
    assert "Certificat non valable" in page and "Fraude" not in page
    listed = client.get(place(issued))
    assert "Aucun nouveau lien" in words(listed) and 'name="ends_on"' not in listed.content.decode()
    answer = client.post(place(issued), {"ends_on": today().isoformat()})
    assert answer.status_code == 422 and Share.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 366, 5_000])
def test_a_day_gone_or_too_far_is_refused_on_the_field(
    cast: Cast, issued: Certificate, signed_in: SignedIn, days: int
) -> None:
    ends_on = (today() + timedelta(days=days)).isoformat()
    answer = signed_in(cast.candidate).post(place(issued), {"ends_on": ends_on})
    assert answer.status_code == 422 and "dans un an au plus" in words(answer) and not Share.objects.exists()


def test_nobody_else_makes_lists_or_closes_one(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    made(signed_in(cast.candidate), issued)
    row = Share.objects.get()
    ends = reverse("held:end_share", args=[issued.pk, row.pk])
    for who in (cast.other_candidate, cast.secretary, cast.manager, cast.jury_member):
        client = signed_in(who)
        assert client.get(place(issued)).status_code == 404
        assert client.post(place(issued), {"ends_on": today().isoformat()}).status_code == 404
        assert client.post(ends).status_code == 404
    assert Client().post(ends).status_code == 302
    assert Share.objects.get().revoked_at is None
    for act in (
        lambda: share_certificate(certificate=issued, ends_at=now() + MONTH, by=cast.manager, at=now()),
        lambda: end_share(share=row, by=cast.manager, at=now()),
    ):
        with pytest.raises(AwardError) as raised:
            act()
        assert raised.value.code == "not_holder" and "titulaire" in sentence(raised.value)


def test_there_are_only_so_many_open_at_once(cast: Cast, issued: Certificate, signed_in: SignedIn) -> None:
    client = signed_in(cast.candidate)
    for _ in range(MOST):
        share_certificate(certificate=issued, ends_at=now() + MONTH, by=cast.candidate, at=now())
    answer = client.post(place(issued), {"ends_on": today().isoformat()})
    assert answer.status_code == 422 and f"déjà {MOST} liens ouverts" in words(answer)
    end_share(share=Share.objects.all()[0], by=cast.candidate, at=now())
    made(client, issued)
    with pytest.raises(AwardError, match="share_end"):
        share_certificate(certificate=issued, ends_at=now(), by=cast.candidate, at=now())


def test_trying_addresses_is_stopped_and_stops_nobody_who_has_one(
    cast: Cast, issued: Certificate, signed_in: SignedIn
) -> None:
    secret = made(signed_in(cast.candidate), issued)
    statuses = [opened(f"{number:043}").status_code for number in range(UNKNOWN.most + 1)]
    assert statuses == [404] * UNKNOWN.most + [429]
    assert opened(secret).status_code == 200
