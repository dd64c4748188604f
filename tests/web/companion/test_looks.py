"""What those who hold a link see, and what is shown of their answers, at 1280 and 375 pixels."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from parchemin.records.candidacies.actions import witnessing
from parchemin.records.candidacies.models import Candidacy, Experience
from parchemin.records.candidacies.queries.linked import ATTEST, SIGN, subject_of
from parchemin.records.people.actions.linking import use_link
from parchemin.records.people.models import Person
from tests.web import cast as casting
from tests.web.looking import looked_at, page_of
from tests.web.secretariat import desk

pytestmark = pytest.mark.django_db(transaction=True)
ROSE = {"bearer": "Rose Employeuse", "quality": "Directrice"}
LONG = "rose.employeuse@une-tres-longue-adresse-d-entreprise.example"


@pytest.fixture
def row(cast: casting.Cast) -> Candidacy:
    """A draft: one activity contradicted, one confirmed before it was changed, and a good word."""
    row = casting.opened(cast.candidate, cast.certification())
    attested(casting.worked(row), LONG, words="À mi-temps seulement, et pas avant mars.")
    changed = casting.worked(row, from_on=casting.ON.replace(year=2015), until_on=casting.ON.replace(year=2017))
    attested(changed, "odile@ailleurs.example")
    row.experiences.filter(pk=changed.pk).update(from_on=casting.ON.replace(year=2011))
    _, secret = witnessing.ask_endorsement(candidacy=row, email=LONG, by=row.candidate, at=timezone.now(), **ROSE)
    words = "Elle explique bien, et elle reste quand les autres sont partis."
    link = use_link(secret=secret, at=timezone.now())
    witnessing.endorse(endorsement=row.endorsements.get(), words=words, link=link, at=timezone.now(), **ROSE)
    witnessing.ask_endorsement(candidacy=row, email=LONG, by=row.candidate, at=timezone.now(), **ROSE)
    return row


def attested(one: Experience, email: str, words: str = "") -> None:
    """Somebody was asked about the activity, and confirmed it unless they have something to say."""
    now = timezone.now()
    _, secret = witnessing.ask_by_link(
        candidacy=one.candidacy, act=ATTEST, subject=subject_of(one), email=email, by=one.candidacy.candidate, at=now,
        **ROSE,
    )  # fmt: skip
    link = use_link(secret=secret, at=now)
    witnessing.attest_experience(
        experience=one, fingerprint=one.fingerprint, is_confirmed=not words, words=words, link=link, at=now, **ROSE
    )


def test_what_is_asked_by_a_link(
    cast: casting.Cast, browser: Browser, live_server: LiveServer, signed_in: Callable[[Person], Client]
) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    asking: dict[str, Any] = {"candidacy": row, "email": LONG, "by": row.candidate, "at": timezone.now(), **ROSE}
    version, one = desk.dropped(row, "vae_file", signed=()), casting.worked(row)
    secrets = {
        "attest": witnessing.ask_by_link(act=ATTEST, subject=subject_of(one), **asking)[1],
        "sign": witnessing.ask_by_link(act=SIGN, subject=version.pk, role="sector_professional", **asking)[1],
        "endorse": witnessing.ask_endorsement(**asking)[1],
    }
    with page_of(browser, live_server, signed_in(cast.outsider)) as page:
        for name, secret in secrets.items():
            page.goto(f"{live_server.url}/acte/{secret}/")
            looked_at(page, f"link-{name}")
        page.fill("[name=words]", "Elle explique bien.")
        page.check("[name=is_sincere]")
        page.click("main button.primary")
        page.wait_for_selector("text=c’est enregistré")
        looked_at(page, "link-done")


def test_what_was_answered_is_shown_to_the_candidate_and_to_the_secretariat(
    cast: casting.Cast,
    row: Candidacy,
    browser: Browser,
    live_server: LiveServer,
    signed_in: Callable[[Person], Client],
) -> None:
    one = row.experiences.first()
    assert one is not None
    with page_of(browser, live_server, signed_in(cast.candidate)) as page:
        for name, args in (("experiences", []), ("experience", [one.pk]), ("proofs", []), ("ask_endorsement", [])):
            page.goto(live_server.url + reverse(f"candidate:{name}", args=[row.pk, *args]))
            looked_at(page, f"answered-{name}")
    casting.deposited(row)
    with page_of(browser, live_server, signed_in(cast.secretary)) as page:
        page.goto(live_server.url + reverse("secretariat:file", args=[row.pk]))
        page.click("#activites details summary >> nth=0")
        looked_at(page, "answered-file")
