"""Every page opens for the candidate in every state of a file, within its budget of queries, and for nobody else."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from parchemin.records.candidacies.actions import talking
from parchemin.records.candidacies.models import Appeal, Candidacy
from parchemin.records.people.models import Person
from parchemin.web.candidate.urls import urlpatterns
from tests.web import cast as casting
from tests.web.candidate import paths

BUDGET = 25
WHOLE = {"take_away": 47}
"""The archive reads everything that is kept."""
SignedIn = Callable[[Person], Client]
STATES: dict[str, Callable[[casting.Cast], Candidacy]] = {
    "draft": lambda cast: casting.opened(cast.candidate, cast.certification()),
    "ready": paths.ready,
    "received": lambda cast: casting.deposited(paths.ready(cast)),
    "returned": paths.returned,
    "admissible": lambda cast: paths.answered(cast, is_favourable=True),
    "refused": lambda cast: paths.answered(cast, is_favourable=False),
}


def names() -> list[str]:
    """The pages about a file."""
    found = [one for one in urlpatterns if isinstance(one, URLPattern) and "<uuid:file>" in str(one.pattern)]
    return sorted({one.name for one in found if one.name and "draft" not in one.name})


def address(name: str, row: Candidacy) -> str | None:
    """The address of a page about what the file holds; None when it holds nothing of the sort."""
    version = row.documents.first() and row.documents.first().versions.first()  # type: ignore[union-attr]
    things: dict[str, Any] = {
        "number": getattr(row.experiences.first(), "pk", None),
        "kind": "admissibility_file",
        "document": getattr(row.documents.first(), "pk", None),
        "version": getattr(version, "pk", None),
        "actor": "candidate",
        "link": uuid4(),
        "accommodation": getattr(row.accommodations.first(), "pk", None),
        "access": getattr(row.accesses.first(), "pk", None),
        "appeal": getattr(Appeal.objects.filter(decision__candidacy=row).first(), "pk", None),
        "record": getattr(row.decisions.last(), "pk", None),
        "letter": getattr(row.letters.first(), "pk", None),
    }
    pattern = next(one for one in urlpatterns if one.name == name)
    wanted = [part for part in things if f":{part}>" in str(pattern.pattern)]
    if any(things[part] is None for part in wanted):
        return None
    return reverse(f"candidate:{name}", kwargs={"file": row.pk, **{part: things[part] for part in wanted}})


@pytest.mark.parametrize("state", STATES)
def test_every_page_opens_within_its_budget(
    cast: casting.Cast, signed_in: SignedIn, state: str, django_assert_max_num_queries: Any
) -> None:
    row = STATES[state](cast)
    talking.send_message(candidacy=row, body="Bonjour", by=cast.secretary, at=casting.AT)
    if row.is_active:
        talking.ask_accommodation(candidacy=row, need="Un tiers-temps", by=cast.candidate, at=casting.AT)
    client = signed_in(cast.candidate)
    client.get(reverse("candidate:home"))
    opened = 0
    for name in names():
        url = address(name, row)
        if url is None:
            continue
        with django_assert_max_num_queries(WHOLE.get(name, BUDGET), info=f"{name} in {state}"):
            answer = client.get(url)
        assert answer.status_code in (200, 302, 404, 405), name
        opened += answer.status_code == 200
        if answer.streaming:
            assert answer.getvalue(), name
        elif answer.status_code == 200:
            assert b"<h1" in answer.content, name
    assert opened >= 14


@pytest.mark.parametrize("role", [role for role in casting.ROLES if role != "candidate"])
def test_nobody_else_finds_a_file(cast: casting.Cast, signed_in: SignedIn, role: str) -> None:
    row = paths.answered(cast, is_favourable=False)
    client = signed_in(getattr(cast, role))
    for name in names():
        url = address(name, row)
        if url is not None:
            for send in (client.get, client.post):
                assert send(url).status_code in (404, 405), f"{role} {name}"
            assert client.post(url).status_code == 404 or client.get(url).status_code == 404, name


def test_somebody_not_signed_in_is_sent_to_sign_in(cast: casting.Cast, client: Client) -> None:
    row = paths.answered(cast, is_favourable=True)
    for name in names():
        url = address(name, row)
        if url is not None:
            answer = client.get(url)
            assert answer.status_code in (302, 405)
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith(reverse("account_login"))


def test_the_home_does_not_grow_with_files(
    cast: casting.Cast, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(cast.candidate)
    url = reverse("candidate:home")
    assert "Aucune candidature" in client.get(url).content.decode()
    for scheme in casting.FIVE:
        casting.opened(cast.candidate, cast.certification(scheme), "vae")
    with django_assert_max_num_queries(12):
        page = client.get(url).content.decode()
    assert page.count("À vous de jouer") == 5
