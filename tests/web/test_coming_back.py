"""In a real browser: a session that ends while somebody types, and a file that goes by script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, FilePayload, Page, expect

from parchemin.records.people.models import Person
from tests.web import cast as casting
from tests.web.candidate import paths
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tab(cast: Cast, chromium: Browser, live_server: Any, signed_in: Callable[[Person], Client]) -> Any:
    """The candidate's browser."""
    cache.clear()
    context = chromium.new_context(locale="fr-FR", base_url=live_server.url)
    name = "parchemin_session"
    value = signed_in(cast.candidate).cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def sent(content: bytes) -> FilePayload:
    """A file that says it is a PDF."""
    return {"name": "dossier.pdf", "mimeType": "application/pdf", "buffer": content}


def sign_in_again(tab: Page, who: Person) -> None:
    """Type one's address and password."""
    tab.get_by_role("textbox", name="Adresse").fill(who.email)
    tab.locator("[name=password]").fill(casting.PASSWORD)
    tab.get_by_role("button", name="Se connecter", exact=True).click()


def test_what_was_typed_when_the_session_ended_is_offered_again_after_signing_in(cast: Cast, tab: Page) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    tab.goto(f"/dossiers/{row.pk}/messages/?de=file")
    Session.objects.all().delete()
    tab.get_by_label("Votre message").fill("Où en est mon dossier ?")
    tab.get_by_role("button", name="Envoyer").click()
    sign_in_again(tab, cast.candidate)
    tab.wait_for_url("**/messages/?de=file")
    tab.get_by_role("button", name="Reprendre ce texte").click()
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.locator(".messages .notice", has_text="Votre message est envoyé.")).to_be_focused()
    assert row.messages.get().body == "Où en est mon dossier ?"


def test_an_address_that_only_takes_a_form_leads_back_to_its_page(cast: Cast, tab: Page) -> None:
    row = casting.opened(cast.candidate, cast.certification())
    tab.goto(f"/dossiers/{row.pk}/poursuivre/")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Cette adresse ne s’ouvre pas ainsi")
    tab.get_by_role("link", name="Revenir au formulaire").click()
    tab.wait_for_url(f"**/dossiers/{row.pk}/")


def test_a_file_goes_by_script_and_its_page_says_so(cast: Cast, tab: Page) -> None:
    row = casting.opened(cast.candidate, cast.certification(casting.MASTER))
    place = f"/dossiers/{row.pk}/pieces/validation_file/"
    tab.goto(place)
    tab.set_input_files("input[type=file]", sent(b"MZ" + b"\0" * 200))
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.locator(".error-summary")).to_be_focused()
    expect(tab.locator(".drop.is-ready")).to_have_count(1)
    tab.set_input_files("input[type=file]", sent(paths.pdf_bytes(2)))
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.locator(".messages .notice.success")).to_be_focused()
    expect(tab.get_by_role("heading", name="Votre pièce")).to_be_visible()
    assert row.documents.get().versions.count() == 1
    Session.objects.all().delete()
    tab.set_input_files("input[type=file]", sent(paths.pdf_bytes(3)))
    tab.get_by_role("button", name="Envoyer").click()
    sign_in_again(tab, cast.candidate)
    tab.wait_for_url(f"**{place}")
