"""The candidate's pages in a browser, at 1280 and 375 pixels: no accessibility fault, no overflow, no other host."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.candidacies.actions import closing, talking
from parchemin.records.candidacies.models import Candidacy
from parchemin.records.people.actions.accrediting import authorise_partner
from parchemin.records.people.models import OrganisationKind, PartnerAuthorisation, Person
from tests.web import cast as casting
from tests.web.candidate import paths
from tests.web.looking import looked_at, page_of

pytestmark = pytest.mark.django_db(transaction=True)


def addresses(row: Candidacy) -> dict[str, str]:
    """The pages of a file, by what they are called on pictures."""
    file = [row.pk]
    certification = row.certification.scheme
    experience, record = row.experiences.first(), row.decisions.last()
    found = {
        "home": reverse("candidate:home"),
        "certifications": reverse("candidate:certifications"),
        "certification": reverse("candidate:certification", args=[certification]),
        "route": reverse("candidate:route", args=[certification, "vae"]),
        "start": reverse("candidate:start", args=[certification, "vae"]),
        "document": reverse("candidate:document", args=[row.pk, "admissibility_file"]),
    }
    simple = "file identity experiences add_experience statements proofs deposit deposit_file messages accommodation"
    for name in f"{simple} access change_route withdraw decisions".split():
        found[name] = reverse(f"candidate:{name}", args=file)
    if experience:
        found["ask_attestation"] = reverse("candidate:ask_attestation", args=[row.pk, experience.pk])
    if record:
        found["decision"] = reverse("candidate:decision", args=[row.pk, record.pk])
    return found


STATES: dict[str, Callable[[casting.Cast], Candidacy]] = {
    "empty": lambda cast: casting.opened(cast.candidate, cast.certification()),
    "ready": paths.ready,
    "returned": paths.returned,
    "admissible": lambda cast: paths.answered(cast, is_favourable=True),
    "refused": lambda cast: paths.answered(cast, is_favourable=False),
}
OFTEN = ("file", "experiences", "deposit", "decision", "decisions", "document", "messages")
"""The pages that change with the state of a file; the others are looked at once."""


@pytest.mark.parametrize("state", STATES)
def test_pages_look_right(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client], state: str
) -> None:
    cast = casting.cast()
    row = STATES[state](cast)
    if state != "empty":
        talking.send_message(candidacy=row, body="Bonjour, il manque une page.", by=cast.secretary, at=casting.AT)
    client = signed_in(cast.candidate)
    wanted = {name: url for name, url in addresses(row).items() if state == "ready" or name in OFTEN}
    with page_of(browser, live_server, client) as page:
        for name, url in wanted.items():
            page.goto(live_server.url + url)
            looked_at(page, f"{state}-{name}")


def aiming(cast: casting.Cast) -> dict[str, str]:
    """A draft that aims at one block, with a provider to choose, refused an accommodation."""
    row = casting.opened(cast.candidate, cast.certification(casting.ALTERNANCE), "continuing", blocks=["B1"])
    authorise_partner(
        provider=casting.organisation("Formation fictive", OrganisationKind.PROVIDER),
        awarding_body=cast.organisation,
        scheme=casting.ALTERNANCE,
        scope=PartnerAuthorisation.Scope.BOTH,
        from_on=casting.ON,
        until_on=date(2099, 12, 1),
        at=casting.AT,
    )
    asked = talking.ask_accommodation(candidacy=row, need="Un tiers-temps", by=cast.candidate, at=casting.AT)
    talking.decide_accommodation(
        accommodation=asked,
        is_granted=False,
        reason="L’épreuve n’a pas de durée.",
        by=cast.secretary,
        at=casting.AT,
        on=casting.ON,
    )
    return {name: reverse(f"candidate:{name}", args=[row.pk]) for name in ("file", "aim", "provider", "accommodation")}


def contesting(cast: casting.Cast) -> dict[str, str]:
    """A refusal to contest."""
    row = paths.answered(cast, is_favourable=False)
    record = row.decisions.get(answer="unfavourable")
    return {"appeal": reverse("candidate:appeal", args=[row.pk, record.pk])}


def contested(cast: casting.Cast) -> dict[str, str]:
    """A refusal that is contested."""
    row = paths.answered(cast, is_favourable=False)
    record = row.decisions.get(answer="unfavourable")
    appeal = closing.file_appeal(
        record=record, grounds="J’ai bien trois ans.", by=cast.candidate, at=paths.later(3), on=paths.day(3)
    )
    return {
        "decision": reverse("candidate:decision", args=[row.pk, record.pk]),
        "withdraw_appeal": reverse("candidate:withdraw_appeal", args=[row.pk, appeal.pk]),
    }


@pytest.mark.parametrize("made", [aiming, contesting, contested])
def test_pages_that_few_files_have_look_right(
    live_server: LiveServer,
    browser: Browser,
    signed_in: Callable[[Person], Client],
    made: Callable[[casting.Cast], dict[str, str]],
) -> None:
    cast = casting.cast()
    wanted, client = made(cast), signed_in(cast.candidate)
    with page_of(browser, live_server, client) as page:
        for name, url in wanted.items():
            page.goto(live_server.url + url)
            looked_at(page, f"{made.__name__}-{name}")


def test_an_empty_home_teaches(
    live_server: LiveServer, browser: Browser, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(casting.cast().outsider)
    with page_of(browser, live_server, client) as page:
        page.goto(live_server.url + reverse("candidate:home"))
        looked_at(page, "nothing-home")
        page.get_by_role("link", name="Voir les certifications").click()
        looked_at(page, "nothing-certifications")
